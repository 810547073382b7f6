"""The option ``hub``: other sites whose outages are shown as well."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from mkdocs_postmortem.model.slug import slug
from mkdocs_postmortem.model.spelling import did_you_mean

_KEYS = ("name", "source")
_EXAMPLE = "`{name: Payments, source: https://payments.example/postmortems/postmortems.json}`"


@dataclass(frozen=True, slots=True)
class HubSite:
    """A site by its name, and where its data set comes from: an http(s) or file address, or a path
    beside the configuration.
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
        return (), [f"hub: a list such as `[{_EXAMPLE.strip('`')}]` is expected."]
    sites: dict[str, HubSite] = {}
    errors: list[str] = []
    for number, item in enumerate(value, 1):
        error = _fault(item)
        if error is None:
            site = HubSite(" ".join(item["name"].split()), item["source"].strip())
            if site.file_name in sites:
                error = f"the name `{site.name}` is taken. Give each site its own."
            else:
                sites[site.file_name] = site
        if error is not None:
            errors.append(f"hub, item {number}: {error}")
    return tuple(sites.values()), errors


def _fault(item: Any) -> str | None:
    if not isinstance(item, dict):
        return f"{_EXAMPLE} is expected, not `{item!r}`."
    for key in item:
        if key not in _KEYS:
            return f"`{key}` is not known.{did_you_mean(key, _KEYS)} Keys are `name` and `source`."
    for key in _KEYS:
        if not isinstance(item.get(key), str) or not item[key].strip():
            return f"`{key}` is missing or not text. Write {_EXAMPLE}."
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
