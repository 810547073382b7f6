"""The text in a file of the output: in an archive that of its files, in a PDF what readers see."""

from __future__ import annotations

import bz2
import codecs
import gzip
import io
import lzma
import mimetypes
import re
import tarfile
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import PurePosixPath
from typing import IO, Any, NamedTuple

# Bytes of one file that are read: some archives say a thousand times what they hold.
MOST_READ = 100_000_000
# Bytes that are inflated at once.
_CHUNK = 16_384
# Archives within archives.
_MOST_NESTED = 5

# Before 3.14 Python knows no fonts, and its table of types differs by version: not the system's.
_TYPES = mimetypes.MimeTypes()
_MEDIA = frozenset({"image", "audio", "video", "font"})
_OTHER_MEDIA = frozenset(".webp .avif .woff .woff2 .ttf .otf .eot .ogg .m4a".split())
_UTF_16 = codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE
# No text has these, and hardly any compressed data has none of them.
_CONTROLS = re.compile(rb"[\x00-\x07\x0e-\x1a\x1c-\x1f]")
_STARTS_XZ = re.compile(rb"\xfd7zXZ\0|\x5d\0\0")
_STARTS_BZIP2 = re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)")
_STARTS_TAR = re.compile(rb"(?s:.{257})ustar")
_STARTS_ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")

Parts = Iterator[tuple[str, bytes]]


class Content(NamedTuple):
    """The text of a file, and whether that is all of it: not if a part is compressed or encrypted
    in a way that cannot be read.
    """

    text: bytes
    is_whole: bool = True


def read_content(output: str, data: bytes, *, reads_pdf: bool = True) -> Content:
    """What a file says. Pictures, fonts and media say nothing.

    ``output`` is its path in the site. A PDF takes long; without ``reads_pdf`` it is left as it is.
    """
    if not _CONTROLS.search(data[:4096] + data[-4096:]) and not data.startswith(b"%PDF"):
        return Content(_unfolded(output, data))  # nearly all files
    reader = _Reader(reads_pdf)
    return Content(b"\n".join(reader.texts(output, data)), reader.is_whole)


class _Reader:
    """Reads files within files, up to a number of bytes in all."""

    def __init__(self, reads_pdf: bool) -> None:
        self.is_whole = True
        self._left = MOST_READ
        self._unpackers: list[tuple[re.Pattern[bytes], Callable[[bytes], Parts]]] = [
            (re.compile(rb"\x1f\x8b"), lambda data: self._decompress(gzip.GzipFile, data)),
            (_STARTS_XZ, lambda data: self._decompress(lzma.LZMAFile, data)),
            (_STARTS_BZIP2, lambda data: self._decompress(bz2.BZ2File, data)),
            (_STARTS_TAR, self._untar),
        ]
        if reads_pdf:
            self._unpackers.append((re.compile(rb"%PDF"), self._pdf))

    def texts(self, name: str, data: bytes, depth: int = 0) -> Iterator[bytes]:
        """The texts in a file; ``is_whole`` says afterwards whether these are all."""
        if _is_media(name):
            return
        if data.startswith(_UTF_16):
            data = data.decode("utf-16", "replace").encode("utf-8", "replace")
        unpack = next((unpack for start, unpack in self._unpackers if start.match(data)), None)
        if unpack is None and zipfile.is_zipfile(io.BytesIO(data)):
            unpack = self._unzip
        if unpack is None:
            yield self._plain(name, data)
            return
        try:
            if depth > _MOST_NESTED:
                raise ValueError("nested too deeply")
            for inner, part in unpack(data):
                yield inner.encode("utf-8", "replace")
                yield from self.texts(inner, part, depth + 1)
        except Exception:  # of a broken or encrypted file any of these libraries raises anything
            self.is_whole = False

    def _plain(self, name: str, data: bytes) -> bytes:
        """A file that is no archive, with what is compressed within it (as in ``objects.inv``)."""
        if not _CONTROLS.search(data):
            return _unfolded(name, data)
        text = self._inflated(data)
        self.is_whole &= not _CONTROLS.search(text)
        return text

    def _inflated(self, data: bytes) -> bytes:
        parts: list[bytes] = []
        end = 0
        for match in _STARTS_ZLIB.finditer(data):
            if match.start() >= end and self._left:
                text, after = self._inflate(data, match.start())
                if after:
                    parts += [data[end : match.start()], text]
                    end = after
        return b"\n".join([*parts, data[end:]]) if parts else data

    def _inflate(self, data: bytes, start: int) -> tuple[bytes, int]:
        """What a stream says, and where it ends; 0 if it is none. What a broken one has said until
        then counts, too: a file may have many.
        """
        stream, parts = zlib.decompressobj(), list[bytes]()
        with suppress(zlib.error):
            for at in range(start, len(data), _CHUNK):
                left = data[at : at + _CHUNK]
                while left and self._left and not stream.eof:
                    parts.append(self._take(stream.decompress(left, _CHUNK)))
                    left = stream.unconsumed_tail
                if stream.eof:
                    return b"".join(parts), min(at + _CHUNK, len(data)) - len(stream.unused_data)
        return b"", 0

    def _read(self, file: IO[bytes]) -> bytes:
        return self._take(file.read(self._left))

    def _take(self, data: bytes) -> bytes:
        self._left = max(0, self._left - len(data))
        self.is_whole &= self._left > 0
        return data

    def _decompress(self, kind: Callable[..., Any], data: bytes) -> Parts:
        source = {"fileobj" if kind is gzip.GzipFile else "filename": io.BytesIO(data)}
        with kind(**source) as file:
            yield "", self._read(file)

    def _unzip(self, data: bytes) -> Parts:
        with zipfile.ZipFile(io.BytesIO(data)) as files:
            for name in files.namelist():
                with files.open(name) as file:
                    yield name, self._read(file)

    def _untar(self, data: bytes) -> Parts:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as files:
            for entry in files:
                file = files.extractfile(entry) if entry.isfile() else None
                yield f"{entry.name} {entry.linkname}", b""
                if file:
                    yield entry.name, self._read(file)

    def _pdf(self, data: bytes) -> Parts:
        """The pages, links, bookmarks, properties and attached files of a PDF."""
        from pypdfium2 import PdfDocument  # an extra; without it a PDF cannot be read

        with PdfDocument(data) as pdf:
            pages = [page.get_textpage().get_text_range() for page in pdf]
            # If no page has any, they are scanned, or their fonts say not which letters they have.
            self.is_whole &= bool("".join(pages).strip())
            titles = [bookmark.get_title() for bookmark in pdf.get_toc()]
            text = "\n".join([*pages, *titles, *pdf.get_metadata_dict().values()])
            text = unicodedata.normalize("NFKC", text)  # without ligatures
            shown = self._take(text.encode("utf-8", "replace"))
            # The links are in what is inflated.
            yield "", _CONTROLS.sub(b"", b"%s\n%s" % (shown, self._inflated(data)))
            for at in range(pdf.count_attachments()):
                attached = pdf.get_attachment(at)
                yield attached.get_name(), self._take(bytes(attached.get_data()))


def _is_media(output: str) -> bool:
    kind, _ = _TYPES.guess_type(output)
    is_known = kind is not None and kind.partition("/")[0] in _MEDIA and not kind.endswith("xml")
    return is_known or PurePosixPath(output).suffix.lower() in _OTHER_MEDIA


def _unfolded(output: str, data: bytes) -> bytes:
    """A calendar without the ends of its folded lines; another text as it is."""
    is_calendar = output.lower().endswith((".ics", ".vcf"))
    return data.replace(b"\r\n ", b"") if is_calendar else data
