"""Front matter → what each audience may know of it."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from mkdocs_postmortem.model.address import reference_key
from mkdocs_postmortem.model.problem import Finding, Position
from mkdocs_postmortem.model.settings import Audience
from mkdocs_postmortem.reading.front_matter import FrontMatter, read_front_matter
from mkdocs_postmortem.reading.internal_blocks import find_markers, is_like

VISIBILITY, INTERNAL = "visibility", "internal"
# What a page is found by is the same for everybody.
_NEVER_INTERNAL = ("id", VISIBILITY, INTERNAL)
_WORDS = ("intern", "visib")
_TOP_KEY = re.compile(r"[^\s#-]")
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_REFERENCES = ("recurrence_of", "related")


def hides_page(front: FrontMatter, head: Sequence[str], names: Collection[str]) -> bool:
    """Whether the public must not see the page at all.

    Any value but ``public`` hides it, and so does what could have been meant to. ``names`` are
    fields that the company's schema keeps internal; ``head`` are the lines of the front matter.
    """
    ours = front.data.get("postmortem")
    if _stated(front.data) or (isinstance(ours, dict) and _stated(ours)):
        return True
    text = "\n".join(head)
    unknown = front.is_broken or (
        front.names_postmortem and not isinstance(ours, (dict, type(None)))
    )
    return unknown and (mentions(text) or any(name in text for name in names))


def _stated(data: Mapping[str, Any]) -> bool:
    return any(
        value != Audience.PUBLIC.value for key, value in data.items() if is_like(key, VISIBILITY)
    )


def internal_view(front: FrontMatter) -> FrontMatter:
    """The front matter with the fields of ``internal`` in the place of the public ones."""
    ours = front.data.get("postmortem")
    if not isinstance(ours, dict) or not isinstance(extra := ours.get(INTERNAL), dict):
        return front
    extra = {key: value for key, value in extra.items() if key not in _NEVER_INTERNAL}
    merged = {**{key: value for key, value in ours.items() if key != INTERNAL}, **extra}
    return replace(
        front,
        data={**front.data, "postmortem": merged},
        positions=_moved(front.positions, extra),
        keys=_moved(front.keys, extra),
    )


def _moved(positions: Mapping[str, Position], extra: Collection[str]) -> dict[str, Position]:
    """The places of internal values under the names that they are read by."""
    moved: dict[str, Position] = {}
    for path, position in positions.items():
        below = path.removeprefix("postmortem.")
        if path.startswith(f"postmortem.{INTERNAL}."):
            moved[path.replace(f"{INTERNAL}.", "", 1)] = position
        elif re.split(r"[.\[]", below, maxsplit=1)[0] not in extra:
            moved.setdefault(path, position)
    return moved


def public_view(
    front: FrontMatter, names: Collection[str], ids: Collection[str], own_keys: Collection[str] = ()
) -> FrontMatter:
    """The front matter without internal fields and without references to internal outages.

    ``names`` are the fields that the company's schema keeps internal, ``ids`` the outages' keys,
    ``own_keys`` the keys next to ``postmortem:`` that hold such fields.
    """
    data = {key: value for key, value in front.data.items() if not _is_hidden_key(key, own_keys)}
    ours = data.get("postmortem")
    if isinstance(ours, dict):
        data["postmortem"] = {
            key: _referring(value, ids) if key in _REFERENCES else value
            for key, value in ours.items()
            if not _is_hidden_key(key, names)
        }
    return front if data == front.data else replace(front, data=data)


def _is_hidden_key(key: str, names: Collection[str]) -> bool:
    return key in names or is_like(key, INTERNAL)


def _referring(value: Any, ids: Collection[str]) -> Any:
    if isinstance(value, list):
        return [item for item in value if reference_key(str(item)) not in ids]
    return [] if reference_key(str(value)) in ids else value


def front_text(front: FrontMatter, lines: Sequence[str]) -> list[str]:
    """The lines of a front matter that says what ``front`` does, from those that said more.

    Other keys stay as they are, since other readers take other types for them; ours is written
    anew, as JSON, which is YAML.
    """
    if not front.end:
        return []
    inner = list(lines[1 : front.end - 1])
    ours = front.data.get("postmortem")
    written = [f"postmortem: {_as_json(ours)}"] if "postmortem" in front.data else []
    for kept in ([*_other_keys(inner), *written], [_as_json(front.data)]):
        if read_front_matter(["---", *kept, "---"]).data == front.data:
            return ["---", *kept, "---"]
    return ["---", "postmortem: {}", "---"]


def _as_json(value: Any) -> str:
    """JSON in which every character is one that YAML allows."""
    text = json.dumps(value, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def _other_keys(lines: Sequence[str]) -> Iterator[str]:
    """Lines of top-level keys that are neither ours nor could be."""
    is_ours = False
    for line in lines:
        if _TOP_KEY.match(line):
            key = line.partition(":")[0].strip("\"' ")
            is_ours = key == "postmortem" or _is_hidden_key(key, ())
        if not is_ours:
            yield line


def field_findings(front: FrontMatter, *, is_ours: bool) -> Iterator[Finding]:
    """Words on visibility at a place where nobody reads them."""
    if not is_ours:
        return
    for key in front.data:
        if is_like(key, VISIBILITY) or is_like(key, INTERNAL):
            message = f"`{key}:` is next to `postmortem:`, among the keys of the page."
            position = front.keys.get(key, Position())
            yield Finding("PM704", position, message, "Indent it below `postmortem:`.", key)
    ours = front.data.get("postmortem")
    extra = ours.get(INTERNAL) if isinstance(ours, dict) else None
    for key in _NEVER_INTERNAL if isinstance(extra, dict) else ():
        path = f"{INTERNAL}.{key}"
        if isinstance(extra, dict) and key in extra:
            position = front.keys.get(f"postmortem.{path}", Position())
            yield Finding("PM101", position, f"`{key}` cannot be internal.", "Move it up.", path)


# Without a front matter that can be read, its words are looked for in so many lines.
_MOST_LINES = 60
_KEY = re.compile(r"(?:^\W*internal?|visib\w*)\W{0,5}[:=]", re.IGNORECASE)
_VALUE = re.compile(r"[:=]\W{0,5}internal?\b", re.IGNORECASE)
_VISIBILITY = re.compile(r"\bvisib\w*\W{0,5}[:=]", re.IGNORECASE)


def find_doubt(
    front: FrontMatter, lines: Sequence[str], *, is_expected: bool, is_matched: bool
) -> Finding | None:
    """Why a page is hidden from the public in doubt; None if there is no doubt.

    ``lines`` are all of the file. ``is_expected`` holds for a page among the postmortems,
    ``is_matched`` for one of an archive, which needs no front matter.
    """
    top = lines[: max(front.end, _MOST_LINES)]
    if not mentions("\n".join(top)):
        return None
    for marker in find_markers(lines[: front.end])[:1]:
        row = "\n".join(lines[: front.end])[: marker.start].count("\n")
        message = "A marker of an internal block is in the front matter, so the page is hidden."
        fix = "Put the field below `internal:` instead: `internal: {impact: …}`."
        return Finding("PM704", Position(row + 1), message, fix)
    for key, value in front.data.items():
        if key != "postmortem" and is_like(key, "postmortem") and mentions(value):
            return _unclear(f"`{key}:`", front.keys.get(key, Position()).line)
    if not (is_expected or front.names_postmortem) or _is_clean(front, lines):
        return None
    signs = (_VISIBILITY,) if is_matched else (_KEY, _VALUE)
    for number, line in enumerate(top, 1):
        if any(sign.search(line) for sign in signs):
            return _unclear("This line", number)
    return None


def mentions(value: Any) -> bool:
    """Whether a value could say that something is internal."""
    return any(word in str(value).lower() for word in _WORDS)


def _is_clean(front: FrontMatter, lines: Sequence[str]) -> bool:
    """Whether there is one `postmortem:` mapping that every reader reads in the same way."""
    return (
        isinstance(front.data.get("postmortem"), dict)
        and not front.is_broken
        and all(finding.code != "PM003" for finding in front.findings)
        and not any(line.lstrip().startswith("<<") for line in lines[: front.end])
    )


def _unclear(what: str, line: int) -> Finding:
    message = (
        f"{what} may mean that the page is internal, but its front matter does not say so clearly. "
        "The page is hidden from the public."
    )
    fix = "Write `visibility: internal` or `visibility: public` below `postmortem:`."
    return Finding("PM704", Position(line), message, fix)
