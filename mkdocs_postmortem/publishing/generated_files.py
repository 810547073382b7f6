"""What no author wrote: the Markdown of generated pages, the places of the stylesheet and the
scripts in a site, and for a host without plugins the files that were written, with a list of them.

The list decides what may be overwritten and removed: only what is in it, as it was written.
"""

from __future__ import annotations

import contextlib
import hashlib
import html
import json
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from mkdocs_postmortem.catalog.catalog import GROUP_FOLDERS, Group, groups
from mkdocs_postmortem.catalog.site import Site
from mkdocs_postmortem.model.record import MOST_VALUES
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.publishing.atomic import is_linked, write_whole

if TYPE_CHECKING:  # commands that make no pages start without templates
    from mkdocs_postmortem.rendering.messages import Messages

ASSET_FOLDER = "assets/mkdocs-postmortem"
STYLESHEET = f"{ASSET_FOLDER}/postmortem.css"
SCRIPTS = tuple(f"{ASSET_FOLDER}/{name}" for name in ("postmortem.js", "lists.js"))
# Each directive is filled while the host renders the page.
_INDEX = """---
title: {title}
hide: [toc]
---
# {title}

<!-- postmortem:index -->

<!-- postmortem:groups -->

## {figures}

<!-- postmortem:stats -->
"""

# A character beyond the first 65,536 as JSON escapes it; in json.dumps a backslash is always two.
_PAIR = re.compile(r"\\\\|\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}")
# Figures of fewer outages say nothing that their rows do not say.
_FEWEST_WITH_FIGURES = 5
_SPECIAL = re.compile(r"[^\w\s]")
# Hidden, so that hosts leave it out of the site.
MANIFEST_NAME = ".mkdocs-postmortem.json"
_ABOUT = "Written by `mkdocs-postmortem generate`; it lists the files that it generated."


def index_path(settings: Settings) -> str:
    """Where the index is made if no author's page holds it."""
    return f"{settings.folder}/index.md" if settings.folder else "postmortems.md"


def find_index(site: Site, folder: str, path: str, taken: Container[str]) -> str:
    """The author's page with the index, a page in its place, or the path of one to be made."""
    if site.index_pages:
        inside = (page for page in site.index_pages if page.startswith(f"{folder}/"))
        return next(inside, site.index_pages[0])
    return next((page for page in (path, f"{folder}/README.md") if page in taken), path)


def index_page(messages: Messages) -> str:
    """The page with the index, as Markdown."""
    return _INDEX.format(title=messages.t["page_title"], figures=messages.t["figures"])


def list_pages(
    site: Site, settings: Settings, messages: Messages
) -> dict[tuple[str, str], tuple[str, str]]:
    """By facet and value (``tasks``, ``repeats`` for both): the page's path and its Markdown."""
    catalog = site.shown
    base = settings.generated_folder
    made: dict[tuple[str, str], tuple[str, str]] = {}
    if not len(catalog):
        return made
    for facet in settings.pages:
        if facet == "tasks":
            made[facet, facet] = (
                f"{base}/tasks.md",
                _page(messages.t["tasks"], _tasks_text(messages)),
            )
        elif facet == "repeats":
            if site.repeats.chains:
                text = _page(messages.t["repeats"], "<!-- postmortem:repeats -->\n")
                made[facet, facet] = (f"{base}/repeats.md", text)
        else:
            for group in groups(catalog.records, facet)[: _most_pages(site)]:
                made[facet, group.value] = (f"{base}/{group.path}.md", _group_text(group, messages))
    return made


def values_without_page(site: Site, settings: Settings) -> Iterator[str]:
    """A sentence on each facet that has more values than pages."""
    most = _most_pages(site)
    for facet in settings.pages:
        if facet in GROUP_FOLDERS:
            count = len(groups(site.shown.records, facet))
            if count > most:
                yield (
                    f"`{facet}` has {count:,} values; only the {most:,} with the most incidents "
                    "have a page of their own."
                )


def _most_pages(site: Site) -> int:
    """How many values of one facet get a page: the cost of all pages is linear in the outages."""
    return max(MOST_VALUES, len(site.shown))


def _tasks_text(messages: Messages) -> str:
    return (
        "<!-- postmortem:tasks {state: all} -->\n\n"
        f"## {messages.t['by_owner']}\n\n<!-- postmortem:tasks {{by: owner}} -->\n\n"
        f"## {messages.t['by_service']}\n\n<!-- postmortem:tasks {{by: service}} -->\n"
    )


def _group_text(group: Group, messages: Messages) -> str:
    value = group.value if group.facet == "year" else _quoted(group.value)
    options = f"{{{group.facet}: {value}}}"
    # Long lists of tasks leave readers without JavaScript to the pages of the years.
    tasks = f"{{year: {value}, state: all}}" if group.facet == "year" else options
    text = (
        f"<!-- postmortem:index {options} -->\n\n"
        f"## {messages.t['tasks']}\n\n<!-- postmortem:tasks {tasks} -->\n"
    )
    if len(group.records) >= _FEWEST_WITH_FIGURES:
        text += f"\n## {messages.t['figures']}\n\n<!-- postmortem:stats {options} -->\n"
    return _page(messages.groups["group_title"][group.facet].format(value=group.value), text)


def _quoted(text: str) -> str:
    """Text as YAML on one line. JSON has a form for every character, and YAML another one for
    those that JSON writes as two.
    """
    return _PAIR.sub(_as_yaml, json.dumps(text))


def _as_yaml(match: re.Match[str]) -> str:
    if len(match[0]) == 2:  # a backslash of the text itself
        return match[0]
    character = json.loads(f'"{match[0]}"')
    return f"\\U{ord(character):08x}"


