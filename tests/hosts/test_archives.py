"""Archives and sites as they are: pages that nobody wrote for the plugin."""

from __future__ import annotations

import os

import pytest
from click.testing import CliRunner
from drawn_site import PAGE, Site
from mkdocs.plugins import BasePlugin

from mkdocs_postmortem.cli import main
from mkdocs_postmortem.hosts.mkdocs.plugin import PostmortemPlugin

OLD = """\
# Checkout answered 502

## Timeline

- 09:12 UTC Started: the pool is full.
- 09:59 UTC Resolved: the pool is larger.
"""


def test_a_matched_page_has_its_box_and_is_in_the_index(site: Site) -> None:
    site.options = {"match": "incidents/"}
    file = site.write("incidents/2026-03-14-checkout.md", OLD)

    built = site.build(strict=True)

    assert built.error is None, built.messages
    assert "pm-summary" in built.page("incidents/2026-03-14-checkout/")
    assert "Checkout answered 502" in built.page("postmortems")
    assert file.read_text(encoding="utf-8") == OLD


def test_what_a_hook_makes_of_a_matched_page_stays(site: Site) -> None:
    site.options = {"match": "incidents/"}
    site.write("incidents/2026-03-14-checkout.md", "# PLACE answered 502\n")
    (site.root / "hook.py").write_text(
        "def on_page_markdown(markdown, page, config, files):\n"
        "    return markdown.replace('PLACE', 'Checkout')\n"
        "on_page_markdown.mkdocs_priority = 200\n"
    )

    built = site.build(hooks=["hook.py"])

    assert "Checkout answered 502" in built.page("incidents/2026-03-14-checkout/")


HOOK = """
def on_nav(nav, config, files):
    config["seen"] = sorted(page.file.src_uri for page in nav.pages)
    print(config["seen"])
"""


def test_postmortems_leave_an_automatic_navigation_when_all_plugins_have_seen_them(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    site.write("index.md", "# Home\n")
    site.write("zoo.md", "# Zoo\n")
    for name in ("a", "b"):
        site.write(f"incidents/{name}.md", PAGE.replace("PM-1", name))
    (site.root / "hook.py").write_text(HOOK)

    built = site.build(hooks=["hook.py"])

    assert "incidents/a.md" in capsys.readouterr().out
    assert 'href="incidents/a/"' not in built.page("")
    assert 'href="zoo/"' in built.page("")
    (said,) = [text for text in built.messages(20) if "left out of the navigation" in text]
    assert "2 postmortems" in said
    assert "`sidebar: true`" in said


def test_postmortems_stay_in_the_navigation_of_a_site_without_an_index(site: Site) -> None:
    site.write("index.md", "# Home\n")
    site.write("postmortems/index.md", "# By hand\n")
    site.write("postmortems/a.md", PAGE)

    built = site.build()

    assert 'href="postmortems/a/"' in built.page("")
    assert not [text for text in built.messages(20) if "left out of the navigation" in text]


def test_matched_pages_stay_in_the_navigation(site: Site) -> None:
    site.options = {"match": "incidents/"}
    site.write("index.md", "# Home\n")
    site.write("incidents/2026-03-14-checkout.md", OLD)
    site.write("postmortems/a.md", PAGE)

    home = site.build().page("")

    assert 'href="incidents/2026-03-14-checkout/"' in home
    assert 'href="postmortems/a/"' not in home


@pytest.mark.parametrize("is_named", [True, False])
def test_a_nav_without_the_generated_index_passes_a_strict_build(
    site: Site, is_named: bool
) -> None:
    site.write("index.md", "# Home\n")
    site.write("postmortems/a.md", PAGE)
    site.options = {"rules": {"length": "off"}}
    nav = ["index.md", *(["postmortems/index.md"] if is_named else [])]

    built = site.build(strict=True, nav=nav, validation={"nav": {"omitted_files": "warn"}})

    assert built.error is None, built.messages()
    assert ('href="postmortems/"' in built.page("")) == is_named
    said = [text for text in built.messages(20) if "`- Postmortems: postmortems/index.md`" in text]
    assert len(said) == (0 if is_named else 1)


class _Files(BasePlugin):  # type: ignore[type-arg]
    """As awesome-pages: named pages come from a file in each folder."""

    config = {"filename": ".pages"}  # noqa: RUF012


def test_a_page_that_a_file_of_a_navigation_plugin_names_stays(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write("index.md", "# Home\n")
    site.write("incidents/.pages", "nav:\n  - The first: a.md\n  - ...\n")
    for name in ("a", "b"):
        site.write(f"incidents/{name}.md", PAGE.replace("PM-1", name))
    on_config = PostmortemPlugin.on_config

    def with_plugin(self: PostmortemPlugin, config: object) -> object:
        config.plugins["awesome-pages"] = _Files()  # type: ignore[attr-defined]
        return on_config(self, config)  # type: ignore[arg-type]

    monkeypatch.setattr(PostmortemPlugin, "on_config", with_plugin)

    built = site.build()

    assert 'href="incidents/a/"' in built.page("")
    assert 'href="incidents/b/"' not in built.page("")


def test_links_in_tasks_lead_to_the_same_place_from_every_list(site: Site) -> None:
    site.write("guide.md", "# Guide\n\n## Pool\n")
    site.write("incidents/img/a.png", b"\x89PNG")
    task = "- [ ] Read [it](../guide.md#pool), [this](#timeline) and ![pic](img/a.png)"
    for number in ("1", "2"):
        text = PAGE.replace("PM-1", f"PM-{number}").replace("- [ ] Check the number", task)
        text = text.replace("2026-03-14", f"2026-0{number}-14")
        repeated = "  recurrence_of: PM-1\n  id:" if number == "2" else "  id:"
        site.write(f"incidents/{number}.md", text.replace("  id:", repeated))

    built = site.build(validation={"anchors": "warn"})

    logged = [text for text in built.messages() if "PM" not in text]
    assert logged == []
    for path, root in (
        ("postmortems/tasks/", "../../"),
        ("postmortems/services/checkout/", "../../../"),
    ):
        page = built.page(path)
        assert f'href="{root}guide/#pool"' in page
        assert f'href="{root}incidents/1/#timeline"' in page
        assert f'src="{root}incidents/img/a.png"' in page
    assert 'href="../1/#timeline"' in built.page("incidents/2/")


@pytest.mark.skipif(os.name == "nt", reason="links to folders need rights there")
def test_a_linked_folder_is_read_by_build_and_check(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = site.root / "elsewhere" / "2025"
    elsewhere.mkdir(parents=True)
    (elsewhere / "a.md").write_text(PAGE.replace("SEV2", "SEV9"), encoding="utf-8")
    (elsewhere / "circle").symlink_to(".", target_is_directory=True)
    site.write("index.md", "# Home\n")
    (site.root / "docs/postmortems").mkdir()
    (site.root / "docs/postmortems/2025").symlink_to(elsewhere, target_is_directory=True)
    site.write_config()
    monkeypatch.chdir(site.root)

    checked = CliRunner().invoke(main, ["check"]).output
    (elsewhere / "circle").unlink()
    built = site.build().messages()

    for found in (checked, "\n".join(built)):
        assert found.count("postmortems/2025/a.md:5:13: ") == 1
