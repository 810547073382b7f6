"""Which files of a site are postmortems: by folder, by `match`, by own keys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from fnmatch import fnmatch, translate
from functools import lru_cache
from pathlib import Path

from pathspec.gitignore import GitIgnoreSpec

from mkdocs_postmortem.model.problem import Finding, Position
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.reading.front_matter import FrontMatter, read_front_matter
from mkdocs_postmortem.reading.source import read_bytes, split_text

_Patterns = tuple[str, ...]

# Pages about the folder, not about an outage.
_OTHER_PAGES = ("index.md", "README.md", "SUMMARY.md", "_*", "template*.md", "*-template.md")
_IS_OTHER_PAGE = re.compile("|".join(map(translate, _OTHER_PAGES)), re.IGNORECASE).match


def is_expected(path: str, settings: Settings) -> bool:
    """Whether a page lies in the folder of postmortems and is not one of the pages about it."""
    inside = bool(settings.folder) and path.startswith(f"{settings.folder}/")
    return inside and not is_about_folder(path) and not _is_excluded(path, settings)


def is_matched(path: str, settings: Settings) -> bool:
    """Whether the option ``match`` makes the page a postmortem, whatever its front matter says."""
    patterns = settings.match
    if is_about_folder(path):  # `incidents/*/README.md` spells out the file's name
        name = path.rpartition("/")[2]
        patterns = tuple(item for item in patterns if item.rpartition("/")[2] == name)
    is_named = bool(patterns) and _spec(patterns).match_file(path)
    return is_named and not _is_excluded(path, settings)


def is_about_folder(path: str) -> bool:
    """Whether a page is an index, a README, a navigation or a template by its name."""
    return bool(_IS_OTHER_PAGE(path.rpartition("/")[2]))


def _is_excluded(path: str, settings: Settings) -> bool:
    return any(fnmatch(path, pattern) for pattern in settings.exclude)


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


@lru_cache(maxsize=8)  # patterns are compiled once for all pages
def _spec(patterns: _Patterns) -> GitIgnoreSpec:
    return GitIgnoreSpec.from_lines(patterns)


def left_out_finding(path: str, file: Path, reason: str) -> Finding | None:
    """PM007 if the file carries our front matter and is not a template; ``reason`` is a clause."""
    try:
        raw = read_bytes(file)
    except OSError:
        return None  # what is not in the site need not be readable
    if b"postmortem" not in raw or is_about_folder(path):
        return None
    front = read_front_matter(split_text(raw.decode("utf-8-sig", "replace")))
    position = front.keys.get("postmortem", Position())
    message = f"The site leaves this postmortem out: {reason}."
    fix = "Remove the exclusion, or turn the rule `left-out` off if it is meant."
    return Finding("PM007", position, message, fix) if front.names_postmortem else None
