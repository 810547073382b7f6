"""The theme's output of pages, which a server renders again only if it would differ.

A template reads its page, the navigation and the configuration, so a key has all of these, and the
files of the theme. Of other pages it has everything but their texts: a template that reads these,
and a plugin that has a say in what templates get, turn the reuse off.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import mkdocs
from jinja2 import Environment, Template, nodes
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink

from mkdocs_postmortem.catalog.cache import Cache, digest
from mkdocs_postmortem.hosts.mkdocs.plugin_compat import other_plugins

log = get_plugin_logger(__name__)

# What of a page is no value of its own, or is in the key by itself.
_NOT_STATE = frozenset(
    "file parent children previous_page next_page content markdown toc links_to_anchors "
    "present_anchor_ids render active _Page__active".split()
)
# What a template may read of its own page only.
_TEXTS = frozenset(("content", "markdown", "content_string", "content_bytes"))
# Themes whose templates read no more of plugins than their options.
_THEMES = ("/material/templates/", "/mkdocs/themes/", "/mkdocs/contrib/search/")


class ThemedPages:
    """What the theme has made of the pages of a server's builds."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._site_key = ""
        self._paths: frozenset[str] = frozenset()
        self._others: frozenset[str] = frozenset()  # templates of no page
        self._reported: set[str] = set()
        # Builds in which a template read more than a key has.
        self._too_wide: set[str] = set()

    def begin(
        self, env: Environment, config: MkDocsConfig, nav: Navigation, paths: Iterable[str]
    ) -> None:
        """Have the pages with these paths take the output of a previous build, if it is what the
        theme would make of them.
        """
        self._site_key = ""
        blocker = next(other_plugins(config, "page_context", "env"), "")
        if blocker:
            self._report(f"the plugin {blocker}")
            return
        items = [*map(_item_state, nav.items), *map(page_state, nav.pages)]
        key = digest(mkdocs.__version__, _options(config), _theme(config), items)
        self._site_key = key if key not in self._too_wide else ""
        self._paths = frozenset(paths)
        self._others = frozenset(config.theme.static_templates)
        env.template_class = self._template_class(env.template_class)

    def _template_class(self, base: type[Template]) -> type[Template]:
        pages = self

        class ThemeTemplate(base):  # type: ignore[misc,valid-type]
            """A template that MkDocs gets by its name. Those that it includes are not rendered
            by this method.
            """

            def render(self, *args: Any, **named: Any) -> str:
                context = dict(*args, **named)
                page = context.get("page")
                if page is None or page.file.src_uri not in pages._paths:
                    return str(super().render(context))
                return pages._render(self, page, context, super().render)

        return ThemeTemplate

    def state(self, page: Page) -> str:
        """All that the output of a page is made from; nothing where that is not known."""
        # The home page shows the date of the build.
        if not self._site_key or page.is_homepage:
            return ""
        return digest(self._site_key, page_state(page), _around(page), page.content, page.markdown)

    def _render(self, template: Template, page: Page, context: dict[str, Any], render: Any) -> str:
        state = self.state(page)
        if not state:
            return str(render(context))
        key = ("theme", page.file.src_uri, template.name, state)
        if key not in self._cache:
            output = str(render(context))
            if reader := self._reader(template.environment):
                self._report(f"the template {reader}")
                self._too_wide.add(self._site_key)
                self._site_key = ""
                return output
            self._cache.get_or_build(key, lambda: zlib.compress(output.encode(), 1), once=True)
            return output
        return zlib.decompress(self._cache.get_or_build(key, bytes, once=True)).decode()

    def _reader(self, env: Environment) -> str:
        """The name of a template, of those that were used, that reads what no key has."""
        names = {name for _, name in env.cache} if env.cache else set()
        for name in sorted(names - self._others):
            source, file, _ = env.loader.get_source(env, name)  # type: ignore[union-attr]
            is_known = any(part in (file or "").replace(os.sep, "/") for part in _THEMES)
            key = ("template", source, is_known)
            build = partial(_reads_more, env, source, is_known=is_known)
            if self._cache.get_or_build(key, build, once=True):
                return name
        return ""

    def _report(self, reason: str) -> None:
        if reason not in self._reported:
            self._reported.add(reason)
            log.info(f"Pages go through the theme again at each save, because of {reason}.")


