"""Rules on what the public sees: markers of internal blocks, and what they leave behind."""

from __future__ import annotations

from mkdocs_postmortem.checking.rule import Rule
from mkdocs_postmortem.model.problem import Level

_HIDDEN = (
    "Internal text must never be published, so more than intended stays hidden until you fix this."
)

RULES = (
    Rule(
        code="PM701",
        name="internal-unclosed",
        level=Level.ERROR,
        summary="An internal block is never closed.",
        why=_HIDDEN,
        bad="<!-- internal -->\nThe customer was Example Bank.",
        good="<!-- internal -->\nThe customer was Example Bank.\n<!-- /internal -->",
    ),
    Rule(
        code="PM702",
        name="internal-nested",
        level=Level.ERROR,
        summary="An internal block begins inside another one.",
        why=_HIDDEN,
        bad="<!-- internal --> … <!-- internal --> … <!-- /internal -->",
        good="<!-- internal --> … <!-- /internal --> … <!-- internal --> … <!-- /internal -->",
    ),
    Rule(
        code="PM703",
        name="internal-stray",
        level=Level.ERROR,
        summary="A marker closes an internal block that never began.",
        why=_HIDDEN,
        bad="The customer was Example Bank.\n<!-- /internal -->",
        good="<!-- internal -->\nThe customer was Example Bank.\n<!-- /internal -->",
    ),
    Rule(
        code="PM704",
        name="internal-misspelt",
        level=Level.ERROR,
        summary="Something looks like an internal marker but is not a valid one.",
        why=_HIDDEN,
        bad="<!--Internal--> … <!-- end internal -->",
        good="<!-- internal --> … <!-- /internal -->",
    ),
    Rule(
        code="PM706",
        name="public-view",
        level=Level.WARNING,
        draft=Level.INFO,
        summary="Without its internal parts, the page lacks a required section or value.",
        why="The public version of the page is incomplete.",
        bad="<!-- internal -->\n### Root cause\n…\n<!-- /internal -->",
        good="### Root cause\nA setting was too small.\n<!-- internal -->\n…\n<!-- /internal -->",
    ),
    Rule(
        code="PM707",
        name="internal-published",
        level=Level.ERROR,
        summary="The built site has text that its audience must not see.",
        why="Another plugin, a template or a link has published it. The build fails, whatever the "
        "level of this rule, and its output is removed.",
        bad='--8<-- "docs/postmortems/internal-outage.md"',
        good="See the public summary of the outage.",
    ),
)
