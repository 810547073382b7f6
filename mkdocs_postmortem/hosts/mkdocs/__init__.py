"""The MkDocs plugin: unpack the host's values, call the core, hand back."""

from mkdocs_postmortem.hosts.mkdocs.plugin import PostmortemPlugin
