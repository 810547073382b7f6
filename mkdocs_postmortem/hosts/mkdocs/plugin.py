"""The plugin's events. Each one calls the core or one of the files next to it."""

from __future__ import annotations

import gc
import logging
import math
import os
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment
from mkdocs.config.base import LegacyConfig
from mkdocs.config.config_options import Optional, Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as HostPage

from mkdocs_postmortem.catalog.cache import Cache
from mkdocs_postmortem.catalog.outage_tasks import Histories, no_history
from mkdocs_postmortem.catalog.site import Site, check_site
from mkdocs_postmortem.checking.checker import Checker, merge_by_folder
from mkdocs_postmortem.checking.schemas import CustomSchemaError, Schemas, load_schemas
from mkdocs_postmortem.history import GitHistory
from mkdocs_postmortem.hosts.markdown.extension import PostmortemExtension
from mkdocs_postmortem.hosts.markdown.page_contexts import PageContexts, Visibility
from mkdocs_postmortem.hosts.mkdocs import navigation, redaction
from mkdocs_postmortem.hosts.mkdocs.config import read_templates, root_of, theme_language
from mkdocs_postmortem.hosts.mkdocs.conversions import Conversions
from mkdocs_postmortem.hosts.mkdocs.files import (
    GeneratedFiles,
    excluded_problems,
    forget_generated,
    name_assets,
    postmortem_sources,
    remove_vanished,
)
from mkdocs_postmortem.hosts.mkdocs.last_look import LastLook
from mkdocs_postmortem.hosts.mkdocs.late import LatePages
from mkdocs_postmortem.hosts.mkdocs.plugin_compat import (
    mark_draft_for_rss,
    published_posts,
    replace_front_matter,
)
from mkdocs_postmortem.hosts.mkdocs.themed import ThemedPages, WrittenFiles
from mkdocs_postmortem.model.language import language_name
from mkdocs_postmortem.model.options import OPTIONS, read_options
from mkdocs_postmortem.model.problem import Level
from mkdocs_postmortem.model.settings import Audience, Settings, read_today
from mkdocs_postmortem.publishing.hub import hub_files, read_hub
from mkdocs_postmortem.publishing.leaks import Leak, has_marker, public_words
from mkdocs_postmortem.rendering.context import PageContext, SiteContext, site_context

log = get_plugin_logger(__name__)

_LOG_LEVELS = {
    Level.ERROR: logging.ERROR,
    Level.WARNING: logging.WARNING,
    Level.INFO: logging.DEBUG,
}


