"""``fetch``: the data sets of other sites into this repository."""

from __future__ import annotations

from pathlib import Path

import click

from mkdocs_postmortem.checking.unsafe_text import printable
from mkdocs_postmortem.cli import Refusal
from mkdocs_postmortem.cli.site import config_option
from mkdocs_postmortem.model.loading import DataError
from mkdocs_postmortem.model.option_values import HubSite
from mkdocs_postmortem.project.project import find_project
from mkdocs_postmortem.publishing.atomic import write_whole
from mkdocs_postmortem.publishing.dataset import check_dataset
from mkdocs_postmortem.publishing.hub import HUB_FOLDER, FetchError, fetch_dataset, text_of
from mkdocs_postmortem.reading.markdown_text import shortened

_LONGEST = 1_000  # characters of what a server says


@click.command(short_help="Fetch the incidents of the sites that the option hub names.")
@click.argument("names", nargs=-1)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=30,
    show_default=True,
    metavar="SECONDS",
    help="Seconds to wait for a response.",
)
@config_option
def fetch(names: tuple[str, ...], timeout: float, config_file: Path | None) -> None:
    """Fetch the incidents of the sites that the option `hub` names, or of those with these NAMES.

    Each file is checked before it replaces the previous one; one that cannot be used leaves the
    previous one in place. Builds never fetch: commit the files.
    """
    project = find_project(Path.cwd(), config=config_file)
    sites = project.settings.hub
    if not sites or project.config is None:
        raise Refusal("The option `hub` names no site.")
    unknown = set(names) - {site.name for site in sites}
    if unknown:
        known = ", ".join(f"`{site.name}`" for site in sites)
        raise Refusal(f"`{sorted(unknown)[0]}` is not a site of `hub`: {known}.")
    wanted = [site for site in sites if not names or site.name in names]
    root = project.config.parent
    failed = [site for site in wanted if not _fetched(site, root, timeout)]
    raise SystemExit(int(bool(failed)))


def _fetched(site: HubSite, root: Path, timeout: float) -> bool:
    file = root / HUB_FOLDER / site.file_name
    shown = f"{HUB_FOLDER}/{site.file_name}"
    try:
        data = fetch_dataset(site.source, root, timeout=timeout)
        text = text_of(data)
        check_dataset(text)
        if file.is_file() and file.read_bytes() == text.encode():
            click.echo(f"{site.name}: {shown} is unchanged.")
            return True
        write_whole(file, text.encode(), roots=(root,), overwrite=True)
    except (FetchError, DataError, OSError) as error:
        kept = " The previous file is kept." if file.exists() else ""
        reason = shortened(printable(f"{site.source}: {error}"), _LONGEST).rstrip(".")
        click.echo(f"{site.name}: {reason}.{kept}", err=True)
        return False
    click.echo(f"{site.name}: {shown} written.")
    return True
