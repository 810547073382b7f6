"""Text is found in archives and PDFs, and a file that cannot be read does not pass for empty."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Callable

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from mkdocs_postmortem.publishing import contents
from mkdocs_postmortem.publishing.contents import read_content

SENTENCE = b"The pool of Example Bank was drained."


def zipped(data: bytes, name: str = "a") -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as files:
        files.writestr(name, data)
    return archive.getvalue()


def tarred(data: bytes, mode: str = "w") -> bytes:
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode=mode) as files:  # type: ignore[call-overload]
        entry = tarfile.TarInfo("a.txt")
        entry.size = len(data)
        files.addfile(entry, io.BytesIO(data))
    return archive.getvalue()


def as_pdf(data: bytes, **properties: str) -> bytes:
    writer, file = PdfWriter(), io.BytesIO()
    page = writer.add_blank_page(width=600, height=600)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    fonts = DictionaryObject({NameObject("/F"): font})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    text = DecodedStreamObject()
    text.set_data(b"BT /F 12 Tf 50 500 Td (" + data + b") Tj ET")
    page[NameObject("/Contents")] = writer._add_object(text.flate_encode())
    writer.add_outline_item(title="Bookmark of a page", page_number=0)
    writer.add_metadata({f"/{key}": value for key, value in properties.items()})
    writer.add_attachment(filename="attached.gz", data=gzip.compress(b"Attached " + data))
    writer.write(file)
    return file.getvalue()


FORMS: dict[str, Callable[[bytes], bytes]] = {
    "plain": lambda data: data,
    "gzip": gzip.compress,
    "xz": lzma.compress,
    "lzma": lambda data: lzma.compress(data, lzma.FORMAT_ALONE),
    "bzip2": bz2.compress,
    "zip": zipped,
    "tar": tarred,
    "tar.xz": lambda data: tarred(data, "w:xz"),
    "zip in gzip in tar": lambda data: tarred(gzip.compress(zipped(data))),
    "program before a zip": lambda data: b"#!/bin/sh\n\0\n" + zipped(data),
    "head before zlib": lambda data: b"# Inventory\n" + zlib.compress(data) + b"\n# End\n",
    "UTF-16": lambda data: data.decode().encode("utf-16"),
    "PDF": as_pdf,
}
BROKEN = ["gzip", "xz", "lzma", "bzip2", "zip", "head before zlib", "PDF"]


@pytest.mark.parametrize("form", FORMS)
def test_all_text_of_a_file_is_read(form: str) -> None:
    content = read_content("a.bin", FORMS[form](SENTENCE))

    assert SENTENCE in content.text
    assert content.is_whole


@pytest.mark.parametrize("form", BROKEN)
def test_a_broken_file_is_not_taken_for_read(form: str) -> None:
    data = FORMS[form](b" ".join(b"%d" % (number**5) for number in range(300)))

    assert not read_content("a.bin", data[: len(data) * 2 // 3]).is_whole


@pytest.mark.parametrize(
    "data", [b"\x28\xb5\x2f\xfd\0" * 3, b"7z\xbc\xaf\x27\x1c", b"\x8b\x02\x80 brotli"]
)
def test_what_nobody_reads_is_not_taken_for_read(data: bytes) -> None:
    assert not read_content("a.bin", data).is_whole
    assert not read_content("a.zip", zipped(data, "b.bin")).is_whole
    assert read_content("a.woff2", data).is_whole
    assert read_content("a.zip", zipped(data, "b.png")).is_whole


def test_names_in_an_archive_are_text() -> None:
    assert b"drained.md" in read_content("a.zip", zipped(b"", "drained.md")).text


def test_a_pdf_has_pages_properties_bookmarks_and_attached_files() -> None:
    text = read_content("a.pdf", as_pdf(SENTENCE, Subject="Property of it")).text

    assert all(part in text for part in (b"Property of it", b"Bookmark of", b"Attached The pool"))


def test_without_its_library_a_pdf_is_not_taken_for_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)

    assert not read_content("a.pdf", as_pdf(SENTENCE)).is_whole


def test_an_archive_fills_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "MOST_READ", 1_000)
    nested = zipped(b"x" * 10_000)
    for _ in range(9):
        nested = zipped(nested)

    for data in (gzip.compress(b"x" * 10_000), zipped(b"x" * 10_000), lzma.compress(b"x" * 10_000)):
        content = read_content("a.bin", data)
        assert content.text.count(b"x") == 1_000
        assert not content.is_whole
    assert not read_content("a.zip", nested).is_whole


def test_many_broken_streams_take_no_longer_than_one(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[object] = []
    begin = zlib.decompressobj
    monkeypatch.setattr(zlib, "decompressobj", lambda: tried.append(1) or begin())
    monkeypatch.setattr(contents, "MOST_READ", 100_000)
    broken = zlib.compress(bytes(60_000))[:-4] + b"\1\2\3\4"

    assert not read_content("a.bin", b"\0" + broken * 50).is_whole
    assert len(tried) <= 3
