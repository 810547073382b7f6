"""No page that carries our front matter is passed over silently."""

from __future__ import annotations

import logging

import pytest
from click.testing import CliRunner
from drawn_site import PAGE, Site

from mkdocs_postmortem.cli import main


def test_an_excluded_postmortem_is_named_by_build_and_check(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.config = {"exclude_docs": "old/\ntemplates/\n"}
    site.write("old/a.md", PAGE)
    site.write("old/_template.md", PAGE)
    site.write("templates/b.md", PAGE)
    site.write("old/c.md", "# Something about `postmortem:`\n")

    logged = [text for text in site.build().messages() if "PM007" in text]
    monkeypatch.chdir(site.root)
    checked = CliRunner().invoke(main, ["check", "--select", "PM007"]).output

    assert len(logged) == 1
    assert "old/a.md" in logged[0]
    assert "`exclude_docs` names it" in logged[0]
    assert checked.count("PM007") == 1
    assert "docs/old/a.md" in checked


def test_a_page_that_a_hook_takes_away_is_named(site: Site) -> None:
    site.write("incidents/a.md", PAGE)
    (site.root / "hook.py").write_text(
        "def on_files(files, config):\n"
        "    files.remove(files.get_file_from_path('incidents/a.md'))\n"
        "    return files\n"
    )

    logged = [text for text in site.build(hooks=["hook.py"]).messages() if "PM007" in text]

    assert ["a plugin or a hook takes it out" in text for text in logged] == [True]


def test_without_the_index_no_page_is_generated_for_it(site: Site) -> None:
    site.options = {"index": False}
    site.write("postmortems/a.md", PAGE)

    built = site.build()

    assert not (built.folder / "postmortems" / "index.html").exists()
    assert "pm-summary" in built.page()


@pytest.mark.parametrize(
    ("config", "path", "text", "reason"),
    [
        ({"draft_docs": "old/\n"}, "old/a.md", PAGE, "`draft_docs` names it"),
        ({"exclude_docs": "old/\n"}, "old/a.md", PAGE, "`exclude_docs` names it"),
        (
            {"theme": "material", "plugins": ["search", "blog", {"postmortem": {}}]},
            "blog/posts/a.md",
            PAGE.replace("---\n", "---\ndate: 2026-03-20\ndraft: true\n", 1),
            "it is a draft of the blog",
        ),
        ({"exclude_docs": "!templates/\n!.old/\n"}, "templates/a.md", PAGE, ""),
    ],
)
def test_build_and_check_know_the_same_exclusions(
    site: Site,
    monkeypatch: pytest.MonkeyPatch,
    config: dict[str, object],
    path: str,
    text: str,
    reason: str,
) -> None:
    site.config = config
    site.write(path, text)
    site.write("blog/index.md", "# Blog\n")

    logged = [text for text in site.build().messages() if f"{path}:" in text]
    monkeypatch.chdir(site.root)
    checked = CliRunner().invoke(main, ["check", "--level", "warning"]).output

    assert [reason in text for text in logged if "PM007" in text] == [True] * bool(reason)
    assert reason in checked
    assert checked.count(f"docs/{path}:") == len(logged)


@pytest.mark.parametrize(("linked", "is_named"), [(3, True), (2, False)])
def test_a_hand_made_index_is_named_next_to_the_generated_one(
    site: Site, linked: int, is_named: bool
) -> None:
    for number in range(4):
        site.write(f"postmortems/{number}.md", PAGE.replace("PM-1", f"PM-{number}"))
    rows = "".join(f"| [x](../postmortems/{n}.md#timeline) | SEV1 |\n" for n in range(linked))
    site.write("incidents/log.md", f"# Log\n\n| What | Severity |\n| --- | --- |\n{rows}")

    logged = site.build().messages(logging.INFO)

    named = [text for text in logged if "incidents/log.md links to" in text]
    assert len(named) == is_named
    assert all("3 of the 4" in text and "<!-- postmortem:index -->" in text for text in named)


def test_a_page_with_the_index_is_not_called_another_one(site: Site) -> None:
    for number in range(3):
        site.write(f"postmortems/{number}.md", PAGE.replace("PM-1", f"PM-{number}"))
    rows = "".join(f"- [x](postmortems/{n}.md)\n" for n in range(3))
    site.write("log.md", f"# Log\n\n<!-- postmortem:index -->\n\n{rows}")

    assert not [text for text in site.build().messages(logging.INFO) if "links to" in text]
