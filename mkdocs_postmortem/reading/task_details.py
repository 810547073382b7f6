"""What follows a task's text: owners, dates, ticket, type, reason."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from mkdocs_postmortem.model.problem import Finding, Position, closest
from mkdocs_postmortem.model.task import TaskState, TaskType, Ticket
from mkdocs_postmortem.reading.day_and_clock import CalendarDay, match_day
from mkdocs_postmortem.reading.words import says_nothing, sign

_COMMA = re.compile(r"([,;、，；]\s*)")
_DASH = re.compile(r"(\s[-–—]+\s+|[,;、，；]\s*)")
_OWNER = re.compile(r"@[\w](?:[\w./-]{0,60}\w)?")
_DUE, _DONE = sign("due_word"), sign("done_word")
# ``Owner: Dana``: the names of a table's columns are labels as well, alone or with a word or two.
_LABEL = re.compile(r"(?P<label>[^\W\d_][^:：@]{0,40})[:：]\s*(?P<value>\S.*)\Z")
_LABELS = {name: sign(f"task_{name}") for name in ("owner", "due")}
# A name after "Owner: Dana,": "Jo Lee", and not "see the wiki" or "RFC 12".
_NAME = re.compile(r"(?![a-z])[^\W\d_]+(?:[ .'’-]{1,2}[^\W\d_]+){0,3}\Z")
_YEAR = re.compile(r"\d{4}\Z")
_LIKE_A_DAY = re.compile(r"^\d{1,4}[-/.]\d|^\d{4,}$")
_BEFORE_DAY = ("on ", "by ", "before ")
_WORDS_OF_DAYS = ("next ", "end ", "this ")
_LINK = re.compile(r"\[(?P<text>[^\[\]]{1,80})\]\((?P<url>[^()\s]{1,500})\)\Z")
_TICKET = re.compile(r"(?:[A-Z][A-Z0-9]{1,9}-\d{1,7}|#\d{1,7}|https?://\S{1,500})\Z")
_WONT_DO = re.compile(
    r"(?:won['’]?t (?:do|fix)|not doing|dropped)\s*(?:[:,-]\s*)?(?P<reason>.*)\Z", re.IGNORECASE
)
# A longer parenthesis is prose, not details.
_LONGEST_GROUP = 1_000
# Where a date without parentheses can be: "- due 2026-04-01" after this many characters is text.
_TAIL = 120
# How much a word must be like a type to be a misspelling of it: "defect" and "progress" are not.
_ALIKE = 0.85
_TYPES = {
    **{item.value: item for item in TaskType},
    **{
        "prevention": TaskType.PREVENT,
        "preventive": TaskType.PREVENT,
        "preventative": TaskType.PREVENT,
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

    @property
    def state(self) -> TaskState:
        """What the details say of a task that has no box."""
        if self.done or self.is_done:
            return TaskState.DONE
        return TaskState.WONT_DO if self.reason else TaskState.OPEN


def read_details(
    source: str, position: Position, findings: list[Finding], *, is_open: bool = False
) -> Details:
    """Split a task's source into text and details.

    Parentheses at the end hold details, and so does what follows a dash or a comma there and
    begins with a date or an owner ("- due 2026-04-01"). What is not a detail stays in the text.
    With ``is_open``, the box says that the task is not done, and "done" after it is text.
    """
    details, rest = _take_group(Details(source.rstrip()), position, findings, is_open=is_open)
    while details.text.endswith(")"):
        found = list[Finding]()
        more, text = _take_group(details, position, found, is_open=is_open)
        if text or more == details:
            break
        details = more
        findings += found
    details = _take_tail(details, position, findings, is_open=is_open)
    if not details.owners and "@" in f"{details.text}{rest}":
        plain = _without_code(f"{details.text} {rest.lstrip('(')}")
        details.owners = tuple(name[1:] for name in _OWNER.findall(plain))
    details.text = f"{details.text} {rest}".strip()
    return details


def _take_group(
    details: Details, position: Position, findings: list[Finding], *, is_open: bool
) -> tuple[Details, str]:
    """The details in the parentheses that end the text, and what is text there."""
    body = details.text
    end = len(body.rstrip("."))
    opening = _last_group(body[:end])
    if opening is None:
        return details, ""
    taken, rest = replace(details, text=body[:opening].rstrip(), owners=()), ""
    for joint, part in _parts(_COMMA, body[opening + 1 : end - 1]):
        if part and not _take(part, taken, position, findings, is_open=is_open):
            rest += f"{joint if rest else ''}{part}"
    is_prose = taken == replace(details, text=taken.text, owners=())
    taken.owners += details.owners
    return taken, body[opening:] if is_prose else f"({rest})" if rest else ""


def _take_tail(
    details: Details, position: Position, findings: list[Finding], *, is_open: bool
) -> Details:
    """The details after the text without parentheses: a date or ``Owner:`` first, and no text."""
    text = details.text
    if not re.search(r"[\d:：]", text[-_TAIL:]):
        return details
    for joint in _DASH.finditer(text, max(0, len(text) - _TAIL)):
        parts = _parts(_DASH, text[joint.end() :].rstrip("."))
        first = parts[0][1]
        if not joint.start() or not (_is_whole_date(first) or _labelled(first, "owner")):
            continue
        taken, found = replace(details, text=text[: joint.start()].rstrip()), list[Finding]()
        is_taken = all(_take(part, taken, position, found, is_open=is_open) for _, part in parts)
        findings += found
        return taken if is_taken else details
    return details


def _is_whole_date(part: str) -> bool:
    dated = _dated(part)
    day = match_day(dated[1]) if dated else None
    return dated is not None and day is not None and day.end == len(dated[1])


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


def _parts(joints: re.Pattern[str], inside: str) -> list[tuple[str, str]]:
    """The parts, each with the joint before it.

    A reason, "Owner: Dana, Lee" and "April 1, 2026" keep their commas.
    """
    first, *others = joints.split(inside.strip())
    parts = [("", first.strip())]
    for joint, part in zip(others[::2], map(str.strip, others[1::2]), strict=True):
        before, last = parts[-1]
        goes_on = _WONT_DO.match(last) or (
            _NAME.match(part) and owner_names(_labelled(last, "owner"))
        )
        if (goes_on and not _starts_detail(part)) or (_YEAR.match(part) and _dated(last)):
            parts[-1] = (before, f"{last}{joint}{part}")
        else:
            parts.append((joint, part))
    return parts


def _starts_detail(part: str) -> bool:
    return bool(
        _OWNER.match(part)
        or _dated(part)
        or _labelled(part, "owner")
        or _LINK.match(part)
        or part in _TYPES
    )


def _take(
    part: str, details: Details, position: Position, findings: list[Finding], *, is_open: bool
) -> bool:
    """Put one part where it belongs; False if it is no detail, or one more where one fits."""
    if is_open and _DONE.match(part):
        return False
    handles = _handles(part)
    if not handles and (dated := _dated(part)):
        return _take_day(*dated, details, position, findings)
    if owners := handles or owner_names(_labelled(part, "owner")):
        details.owners += owners
    elif not details.ticket and (ticket := read_ticket(part)):
        details.ticket = ticket
    elif not details.type and (meant := task_type(part)):
        details.type = meant
    elif not details.reason and (dropped := _WONT_DO.match(part)):
        details.reason = dropped["reason"].strip()
    elif _DONE.fullmatch(part):
        details.is_done = True
    else:
        _report_misspelled_type(part, position, findings)
        return False
    return True


def read_ticket(written: str) -> Ticket | None:
    """A link, an address, or a key such as ``OPS-481`` or ``#12``; nothing for any other text."""
    if link := _LINK.match(written):
        return Ticket(link["text"], link["url"])
    is_ticket = _TICKET.match(written)
    return Ticket(written, written if written.startswith("http") else "") if is_ticket else None


