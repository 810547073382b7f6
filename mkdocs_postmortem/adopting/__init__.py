"""Foreign Markdown, a new outage or a page with slips → a page of ours.

Every word of the body is kept, every inferred value is listed with the line that it came from, and
what was not found becomes a TODO with the reason.
"""

from mkdocs_postmortem.adopting.adoption import Adopted, Todo, adopt_page
from mkdocs_postmortem.adopting.draft import (
    Draft,
    DraftError,
    draft_page,
    next_id,
    section_prompts,
    yaml_value,
)
from mkdocs_postmortem.adopting.facts import Fact, Facts, read_facts
from mkdocs_postmortem.adopting.fixing import Fixed, fix_page, sort_timeline
from mkdocs_postmortem.adopting.marks import marks_of
