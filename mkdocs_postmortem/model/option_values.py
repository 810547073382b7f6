"""Options whose values have a form of their own: `editor`, `measures`, `hub`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from mkdocs_postmortem.model.address import slug
from mkdocs_postmortem.model.lifecycle import METRICS, Metric, Milestone
from mkdocs_postmortem.model.problem import did_you_mean

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
        f"editor: `{text}` is not one of {known}, nor an address that contains `{{file}}`, "
        "such as `myeditor://open?path={file}&line={line}`."
    )


def editor_address(text: str, file: str) -> str:
    """The address for a file, with ``{line}`` and ``{column}`` still in it.

    >>> editor_address("vscode", "/docs/a b.md")
    'vscode://file/docs/a%20b.md:{line}:{column}'
    """
    path = "/" + file.replace("\\", "/").lstrip("/")
    return EDITORS.get(text, text).replace("{file}", quote(path, safe="/:"))


_METRIC_EXAMPLE = "`{name: Time to page, from: detected, to: acknowledged}`"
_LONGEST_NAME = 60


def read_metrics(value: Any) -> tuple[tuple[Metric, ...], list[str]]:
    """The metrics, and one sentence for each that is wrong (it is left out then)."""
    items, errors = _read_items("measures", value, ("name", "from", "to"), _METRIC_EXAMPLE)
    metrics = {metric.key: metric for metric in METRICS}
    for where, item in items:
        reasons = _metric_errors(item)
        if not reasons:
            name = " ".join(item["name"].split())
            metric = Metric(name, Milestone(item["from"]), Milestone(item["to"]))
            if metrics.setdefault(metric.key, metric) is not metric:
                reasons = [f"the name `{name}` is taken. Give each metric its own."]
        errors += [f"{where}: {reason}" for reason in reasons]
    return tuple(metrics.values())[len(METRICS) :], errors


def _metric_errors(item: dict[str, Any]) -> list[str]:
    """What is wrong with the values of one metric."""
    name, errors = item["name"], []
    if not isinstance(name, str) or not any(sign.isalnum() for sign in name):
        errors.append(f"`name: {name!r}` is not a name. Write it in words.")
    elif len(name) > _LONGEST_NAME:
        errors.append(f"the name is longer than {_LONGEST_NAME} characters.")
    milestones = [milestone.value for milestone in Milestone]
    known = ", ".join(f"`{name}`" for name in milestones)
    errors += [
        f"`{key}: {item[key]}` is not one of {known}.{did_you_mean(item[key], milestones)}"
        for key in ("from", "to")
        if item[key] not in milestones
    ]
    if not errors and item["from"] == item["to"]:
        errors.append(f"`from` and `to` are both `{item['to']}`; they must differ.")
    return errors


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
    items, errors = _read_items("hub", value, ("name", "source"), _SITE_EXAMPLE)
    sites: dict[str, HubSite] = {}
    for where, item in items:
        missing = [
            key for key, text in item.items() if not (isinstance(text, str) and text.strip())
        ]
        if missing:
            errors.append(f"{where}: `{missing[0]}` is missing or not text. Write {_SITE_EXAMPLE}.")
            continue
        site = HubSite(" ".join(item["name"].split()), item["source"].strip())
        scheme = _scheme(site.source)
        if scheme not in ("", "http", "https", "file"):
            errors.append(
                f"{where}: `source: {site.source}` begins with `{scheme}:`; http, https and file "
                "can be read."
            )
        elif sites.setdefault(site.file_name, site) is not site:
            errors.append(f"{where}: the name `{site.name}` is taken. Give each site its own.")
    return tuple(sites.values()), errors


def _scheme(source: str) -> str:
    try:
        scheme = urlsplit(source).scheme.lower()
    except ValueError:
        return "?"
    return "" if len(scheme) == 1 else scheme  # a drive of Windows


def _read_items(
    option: str, value: Any, keys: Sequence[str], example: str
) -> tuple[list[tuple[str, dict[str, Any]]], list[str]]:
    """The mappings of a list that have just these keys, each with its place; what else is wrong."""
    if not isinstance(value, (list, tuple)):
        return [], [f"{option}: a list such as `[{example.strip('`')}]` is expected."]
    good: list[tuple[str, dict[str, Any]]] = []
    errors: list[str] = []
    for number, item in enumerate(value, 1):
        where = f"{option}, item {number}"
        if not isinstance(item, dict):
            errors.append(f"{where}: {example} is expected, not `{item!r}`.")
            continue
        known = ", ".join(f"`{key}`" for key in keys)
        reasons = [
            f"`{key}` is not a known key.{did_you_mean(key, keys)} Keys are {known}."
            for key in item
            if key not in keys
        ]
        missing = [f"`{key}`" for key in keys if key not in item]
        if missing:
            reasons.append(f"{' and '.join(missing)} is missing. Write {example}.")
        errors += [f"{where}: {reason}" for reason in reasons]
        if not reasons:
            good.append((where, item))
    return good, errors
