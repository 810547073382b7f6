"""What holds for any input at all, as checks that the property tests and the fuzzers share.

Each function takes a text that anybody might have written and raises AssertionError, or whatever
the code under test raised, where a promise is broken.
"""

from __future__ import annotations

import contextlib
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from xml.etree.ElementTree import fromstring

from markdown import markdown

from mkdocs_postmortem.adopting.adoption import Adopted, adopt_page
from mkdocs_postmortem.adopting.facts import read_facts
from mkdocs_postmortem.adopting.fixing import fix_page
from mkdocs_postmortem.catalog.site import check_site
from mkdocs_postmortem.checking.checker import CHECKS, Checker
from mkdocs_postmortem.checking.schemas import CustomField, CustomSchemaError, load_schemas
from mkdocs_postmortem.importing.extract import find_incidents
from mkdocs_postmortem.importing.page import ImportOptions, is_untouched, write_page
from mkdocs_postmortem.importing.payload import Document, PayloadError, read_documents
from mkdocs_postmortem.importing.source import SOURCES
from mkdocs_postmortem.model.address import is_safe
from mkdocs_postmortem.model.document import to_data
from mkdocs_postmortem.model.loading import DataError
from mkdocs_postmortem.model.problem import Finding, Level, Position
from mkdocs_postmortem.model.record import Postmortem, Section, SectionKey
from mkdocs_postmortem.model.settings import Settings, Synonyms
from mkdocs_postmortem.model.timeline import Form, Timeline
from mkdocs_postmortem.model.zone import named_zone
from mkdocs_postmortem.publishing.bundle import Publication, as_json_feed
from mkdocs_postmortem.publishing.dataset import as_dataset, check_dataset, load_dataset
from mkdocs_postmortem.publishing.list_pages import list_pages
from mkdocs_postmortem.publishing.page_copy import as_confluence, as_gfm, as_html
from mkdocs_postmortem.publishing.tables import (
    TASK_COLUMNS,
    as_csv,
    as_sqlite,
    record_columns,
    record_row,
    task_row,
)
from mkdocs_postmortem.reading.directives import find_directives
from mkdocs_postmortem.reading.front_matter import read_front_matter
from mkdocs_postmortem.reading.instants import TimeContext
from mkdocs_postmortem.reading.page import Page, read_page
from mkdocs_postmortem.reading.sections import read_sections
from mkdocs_postmortem.reading.source import Line, number_lines
from mkdocs_postmortem.reading.stated import find_stated_durations, find_users, read_users
from mkdocs_postmortem.reading.tasks import read_tasks
from mkdocs_postmortem.reading.time_expression import find_times, match_time
from mkdocs_postmortem.reading.timeline import read_timeline
from mkdocs_postmortem.rendering.context import PageContext, SiteContext
from mkdocs_postmortem.rendering.index import outage_items, render_groups, render_index
from mkdocs_postmortem.rendering.messages import load_messages
from mkdocs_postmortem.rendering.repeats import render_page_footer, render_repeats
from mkdocs_postmortem.rendering.row_file import list_data
from mkdocs_postmortem.rendering.stats import render_stats
from mkdocs_postmortem.rendering.summary import render_summary
from mkdocs_postmortem.rendering.task_list import render_tasks, task_items
from mkdocs_postmortem.rendering.templates import load_templates
from mkdocs_postmortem.rendering.timeline import render_entry_headers

TODAY = date(2026, 11, 24)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
# What only HTML of an author makes, or a link that runs something.
_ACTIVE = re.compile(
    r"<(?:script|style|iframe|object|embed|form|input|svg|details|div|span|b|i|u)\b"
    r"|<[^>]*\s(?:on\w+|style|class|id)=|(?:href|src)=\"\s*(?:javascript|data|vbscript):",
    re.IGNORECASE,
)
_RENDERERS = {
    "index": render_index,
    "repeats": render_repeats,
    "stats": render_stats,
    "tasks": render_tasks,
}
_TEMPLATES = load_templates()
_FIELDS = (CustomField("custom", "Custom", in_summary=True, in_index=True, is_facet=True),)
SETTINGS = Settings(timezone=named_zone("Europe/Paris"))
_UTC = named_zone("UTC")
assert _UTC is not None
_IMPORT = ImportOptions(_UTC, SETTINGS.severities, TODAY, {"Kim Lee": "kim"}, has_all_events=True)
_WORD = re.compile(r"[^\W\d_]{3,}")
_JUDGE = Checker(SETTINGS, load_schemas(), TODAY)
# What no schema changes is off: the target runs twice as fast.
_SCHEMA_ALONE = replace(SETTINGS, rules=dict.fromkeys(CHECKS, Level.OFF))
GOOD_PAGE = """\
---
postmortem:
  severity: SEV2
  services: [checkout]
  timezone: Europe/Paris
  custom: a value
---
# Checkout was down

## Timeline

- 2026-03-14 09:12 **Started:** The deploy of build 4512.
- 09:59 **Resolved:** All is well.

## Tasks

- [ ] Check the number (@dana, due 2026-04-01)
"""
_GOOD = read_page("postmortems/a.md", GOOD_PAGE.encode(), SETTINGS)
assert _GOOD is not None


