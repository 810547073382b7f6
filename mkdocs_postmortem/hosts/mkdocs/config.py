"""The plugin's options in ``mkdocs.yml``, and the language that they and the theme state."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger

from mkdocs_postmortem.hosts.mkdocs.plugin_compat import built_language
from mkdocs_postmortem.model.language import language_fault, site_language
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.rendering.templates import Templates, load_templates
from mkdocs_postmortem.rendering.translations import TranslationError, own_languages

_DEFAULT = Settings()
log = get_plugin_logger(__name__)


class PostmortemConfig(Config):
    """Names and defaults. ``model.options`` validates the values for all hosts."""

    folder = c.Type(str, default=_DEFAULT.folder)
    """Folder of the postmortems below the docs folder; the index is generated here.

    Pages elsewhere are postmortems too if their front matter has `postmortem:`. A page in this
    folder without it is reported."""

    audience = c.Type(str, default=_DEFAULT.audience.value)
    """Audience of the site: `public` leaves out every page, block and field that is internal;
    `internal` shows them. See [public and internal](../guide/public-and-internal.md)."""

    exclude = c.Type((list, str), default=[])
    """Pages in the folder that are not postmortems: paths below the docs folder, `*` allowed."""

    match = c.Type((list, str), default=[])
    """Pages that are postmortems without `postmortem:` in their front matter: patterns as in
    `.gitignore`, below the docs folder. No command writes to them. See
    [archives as they are](../guide/archives.md)."""

    fields = c.Type(dict, default={})
    """Your own front matter keys for the plugin's fields: `{resolved: repaired_at, services:
    [systems, system]}`. A value below `postmortem:` takes precedence; of several keys, the first
    with a value is used."""

    timezone = c.Optional(c.Type(str))
    """Time zone of every page that names none: an IANA name such as `Europe/Paris`."""

    language = c.Optional(c.Type(str))
    """Language of labels, dates and numbers on pages: `en`, `de`, `fr`, `es`, `pt_BR`, `ja`,
    `zh_CN` or `ar`. Without it, the language of the theme."""

    schema = c.Optional(c.Type(str))
    """Your own JSON Schema, which extends the built-in one; a path relative to `mkdocs.yml`."""

    severities = c.Type((list, str), default=list(_DEFAULT.severities))
    """Your severities, worst first."""

    services = c.Type((list, str), default=[])
    """Names of your services. If given, any other name is an error."""

    authors = c.Type((list, str), default=[])
    """Names of your authors. If given, any other name is a warning."""

    words = c.Type(list, default=list(_DEFAULT.words))
    """Minimum and maximum number of words of a postmortem."""

    measures = c.Type(list, default=[])
    """Your own metrics, in addition to the built-in ones. Each has a name and two ends:
    `{name: Time to page, from: detected, to: acknowledged}`. Ends are `started`, `detected`,
    `acknowledged`, `mitigated` and `resolved`.

    They are shown in the summary box of each page, among the figures, in `mkdocs-postmortem stats`
    and in the published data."""

    metrics = c.Optional(c.Type(list))
    """Another name for `measures`."""

    repeat_days = c.Type(int, default=_DEFAULT.repeat_days)
    """Maximum number of days between two similar incidents that count as a repeat (recurrence).

    Two years by default, so that what happens once a year (a certificate, a sale, a clock change)
    is found even after one good year. With `0`, only what `recurrence_of` declares counts."""

    recurrence_days = c.Optional(c.Type(int))
    """Another name for `repeat_days`."""

    rules = c.Type(dict, default={})
    """Levels of rules, by code or name: `error`, `warning`, `info` or `off`."""

    synonyms = c.Type(dict, default={})
    """Your own words for `sections`, `kinds` (of timeline entries) and `zones` (abbreviations)."""

    pages = c.Type((list, str), default=list(_DEFAULT.pages))
    """Pages to generate in addition to the index: one per `service`, `year` and `cause`, and one
    with all `tasks` (or `action_items`) and one with all `repeats` (or `recurrences`)."""

    publish = c.Type((list, str), default=list(_DEFAULT.publish))
    """Data files to publish: `json`, `records` (a JSON file each),
    `csv`, `feeds` (these need `site_url`), `calendar` and `badges`; `[]` for none."""

    hub = c.Type(list, default=[])
    """Other sites whose incidents this site shows too: `{name: Payments, source: https://…}`.

    `source` is the address or path of their `postmortems.json`. `mkdocs-postmortem fetch` copies it
    into the folder `postmortem-hub`; a build reads only that folder."""

    templates = c.Type(dict, default={})
    """Your own templates for `mkdocs-postmortem new`, by severity or `default`; paths relative to
    `mkdocs.yml`."""

    people = c.Type(dict, default={})
    """Handles of people by their name or e-mail address in other tools, for
    `mkdocs-postmortem import`: `{Dana Roy: dana, kim@example.com: kim}`."""

    history = c.Type(bool, default=_DEFAULT.history)
    """Whether to use the git history for the dates on which tasks were added, done and dropped.

    Without git, outside a repository and in a shallow clone (the default in CI),
    only the dates on the page are used."""

    sidebar = c.Type(bool, default=_DEFAULT.sidebar)
    """Whether each postmortem is listed in the site's navigation. Pages that `match` names stay
    where they are."""

    index = c.Type(bool, default=_DEFAULT.index)
    """Whether a page with the index is generated. With `false`, the index is only where one of
    your pages has `<!-- postmortem:index -->`. See [existing sites](../guide/sites.md)."""

    panel = c.Type(str, default=_DEFAULT.panel)
    """When to show the problem panel: `serve` (only under `mkdocs serve`), `always` or `never`."""

    editor = c.Optional(c.Type(str))
    """Editor that the line numbers in the problem panel open: `vscode`, `vscodium`, `cursor`,
    `zed`, `idea`, `textmate`, or a URL with `{file}`, `{line}` and `{column}`.

    Only while serving: a built site never contains a path of your machine. Let everyone choose with
    `editor: !ENV [POSTMORTEM_EDITOR, ""]`."""

    on_error = c.Type(str, default=_DEFAULT.on_error)
    """What an error does to `mkdocs build`: `fail` it, or only `warn`."""

    today = c.Optional(c.Type(object))
    """Date that counts as today, to decide what is overdue. Without it, `SOURCE_DATE_EPOCH` is
    used, then the clock."""


def root_of(config: MkDocsConfig) -> Path:
    """The folder of the configuration."""
    return Path(config.config_file_path or "mkdocs.yml").parent


def custom_dirs(config: MkDocsConfig) -> tuple[Path, ...]:
    """The theme's folder of the site's own, if it has anything for us."""
    custom = config.theme.custom_dir
    return (Path(custom),) if custom and (Path(custom) / "postmortem").is_dir() else ()


def read_templates(config: MkDocsConfig, settings: Settings) -> Templates:
    """The templates in the language of the site's pages; PluginError if the option or a catalog is
    wrong.
    """
    folders = custom_dirs(config)
    own = own_languages(folders)
    if settings.language and (fault := language_fault(settings.language, own)):
        raise PluginError(f"mkdocs.yml, plugin postmortem: {fault}")
    stated = theme_language(config)
    language = site_language(settings.language, [stated], own)
    if language == "en" and not settings.language and language_fault(stated, own):
        log.info(
            f"There are no words for the theme's language `{stated}`: box, timeline and lists are "
            "in English. The option `language` chooses another one."
        )
    try:
        return load_templates(language, folders)
    except TranslationError as fault:
        raise PluginError(str(fault)) from fault


def theme_language(config: MkDocsConfig) -> str:
    """What the theme is set to: Material has ``language``, MkDocs' own themes have ``locale``."""
    if building := built_language(config):
        return building
    return str(config.theme.get("language") or config.theme.locale or "en")
