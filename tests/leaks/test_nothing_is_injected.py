"""No field of a record is more than text in anything that is made from it."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser
import icalendar
from drawn_site import Built
from hostile_site import HUB_RECORDS
from payloads import ALL, HOST, PRODUCT

FORMULA = re.compile("[=+\\-@\t\r\n＝＋－＠]")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\u202d\u202e]")
# What has been in no template of ours, and what only authors and themes write.
FORBIDDEN = set("script style iframe object embed base form link meta template math input".split())


def files(built: Built, suffix: str) -> list[Path]:
    found = sorted(built.folder.rglob(f"*{suffix}"))
    assert found, suffix
    return found


class Tags(HTMLParser):
    """Every tag with its attributes, as a browser would take them apart."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        # What the theme writes around the page is not ours.
        self.feed(text[text.index("<main>") : text.rindex("</main>")])
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))


def test_pages_hold_no_tag_and_no_attribute_of_a_payload(hostile: Built) -> None:
    pages = [
        page
        for page in files(hostile, ".html")
        if not page.parent.name.startswith("body-") and page.parent.name != "control"
    ]
    assert len(pages) > 2 * len(ALL)
    for page in pages:
        for tag, attributes in Tags(page.read_text(encoding="utf-8")).tags:
            where = (page.relative_to(hostile.folder), tag, attributes)
            assert tag not in FORBIDDEN, where
            assert not any(name.startswith("on") for name in attributes), where
            assert not attributes.keys() & {"style", "srcdoc", "formaction", "autofocus"}, where
            for name in ("href", "src", "xlink:href", "action", "poster", "data"):
                assert_safe(attributes.get(name, ""), where)


def assert_safe(address: str, where: object) -> None:
    plain = re.sub(r"[\x00-\x20]", "", address)
    assert urlsplit(plain).scheme.lower() in ("", "http", "https", "mailto"), where


def test_the_hostile_outages_of_another_site_are_among_them(hostile: Built) -> None:
    text = (hostile.folder / "postmortems/index.html").read_text(encoding="utf-8")

    assert text.count(">others</td>") == HUB_RECORDS > 420


def test_nothing_is_loaded_from_another_host(hostile: Built) -> None:
    for page in files(hostile, ".html"):
        if page.parent.name.startswith("body-"):
            continue
        for tag, attributes in Tags(page.read_text(encoding="utf-8")).tags:
            if tag == "img":
                assert not urlsplit(attributes.get("src", "")).netloc, (page, attributes)


def test_no_template_syntax_is_evaluated(hostile: Built) -> None:
    for file in hostile.folder.rglob("*"):
        if file.is_file():
            assert PRODUCT.encode() not in file.read_bytes(), file


def test_pages_and_feeds_hold_no_character_that_is_obeyed(hostile: Built) -> None:
    for suffix in (".html", ".atom", ".svg", ".ics"):
        for file in files(hostile, suffix):
            if not file.parent.name.startswith("body-"):
                found = CONTROL.findall(file.read_text(encoding="utf-8"))
                assert found == [], (file, found)
            is_body = file.parent.name.startswith("body-")
            if suffix in (".html", ".atom", ".svg") and not is_body:
                assert not re.search("[\ufffe\uffff]", file.read_text(encoding="utf-8")), file


def test_every_json_is_whole_and_says_what_was_typed(hostile: Built) -> None:
    for file in files(hostile, ".json"):
        json.loads(file.read_text(encoding="utf-8"))
    data = json.loads((hostile.folder / "postmortems/postmortems.json").read_text("utf-8"))
    assert len(data["postmortems"]) == 2 * len(ALL) + 1


def test_csv_cells_are_not_formulas(hostile: Built) -> None:
    for file in files(hostile, ".csv"):
        text = file.read_bytes().decode("utf-8")
        rows = list(csv.reader(io.StringIO(text, newline="")))
        assert len({len(row) for row in rows}) == 1
        for row in rows:
            for cell in row:
                assert not FORMULA.match(cell.lstrip(" ")), (file, cell)


def test_calendars_hold_the_tasks_and_nothing_else(hostile: Built) -> None:
    (file,) = files(hostile, ".ics")
    calendar = icalendar.Calendar.from_ical(file.read_bytes())
    events = list(calendar.walk("VEVENT"))
    names = {name for event in events for name in event}

    assert not any(str(event["uid"]) == "evil" for event in events)
    assert names == {"UID", "DTSTAMP", "SUMMARY", "DTSTART", "DTEND", "DESCRIPTION", "URL"} - (
        {"URL"} - names
    )
    assert all(str(event.get("url", "https://")).startswith("https://") for event in events)


def test_feeds_are_well_formed_and_hold_text(hostile: Built) -> None:
    (file,) = files(hostile, ".atom")
    feed = feedparser.parse(file.read_bytes())
    root = ElementTree.fromstring(file.read_bytes())  # noqa: S314 - our own
    entries = root.findall("{http://www.w3.org/2005/Atom}entry")

    assert not feed.bozo
    assert len(feed.entries) == len(entries) == 50
    known = set("id title link updated published author name summary category subtitle".split())
    names = {element.tag.partition("}")[2] for entry in entries for element in entry.iter()}
    assert names - {"entry", "uri", "email"} <= known
    links = [link.href for entry in feed.entries for link in entry.links]
    assert all(link.startswith("https://site.example/") for link in links)


def test_badges_are_pictures_without_scripts(hostile: Built) -> None:
    for file in files(hostile, ".svg"):
        root = ElementTree.fromstring(file.read_bytes())  # noqa: S314 - our own
        tags = {element.tag.partition("}")[2] for element in root.iter()}
        assert tags <= {"svg", "title", "rect", "g", "text"}, file
        for element in root.iter():
            assert not any(name.startswith("on") or "href" in name for name in element.attrib)


def test_no_file_leaves_its_folder(hostile: Built) -> None:
    names = [str(file.relative_to(hostile.folder)) for file in hostile.folder.rglob("*")]
    own = [name for name in names if not name.startswith("postmortems/a")]

    assert [name for name in own if not re.fullmatch(r"[\w./-]+", name)] == []
    assert not list(hostile.folder.parent.glob("*passwd*"))


def test_addresses_of_the_attacker_are_links_at_most(hostile: Built) -> None:
    """A link that an author wrote may lead anywhere; nothing else may."""
    for page in files(hostile, ".html"):
        if page.parent.name.startswith("body-"):
            continue
        for tag, attributes in Tags(page.read_text(encoding="utf-8")).tags:
            for name, value in attributes.items():
                if HOST in value and name in ("href", "src", "action", "srcset"):
                    assert (tag, name) == ("a", "href"), (page, attributes)