def split_lines(text: str) -> list[str]:
    """Lines as the reader of a page makes them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def front_matter(text: str) -> None:
    """Any text has front matter, none, or broken front matter with a finding inside the text."""
    lines = split_lines(text)
    front = read_front_matter(lines)
    assert front == read_front_matter(lines)
    assert 0 <= front.end <= len(lines)
    assert not front.is_broken or front.findings
    assert not (front.is_broken and front.data)
    _findings_inside(front.findings, lines)
    for position in (*front.positions.values(), *front.keys.values()):
        _inside(position, lines)


def timeline(text: str) -> None:
    """Entries stand where they say, in order, with their head cut from their own line."""
    lines = number_lines(split_lines(text))
    whole = Section((SectionKey.TIMELINE,), "Timeline", 2, Position(1), 0, len(lines), "")
    context = TimeContext(SETTINGS.timezone, date(2026, 3, 14), Synonyms())
    for section in (whole, None):
        found, findings = read_timeline(section, lines, context)
        assert not _again(text) or read_timeline(section, lines, context) == (found, findings)
        _entries_stand(found, lines)
        _findings_inside(findings, [line.text for line in lines])
        found.misleading_cost()


def _entries_stand(found: Timeline, lines: Sequence[Line]) -> None:
    texts = [line.text for line in lines]
    positions = [entry.position for entry in found.entries]
    assert positions == sorted(positions), positions
    for entry in found.entries:
        _inside(entry.position, texts)
        assert entry.position.line <= entry.end_line <= len(lines)
        assert entry.raw == texts[entry.position.line - 1]
        if entry.form is not Form.TABLE:
            assert entry.raw.startswith(entry.prefix, entry.prefix_start)
            assert entry.moment.written in entry.raw
        assert entry.moment.day or entry.moment.clock or not entry.moment.instant
    for unread in found.unread:
        _inside(unread.position, texts)


def sections(text: str) -> None:
    """Sections come in order, begin at their heading and end inside the text."""
    texts = split_lines(text)
    lines = number_lines(texts, 5)
    found = read_sections(lines, Synonyms())
    assert found == read_sections(lines, Synonyms())
    assert [item.start for item in found] == sorted({item.start for item in found})
    for item in found:
        assert item.keys
        assert 5 <= item.start <= item.end <= lines[-1].number
        _inside(Position(item.position.line - 4, item.position.column), texts)
        assert item.heading in texts[item.start - 5]


def tasks(text: str) -> None:
    """Tasks stand inside the text and are made of its words."""
    texts = split_lines(text)
    lines = number_lines(texts)
    whole = Section((SectionKey.TASKS,), "Tasks", 2, Position(1), 0, len(lines), text)
    for found in (read_sections(lines, Synonyms()), (whole,)):
        result, findings = read_tasks(found, lines)
        assert not _again(text) or read_tasks(found, lines) == (result, findings)
        _findings_inside(findings, texts)
        for task in result:
            _inside(task.position, texts)
            assert not words(task.text) - words(text)


def small_readers(text: str) -> None:
    """The readers of one line: stamps lie one behind the other, lengths and users are sane."""
    line = text.replace("\n", " ")
    expression = match_time(line)
    assert expression is None or 0 == expression.start <= expression.end <= len(line)
    end = 0
    for item in find_times(line):
        assert end <= item.start < item.end <= len(line)
        end = item.end
    for users in (read_users(line), find_users(line)):
        assert users is None or users.percent is None or 0 <= users.percent <= 100
    lines = number_lines(split_lines(text))
    _findings_inside([], [])
    for stated in find_stated_durations(lines):
        _inside(stated.position, [item.text for item in lines])
    for directive in find_directives(lines):
        _inside(directive.position, [item.text for item in lines])


def page(data: bytes) -> None:
    """Whatever bytes a file has: no exception, problems inside the file, safe repairs only."""
    found = read_page("postmortems/a.md", data, SETTINGS)
    assert found == read_page("postmortems/a.md", data, SETTINGS)
    if found is None:
        return
    texts = [line.text for line in found.lines]
    problems = _JUDGE.problems([found])
    for problem in problems:
        _inside(problem.position, texts)
    if not found.is_broken and found.record is not None:
        _mends(found)


def _mends(found: Page) -> None:
    """No word is lost, and a page that was fixed needs no other fix."""
    texts: list[str] = []
    for _ in range(2):
        fixed = fix_page(found, _JUDGE.problems([found]), _JUDGE)
        assert not words(found.body) - words(fixed.text), words(found.body) - words(fixed.text)
        again = read_page(found.path, fixed.text.encode("utf-8", "surrogatepass"), SETTINGS)
        assert again is not None
        assert not again.is_broken
        found = again
        texts.append(fixed.text)
    assert texts[1] == texts[0], texts


def adopted(text: str) -> Adopted:
    """The page that ``adopt`` makes of a text."""
    return adopt_page(read_facts("a.md", text, SETTINGS), SETTINGS)


def adopting(text: str) -> None:
    """The page is ours afterwards, keeps each word of the body, and says what was found."""
    facts = read_facts("a.md", text, SETTINGS)
    if facts.front.names_postmortem:
        return
    page = adopt_page(facts, SETTINGS)
    assert page == adopted(text)
    if not facts.front.end:
        assert page.text.endswith(text.removeprefix("\ufeff"))
    rewritten = adopt_page(facts, SETTINGS, rewrites=True).text
    assert not words(body_of(facts.lines)) - words(rewritten)
    again = read_facts("a.md", page.text, SETTINGS)
    assert again.front.names_postmortem, page.text
    found = read_page("postmortems/a.md", page.text.encode("utf-8", "replace"), SETTINGS)
    assert found is not None
    assert found.record is not None, page.text
    assert found.record.is_draft
    for name, value in found.data.items():
        assert isinstance(value, (str, int, float, list)), (name, value)
    for name, fact in (("started", facts.started), ("resolved", facts.resolved)):
        if fact and fact.value.day and fact.value.clock:
            expected = f"{fact.value.day} {fact.value.clock:%H:%M}"
            assert found.data[name] == expected, (name, found.data)
    if facts.users:
        assert str(found.data["users_affected"]) == facts.users.value
    if facts.title and "title" in found.front.data and "title" not in facts.front.data:
        assert str(found.front.data["title"]) == facts.title.value
    for name in facts.front.data:
        assert name in found.front.data


def importing(data: bytes) -> None:
    """An export becomes drafts, or sentences say why not; no text of it is more than text."""
    with tempfile.NamedTemporaryFile(suffix=".json", dir=_memory()) as file:
        file.write(data)
        file.flush()
        read = list(read_documents(Path(file.name)))
    documents = [item for item in read if isinstance(item, Document)]
    found = list(find_incidents(documents, SOURCES.values()))
    for item in (*read, *found):
        if isinstance(item, PayloadError):
            assert str(item)
    for incident in found:
        if isinstance(incident, PayloadError):
            continue
        page = write_page(incident, _IMPORT)
        assert page == write_page(incident, _IMPORT)
        assert is_untouched(page.text)
        _is_plain_draft(f"postmortems/{page.file_name}", page.text.encode())


def page_copy(text: str) -> None:
    """A page for another tool is well-formed, and none of it runs."""
    for whole in (text, f"{GOOD_PAGE}\n{text}"):
        found = read_page("postmortems/a.md", whole.encode("utf-8", "replace"), SETTINGS)
        if found is None or found.record is None:
            continue
        as_gfm(found, found.record, load_messages(), str)
        html = as_html(found, found.record, load_messages(), None)
        assert not _ACTIVE.search(html.replace(' class="language-', " ")), html
        for made in (html, as_confluence(found, found.record, load_messages(), str)):
            # Both are written by ours; an entity would be an error.
            fromstring(f'<all xmlns:ac="ac" xmlns:ri="ri">{made}</all>')  # noqa: S314


def _is_plain_draft(path: str, data: bytes) -> None:
    """The front matter has our keys alone, and the body neither a directive nor active HTML."""
    draft = read_page(path, data, SETTINGS)
    assert draft is not None
    assert draft.record is not None, draft.text
    assert draft.record.is_draft
    assert set(draft.front.data) == {"title", "postmortem"}
    assert draft.data["source"]["tool"] in SOURCES
    assert not draft.directives, draft.text
    assert not draft.blocks, draft.text
    html = markdown(draft.body, extensions=["tables", "fenced_code", "attr_list", "md_in_html"])
    assert not _ACTIVE.search(_COMMENT.sub("", html)), html


def company_schema(text: str) -> None:
    """A company's schema is used or refused with a sentence; no page breaks on it."""
    with tempfile.NamedTemporaryFile(suffix=".yml", dir=_memory()) as file:
        file.write(text.encode("utf-8", "replace"))
        file.flush()
        with contextlib.suppress(CustomSchemaError):
            schemas = load_schemas(Path(file.name))
            for problem in Checker(_SCHEMA_ALONE, schemas, TODAY).problems([_GOOD]):
                assert problem.message


