"""Publishes the schemas with the docs, at the addresses that their `$id`s name."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

ROOT = Path(__file__).resolve().parents[1]


def on_files(files: Files, config: MkDocsConfig) -> Files:
    for file in sorted((ROOT / "schemas").glob("*.json")):
        text = file.read_text(encoding="utf-8")
        files.append(File.generated(config, f"schemas/1/{file.name}", content=text))
    return files
