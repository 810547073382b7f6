"""Record or catalog → HTML fragments, by Jinja with autoescape on.

Every fragment is well-formed XML, because the Markdown extension puts it into the page's tree.
Elements with ``data-markdown`` hold the author's inline Markdown; all other text is plain.
"""

from mkdocs_postmortem.rendering.entries import EntryView, entry_views, render_bar
from mkdocs_postmortem.rendering.environment import TemplateError, asset_text
from mkdocs_postmortem.rendering.foot import render_foot
from mkdocs_postmortem.rendering.groups import render_groups
from mkdocs_postmortem.rendering.heads import render_heads
from mkdocs_postmortem.rendering.index import index_data, render_index
from mkdocs_postmortem.rendering.mould import (
    MARK,
    Cast,
    Joined,
    Mould,
    Rendered,
    marked,
    mould_from,
)
from mkdocs_postmortem.rendering.panel import render_panel
from mkdocs_postmortem.rendering.quotes import render_quoted_summary, render_quoted_timeline
from mkdocs_postmortem.rendering.repeats import render_repeats
from mkdocs_postmortem.rendering.rows import is_long
from mkdocs_postmortem.rendering.stats import render_stats
from mkdocs_postmortem.rendering.summary import render_summary
from mkdocs_postmortem.rendering.task_list import render_tasks, task_positions, tasks_data
from mkdocs_postmortem.rendering.translations import TranslationError, own_languages
from mkdocs_postmortem.rendering.view import PageView, RowFile, SiteView
from mkdocs_postmortem.rendering.vocabulary import Vocabulary, vocabulary

__all__ = [
    "MARK",
    "Cast",
    "EntryView",
    "Joined",
    "Mould",
    "PageView",
    "Rendered",
    "RowFile",
    "SiteView",
    "TemplateError",
    "TranslationError",
    "Vocabulary",
    "asset_text",
    "entry_views",
    "index_data",
    "is_long",
    "marked",
    "mould_from",
    "own_languages",
    "render_bar",
    "render_foot",
    "render_groups",
    "render_heads",
    "render_index",
    "render_panel",
    "render_quoted_summary",
    "render_quoted_timeline",
    "render_repeats",
    "render_stats",
    "render_summary",
    "render_tasks",
    "task_positions",
    "tasks_data",
    "vocabulary",
]
