"""Tasks by owner and by service: counts, order, what unfolds, and the days that are shown."""

from __future__ import annotations

import html
import re
from collections import Counter
from datetime import date

import pytest
from drawn_site import PAGE, Site

from mkdocs_postmortem.reading.directives import read_directive
from mkdocs_postmortem.rendering.task_list import dues_text, overdue_on

TASK = "- [ ] Check the number (@dana, due 2026-04-01)"
TASKS = """\
- [ ] One (@dana @lee, due 2026-04-01)
- [ ] Two (@dana, due 2027-04-01)
- [/] Three (@dana)
- [x] Four (@lee, done 2026-03-20)
- [-] Five (@kim, won't do: too dear)
- [ ] Six <b> (due 2026-05-01)
"""


@pytest.fixture
def archive(site: Site) -> Site:
    site.options["on_error"] = "warn"
    site.write("postmortems/a.md", PAGE.replace(TASK, TASKS))
    site.write(
        "postmortems/b.md",
        PAGE.replace("PM-1", "PM-2").replace("[checkout]", "[checkout, search]"),
    )
    return site


def rows(page: str) -> dict[str, list[str]]:
    """The counts by the group's name."""
    found = {}
    for row in re.findall(r'<tr class="pm-row">(.*?)</tr>', page, re.DOTALL):
        cells = re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)
        name = re.sub(r"</summary>.*", "", cells[0], flags=re.DOTALL)
        texts = [re.sub(r"<[^>]+>", "", cell).strip() for cell in [name, *cells[1:]]]
        found[texts[0]] = texts[1:]
    return found


def test_groups_count_by_state_and_the_most_open_come_first(archive: Site) -> None:
    archive.write("t.md", "# T\n\n<!-- postmortem:tasks {by: owner} -->\n")
    found = rows(archive.build().main("t/"))

    # open, overdue on 2026-11-24, done, won't do
    assert found == {
        "dana": ["4", "2", "0", "0"],
        "lee": ["1", "1", "1", "0"],
        "nobody": ["1", "1", "0", "0"],
        "kim": ["0", "0", "0", "1"],
    }
    assert next(iter(found)) == "dana"


def test_a_task_of_an_outage_of_two_services_is_in_both(archive: Site) -> None:
    archive.write("t.md", "# T\n\n<!-- postmortem:tasks {by: service} -->\n")

    assert rows(archive.build().main("t/")) == {
        "checkout": ["5", "3", "1", "1"],
        "search": ["1", "1", "0", "0"],
    }


def test_a_selection_narrows_the_groups(archive: Site) -> None:
    archive.write("t.md", "# T\n\n<!-- postmortem:tasks {by: owner, service: search} -->\n")
    archive.write("u.md", "# U\n\n<!-- postmortem:tasks {by: owner, severity: SEV9} -->\n")
    built = archive.build()

    assert rows(built.main("t/")) == {"dana": ["1", "1", "0", "0"]}
    assert "No tasks match this selection." in built.main("u/")


def test_open_tasks_unfold_with_their_outage(archive: Site) -> None:
    archive.write("t.md", "# T\n\n<!-- postmortem:tasks {by: owner} -->\n")
    page = archive.build().main("t/")

    nobody = re.search(r"<summary>nobody</summary>(.*?)</details>", page, re.DOTALL)
    assert nobody is not None
    assert "May 1, 2026" in nobody[1]
    assert "Six &lt;b&gt;" in nobody[1]
    assert 'href="../postmortems/a/"' in nobody[1]


def test_the_page_of_all_tasks_has_the_list_and_both_groupings(archive: Site) -> None:
    page = archive.build().main("postmortems/tasks/")

    page = html.unescape(page[page.index("<h1") :])
    assert page.index('data-list="tasks"') < page.index(">By owner<") < page.index(">By service<")
    assert "Won't do: " in page
    assert "too dear" in page
    assert 'data-dues="2026-04-01*2 2026-05-01 2027-04-01"' in page


def test_more_than_fifty_open_tasks_lead_to_the_filtered_list(site: Site) -> None:
    site.options["on_error"] = "warn"
    many = "\n".join(f"- [ ] Number {n} (@dana)" for n in range(53))
    site.write("postmortems/a.md", PAGE.replace(TASK, many))
    page = site.build().main("postmortems/tasks/")

    assert re.search(r'<a href="[^"]*\?owner=dana">and 3 more</a>', page)


@pytest.mark.parametrize("by", ["team", "year"])
def test_a_grouping_that_there_is_not_is_named_with_the_others(by: str) -> None:
    directive = read_directive(f"<!-- postmortem:tasks {{by: {by}}} -->")

    assert directive is not None
    assert directive.error is not None
    assert directive.error.fix == "Write `owner` or `service`."


def test_overdue_counts_the_days_before_today() -> None:
    dues = Counter({date(2026, 4, 1): 2, date(2026, 4, 2): 1})
    assert overdue_on(dues, date(2026, 4, 1)) == 0
    assert overdue_on(dues, date(2026, 4, 2)) == 2
    assert dues_text(dues) == "2026-04-01*2 2026-04-02"
