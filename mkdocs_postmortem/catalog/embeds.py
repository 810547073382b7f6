"""Directives that show one outage on another page: whether there is such an outage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mkdocs_postmortem.catalog.catalog import Catalog
from mkdocs_postmortem.checking import Checker, did_you_mean
from mkdocs_postmortem.model.problem import Finding, Problem
from mkdocs_postmortem.reading import Directive, Page


def embeds_of(page: Page) -> tuple[Directive, ...]:
    """The page's directives that name an outage by its id."""
    return tuple(item for item in page.directives if item.error is None and "id" in item.options)


def embed_problems(
    quotes: Iterable[tuple[str, Directive]], catalog: Catalog, checker: Checker
) -> Iterator[Problem]:
    """A problem for each id that no outage has; ``quotes`` come with the paths of their pages."""
    known = [record.id for record in catalog.records]
    for path, directive in quotes:
        name = str(directive.options["id"])
        if catalog.with_id(name) is None:
            message = f"No postmortem has the id `{name}`."
            fix = f"Write an id of this site.{did_you_mean(name, known)}"
            yield from checker.to_problems(
                path, [Finding("PM602", directive.position, message, fix)]
            )
