"""Record → problems: the schemas, the rules, and the levels that a team gives them."""

from mkdocs_postmortem.checking.checker import Checker, by_id, merge_by_folder
from mkdocs_postmortem.checking.custom_schema import CustomSchemaError
from mkdocs_postmortem.checking.rule import Context, Rule
from mkdocs_postmortem.checking.rules import RULES
from mkdocs_postmortem.checking.schemas import (
    NAMES,
    CustomField,
    Schemas,
    dataset_errors,
    load_schema,
    load_schemas,
    schema_path,
)
from mkdocs_postmortem.checking.task_rules import short_text
from mkdocs_postmortem.checking.unsafe_text import printable, without_hidden
