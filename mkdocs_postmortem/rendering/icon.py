"""An icon as inline SVG: ours, or the one that a theme has under ``postmortem/icons/``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree

from jinja2 import TemplateRuntimeError
from markupsafe import Markup

from mkdocs_postmortem.rendering.icons import PATHS

_SVG = "{http://www.w3.org/2000/svg}"
_BOX = re.compile(r"-?[\d.]+(?:[ ,]+-?[\d.]+){3}\Z")
_DATA = re.compile(r"[MmLlHhVvCcSsQqTtAaZzEe\d\s.,+-]+\Z")
_MOST = 20_000  # bytes; an icon has some hundred


def icon(name: str, custom_dirs: Sequence[Path] = ()) -> Markup:
    """The icon of a name. It repeats a label, so it is hidden from screen readers.

    Raises jinja2.TemplateRuntimeError for a file of a theme's that is no picture of paths.
    """
    files = (folder / "postmortem" / "icons" / f"{name}.svg" for folder in custom_dirs)
    file = next((path for path in files if path.is_file()), None)
    # Looked up anew each time: a theme's author may be at work on it.
    return _markup(*_own(file)) if file else _markup("0 0 24 24", (PATHS.get(name, PATHS["note"]),))


@lru_cache(maxsize=256)
def _markup(box: str, paths: tuple[str, ...]) -> Markup:
    shapes = Markup().join(Markup('<path d="{}"/>').format(data) for data in paths)
    return Markup(
        # The size is for readers that take our stylesheet away.
        '<svg class="pm-icon" viewBox="{}" width="18" height="18" aria-hidden="true" '
        'focusable="false">{}</svg>'
    ).format(box, shapes)


def _own(file: Path) -> tuple[str, tuple[str, ...]]:
    """View box and paths of a file. Colours and everything else come from our stylesheet."""
    try:
        text = file.read_text(encoding="utf-8-sig")
        # Entities could make much of little, and no icon needs one.
        root = ElementTree.fromstring(text) if _is_plain(text) else None  # noqa: S314
    except (OSError, ValueError, ElementTree.ParseError) as error:
        raise TemplateRuntimeError(f"icons/{file.name}: it cannot be read: {error}") from error
    box = root.get("viewBox", "") if root is not None else ""
    paths = [item.get("d", "") for item in root.iter(f"{_SVG}path")] if root is not None else []
    if not paths or not _BOX.match(box) or not all(map(_DATA.match, paths)):
        raise TemplateRuntimeError(
            f"icons/{file.name}: it has to be an SVG of at most {_MOST:,} bytes with a `viewBox` "
            "and with `path` elements, and without a document type."
        )
    return box, tuple(paths)


def _is_plain(text: str) -> bool:
    return len(text) <= _MOST and "<!DOCTYPE" not in text.upper() and "<!ENTITY" not in text.upper()
