"""Getting the data set of another site: over http(s), from a file address or from a path."""

from __future__ import annotations

import time
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, build_opener, url2pathname

from mkdocs_postmortem import __version__
from mkdocs_postmortem.model.loading import DataError

MOST_BYTES = 200_000_000
_CHUNK = 1 << 16


class FetchError(Exception):
    """A source that gave nothing; the text says why."""


def fetch_dataset(source: str, root: Path, *, timeout: float = 30) -> bytes:
    """The bytes at a source; a path starts from ``root``.

    ``timeout`` (seconds) is for each answer of the server and, tenfold, for all of it. FetchError
    for a source that cannot be read, answers with an error, or is larger than MOST_BYTES.
    """
    parts = urlsplit(source)
    if parts.scheme.lower() in ("http", "https"):
        return _over_http(source, timeout)
    if parts.scheme.lower() == "file" and parts.netloc not in ("", "localhost"):
        raise FetchError("a file address names a file of this machine")
    is_address = parts.scheme.lower() == "file"
    file = Path(url2pathname(parts.path)) if is_address else root / source
    try:
        if file.stat().st_size > MOST_BYTES:
            raise FetchError(_too_large())
        return file.read_bytes()
    except OSError as error:
        raise FetchError(f"{file}: {error.strerror}") from error


def text_of(data: bytes) -> str:
    """The text of a data set. DataError if it is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(f"It is not UTF-8: {error.reason} at byte {error.start}.") from error


def _over_http(source: str, timeout: float) -> bytes:
    request = Request(source, headers={"User-Agent": f"mkdocs-postmortem/{__version__}"})  # noqa: S310 - the caller has looked at the scheme
    end = time.monotonic() + 10 * timeout
    found = bytearray()
    try:
        # Its redirects lead to http, https and ftp only, never to a file.
        with build_opener().open(request, timeout=timeout) as answer:
            if urlsplit(answer.url).scheme not in ("http", "https"):
                raise FetchError(f"it leads to {answer.url}")
            while chunk := answer.read(_CHUNK):
                found += chunk
                if len(found) > MOST_BYTES:
                    raise FetchError(_too_large())
                if time.monotonic() > end:
                    raise FetchError(f"it took longer than {10 * timeout:g} seconds")
    except HTTPError as error:
        raise FetchError(f"the server answers {error.code} {error.reason}") from error
    except URLError as error:
        raise FetchError(str(error.reason)) from error
    except (OSError, ValueError) as error:
        raise FetchError(str(error) or type(error).__name__) from error
    return bytes(found)


def _too_large() -> str:
    return f"it is larger than {MOST_BYTES // 1_000_000} MB"
