"""What follows a task's text: owners, dates, ticket, type, reason."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from mkdocs_postmortem.model.problem import Finding, Position, closest
from mkdocs_postmortem.model.task import Task, TaskState, TaskType, Ticket
from mkdocs_postmortem.reading.day_and_clock import CalendarDay, match_day
from mkdocs_postmortem.reading.words import says_nothing, sign, word_lists

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
    word: TaskType(name) for name in TaskType for word in word_lists("task_types")[name.value]
}


def read_details(
    source: str, position: Position, findings: list[Finding], *, box: TaskState | None = None
) -> Task:
    """The task that a text is, with the details at its end.

    Parentheses at the end hold details, and so does what follows a dash or a comma there and
    begins with a date or an owner ("- due 2026-04-01"). What is not a detail stays in the text.
    ``box`` is the state of the task's box, if it has one: while that is open, "done" is text.
    """
    details = _Details(source.rstrip(), position, box)
    rest = details.take_group()
    while details.text.endswith(")"):
        more = details.copy()
        if more.take_group() or more.text == details.text:
            break
        details = more
    details = details.with_tail()
    findings += details.findings
    return details.task(rest)


@dataclass(slots=True)
class _Details:
    """A task's text, and what the parts after it say."""

    text: str
    position: Position
    box: TaskState | None
    found: dict[str, Any] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def copy(self) -> _Details:
        return replace(self, found=dict(self.found), findings=list(self.findings))

    def take_group(self) -> str:
        """Take the details in the parentheses that end the text; return what is text there."""
        end = len(self.text.rstrip("."))
        opening = _last_group(self.text[:end])
        if opening is None:
            return ""
        body, self.text = self.text, self.text[:opening].rstrip()
        owners = self.found.pop("owners", ())
        before, rest = dict(self.found), ""
        for joint, part in _parts(_COMMA, body[opening + 1 : end - 1]):
            if part and not self.take(part):
                rest += f"{joint if rest else ''}{part}"
        is_prose = self.found == before
        self.found["owners"] = self.found.get("owners", ()) + owners
        return body[opening:] if is_prose else f"({rest})" if rest else ""

    def take(self, part: str) -> bool:
        """Put one part where it belongs; False if it is not a detail or the second of its kind."""
        found = self.found
        if self.box not in (None, TaskState.DONE) and _DONE.match(part):
            return False
        handles = _handles(part)
        if not handles and (dated := _dated(part)):
            return self._take_day(*dated)
        if owners := handles or owner_names(_labelled(part, "owner")):
            found["owners"] = found.get("owners", ()) + owners
        elif "ticket" not in found and (ticket := read_ticket(part)):
            found["ticket"] = ticket
        elif "type" not in found and (meant := task_type(part)):
            found["type"] = meant
        elif not found.get("reason") and (dropped := _WONT_DO.match(part)):
            found["reason"] = dropped["reason"].strip()
        elif _DONE.fullmatch(part):
            found["state"] = TaskState.DONE
        else:
            self._report_misspelled_type(part)
            return False
        return True

    def with_tail(self) -> _Details:
        """With the details after the text without parentheses: a date or ``Owner:`` first."""
        start = max(0, len(self.text) - _TAIL)
        has_sign = re.search(r"[\d:：]", self.text[start:])
        for joint in _DASH.finditer(self.text, start) if has_sign else ():
            parts = _parts(_DASH, self.text[joint.end() :].rstrip("."))
            first = parts[0][1]
            _, written = _dated(first) or ("", "")
            day = match_day(written)
            is_date = day is not None and day.end == len(written)
            if joint.start() and (is_date or _labelled(first, "owner")):
                taken = self.copy()
                taken.text = self.text[: joint.start()].rstrip()
                is_taken = all(taken.take(part) for _, part in parts)
                return taken if is_taken else replace(self, findings=taken.findings)
        return self

    def task(self, rest: str) -> Task:
        """The task with ``rest`` after its text; its owners may be named in the text."""
        text, found = f"{self.text} {rest}".strip(), self.found
        if not found.get("owners") and "@" in text:
            plain = re.sub(r"`[^`]*`", " ", f"{self.text} {rest.lstrip('(')}")
            # Neither code nor an address names an owner.
            words = " ".join(word for word in plain.split() if "@" not in word[1:])
            found["owners"] = tuple(name[1:] for name in _OWNER.findall(words))
        state = self.box or found.get("state", TaskState.OPEN)
        if found.get("reason") and state.is_open:
            state = TaskState.WONT_DO
        found.update(state=state, has_box=self.box is not None)
        return Task(text=text, position=self.position, **found)

    def _take_day(self, word: str, written: str) -> bool:
        name = "done" if _DONE.match(word) else "due"
        if name in self.found:
            return False
        day = match_day(written)
        is_whole = day is not None and day.end == len(written)
        resolved = day.resolve() if day and is_whole else None
        # "completed: 72f0f55" names what was done, and no day.
        is_thing = name == "done" and not resolved and not _LIKE_A_DAY.search(written)
        if resolved:
            self.found[name] = resolved
        if name == "done" and (resolved or is_thing):
            self.found["state"] = TaskState.DONE
        if not (resolved or is_thing) and (name == "done" or word.lower() == "due"):
            message, fix = explain_date(written, word, day if is_whole else None)
            self.findings.append(Finding("PM201", self.position, message, fix, "tasks"))
        return resolved is not None

    def _report_misspelled_type(self, part: str) -> None:
        meant = closest(part, _TYPES, _ALIKE) if part.isalpha() else ""
        # "prevents" and "detector" are words of their own.
        if meant and not part.lower().startswith(meant):
            known = ", ".join(f"`{item.value}`" for item in TaskType)
            message = f"`{part}` is not a type of task. Did you mean `{meant}`?"
            fix = f"Choose one of {known}."
            self.findings.append(Finding("PM103", self.position, message, fix, "tasks"))


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
    names = [name.strip("*`@ ?-–—") for name in _COMMA.split(written)[::2]] if written else []
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