def data_set(text: str) -> None:
    """Another site's data is refused with a sentence, or can be used and written again."""
    try:
        records = load_dataset(text, "other")
    except DataError:
        return
    with contextlib.suppress(DataError):
        check_dataset(text)
    written = as_dataset(records, TODAY, lambda path: f"https://site.example/{path}")
    written.encode()
    assert [to_data(item) for item in load_dataset(written)] == [to_data(item) for item in records]
    as_csv(record_columns(records), map(record_row, records)).encode()
    as_csv(TASK_COLUMNS, (task_row(item, task, TODAY) for item in records for task in item.tasks))
    url = "https://site.example/"
    as_json_feed(Publication(records, TODAY, str, load_messages(), "a", url))
    as_sqlite(records, TODAY)
    _render(records)


def _render(records: Sequence[Postmortem]) -> None:
    """Every list and figure with outages of another site, as HTML that only ours has tags in."""
    site = check_site((), _JUDGE, hub=records)
    lists = list_pages(site, SETTINGS, load_messages())
    paths = {key: path for key, (path, _) in lists.items()}
    context = SiteContext(
        site.shown,
        TODAY,
        site.repeats,
        own=site.catalog,
        pages=paths,
        fields=_FIELDS,
        templates=_TEMPLATES,
    )
    for path, text in lists.values():
        page = number_lines(text.split("\n"))
        for directive in find_directives(page):
            assert directive.error is None, directive
            made = _RENDERERS[directive.name](PageContext(path, context), directive.options)
            _runs_nothing(made)
    view = PageContext("index.md", context)
    render_index(view, {})
    render_groups(view, {})
    render_stats(view, {})
    list_data("index_rows.html", outage_items(context.catalog.records, context), context, "")
    list_data("tasks_rows.html", task_items(context.tasks, context), context, "")
    for record in records:
        page_view = PageContext("index.md", context, record)
        for made in (render_summary(page_view), render_page_footer(page_view)):
            _runs_nothing(made)
        render_entry_headers(page_view)


