"""Pages of an archive as it is: named by the option ``match``, with the team's own keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from pathspec.gitignore import GitIgnoreSpec

from mkdocs_postmortem.model.position import Position
from mkdocs_postmortem.reading.front_matter import FrontMatter

_Patterns = tuple[str, ...]


def matches(path: str, patterns: _Patterns) -> bool:
    """Whether a path below the docs folder fits patterns written as in ``.gitignore``."""
    return bool(patterns) and _spec(patterns).match_file(path)


def names_literally(path: str, patterns: _Patterns) -> bool:
    """Whether a matching pattern spells out the file's name, such as ``incidents/*/README.md``."""
    name = path.rpartition("/")[2]
    spelled = tuple(pattern for pattern in patterns if pattern.rpartition("/")[2] == name)
    return matches(path, spelled)


def with_own_fields(front: FrontMatter, fields: Mapping[str, _Patterns]) -> FrontMatter:
    """The front matter with our fields taken from the team's own keys where ours are not given.

    ``fields`` gives, for each of our fields, the keys to look for; the first that has a value
    counts. What a page says below ``postmortem:`` wins. The page is a postmortem from here on.
    """
    ours = front.data.get("postmortem")
    if not isinstance(ours, (dict, type(None))):
        return front
    given = ours or {}
    taken = {
        name: key
        for name, keys in fields.items()
        if name not in given
        and (key := next((key for key in keys if front.data.get(key) is not None), None))
    }
    if front.names_postmortem and not taken:
        return front
    mapped = {name: front.data[key] for name, key in taken.items()}
    return replace(
        front,
        data={**front.data, "postmortem": {**mapped, **given}},
        positions=_moved(front.positions, taken),
        keys=_moved(front.keys, taken),
        names_postmortem=True,
    )


def _moved(positions: Mapping[str, Position], taken: Mapping[str, str]) -> dict[str, Position]:
    """The positions of the team's values under the names of our fields as well."""
    found = dict(positions)
    for name, key in taken.items():
        for path, position in positions.items():
            if path == key or path.startswith((f"{key}.", f"{key}[")):
                found[f"postmortem.{name}{path[len(key) :]}"] = position
    return found


@lru_cache(maxsize=8)
def _spec(patterns: _Patterns) -> GitIgnoreSpec:
    return GitIgnoreSpec.from_lines(patterns)
