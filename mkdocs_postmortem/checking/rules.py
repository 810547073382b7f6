"""Every rule, by its code: its documentation from ``rules.yml``, how a team changes its level, and
what its function gets. The functions are in the files of their topics.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from mkdocs_postmortem.model.problem import Level, Position, Suggestion

if TYPE_CHECKING:  # `rules` starts without them
    from mkdocs_postmortem.model.record import Postmortem
    from mkdocs_postmortem.model.settings import Settings
    from mkdocs_postmortem.reading.source import Line


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


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule can read besides the record.

    ``lines`` are the page's own, front matter included, and ``text`` is the same as one string: a
    rule on the wording searches it before it goes through the lines. ``records`` are all records
    of the site by id, and the others the names that they share. A rule gets the page or the site,
    never both.
    """

    settings: Settings
    today: date
    lines: tuple[Line, ...] = ()
    text: str = ""
    records: Mapping[str, tuple[Postmortem, ...]] = field(default_factory=dict)
    similar_services: Mapping[str, str] = field(default_factory=dict)
    paths_by_title: Mapping[str, Sequence[str]] = field(default_factory=dict)


class Fault(NamedTuple):
    """What a rule finds; the checker adds the rule's code."""

    position: Position
    message: str
    fix: str
    subject: str = ""
    suggestion: Suggestion | None = None


Check = Callable[["Postmortem", Context], Iterator[Fault]]