def _options(config: MkDocsConfig) -> list[object]:
    own = {name: value for name, value in config.items() if name not in ("plugins", "theme")}
    # Hooks are among the plugins, and have no options.
    plugins = [(name, dict(getattr(it, "config", {}))) for name, it in config.plugins.items()]
    return [own, plugins]


def _theme(config: MkDocsConfig) -> list[object]:
    theme = config.theme
    files = [list(_files(path, is_own=path == theme.custom_dir)) for path in theme.dirs]
    return [{name: theme[name] for name in theme}, files]


def _files(folder: str, *, is_own: bool) -> Iterator[tuple[str, int, int]]:
    """The files of a theme's folder, with their states. Material has ten thousand icons, and nobody
    edits those of a theme that is installed.
    """
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_dir():
                if is_own or entry.name != ".icons":
                    yield from _files(entry.path, is_own=is_own)
            else:
                about = entry.stat()
                yield entry.path, about.st_mtime_ns, about.st_size


def _item_state(item: StructureItem) -> object:
    own = {name: text for name, text in vars(item).items() if name not in _NOT_STATE}
    if isinstance(item, Page):
        return item.file.src_uri
    return (
        type(item).__name__,
        own,
        [_item_state(child) for child in getattr(item, "children", None) or ()],
    )


def page_state(page: Page) -> object:
    """All of a page but its texts."""
    file = page.file
    about = (file.src_uri, file.url, file.dest_uri, file.edit_uri, file.inclusion)
    own = {name: value for name, value in vars(page).items() if name not in _NOT_STATE}
    return about, page.title, own, [_anchor_state(item) for item in page.toc or ()]


def _anchor_state(item: AnchorLink) -> object:
    own = {name: value for name, value in vars(item).items() if name != "children"}
    return own, [_anchor_state(child) for child in item.children]


def _around(page: Page) -> object:
    """The place of a page in the navigation."""
    above = [(type(item).__name__, item.title) for item in page.ancestors]
    beside = (page.previous_page, page.next_page)
    return above, [other and page_state(other) for other in beside]


def _reads_more(env: Environment, source: str, *, is_known: bool) -> bool:
    """Whether a template may read other pages' texts or, if its theme is not a known one, the date
    of the build or what plugins know. Known themes show the date on the home page alone.
    """
    more = () if is_known else ("build_date_utc",)
    for node in env.parse(source).find_all((nodes.Name, nodes.Getattr, nodes.Const)):
        found = False
        if isinstance(node, nodes.Name):
            found = node.name in ("pages", *more) or (node.name == "page" and node.ctx != "load")
        elif isinstance(node, nodes.Getattr):
            is_own = isinstance(node.node, nodes.Name) and node.node.name == "page"
            found = node.attr in _TEXTS and not is_own
            found = found or (node.attr == "plugins" and not is_known)
        elif isinstance(node, nodes.Const):
            found = isinstance(node.value, str) and node.value in _TEXTS
        if found:
            return True
    return False


class WrittenFiles:
    """What the previous build has made its generated files of, by their places: MkDocs takes each
    of them for modified, and a dirty build need not write them again.
    """

    def __init__(self) -> None:
        self._written: dict[str, str] = {}
        self._previous = self._written
        self._made = self._written

    def begin(self) -> None:
        """Begin a build. One that fails has written nobody knows what."""
        self._previous, self._written, self._made = self._written, {}, {}

    def leave_out(self, file: File, state: str) -> bool:
        """Have a dirty build leave out a file that is there and was made of the same; whether it
        does. The state is what the file is made of.
        """
        place = file.abs_dest_path
        self._made[place] = state
        if self._previous.get(place) != state or not Path(place).exists():
            return False
        file.is_modified = partial(bool)  # type: ignore[method-assign]
        return True

    def finish(self) -> None:
        """The build has written its files."""
        self._written = self._made
