"""What a build does, counted: so many reads, parses, validations and templates for so many pages.

A guard against slow code that no load of the machine can fool. A figure that goes down may be
lowered here; one that goes up needs a reason.
"""

from __future__ import annotations

import importlib
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import pytest
from drawn_site import Site
from mkdocs.config.defaults import MkDocsConfig
from pages import write_pages
from repeats import load, record_again

from mkdocs_postmortem.catalog import Catalog, detection, repeats
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.rendering import environment, heads, mould
from mkdocs_postmortem.rendering.plots import dots

# Each place where a costly thing is done: module, name, and what it is called here.
COUNTED = (
    ("mkdocs_postmortem.catalog.memory", "read_page", "pages read"),
    ("mkdocs_postmortem.reading.front_matter", "compose_values", "front matters parsed"),
    ("mkdocs_postmortem.reading.page", "read_record", "records"),
    ("mkdocs_postmortem.checking.validator", "Validator.errors", "validations"),
    ("mkdocs_postmortem.checking.schemas", "compile_schema", "schemas compiled"),
    ("mkdocs_postmortem.catalog.site", "repeats", "searches for repeats"),
    ("mkdocs_postmortem.hosts.markdown.slots", "Slots.put", "fragments"),
    ("mkdocs_postmortem.rendering.mould", "Cast.__str__", "casts"),
    ("mkdocs_postmortem.rendering.rows", "cast", "rows made"),
    ("mkdocs_postmortem.rendering.rows", "Row.linked", "rows"),
    ("mkdocs_postmortem.catalog.selection", "Index._look_up", "selections"),
)
# Filled once for each form that they have.
MOULDED = (
    "entry.html", "summary.html", "foot.html", "timeline_bar.html",
    "index_rows.html", "tasks_rows.html", "lengths_rows.html", "plots/dot.html",
)  # fmt: skip


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    found: Counter[str] = Counter()
    for remembered in (mould._mould, heads._mould, dots._mould):
        remembered.cache_clear()

    def counting(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any, **named: Any) -> Any:
            found[name] += 1
            return work(*args, **named)

        return counted

    for module, path, name in COUNTED:
        owner: Any = importlib.import_module(module)
        *above, last = path.split(".")
        for part in above:
            owner = getattr(owner, part)
        monkeypatch.setattr(owner, last, counting(name, getattr(owner, last)))
    fill = environment.fill
    for module in [m for n, m in sys.modules.items() if n.startswith("mkdocs_postmortem.")]:
        if getattr(module, "fill", None) is fill:
            monkeypatch.setattr(module, "fill", _by_template(found, fill))
    return found


def _by_template(found: Counter[str], fill: Callable[..., str]) -> Callable[..., str]:
    def counted(name: str, *args: Any, **named: Any) -> str:
        found[name] += 1
        return fill(name, *args, **named)

    return counted


def build(root: Path, pages: int, command: Literal["build", "serve"] = "build") -> None:
    MkDocsConfig.plugins.plugin_cache = {}  # a plugin of another test would remember its pages
    write_pages(root / "docs/postmortems", pages)
    rebuild(root, command)


def rebuild(root: Path, command: Literal["build", "serve"] = "serve") -> None:
    plugin = {"on_error": "warn", "today": "2026-11-24", "history": False}
    assert Site(root).build(plugins=[{"postmortem": plugin}], command=command).error is None


def test_a_build_does_each_thing_once(tmp_path: Path, counts: Counter[str]) -> None:
    build(tmp_path, 12)

    groups = sum(1 for _ in (tmp_path / "site/postmortems").glob("*/*/index.html"))
    # A dot for each of three lengths in the figures of all, of its year, service and cause.
    drawn = 3 * 4 * 12
    assert counts == {
        "pages read": 12,
        "front matters parsed": 12,
        "records": 12,
        "validations": 24,
        "schemas compiled": 3,
        "searches for repeats": 1,
        # Nine heads, a box, a bar and a foot on each page; the words of all but bar and foot. Rows
        # of an outage and its tasks in the lists of all, of its year, service and cause.
        "casts": (12 + 10) * 12 + counts["rows"] + drawn,
        "rows": counts["rows"],
        "rows made": counts["rows made"],
        # Each facet once for all of the lists of its groups.
        "selections": 3,
        **{name: counts[name] for name in MOULDED},
        "index.html": groups + 1,
        "stats.html": groups + 1,
        "tasks.html": groups + 1,
        "groups.html": 1,
        "task_groups.html": counts["task_groups.html"],
        "fragments": counts["fragments"],
    }
    # An outage, its lengths and three tasks; on a service's own page it does not link there.
    assert counts["rows made"] == 12 * 6
    assert counts["rows"] <= 4 * 5 * 12
    # A bar, a box and a foot on each page; three lists for each group.
    assert counts["fragments"] <= 3 * 12 + 3 * (groups + 1) + 3
    # One for each form, of 108 heads and 12 of the others.
    assert counts["entry.html"] < 15
    for name in MOULDED[1:]:
        assert counts[name] <= 12, name


def test_twice_the_pages_are_twice_the_work(tmp_path: Path, counts: Counter[str]) -> None:
    build(tmp_path / "one", 10)
    once = Counter(counts)
    once["casts"] -= once["rows"]  # lists of a service have its open tasks only
    counts.clear()
    build(tmp_path / "two", 20)
    counts["casts"] -= counts["rows"]

    once_each = ("pages read", "front matters parsed", "records", "validations", "casts")
    for name in (*once_each, "rows made"):
        assert counts[name] == 2 * once[name], name
    assert counts["selections"] == once["selections"]
    assert counts["schemas compiled"] == once["schemas compiled"]
    assert counts["searches for repeats"] == once["searches for repeats"]


def test_comparing_outages_is_linear_in_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """The worst case: the same texts over and over, so that each is like every other."""
    counted: dict[int, Counter[str]] = {}
    cosine, nearest = detection.cosine, detection._nearest

    def compared(*vectors: Any) -> float:
        counted[size]["compared"] += 1
        return cosine(*vectors)

    def near(index: int, keys: Any, recent: Any, vectors: Any) -> list[int]:
        counted[size]["looked up"] += sum(len(recent.get(key, ())) for key in keys)
        return nearest(index, keys, recent, vectors)

    monkeypatch.setattr(detection, "cosine", compared)
    monkeypatch.setattr(detection, "_nearest", near)
    texts = load("dev")[0].records
    for size in (60, 80, 100):
        counted[size] = Counter()
        found = repeats(
            Catalog(record_again(item, number) for number in range(size) for item in texts),
            Settings(),
        )
        counted[size]["repeats"] = len(found.all)

    for name, count in counted[100].items():
        step, before = count - counted[80][name], counted[80][name] - counted[60][name]
        assert step <= 1.1 * before, (name, counted)


def test_a_rebuild_makes_only_what_has_changed(tmp_path: Path, counts: Counter[str]) -> None:
    """A server's second build after an edit of one page's prose."""
    pages = tmp_path / "docs/postmortems"
    build(tmp_path, 40, "serve")
    counts.clear()
    edited = pages / "00007.md"
    text = edited.read_text("utf-8")
    edited.write_text(text.replace("## Timeline", "More.\n\n## Timeline"), "utf-8")
    rebuild(tmp_path)

    assert counts["pages read"] == counts["records"] == 1
    # Its own, its lengths and those of its three tasks, also without a link to its service.
    assert counts["rows made"] <= 6
    assert counts["selections"] == 3
    # The lists of all outages, and of its year, service and cause; no other outage is in them.
    assert counts["index.html"] == counts["stats.html"] == counts["tasks.html"] == 4
