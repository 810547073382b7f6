"""Text → record or findings: front matter, sections, times, timeline, tasks.

Nothing here decides how bad something is; readers report what they found at its place.
"""

from mkdocs_postmortem.reading.directives import Directive, find_directives, read_directive
from mkdocs_postmortem.reading.page import Page, is_expected, read_file, read_page

__all__ = [
    "Directive",
    "Page",
    "find_directives",
    "is_expected",
    "read_directive",
    "read_file",
    "read_page",
]
