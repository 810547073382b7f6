"""A file → a page: its record if it is a postmortem, and whatever is wrong with the reading."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

from mkdocs_postmortem.model.problem import Finding, Position
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.model.settings import Audience, Settings
from mkdocs_postmortem.reading.directives import Directive, find_directives
from mkdocs_postmortem.reading.front_matter import FrontMatter, read_front_matter
from mkdocs_postmortem.reading.internal_blocks import (
    Blocks,
    cut,
    joined,
    may_have_markers,
    read_blocks,
)
from mkdocs_postmortem.reading.internal_fields import (
    field_findings,
    find_doubt,
    front_text,
    hides_page,
    internal_view,
    mentions,
    public_view,
)
from mkdocs_postmortem.reading.membership import is_expected, is_matched, with_own_fields
from mkdocs_postmortem.reading.record import read_record
from mkdocs_postmortem.reading.source import Line, number_lines, read_bytes, split_text

# Fields that no other plugin reads at the top of a front matter.
_ONLY_OURS = set("severity services impact root_cause users_affected started resolved".split())


@dataclass(frozen=True, slots=True)
class Page:
    """A page that concerns us, as those see it who may see everything.

    ``lines`` are all lines of the file, ``data`` is the ``postmortem:`` mapping as typed, with the
    fields of ``internal`` in it. ``record`` is None for a page that should be a postmortem and
    cannot be read as one, and for one that is none. ``blocks`` are the internal parts of the body,
    ``shown`` its lines without their markers. ``source`` is the file as a host is to read it, where
    that is another text than the file has. ``typed`` is the front matter without anything merged.
    ``version`` differs where anything that the page was read from does, and
    ``is_doubtful`` holds for a page that may have been meant to be internal.
    """

    path: str
    lines: tuple[Line, ...] = ()
    front: FrontMatter = field(default_factory=FrontMatter)
    data: dict[str, Any] = field(default_factory=dict)
    record: Postmortem | None = None
    findings: tuple[Finding, ...] = ()
    directives: tuple[Directive, ...] = ()
    is_decoded: bool = True
    blocks: Blocks = field(default_factory=Blocks)
    shown: tuple[Line, ...] = ()
    source: str | None = None
    typed: FrontMatter = field(default_factory=FrontMatter)
    is_doubtful: bool = False
    version: str = ""

    @property
    def text(self) -> str:
        """The whole file, with line feeds between its lines."""
        return "\n".join([line.text for line in self.lines])

    @property
    def body(self) -> str:
        """The text below the front matter, as Markdown is to get it."""
        cut_rows = {row for row, line in enumerate(self.shown) if line.is_cut}
        return "\n".join(joined([line.text for line in self.shown], cut_rows))

    @property
    def is_postmortem(self) -> bool:
        """It says so itself, whether or not it can be read."""
        return self.record is not None or self.front.names_postmortem

    @property
    def is_broken(self) -> bool:
        """The host would stumble over the file, or print its front matter as text."""
        return self.front.is_broken or not self.is_decoded

    @property
    def head(self) -> list[str]:
        """The lines of the front matter."""
        return [line.text for line in self.lines[: self.front.end]]

    def position(self, subject: str, *, of_key: bool = False) -> Position:
        """The position of a value or its key; of the nearest mapping if it is missing."""
        keys, values = self.front.keys, self.front.positions
        tables = (keys, values) if of_key else (values, keys)
        path = f"postmortem.{subject}" if subject else "postmortem"
        while path != "postmortem":
            for table in tables:
                if path in table:
                    return table[path]
            path = path[: max(path.rfind("."), path.rfind("["))]
        return keys.get(path, Position())


def read_file(path: str, file: Path, settings: Settings) -> Page | None:
    """Read a file from disk; see ``read_page``. One that vanished or is closed is a problem."""
    try:
        raw = read_bytes(file)
    except OSError as error:
        if not (is_expected(path, settings) or is_matched(path, settings)):
            return None
        message = f"The file cannot be read: {error.strerror or error}."
        return Page(path, findings=(Finding("PM001", Position(), message),), is_decoded=False)
    return read_page(path, raw, settings)


def read_page(path: str, raw: bytes, settings: Settings) -> Page | None:
    """Read a page, or None if it is not a postmortem and nothing says that it should be one.

    ``path`` is the file's path below the docs folder, with ``/``.
    """
    if not is_utf8(path):
        concerns = is_expected(path, settings) or b"postmortem:" in raw
        finding = Finding("PM001", Position(), "The file's name is not UTF-8.", "Rename the file.")
        return Page(path, findings=(finding,), is_decoded=False) if concerns else None
    text, error = _decode(raw)
    texts = split_text(text)
    front = read_front_matter(texts)
    if is_matched(path, settings) or (front.names_postmortem and settings.fields):
        front = with_own_fields(front, settings.fields)
    expected = is_expected(path, settings)
    blocks = read_blocks(texts[front.end :], front.end + 1) if may_have_markers(text) else Blocks()
    doubt = find_doubt(front, texts, is_expected=expected, is_matched=is_matched(path, settings))
    if not (front.names_postmortem or expected or blocks or doubt or "<!-- postmortem:" in text):
        return None
    # Front matter lines are never code or comment, whatever they look like.
    head = tuple(Line(number, text) for number, text in enumerate(texts[: front.end], 1))
    shown = body = number_lines(texts[front.end :], front.end + 1)
    if blocks:
        shown = shown_lines(texts[front.end :], blocks, Audience.INTERNAL, front.end + 1)
    page = Page(
        path,
        head + body,
        internal_view(front),
        typed=front,
        directives=tuple(find_directives(shown)),
        is_decoded=error is None,
        blocks=blocks,
        shown=shown,
        is_doubtful=doubt is not None,
    )
    findings = [*([error] if error else []), *front.findings, *blocks.findings]
    findings += field_findings(front, is_ours=front.names_postmortem or expected)
    if doubt and not any(item.code in ("PM002", "PM704") for item in findings):
        findings.append(doubt)
    if blocks:
        page = replace(page, source="\n".join([*texts[: front.end], page.body]))
    return with_record(page, findings, settings)


def is_utf8(name: str) -> bool:
    """Whether the name of a file can be written: other bytes become halves of characters in it."""
    return name.isascii() or not any("\ud800" <= character <= "\udfff" for character in name)


def with_record(page: Page, findings: list[Finding], settings: Settings) -> Page | None:
    """The page with the record that its shown lines make; None if it does not concern us."""
    front, path = page.front, page.path
    findings += [item.error for item in page.directives if item.error]
    is_meant = front.names_postmortem or is_expected(path, settings)
    if not (is_meant or page.directives or page.blocks or page.is_doubtful):
        return None
    data = _fields(page, findings) if is_meant else None
    record = None
    if data is not None:
        is_named = is_matched(path, settings)
        record, found = read_record(path, data, front, page.shown, settings, is_matched=is_named)
        findings += found
    text = page.text if page.source is None else page.source
    seen = f"{text}\0{findings}".encode("utf-8", "surrogatepass")
    version = blake2b(seen, digest_size=16).hexdigest()
    return replace(
        page,
        data=data or {},
        record=replace(record, version=version) if record else None,
        findings=tuple(findings),
        version=version,
    )


def _fields(page: Page, findings: list[Finding]) -> dict[str, Any] | None:
    """The mapping that a record can be read from; None, with the reason, for any other page."""
    front = page.front
    data = front.data.get("postmortem")
    if front.is_broken or not (front.names_postmortem or page.is_decoded):
        return None
    if not front.names_postmortem:
        findings.append(_not_a_postmortem(page.path))
    elif isinstance(data, dict):
        return data
    elif data is not None:
        position = front.positions.get("postmortem", Position())
        message = "`postmortem:` is not a mapping."
        fix = "Put the fields below it, indented by two spaces: `severity: SEV2`."
        findings.append(Finding("PM102", position, message, fix))
    elif beside := [name for name in front.data if name in _ONLY_OURS]:
        findings.append(_not_indented(beside, front))
    else:
        return {}
    return None


def shown_lines(
    texts: Sequence[str], blocks: Blocks, audience: Audience, first: int
) -> tuple[Line, ...]:
    """The lines of a body that an audience may see, numbered as in the file."""
    left, emptied = cut(texts, blocks, audience)
    return tuple(
        line._replace(is_cut=True) if row in emptied else line
        for row, line in enumerate(number_lines(left, first))
    )


def _decode(raw: bytes) -> tuple[str, Finding | None]:
    try:
        return raw.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        before = split_text(raw[: error.start].decode("utf-8-sig", "replace"))
        finding = Finding(
            "PM001",
            Position(len(before), len(before[-1]) + 1),
            f"The byte 0x{raw[error.start]:02x} is not UTF-8.",
            "Save the file as UTF-8 (it looks like Latin-1 or UTF-16).",
        )
        return raw.decode("utf-8-sig", "replace"), finding


def _not_a_postmortem(path: str) -> Finding:
    message = (
        "This page is in the folder of postmortems but has no `postmortem:` mapping in its front "
        "matter, so the index does not list it."
    )
    fix = f"Add the mapping, or add `{path}` to the option `exclude`."
    return Finding("PM005", Position(), message, fix)


def _not_indented(names: list[str], front: FrontMatter) -> Finding:
    all_names = ", ".join(f"`{name}`" for name in names)
    verb = "is" if len(names) == 1 else "are"
    message = f"`postmortem:` is empty, and {all_names} {verb} next to it."
    fix = "Indent the fields by two spaces, so that they are below `postmortem:`."
    return Finding("PM102", front.keys.get(names[0], Position()), message, fix)


def is_hidden(page: Page, settings: Settings, names: Collection[str] = ()) -> bool:
    """Whether the public must not know of the page.

    ``names`` are the fields that the company's schema keeps internal.
    """
    # Nobody knows where a marker ends in bytes that are not UTF-8.
    if page.is_doubtful or (not page.is_decoded and mentions(page.text.replace("\0", ""))):
        return True
    if not (page.front.names_postmortem or is_expected(page.path, settings)):
        return False
    # Nobody knows where a broken front matter without an end would have ended.
    is_endless = page.front.is_broken and not page.front.end
    head = [line.text for line in page.lines] if is_endless else page.head
    return hides_page(page.typed, head, names)


def public_page(
    page: Page, settings: Settings, names: Collection[str] = (), ids: Collection[str] = ()
) -> Page | None:
    """The public view of a page, or None if the public must not know of it.

    It is the page itself where nothing is internal. ``names`` are fields that the company's schema
    keeps internal, ``ids`` outages whose pages are hidden.
    """
    if is_hidden(page, settings, names):
        return None
    front = page.typed
    if front.names_postmortem:
        own_keys = {key for name in names for key in settings.fields.get(name, ())}
        front = public_view(front, names, ids, own_keys)
    if (not page.blocks and front is page.front) or not page.lines:
        return page
    is_same = front is page.typed
    end = front.end
    shown = page.lines[end:]
    if page.blocks:
        body = [line.text for line in shown]
        shown = shown_lines(body, page.blocks, Audience.PUBLIC, end + 1)
    # What is hidden must not be quoted by a problem either.
    head = page.lines[:end] if is_same else tuple(Line(n, "") for n in range(1, end + 1))
    view = replace(
        page,
        lines=(*head, *shown),
        front=front,
        typed=front,
        data={},
        record=None,
        shown=shown,
        directives=tuple(find_directives(shown)),
    )
    text = page.head if is_same else front_text(front, page.head)
    findings = [finding for finding in page.findings if finding.code == "PM001"]
    findings += [*(front.findings if is_same else ()), *page.blocks.findings]
    found = with_record(replace(view, source="\n".join([*text, view.body])), findings, settings)
    # The spans of the whole page are none of the view.
    return found and replace(found, blocks=Blocks(findings=page.blocks.findings))
