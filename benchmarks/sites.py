"""The same postmortems as sites of several kinds, to be built against each other."""

from __future__ import annotations

from pathlib import Path

import yaml
from pages import write_pages

_COMMON = {
    "site_name": "Benchmark",
    "site_url": "https://example.com/",
    "theme": {"name": "material", "font": False},
}
_OURS = {"postmortem": {"on_error": "warn", "today": "2026-11-24"}}
_BLOG = {"blog": {"blog_dir": ".", "post_dir": "postmortems", "post_url_format": "{slug}"}}
# What each kind of site adds; ``bare`` keeps the pages out of the sidebar, as ours does.
_KINDS: dict[str, dict[str, object]] = {
    "ours": {"plugins": ["search", _OURS]},
    "bare": {"plugins": ["search"], "not_in_nav": "/postmortems/"},
    "sidebar": {"plugins": ["search"]},
    "blog": {"plugins": ["search", _BLOG]},
}


def write_site(root: Path, count: int) -> None:
    """``count`` pages below ``root/docs``, and a configuration ``root/<kind>.yml`` for each kind.

    The blog has the same pages with the line that it needs, in ``root/dated``.
    """
    write_pages(root / "docs/postmortems", count)
    (root / "docs/index.md").write_text("# Home\n", encoding="utf-8")
    dated = root / "dated/postmortems"
    dated.mkdir(parents=True)
    (root / "dated/index.md").write_text("# Home\n", encoding="utf-8")
    for file in sorted((root / "docs/postmortems").glob("*.md")):
        text = file.read_text(encoding="utf-8")
        day = text.partition("  started: ")[2][:10]
        (dated / file.name).write_text(f"---\ndate: {day}\n{text[4:]}", encoding="utf-8")
    for kind, own in _KINDS.items():
        docs = {"docs_dir": "dated"} if kind == "blog" else {}
        config = yaml.safe_dump({**_COMMON, **docs, **own})
        (root / f"{kind}.yml").write_text(config, encoding="utf-8")
