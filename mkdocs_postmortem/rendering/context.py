"""What a page or a list is rendered from: records and plain values around them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from mkdocs_postmortem.catalog.cache import Cache, digest
from mkdocs_postmortem.catalog.catalog import Catalog
from mkdocs_postmortem.catalog.outage_tasks import OutageTask, tasks_of
from mkdocs_postmortem.catalog.repeats import Repeats
from mkdocs_postmortem.catalog.site import Site
from mkdocs_postmortem.checking.checker import Checker
from mkdocs_postmortem.checking.schemas import CustomField
from mkdocs_postmortem.model.language import is_right_to_left, language_tag
from mkdocs_postmortem.model.lifecycle import Metric
from mkdocs_postmortem.model.problem import Position, Problem
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.model.settings import DEFAULT_SEVERITIES
from mkdocs_postmortem.rendering.links import Link, relative
from mkdocs_postmortem.rendering.messages import Messages
from mkdocs_postmortem.rendering.templates import Templates, load_templates
from mkdocs_postmortem.rendering.timeline import EntryView, entry_views


@dataclass(frozen=True)
class RowFile:
    """A file with all rows of a long list: its path, and where in it each row is by its key."""

    path: str
    positions: Mapping[object, int]


@dataclass(frozen=True)
class SiteContext:
    """What all pages share.

    ``index`` is the source path of the page with the index; ``pages`` are those of the other lists
    by facet and value: ``("service", "checkout")``, ``("tasks", "tasks")``; ``page_language`` is
    what the host says the pages are in, where it says so; ``url_for`` gives the address of a page
    (or another file) as seen from a page, both by source path; the path ``""`` is the site's root;
    ``data`` are the files for machines by their names; ``rows`` those of lists that are too long
    for a page, by the list. ``catalog`` is all that is shown, ``own`` the part of it that this site
    has. ``urls`` differs where any address of the site does. ``cache`` knows the previous build.
    """

    catalog: Catalog
    today: date
    repeats: Repeats
    index: str | None = None
    fields: tuple[CustomField, ...] = ()
    severities: tuple[str, ...] = DEFAULT_SEVERITIES
    measures: tuple[Metric, ...] = ()
    templates: Templates = field(default_factory=load_templates)
    url_for: Callable[[str, str], str] = relative
    page_language: str = ""
    pages: Mapping[tuple[str, str], str] = field(default_factory=dict)
    data: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, RowFile] = field(default_factory=dict)
    site_name: str = ""
    own: Catalog | None = None
    urls: str = ""
    cache: Cache = field(default_factory=Cache, repr=False, compare=False)

    @property
    def messages(self) -> Messages:
        """The words of the pages' language."""
        return self.templates.messages

    @property
    def language(self) -> str:
        return self.templates.messages.language

    @property
    def has_sites(self) -> bool:
        """Whether outages of other sites are shown."""
        return self.own is not None and len(self.own) < len(self.catalog)

    def site_of(self, record: Postmortem) -> str:
        """The name of the site of an outage; nothing if there is only one."""
        if not self.has_sites:
            return ""
        return record.origin.site if record.origin else self.site_name

    def page_of(self, facet: str, value: str = "") -> str | None:
        """The page of a group, or of the list of that name."""
        return self.pages.get((facet, value or facet))

    @cached_property
    def row_key(self) -> str:
        """What a row depends on besides its outage and the addresses in it."""
        return digest(
            self.language,
            self.templates.version,
            self.today,
            self.severities,
            self.fields,
            self.measures,
            self.has_sites,
            self.site_name,
        )

    @cached_property
    def list_key(self) -> str:
        """What a list depends on besides its outages, its options and the page it is on."""
        return digest(
            self.row_key,
            self.urls,
            self.index,
            dict(self.pages),
            dict(self.data),
            # Their names tell their content.
            {name: file.path for name, file in self.rows.items()},
            len(self.repeats.chains),
            bool(len(self.catalog)),
        )

    @cached_property
    def page_key(self) -> str:
        """What the fragments of a page depend on besides its outage and others."""
        return digest(
            self.row_key,
            self.urls,
            self.index,
            dict(self.pages),
            self.page_language,
            self.attributes,
        )

    @cached_property
    def tasks(self) -> tuple[OutageTask, ...]:
        """Every task of every outage, in the order of the lists."""
        return tasks_of(self.catalog.records, {"state": "all"}, self.today)

    @property
    def attributes(self) -> dict[str, str]:
        """``lang`` and ``dir`` for our parts of a page, where they are not those of the page.

        Not every theme turns its pages for languages that are written from right to left.
        """
        found = {"dir": "rtl"} if is_right_to_left(self.language) else {}
        if self.page_language and self.page_language != self.language:
            found["lang"] = language_tag(self.language)
        return found

    def by_severity(self, names: Iterable[str]) -> list[str]:
        """Severities with the worst first, those that are not known last."""
        return sorted(names, key=lambda name: (self.severity_rank(name) or 99, name))

    def severity_rank(self, severity: str | None) -> int:
        """1 for the worst; 0 if it is not known."""
        return self.severities.index(severity) + 1 if severity in self.severities else 0


