"""Icons as inline SVG: ours, or those that a theme has under ``postmortem/icons/``.

Ours are from Material Design Icons (pictogrammers.com, Apache License 2.0), unchanged: path data for
a 24 by 24 box.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree

from jinja2 import TemplateRuntimeError
from markupsafe import Markup

# fmt: off
PATHS: dict[str, str] = {
    # flash-alert
    "started": "M5 2v11h3v9l7-12h-4l4-8m2 13h2v2h-2zm0-8h2v6h-2z",
    # radar
    "detected": "m19.07 4.93-1.41 1.41A8.01 8.01 0 0 1 20 12a8 8 0 0 1-8 8 8 8 0 0 1-8-8c0-4.08 3.05-7.44 7-7.93v2.02C8.16 6.57 6 9.03 6 12a6 6 0 0 0 6 6 6 6 0 0 0 6-6c0-1.66-.67-3.16-1.76-4.24l-1.41 1.41C15.55 9.9 16 10.9 16 12a4 4 0 0 1-4 4 4 4 0 0 1-4-4c0-1.86 1.28-3.41 3-3.86v2.14c-.6.35-1 .98-1 1.72a2 2 0 0 0 2 2 2 2 0 0 0 2-2c0-.74-.4-1.38-1-1.72V2h-1A10 10 0 0 0 2 12a10 10 0 0 0 10 10 10 10 0 0 0 10-10c0-2.76-1.12-5.26-2.93-7.07",
    # account-check
    "acknowledged": "m21.1 12.5 1.4 1.41-6.53 6.59L12.5 17l1.4-1.41 2.07 2.08zM10 17l3 3H3v-2c0-2.21 3.58-4 8-4l1.89.11zm1-13a4 4 0 0 1 4 4 4 4 0 0 1-4 4 4 4 0 0 1-4-4 4 4 0 0 1 4-4",
    # wrench
    "action": "m22.7 19-9.1-9.1c.9-2.3.4-5-1.5-6.9-2-2-5-2.4-7.4-1.3L9 6 6 9 1.6 4.7C.4 7.1.9 10.1 2.9 12.1c1.9 1.9 4.6 2.4 6.9 1.5l9.1 9.1c.4.4 1 .4 1.4 0l2.3-2.3c.5-.4.5-1.1.1-1.4",
    # lightbulb-question
    "assumption": "M8 2C4.1 2 1 5.1 1 9c0 2.4 1.2 4.5 3 5.7V17c0 .6.4 1 1 1h6c.6 0 1-.4 1-1v-2.3c1.8-1.3 3-3.4 3-5.7 0-3.9-3.1-7-7-7M5 21c0 .6.4 1 1 1h4c.6 0 1-.4 1-1v-1H5zm15.5-6.5V16H19v-1.5zm-2-5H17V9c0-1.7 1.3-3 3-3s3 1.3 3 3c0 1-.5 1.9-1.3 2.4l-.3.2c-.6.4-.9 1-.9 1.7v.2H19v-.2c0-1.2.6-2.3 1.6-2.9l.3-.2q.6-.45.6-1.2c0-.8-.7-1.5-1.5-1.5s-1.5.7-1.5 1.5z",
    # sign-direction-remove
    "misleading": "M13 20h.09a5.5 5.5 0 0 0 .72 2H9a2 2 0 0 1 2-2v-8H3.5L6 9.5 3.5 7H11V3l1-1 1 1v4h5l2.5 2.5L18 12h-5m8.12 3.46L19 17.59l-2.12-2.13-1.42 1.42L17.59 19l-2.13 2.12 1.42 1.42L19 20.41l2.12 2.13 1.42-1.42L20.41 19l2.13-2.12Z",
    # bullhorn
    "escalated": "M12 8H4a2 2 0 0 0-2 2v4a2 2 0 0 0 2 2h1v4a1 1 0 0 0 1 1h2a1 1 0 0 0 1-1v-4h3l5 4V4zm9.5 4c0 1.71-.96 3.26-2.5 4V8c1.53.75 2.5 2.3 2.5 4",
    # shield-check
    "mitigated": "m10 17-4-4 1.41-1.41L10 14.17l6.59-6.59L18 9m-6-8L3 5v6c0 5.55 3.84 10.74 9 12 5.16-1.26 9-6.45 9-12V5z",
    # check-circle
    "resolved": "M12 2C6.5 2 2 6.5 2 12s4.5 10 10 10 10-4.5 10-10S17.5 2 12 2m-2 15-5-5 1.41-1.41L10 14.17l7.59-7.59L19 8z",
    # note-text
    "note": "M14 10h5.5L14 4.5zM5 3h10l6 6v10a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5c0-1.11.89-2 2-2m0 9v2h14v-2zm0 4v2h9v-2z",
    # link-variant
    "link": "M10.59 13.41c.41.39.41 1.03 0 1.42-.39.39-1.03.39-1.42 0a5.003 5.003 0 0 1 0-7.07l3.54-3.54a5.003 5.003 0 0 1 7.07 0 5.003 5.003 0 0 1 0 7.07l-1.49 1.49c.01-.82-.12-1.64-.4-2.42l.47-.48a2.98 2.98 0 0 0 0-4.24 2.98 2.98 0 0 0-4.24 0l-3.53 3.53a2.98 2.98 0 0 0 0 4.24m2.82-4.24c.39-.39 1.03-.39 1.42 0a5.003 5.003 0 0 1 0 7.07l-3.54 3.54a5.003 5.003 0 0 1-7.07 0 5.003 5.003 0 0 1 0-7.07l1.49-1.49c-.01.82.12 1.64.4 2.43l-.47.47a2.98 2.98 0 0 0 0 4.24 2.98 2.98 0 0 0 4.24 0l3.53-3.53a2.98 2.98 0 0 0 0-4.24.973.973 0 0 1 0-1.42",
    # repeat
    "repeat": "M17 17H7v-3l-4 4 4 4v-3h12v-6h-2M7 7h10v3l4-4-4-4v3H5v6h2z",
    # alert-octagon
    "error": "M13 13h-2V7h2m-2 8h2v2h-2m4.73-14H8.27L3 8.27v7.46L8.27 21h7.46L21 15.73V8.27z",
    # alert
    "warning": "M13 14h-2V9h2m0 9h-2v-2h2M1 21h22L12 2z",
    # information
    "info": "M13 9h-2V7h2m0 10h-2v-6h2m-1-9A10 10 0 0 0 2 12a10 10 0 0 0 10 10 10 10 0 0 0 10-10A10 10 0 0 0 12 2",
}
# fmt: on
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


@lru_cache(maxsize=256)  # 3 % of a build: a page has one for each entry, of ten in all
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
