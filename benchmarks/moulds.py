"""What a box, the heads of a timeline and a foot take from moulds, against filling the templates.

    moulds.py [--pages 500] [--rounds 5]

With a folder of a theme's, even an empty one, the templates are filled for each page, in a sandbox.
Each figure is the median of the ratios of neighbours in time; milliseconds of processor time a page
stand beside it.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from pages import write_pages

from mkdocs_postmortem.catalog import Catalog, repeats
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.reading import read_page
from mkdocs_postmortem.rendering import (
    PageView,
    SiteView,
    entry_views,
    render_foot,
    render_heads,
    render_summary,
)

Render = Callable[[PageView, tuple[Path, ...]], Sequence[object]]
_RENDERERS: dict[str, Render] = {
    "the box": lambda view, folders: [render_summary(view, folders)],
    "the heads": lambda view, folders: render_heads(entry_views(_known(view)), folders),
    "the foot": lambda view, folders: [render_foot(view, folders)],
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=5)
    wish = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        views = site(Path(name) / "docs", wish.pages)
        for what, render in _RENDERERS.items():
            pairs = [
                (took(render, views, ()), took(render, views, (Path(name),)))
                for _ in range(wish.rounds)
            ]
            cast, filled = (min(pair[side] for pair in pairs) for side in (0, 1))
            share = statistics.median(one / other for one, other in pairs)
            print(f"{what}: {share:.2f} of the template's time ({cast:.3f} of {filled:.3f} ms)")


def site(folder: Path, count: int) -> list[PageView]:
    write_pages(folder / "postmortems", count)
    paths = sorted((folder / "postmortems").iterdir())
    settings = Settings()
    found = [read_page(f"postmortems/{path.name}", path.read_bytes(), settings) for path in paths]
    catalog = Catalog(page.record for page in found if page and page.record)
    view = SiteView(catalog, date(2026, 11, 24), repeats(catalog, settings), index="index.md")
    return [PageView(record.path, view, record) for record in catalog.records]


def took(render: Render, views: Sequence[PageView], folders: tuple[Path, ...]) -> float:
    """Milliseconds a page, the markup put together."""
    begin = time.process_time()
    for view in views:
        for part in render(view, folders):
            str(part)
    return (time.process_time() - begin) / len(views) * 1000


def _known(view: PageView) -> Any:
    return view.record


if __name__ == "__main__":
    main()
