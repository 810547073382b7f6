"""Every rule, by its code: its documentation from ``rules.yml``, and how a team changes its level.

Their functions are in the files of their topics.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from mkdocs_postmortem.model.problem import Level

if TYPE_CHECKING:
    from mkdocs_postmortem.model.settings import Settings


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its documentation.

    ``level`` is the default level; on a draft, ``draft`` is the highest. A rule that
    ``is_site_wide`` compares records: it gets all records of the site and no page's text.
    """

    code: str
    name: str
    level: Level
    summary: str
    why: str
    bad: str
    good: str
    draft: Level = Level.ERROR
    is_site_wide: bool = False

    def level_for(
        self, settings: Settings, *, is_draft: bool = False, is_matched: bool = False
    ) -> Level:
        """The level after the team's configuration (by code or name) and the draft's softening.

        A page that ``match`` names is treated as a draft unless the team configured the rule.
        """
        chosen = settings.rules.get(self.code) or settings.rules.get(self.name)
        softens = is_draft or (is_matched and chosen is None)
        level = chosen or self.level
        return level.softened(self.draft) if softens else level


def _rule(code: str, level: str, draft: str = "error", scope: str = "page", **texts: str) -> Rule:
    return Rule(
        code=code, level=Level(level), draft=Level(draft), is_site_wide=scope == "site", **texts
    )


_PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TEXT = Path(__file__).with_name("rules.yml").read_text(encoding="utf-8")
RULES = {code: _rule(code, **parts) for code, parts in yaml.load(_TEXT, _PARSER).items()}  # noqa: S506
