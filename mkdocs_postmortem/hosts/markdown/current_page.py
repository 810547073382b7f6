"""The page that a converter works on, as its host leaves it there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from markdown import Markdown


@dataclass(frozen=True, slots=True)
class CurrentPage:
    """A page's path below the docs folder, and the root folder of its site.

    ``is_excerpt``: Material's blog shows the beginning of the page in a list, as it was written.
    ``rebases_links``: the host takes every relative address in the rendered page for one that is
    seen from the page's file, as Zensical does; others leave those in fragments as they are.
    """

    path: str
    root: Path
    is_excerpt: bool = False
    rebases_links: bool = False


def find_page(md: Markdown) -> CurrentPage | None:
    """None if the host tells nothing: then the text is no page of a site.

    MkDocs and ProperDocs hang the page on a tree processor, Zensical on a preprocessor.
    """
    for treeprocessor in md.treeprocessors:
        path = getattr(getattr(treeprocessor, "file", None), "src_uri", None)
        if isinstance(path, str):
            config = getattr(treeprocessor, "config", None)
            file = getattr(config, "config_file_path", None)
            root = Path(file).parent if isinstance(file, str) and file else Path()
            return CurrentPage(path, root, is_excerpt="excerpt" in md.treeprocessors)
    for preprocessor in md.preprocessors:
        path = getattr(getattr(preprocessor, "page", None), "path", None)
        config = getattr(preprocessor, "config", None)
        if isinstance(path, str) and isinstance(config, dict):
            return CurrentPage(path, Path(config.get("root_dir") or "."), rebases_links=True)
    return None
