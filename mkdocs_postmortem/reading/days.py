"""Which day an entry belongs to: its own, the last one named, or the one after midnight."""

from __future__ import annotations

from collections.abc import MutableSequence
from datetime import date, time, timedelta

from mkdocs_postmortem.model.moment import Moment, clock_text
from mkdocs_postmortem.model.place import Place
from mkdocs_postmortem.model.problem import Finding
from mkdocs_postmortem.reading.stamp import Stamp, match_stamp

# A clock that falls back further than this has passed midnight; less is a slip.
MIDNIGHT_DROP = timedelta(hours=6)


class DayKeeper:
    """Carries the day from entry to entry and reports steps back."""

    def __init__(self, default: date | None, findings: MutableSequence[Finding]) -> None:
        self.day = default
        self._before: Moment | None = None
        self._findings = findings
        self._is_named = False

    def take(self, moment: Moment) -> None:
        """Go on from an entry."""
        self.day = moment.day or self.day
        self._before = moment if moment.clock else self._before

    def take_named(self) -> bool:
        """Whether a line named the day since the last entry; asking forgets it."""
        was_named, self._is_named = self._is_named, False
        return was_named

    def set_from(self, text: str) -> bool:
        """Whether the whole text is a date, which then holds for what follows."""
        plain = text.strip().strip("*_`#:[]() ").rstrip(":")
        stamp = match_stamp(plain)
        if stamp is None or stamp.day is None or stamp.clock or stamp.until:
            return False
        remark = plain[stamp.end :].lstrip(" *_`:")
        if len(remark) > 12 and not remark.startswith("("):
            return False
        day = stamp.day.resolve(self.day)
        if day is not None:
            self.day, self._before, self._is_named = day, None, True
        return day is not None

    def day_of(self, stamp: Stamp, place: Place) -> date | None:
        """The entry's own day, else the last one, a day later once the clock passed midnight."""
        if stamp.day is not None:
            day = stamp.day.resolve(self.day)
            self._check_own_day(day, stamp, place)
            return day
        clock = stamp.clock.value if stamp.clock else None
        before = self._before.clock if self._before and self._before.day == self.day else None
        if clock is None or before is None:
            return self.day
        drop = _since_midnight(before) - _since_midnight(clock)
        if drop > MIDNIGHT_DROP:
            return self.day + timedelta(days=1) if self.day else None
        # With an offset of its own the clock may fall back while time goes on.
        if drop > timedelta(0) and stamp.zone is None:
            self._report(clock_text(clock), place)
        return self.day

    def _check_own_day(self, day: date | None, stamp: Stamp, place: Place) -> None:
        clock = stamp.clock.value if stamp.clock else None
        before = self._before
        if day is None or before is None or before.day is None or stamp.zone is not None:
            return
        same_day = day == before.day and clock and before.clock and clock < before.clock
        if day < before.day or same_day:
            self._report(f"{day} {clock_text(clock)}" if clock else str(day), place)

    def _report(self, written: str, place: Place) -> None:
        self._findings.append(
            Finding(
                "PM302",
                place,
                f"{written} stands behind {self._before.written if self._before else ''}, "
                "which is later.",
                "Correct the time, or move the entry; after midnight, write the day as well.",
                "timeline",
            )
        )


def _since_midnight(clock: time) -> timedelta:
    return timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second)
