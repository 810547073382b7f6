"""Record or catalog → HTML fragments, by Jinja with autoescape on.

An element with ``data-markdown`` holds the author's inline Markdown; all other text is plain.
"""

from mkdocs_postmortem.rendering.context import PageContext, RowFile, SiteContext, site_context
from mkdocs_postmortem.rendering.entries import EntryView
from mkdocs_postmortem.rendering.index import index_data, render_groups, render_index
from mkdocs_postmortem.rendering.links import relative
from mkdocs_postmortem.rendering.lists import is_long
from mkdocs_postmortem.rendering.messages import Messages, load_messages
from mkdocs_postmortem.rendering.panel import render_panel
from mkdocs_postmortem.rendering.repeats import (
    page_footer_fields,
    render_page_footer,
    render_repeats,
    repeats_fields,
)
from mkdocs_postmortem.rendering.stats import render_stats
from mkdocs_postmortem.rendering.summary import (
    render_breadcrumb,
    render_embedded_summary,
    render_summary,
    summary_fields,
)
from mkdocs_postmortem.rendering.task_list import (
    render_task_details,
    render_tasks,
    task_markdown,
    task_positions,
    tasks_data,
    tasks_fields,
)
from mkdocs_postmortem.rendering.templates import (
    TemplateError,
    Templates,
    asset_text,
    load_templates,
    without_control,
)
from mkdocs_postmortem.rendering.timeline import (
    render_embedded_timeline,
    render_entry_headers,
    render_toolbar,
)
from mkdocs_postmortem.rendering.translations import TranslationError, own_languages
