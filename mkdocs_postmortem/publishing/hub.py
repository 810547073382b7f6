"""Data sets of other sites: fetched into this repository, and read from there.

A build uses no network.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

from mkdocs_postmortem import __version__
from mkdocs_postmortem.catalog.cache import Cache, digest
from mkdocs_postmortem.checking.rules import RULES
from mkdocs_postmortem.checking.unsafe_text import printable
from mkdocs_postmortem.model.loading import DataError
from mkdocs_postmortem.model.option_values import HubSite
from mkdocs_postmortem.model.problem import Level, Position, Problem
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.model.settings import Audience, Settings
from mkdocs_postmortem.publishing.dataset import load_dataset
from mkdocs_postmortem.reading.source import read_bytes

# Only `fetch` asks a network; urllib takes a twentieth of the start of a check.
if TYPE_CHECKING:
    from urllib.request import OpenerDirector, Request

# Next to the configuration, so that it is not published.
HUB_FOLDER = "postmortem-hub"
_CODE = "PM606"
MOST_BYTES = 200_000_000
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Hub:
    """The outages of other sites, and what is wrong with their files."""

    records: tuple[Postmortem, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_hub(settings: Settings, root: Path, cache: Cache | None = None) -> Hub:
    """Read the files of all sites of the option ``hub``; ``root`` is the folder of the
    configuration. A file that cannot be used is a problem, and the others count.

    ``cache`` knows the previous build of a server, which reads the same files at each edit.
    """
    cache = cache or Cache()
    records: list[Postmortem] = []
    problems: list[Problem] = []
    level = RULES[_CODE].level_for(settings)
    for site in settings.hub:
        path = f"{HUB_FOLDER}/{site.file_name}"
        try:
            text = read_bytes(root / path, MOST_BYTES).decode("utf-8")
            key = ("hub", site.name, digest(text))
            found, is_internal = cache.get_or_build(key, partial(_load, text, *key[1:]), once=True)
            if settings.audience is Audience.PUBLIC and is_internal:
                raise DataError("it is not for the public. Take it from the site's public build.")
            records += found
        except FileNotFoundError:
            message = f"The data of `{site.name}` has not been fetched."
            problems.append(_problem(path, level, message))
        except (OSError, UnicodeDecodeError) as error:
            problems.append(_problem(path, level, f"The data of `{site.name}`: {error}."))
        except DataError as error:
            problems.append(_problem(path, level, f"The data of `{site.name}`: {error}"))
    shown = problems if level is not Level.OFF else []
    return Hub(tuple(records), tuple(shown))


def hub_files(sites: Iterable[HubSite], root: Path) -> list[Path]:
    """Where the data sets of the sites lie."""
    return [root / HUB_FOLDER / site.file_name for site in sites]


def _load(text: str, site: str, version: str) -> tuple[tuple[Postmortem, ...], bool]:
    """The records of one site, and whether they are for colleagues only."""
    records = tuple(replace(record, version=version) for record in load_dataset(text, site))
    stated = json.loads(text).get("audience", "public")
    return records, stated != "public" or any(record.is_internal for record in records)


def _problem(path: str, level: Level, message: str) -> Problem:
    fix = "Run `mkdocs-postmortem fetch`."
    return Problem(path, Position(), level, _CODE, printable(message), fix, "hub")


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
        raise FetchError("a `file:` address can only name a file on this machine")
    from urllib.request import url2pathname

    is_address = parts.scheme.lower() == "file"
    file = Path(url2pathname(parts.path)) if is_address else root / source
    try:
        return read_bytes(file, MOST_BYTES)
    except OSError as error:
        raise FetchError(f"{file}: {error.strerror}") from error


def text_of(data: bytes) -> str:
    """The text of a data set. DataError if it is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(f"It is not UTF-8: {error.reason} at byte {error.start}.") from error


def _over_http(source: str, timeout: float) -> bytes:
    """One deadline for all of it. A socket's timeout begins anew with each byte, so the work is
    done in a thread that is left behind when its time is over.
    """
    found: list[bytes | FetchError] = []

    def work() -> None:
        try:
            found.append(_read(source, timeout))
        except Exception as error:
            found.append(FetchError(_reason(error)))

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(10 * timeout)
    if not found:
        raise FetchError(f"it took longer than {10 * timeout:g} seconds")
    if isinstance(found[0], FetchError):
        raise found[0]
    return found[0]


def _read(source: str, timeout: float) -> bytes:
    from urllib.request import Request

    request = Request(source, headers={"User-Agent": f"mkdocs-postmortem/{__version__}"})  # noqa: S310 - the caller has looked at the scheme
    found = bytearray()
    with _same_scheme_opener().open(request, timeout=timeout) as answer:
        while chunk := answer.read(_CHUNK):
            found += chunk
            if len(found) > MOST_BYTES:
                raise FetchError(f"it is larger than {MOST_BYTES // 1_000_000} MB")
        if answer.length:
            raise FetchError(f"it ended {answer.length:,} bytes too early")
    return bytes(found)


def _same_scheme_opener() -> OpenerDirector:
    """Follows no redirect to another scheme, and says so before it connects."""
    from urllib.request import HTTPRedirectHandler, build_opener

    class SameScheme(HTTPRedirectHandler):
        def redirect_request(
            self, req: Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
        ) -> Request | None:
            wanted, scheme = urlsplit(req.full_url).scheme, urlsplit(newurl).scheme
            if scheme != wanted and (wanted, scheme) != ("http", "https"):
                fp.close()
                raise FetchError(f"it redirects to {newurl}")
            return super().redirect_request(req, fp, code, msg, headers, newurl)

    return build_opener(SameScheme)


def _reason(error: Exception) -> str:
    if isinstance(error, HTTPError):
        error.close()
        return f"the server answers {error.code} {error.reason}"
    if isinstance(error, URLError):
        return str(error.reason)
    return str(error) or type(error).__name__
