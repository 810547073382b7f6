"""Icons of a theme's own, and what may not be one."""

from __future__ import annotations

from pathlib import Path

import pytest
from drawn_site import PAGE, Site
from jinja2 import TemplateRuntimeError

from mkdocs_postmortem.rendering import templates
from mkdocs_postmortem.rendering.templates import icon

OURS = Path(templates.__file__).parent / "templates"
OWN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><g><path d="M1 2h3z"/></g></svg>'


def own(folder: Path, text: str) -> tuple[Path, ...]:
    file = folder / "postmortem/icons/started.svg"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    return (folder / "postmortem", OURS)


def test_a_theme_has_icons_of_its_own(tmp_path: Path) -> None:
    folders = own(tmp_path, OWN)

    assert 'viewBox="0 0 16 16"' in icon("started", folders)
    assert '<path d="M1 2h3z"/>' in icon("started", folders)
    assert icon("resolved", folders) == icon("resolved", [OURS])
    assert icon("unknown", folders) == icon("note", [OURS])


@pytest.mark.parametrize("file", sorted((OURS / "icons").iterdir()), ids=lambda file: file.stem)
def test_ours_are_such_pictures_too(file: Path) -> None:
    assert icon(file.stem, [OURS]).count("<path d=") == 1


@pytest.mark.parametrize(
    "text",
    [
        "no picture",
        "<svg/>",
        OWN.replace("M1 2h3z", "url(javascript:alert(1))"),
        OWN.replace("0 0 16 16", '"><script>'),
        OWN.replace("<svg", '<!DOCTYPE svg [<!ENTITY a "b">]><svg'),
        OWN.replace("M1 2h3z", "M1 2" * 10_000),
    ],
)
def test_what_is_not_a_picture_of_paths_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(TemplateRuntimeError, match=r"icons/started\.svg"):
        icon("started", own(tmp_path, text))


def test_a_site_shows_them_and_reports_a_wrong_one(site: Site) -> None:
    site.write("postmortems/a.md", PAGE)
    own(site.root / "theme", OWN)
    theme = {"name": "mkdocs", "custom_dir": str(site.root / "theme")}

    assert 'd="M1 2h3z"' in site.build(theme=theme).page()
    (site.root / "theme/postmortem/icons/detected.svg").write_text("no", encoding="utf-8")
    assert "icons/detected.svg" in "\n".join(site.build(theme=theme).messages())
