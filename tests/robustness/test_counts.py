"""What a build does, counted: so many reads, parses, validations and templates for so many pages.

A guard against slow code that no load of the machine can fool. A figure that goes down may be
lowered here; one that goes up needs a reason.
"""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Literal

import pytest
from drawn_site import Site
from mkdocs.config.defaults import MkDocsConfig
from pages import write_pages
from repeats import load, record_again

from mkdocs_postmortem.catalog import similarity
from mkdocs_postmortem.catalog.catalog import Catalog
from mkdocs_postmortem.catalog.repeats import repeats
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.rendering.templates import Templates

# Each place where a costly thing is done: module, name, and what it is called here.
COUNTED = (
    ("mkdocs_postmortem.catalog.check_pages", "read_page", "pages read"),
    ("mkdocs_postmortem.reading.front_matter", "compose_values", "front matters parsed"),
    ("mkdocs_postmortem.reading.page", "read_record", "records"),
    ("mkdocs_postmortem.checking.schemas", "Validator.errors", "validations"),
    ("mkdocs_postmortem.checking.schemas", "compile_schema", "schemas compiled"),
    ("mkdocs_postmortem.catalog.site", "repeats", "searches for repeats"),
    ("mkdocs_postmortem.catalog.catalog", "Catalog._positions", "selections"),
    ("mkdocs.structure.pages", "Page.render", "pages converted"),
)


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    found: Counter[str] = Counter()

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
    render = Templates.render

    def counted_render(templates: Templates, name: str, **named: Any) -> str:
        found[name] += 1
        return render(templates, name, **named)

    render_each = Templates.render_each

    def counted_each(
        templates: Templates, name: str, variable: str, items: Iterable[Any], **named: Any
    ) -> list[str]:
        outputs = render_each(templates, name, variable, items, **named)
        found[name] += len(outputs)
        return outputs

    monkeypatch.setattr(Templates, "render", counted_render)
    monkeypatch.setattr(Templates, "render_each", counted_each)
    return found


def build(root: Path, pages: int, command: Literal["build", "serve"] = "build") -> None:
    MkDocsConfig.plugins.plugin_cache = {}  # a plugin of another test would remember its pages
    write_pages(root / "docs/postmortems", pages)
    rebuild(root, command)


def rebuild(root: Path, command: Literal["build", "serve"] = "serve") -> None:
    plugin = {"on_error": "warn", "today": "2026-11-24", "history": False}
    assert Site(root).build(plugins=[{"postmortem": plugin}], command=command).error is None


def test_a_build_does_each_thing_once(tmp_path: Path, counts: Counter[str]) -> None:
    build(tmp_path, 12)

    lists = [*(tmp_path / "site/postmortems").glob("*/*/index.html")]
    groups, large = len(lists), sum(one.read_text("utf-8").count("data-id=") > 4 for one in lists)
    assert groups > large > 0
    assert counts == {
        "pages read": 12,
        "front matters parsed": 12,
        "records": 12,
        "validations": 24,
        "schemas compiled": 2,
        "searches for repeats": 1,
        # Each facet once for all of the lists of its groups.
        "selections": 3,
        # With the lists of all outages and of all tasks.
        "pages converted": 12 + groups + 2,
        "summary.html": 12,
        "entry.html": 9 * 12,
        "task.html": 3 * 12,
        "breadcrumb.html": groups + 1,
        "timeline_bar.html": 12,
        "page_footer.html": 12,
        "index_rows.html": 12,
        "tasks_rows.html": 3 * 12,
        "lengths_rows.html": 12,
        "index.html": groups + 1,
        "stats.html": large + 1,
        "tasks.html": groups + 1,
        "groups.html": 1,
        "task_groups.html": 2,
    }


def test_twice_the_pages_are_twice_the_work(tmp_path: Path, counts: Counter[str]) -> None:
    build(tmp_path / "one", 10)
    once = Counter(counts)
    counts.clear()
    build(tmp_path / "two", 20)

    for name in ("pages read", "records", "validations", "summary.html", "entry.html", "task.html"):
        assert counts[name] == 2 * once[name] > 0, name
    for name in ("index_rows.html", "lengths_rows.html"):
        assert counts[name] == 2 * once[name] > 0, name
    for name in ("selections", "schemas compiled", "searches for repeats"):
        assert counts[name] == once[name] > 0, name


def test_comparing_outages_is_linear_in_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """The worst case: the same texts over and over, so that each is like every other."""
    counted: dict[int, Counter[str]] = {}
    cosine, nearest = similarity.cosine, similarity._nearest

    def compared(*vectors: Any) -> float:
        counted[size]["compared"] += 1
        return cosine(*vectors)

    def near(vector: Any, keys: Any, recent: Any) -> list[int]:
        counted[size]["looked up"] += sum(len(recent.get(key, ())) for key in keys)
        return nearest(vector, keys, recent)

    monkeypatch.setattr(similarity, "cosine", compared)
    monkeypatch.setattr(similarity, "_nearest", near)
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
    """A server's builds after an edit of one page's prose, and of a value that lists show."""
    pages = tmp_path / "docs/postmortems"
    build(tmp_path, 40, "serve")
    counts.clear()
    edited = pages / "00007.md"
    text = edited.read_text("utf-8")
    edited.write_text(text.replace("## Timeline", "More.\n\n## Timeline"), "utf-8")
    rebuild(tmp_path)

    assert counts["pages read"] == counts["records"] == counts["pages converted"] == 1
    assert counts["summary.html"] == 3  # with the pages before and after it, which name it
    for name in ("index", "index_rows", "stats", "tasks", "tasks_rows", "lengths_rows"):
        assert counts[f"{name}.html"] == 0, name

    counts.clear()
    edited.write_text(text.replace("users_affected: ", "users_affected: 1"), "utf-8")
    rebuild(tmp_path)

    assert counts["pages read"] == counts["records"] == counts["pages converted"] == 1
    assert counts["index_rows.html"] == counts["lengths_rows.html"] == 1
    assert counts["tasks_rows.html"] == 3
    assert counts["selections"] == 3
    # The lists of all outages, and of its year, service and cause; no other outage is in them.
    assert counts["index.html"] == counts["tasks.html"] == 4
    assert counts["stats.html"] == 3  # its service has too few outages for figures
