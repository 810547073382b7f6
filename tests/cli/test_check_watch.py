"""``check --watch``: each change is judged, and only what has changed is read again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import CliRunner
from drawn_site import PAGE, Site

from mkdocs_postmortem.catalog import check_pages
from mkdocs_postmortem.cli import main
from mkdocs_postmortem.reading.page import Page

BAD = PAGE.replace("severity: SEV2", "severity: SEV9")


def watch(site: Site, monkeypatch: pytest.MonkeyPatch, *steps: Callable[[], object]) -> str:
    """What is printed at first and after each step, until Ctrl-C."""
    waiting = iter(steps)

    def pause(_: float) -> None:
        step = next(waiting, None)
        if step is None:
            raise KeyboardInterrupt
        step()

    monkeypatch.setattr("time.sleep", pause)
    result = CliRunner().invoke(main, ["check", "--watch", "--level", "error", str(site.root)])
    assert result.exit_code == 130, result.output
    return result.output


def test_only_what_has_changed_is_read_again(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.write_config()
    for name in "abc":
        site.write(f"postmortems/{name}.md", PAGE.replace("PM-1", f"PM-{name}"))
    paths: list[str] = []
    read_page = check_pages.read_page

    def counted(path: str, *rest: object) -> Page | None:
        paths.append(path)
        return read_page(path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(check_pages, "read_page", counted)
    printed = watch(
        site,
        monkeypatch,
        lambda: site.write("postmortems/b.md", BAD),
        lambda: site.write("postmortems/b.md", PAGE.replace("PM-1", "PM-b")),
        lambda: site.write("postmortems/d.md", BAD.replace("PM-1", "PM-d")),
        (site.root / "docs/postmortems/d.md").unlink,
    )

    own = [path.rpartition("/")[2] for path in paths if path.startswith("postmortems/")]
    assert own == ["a.md", "b.md", "c.md", "b.md", "b.md", "d.md"]
    assert [line for line in printed.splitlines() if "postmortems:" in line] == [
        "3 postmortems: no problems.",
        "3 postmortems: 1 error.",
        "3 postmortems: no problems.",
        "4 postmortems: 1 error.",
        "3 postmortems: no problems.",
    ]
