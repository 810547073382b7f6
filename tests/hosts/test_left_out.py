"""No page that carries our front matter is passed over silently."""

from __future__ import annotations

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

    told = [text for text in site.build().messages() if "PM007" in text]
    monkeypatch.chdir(site.root)
    checked = CliRunner().invoke(main, ["check", "--select", "PM007"]).output

    assert len(told) == 1
    assert "old/a.md" in told[0]
    assert "`exclude_docs` names it" in told[0]
    assert checked.count("PM007") == 1
    assert "docs/old/a.md" in checked


def test_a_page_that_a_hook_takes_away_is_named(site: Site) -> None:
    site.write("incidents/a.md", PAGE)
    (site.root / "hook.py").write_text(
        "def on_files(files, config):\n"
        "    files.remove(files.get_file_from_path('incidents/a.md'))\n"
        "    return files\n"
    )

    told = [text for text in site.build(hooks=["hook.py"]).messages() if "PM007" in text]

    assert ["a plugin or a hook takes it out" in text for text in told] == [True]


def test_without_the_index_no_page_is_generated_for_it(site: Site) -> None:
    site.options = {"index": False}
    site.write("postmortems/a.md", PAGE)

    built = site.build()

    assert not (built.folder / "postmortems" / "index.html").exists()
    assert "pm-summary" in built.page()
