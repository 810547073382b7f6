"""A short round of ``make soak``: a server lives through any edit and shows what a build does."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import soak
from drawn_site import Site


@pytest.mark.skipif(sys.platform != "linux", reason="reads memory from /proc and forks")
def test_a_server_lives_through_random_edits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1774000000")
    done = soak.soak(tmp_path, 12, "mkdocs", seed=7, compare_every=4)
    assert sum(done.edits.counts.values()) == 12
    assert done.compared == 3


def test_a_broken_schema_stops_a_build_and_not_a_server(
    site: Site, page: Callable[..., str]
) -> None:
    site.write("postmortems/a.md", page())
    (site.root / "company.yml").write_text("$ref: ../../etc/passwd\n", encoding="utf-8")
    site.options["schema"] = "company.yml"
    assert site.build().error is not None

    built = site.build(command="serve")
    assert built.error is None
    assert any("does not resolve" in text for text in built.messages())
    for path in ("postmortems/a/", "postmortems/"):
        assert "PM006" in built.main(path)


def test_a_server_leaves_its_garbage_to_the_collector(site: Site, page: Callable[..., str]) -> None:
    """Frozen at each build, what the previous one left behind would stay: 2 MB under Material."""
    site.write("postmortems/a.md", page())
    gc.unfreeze()

    assert site.build(command="serve").error is None
    assert gc.get_freeze_count() < 1_000
