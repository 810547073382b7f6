"""What plugins beside ours have to know of the files that we make."""

from __future__ import annotations

from collections.abc import Iterable

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page

from mkdocs_postmortem.publishing import ASSET_FOLDER


def built_language(config: MkDocsConfig) -> str | None:
    """The language that static-i18n is building now; it builds the site once for each."""
    return getattr(config.plugins.get("i18n"), "current_language", None)


def default_language(config: MkDocsConfig) -> str | None:
    """The language whose pages static-i18n builds without a folder of their own."""
    return getattr(config.plugins.get("i18n"), "default_language", built_language(config))


def assign_language_folder(made: Iterable[File], config: MkDocsConfig) -> None:
    """Put our files into the folder of the language that is being built.

    static-i18n asks each page for these attributes, and does not know files without a source.
    """
    language = built_language(config)
    if language is None:
        return
    default = default_language(config)
    for file in made:
        if file.src_uri.startswith(f"{ASSET_FOLDER}/"):
            continue
        if language != default:
            file.dest_uri = f"{language}/{file.dest_uri}"
            for known in ("url", "abs_dest_path"):  # made of the former place
                file.__dict__.pop(known, None)
        about = {
            "alternates": {language: file},
            "locale": language,
            "locale_alternate_of": language,
            "localization": None,
            "norm_src_uri": file.src_uri,
        }
        file.__dict__.update(about)


def mark_draft_for_rss(page: Page, config: MkDocsConfig) -> None:
    """The rss plugin asks for the date of each page's file, and a made page has none."""
    if "rss" in config.plugins and page.file.generated_by is not None:
        page.meta.setdefault("draft", True)
