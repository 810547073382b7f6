"""The draft of a new incident, from the built-in template or one of the team."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import yaml

from mkdocs_postmortem.catalog.catalog import Catalog
from mkdocs_postmortem.model.address import slug
from mkdocs_postmortem.reading.front_matter import read_front_matter

# So wide that YAML breaks no value into lines.
NO_WRAP = 2**31
_NUMBERED = re.compile(r"(?P<stem>(?:.*\D)?)(?P<number>\d+)\Z")
_SECTION = re.compile(r"^(?P<heading>##+ [^\n]+)\n\n(?P<prompt><!--[^<>]*-->)?", re.M)
_STARTED = re.compile(r"^- \{\{ started \}\}.*", re.M)
_PLACEHOLDER = re.compile(r"\{\{\s*(?P<name>\w+)\s*\}\}")

_TEMPLATE = Path(__file__).with_name("draft.md").read_text(encoding="utf-8")
_BODY_START = _TEMPLATE.index("\n# ") + 1
HEAD, BODY = _TEMPLATE[:_BODY_START], _TEMPLATE[_BODY_START:]


class DraftError(Exception):
    """A custom template that cannot be filled; the text says why and where."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What ``new`` knows. ``started`` is ``2026-03-14 09:12``, ``severity`` may be empty.

    With ``is_guess`` nobody gave the start: the built-in template has it in a comment.
    """

    title: str
    id: str
    severity: str
    services: tuple[str, ...]
    timezone: str
    started: str
    is_guess: bool = False

    @property
    def file_name(self) -> str:
        return f"{self.started[:10]}-{slug(self.title)}.md"


def draft_page(draft: Draft, template: str = BODY) -> str:
    """The template with its placeholders filled; front matter is put before it if it has none.

    In a template's front matter the values are written as YAML, so that ``title: {{ title }}`` is
    right for every title. DraftError for a placeholder that is not known.
    """
    lines = template.replace("\r\n", "\n").split("\n")
    end = read_front_matter(lines).end
    own = "\n".join([*lines[:end], ""]) if end else _own_head(draft)
    body = "\n".join(lines[end:])
    if draft.is_guess and template is BODY:
        body = _STARTED.sub(r"<!-- \g<0> -->", body)
    data = _values(draft)
    in_yaml = {name: yaml_value(value) if value else "" for name, value in data.items()}
    in_text = {name: _words(value) for name, value in data.items()}
    return _fill(own, in_yaml, 1) + _fill(body, in_text, end + 1)


def section_prompts() -> list[tuple[str, str]]:
    """The headings below the title, each with the comment that says what belongs there."""
    return [(match["heading"], match["prompt"] or "") for match in _SECTION.finditer(BODY)]


def next_id(catalog: Catalog, year: str) -> str:
    """One above the highest number among the year's ids: ``PM-2026-015``."""
    best, width, stem = 0, 3, f"PM-{year}-"
    for record in catalog.records:
        match = _NUMBERED.fullmatch(record.id)
        if match and year in match["stem"] and int(match["number"]) > best:
            best, width, stem = int(match["number"]), len(match["number"]), match["stem"]
    return f"{stem}{best + 1:0{width}}"


def _values(draft: Draft) -> dict[str, str | list[str]]:
    return {name: value for name, value in asdict(draft).items() if name != "is_guess"}


def _own_head(draft: Draft) -> str:
    """Our front matter; a key whose value is not known yet waits in a comment."""
    head = HEAD
    for name, value in _values(draft).items():
        if not value:
            head = head.replace(f"  {name}: {{{{ {name} }}}}", f"  # {name}:")
    return head


def _fill(text: str, values: dict[str, str], first_line: int) -> str:
    def value(match: re.Match[str]) -> str:
        if match["name"] not in values:
            line = first_line + text.count("\n", 0, match.start())
            known = ", ".join(f"`{name}`" for name in values)
            raise DraftError(f"line {line}: `{match[0]}` is not a placeholder. Use {known}.")
        return values[match["name"]]

    return _PLACEHOLDER.sub(value, text)


def yaml_value(value: object) -> str:
    """The value on one line of YAML, in quotes only where it needs them."""
    texts = value if isinstance(value, (list, tuple)) else [value]
    # YAML takes U+0085 and its like for line breaks: these have to be escaped.
    style = None if all(str(text).isprintable() for text in texts) else '"'
    dumped = yaml.safe_dump(
        value,
        allow_unicode=style is None,
        width=NO_WRAP,
        default_style=style,
        default_flow_style=True,
    )
    return dumped.removesuffix("\n").removesuffix("\n...").strip()


def _words(value: str | Sequence[str]) -> str:
    text = value if isinstance(value, str) else ", ".join(value)
    return " ".join(text.split())
