"""The Python-Markdown extension: it puts box, timeline, lists and panel into a page's tree.

The host's own Markdown renders the author's text; no file and no rendered HTML is rewritten.
"""

from mkdocs_postmortem.hosts.markdown.extension import PostmortemExtension, makeExtension