class PostmortemPlugin(BasePlugin[LegacyConfig]):
    """Finds, checks and shows the postmortems of a site."""

    # Whatever is written: ``read_options`` checks the values, for all hosts alike.
    config_scheme = tuple((name, Optional(Type(object))) for name in OPTIONS)

    # As the options say, and until the files are listed without any page.
    _checker: Checker
    _site: Site
    _views: PageContexts
    _schema_fault = ""

    def __init__(self) -> None:
        self._is_serve = self._is_dirty = False
        self._active: HostPage | None = None
        self._git: GitHistory | None = None
        self._cache = Cache()
        self._late = LatePages(self._cache)
        self._conversions = Conversions(self._cache, self._late)
        self._themed = ThemedPages(self._cache)
        self._nav: Navigation | None = None
        self._written = WrittenFiles()
        self._last_look = LastLook()
        self._hidden_early: dict[str, Path] = {}
        self._hidden_keys: frozenset[str] = frozenset()
        self._visibility = Visibility()

    # Defined so that MkDocs keeps this object between the builds of one `serve`.
    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        self._is_serve, self._is_dirty = command == "serve", dirty

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        gc.unfreeze()
        settings, faults = read_options(dict(self.config))
        if faults:
            raise PluginError("mkdocs.yml, plugin postmortem: " + " ".join(faults))
        self._checker = Checker(
            settings, self._load_schemas(config, settings), read_today(settings.today)
        )
        self._site = Site()
        self._late.begin(config)
        self._use(self._context(config), config)
        self._visibility = Visibility(
            settings.audience,
            lambda path: path in self._site.left_out.hidden,
            lambda: self._hidden_keys,
            config.site_url or "",
        )
        extension = PostmortemExtension(self._view, self._visibility, self._late.keep)
        config.markdown_extensions.append(extension)  # type: ignore[arg-type]
        name_assets(config)
        return config

    def _hide_early(self, /, files: Files, *, config: MkDocsConfig) -> Files:
        sources = list(postmortem_sources(files, (), is_serve=self._is_serve))
        self._hidden_early = redaction.hide_early(files, sources, config, self._checker)
        return files

    def _read_files(self, /, files: Files, *, config: MkDocsConfig) -> Files:
        checker, settings = self._checker, self._checker.settings
        remove_vanished(files)
        forget_generated(files, Path(config.docs_dir))
        self._cache.keeps = self._is_serve
        posts = published_posts(config)
        sources = dict(postmortem_sources(files, posts, is_serve=self._is_serve))
        sources |= self._hidden_early
        hub = read_hub(settings, root_of(config), self._cache)
        history = self._history(config, settings)
        site = self._site = check_site(
            sources.items(), checker, history=history, cache=self._cache, hub=hub.records
        )
        redaction.hide_pages(files, config, site)
        self._hidden_keys = redaction.hidden_keys(site, config)
        replace_front_matter(posts, site, settings)
        if not (settings.sidebar or navigation.is_automatic(config)):
            navigation.hide_unnamed(files, site.postmortem_paths)
        context = self._context(config)
        generated = GeneratedFiles(files, config, site, checker)
        self._use(generated.add_all(context, reports_others=not self._is_serve), config)
        self._written.begin()
        for file in generated.added if self._is_dirty else ():
            if not file.is_documentation_page():
                self._written.leave_out(file, file.content_string)
        self._last_look.begin(site, files, config, public_words(site, context.messages, settings))
        more = (*hub.problems, *excluded_problems(files, config, sources, checker))
        found = replace(site, problems=(*site.problems, *more))
        fails = settings.on_error == "fail" and not self._is_serve
        report_problems(found, config, is_serve=self._is_serve, fails=fails)
        if not self._is_serve:
            # What was read stays until the end: no use in looking through it for garbage. A server
            # would freeze, at each build, what the one before left behind: 2 MB under Material.
            gc.freeze()
        return files

    def _context(self, config: MkDocsConfig) -> SiteContext:
        """What the site's pages share, without what is generated."""
        # PluginError for a wrong option or catalog. Each language of a site has its own build.
        templates = read_templates(config, self._checker.settings)
        return replace(
            site_context(self._site, self._checker, templates),
            site_name=config.site_name,
            page_language=language_name(theme_language(config)),
            cache=self._cache,
        )

    def _use(self, context: SiteContext, config: MkDocsConfig) -> None:
        self._views = PageContexts(
            self._site,
            self._checker,
            context,
            is_serve=self._is_serve,
            docs=config.docs_dir,
            schema_fault=self._schema_fault,
        )
        self._late.use(self._views)

    # Late, so that pages which other plugins add or take away are settled; static-i18n has -100.
    on_files = CombinedEvent(event_priority(100)(_hide_early), event_priority(-110)(_read_files))

    # Last: other plugins make a navigation of their own in this event.
    @event_priority(-1000)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        if self._hidden_keys:
            redaction.hide_in_navigation(nav, self._site, self._visibility)
        index = files.src_uris.get(self._views.site.index or "")
        navigation.settle(nav, config, index, self._site, self._checker.settings)
        if self._is_serve:
            self._conversions.begin(config, files, sorted(self._hidden_keys))
        self._nav = nav
        return nav

    # Last: the environment and the navigation are as the theme gets them.
    @event_priority(-1000)
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        self._last_look.start(config)
        if self._is_serve and self._nav is not None:
            self._themed.begin(env, config, self._nav, self._views.paths)
            for file in files.documentation_pages() if self._is_dirty else ():
                if file.generated_by and file.page and self._views.is_made(file.src_uri):
                    self._leave_out(file, file.page)
        return env

    def _leave_out(self, file: File, page: HostPage) -> None:
        """Leave a page that was made for a list as it is written, if it would be the same."""
        page.content = self._late.fill(page, page.content or "")
        state = self._themed.state(page)
        if state and self._written.leave_out(file, state):
            self._late.release(page)

    def on_pre_page(self, page: HostPage, *, config: MkDocsConfig, files: Files) -> HostPage:
        view = self._view(page.file.src_uri) if self._is_serve else None
        if view is not None:
            self._conversions.watch(page, view)
        return page

    # Last: what this returns counts, and no other plugin may bring back what is hidden.
    @event_priority(-1000)
    def on_page_read_source(self, *, page: HostPage, config: MkDocsConfig) -> str | None:
        """The body alone where the host would stumble over the file or print its front matter, and
        the audience's own text where it is another than the file's.
        """
        ours = self._site.pages.get(page.file.src_uri)
        if ours is None:
            return None
        # The empty line keeps MkDocs from taking a first line `note: …` for metadata.
        return "\n" + ours.body if ours.is_broken else ours.source

    # Early: other plugins look at the metadata in this event.
    @event_priority(100)
    def on_page_markdown(
        self, markdown: str, *, page: HostPage, config: MkDocsConfig, files: Files
    ) -> str | None:
        markdown = redaction.audience_markdown(
            markdown, page, self._checker.settings.audience, self._site
        )
        ours = self._site.pages.get(page.file.src_uri)
        if ours is None:
            mark_draft_for_rss(page, config)
            return markdown
        if not markdown.strip():
            return "<!-- -->"  # Python-Markdown does nothing on an empty page, not even our panel
        if ours.record is not None and ours.front.end and not page.meta:
            # Front matter that is fine by YAML 1.2 has stopped MkDocs' own reader.
            page.meta.update(ours.front.data)
            return "\n" + ours.body
        return markdown

    def _first_content(self, /, html: str, *, page: HostPage, **_: Any) -> str:
        # Whatever reads the content before the theme does gets all of it.
        return self._late.fill(page, html) if self._late.is_early else html

    def _last_content(self, /, html: str, *, page: HostPage, **_: Any) -> str:
        # Whatever other plugins put into the page is in it now.
        if self._checker.settings.audience is Audience.PUBLIC and has_marker(html):
            self._last_look.report(Leak(page.file.dest_uri, "", ""))
        return html

    on_page_content = CombinedEvent(
        event_priority(10_000)(_first_content), event_priority(-1000)(_last_content)
    )

    @event_priority(10_000)
    def on_page_context(
        self, context: Any, *, page: HostPage, nav: Navigation, config: MkDocsConfig
    ) -> None:
        page.content = self._late.fill(page, page.content or "")
        index = self._views.site.index if self._view(page.file.src_uri) else None
        self._active = navigation.mark_active(nav, page, index)
        navigation.hide_empty_sidebar(nav, page, config.theme)

    # Last: other plugins may look at the whole content once more.
    @event_priority(-1000)
    def on_post_page(self, output: str, *, page: HostPage, config: MkDocsConfig) -> str:
        self._late.release(page)
        self._last_look.see(page.file.dest_uri)
        if self._active is not None:
            self._active.active = False
        return output

    def on_build_error(self, *, error: Exception) -> None:
        self._last_look.stop()

    # The very last: other plugins write files in this event.
    @event_priority(-math.inf)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        if self._last_look.finish(config, self._views.leak_panel if self._is_serve else None):
            self._written.finish()

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, **_: Any) -> None:
        if schema := _schema_path(config, self._checker.settings):
            server.watch(str(schema))
        for file in hub_files(self._checker.settings.hub, root_of(config)):
            if file.is_file():
                server.watch(str(file))

    def _view(self, path: str) -> PageContext | None:
        return self._views.view(path)

    def _load_schemas(self, config: MkDocsConfig, settings: Settings) -> Schemas:
        self._schema_fault = ""
        try:
            return load_schemas(_schema_path(config, settings))
        except CustomSchemaError as fault:
            if not self._is_serve:
                raise PluginError(str(fault)) from fault
            # MkDocs would answer no request until it is fixed.
            log.error(str(fault))
            self._schema_fault = str(fault)
            return replace(load_schemas(), is_lost=True)

    def _history(self, config: MkDocsConfig, settings: Settings) -> Histories:
        """Git's history, kept between the builds of one `serve`."""
        if not settings.history:
            return no_history
        if self._git is None or self._git.docs != Path(config.docs_dir):
            self._git = GitHistory(Path(config.docs_dir))
        return self._git


def _schema_path(config: MkDocsConfig, settings: Settings) -> Path | None:
    return root_of(config) / settings.schema if settings.schema else None


def report_problems(site: Site, config: MkDocsConfig, *, is_serve: bool, fails: bool) -> None:
    """Log each problem. PluginError where ``fails`` and there is an error."""
    docs = os.path.relpath(config.docs_dir, root_of(config))
    # A strict `serve` would go dead at the first warning; there the panel shows it.
    is_muted = is_serve and config.strict
    for problem in merge_by_folder(site.problems, docs):
        level = _LOG_LEVELS[problem.level]
        if is_muted:
            level = min(level, logging.INFO)
        log.log(level, f"{problem.level.value}: {problem}" if is_muted else str(problem))
    if infos := site.count(Level.INFO):
        log.info(
            f"{infos} info{'s' if infos > 1 else ''} in the postmortems; "
            "`mkdocs-postmortem check` lists them, and so does `--verbose`."
        )
    if (errors := site.count(Level.ERROR)) and fails:
        raise PluginError(
            f"{errors} error{'s' if errors > 1 else ''} in the postmortems; "
            "each is named above with its file and line."
        )
