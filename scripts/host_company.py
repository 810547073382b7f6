"""The plugins that stand beside ours: for each a site, what it is held to, and what to know."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from host_checks import COUNT, PAGE, Built

OURS = "postmortem"  # stands for our plugin with the options that all sites have
Check = Callable[[Built], Iterator[str]]


@dataclass(frozen=True)
class Company:
    """A plugin beside ours, on Material. ``files`` are laid over the site, ``changes`` replace text
    in a file, ``options`` are ours; ``cannot`` is as for hosts. ``also`` are packages that it needs
    and does not bring.
    """

    name: str
    package: str
    plugins: tuple[Any, ...]
    files: dict[str, str] = field(default_factory=dict)
    changes: tuple[tuple[str, str, str], ...] = ()
    config: dict[str, Any] = field(default_factory=dict)
    check: Check | None = None
    cannot: dict[str, str] = field(default_factory=dict)
    needs_git: bool = False
    count: int = COUNT
    options: dict[str, Any] = field(default_factory=dict)
    note: str = ""
    order: str = "List it before `postmortem`."
    also: tuple[str, ...] = ()

    @property
    def advice(self) -> str:
        """Where it stands in the list of plugins, and what to know."""
        return f"{self.order} {self.note}".rstrip()


def _has(path: str, *texts: str) -> Check:
    def check(built: Built) -> Iterator[str]:
        page = built.text(path)
        yield from (f"{path} lacks {text!r}" for text in texts if text not in page)

    return check


def _lacks(path: str, *texts: str) -> Check:
    def check(built: Built) -> Iterator[str]:
        page = built.text(path)
        yield from (f"{path} has {text!r}" for text in texts if text in page)

    return check


def _i18n(built: Built) -> Iterator[str]:
    yield from _has("de/postmortems/index.html", "Ausfälle")(built)
    yield from _has(f"de/postmortems/{PAGE}/index.html", "pm-summary")(built)
    if built.text("postmortems/index.html").count(PAGE) > built.text("index.html").count(PAGE) + 9:
        yield "the index lists a translation twice"


_PAGE = f"docs/postmortems/{PAGE}.md"
# A postmortem in a place that another plugin manages.
_OUTAGE = """\
title: The team's outage
postmortem:
  id: PM-T
  severity: SEV3
  services: [checkout]
  timezone: UTC
  started: 2026-01-02 10:00
  detected: 2026-01-02 10:05
  mitigated: 2026-01-02 10:20
  resolved: 2026-01-02 10:30
  impact: None of it.
  users_affected: 1%
  root_cause: A team.
  detected_by: monitor
  status: draft
---
# The team's outage

## Timeline

