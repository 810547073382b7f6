"""Where a site has our stylesheet and scripts, below its root."""

from __future__ import annotations

ASSET_FOLDER = "assets/mkdocs-postmortem"
STYLESHEET = f"{ASSET_FOLDER}/postmortem.css"
SCRIPTS = tuple(f"{ASSET_FOLDER}/{name}" for name in ("postmortem.js", "lists.js"))
