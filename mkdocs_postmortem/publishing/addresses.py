"""The addresses of pages, and where our stylesheet and scripts lie below the site's root."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

# A page's path below the docs folder → its address.
Addresses = Callable[[str], str]
ASSET_FOLDER = "assets/mkdocs-postmortem"
STYLESHEET = f"{ASSET_FOLDER}/postmortem.css"
SCRIPTS = tuple(f"{ASSET_FOLDER}/{name}" for name in ("postmortem.js", "lists.js"))


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