def site_context(site: Site, checker: Checker, templates: Templates) -> SiteContext:
    """What a site and its options say; hosts add the pages that they generate, and addresses."""
    settings = checker.settings
    return SiteContext(
        site.shown,
        checker.today,
        site.repeats,
        own=site.catalog,
        fields=tuple(
            field
            for field in checker.schemas.fields_for(settings.audience)
            if any(field.name in record.custom for record in site.shown.records)
        ),
        severities=settings.severities,
        measures=settings.measures,
        templates=templates,
    )


@dataclass(frozen=True)
class PageContext:
    """One page. ``record`` is None for a page that only holds directives, or is broken.

    ``problems`` are those to be shown on the page; ``editor`` is the address that opens the page's
    file, with ``{line}`` and ``{column}`` in it.
    """

    path: str
    site: SiteContext
    record: Postmortem | None = None
    problems: tuple[Problem, ...] = field(default=())
    editor: str = ""

    @cached_property
    def entries(self) -> tuple[EntryView, ...]:
        """What is shown of each entry of its timeline."""
        return entry_views(self.record, self.site.messages) if self.record else ()

    @property
    def cache_key(self) -> tuple[object, ...]:
        """All that the fragments of the page are rendered from, except lists."""
        own = self.record.version if self.record else ""
        others = tuple(self._others()) if self.record else ()
        return (self.path, own, self.site.page_key, self.problems, self.editor, others)

    def _others(self) -> Iterator[tuple[object, ...]]:
        """The outages that the page shows something of."""
        record, site = self.record, self.site
        if record is None:
            return
        catalog, own = site.catalog, site.own or site.catalog
        for one in (own.older(record), own.newer(record)):
            yield (one.path, one.version) if one else ()
        for find in (catalog.earlier_occurrences, catalog.later_occurrences, catalog.related):
            yield tuple((one.path, one.version) for one in find(record))
        repeats = site.repeats.of(record)
        for repeat in (*repeats.earlier, *repeats.later):
            pair = (repeat.earlier, repeat.later)
            words = repeat.similar.words if repeat.similar else None
            yield (repeat.is_declared, words, *((one.path, one.version) for one in pair))

    def url_for(self, path: str) -> str:
        """The address of a page or file as seen from this page; ``""`` is the site's root."""
        return self.site.url_for(path, self.path)

    def link_elsewhere(self, path: str | None) -> str:
        """The address of a page; nothing where there is none or it is the page itself."""
        return self.url_for(path) if path and path != self.path else ""

    def link_to(self, record: Postmortem) -> Link:
        """The way to an outage: a page of this site, or an address at another one, where that is
        known.
        """
        href = record.origin.url if record.origin else self.url_for(record.path)
        return Link(href, record.title, self.site.messages.day(record.day))

    def links_to(self, records: Iterable[Postmortem]) -> tuple[Link, ...]:
        return tuple(map(self.link_to, records))

    def line_link(self, position: Position) -> str:
        """The address that opens a line of the page's file; empty if no editor is known."""
        return self.editor.replace("{line}", str(position.line)).replace(
            "{column}", str(position.column)
        )
