"""Catalog and problems → files and reports; files are written completely or not at all."""

from mkdocs_postmortem.publishing.addresses import ASSET_FOLDER, SCRIPTS, STYLESHEET, page_address
from mkdocs_postmortem.publishing.atomic import (
    is_linked,
    target_of,
    write_folder,
    write_whole,
)
from mkdocs_postmortem.publishing.bundle import DATA_NAMES, Publication, bundle
from mkdocs_postmortem.publishing.dataset import as_dataset, check_dataset, load_dataset
from mkdocs_postmortem.publishing.extras import MissingExtraError
from mkdocs_postmortem.publishing.feeds import as_atom, as_calendar, as_json_feed
from mkdocs_postmortem.publishing.generated_files import (
    MANIFEST_NAME,
    Manifest,
    ManifestError,
    Outcome,
    compare,
    read_manifest,
    write_made,
)
from mkdocs_postmortem.publishing.hub import (
    HUB_FOLDER,
    FetchError,
    Hub,
    fetch_dataset,
    hub_files,
    read_hub,
    text_of,
)
from mkdocs_postmortem.publishing.leaks import Leak, LeakSearch, has_marker
from mkdocs_postmortem.publishing.list_pages import (
    index_page,
    index_path,
    list_pages,
    values_without_page,
)
from mkdocs_postmortem.publishing.markdown_index import (
    BlockError,
    MarkdownIndex,
    read_block,
    with_block,
)
from mkdocs_postmortem.publishing.page_copy import as_confluence, as_gfm, as_html
from mkdocs_postmortem.publishing.parquet import Source, as_parquet
from mkdocs_postmortem.publishing.reports import REPORTS
from mkdocs_postmortem.publishing.tables import (
    TASK_COLUMNS,
    as_csv,
    as_markdown,
    as_sqlite,
    record_columns,
    record_row,
    task_row,
)
