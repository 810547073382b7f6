"""Folders of data that the package ships."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def data_folder(name: str) -> Path:
    """Return the folder ``schemas`` or ``template``; FileNotFoundError if it was not installed.

    In a wheel it is inside the package, in a checkout and an editable install next to it.
    """
    for parent in (_PACKAGE, _PACKAGE.parent):
        if (parent / name).is_dir():
            return parent / name
    raise FileNotFoundError(f"{name}/ is not part of this installation of mkdocs-postmortem")
