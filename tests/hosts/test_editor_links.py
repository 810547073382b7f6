"""The panel's links into an editor: while serving only, and to our own lines only."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from drawn_site import Site
from mkdocs.commands.build import build
from mkdocs.config import load_config

from mkdocs_postmortem.model.option_values import EDITORS, editor_address, editor_fault

Page = Callable[..., str]


def served(site: Site) -> str:
    config = load_config(str(site.write_config()), site_dir=str(site.root / "site"))
    config.plugins.on_startup(command="serve", dirty=False)
    build(config)
    return (site.root / "site/postmortems/a/index.html").read_text(encoding="utf-8")


def test_each_problem_leads_to_its_line(site: Site, page: Page) -> None:
    site.options = {"editor": "vscode"}
    file = site.write("postmortems/a.md", page(("severity: SEV2", "severity: SEV9")))

    assert f'href="vscode://file{file.as_posix()}:5:13"' in served(site)


@pytest.mark.parametrize("options", [{"panel": "always"}, {"panel": "always", "editor": "vscode"}])
def test_a_build_names_no_folder_of_the_machine(site: Site, page: Page, options: dict) -> None:
    site.options = {"on_error": "warn", **options}
    site.write("postmortems/a.md", page(("severity: SEV2", "severity: SEV9")))

    built = site.build()

    assert "pm-problems" in built.page()
    for file in built.folder.rglob("*"):
        if file.suffix in (".html", ".json", ".js", ".xml", ".csv"):
            text = file.read_text(encoding="utf-8")
            assert "vscode:" not in text, file
            assert str(site.root) not in text, file


def test_a_page_cannot_lead_into_the_editor_elsewhere(site: Site, page: Page) -> None:
    site.options = {"editor": "vscode"}
    bad = '"[x](vscode://file/etc/passwd:1:1)"'
    site.write("postmortems/a.md", page(("severity: SEV2", f"severity: {bad}")))

    addresses = re.findall(r'href="(vscode:[^"]*)', served(site))

    assert addresses
    assert not [address for address in addresses if "passwd" in address]


@pytest.mark.parametrize("name", EDITORS)
def test_every_editor_gets_file_and_line(name: str) -> None:
    address = editor_address(name, "/docs/a b.md")

    assert "/docs/a%20b.md" in address
    assert "{line}" in address
    assert "file//" not in address.replace("://", "")


def test_a_path_of_windows_becomes_one_of_addresses() -> None:
    address = editor_address("vscode", str(Path("C:\\docs\\a.md")).replace("/", "\\"))

    assert address == "vscode://file/C:/docs/a.md:{line}:{column}"


@pytest.mark.parametrize("text", ["emacs", "javascript:alert(1)//{file}", "x://no-file", "{file}"])
def test_what_is_not_an_editor_is_refused(text: str) -> None:
    assert editor_fault(text).startswith("editor: ")


def test_an_address_of_ones_own_will_do() -> None:
    assert editor_fault("emacs://open?file={file}&line={line}") == ""
