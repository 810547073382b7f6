"""The parentheses after a task: owners, dates, ticket, type, reason."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from mkdocs_postmortem.model.problem import Finding, Position
from mkdocs_postmortem.model.task import TaskType, Ticket
from mkdocs_postmortem.reading.day_and_clock import CalendarDay, match_day
from mkdocs_postmortem.reading.words import sign

_COMMA = re.compile(r"[,;]\s*")
_OWNER = re.compile(r"@[\w](?:[\w./-]{0,60}\w)?")
_DUE, _DONE = sign("due_word"), sign("done_word")
_LIKE_A_DAY = re.compile(r"^\d{1,4}[-/.]\d|^\d{4,}$")
_BEFORE_DAY = ("on ", "by ", "before ")
_WORDS_OF_DAYS = ("next ", "end ", "this ")
_LINK = re.compile(r"\[(?P<text>[^\[\]]{1,80})\]\((?P<url>[^()\s]{1,500})\)\Z")
_TICKET = re.compile(r"(?:[A-Z][A-Z0-9]{1,9}-\d{1,7}|#\d{1,7}|https?://\S{1,500})\Z")
_WONT_DO = re.compile(
    r"(?:won['’]?t do|wont do|not doing|dropped)\s*(?:[:,-]\s*)?(?P<reason>.*)\Z", re.IGNORECASE
)
# A longer parenthesis is prose, not details.
_LONGEST_GROUP = 1_000
_TYPES = {
    **{item.value: item for item in TaskType},
    **{
        "prevention": TaskType.PREVENT,
        "detection": TaskType.DETECT,
        "mitigation": TaskType.MITIGATE,
    },
}


@dataclass(slots=True)
class Details:
    """A task's text and what its trailing parentheses say."""

    text: str
    owners: tuple[str, ...] = ()
    due: date | None = None
    done: date | None = None
    ticket: Ticket | None = None
    type: TaskType | None = None
    reason: str = ""
    is_done: bool = False


def read_details(source: str, position: Position, findings: list[Finding]) -> Details:
    """Split a task's source into text and details.

    Parentheses at the end hold details if any part of them is one; else they are text.
    """
    body = source.rstrip()
    opening = _last_group(body)
    details = Details(body)
    if opening is not None:
        text, inside = body[:opening].rstrip(), body[opening + 1 : -1]
        details.text = text
        known = [_take(part.strip(), details, position, findings) for part in _parts(inside)]
        if not any(known):
            details.text = body
    if not details.owners and "@" in details.text:
        details.owners = tuple(name[1:] for name in _OWNER.findall(_without_code(details.text)))
    return details


def _last_group(text: str) -> int | None:
    """Where the parenthesis that ends the text opens; brackets of links inside count."""
    if not text.endswith(")"):
        return None
    depth = 0
    opening, closing = text.rfind("("), len(text) - 1
    while opening >= 0:
        if closing > opening:
            depth += 1
            closing = text.rfind(")", 0, closing)
            continue
        depth -= 1
        if depth == 0:
            # "[OPS-1](https://…)" at the very end is a link and no group of details.
            is_link = text[opening - 1 : opening] == "]"
            return None if is_link or len(text) - opening > _LONGEST_GROUP else opening
        opening = text.rfind("(", 0, opening)
    return None


def _parts(inside: str) -> list[str]:
    """The parts between commas; a reason keeps its own commas."""
    parts: list[str] = []
    for part in _COMMA.split(inside):
        if parts and _WONT_DO.match(parts[-1]) and not _starts_detail(part):
            parts[-1] += f", {part}"
        else:
            parts.append(part)
    return parts


def _starts_detail(part: str) -> bool:
    return bool(_OWNER.match(part) or _dated(part) or _LINK.match(part) or part in _TYPES)


def _take(part: str, details: Details, position: Position, findings: list[Finding]) -> bool:
    """Put one part where it belongs; False if it is no detail."""
    names = part.split() if part.startswith("@") else []
    if names and all(_OWNER.fullmatch(name) for name in names):
        details.owners += tuple(name[1:] for name in names)
    elif dated := _dated(part):
        return _take_day(*dated, details, position, findings)
    elif link := _LINK.match(part):
        details.ticket = Ticket(link["text"], link["url"])
    elif _TICKET.match(part):
        details.ticket = Ticket(part, part if part.startswith("http") else "")
    elif part.lower() in _TYPES:
        details.type = _TYPES[part.lower()]
    elif dropped := _WONT_DO.match(part):
        details.reason = dropped["reason"].strip()
    elif _DONE.fullmatch(part):
        details.is_done = True
    else:
        return False
    return True


def _dated(part: str) -> tuple[str, str] | None:
    """The word and the date of ``due 2026-04-01`` or ``due: on 1 April``; no date is checked."""
    match = _DUE.match(part) or _DONE.match(part)
    day = part[match.end() :].strip(" :：\t") if match else ""
    if match is None or not day:
        return None
    for word in _BEFORE_DAY:
        day = day[len(word) :].lstrip() if day.lower().startswith(word) else day
    # "due to the load" is text, and so is "done by hand".
    is_day = re.search(r"\d", day) or day.lower().startswith(_WORDS_OF_DAYS) or " " not in day
    return (match[0], day) if is_day else None


def _take_day(
    word: str, written: str, details: Details, position: Position, findings: list[Finding]
) -> bool:
    is_due = bool(_DUE.match(word))
    found = match_day(written)
    is_whole = found is not None and found.end == len(written)
    day = found.resolve() if found and is_whole else None
    if day is None:
        if is_due and word.lower() != "due":
            return False
        if not is_due and not _LIKE_A_DAY.search(written):
            details.is_done = True  # "completed: 72f0f55" names what was done, and no day
            return False
        message, fix = explain_date(written, word, found if is_whole else None)
        findings.append(Finding("PM201", position, message, fix, "tasks"))
        return True
    if is_due:
        details.due = day
    else:
        details.done, details.is_done = day, True
    return True


def explain_date(written: str, word: str, found: CalendarDay | None) -> tuple[str, str]:
    """What is wrong with a task's date, and what to write. ``word`` is ``due``, or empty."""
    word = f"{word} " if word else ""
    if found and len(found.readings) > 1:
        one, two = (item.isoformat() for item in found.readings)
        return f"`{written}` may be {one} or {two}.", f"Write `{word}{one}` or `{word}{two}`."
    if found and found.year is None and found.is_valid:
        message = f"`{written}` does not say which year."
    else:
        message = f"`{written}` is not a valid date."
    return message, f"Write it like `{word}2026-04-01`."


def _without_code(text: str) -> str:
    """The text without code and addresses: ``@`` names an owner only where a word begins."""
    plain = re.sub(r"`[^`]*`", " ", text)
    return " ".join(word for word in plain.split() if "@" not in word[1:])