class _Tags(HTMLParser):
    """Raises AssertionError at a tag that runs something: our own templates have none."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in ("script", "style", "iframe", "object", "embed"), tag
        for name, value in attrs:
            assert not name.startswith("on"), (tag, name, value)
            assert name not in ("href", "src") or is_safe(value or ""), (tag, name, value)


def _runs_nothing(html: str) -> None:
    parser = _Tags()
    parser.feed(html)
    parser.close()


def _again(text: str) -> bool:
    """Whether to read a text twice, to see the same: not each one, for that takes half the time."""
    return len(text) % 8 == 0


def _memory() -> str | None:
    return "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108


def words(text: str) -> Counter[str]:
    """Words of three letters and more; shorter ones belong to times (``pm``) and marks."""
    return Counter(_WORD.findall(text))


def body_of(lines: Iterable[Line]) -> str:
    return "\n".join(line.text for line in lines)


def _findings_inside(findings: Iterable[Finding], lines: Sequence[str]) -> None:
    for finding in findings:
        _inside(finding.position, lines)
        assert finding.message


def _inside(position: Position, lines: Sequence[str]) -> None:
    assert 1 <= position.line <= len(lines), (position, len(lines))
    assert 1 <= position.column <= len(lines[position.line - 1]) + 1, (
        position,
        lines[position.line - 1],
    )
