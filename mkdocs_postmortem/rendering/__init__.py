"""Record or catalog → HTML fragments, by Jinja with autoescape on.

An element with ``data-markdown`` holds the author's inline Markdown; all other text is plain.
"""

from mkdocs_postmortem.rendering.breadcrumb import render_breadcrumb
from mkdocs_postmortem.rendering.context import PageContext, RowFile, SiteContext
from mkdocs_postmortem.rendering.embeds import render_embedded_summary, render_embedded_timeline
from mkdocs_postmortem.rendering.entries import (
    EntryView,
    entry_views,
    render_heads,
    render_toolbar,
)
from mkdocs_postmortem.rendering.groups import render_groups
from mkdocs_postmortem.rendering.index import index_data, render_index
from mkdocs_postmortem.rendering.links import relative
from mkdocs_postmortem.rendering.page_footer import page_footer_fields, render_page_footer
from mkdocs_postmortem.rendering.panel import render_panel
from mkdocs_postmortem.rendering.repeats import render_repeats, repeats_fields
from mkdocs_postmortem.rendering.rows import is_long
from mkdocs_postmortem.rendering.stats import render_stats
from mkdocs_postmortem.rendering.summary import render_summary, summary_fields
from mkdocs_postmortem.rendering.task_details import render_task_details, task_markdown
from mkdocs_postmortem.rendering.task_list import (
    render_tasks,
    task_positions,
    tasks_data,
    tasks_fields,
)
from mkdocs_postmortem.rendering.templates import (
    TemplateError,
    Templates,
    asset_text,
    load_templates,
    split_parts,
)
from mkdocs_postmortem.rendering.translations import TranslationError, own_languages
from mkdocs_postmortem.rendering.vocabulary import Vocabulary, vocabulary
