"""Names that pages of a site share by mistake: similar services, equal titles."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from mkdocs_postmortem.model.record import Postmortem

# Shorter words differ by one letter on purpose: `eu` and `us`, `api-a` and `api-b`.
_SHORTEST = 5
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class SiteNames:
    """``similar_services`` maps a service to one that more pages use and that differs by a letter,
    by case or by its separators. ``by_title`` has the paths of the pages under each title.
    """

    similar_services: Mapping[str, str] = field(default_factory=dict)
    by_title: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def site_names(records: Iterable[Postmortem]) -> SiteNames:
    """Collect the names of all records. Linear in the number of services."""
    services: Counter[str] = Counter()
    titles: defaultdict[str, list[str]] = defaultdict(list)
    for record in records:
        services.update(set(record.services))
        titles[record.title.casefold()].append(record.path)
    return SiteNames(
        dict(_similar(services)), {title: tuple(paths) for title, paths in titles.items()}
    )


def _similar(services: Counter[str]) -> Iterator[tuple[str, str]]:
    by_variant: defaultdict[str, list[str]] = defaultdict(list)
    # The most used first; of two equally used ones the first in the alphabet is taken as right.
    for name in sorted(services, key=lambda item: (-services[item], item)):
        plain = "".join(_words(name))
        variants = {plain, *(plain[:n] + plain[n + 1 :] for n in range(len(plain)))}
        known = (other for variant in variants for other in by_variant[variant])
        similar = next((other for other in known if _is_similar(name, other)), None)
        if similar:
            yield name, similar
        for variant in variants:
            by_variant[variant].append(name)


def _is_similar(one: str, other: str) -> bool:
    """Equal but for case and separators, or one long word differs. They share a variant."""
    first, second = _words(one), _words(other)
    if "".join(first) == "".join(second):
        return True
    if len(first) != len(second):
        return False
    pairs = [pair for pair in zip(first, second, strict=True) if pair[0] != pair[1]]
    return len(pairs) == 1 and all(len(word) >= _SHORTEST and word.isalpha() for word in pairs[0])


def _words(name: str) -> list[str]:
    return _WORD.findall(name.casefold())
