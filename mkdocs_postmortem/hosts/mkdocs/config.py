"""The plugin's options in ``mkdocs.yml``."""

from __future__ import annotations

from mkdocs.config import config_options as c
from mkdocs.config.base import Config

from mkdocs_postmortem.model.settings import Settings

_DEFAULT = Settings()


class PostmortemConfig(Config):
    """Names and defaults. What a value may be is checked by ``model.options`` for all hosts."""

    folder = c.Type(str, default=_DEFAULT.folder)
    """Where the postmortems lie below the docs folder, and where the index is made.

    Pages elsewhere count too if their front matter has `postmortem:`; in this folder a page
    without it is reported."""

    audience = c.Type(str, default=_DEFAULT.audience.value)
    """For whom the site is built: `public` leaves out every page, block and field that is internal,
    `internal` shows them. See [public and internal](../guide/public-and-internal.md)."""

    exclude = c.Type((list, str), default=[])
    """Pages in the folder that are something else: paths below the docs folder, `*` allowed."""

    match = c.Type((list, str), default=[])
    """Pages that are postmortems as they are, without `postmortem:` in their front matter: patterns
    as in `.gitignore`, below the docs folder. No command writes to them. See
    [archives as they are](../guide/archives.md)."""

    fields = c.Type(dict, default={})
    """Your own front matter keys for the plugin's fields: `{resolved: repaired_at, services:
    [systems, system]}`. A value below `postmortem:` wins; of several keys, the first with a
    value."""

    timezone = c.Optional(c.Type(str))
    """The zone of every time on a page that names none: an IANA name such as `Europe/Paris`."""

    language = c.Optional(c.Type(str))
    """The language of labels, dates and numbers on pages: `en`, `de`, `fr`, `es`, `pt_BR`, `ja`,
    `zh_CN` or `ar`. Without it, the language that the theme is set to."""

    schema = c.Optional(c.Type(str))
    """Your own JSON Schema, which extends the built-in one; a path relative to `mkdocs.yml`."""

    severities = c.Type((list, str), default=list(_DEFAULT.severities))
    """The severities that you use, the worst first."""

    services = c.Type((list, str), default=[])
    """The services that you have. If given, any other is an error."""

    authors = c.Type((list, str), default=[])
    """The people who write. If given, any other is a warning."""

    words = c.Type(list, default=list(_DEFAULT.words))
    """How many words a postmortem may have: the least and the most."""

    measures = c.Type(list, default=[])
    """Your own metrics, besides the built-in ones. Each has a name and two ends:
    `{name: Time to page, from: detected, to: acknowledged}`. Ends are `started`, `detected`,
    `acknowledged`, `mitigated` and `resolved`.

    They are shown in the summary box of each page, among the figures, in `mkdocs-postmortem stats`
    and in the published data."""

    repeat_days = c.Type(int, default=_DEFAULT.repeat_days)
    """Within how many days an outage that reads like an earlier one is held to be a repeat of it.

    Two years by default: what happens once a year (a certificate, a sale, a change of the clocks)
    is found even if one year went well. `0` leaves only what `recurrence_of` declares."""

    rules = c.Type(dict, default={})
    """Levels of rules, by code or name: `error`, `warning`, `info` or `off`."""

    synonyms = c.Type(dict, default={})
    """Words of your own: `sections`, `kinds` (of timeline entries) and `zones` (abbreviations)."""

    pages = c.Type((list, str), default=list(_DEFAULT.pages))
    """Which pages are generated besides the index: one per `service`, `year` and `cause`, and one
    with all `tasks` and one with all `repeats`."""

    publish = c.Type((list, str), default=list(_DEFAULT.publish))
    """Which data files are published besides the index: `json`, `records` (a JSON file each),
    `csv`, `feeds` (these need `site_url`), `calendar` and `badges`; `[]` for nothing."""

    hub = c.Type(list, default=[])
    """Other sites whose outages are shown as well: `{name: Payments, source: https://…}`.

    `source` is the address or path of their `postmortems.json`. `mkdocs-postmortem fetch` copies it
    into the folder `postmortem-hub`; a build reads only what lies there."""

    templates = c.Type(dict, default={})
    """Your own pages for `mkdocs-postmortem new`, by severity or `default`; paths relative to
    `mkdocs.yml`."""

    people = c.Type(dict, default={})
    """Handles of people by their name or e-mail address in other tools, for
    `mkdocs-postmortem import`: `{Dana Roy: dana, kim@example.com: kim}`."""

    history = c.Type(bool, default=_DEFAULT.history)
    """Whether git tells when tasks came onto a page, were ticked and were dropped.

    Without git, outside a repository and in a shallow clone (the default in CI),
    only dates on the page are used."""

    sidebar = c.Type(bool, default=_DEFAULT.sidebar)
    """Whether each postmortem is listed in the site's navigation."""

    index = c.Type(bool, default=_DEFAULT.index)
    """Whether a page with the index is generated. With `false`, the index is only where one of
    your pages has `<!-- postmortem:index -->`. See [existing sites](../guide/sites.md)."""

    panel = c.Type(str, default=_DEFAULT.panel)
    """When the problem panel is shown: `serve` (only then), `always` or `never`."""

    editor = c.Optional(c.Type(str))
    """Your editor, so that the panel's line numbers open it: `vscode`, `vscodium`, `cursor`, `zed`,
    `idea`, `textmate`, or an address with `{file}`, `{line}` and `{column}` in it.

    Only while serving: a built site never names a folder of your machine. Let everyone choose with
    `editor: !ENV [POSTMORTEM_EDITOR, ""]`."""

    on_error = c.Type(str, default=_DEFAULT.on_error)
    """What a problem of level error does to `mkdocs build`: `fail` it, or only `warn`."""

    today = c.Optional(c.Type(object))
    """The day that decides what is overdue; without it `SOURCE_DATE_EPOCH`, then the clock."""