def task_type(word: str) -> TaskType | None:
    return _TYPES.get(word.strip("*_` ").lower())


def owner_names(written: str) -> tuple[str, ...]:
    """The owners in a value or a cell: handles, or names with commas between; "TBD" is nobody."""
    names = (name.strip("*`@ ?-–—") for name in _COMMA.sub(",", written).split(","))
    return _handles(written) or tuple(name for name in names if not says_nothing(name))


def _handles(part: str) -> tuple[str, ...]:
    """``@dana @lee`` without the signs; empty for a part that says anything else."""
    names = part.split() if part.startswith("@") else []
    return tuple(name[1:] for name in names) if all(map(_OWNER.fullmatch, names)) else ()


def _labelled(part: str, name: str) -> str:
    """The value after a label that has the name of this column; else nothing."""
    match = _LABEL.match(part)
    is_label = match and len(match["label"].split()) < 4 and _LABELS[name].search(match["label"])
    return match["value"] if match and is_label else ""


def _report_misspelled_type(part: str, position: Position, findings: list[Finding]) -> None:
    meant = closest(part, _TYPES, _ALIKE) if part.isalpha() else ""
    # "prevents" and "detector" are words of their own.
    if not meant or part.lower().startswith(meant):
        return
    known = ", ".join(f"`{item.value}`" for item in TaskType)
    message = f"`{part}` is not a type of task. Did you mean `{meant}`?"
    findings.append(Finding("PM103", position, message, f"Choose one of {known}.", "tasks"))


def _dated(part: str) -> tuple[str, str] | None:
    """The word and the date of ``due 2026-04-01`` or ``due: on 1 April``; no date is checked."""
    match = _DUE.match(part) or _DONE.match(part)
    labelled = _labelled(part, "due")
    word = "due" if labelled and part.lower().startswith("due") else match[0] if match else part
    day = labelled or (part[match.end() :].strip(" :：\t") if match else "")
    if not day:
        return None
    for filler in _BEFORE_DAY:
        day = day[len(filler) :].lstrip() if day.lower().startswith(filler) else day
    # "due to the load" is text, and so is "done by hand".
    is_day = re.search(r"\d", day) or day.lower().startswith(_WORDS_OF_DAYS) or " " not in day
    return (word, day) if is_day else None


def _take_day(
    word: str, written: str, details: Details, position: Position, findings: list[Finding]
) -> bool:
    is_due = not _DONE.match(word)
    if (details.due if is_due else details.done) is not None:
        return False
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
        return False
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
