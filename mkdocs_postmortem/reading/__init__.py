"""Text → record or findings: front matter, sections, times, timeline, tasks.

Nothing here decides how bad something is; readers report what they found at its place.
"""

from mkdocs_postmortem.reading.directives import Directive, find_directives, read_directive
from mkdocs_postmortem.reading.internal_blocks import (
    Blocks,
    may_have_markers,
    read_blocks,
    without_internal,
)
from mkdocs_postmortem.reading.membership import (
    is_about_folder,
    is_expected,
    is_matched,
    left_out_finding,
)
from mkdocs_postmortem.reading.page import Page, is_hidden, public_page, read_file, read_page
