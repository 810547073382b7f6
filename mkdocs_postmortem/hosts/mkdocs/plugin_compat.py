"""What other plugins do, and have to know of the files that we make.

Posts of Material's blog may be postmortems. The blog reads its posts from disk while it lists
files, marks them as excluded until it builds the navigation, and keeps its own list of them: what
MkDocs knows of their files is not enough.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page

from mkdocs_postmortem.catalog.site import Site
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.publishing.list_pages import ASSET_FOLDER
from mkdocs_postmortem.reading.page import read_file

_OURS = __name__.partition(".")[0]
# These two add to their own index in the event of a page's context, and do nothing else there.
SEARCHES = ("material.plugins.search.plugin", "mkdocs.contrib.search")


def other_plugins(config: MkDocsConfig, *events: str) -> Iterator[str]:
    """The names of plugins and hooks that take part in events; ours and searches do not count."""
    names = {id(plugin): name for name, plugin in config.plugins.items()}
    for event in events:
        for method in map(inspect.unwrap, config.plugins.events[event]):
            module = str(getattr(method, "__module__", ""))
            if module.partition(".")[0] != _OURS and module not in SEARCHES:
                yield names.get(id(getattr(method, "__self__", None)), module)


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


def published_posts(config: MkDocsConfig) -> dict[str, Page]:
    """The posts that the site will have, by the paths of their files. Known after the blog has
    listed files; drafts are not among them.
    """
    blogs = (getattr(plugin, "blog", None) for plugin in config.plugins.values())
    return {post.file.src_uri: post for blog in blogs for post in getattr(blog, "posts", ())}


def is_draft_post(file: File) -> bool:
    """Whether the blog has read the file as a post; asked of those that it does not publish."""
    return type(file.page).__module__.startswith("material.plugins.blog")


def replace_front_matter(posts: Mapping[str, Page], site: Site, settings: Settings) -> None:
    """Give posts the front matter that the audience may see, since the blog has read the file."""
    for path, post in posts.items():
        page = site.pages.get(path)
        if page is None or page.source is None:
            continue
        whole = read_file(path, Path(post.file.abs_src_path or ""), settings)
        for key in whole.typed.data if whole else ():
            post.meta.pop(key, None)
        post.meta.update(page.front.data)
