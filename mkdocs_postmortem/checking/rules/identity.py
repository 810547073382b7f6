"""Rules on names: ids, references, and the lists that a team configures."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator

from mkdocs_postmortem.checking.rule import Context, Rule
from mkdocs_postmortem.model.problem import Finding, Level
from mkdocs_postmortem.model.record import Postmortem


def closest(word: str, known: Iterable[str]) -> str:
    """The known name that a word is most like, or nothing."""
    by_lower = {name.lower(): name for name in known}
    close = difflib.get_close_matches(word.lower(), by_lower, 1, cutoff=0.6)
    return by_lower[close[0]] if close else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`` Did you mean `x`?`` with a leading space, or nothing."""
    name = closest(word, known)
    return f" Did you mean `{name}`?" if name else ""


def _duplicate_id(record: Postmortem, context: Context) -> Iterator[Finding]:
    same = context.records.get(record.id, ())
    others = [other for other in same if other.path != record.path and other.origin is None]
    if others:
        paths = ", ".join(other.path for other in others)
        yield Finding(
            "PM601",
            record.position("id"),
            f"The id `{record.id}` is also that of {paths}.",
            "Give one of them another `id:`.",
            "id",
        )


def _dangling(record: Postmortem, context: Context) -> Iterator[Finding]:
    for name, ids in (("recurrence_of", record.recurrence_of), ("related", record.related)):
        for index, other in enumerate(ids):
            position = record.position(f"{name}[{index}]", name)
            if other == record.id:
                message, fix = "An outage cannot refer to itself.", "Delete this id."
            elif other not in context.records:
                message = f"No postmortem has the id `{other}`."
                fix = f"Write an id of this site.{did_you_mean(other, context.records)}"
            else:
                continue
            yield Finding("PM602", position, message, fix, name)


def _unknown_service(record: Postmortem, context: Context) -> Iterator[Finding]:
    yield from _unlisted("PM603", "services", record.services, context.settings.services, record)


def _unknown_author(record: Postmortem, context: Context) -> Iterator[Finding]:
    yield from _unlisted("PM604", "authors", record.authors, context.settings.authors, record)


def _unlisted(
    code: str, name: str, values: tuple[str, ...], known: tuple[str, ...], record: Postmortem
) -> Iterator[Finding]:
    if not known:
        return
    for index, value in enumerate(values):
        if value not in known:
            yield Finding(
                code,
                record.position(f"{name}[{index}]", name),
                f"`{value}` is not in the configured list of {name}.",
                f"Correct it, or add it to `{name}:` in mkdocs.yml.{did_you_mean(value, known)}",
                name,
            )


def _similar_service(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Only without a configured list, which is checked by PM603."""
    for index, service in enumerate(record.services if not context.settings.services else ()):
        meant = context.names.similar_services.get(service)
        if meant:
            yield Finding(
                "PM607",
                record.position(f"services[{index}]", "services"),
                f"The service `{service}` is almost `{meant}`, which other pages use.",
                f"Write `{meant}` if it is the same. Otherwise list both in the option `services`.",
                "services",
            )


def _same_title(record: Postmortem, context: Context) -> Iterator[Finding]:
    paths = context.names.by_title.get(record.title.casefold(), ())
    others = [path for path in paths if path != record.path]
    if others:
        yield Finding(
            "PM608",
            record.position("title", "body"),
            f"{', '.join(others[:3])} {'has' if len(others) == 1 else 'have'} the same title.",
            "Say in the title what was different this time, so that lists can be read.",
            "title",
        )


RULES = (
    Rule(
        code="PM601",
        name="duplicate-id",
        level=Level.ERROR,
        summary="Two postmortems have the same id.",
        why="References and feeds cannot tell them apart.",
        bad="id: PM-2026-014   # in two files",
        good="id: PM-2026-015",
        check=_duplicate_id,
        is_site_wide=True,
    ),
    Rule(
        code="PM602",
        name="unknown-reference",
        level=Level.ERROR,
        summary="`recurrence_of` or `related` names an id that no postmortem has.",
        why="The link from a recurrence to the earlier incident is the point of the archive.",
        bad="recurrence_of: PM-2025-31",
        good="recurrence_of: PM-2025-031",
        check=_dangling,
        is_site_wide=True,
    ),
    Rule(
        code="PM603",
        name="unknown-service",
        level=Level.ERROR,
        summary="A service is not in the configured list.",
        why='"checkout" and "check-out" would be two services in every figure.',
        bad="services: [chekout]",
        good="services: [checkout]",
        check=_unknown_service,
    ),
    Rule(
        code="PM604",
        name="unknown-author",
        level=Level.WARNING,
        summary="An author is not in the configured list.",
        why="One person under two names has half of the postmortems.",
        bad="authors: [D. Roy]",
        good="authors: [Dana Roy]",
        check=_unknown_author,
    ),
    Rule(
        code="PM605",
        name="undeclared-repeat",
        level=Level.WARNING,
        draft=Level.INFO,
        summary="The page reads like an earlier incident of its service; neither page says so.",
        why="An archive exists to prevent failing twice for the same reason. The link shows which "
        "tasks of the first incident would have prevented the second. If the two are not the "
        "same, `related` says so and ends the warning.",
        bad="root_cause: The connection pool was too small again.",
        good="recurrence_of: PM-2025-031\nroot_cause: The connection pool was too small again.",
    ),
    Rule(
        code="PM606",
        name="hub-file",
        level=Level.WARNING,
        summary="The data of a site in `hub` is missing, broken or from a newer version.",
        why="The incidents of that site are left out; all others are shown.",
        bad="postmortem-hub/payments.json does not exist",
        good="mkdocs-postmortem fetch",
    ),
    Rule(
        code="PM607",
        name="similar-service",
        level=Level.WARNING,
        summary="A service differs by a letter from one that other pages use.",
        why="A mistyped name counts as another service in every list and figure. It is checked "
        "while the option `services` is not set.",
        bad="services: [chekout]   # other pages write checkout",
        good="services: [checkout]",
        check=_similar_service,
        is_site_wide=True,
    ),
    Rule(
        code="PM608",
        name="same-title",
        level=Level.INFO,
        summary="Two postmortems have the same title.",
        why="Readers cannot tell them apart in lists, search results and feeds.",
        bad="title: Checkout was down   # on two pages",
        good="title: Checkout was down after the March sale",
        check=_same_title,
        is_site_wide=True,
    ),
)
