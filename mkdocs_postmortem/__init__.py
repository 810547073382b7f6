"""Postmortems as Markdown: read, checked, shown and gathered into an archive.

Data flows one way: text → record → rules → catalog → pages and files. Each folder is one step,
and imports only from the steps before it (``tests/test_layers.py`` holds that).
"""

__version__ = "0.1.0"
