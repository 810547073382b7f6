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
    note: str = "Tried before ours."
    also: tuple[str, ...] = ()


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

COMPANY = (
    Company(
        "awesome-nav",
        "mkdocs-awesome-nav",
        ("search", "awesome-nav", OURS),
        files={"docs/.nav.yml": "nav:\n  - Home: index.md\n  - Outages: postmortems/index.md\n"},
        check=_has("index.html", "Outages"),
        note="Tried before ours. Pages that `.nav.yml` does not name stay out of the navigation; "
        "it may name the made index.",
    ),
    Company(
        "literate-nav",
        "mkdocs-literate-nav",
        ("search", "literate-nav", OURS),
        files={"docs/SUMMARY.md": "* [Home](index.md)\n* [Outages](postmortems/index.md)\n"},
        note="Tried before ours. `SUMMARY.md` may link to the made index.",
    ),
    Company(
        "section-index",
        "mkdocs-section-index",
        ("search", "section-index", OURS),
        config={
            "nav": [
                {"Home": "index.md"},
                {"Outages": ["postmortems/index.md", {"Tasks": "postmortems/tasks.md"}]},
            ]
        },
        note="Tried before ours. The made index may be the page of its section.",
    ),
    Company(
        "macros",
        "mkdocs-macros-plugin",
        ("search", {"macros": {"on_error_fail": True}}, OURS),
        files={"docs/index.md": "# Home\n\nTwo: {{ 1 + 1 }}\n"},
        changes=((_PAGE, "## Timeline\n", "Three: {{ 1 + 2 }}\n\n## Timeline\n"),),
        check=_has(f"postmortems/{PAGE}/index.html", "Three: 3", "pm-timeline"),
        note="Tried before ours. Text such as `{{ x }}` in a postmortem is a macro; "
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
        },
        check=_has("blog/index.html", "A post"),
        note="Tried before ours. A post may be a postmortem.",
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
        note="Tried before ours. Made pages are left out. `match_path: postmortems/.*` makes a "
        "feed of outages; that of ours has the dates of the record.",
    ),
    Company(
        "git-revision-date-localized",
        "mkdocs-git-revision-date-localized-plugin",
        ("search", {"git-revision-date-localized": {"enable_creation_date": True}}, OURS),
        needs_git=True,
        check=_has(f"postmortems/{PAGE}/index.html", "git-revision-date"),
        note="Tried before ours. Made pages have the date of the build.",
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
        note="Tried before ours. Each language has an index, lists and data of its own, in its own "
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
        note="Tried before ours. A made page cannot be a target, since pages are made after the "
        "plugin has looked for it.",
    ),
    Company(
        "minify",
        "mkdocs-minify-plugin",
        (
            "search",
            OURS,
            {"minify": {"minify_html": True, "minify_css": True, "minify_js": True}},
        ),
        note="Behind ours.",
    ),
    Company(
        "privacy",
        "mkdocs-material",
        ("search", {"privacy": {"assets_exclude": ["unpkg.com/*"]}}, OURS),
        note="Tried before ours. Ours loads nothing from elsewhere.",
    ),
    Company(
        "print-site",
        "mkdocs-print-site-plugin",
        ("search", OURS, "print-site"),
        options={"sidebar": True},
        check=_has("print_page/index.html", "pm-summary", "pm-timeline"),
        note="Last. It prints what the navigation has: with `sidebar: true` the postmortems, "
        "too. Hatchings in pictures have one name on all pages; they are alike.",
    ),
    Company(
        "monorepo",
        "mkdocs-monorepo-plugin",
        ("search", "monorepo", OURS),
        count=COUNT + 1,
        files={
            "team/mkdocs.yml": "site_name: team\nnav:\n  - Team: index.md\n  - Outage: outage.md\n",
            "team/docs/index.md": "# Team\n",
            "team/docs/outage.md": "---\ntitle: The team's outage\npostmortem:\n  id: PM-T\n"
            "  severity: SEV3\n  services: [checkout]\n  timezone: UTC\n"
            "  started: 2026-01-02 10:00\n  detected: 2026-01-02 10:05\n"
            "  mitigated: 2026-01-02 10:20\n  resolved: 2026-01-02 10:30\n  impact: None of it.\n"
            "  users_affected: 1%\n  root_cause: A team.\n  detected_by: monitor\n"
            "  status: draft\n---\n"
            "# The team's outage\n\n## Timeline\n\n- 10:00 **Started:** It began.\n",
        },
        config={
            "nav": [
                {"Home": "index.md"},
                {"Outages": "postmortems/index.md"},
                {"Team": "!include ./team/mkdocs.yml"},
            ]
        },
        note="Tried before ours. Postmortems of an included site are found by their front matter, "
        "wherever they lie.",
    ),
    Company(
        "mkdocstrings",
        "mkdocstrings",
        ("search", "mkdocstrings", OURS),
        files={"docs/api.md": "# API\n\n::: json.dumps\n"},
        check=_has("api/index.html", "dumps"),
        also=("mkdocstrings-python",),
    ),
    Company(
        "include-markdown",
        "mkdocs-include-markdown-plugin",
        ("search", "include-markdown", OURS),
        files={
            "docs/all.md": "# All\n\n"
            f'{{% include-markdown "postmortems/{PAGE}.md" start="## Timeline" end="## Root" %}}\n'
            "\n<!-- postmortem:index {limit: 2} -->\n"
        },
        check=_has("all/index.html", "pm-table"),
        note="Tried before ours. A part of a postmortem on another page is plain text there; "
        "directives work.",
    ),
)
