"""Exports of incident tools → drafts: files are read, records found, pages written.

A new tool is one file in ``sources``: which JSON objects are its own, and which fields say what.
"""

from mkdocs_postmortem.importing.extract import find_incidents
from mkdocs_postmortem.importing.incident import Incident
from mkdocs_postmortem.importing.page import (
    ImportedPage,
    ImportOptions,
    is_untouched,
    write_page,
    written_digest,
)
from mkdocs_postmortem.importing.payload import Document, PayloadError, read_documents, summarize
from mkdocs_postmortem.importing.sources import SOURCES
