"""Names for files and addresses, and which addresses a page may link to."""

from __future__ import annotations

import html
import posixpath
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from hashlib import sha256
from urllib.parse import SplitResult, quote, urlsplit

# A page's path below the docs folder → its address.
Addresses = Callable[[str], str]


def slug(text: str, fallback: str = "outage") -> str:
    """Letters and digits of any script in lower case, hyphens between: ``search-blank``."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"[^\w]+", "-", plain).strip("-_")[:60].strip("-_") or fallback


def unique_slugs(names: Iterable[str], fallback: str) -> dict[str, str]:
    """A slug for each name. Where two names would share one, each gets an ending of its own.

    The ending depends on the name alone, so that an address stays when other names come and go;
    only the first clash changes it.
    """
    names = tuple(dict.fromkeys(names))
    plain = {name: slug(name, fallback) for name in names}
    count = Counter(plain.values())
    return {
        name: f"{item}-{sha256(name.encode()).hexdigest()[:6]}" if count[item] > 1 else item
        for name, item in plain.items()
    }


_SAFE_SCHEMES = {"", "http", "https", "mailto"}


def is_safe(address: str) -> bool:
    """Relative, http, https or mailto."""
    parts = _parts(_as_browsers_read(address))
    return parts is not None and parts.scheme.lower() in _SAFE_SCHEMES


def is_own(address: str) -> bool:
    """An address on the page's own host. Browsers take ``\\`` for ``/``."""
    parts = _parts(_as_browsers_read(address).replace("\\", "/"))
    return parts is not None and not (parts.scheme or parts.netloc)


def is_absolute(address: str) -> bool:
    """An http or https address with a host: one that leads to another site."""
    parts = _parts(address)
    if parts is None or not parts.netloc:
        return False
    return parts.scheme.lower() in ("http", "https") and is_safe(address)


def _as_browsers_read(address: str) -> str:
    """They read entities (``java&#115;cript:``), and skip white space and control characters."""
    return re.sub(r"[\x00-\x20]", "", html.unescape(address))


def _parts(address: str) -> SplitResult | None:
    try:
        return urlsplit(address)
    except ValueError:
        return None


def page_key(path: str) -> str:
    """A page's path or address in one spelling: ``a/b`` for ``a/b.md``, ``./a/b/``, ``a/b.html``
    and ``a/b/index.html``.
    """
    path = posixpath.normpath(path.replace("\\", "/").split("#")[0].split("?")[0].lstrip("/"))
    stem, end = posixpath.splitext(path)
    path = stem if end.lower() in (".md", ".html", ".htm") else path
    folder, _, name = path.rpartition("/")
    return (folder if name.lower() in ("index", "readme") else path).casefold()


def reference_key(text: str) -> str:
    """An id in one spelling: ``pm-2026-014`` for ``PM 2026 014`` and ``a/pm-2026-014.md``."""
    name = page_key(text.strip()).rpartition("/")[2]
    return "-".join(re.findall(r"[^\W_]+", name))


def page_address(path: str, site_url: str = "", *, use_directory_urls: bool = True) -> str:
    """As MkDocs makes it; below the site's root if there is no ``site_url`` (which ends in ``/``).

    >>> page_address("postmortems/a.md", "https://e.example/")
    'https://e.example/postmortems/a/'
    """
    stem = path.rpartition(".")[0]
    folder, _, name = stem.rpartition("/")
    is_index = name in ("index", "README")
    if use_directory_urls:
        address = folder if is_index else stem
        address += "/" if address else ""
    else:
        address = f"{folder}/index.html".lstrip("/") if is_index else f"{stem}.html"
    return site_url + quote(address)
