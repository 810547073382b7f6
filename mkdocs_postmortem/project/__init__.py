"""The site around a file: its configuration and its docs folder, read without its host."""

from mkdocs_postmortem.project.configuration import (
    CONFIG_NAMES,
    ProjectError,
    find_config,
    plugin_options,
    read_config,
)
from mkdocs_postmortem.project.generated import Generated, generate
from mkdocs_postmortem.project.project import (
    Project,
    find_manifests,
    find_project,
    load_project,
    site_messages,
    site_templates,
)
