"""``python scripts/release.py v1.2.0``: does the tag fit the version and the changelog?"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def wrong(tag: str, package: str, changelog: str) -> str | None:
    """What keeps a tag from being released: the version, or a changelog that is not cut."""
    found = re.search(r'^__version__ = "(.+)"$', package, re.M)
    version = found[1] if found else ""
    if tag != f"v{version}":
        return f"The tag is {tag}, the package's version {version}."
    if not re.search(rf"^## {re.escape(version)} \(\d{{4}}-\d\d-\d\d\)$", changelog, re.M):
        return f"CHANGELOG.md has no section `## {version} (YYYY-MM-DD)`."
    return None


if __name__ == "__main__":
    package = (ROOT / "mkdocs_postmortem/__init__.py").read_text(encoding="utf-8")
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    sys.exit(wrong(sys.argv[1], package, changelog))
