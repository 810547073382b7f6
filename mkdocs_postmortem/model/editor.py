"""Addresses that open a line of a file in an editor on the reader's own machine."""

from __future__ import annotations

import re
from urllib.parse import quote

# As their makers document them. {file} begins with a slash on every system.
EDITORS = {
    "vscode": "vscode://file{file}:{line}:{column}",
    "vscodium": "vscodium://file{file}:{line}:{column}",
    "cursor": "cursor://file{file}:{line}:{column}",
    "zed": "zed://file{file}:{line}:{column}",
    "idea": "idea://open?file={file}&line={line}&column={column}",
    "textmate": "txmt://open?url=file://{file}&line={line}&column={column}",
}
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_RUNS_CODE = ("javascript", "vbscript", "data", "blob")


def editor_fault(text: str) -> str:
    """Why a value of the option ``editor`` cannot be used; empty if it can."""
    if text in EDITORS:
        return ""
    scheme = _SCHEME.match(text)
    if scheme and scheme.group()[:-1].lower() not in _RUNS_CODE and "{file}" in text:
        return ""
    known = ", ".join(f"`{name}`" for name in EDITORS)
    return (
        f"editor: `{text}` is not one of {known}, and no address with `{{file}}` in it, "
        "such as `myeditor://open?path={file}&line={line}`."
    )


def editor_address(text: str, file: str) -> str:
    """The address for a file, with ``{line}`` and ``{column}`` still in it.

    >>> editor_address("vscode", "/docs/a b.md")
    'vscode://file/docs/a%20b.md:{line}:{column}'
    """
    path = "/" + file.replace("\\", "/").lstrip("/")
    return EDITORS.get(text, text).replace("{file}", quote(path, safe="/:"))
