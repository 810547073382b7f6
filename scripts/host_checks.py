"""What a site built by a host is held to. Each check gives what is wrong, or nothing."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

PAGE = "2026-03-14-checkout-pool-again"
TITLE = "Checkout refused orders again after a pool change"
COUNT = 11
_VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
_VOID |= {"path", "rect", "circle", "line", "use"}


@dataclass(frozen=True)
class Built:
    """A site on disk. ``archive`` is the folder with the index and the lists.

    ``suffix`` is what follows a page's name; ``search`` is the file of the search, or a folder
    with one for each page.
    """

    folder: Path
    archive: str = "postmortems"
    suffix: str = "/index.html"
    search: str = "search/search_index.json"
    postmortems: str = "postmortems"
    count: int = COUNT

    def text(self, path: str) -> str:
        return (self.folder / path).read_text(encoding="utf-8")

    def page(self, name: str) -> str:
        return f"{name}{self.suffix}"

    @property
    def index(self) -> str:
        return f"{self.archive}/index.html"


class Found(HTMLParser):
    """The addresses, identifiers and classes of a page; ``own`` are addresses inside our parts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.own: list[str] = []
        self.loaded: list[str] = []
        self.ids: list[str] = []
        self.classes: set[str] = set()
        self._open: list[bool] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        names = known.get("class", "").split()
        self.classes.update(names)
        if "id" in known:
            self.ids.append(known["id"])
        ours = any(name.startswith("pm-") for name in names) or (
            bool(self._open) and self._open[-1]
        )
        address = known.get("href") or known.get("src")
        if ours and address:
            self.own.append(address)
        if tag in ("link", "script") and address:
            self.loaded.append(address)
        if tag not in _VOID:
            self._open.append(ours)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID and self._open:
            self._open.pop()


def box(built: Built) -> Iterator[str]:
    """The box and the timeline stand on a page, below its title."""
    text = built.text(built.page(f"{built.postmortems}/{PAGE}"))
    classes = Found(text).classes
    for name in ("pm-summary", "pm-timeline", "pm-entry", "pm-task__box", "pm-pager"):
        if name not in classes:
            yield f"no .{name} on a page"
    if "pm-summary" in classes and text.find("<h1") > text.find("pm-summary"):
        yield "the box stands above the title"
    if re.search(r"pm-(entry|directive):\d", text) or "\x02" in text:
        yield "a mark of ours is left on the page"
    if "postmortem:" in re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL).split("<h1")[0]:
        yield "front matter is printed"


def links(built: Built) -> Iterator[str]:
    """Every address in our parts leads to a file of the site and to an anchor on it."""
    for path in _own_pages(built):
        for address in dict.fromkeys(Found(built.text(path)).own):
            fault = _dead(built, path, address)
            if fault:
                yield fault


def index(built: Built) -> Iterator[str]:
    """The index has a row for each outage."""
    text = built.text(built.index)
    rows = len(re.findall(r"<tr[^>]*class=\"[^\"]*pm-row", text)) or text.count("<tr")
    if TITLE not in text:
        yield "an outage is not on the index"
    if rows < COUNT:
        yield f"{rows} rows on the index instead of {COUNT}"


def lists(built: Built) -> Iterator[str]:
    """There are pages of services, years, causes, tasks and repeats, with lists on them."""
    for name in ("services/checkout", "years/2026", "tasks", "repeats"):
        path = built.folder / built.page(f"{built.archive}/{name}")
        if not path.exists():
            yield f"no page {name}"
        elif "pm-" not in path.read_text(encoding="utf-8"):
            yield f"no list on the page {name}"


def search(built: Built) -> Iterator[str]:
    """The search knows the words of a postmortem, and its title."""
    file = built.folder / built.search
    if not file.exists():
        yield "no search index"
        return
    texts = [file.read_bytes()] if file.is_file() else map(gzip_text, file.iterdir())
    if not any(TITLE.encode() in text for text in texts):
        yield "a postmortem is not in the search"


def gzip_text(file: Path) -> bytes:
    return gzip.decompress(file.read_bytes())


def data(built: Built) -> Iterator[str]:
    """The data set is there, whole, and its addresses lead to pages."""
    file = built.folder / built.archive / "postmortems.json"
    if not file.exists():
        yield "no data set"
        return
    items = json.loads(file.read_text(encoding="utf-8"))["postmortems"]
    if len(items) != built.count:
        yield f"{len(items)} records instead of {built.count}"
    for item in items:
        path = unquote(urlsplit(item["url"]).path).removeprefix("/sub/").lstrip("/")
        if not _file(built.folder / path):
            yield f"the address {item['url']} leads nowhere"


def assets(built: Built) -> Iterator[str]:
    """A page loads our stylesheet and scripts, and they are there."""
    path = built.page(f"{built.postmortems}/{PAGE}")
    loaded = Found(built.text(path)).loaded
    for name in ("postmortem.css", "postmortem.js"):
        own = [address for address in loaded if urlsplit(address).path.endswith(name)]
        if not own:
            yield f"{name} is not loaded"
        elif fault := _dead(built, path, own[0]):
            yield fault


CHECKS: dict[str, Callable[[Built], Iterator[str]]] = {
    "box": box,
    "links": links,
    "index": index,
    "lists": lists,
    "search": search,
    "data": data,
    "assets": assets,
}


def doubled_ids(built: Built) -> Iterator[str]:
    """No two elements of a page have one name."""
    for path in _own_pages(built):
        ids = [name for name in Found(built.text(path)).ids if not name.startswith("__")]
        for name in sorted({name for name in ids if ids.count(name) > 1}):
            yield f"{path}: two elements are called {name}"


def _own_pages(built: Built) -> list[str]:
    folders = {built.folder / built.archive, built.folder / built.postmortems}
    found = (page for folder in folders for page in folder.rglob("*.html"))
    return sorted(page.relative_to(built.folder).as_posix() for page in found)


def _dead(built: Built, path: str, address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return ""
    base = built.folder / path
    target = _file(base.parent / unquote(parts.path)) if parts.path else base
    if parts.path.startswith("/"):
        target = _file(built.folder / unquote(parts.path).lstrip("/"))
    if target is None:
        return f"{path}: {address} leads nowhere"
    if parts.fragment and target.suffix == ".html":
        ids = Found(target.read_text(encoding="utf-8")).ids
        if unquote(parts.fragment) not in ids:
            return f"{path}: {address} leads to no anchor"
    return ""


def _file(path: Path) -> Path | None:
    if path.is_dir():
        path = path / "index.html"
    return path if path.is_file() else None
