"""A file → a page: its record if it is a postmortem, and whatever is wrong with the reading."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from typing import Any

from mkdocs_postmortem.model.place import Place
from mkdocs_postmortem.model.problem import Finding
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.reading.directives import Directive, find_directives
from mkdocs_postmortem.reading.front_matter import FrontMatter, read_front_matter
from mkdocs_postmortem.reading.record import read_record
from mkdocs_postmortem.reading.source import Line, number_lines, split_text

# Pages about the folder, not about an outage.
_OTHER_PAGES = ("index.md", "README.md", "_*", "template*.md", "*-template.md")


@dataclass(frozen=True, slots=True)
class Page:
    """A page that concerns us.

    ``lines`` are all lines of the file, ``data`` is the ``postmortem:`` mapping as typed.
    ``record`` is None for a page that should be a postmortem and cannot be read as one.
    """

    path: str
    lines: tuple[Line, ...] = ()
    front: FrontMatter = field(default_factory=FrontMatter)
    data: dict[str, Any] = field(default_factory=dict)
    record: Postmortem | None = None
    findings: tuple[Finding, ...] = ()
    directives: tuple[Directive, ...] = ()
    is_decoded: bool = True

    @property
    def text(self) -> str:
        """The whole file, with line feeds between its lines."""
        return "\n".join(line.text for line in self.lines)

    @property
    def body(self) -> str:
        """The text below the front matter."""
        return "\n".join(line.text for line in self.lines[self.front.end :])

    @property
    def is_postmortem(self) -> bool:
        """It says so itself, whether or not it can be read."""
        return self.record is not None or self.front.names_postmortem

    @property
    def is_broken(self) -> bool:
        """The host would stumble over the file, or print its front matter as text."""
        return self.front.is_broken or not self.is_decoded

    def place(self, subject: str, *, of_key: bool = False) -> Place:
        """Where a value (or its key) stands; the nearest mapping around it if it is missing."""
        tables = (
            (self.front.keys, self.front.places) if of_key else (self.front.places, self.front.keys)
        )
        path = f"postmortem.{subject}" if subject else "postmortem"
        while path:
            if path == "postmortem":
                return self.front.keys.get(path, Place())
            for table in tables:
                if path in table:
                    return table[path]
            path = path[: max(path.rfind("."), path.rfind("["))]
        return Place()


def read_file(path: str, file: Path, settings: Settings) -> Page | None:
    """Read a file from disk; see ``read_page``. One that vanished or is closed is a problem."""
    try:
        raw = file.read_bytes()
    except OSError as fault:
        if not is_expected(path, settings):
            return None
        message = f"The file cannot be read: {fault.strerror or fault}."
        return Page(path, findings=(Finding("PM001", Place(), message),), is_decoded=False)
    return read_page(path, raw, settings)


def read_page(path: str, raw: bytes, settings: Settings) -> Page | None:
    """Read a page, or None if it is no postmortem and nobody said that it should be one.

    ``path`` is the file's path below the docs folder, with ``/``.
    """
    text, fault = _decode(raw)
    texts = split_text(text)
    front = read_front_matter(texts)
    expected = is_expected(path, settings)
    if not (front.names_postmortem or expected or "<!-- postmortem:" in text):
        return None
    lines = _number(texts, front.end)
    directives = tuple(find_directives(lines[front.end :]))
    faults = (directive.fault for directive in directives if directive.fault)
    findings = [*([fault] if fault else []), *front.findings, *faults]
    page = Page(path, lines, front, directives=directives, is_decoded=fault is None)
    if not (front.names_postmortem or expected):
        return replace(page, findings=tuple(findings)) if directives else None
    if front.is_broken:
        return replace(page, findings=tuple(findings))
    data = front.data.get("postmortem")
    if not front.names_postmortem:
        findings.append(_not_a_postmortem(path))
        return replace(page, findings=tuple(findings))
    if not isinstance(data, dict):
        if data is not None:
            findings.append(_not_a_mapping(front))
            return replace(page, findings=tuple(findings))
        data = {}
    record, found = read_record(path, data, front, lines, settings)
    return replace(page, data=data, record=record, findings=(*findings, *found))


def is_expected(path: str, settings: Settings) -> bool:
    """Whether a page lies in the folder of postmortems and is not one of the pages about it."""
    inside = not settings.folder or path.startswith(f"{settings.folder}/")
    name = PurePosixPath(path).name
    return (
        inside
        and bool(settings.folder)
        and not any(fnmatch(name, pattern) for pattern in _OTHER_PAGES)
        and not any(fnmatch(path, pattern) for pattern in settings.exclude)
    )


def _number(texts: list[str], end: int) -> tuple[Line, ...]:
    """Front matter lines are never code or comment, whatever they look like."""
    head = tuple(Line(number, text) for number, text in enumerate(texts[:end], 1))
    return head + number_lines(texts[end:], end + 1)


def _decode(raw: bytes) -> tuple[str, Finding | None]:
    try:
        return raw.decode("utf-8-sig"), None
    except UnicodeDecodeError as fault:
        before = split_text(raw[: fault.start].decode("utf-8-sig", "replace"))
        finding = Finding(
            "PM001",
            Place(len(before), len(before[-1]) + 1),
            f"The byte 0x{raw[fault.start]:02x} is not UTF-8.",
            "Save the file as UTF-8 (it looks like Latin-1 or UTF-16).",
        )
        return raw.decode("utf-8-sig", "replace"), finding


def _not_a_postmortem(path: str) -> Finding:
    return Finding(
        "PM005",
        Place(),
        "This page lies among the postmortems but has no `postmortem:` mapping in its front "
        "matter, so it is in no index.",
        f"Add the mapping, or add `{path}` to the option `exclude`.",
    )


def _not_a_mapping(front: FrontMatter) -> Finding:
    return Finding(
        "PM102",
        front.places.get("postmortem", Place()),
        "`postmortem:` is not a mapping.",
        "Put the fields below it, indented by two spaces: `severity: SEV2`.",
    )
