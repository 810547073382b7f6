"""Every rule, by its code: its documentation from ``rules.yml``, its check from a topic's file."""

from pathlib import Path

from mkdocs_postmortem.checking import (
    name_rules,
    task_rules,
    time_rules,
    timeline_rules,
    wording_rules,
)
from mkdocs_postmortem.checking.rule import Rule, read_rules

CHECKS = {
    code: check
    for topic in (time_rules, timeline_rules, wording_rules, task_rules, name_rules)
    for code, check in topic.CHECKS.items()
}
RULES: dict[str, Rule] = read_rules(Path(__file__).with_name("rules.yml"), CHECKS)
