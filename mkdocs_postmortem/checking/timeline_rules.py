"""Rules on the timeline: what it must say, and how briefly."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mkdocs_postmortem.checking.rules import Check, Context, Fault
from mkdocs_postmortem.model.problem import Position
from mkdocs_postmortem.model.record import Postmortem, SectionKey
from mkdocs_postmortem.model.timeline import Kind
from mkdocs_postmortem.reading.entry_lines import is_nearly, kind_of
from mkdocs_postmortem.reading.markdown_text import count_sentences, most_sentences

MOST_SENTENCES = 2

# Words that say what or who noticed an incident.
_METHOD = re.compile(
    r"\b(?:alert\w*|alarm\w*|monitor\w*|pag(?:e|es|ed|er)\b|pagerduty|dashboard\w*|probe\w*|check\w*"
    r"|canar(?:y|ies)|metric\w*|graph\w*|log|logs|report\w*|ticket\w*|customer\w*|client\w*"
    r"|user\w*|shopper\w*|employee\w*|colleague\w*|support\w*|engineer\w*|developer\w*|partner\w*"
    r"|complain\w*|call\w*|e-?mail\w*|notic\w+|saw|sees?|test\w*|deploy\w*|slack|notif\w*)",
    re.IGNORECASE,
)


_BOLD = re.compile(r"\*\*(?P<label>[^*:]{3,40}):?\*\*")
_FIRST_WORD = re.compile(r"[*_]{0,2}(?P<word>[A-Za-z]{3,20})[*_]{0,2}(?P<colon>:?)")


def _position(record: Postmortem) -> Position:
    section = record.section(SectionKey.TIMELINE)
    return section.position if section else record.position("timeline", "")


def _lacks(kinds: tuple[Kind, ...], what: str, example: str) -> Check:
    milestones = [kind.milestone for kind in kinds if kind.milestone]

    def check(record: Postmortem, context: Context) -> Iterator[Fault]:
        # The front matter may give the time instead, if every kind has a time there.
        if len(milestones) == len(kinds) and any(map(record.lifecycle.moment, milestones)):
            return
        is_lacking = record.timeline.entries and not record.timeline.of_kind(*kinds)
        if is_lacking and not _has_label(record, context, kinds):
            yield Fault(
                _position(record),
                f"The timeline does not say {what}.",
                f"{_nearly(record, kinds, example)}dd an entry such as `{example}`.",
                milestones[0].value if milestones else "timeline",
            )

    return check


def _has_label(record: Postmortem, context: Context, kinds: tuple[Kind, ...]) -> bool:
    """Whether a line of the section has such a label, but is not an entry: PM301 reports it."""
    section = record.section(SectionKey.TIMELINE)
    lines = context.lines[section.start : section.end] if section else ()
    entries = {entry.position.line for entry in record.timeline.entries}
    return any(
        kind_of(match["label"]) in kinds
        for line in lines
        if line.is_prose and line.number not in entries
        for match in _BOLD.finditer(line.text)
    )


def _nearly(record: Postmortem, kinds: tuple[Kind, ...], example: str) -> str:
    """How the advice begins: with the entry that begins with the word, but has no label, as in
    ``Escalated to Lee``, if there is one.
    """
    label = re.search(r"\*\*.+?\*\*", example)
    for entry in record.timeline.entries if label else ():
        word = _FIRST_WORD.match(entry.text)
        if label and word and is_nearly(word["word"], kinds, is_label=bool(word["colon"])):
            line = entry.position.line
            return f"If line {line} says so, begin its text with `{label.group()}`. Otherwise a"
    return "A"


def _no_method(record: Postmortem, _: Context) -> Iterator[Fault]:
    detected = record.timeline.of_kind(Kind.DETECTED)
    if detected and not record.detected_by and not any(_METHOD.search(e.text) for e in detected):
        yield Fault(
            detected[0].position,
            "This entry says that the incident was detected, but not how.",
            "Name the alert, the monitor or the person, or set `detected_by:` in the front matter.",
            "detected_by",
        )


def _long_entry(record: Postmortem, _: Context) -> Iterator[Fault]:
    for entry in record.timeline.entries:
        if most_sentences(entry.text) <= MOST_SENTENCES:
            continue
        sentences = count_sentences(entry.text)
        if sentences > MOST_SENTENCES:
            yield Fault(
                entry.position,
                f"This entry has {sentences} sentences.",
                f"Use at most {MOST_SENTENCES}: split it by time, or move the rest to the root "
                "cause.",
                "timeline",
            )


CHECKS = {
    "PM304": _lacks(
        (Kind.DETECTED,),
        "when the incident was detected",
        "- 09:19 **Detected:** The 5xx alert pages the on-call.",
    ),
    "PM305": _no_method,
    "PM306": _lacks(
        (Kind.ACTION, Kind.ASSUMPTION, Kind.ACKNOWLEDGED, Kind.MISLEADING),
        "what was done or assumed",
        "- 09:24 We suspect the card processor and open a ticket.",
    ),
    "PM307": _lacks(
        (Kind.ESCALATED,),
        "to whom the incident was escalated",
        "- 09:33 **Escalated:** Platform on-call joins.",
    ),
    "PM308": _lacks(
        (Kind.RESOLVED, Kind.MITIGATED),
        "how the incident ended",
        "- 09:59 **Resolved:** The error rate is back to 0.01 %.",
    ),
    "PM309": _lacks(
        (Kind.MISLEADING,),
        "which path was misleading",
        "- 09:31 **Misleading path:** The processor's status page showed a delay.",
    ),
    "PM310": _long_entry,
}
