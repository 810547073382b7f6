"""Postmortems as Markdown: read, checked, shown and gathered into an archive.

Data flows one way: text → record → rules → catalog → pages and files. Each folder is one step,
and imports only from the steps before it (``tests/test_layers.py`` checks this).
"""

from pathlib import Path

__version__ = "0.1.0"


def data_folder(name: str) -> Path:
    """Return the folder ``schemas`` or ``template``; FileNotFoundError if it was not installed.

    In a wheel it is inside the package, in a checkout and an editable install next to it.
    """
    package = Path(__file__).resolve().parent
    for parent in (package, package.parent):
        if (parent / name).is_dir():
            return parent / name
    raise FileNotFoundError(f"{name}/ is not part of this installation of mkdocs-postmortem")
