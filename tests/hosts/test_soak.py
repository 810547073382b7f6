"""A short round of ``make soak``: a server lives through any edit and shows what a build does."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import pytest
import soak
from drawn_site import Site

from mkdocs_postmortem.hosts.mkdocs import PostmortemPlugin


@pytest.mark.skipif(sys.platform != "linux", reason="reads memory from /proc and forks")
def test_a_server_lives_through_random_edits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1774000000")
    done = soak.soak(tmp_path, 12, "mkdocs", seed=7, compare_every=4)
    assert sum(done.edits.counts.values()) == 12
    assert done.compared == 3


def test_a_broken_schema_stops_a_build_and_not_a_server(
    site: Site, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write("postmortems/a.md", page())  # type: ignore[operator]
    (site.root / "company.yml").write_text("$ref: ../../etc/passwd\n", encoding="utf-8")
    site.options["schema"] = "company.yml"
    assert site.build().error is not None

    def serve(self: PostmortemPlugin, *, command: str, dirty: bool) -> None:
        self._is_serve = True

    monkeypatch.setattr(PostmortemPlugin, "on_startup", serve)
    built = site.build()
    assert built.error is None
    assert any("does not resolve" in text for text in built.messages())
    for path in ("postmortems/a/", "postmortems/"):
        assert "PM006" in built.main(path)


def test_a_server_leaves_its_garbage_to_the_collector(
    site: Site, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Frozen at each build, what the one before left behind would stay: 2 MB under Material."""
    site.write("postmortems/a.md", page())  # type: ignore[operator]
    gc.unfreeze()

    def serve(self: PostmortemPlugin, *, command: str, dirty: bool) -> None:
        self._is_serve = True

    monkeypatch.setattr(PostmortemPlugin, "on_startup", serve)
    assert site.build().error is None
    assert gc.get_freeze_count() < 1_000