def _page(title: str, body: str) -> str:
    # The themes print a page's title as it is.
    meta = _quoted(html.escape(title))
    return f"---\ntitle: {meta}\nhide: [toc]\n---\n# {_literal(title)}\n\n{body}"


def _literal(text: str) -> str:
    """Text in which Markdown and its extensions find nothing: signs become entities."""
    return _SPECIAL.sub(lambda match: f"&#{ord(match.group())};", " ".join(text.split()))


class ManifestError(Exception):
    """The list of made files cannot be used; the text says which, and what to do."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The made files of a docs folder; all paths are below it, with ``/``.

    ``files`` holds the SHA-256 of what was written, two while a run is on its way. ``index``,
    ``lists`` (by facet and value) and ``data`` (by name) tell pages where to link to.
    """

    folder: str
    files: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    index: str | None = None
    lists: Mapping[tuple[str, str], str] = field(default_factory=dict)
    data: Mapping[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        return f"{self.folder}/{MANIFEST_NAME}"

    def owns(self, path: str, content: bytes) -> bool:
        """Whether a file with this content is as a run has written it."""
        return digest(content) in self.files.get(path, ())

    def text(self) -> str:
        data = {
            "about": _ABOUT,
            "index": self.index,
            "lists": [[*key, path] for key, path in self.lists.items()],
            "data": dict(self.data),
            "files": {path: list(sums) for path, sums in sorted(self.files.items())},
        }
        return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def digest(content: bytes) -> str:
    """The SHA-256, whatever a checkout has made of the line ends."""
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()


def read_manifest(file: Path, docs: Path) -> Manifest:
    """ManifestError if somebody else wrote or broke it, or if it names files elsewhere."""
    folder = file.parent.relative_to(docs).as_posix()
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        manifest = Manifest(
            folder,
            {path: tuple(sums) for path, sums in data["files"].items()},
            data["index"],
            {(facet, value): path for facet, value, path in data["lists"]},
            data["data"],
        )
        named = [*manifest.files, *manifest.lists.values(), *manifest.data.values()]
        named += [] if manifest.index is None else [manifest.index]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ManifestError(
            f"{file} is not readable as the list of generated files ({error}). "
            "Delete it and the generated files next to it, then run the command again."
        ) from error
    for path in named:
        if not is_below(path):
            raise ManifestError(f"{file} names {path!r}, which is not below the docs folder.")
    return manifest


def is_below(path: Any) -> bool:
    """Whether it is a plain path that cannot lead out of the docs folder, on Windows neither."""
    if not isinstance(path, str) or "\\" in path or ":" in path:
        return False
    pure = PurePosixPath(path)
    return not pure.is_absolute() and ".." not in pure.parts


@dataclass
class Outcome:
    """What became of each path; ``foreign`` are files that somebody else wrote or changed."""

    written: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)


def compare(docs: Path, texts: Mapping[str, bytes], old: Iterable[Manifest]) -> Outcome:
    """What ``write_generated`` would do, with nothing done."""
    known = list(old)
    outcome = Outcome()
    for path, content in texts.items():
        present = _present(docs, path)
        if present is None:
            outcome.written.append(path)
        elif isinstance(present, bytes) and digest(present) == digest(content):
            outcome.unchanged.append(path)
        elif isinstance(present, bytes) and any(one.owns(path, present) for one in known):
            outcome.written.append(path)
        else:
            outcome.foreign.append(path)
    for manifest in known:
        for path in manifest.files.keys() - texts.keys():
            present = _present(docs, path)
            if isinstance(present, bytes):
                owned = manifest.owns(path, present)
                (outcome.removed if owned else outcome.foreign).append(path)
    outcome.removed.sort()
    outcome.foreign.sort()
    return outcome


def write_generated(
    docs: Path, texts: Mapping[str, bytes], manifest: Manifest, old: Iterable[Manifest]
) -> Outcome:
    """Bring the docs folder up to date. OSError where the disk refuses; run again to go on.

    ``manifest`` names the places; its ``files`` are filled here.
    """
    known = list(old)
    outcome = compare(docs, texts, known)
    ours = {*outcome.written, *outcome.unchanged}
    sums = {path: (digest(texts[path]),) for path in sorted(ours)}
    # First, so that a run that is killed half-way has no file that the next takes for foreign.
    _note(docs, replace(manifest, files=_both(sums, known)))
    for path in outcome.written:
        write_whole(docs / path, texts[path], roots=(docs,), overwrite=(docs / path).exists())
    for path in outcome.removed:
        (docs / path).unlink()
        _prune(docs, docs / path)
    _note(docs, replace(manifest, files=sums))
    for former in known:
        if former.folder != manifest.folder:
            (docs / former.path).unlink(missing_ok=True)
            _prune(docs, docs / former.path)
    return outcome


def _note(docs: Path, manifest: Manifest) -> None:
    file = docs / manifest.path
    content = manifest.text().encode()
    if not file.is_file() or file.read_bytes() != content:
        write_whole(file, content, roots=(docs,), overwrite=True)


def _both(
    sums: Mapping[str, tuple[str, ...]], known: Iterable[Manifest]
) -> dict[str, tuple[str, ...]]:
    merged = dict(sums)
    for manifest in known:
        for path, former in manifest.files.items():
            merged[path] = tuple(dict.fromkeys((*merged.get(path, ()), *former)))
    return merged


def _present(docs: Path, path: str) -> bytes | bool | None:
    """The file's content; None if nothing is there, True for what is not to be touched."""
    file = docs / path
    if is_linked(file, docs):
        return True
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError:
        return True


def _prune(docs: Path, file: Path) -> None:
    """Remove the folders that are empty now."""
    for folder in file.parents:
        if folder == docs:
            return
        with contextlib.suppress(OSError):
            folder.rmdir()
