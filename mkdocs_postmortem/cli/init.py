"""``init``: start a site from the template, or add what an existing site lacks."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mkdocs_postmortem.cli import Refusal
from mkdocs_postmortem.cli.new import machine_zone
from mkdocs_postmortem.cli.site import parse_zone, split_names
from mkdocs_postmortem.cli.text_file import TextFile, show_diff
from mkdocs_postmortem.model.address import page_address
from mkdocs_postmortem.model.options import read_options
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.project.configuration import (
    CONFIG_NAMES,
    find_config,
    plugin_options,
    read_config,
)
from mkdocs_postmortem.project.starter import (
    HOSTS,
    SiteOptions,
    add_plugin,
    explain_edit,
    starter_files,
)
from mkdocs_postmortem.publishing.list_pages import index_path

_PACKAGE = "mkdocs-postmortem"


# A file that ``init`` writes, as it was, and its new text.
_Change = tuple[TextFile, str]


@click.command(short_help="Start a site, or add what an existing site lacks.")
@click.argument("folder", default=".", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--host",
    type=click.Choice([*HOSTS]),
    help="Program that builds the site; default: that of the configuration, else MkDocs.",
)
@click.option("--name", help="Name of the site.")
@click.option("--timezone", "zone", help="IANA time zone of times that name none.")
@click.option("--severities", help="Severities from worst to least, separated by commas.")
@click.option("--services", help="Names of your services, separated by commas.")
@click.option("--yes", is_flag=True, help="Don't ask; use the defaults and apply all changes.")
def init(
    folder: Path,
    host: str | None,
    name: str | None,
    zone: str | None,
    severities: str | None,
    services: str | None,
    yes: bool,
) -> None:
    """Start a site in FOLDER, or add to an existing site what it lacks.

    A new site gets a configuration, three example pages, a schema for your own fields, a CI
    workflow, an issue form, and settings and snippets for VS Code. An existing site gets the
    plugin's block in its configuration and the files for CI and editors. Existing files are never
    overwritten; changes to the configuration are shown as a diff first.
    """
    asks = sys.stdin.isatty() and not yes
    config = find_config(folder) if folder.is_dir() else None
    if config is not None and name is None:
        name = str(read_config(config).get("site_name") or "Our incidents")
    options = SiteOptions(
        name=_answer(name, "Name of the site", "Our incidents", asks),
        timezone=parse_zone(_answer(zone, "Time zone", machine_zone() or "UTC", asks)).name,
        severities=split_names(_answer(severities, "Severities", "SEV1,SEV2,SEV3,SEV4", asks)),
        services=split_names(_answer(services, "Services", "", asks)),
        host=host or (config.stem if config and config.stem in HOSTS else "mkdocs"),
    )
    _, errors = read_options(options.plugin())
    if errors or not options.severities:
        raise Refusal(" ".join(errors) or "Name at least one of the severities.")
    changes = _changes(folder, config, options)
    edits = [(old, text) for old, text in changes if old.raw is not None]
    for old, text in edits:
        click.echo(show_diff(old.text, text, str(old.file)))
    if edits:
        click.echo("\n".join(f"New: {old.file}" for old, _ in changes if old.raw is None))
    if edits and not yes and not (asks and click.confirm("Apply these changes?")):
        raise Refusal("Nothing was written. Use --yes to apply the changes.")
    for old, text in changes:
        old.write(text, (folder,))
    click.echo(_summary(changes, options))
    if any(old.file.name in CONFIG_NAMES for old, _ in changes):
        click.echo(_where_the_index_is(folder))


def _changes(folder: Path, config: Path | None, options: SiteOptions) -> list[_Change]:
    changes = [
        (TextFile(folder / path, None, ""), text)
        for path, text in starter_files(options, is_new=config is None).items()
        if not (folder / path).exists()
    ]
    requirements = folder / "requirements.txt"
    if requirements.exists():
        old = TextFile.read(requirements)
        if _PACKAGE not in old.text:
            changes.append((old, "\n".join([*old.text.splitlines(), _PACKAGE, ""])))
    if config is not None and plugin_options(read_config(config)) is None:
        changes.append(_configured(config, options))
    return changes


def _configured(config: Path, options: SiteOptions) -> _Change:
    """The configuration with the plugin; a usage error if there is no certain place for it."""
    old = TextFile.read(config)
    text = add_plugin(config.name, old.text.replace("\r\n", "\n"), options)
    if text is None:
        explained = explain_edit(old.text, options)
        raise Refusal(f"Nothing was written. {config}: {explained}\nThen run `init` again.")
    return old, text


def _summary(changes: list[_Change], options: SiteOptions) -> str:
    if not changes:
        return "Nothing to add: the site has everything."
    written = "\n".join(f"  {old.file}" for old, _ in changes)
    return f"Written:\n{written}\nNext: {HOSTS[options.host][1]} serve"


def _where_the_index_is(folder: Path) -> str:
    """The address of the index on a site that has just got the plugin, and how to link it."""
    config = find_config(folder)
    values = read_config(config) if config else {}
    path = index_path(Settings())
    flat = values.get("use_directory_urls") is False
    address = page_address(path, use_directory_urls=not flat)
    address_line = f"Then open /{address} at the address that it prints."
    nav = values.get("nav")
    if not nav or path in str(nav):
        return address_line
    is_toml = config is not None and config.suffix == ".toml"
    item = f'{{ "Postmortems" = "{path}" }}' if is_toml else f"- Postmortems: {path}"
    return f"{address_line}\nAdd the index to `nav` in {config}: {item}"


def _answer(given: str | None, question: str, default: str, asks: bool) -> str:
    if given is not None:
        return given
    return str(click.prompt(question, default=default)) if asks else default
