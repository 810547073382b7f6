"""Rules on names: ids, references, and the lists that a team configures."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from mkdocs_postmortem.checking.rules import Check, Context, Fault
from mkdocs_postmortem.model.address import reference_key
from mkdocs_postmortem.model.problem import SURELY, Suggestion, closest, did_you_mean
from mkdocs_postmortem.model.record import Postmortem

# Shorter words differ by one letter on purpose: `eu` and `us`, `api-a` and `api-b`.
_SHORTEST = 5
_WORD = re.compile(r"[^\W_]+")


def _duplicate_id(record: Postmortem, context: Context) -> Iterator[Fault]:
    same = context.records.get(record.id, ())
    others = [other for other in same if other.path != record.path and other.origin is None]
    if others:
        paths = ", ".join(other.path for other in others)
        yield Fault(
            record.position("id"),
            f"The id `{record.id}` is also that of {paths}.",
            "Give one of them another `id:`.",
            "id",
        )


def _dangling(record: Postmortem, context: Context) -> Iterator[Fault]:
    for name, ids in (("recurrence_of", record.recurrence_of), ("related", record.related)):
        for index, other in enumerate(ids):
            position = record.position(f"{name}[{index}]", name)
            if other == record.id:
                message, fix = "A postmortem cannot refer to itself.", "Delete this id."
            elif other not in context.records:
                message = f"No postmortem has the id `{other}`."
                meant = _meant(other, record, context, name)
                fix = f"Write the id of a postmortem of this site.{meant}"
            else:
                continue
            yield Fault(position, message, fix, name)


def _meant(other: str, record: Postmortem, context: Context, name: str) -> str:
    """The id that is meant: never the page's own, and of an earlier outage for a recurrence."""
    known = {
        key
        for key, (found, *_) in context.records.items()
        if key != record.id and (name == "related" or _is_earlier(found, record))
    }
    same = {reference_key(key): key for key in known}.get(reference_key(other))
    return f" Did you mean `{same}`?" if same else did_you_mean(other, known)


def _is_earlier(found: Postmortem, record: Postmortem) -> bool:
    return not (found.day and record.day) or found.day <= record.day


def _unlisted(name: str) -> Check:
    """The check of a field against the option of its name, where that has a list."""

    def check(record: Postmortem, context: Context) -> Iterator[Fault]:
        known: tuple[str, ...] = getattr(context.settings, name)
        for index, value in enumerate(getattr(record, name) if known else ()):
            if value not in known:
                position = record.position(f"{name}[{index}]", name)
                meant = closest(value, known, SURELY)
                # A name in quotes, or one that is an alias, is not at the position itself.
                line = context.lines[position.line - 1].text
                is_certain = meant and line.startswith(value, position.column - 1)
                yield Fault(
                    position,
                    f"`{value}` is not in the configured list of {name}.",
                    f"Correct it, or add it to `{name}:` in mkdocs.yml."
                    f"{did_you_mean(value, known)}",
                    name,
                    Suggestion(position, len(value), meant) if is_certain else None,
                )

    return check


def _similar_service(record: Postmortem, context: Context) -> Iterator[Fault]:
    """Only without a configured list, which is checked by PM603."""
    for index, service in enumerate(record.services if not context.settings.services else ()):
        meant = context.similar_services.get(service)
        if meant:
            yield Fault(
                record.position(f"services[{index}]", "services"),
                f"The service `{service}` is almost `{meant}`, which other pages use.",
                f"Write `{meant}` if it is the same. Otherwise list both in the option `services`.",
                "services",
            )


def _same_title(record: Postmortem, context: Context) -> Iterator[Fault]:
    paths = context.paths_by_title.get(record.title.casefold(), ())
    others = [path for path in paths if path != record.path]
    if others:
        yield Fault(
            record.position("title", "body"),
            f"{', '.join(others[:3])} {'has' if len(others) == 1 else 'have'} the same title.",
            "Say in the title what was different this time, so that lists can be read.",
            "title",
        )


def paths_by_title(records: Iterable[Postmortem]) -> Mapping[str, Sequence[str]]:
    """The paths of the pages under each title."""
    titles: defaultdict[str, list[str]] = defaultdict(list)
    for record in records:
        titles[record.title.casefold()].append(record.path)
    return titles


def similar_services(records: Iterable[Postmortem]) -> Iterator[tuple[str, str]]:
    """Each service with one that more pages use and that differs by a letter, by case or by its
    separators. Linear in the number of services.
    """
    services = Counter(service for record in records for service in set(record.services))
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


CHECKS = {
    "PM601": _duplicate_id,
    "PM602": _dangling,
    "PM603": _unlisted("services"),
    "PM604": _unlisted("authors"),
    "PM607": _similar_service,
    "PM608": _same_title,
}
