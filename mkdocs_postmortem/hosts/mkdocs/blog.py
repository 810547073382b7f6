"""Posts of Material's blog, which may be postmortems.

The blog reads its posts from disk while it lists files, marks them as excluded until it builds the
navigation, and keeps its own list of them: what MkDocs knows of their files is not enough.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page as HostPage

from mkdocs_postmortem.catalog import Site
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.reading import read_file


def published_posts(config: MkDocsConfig) -> dict[str, HostPage]:
    """The posts that the site will have, by the paths of their files. Known after the blog has
    listed files; drafts are not among them.
    """
    blogs = (getattr(plugin, "blog", None) for plugin in config.plugins.values())
    return {post.file.src_uri: post for blog in blogs for post in getattr(blog, "posts", ())}


def is_draft_post(file: File) -> bool:
    """Whether the blog has read the file as a post; asked of those that it does not publish."""
    return type(file.page).__module__.startswith("material.plugins.blog")


def replace_front_matter(posts: Mapping[str, HostPage], site: Site, settings: Settings) -> None:
    """Give posts the front matter that the audience may see, since the blog has read the file."""
    for path, post in posts.items():
        page = site.pages.get(path)
        if page is None or page.source is None:
            continue
        whole = read_file(path, Path(post.file.abs_src_path or ""), settings)
        for key in whole.typed.data if whole else ():
            post.meta.pop(key, None)
        post.meta.update(page.front.data)