- 10:00 **Started:** It began.
"""


def _all(*checks: Check) -> Check:
    def check(built: Built) -> Iterator[str]:
        for one in checks:
            yield from one(built)

    return check


def _manages(address: str) -> Check:
    """A postmortem at this address has its box, and the index links to it."""
    return _all(
        _has(f"{address}/index.html", "pm-summary", "pm-timeline"),
        _has("postmortems/index.html", f"../{address}/"),
    )


_IN_NAVIGATION = _has("index.html", "Outages", f'href="postmortems/{PAGE}/"')

COMPANY = (
    Company(
        "awesome-nav",
        "mkdocs-awesome-nav",
        ("search", "awesome-nav", OURS),
        files={
            "docs/.nav.yml": "nav:\n  - Home: index.md\n  - postmortems\n",
            "docs/postmortems/.nav.yml": f"title: Outages\nnav:\n  - index.md\n  - {PAGE}.md\n",
        },
        check=_IN_NAVIGATION,
        note="`.nav.yml` may name the generated index and postmortems; those "
        "that it does not name stay out of the navigation.",
    ),
    Company(
        "awesome-pages",
        "mkdocs-awesome-pages-plugin",
        ("search", "awesome-pages", OURS),
        files={
            "docs/.pages": "nav:\n  - Home: index.md\n  - postmortems\n",
            "docs/postmortems/.pages": f"title: Outages\nnav:\n  - index.md\n  - {PAGE}.md\n",
        },
        check=_IN_NAVIGATION,
        note="As awesome-nav, with `.pages`.",
    ),
    Company(
        "literate-nav",
        "mkdocs-literate-nav",
        ("search", "literate-nav", OURS),
        files={
            "docs/SUMMARY.md": "* [Home](index.md)\n* [Outages](postmortems/)\n",
            "docs/postmortems/SUMMARY.md": f"* [All](index.md)\n* [The pool]({PAGE}.md)\n",
        },
        check=_IN_NAVIGATION,
        note="`SUMMARY.md` may link to the generated index and to postmortems.",
    ),
    Company(
        "section-index",
        "mkdocs-section-index",
        ("search", "section-index", OURS),
        config={
            "nav": [
                {"Home": "index.md"},
                {
                    "Outages": [
                        "postmortems/index.md",
                        {"Tasks": "postmortems/tasks.md"},
                        {"The pool": [f"postmortems/{PAGE}.md"]},
                    ]
                },
            ]
        },
        check=_IN_NAVIGATION,
        note="The generated index or a postmortem may be the page of its section.",
    ),
    Company(
        "macros",
        "mkdocs-macros-plugin",
        ("search", {"macros": {"on_error_fail": True}}, OURS),
        files={"docs/index.md": "# Home\n\nTwo: {{ 1 + 1 }}\n"},
        changes=((_PAGE, "## Timeline\n", "Three: {{ 1 + 2 }}\n\n## Timeline\n"),),
        check=_has(f"postmortems/{PAGE}/index.html", "Three: 3", "pm-timeline"),
        note="Text such as `{{ x }}` in a postmortem is a macro; "
        "`render_macros: false` in its front matter keeps it. A line of a timeline that a macro "
        "changes keeps its text, without time and label set off.",
    ),
    Company(
        "tags",
        "mkdocs-material",
        ("search", "tags", OURS),
        files={"docs/tags.md": "# Tags\n\n<!-- material/tags -->\n"},
        changes=((_PAGE, "postmortem:\n", "tags: [payments]\npostmortem:\n"),),
        check=_has("tags/index.html", "payments", PAGE),
    ),
    Company(
        "blog",
        "mkdocs-material",
        ("search", "blog", OURS),
        files={
            "docs/blog/index.md": "# Blog\n",
            "docs/blog/posts/a.md": "---\ndate: 2026-03-01\n---\n# A post\n\nText.\n",
            "docs/blog/posts/outage.md": "---\ndate: 2026-01-03\n" + _OUTAGE,
        },
        count=COUNT + 1,
        check=_all(
            _has("blog/index.html", "A post", "The team"),
            _manages("blog/2026/01/03/the-teams-outage"),
        ),
        note="A post may be a postmortem.",
    ),
    Company(
        "rss",
        "mkdocs-rss-plugin",
        (
            "search",
            {
                "rss": {
                    "use_git": False,
                    "match_path": "postmortems/.*",
                    "use_material_social_cards": False,
                }
            },
            OURS,
        ),
        check=_has("feed_rss_created.xml", "<rss"),
        note="Generated pages are left out. `match_path: postmortems/.*` makes a "
        "feed of incidents; our feed has the dates of the record.",
    ),
    Company(
        "git-revision-date-localized",
        "mkdocs-git-revision-date-localized-plugin",
        ("search", {"git-revision-date-localized": {"enable_creation_date": True}}, OURS),
        needs_git=True,
        check=_has(f"postmortems/{PAGE}/index.html", "git-revision-date"),
        note="Generated pages have the date of the build.",
    ),
    Company(
        "static-i18n",
        "mkdocs-static-i18n",
        (
            "search",
            {
                "i18n": {
                    "docs_structure": "suffix",
                    "languages": [
                        {"locale": "en", "name": "English", "default": True, "build": True},
                        {"locale": "de", "name": "Deutsch", "build": True},
                    ],
                }
            },
            OURS,
        ),
        check=_i18n,
        note="Each language has an index, lists and data of its own, in its own "
        "words. The commands do not know languages: they see a translated postmortem as "
        "a second page with the same id.",
    ),
    Company(
        "redirects",
        "mkdocs-redirects",
        (
            "search",
            {"redirects": {"redirect_maps": {"old.md": f"postmortems/{PAGE}.md"}}},
            OURS,
        ),
        check=_has("old/index.html", PAGE),
        note="A generated page cannot be a target, since pages are generated after "
        "the plugin has looked for it.",
    ),
    Company(
        "minify",
        "mkdocs-minify-plugin",
        (
            "search",
            OURS,
            {"minify": {"minify_html": True, "minify_css": True, "minify_js": True}},
        ),
        order="List it after `postmortem`.",
    ),
    Company(
        "privacy",
        "mkdocs-material",
        ("search", {"privacy": {"assets_exclude": ["unpkg.com/*"]}}, OURS),
        note="This plugin loads nothing from elsewhere.",
    ),
    Company(
        "print-site",
        "mkdocs-print-site-plugin",
        ("search", OURS, "print-site"),
        options={"sidebar": True},
        check=_has("print_page/index.html", "pm-summary", "pm-timeline"),
        order="List it last.",
        note="It prints what the navigation has: with `sidebar: true` the postmortems, "
        "too. Patterns in pictures share a name on all pages; they are alike.",
    ),
    Company(
        "monorepo",
        "mkdocs-monorepo-plugin",
        ("search", "monorepo", OURS),
        count=COUNT + 1,
        files={
            "team/mkdocs.yml": "site_name: team\nnav:\n  - Team: index.md\n  - Outage: outage.md\n",
            "team/docs/index.md": "# Team\n",
            "team/docs/outage.md": "---\n" + _OUTAGE,
        },
        config={
            "nav": [
                {"Home": "index.md"},
                {"Outages": "postmortems/index.md"},
                {"Team": "!include ./team/mkdocs.yml"},
            ]
        },
        check=_manages("team/outage"),
        note="Postmortems of an included site are found by their front matter, wherever they are.",
    ),
    Company(
        "mkdocstrings",
        "mkdocstrings",
        ("search", "mkdocstrings", OURS),
        files={"docs/api.md": "# API\n\n::: json.dumps\n"},
        changes=((_PAGE, "## Timeline\n", "::: json.loads\n\n## Timeline\n"),),
        check=_all(
            _has("api/index.html", "dumps"),
            _has(f"postmortems/{PAGE}/index.html", "json.loads", "pm-timeline"),
        ),
        also=("mkdocstrings-python",),
    ),
    Company(
        "include-markdown",
        "mkdocs-include-markdown-plugin",
        ("search", "include-markdown", OURS),
        files={
            "docs/all.md": "# All\n\n"
            f'{{% include-markdown "postmortems/{PAGE}.md" start="## Timeline" end="## Root" %}}\n'
            "\n<!-- postmortem:index {limit: 2} -->\n",
            "parts/terms.md": "Words that all teams share.\n",
        },
        changes=(
            (_PAGE, "## Timeline\n", '{% include "../../parts/terms.md" %}\n\n## Timeline\n'),
        ),
        check=_all(
            _has("all/index.html", "pm-table"),
            _has(f"postmortems/{PAGE}/index.html", "all teams share", "pm-timeline"),
        ),
        note="A postmortem may include other files. A part of a postmortem on "
        "another page is plain text there; directives work.",
    ),
)
