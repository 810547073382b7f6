"""Real builds: what a reader finds on the pages."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable

import pytest
from drawn_site import PAGE, Site
from mkdocs.commands.build import build
from mkdocs.config import load_config

Page = Callable[..., str]
QUIET = {"rules": {"length": "off", "no-misleading-path": "off", "task-overdue": "off"}}


@pytest.mark.parametrize("theme", ["material", "mkdocs", "readthedocs"])
def test_a_page_has_its_box_timeline_and_way_back(site: Site, theme: str) -> None:
    site.options = QUIET
    site.write("postmortems/a.md", PAGE)

    built = site.build(theme=theme)

    page = built.page()
    assert built.messages() == []
    assert 'class="pm-summary pm-rank-2"' in page
    assert "47 min" in page
    assert 'href="#t-0912"' in page
    assert 'id="t-0912"' in page
    assert 'datetime="2026-03-14T08:12:00Z"' in page
    assert 'class="pm-pager__link pm-pager__index" href="../"' in page
    assert "assets/mkdocs-postmortem/postmortem.css" in page
    assert (built.folder / "assets/mkdocs-postmortem/postmortem.css").exists()
    assert page.index("<h1") < page.index("pm-summary") < page.index("pm-timeline")


def test_the_index_is_made_without_writing_into_the_docs(site: Site, page: Page) -> None:
    site.write("postmortems/a.md", PAGE)
    site.write("postmortems/b.md", page(("PM-1", "PM-2"), ("was down", "again"), ("-14", "-15")))

    built = site.build()

    index = built.page("postmortems/")
    assert index.index("Checkout again") < index.index("Checkout was down")
    assert 'href="../postmortems/a/"' in index
    assert "2 in total" in index
    assert "2 open tasks" in index
    assert not (site.root / "docs/postmortems/index.md").exists()


def test_a_page_with_the_directive_is_the_index(site: Site) -> None:
    site.write("postmortems/a.md", PAGE)
    site.write("outages.md", "# Ours\n\nAll:\n<!-- postmortem:index -->\nEnd.\n")

    built = site.build()

    assert "Checkout was down" in built.page("outages")
    assert not (built.folder / "postmortems/index.html").exists()
    assert 'href="../../outages/"' in built.page()


def test_a_directive_selects(site: Site, page: Page) -> None:
    site.write("postmortems/a.md", PAGE)
    site.write(
        "postmortems/b.md", page(("PM-1", "PM-2"), ("[checkout]", "[search]"), ("was", "is"))
    )
    site.write("search.md", "# Search\n\n<!-- postmortem:index {service: search} -->\n")
    site.write("none.md", "# None\n\n<!-- postmortem:index {year: 1999} -->\n")

    built = site.build()

    assert "Checkout is down" in built.page("search")
    assert "Checkout was down" not in built.page("search")
    assert "No incidents match" in built.page("none")


def test_a_directive_in_code_stays_code(site: Site) -> None:
    site.write("postmortems/a.md", PAGE)
    site.write(
        "how.md", "# How\n\n```\n<!-- postmortem:index -->\n```\n\n    <!-- postmortem:index -->\n"
    )

    built = site.build()

    assert "Checkout was down" not in built.page("how")
    assert built.page("how").count("postmortem:index") == 2


def test_a_wrong_directive_is_an_error_at_its_line(site: Site) -> None:
    site.write("list.md", "# List\n\n<!-- postmortem:index {servce: a} -->\n")

    built = site.build(plugins=[{"postmortem": {"on_error": "warn"}}])

    (message,) = built.messages(logging.ERROR)
    assert "list.md:3:17: PM107" in message
    assert "Did you mean `service`?" in message
    assert "There is no option" in built.page("list")


def test_a_directive_with_a_fault_is_not_the_index(site: Site) -> None:
    site.write("postmortems/a.md", PAGE)
    site.write("list.md", "# List\n\n<!-- postmortem:index {limt: 3} -->\n")

    built = site.build(plugins=[{"postmortem": {"on_error": "warn"}}])

    assert "Checkout was down" in built.page("postmortems/")


def test_an_empty_archive_says_what_to_do(site: Site) -> None:
    built = site.build()

    assert "There are no postmortems yet" in built.page("postmortems/")


def test_postmortems_leave_the_sidebar(site: Site) -> None:
    site.write("postmortems/a.md", PAGE)

    built = site.build()

    assert "Checkout was down" in built.page("postmortems/")
    assert "Checkout was down" not in built.page("")


TABS = {"name": "material", "features": ["navigation.tabs"]}


@pytest.mark.parametrize(
    ("nav", "is_hidden"),
    [
        ([{"Home": "index.md"}, {"Outages": "postmortems/index.md"}], True),
        ([{"Home": "index.md"}, {"Outages": ["postmortems/index.md"]}], True),
        ([{"Home": "index.md"}, {"Outages": ["postmortems/index.md", "guide.md"]}], False),
    ],
)
def test_a_list_takes_the_width_of_an_empty_sidebar(
    site: Site, nav: list[object], is_hidden: bool
) -> None:
    site.write("index.md", "# Home\n")
    site.write("guide.md", "# Guide\n")
    site.write("postmortems/a.md", PAGE)

    built = site.build(theme=TABS, nav=nav)

    hidden = re.compile(r'data-md-type="navigation"\s+hidden')
    assert bool(hidden.search(built.page("postmortems/"))) == is_hidden
    assert bool(hidden.search(built.page("postmortems/tasks/"))) == is_hidden
    assert not hidden.search(built.page("postmortems/a/"))


@pytest.mark.parametrize(
    ("theme", "mark"),
    [
        (TABS, r'md-tabs__item--active">\s*<a href="{}"'),
        ("mkdocs", r'<a href="{}" class="nav-link active"'),
        ("readthedocs", r'class="reference internal current" href="{}"'),
    ],
)
@pytest.mark.parametrize(
    ("path", "crumbs"),
    [
        ("postmortems/a/", "Postmortems 2026 PM-1"),
        ("postmortems/years/2026/", "Postmortems 2026"),
        ("postmortems/services/checkout/", "Postmortems checkout"),
        ("postmortems/tasks/", "Postmortems Tasks"),
    ],
)
def test_a_page_says_where_it_is(
    site: Site, theme: object, mark: str, path: str, crumbs: str
) -> None:
    site.write("index.md", "# Home\n")
    site.write("postmortems/a.md", PAGE)
    nav = [{"Home": "index.md"}, {"Outages": "postmortems/index.md"}]

    built = site.build(theme=theme, nav=nav)

    found = re.search(r'<nav class="pm-crumbs".*?</nav>', built.page(path), re.DOTALL)
    assert found is not None
    assert re.sub(r"<[^>]*>", " ", found[0]).split() == crumbs.split()
    index = "../" * (path.count("/") - 1) or "./"
    assert re.search(mark.format(index), built.page(path))
    assert not re.search(mark.format("postmortems/"), built.page(""))  # the next page is not marked
    assert "pm-crumbs" not in built.page("postmortems/")


def test_an_option_keeps_them_in_the_sidebar(site: Site) -> None:
    site.options = {"sidebar": True}
    site.write("postmortems/a.md", PAGE)

    assert "Checkout was down" in site.build().page("")


def test_a_draft_is_marked_in_the_index_at_every_width(site: Site, page: Page) -> None:
    site.write("postmortems/a.md", PAGE)
    site.write(
        "postmortems/b.md", page(("PM-1", "PM-2"), ("  severity", "  status: draft\n  severity"))
    )

    index = site.build().page("postmortems/")

    assert index.count("pm-badge--draft pm-narrow") == 1


def test_neighbours_are_linked(site: Site, page: Page) -> None:
    for number, name in enumerate("abc"):
        day = f"-{14 + number}"
        site.write(
            f"postmortems/{name}.md", page(("PM-1", f"PM-{name}"), ("was down", name), ("-14", day))
        )

    middle = site.build().page("postmortems/b/")

    assert 'pm-pager__older" href="../a/"' in middle
    assert 'pm-pager__newer" href="../c/"' in middle


def test_a_recurrence_is_linked_on_both_pages(site: Site, page: Page) -> None:
    site.write("postmortems/a.md", PAGE)
    site.write(
        "postmortems/b.md",
        page(
            ("id: PM-1", "id: PM-2\n  recurrence_of: PM-1"), ("was down", "again"), ("-14", "-15")
        ),
    )

    built = site.build()

    assert "Happened again" in built.page("postmortems/a/")
    assert "Earlier occurrences" in built.page("postmortems/b/")


def test_links_in_entries_are_checked_by_the_host(site: Site, page: Page) -> None:
    site.write("postmortems/a.md", page(("at the graphs", "[at it](gone.md)")))

    assert any("gone.md" in message for message in site.build().messages())


def test_anchors_of_entries_are_known_to_the_host(site: Site, page: Page) -> None:
    site.options = QUIET
    site.write("postmortems/a.md", page(("a plain number", "a [plain](#t-0912) number")))

    built = site.build(validation={"links": {"anchors": "warn"}})

    assert built.messages() == []


def test_the_table_of_contents_is_that_of_the_author(site: Site) -> None:
    site.write("postmortems/a.md", PAGE)

    page = site.build(theme="material").page()

    toc = page[page.index("md-nav--secondary") : page.index("<article")]
    assert toc.count('href="#') == 3


def test_two_builds_of_one_plugin_double_nothing(site: Site) -> None:
    site.write("postmortems/a.md", PAGE)
    config = load_config(str(site.write_config()), site_dir=str(site.root / "site"))
    plugin = config.plugins["postmortem"]
    for _ in range(10):
        again = load_config(str(site.write_config()), site_dir=str(site.root / "site"))
        again.plugins["postmortem"] = plugin
        plugin.on_startup(command="serve", dirty=False)
        build(again)

    index = (site.root / "site/postmortems/index.html").read_text(encoding="utf-8")
    assert index.count("pm-row ") == 1
    assert index.count("postmortem.css") == 1


def test_the_panel_is_on_a_page_while_serving_only(site: Site, page: Page) -> None:
    site.write("postmortems/a.md", page(("severity: SEV2", "severity: SEV9")))

    served = serve_once(site)
    site.options = {"on_error": "warn"}
    built = site.build()

    assert "pm-problems" in served
    assert "line 5:13" in served
    assert "pm-problems" not in built.page()


def test_a_fixed_page_loses_its_panel(site: Site, page: Page) -> None:
    site.options = QUIET
    site.write("postmortems/a.md", page(("severity: SEV2", "severity: SEV9")))
    assert "pm-problems" in serve_once(site)

    site.write("postmortems/a.md", PAGE)

    assert "pm-problems" not in serve_once(site)


def test_a_strict_server_is_not_stopped_by_a_broken_page(site: Site) -> None:
    site.write("postmortems/a.md", "---\npostmortem:\n  title: a: b\n---\n# T\n")

    assert "pm-problems" in serve_once(site, strict=True)


def test_a_strict_build_fails_on_warnings(site: Site, page: Page) -> None:
    site.options = {"rules": {"length": "off"}}
    site.write("postmortems/a.md", page(("@dana, ", "")))

    assert site.build().error is None
    assert site.build(strict=True).error is not None


def serve_once(site: Site, **changes: bool) -> str:
    """What a build of ``mkdocs serve`` makes of page a."""
    config = load_config(str(site.write_config(**changes)), site_dir=str(site.root / "site"))
    config.plugins.on_startup(command="serve", dirty=False)
    build(config)
    return (site.root / "site/postmortems/a/index.html").read_text(encoding="utf-8")


def test_errors_fail_the_build_after_all_are_reported(site: Site, page: Page) -> None:
    site.write("postmortems/a.md", page(("severity: SEV2", "severity: SEV9")))
    site.write(
        "postmortems/b.md", page(("PM-1", "PM-2"), ("timezone: Europe/Paris", "timezone: X"))
    )

    built = site.build()

    assert built.error is not None
    logged = "\n".join(built.messages(logging.ERROR))
    assert "postmortems/a.md:5:13: PM103" in logged
    assert "postmortems/b.md:7:13: PM205" in logged


def test_on_error_warn_builds_all_the_same(site: Site, page: Page) -> None:
    site.options = {"on_error": "warn"}
    site.write("postmortems/a.md", page(("severity: SEV2", "severity: SEV9")))

    built = site.build()

    assert built.error is None
    assert "pm-summary" in built.page()


def test_a_wrong_option_is_one_clear_error(site: Site) -> None:
    site.options = {"timezone": "Europe/Pariss", "rules": {"PM401": "loud"}}

    built = site.build()

    assert built.error is not None
    assert "Did you mean `Europe/Paris`?" in built.messages(logging.ERROR)[0]
    assert "`loud` is not one of" in built.messages(logging.ERROR)[0]


def test_front_matter_that_only_we_can_read_is_not_printed(site: Site, page: Page) -> None:
    # PyYAML fails on a day that does not exist, and MkDocs then prints the whole block as text.
    site.options = {"on_error": "warn"}
    site.write("postmortems/a.md", page(("resolved: 2026-03-14", "resolved: 2026-13-45")))

    built = site.build()

    assert "PM201" in "".join(built.messages())
    assert "postmortem:" not in built.main()
    assert "<title>Checkout was down" in built.page()


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("<p>{{ nothing }}</p>", "'nothing' is undefined"),
        ("<p>{% if %}</p>", "line 1"),
        ("<p><br></p>", "not well formed"),
    ],
)
def test_a_broken_template_of_the_theme_is_one_clear_error(
    site: Site, template: str, words: str
) -> None:
    file = site.root / "theme/postmortem/page_footer.html"
    file.parent.mkdir(parents=True)
    file.write_text(template, encoding="utf-8")
    site.write("postmortems/a.md", PAGE)

    built = site.build(theme={"name": "mkdocs", "custom_dir": "theme"})

    assert built.error is not None
    logged = "\n".join(built.messages(logging.ERROR))
    assert "postmortem/page_footer.html" in logged
    assert words in logged


def test_a_theme_may_override_a_template(site: Site) -> None:
    file = site.root / "theme/postmortem/page_footer.html"
    file.parent.mkdir(parents=True)
    file.write_text("<p>Our foot, {{ older }}</p>", encoding="utf-8")
    site.write("postmortems/a.md", PAGE)

    assert "Our foot" in site.build(theme={"name": "mkdocs", "custom_dir": "theme"}).page()


HOSTILE = "{{ a }} <b>x</b> */ [l](http://e.example) --> -- \\\\ :smile: \u05d0\u05d1 / ../../up"


def test_names_of_groups_are_text_wherever_they_are(site: Site) -> None:
    quoted = HOSTILE.replace("\\\\", "\\\\\\\\")
    site.write(
        "postmortems/a.md", PAGE.replace("[checkout]", f'["{quoted}", "a b", "a-b", "\U0001f525"]')
    )

    built = site.build()

    pages = sorted(path.name for path in (built.folder / "postmortems/services").iterdir())
    assert len(pages) == 4
    assert len({name for name in pages if re.fullmatch("a-b-[0-9a-f]{6}", name)}) == 2
    assert "service" in pages  # an emoji has no letters
    (odd,) = (name for name in pages if name.startswith("a-b-x-b"))
    main = built.main(f"postmortems/services/{odd}/")
    assert "<b>x</b>" not in main
    assert 'href="http://e.example"' not in main
    assert main.count("pm-row ") == 2  # one outage, one task
    assert not (built.folder.parent / "up").exists()


def test_a_page_of_the_authors_own_is_never_replaced(site: Site) -> None:
    site.write("postmortems/a.md", PAGE)
    site.write("postmortems/index.md", "# Mine\n\n<!-- postmortem:index -->\n")
    site.options["exclude"] = ["postmortems/tasks.md"]
    site.write("postmortems/tasks.md", "# My tasks\n")

    built = site.build()

    assert "My tasks" in built.page("postmortems/tasks/")
    assert "pm-row" not in built.page("postmortems/tasks/")


def test_which_pages_are_made_is_an_option(site: Site) -> None:
    site.options |= {"pages": ["year"], "publish": []}
    site.write("postmortems/a.md", PAGE)

    built = site.build()

    made = {path.name for path in (built.folder / "postmortems").iterdir()}
    assert made == {"a", "index.html", "years"}
    assert "postmortems/services" not in built.page("postmortems/")


def test_tasks_are_chosen_by_owner_and_state(site: Site) -> None:
    tasks = (
        "- [ ] One (@dana, due 2026-04-01)\n"
        "- [x] Two (@kim)\n"
        "- [-] Three (@kim, won't do: no need)\n"
    )
    site.write(
        "postmortems/a.md", PAGE.replace("- [ ] Check the number (@dana, due 2026-04-01)\n", tasks)
    )
    site.write("open.md", "# Open\n\n<!-- postmortem:tasks -->\n")
    site.write("kim.md", "# Kim\n\n<!-- postmortem:tasks {owner: '@kim', state: all} -->\n")
    site.write("late.md", "# Late\n\n<!-- postmortem:tasks {state: overdue, limit: 1} -->\n")
    site.write("none.md", "# None\n\n<!-- postmortem:tasks {service: search} -->\n")
    site.write("wrong.md", "# Wrong\n\n<!-- postmortem:tasks {state: late} -->\n")
    site.options["on_error"] = "warn"

    built = site.build()

    assert built.main("open/").count("pm-row ") == 1
    kim = built.main("kim/")
    assert kim.count("pm-row ") == 2
    assert "no need" in kim
    assert built.main("late/").count("pm-row ") == 1
    assert "No tasks match" in built.main("none/")
    assert "Write <code>open</code> or <code>overdue</code>" in built.main("wrong/")


def test_a_limit_cuts_rows_and_not_totals(site: Site) -> None:
    for name in "abc":
        site.write(f"postmortems/{name}.md", PAGE.replace("PM-1", f"PM-{name}"))
    site.write("index.md", "# Home\n\n<!-- postmortem:index {limit: 1} -->\n")
    site.write("tasks.md", "# Tasks\n\n<!-- postmortem:tasks {limit: 2} -->\n")
    site.options["on_error"] = "warn"

    built = site.build()

    home, tasks = built.main(""), built.main("tasks/")
    assert home.count("pm-row ") == 1
    assert "3 in total" in home
    assert "1 of 3 incidents" in home
    assert ">All postmortems</a>" in home
    assert tasks.count("pm-row ") == 2
    assert "3 open tasks" in tasks
    assert "2 of 3 tasks" in tasks


def test_a_row_names_at_most_four_services_and_counts_the_others(site: Site) -> None:
    services = "[one, two, three, four, 'five & more']"
    site.write("postmortems/a.md", PAGE.replace("[checkout]", services))

    row = site.build().main("postmortems/").partition("pm-cell--services")[2]

    assert row.count('class="pm-chip"') == 4
    assert '<span class="pm-chip" title="four, five &amp; more">+2</span>' in row


def test_a_repeat_shows_on_both_pages_what_was_not_done_in_time(site: Site) -> None:
    site.write("postmortems/a.md", PAGE.replace(
        "- [ ] Check the number (@dana, due 2026-04-01)",
        "- [x] Check the *number* (@dana, due 2026-04-01, done 2026-06-01, prevent)\n"
        "- [-] Buy a bigger pool (@kim, won't do: too dear)\n"
        "- [x] Roll back (@kim, done 2026-03-14)",
    ))  # fmt: skip
    again = PAGE.replace("PM-1", "PM-2\n  recurrence_of: PM-1").replace("2026-03-14", "2026-05-11")
    site.write("postmortems/b.md", again)

    built = site.build()

    later, earlier = built.main("postmortems/b/"), built.main("postmortems/a/")
    for page in (later, earlier):
        assert "Check the <em>number</em>" in page
        assert "40 days overdue, done after the repeat" in page
        assert "too dear" in page
        assert page.count("pm-missed__task") == 2
    assert "58 days earlier" in later
    assert "58 days later" in earlier
    chains = built.main("postmortems/repeats/")
    assert chains.count("pm-chain__step ") == 2
    assert "1 hr 34 min of downtime" in chains
    assert "1 repeat issue" in built.main("postmortems/")


def test_without_repeats_there_is_no_page_of_them(site: Site) -> None:
    site.write("postmortems/a.md", PAGE)
    site.write("list.md", "# List\n\n<!-- postmortem:repeats -->\n")

    built = site.build()

    assert not (built.folder / "postmortems/repeats").exists()
    assert "No incident has come back yet" in built.main("list/")


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs", "material"])
def test_search_finds_outages_on_their_own_pages_only(site: Site, theme: str) -> None:
    text = PAGE.replace("  detected_by", "  causes: [oversubscription]\n  detected_by")
    site.write("postmortems/a.md", text)

    built = site.build(theme={"name": theme}, plugins=["search", "postmortem"])

    index = json.loads((built.folder / "search/search_index.json").read_text(encoding="utf-8"))
    for word in ("PM-1", "oversubscription", "dana", "35%"):
        found = {
            item["location"].partition("#")[0] for item in index["docs"] if word in item["text"]
        }
        # The page of a cause is found by its title.
        assert found - {"postmortems/causes/oversubscription/"} == {"postmortems/a/"}, word
    # A service is found by its page, too; no list page by what all of them have.
    assert any("Incidents of checkout" in item["title"] for item in index["docs"])
    lists = [item for item in index["docs"] if item["location"].startswith("postmortems/")]
    lists = [item for item in lists if not item["location"].startswith("postmortems/a/")]
    assert not [item for item in lists if item["title"] in ("Figures", "By owner")]
    assert not [item for item in lists if "Figures" in item["text"] or "Duration" in item["text"]]
    assert "pm-stats" in built.page("postmortems/")
    assert "pm-stats" not in built.page("postmortems/services/checkout/")  # of one outage
    assert "<!--pm" not in built.page("postmortems/services/checkout/")


@pytest.mark.parametrize("theme", ["mkdocs", "material"])
def test_a_search_reads_the_words_of_the_box_and_no_list(site: Site, theme: str) -> None:
    site.write("postmortems/a.md", PAGE)
    site.write("list.md", "# List\n\n<!--pm--> An author's comment.\n\n<!-- postmortem:index -->\n")

    built = site.build(theme={"name": theme}, plugins=["search", "postmortem"])

    index = json.loads((built.folder / "search/search_index.json").read_text(encoding="utf-8"))
    found = (item["location"] for item in index["docs"] if "Shoppers saw a 502" in item["text"])
    assert {position.partition("#")[0] for position in found} == {"postmortems/a/"}
    assert '<section class="pm-summary' in built.main()
    assert "<!--pm" not in built.main()
    assert "An author's comment" in built.main("list/")
    assert "Checkout was down" in built.main("list/")
    found = (item["location"] for item in index["docs"] if "Checkout was down" in item["text"])
    assert {position.partition("#")[0] for position in found} <= {"postmortems/a/"}


def test_the_words_of_the_box_stay_apart(site: Site) -> None:
    site.write("postmortems/a.md", PAGE)

    page = site.build().page()
    box = page[page.index('<section class="pm-summary') : page.index("</section>")]

    words = " ".join(re.sub(r"<[^>]*>", "", box).split())
    assert words.startswith("Postmortems 2026 PM-1 SEV2 Published checkout Duration 47 min Mar 14")
    assert "09:12 → 09:59 CET Users affected 35%" in words
    assert "undetected 7 min detected 32 min mitigated 8 min" in words


def test_an_end_that_cannot_be_read_is_not_stated(site: Site) -> None:
    site.options = {"on_error": "warn"}
    text = PAGE.replace("  resolved: 2026-03-14 09:59\n", "").replace("- 09:59 **", "- 09:95 **")
    site.write("postmortems/a.md", text)

    page = site.build().page()
    box = page[page.index("pm-key--duration") : page.index("Users affected")]

    assert "not stated" in box
    assert "→" not in box
    assert box.count('class="pm-zone"') == 1


@pytest.mark.parametrize("url", ["https://p.example/12?a=1&b=2", "javascript:alert(1)", ""])
def test_the_source_of_an_import_is_linked_if_its_address_is_safe(
    site: Site, page: Page, url: str
) -> None:
    source = f'source: {{tool: pagerduty, id: 12, url: "{url}", imported: 2026-03-15}}'
    site.options = {"rules": {"PM101": "off", "PM102": "off"}}
    site.write("postmortems/a.md", page(("  detected_by", f"  {source}\n  detected_by")))

    shown = site.build().main()

    assert "Imported from" in shown
    assert "pagerduty 12" in shown
    assert ('href="https://p.example/12?a=1&amp;b=2"' in shown) == url.startswith("https:")
    assert "javascript:" not in shown
