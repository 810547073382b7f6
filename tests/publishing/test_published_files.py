"""What a site publishes for machines, read back by other programs than those that wrote it."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import atoma
import feedparser
import pytest
from drawn_site import PAGE, Built, Site
from icalendar import Calendar
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from mkdocs_postmortem.checking.schemas import NAMES, load_schema
from mkdocs_postmortem.model.address import page_address
from mkdocs_postmortem.publishing.bundle import Publication, as_atom
from mkdocs_postmortem.publishing.tables import as_csv
from mkdocs_postmortem.rendering.messages import load_messages

URL = "https://docs.example/sub/"
HOSTILE = "=cmd()|<b>&\u202e \U0001f525 \u05d0"


def file_of(built: Built, name: str) -> Path:
    return built.folder / "postmortems" / name


@pytest.fixture
def archive(site: Site) -> Site:
    site.write("postmortems/a.md", PAGE)
    site.write("postmortems/b.md", PAGE.replace("PM-1", "a/b").replace("SEV2", "SEV1"))
    draft = PAGE.replace("id: PM-1", "id: a b\n  status: draft").replace("was down", "is down")
    site.write("postmortems/c.md", draft)
    site.options["on_error"] = "warn"  # such ids are errors, and yet no reason to break
    return site


def test_the_data_set_fits_its_schema_and_names_the_pages(archive: Site) -> None:
    built = archive.build(site_url=URL)

    data = json.loads(file_of(built, "postmortems.json").read_text(encoding="utf-8"))
    registry: Registry = Registry().with_resources(  # type: ignore[type-arg]
        (load_schema(name)["$id"], Resource.from_contents(load_schema(name))) for name in NAMES
    )
    Draft202012Validator(load_schema("index"), registry=registry).validate(data)
    assert {item["url"] for item in data["postmortems"]} == {
        f"{URL}postmortems/{name}/" for name in "abc"
    }
    for item in data["postmortems"]:
        assert (built.folder / item["url"].removeprefix(URL) / "index.html").is_file()


def test_each_record_has_a_file_whatever_its_id(archive: Site) -> None:
    built = archive.build()

    files = sorted(file_of(built, "records").iterdir())
    ids = {json.loads(file.read_text(encoding="utf-8"))["id"] for file in files}
    assert ids == {"PM-1", "a/b", "a b"}
    assert all(file.name.count("/") == 0 for file in files)


def test_csv_is_read_back(archive: Site) -> None:
    archive.write(
        "postmortems/d.md",
        PAGE.replace("PM-1", "PM-4").replace("Shoppers saw a 502 page.", f"'{HOSTILE}'"),
    )
    built = archive.build()

    text = file_of(built, "postmortems.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 4
    assert f"'{HOSTILE}" in {row["impact"] for row in rows}
    assert "Check the number" in file_of(built, "tasks.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",
        "\u00a0=1",
        "＝1",
        "＋1",
        "＠x",
    ],
)
def test_no_cell_of_a_spreadsheet_is_a_formula(cell: str) -> None:
    text = as_csv(("a", "b"), [(cell, f"x {cell}")])

    (row,) = list(csv.reader(io.StringIO(text, newline="")))[1:]
    assert row == [f"'{cell}", f"x {cell}"]


def test_feeds_are_read_by_others_and_leave_drafts_out(archive: Site) -> None:
    built = archive.build(site_url=URL, site_name="Our <outages>")

    atom = feedparser.parse(file_of(built, "feed.atom").read_text(encoding="utf-8"))
    assert not atom.bozo
    assert {item.link for item in atom.entries} == {f"{URL}postmortems/{name}/" for name in "ab"}
    feed = json.loads(file_of(built, "feed.json").read_text(encoding="utf-8"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    read = atoma.parse_json_feed_bytes(file_of(built, "feed.json").read_bytes())
    assert [item.url for item in read.items] == [item["url"] for item in feed["items"]]
    assert all(item.date_published and item.date_published.tzinfo for item in read.items)
    other = atoma.parse_atom_bytes(file_of(built, "feed.atom").read_bytes())
    assert {entry.links[0].href for entry in other.entries} == {item.url for item in read.items}
    assert feed["title"] == "Our <outages>"
    assert feed["feed_url"] == f"{URL}postmortems/feed.json"
    # What version 1.1 asks of every item.
    assert all(item["id"] and item["content_text"] for item in feed["items"])
    assert {item["url"] for item in feed["items"]} == {item.link for item in atom.entries}


def test_without_an_address_of_the_site_there_are_no_feeds(archive: Site) -> None:
    built = archive.build()

    assert not file_of(built, "feed.atom").exists()
    assert not file_of(built, "feed.json").exists()
    assert "feed.atom" not in built.page("postmortems/")


def test_the_calendar_has_the_due_tasks(archive: Site) -> None:
    built = archive.build()

    events = Calendar.from_ical(file_of(built, "tasks.ics").read_bytes()).walk("VEVENT")
    assert len(events) == 3
    assert {str(event.decoded("dtstart")) for event in events} == {"2026-04-01"}


def test_badges_are_pictures_that_say_the_same_on_any_day(archive: Site) -> None:
    archive.options["severities"] = ["SEV1", "SEV2", HOSTILE]
    built = archive.build()

    names = {file.name for file in file_of(built, "badges").iterdir()}
    assert {"last-sev1.svg", "last-sev2.svg", "overdue-tasks.svg"} <= names
    for name in names:
        svg = ElementTree.parse(file_of(built, f"badges/{name}")).getroot()  # noqa: S314 - our own
        assert svg.tag == "{http://www.w3.org/2000/svg}svg"
        assert svg.get("aria-label")
    assert "last SEV1: 2026-03-14" in file_of(built, "badges/last-sev1.svg").read_text()


def test_what_is_published_is_an_option(archive: Site) -> None:
    archive.options["publish"] = ["csv"]
    built = archive.build()

    made = {file.name for file in file_of(built, "").iterdir() if file.is_file()}
    assert made == {"index.html", "postmortems.csv", "tasks.csv"}
    assert 'href="postmortems.csv"' in built.page("postmortems/")


def test_a_file_of_the_authors_own_stays(archive: Site) -> None:
    archive.write("postmortems/postmortems.json", "{}")
    built = archive.build()

    assert file_of(built, "postmortems.json").read_text() == "{}"


def test_an_empty_archive_publishes_nothing(site: Site) -> None:
    built = site.build()

    assert not file_of(built, "postmortems.json").exists()


@pytest.mark.parametrize("flat", [False, True])
@pytest.mark.parametrize(
    "path", ["a.md", "x/a b.md", "x/index.md", "README.md", "x/README.md", "index.md"]
)
def test_addresses_are_those_of_the_host(site: Site, path: str, flat: bool) -> None:
    if path != "index.md":
        site.write(path, "# A\n")
    if path == "README.md":
        (site.root / "docs/index.md").unlink()
    built = site.build(use_directory_urls=not flat)

    address = page_address(path, "", use_directory_urls=not flat).replace("%20", " ")
    target = built.folder / address
    assert (target / "index.html" if not flat else target).is_file(), address


def test_a_feed_of_nothing_is_the_same_however_often_it_is_made() -> None:
    url = "https://site.example/"
    text = as_atom(Publication((), date(2026, 11, 24), str, load_messages(), "a", url))

    assert "<updated>1970-01-01T00:00:00+00:00</updated>" in text


def test_files_for_people_speak_the_language_of_the_site(site: Site) -> None:
    site.write("postmortems/a.md", PAGE.replace("@dana, ", ""))
    site.options["language"] = "de"

    folder = site.build(site_url="https://site.example/").folder / "postmortems"

    # Long lines of a calendar are folded.
    assert "Zuständig: niemand" in (folder / "tasks.ics").read_text("utf-8").replace("\n ", "")
    assert "unbekannt" in (folder / "feed.atom").read_text("utf-8")
    assert "unbekannt" in (folder / "feed.json").read_text("utf-8")
    assert "zuletzt SEV2: 2026-03-14" in (folder / "badges/last-sev2.svg").read_text("utf-8")
    assert "1 überfällig am 2026-11-24" in (folder / "badges/overdue-tasks.svg").read_text("utf-8")
