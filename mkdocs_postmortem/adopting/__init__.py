"""Foreign Markdown → a page of ours.

Every word of the body is kept, every inferred value is listed with the line that it came from, and
what was not found becomes a TODO with the reason.
"""

from mkdocs_postmortem.adopting.facts import Fact, Facts, read_facts
from mkdocs_postmortem.adopting.mending import Mended, mend
from mkdocs_postmortem.adopting.rewriting import Adopted, Todo, rewrite

__all__ = ["Adopted", "Fact", "Facts", "Mended", "Todo", "mend", "read_facts", "rewrite"]
