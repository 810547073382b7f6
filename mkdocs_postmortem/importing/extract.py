"""JSON documents → incidents: which record belongs to which incident, and which belongs to none."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from mkdocs_postmortem.importing.incident import Incident
from mkdocs_postmortem.importing.matching import (
    CHANNEL,
    Match,
    children,
    find_matches,
    read_match,
)
from mkdocs_postmortem.importing.payload import Document, PayloadError
from mkdocs_postmortem.importing.source import Source

_ERRORS = ("error", "errors", "errorMessages", "message")
# A record of another tool may have one of these fields as well; an error has few others.
_MOST_FIELDS = 6
_STEP = re.compile(r"(?:\.[^.\[]+|\[\d+\])\Z")


def find_incidents(
    documents: Iterable[Document], sources: Iterable[Source]
) -> Iterator[Incident | PayloadError]:
    """The incidents of all documents, with what other documents add to each.

    An object that does not name its incident (a note, a log) goes to the only incident of its
    tool that is nearest in its document; else to the only one among all documents, of its tool or
    of any. The messages of a channel are an incident of their own where none of these is there.
    """
    sources = tuple(sources)
    found: dict[tuple[str, str], Incident] = {}
    loose: list[Incident] = []
    for document in documents:
        matches = list(find_matches(document, sources))
        parts = [read_match(match) for match in matches if not match.is_nameless]
        if not matches and not _is_empty(document.value):
            yield _unknown(document, sources)
        yield from _without_content(matches, parts)
        loose += _collect(parts, found)
    anchors = list(found.values())
    for part in filter(_says_something, loose):
        owners = [item for item in anchors if item.tool == part.tool] or anchors
        if len(owners) == 1:
            owners[0].absorb(part)
        elif part.title:
            part.id = part.title.removeprefix(CHANNEL)
            found.setdefault((part.tool, part.title), part).absorb(part)
        else:
            yield PayloadError(
                part.path,
                "it does not say which incident it belongs to. Import it together with exactly "
                "one incident.",
            )
    for incident in found.values():
        if incident.title:
            incident.drop_repeats()
            yield incident
        else:
            reason = f"it adds to incident {incident.id}, which is not in these files."
            yield PayloadError(incident.path, reason)


def _without_content(matches: list[Match], parts: list[Incident]) -> Iterator[PayloadError]:
    """What was recognized and yet says nothing."""
    for match in matches:
        if match.is_nameless:
            reason = f"an incident of {match.source.label} without an id; it is left out."
            yield PayloadError(match.path, reason)
    if any(part.id or part.title or _says_something(part) for part in parts):
        return
    for match in matches[:1]:
        if match.shape.events and not match.is_nameless:
            yield PayloadError(match.path, "no text and no time to import.")


def _says_something(part: Incident) -> bool:
    return bool(part.first or part.actions or part.texts or part.others or part.problems)


def _collect(parts: list[Incident], found: dict[tuple[str, str], Incident]) -> list[Incident]:
    named = [part for part in parts if part.id]
    for part in named:
        own = found.setdefault((part.tool, part.id), part)
        if own is not part:
            own.absorb(part)
    inside: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for part in named:
        for container in _around(part.path):
            inside[part.tool, container].add(part.id)
    loose = []
    for part in parts:
        if part.id:
            continue
        keys = ((part.tool, container) for container in _around(part.path))
        owners = next((inside[key] for key in keys if key in inside), set())
        if len(owners) == 1:
            found[part.tool, min(owners)].absorb(part)
        else:
            loose.append(part)
    return loose


def _around(path: str) -> Iterator[str]:
    """The paths of the values that a value is in, the nearest first."""
    outer = _STEP.sub("", path)
    while outer != path:
        yield outer
        path, outer = outer, _STEP.sub("", outer)


def _is_empty(value: Any) -> bool:
    """Whether it is an answer with a list of records that has none."""
    items = value.values() if isinstance(value, dict) else [value]
    lists = [item for item in items if isinstance(item, (list, dict))]
    return bool(lists) and not any(lists) and any(isinstance(item, list) for item in lists)


def _unknown(document: Document, sources: tuple[Source, ...]) -> PayloadError:
    """Why nothing was found: the answer is an error, or its first record is not known."""
    path, value = document.path, document.value
    while isinstance(value, (dict, list)):
        answer = _api_error(value)
        if answer is not None:
            reason = f"an API's error response, not an export{answer}. Export it again."
            return PayloadError(f"{document.name}: {path}", reason)
        inner = [item for item in children(value) if isinstance(item[1], (dict, list)) and item[1]]
        if not inner or (isinstance(value, dict) and (len(inner) > 1 or "id" in value)):
            break
        path, value = f"{path}{inner[0][0]}", inner[0][1]
    names = ", ".join(source.label for source in sources)
    keys = ", ".join(f"`{key}`" for key in list(value)[:8]) if isinstance(value, dict) else ""
    kind = value.get("type") if isinstance(value, dict) else None
    about = f"; its fields are {keys}" if keys else ""
    about += f", its type is `{kind}`" if isinstance(kind, str) else ""
    return PayloadError(f"{document.name}: {path}", f"no incident of {names} found{about}.")


def _api_error(value: Any) -> str | None:
    """What an error answer says; None for what is not one."""
    if not isinstance(value, dict) or len(value) > _MOST_FIELDS:
        return None
    for name in _ERRORS:
        if error := value.get(name):
            texts = [error, *(item for _, item in children(error))]
            text = next((item for item in texts if isinstance(item, str)), "")
            return f" ({' '.join(text.split())[:80]})" if text else ""
    return None
