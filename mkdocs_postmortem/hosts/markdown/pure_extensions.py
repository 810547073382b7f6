"""Which Markdown extensions read nothing but the text of a page and their options."""

from __future__ import annotations

import re
from typing import Any

from markdown.util import get_installed_extensions

from mkdocs_postmortem.hosts.markdown.extension import PostmortemExtension

_PURE = re.compile(
    r"markdown\.extensions\.\w+|pymdownx\.(?!snippets|b64)\w+|material\.extensions\."
)


def impure_name(extension: Any) -> str:
    """The name of an extension that may read more than the text; empty for any other."""
    if isinstance(extension, PostmortemExtension):
        return ""
    name = extension if isinstance(extension, str) else type(extension).__module__
    short = {entry.name: entry.value.partition(":")[0] for entry in get_installed_extensions()}
    return "" if _PURE.match(short.get(name, name)) else name
