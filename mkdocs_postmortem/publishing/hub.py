"""Data sets of other sites, as they lie in this repository. Nothing here asks a network."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from mkdocs_postmortem.checking import RULES, printable
from mkdocs_postmortem.model.loading import DataError
from mkdocs_postmortem.model.option_values import HubSite
from mkdocs_postmortem.model.problem import Level, Position, Problem
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.model.settings import Audience, Settings
from mkdocs_postmortem.publishing.loading import load_dataset

# Next to the configuration, so that it is not published.
HUB_FOLDER = "postmortem-hub"
_CODE = "PM606"


@dataclass(frozen=True, slots=True)
class Hub:
    """The outages of other sites, and what is wrong with their files."""

    records: tuple[Postmortem, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_hub(settings: Settings, root: Path) -> Hub:
    """Read the files of all sites of the option ``hub``; ``root`` is the folder of the
    configuration. A file that cannot be used is a problem, and the others count.
    """
    records: list[Postmortem] = []
    problems: list[Problem] = []
    level = RULES[_CODE].level_for(settings)
    for site in settings.hub:
        path = f"{HUB_FOLDER}/{site.file_name}"
        try:
            text = (root / path).read_text(encoding="utf-8")
            if settings.audience is Audience.PUBLIC and _is_internal(text):
                raise DataError("it is not for the public. Take it from the site's public build.")
            records += _records(text, site.name)
        except FileNotFoundError:
            message = f"The data of `{site.name}` has not been fetched."
            problems.append(_problem(path, level, message))
        except (OSError, UnicodeDecodeError) as error:
            problems.append(_problem(path, level, f"The data of `{site.name}`: {error}."))
        except DataError as error:
            problems.append(_problem(path, level, f"The data of `{site.name}`: {error}"))
    shown = problems if level is not Level.OFF else []
    return Hub(tuple(records), tuple(shown))


def hub_files(sites: Iterable[HubSite], root: Path) -> list[Path]:
    """Where the data sets of the sites lie."""
    return [root / HUB_FOLDER / site.file_name for site in sites]


@lru_cache(maxsize=64)
def _records(text: str, site: str) -> tuple[Postmortem, ...]:
    """By the whole text: a server reads the same files at each edit of a page."""
    version = blake2b(text.encode(), digest_size=16).hexdigest()
    return tuple(replace(record, version=version) for record in load_dataset(text, site))


@lru_cache(maxsize=64)
def _is_internal(text: str) -> bool:
    """Whether a data set, or a record of it, says that it is for colleagues only."""
    records = _records(text, "")
    return json.loads(text).get("audience", "public") != "public" or any(
        record.is_internal for record in records
    )


def _problem(path: str, level: Level, message: str) -> Problem:
    fix = "Run `mkdocs-postmortem fetch`."
    return Problem(path, Position(), level, _CODE, printable(message), fix, "hub")
