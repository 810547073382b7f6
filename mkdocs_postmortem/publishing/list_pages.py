"""Pages that no one wrote, as Markdown, and where our stylesheet and scripts are in a site."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Container, Iterator
from typing import TYPE_CHECKING

from mkdocs_postmortem.catalog.catalog import GROUP_FOLDERS, Group, groups
from mkdocs_postmortem.catalog.site import Site
from mkdocs_postmortem.model.record import MOST_VALUES
from mkdocs_postmortem.model.settings import Settings

if TYPE_CHECKING:  # commands that make no pages start without templates
    from mkdocs_postmortem.rendering.messages import Messages

ASSET_FOLDER = "assets/mkdocs-postmortem"
STYLESHEET = f"{ASSET_FOLDER}/postmortem.css"
SCRIPTS = tuple(f"{ASSET_FOLDER}/{name}" for name in ("postmortem.js", "lists.js"))
# Each directive is filled while the host renders the page.
_INDEX = """---
title: {title}
hide: [toc]
---
# {title}

<!-- postmortem:index -->

<!-- postmortem:groups -->

## {figures}

<!-- postmortem:stats -->
"""

# A character beyond the first 65,536 as JSON escapes it; in json.dumps a backslash is always two.
_PAIR = re.compile(r"\\\\|\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}")
# Figures of fewer outages say nothing that their rows do not say.
_FEWEST_WITH_FIGURES = 5
_SPECIAL = re.compile(r"[^\w\s]")


def index_path(settings: Settings) -> str:
    """Where the index is made if no author's page holds it."""
    return f"{settings.folder}/index.md" if settings.folder else "postmortems.md"


def find_index(site: Site, folder: str, path: str, taken: Container[str]) -> str:
    """The author's page with the index, a page in its place, or the path of one to be made."""
    if site.index_pages:
        inside = (page for page in site.index_pages if page.startswith(f"{folder}/"))
        return next(inside, site.index_pages[0])
    return next((page for page in (path, f"{folder}/README.md") if page in taken), path)


def index_page(messages: Messages) -> str:
    """The page with the index, as Markdown."""
    return _INDEX.format(title=messages.t["page_title"], figures=messages.t["figures"])


def list_pages(
    site: Site, settings: Settings, messages: Messages
) -> dict[tuple[str, str], tuple[str, str]]:
    """By facet and value (``tasks``, ``repeats`` for both): the page's path and its Markdown."""
    catalog = site.shown
    base = settings.generated_folder
    made: dict[tuple[str, str], tuple[str, str]] = {}
    if not len(catalog):
        return made
    for facet in settings.pages:
        if facet == "tasks":
            made[facet, facet] = (
                f"{base}/tasks.md",
                _page(messages.t["tasks"], _tasks_text(messages)),
            )
        elif facet == "repeats":
            if site.repeats.chains:
                text = _page(messages.t["repeats"], "<!-- postmortem:repeats -->\n")
                made[facet, facet] = (f"{base}/repeats.md", text)
        else:
            for group in groups(catalog.records, facet)[: _most_pages(site)]:
                made[facet, group.value] = (f"{base}/{group.path}.md", _group_text(group, messages))
    return made


def values_without_page(site: Site, settings: Settings) -> Iterator[str]:
    """A sentence on each facet that has more values than pages."""
    most = _most_pages(site)
    for facet in settings.pages:
        if facet in GROUP_FOLDERS:
            count = len(groups(site.shown.records, facet))
            if count > most:
                yield (
                    f"`{facet}` has {count:,} values; only the {most:,} with the most incidents "
                    "have a page of their own."
                )


def _most_pages(site: Site) -> int:
    """How many values of one facet get a page: the cost of all pages is linear in the outages."""
    return max(MOST_VALUES, len(site.shown))


def _tasks_text(messages: Messages) -> str:
    return (
        "<!-- postmortem:tasks {state: all} -->\n\n"
        f"## {messages.t['by_owner']}\n\n<!-- postmortem:tasks {{by: owner}} -->\n\n"
        f"## {messages.t['by_service']}\n\n<!-- postmortem:tasks {{by: service}} -->\n"
    )


def _group_text(group: Group, messages: Messages) -> str:
    value = group.value if group.facet == "year" else _quoted(group.value)
    options = f"{{{group.facet}: {value}}}"
    # Long lists of tasks leave readers without JavaScript to the pages of the years.
    tasks = f"{{year: {value}, state: all}}" if group.facet == "year" else options
    text = (
        f"<!-- postmortem:index {options} -->\n\n"
        f"## {messages.t['tasks']}\n\n<!-- postmortem:tasks {tasks} -->\n"
    )
    if len(group.records) >= _FEWEST_WITH_FIGURES:
        text += f"\n## {messages.t['figures']}\n\n<!-- postmortem:stats {options} -->\n"
    return _page(messages.groups["group_title"][group.facet].format(value=group.value), text)


def _quoted(text: str) -> str:
    """Text as YAML on one line. JSON has a form for every character, and YAML another one for
    those that JSON writes as two.
    """
    return _PAIR.sub(_as_yaml, json.dumps(text))


def _as_yaml(match: re.Match[str]) -> str:
    if len(match[0]) == 2:  # a backslash of the text itself
        return match[0]
    character = json.loads(f'"{match[0]}"')
    return f"\\U{ord(character):08x}"


def _page(title: str, body: str) -> str:
    # The themes print a page's title as it is.
    meta = _quoted(html.escape(title))
    return f"---\ntitle: {meta}\nhide: [toc]\n---\n# {_literal(title)}\n\n{body}"


def _literal(text: str) -> str:
    """Text in which Markdown and its extensions find nothing: signs become entities."""
    return _SPECIAL.sub(lambda match: f"&#{ord(match.group())};", " ".join(text.split()))
