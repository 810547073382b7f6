"""A site drawn in the test: files in, pages and log lines out."""

from __future__ import annotations

import logging
import re
import textwrap
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

PAGE = """\
---
title: Checkout was down
postmortem:
  id: PM-1
  severity: SEV2
  services: [checkout]
  timezone: Europe/Paris
  started: 2026-03-14 09:12
  detected: 2026-03-14 09:19
  mitigated: 2026-03-14 09:51
  resolved: 2026-03-14 09:59
  impact: Shoppers saw a 502 page.
  users_affected: 35%
  root_cause: The pool was too small.
  detected_by: monitor
---
# Checkout was down

## Timeline

- 09:12 **Started:** The deploy lowers the pool size.
- 09:19 **Detected:** The 5xx alert pages the on-call.
- 09:24 We look at the graphs.
- 09:31 **Misleading path:** The processor shows a delay.
- 09:33 **Escalated:** Platform joins.
- 09:51 **Mitigated:** The build is rolled back.
- 09:59 **Resolved:** Errors are back to normal.

## Root cause and resolution

The pool is a plain number.

## Corrective and preventative measures

- [ ] Check the number (@dana, due 2026-04-01)
"""


@dataclass
class Built:
    """A built site: its pages, the records of the log, and the error that stopped it (if any)."""

    folder: Path
    log: list[logging.LogRecord]
    error: Abort | None = None

    def page(self, path: str = "postmortems/a/") -> str:
        return (self.folder / path / "index.html").read_text(encoding="utf-8")

    def main(self, path: str = "postmortems/a/") -> str:
        """The page without the theme around it."""
        page = self.page(path)
        match = re.search(r"<article.*</article>|<div role=\"main\".*?<footer", page, re.DOTALL)
        return match.group() if match else page

    def messages(self, level: int = logging.WARNING) -> list[str]:
        return [record.getMessage() for record in self.log if record.levelno >= level]


@dataclass
class Site:
    """Files below ``docs/`` and the options of the plugin; ``build`` may be called again."""

    root: Path
    options: dict[str, Any] = field(default_factory=dict)
    config: dict[str, Any] = field(default_factory=dict)

    def write(self, path: str, text: str | bytes) -> Path:
        file = self.root / "docs" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(text, bytes):
            file.write_bytes(text)
        else:
            file.write_text(textwrap.dedent(text), encoding="utf-8", newline="")
        return file

    def write_config(self, **config: Any) -> Path:
        data = {
            "site_name": "Test",
            "theme": "mkdocs",
            "plugins": [{"postmortem": {"today": "2026-11-24", **self.options}}],
            **self.config,
            **config,
        }
        file = self.root / "mkdocs.yml"
        # A value `!ENV NAME` is a tag, and no text.
        text = re.sub(r"'(!ENV [^'\n]*)'", r"\1", yaml.safe_dump(data))
        file.write_text(text, encoding="utf-8")
        return file

    def build(
        self, command: Literal["build", "serve"] = "build", dirty: bool = False, **config: Any
    ) -> Built:
        records: list[logging.LogRecord] = []
        handler = logging.Handler()
        handler.emit = records.append  # type: ignore[method-assign]
        logger = logging.getLogger("mkdocs")
        logger.addHandler(handler)
        level = logger.level
        logger.setLevel(logging.DEBUG)
        built = Built(self.root / "site", records)
        loaded = load_config(str(self.write_config(**config)), site_dir=str(built.folder))
        loaded.plugins.on_startup(command=command, dirty=dirty)
        try:
            build(loaded, dirty=dirty)
        except Abort as error:
            built.error = error
        finally:
            logger.removeHandler(handler)
            logger.setLevel(level)
        return built
