"""A site's pages as the Markdown extension wants them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from mkdocs_postmortem.catalog import Cache, Site
from mkdocs_postmortem.checking import Checker, printable
from mkdocs_postmortem.model.option_values import editor_address
from mkdocs_postmortem.model.problem import Level, Position, Problem
from mkdocs_postmortem.rendering import PageContext, RowFile, SiteContext, Templates, render_panel


class PageContexts:
    """Finds the view of a page by its source path.

    ``index`` is the page with the whole index, ``lists`` are the pages that were made for groups
    and tasks, by facet and value. ``schema_fault`` says why the company's schema is not used.
    ``docs`` is the absolute path of the folder with the pages, ``cache`` knows the previous build.
    """

    def __init__(
        self,
        site: Site,
        checker: Checker,
        index: str | None,
        lists: dict[tuple[str, str], str],
        data: dict[str, str],
        *,
        is_serve: bool,
        templates: Templates,
        url_for: Callable[[str, str], str],
        page_language: str = "",
        schema_fault: str = "",
        site_name: str = "",
        docs: str = "",
        urls: str = "",
        cache: Cache | None = None,
    ) -> None:
        self._schema_fault = printable(schema_fault)
        self._site = site
        self._made = {index, *lists.values()}
        panel = checker.settings.panel
        self._shows_panel = panel == "always" or (panel == "serve" and is_serve)
        # The folder of the docs is of this machine, so it stays out of everything that is kept.
        self._docs = docs if is_serve else ""
        self._editor = checker.settings.editor
        self._problems: dict[str, list[Problem]] = defaultdict(list)
        for problem in site.shown_problems:
            self._problems[problem.path].append(problem)
        self._view = SiteContext(
            catalog=site.shown,
            own=site.catalog,
            site_name=site_name,
            today=checker.today,
            repeats=site.repeats,
            index=index,
            fields=checker.schemas.fields_for(checker.settings.audience),
            severities=checker.settings.severities,
            measures=checker.settings.measures,
            templates=templates,
            url_for=url_for,
            page_language=page_language,
            pages=lists,
            data=data,
            urls=urls,
            cache=cache or Cache(),
        )

    @property
    def hidden(self) -> frozenset[str]:
        """The pages that the audience must not know of."""
        return self._site.left_out.hidden

    @property
    def site(self) -> SiteContext:
        return self._view

    def take_rows(self, rows: Mapping[str, RowFile]) -> None:
        """Learn of the files with the rows of long lists, which are made from the view itself."""
        self._view = replace(self._view, rows=rows)

    @property
    def paths(self) -> Iterator[str]:
        """The pages that have a view."""
        yield from self._site.pages
        yield from (path for path in self._made if path)

    def is_made(self, path: str) -> bool:
        """Whether a page has no author: it was made for a list."""
        return path in self._made and path not in self._site.pages

    def view(self, path: str) -> PageContext | None:
        page = self._site.pages.get(path)
        if page is None and path not in self._made:
            return None
        problems = tuple(self._panel(path)) if self._shows_panel else ()
        return PageContext(
            path, self._view, page.record if page else None, problems, self._address(path)
        )

    def leak_panel(self, messages: Iterable[str]) -> str:
        """A problem panel on internal text that the built site has published."""
        problems = tuple(Problem("", Position(1), Level.ERROR, "PM707", item) for item in messages)
        return render_panel(PageContext("", self._view, None, problems))

    def _address(self, path: str) -> str:
        is_known = bool(self._editor and self._docs) and path in self._site.pages
        return editor_address(self._editor, f"{self._docs}/{path}") if is_known else ""

    def _panel(self, path: str) -> Iterator[Problem]:
        if self._schema_fault:
            yield Problem(path, Position(1), Level.ERROR, "PM006", self._schema_fault)
        yield from self._problems.get(path, ())
