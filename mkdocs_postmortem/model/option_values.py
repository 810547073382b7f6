"""Options whose values have a form of their own: `editor`, `measures`, `hub`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from mkdocs_postmortem.model.address import slug
from mkdocs_postmortem.model.lifecycle import MEASURES, Measure, Milestone
from mkdocs_postmortem.model.spelling import did_you_mean

# As their makers document them. {file} begins with a slash on every system.
EDITORS = {
    "vscode": "vscode://file{file}:{line}:{column}",
    "vscodium": "vscodium://file{file}:{line}:{column}",
    "cursor": "cursor://file{file}:{line}:{column}",
    "zed": "zed://file{file}:{line}:{column}",
    "idea": "idea://open?file={file}&line={line}&column={column}",
    "textmate": "txmt://open?url=file://{file}&line={line}&column={column}",
}
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_RUNS_CODE = ("javascript", "vbscript", "data", "blob")


def editor_fault(text: str) -> str:
    """Why a value of the option ``editor`` cannot be used; empty if it can."""
    if text in EDITORS:
        return ""
    scheme = _SCHEME.match(text)
    if scheme and scheme.group()[:-1].lower() not in _RUNS_CODE and "{file}" in text:
        return ""
    known = ", ".join(f"`{name}`" for name in EDITORS)
    return (
        f"editor: `{text}` is not one of {known}, and no address with `{{file}}` in it, "
        "such as `myeditor://open?path={file}&line={line}`."
    )


def editor_address(text: str, file: str) -> str:
    """The address for a file, with ``{line}`` and ``{column}`` still in it.

    >>> editor_address("vscode", "/docs/a b.md")
    'vscode://file/docs/a%20b.md:{line}:{column}'
    """
    path = "/" + file.replace("\\", "/").lstrip("/")
    return EDITORS.get(text, text).replace("{file}", quote(path, safe="/:"))


_MEASURE_KEYS = ("name", "from", "to")
_MEASURE_EXAMPLE = "`{name: Time to page, from: detected, to: acknowledged}`"
_LONGEST_NAME = 60


def read_measures(value: Any) -> tuple[tuple[Measure, ...], list[str]]:
    """The measures, and one sentence for each that is wrong (it is left out then)."""
    if not isinstance(value, (list, tuple)):
        return (), [f"measures: a list such as `[{_MEASURE_EXAMPLE.strip('`')}]` is expected."]
    measures: dict[str, Measure] = {}
    errors: list[str] = []
    taken = {measure.key for measure in MEASURES}
    for number, item in enumerate(value, 1):
        where = f"measures, item {number}"
        found = _measure_faults(item)
        if not found:
            measure = Measure(
                " ".join(item["name"].split()), Milestone(item["from"]), Milestone(item["to"])
            )
            if measure.key in taken:
                found.append(f"the name `{measure.name}` is taken. Give each measure its own.")
            else:
                taken.add(measure.key)
                measures[measure.key] = measure
        errors += [f"{where}: {error}" for error in found]
    return tuple(measures.values()), errors


def _measure_faults(item: Any) -> list[str]:
    """What is wrong with one measure by itself."""
    if not isinstance(item, dict):
        return [f"{_MEASURE_EXAMPLE} is expected, not `{item!r}`."]
    errors = [
        f"`{key}` is not known.{did_you_mean(key, _MEASURE_KEYS)} Keys are `name`, `from` and `to`."
        for key in item
        if key not in _MEASURE_KEYS
    ]
    missing = [f"`{key}`" for key in _MEASURE_KEYS if key not in item]
    if missing:
        return [*errors, f"{' and '.join(missing)} is missing. Write {_MEASURE_EXAMPLE}."]
    name = item["name"]
    if not isinstance(name, str) or not any(sign.isalnum() for sign in name):
        errors.append(f"`name: {name!r}` is not a name. Write it in words.")
    elif len(name) > _LONGEST_NAME:
        errors.append(f"the name is longer than {_LONGEST_NAME} signs.")
    milestones = [milestone.value for milestone in Milestone]
    for key in ("from", "to"):
        if item[key] not in milestones:
            known = ", ".join(f"`{name}`" for name in milestones)
            errors.append(
                f"`{key}: {item[key]}` is not one of {known}.{did_you_mean(item[key], milestones)}"
            )
    if not errors and item["from"] == item["to"]:
        errors.append(f"`from` and `to` are both `{item['to']}`; they must differ.")
    return errors


_SITE_KEYS = ("name", "source")
_SITE_EXAMPLE = "`{name: Payments, source: https://payments.example/postmortems/postmortems.json}`"


@dataclass(frozen=True, slots=True)
class HubSite:
    """A site by its name, and where its data set comes from: an http(s) or file address, or a path
    next to the configuration.
    """

    name: str
    source: str

    @property
    def file_name(self) -> str:
        """What its data set is called in this repository."""
        return f"{slug(self.name, 'site')}.json"


def read_hub_sites(value: Any) -> tuple[tuple[HubSite, ...], list[str]]:
    """The sites, and one sentence for each that is wrong (it is left out then)."""
    if not isinstance(value, (list, tuple)):
        return (), [f"hub: a list such as `[{_SITE_EXAMPLE.strip('`')}]` is expected."]
    sites: dict[str, HubSite] = {}
    errors: list[str] = []
    for number, item in enumerate(value, 1):
        error = _site_fault(item)
        if error is None:
            site = HubSite(" ".join(item["name"].split()), item["source"].strip())
            if site.file_name in sites:
                error = f"the name `{site.name}` is taken. Give each site its own."
            else:
                sites[site.file_name] = site
        if error is not None:
            errors.append(f"hub, item {number}: {error}")
    return tuple(sites.values()), errors


def _site_fault(item: Any) -> str | None:
    if not isinstance(item, dict):
        return f"{_SITE_EXAMPLE} is expected, not `{item!r}`."
    for key in item:
        if key not in _SITE_KEYS:
            hint = did_you_mean(key, _SITE_KEYS)
            return f"`{key}` is not known.{hint} Keys are `name` and `source`."
    for key in _SITE_KEYS:
        if not isinstance(item.get(key), str) or not item[key].strip():
            return f"`{key}` is missing or not text. Write {_SITE_EXAMPLE}."
    scheme = _scheme(item["source"])
    if scheme not in ("", "http", "https", "file"):
        return (
            f"`source: {item['source']}` begins with `{scheme}:`; http, https and file can be read."
        )
    return None


def _scheme(source: str) -> str:
    try:
        scheme = urlsplit(source.strip()).scheme.lower()
    except ValueError:
        return "?"
    return "" if len(scheme) == 1 else scheme  # a drive of Windows
