"""The day that counts as today, so that a build can be repeated."""

from __future__ import annotations

import os
from datetime import date, datetime, timezone

# Seconds. What is later is a slip, such as milliseconds, and no system's clock.
_YEAR_3000 = 32_503_680_000


def read_today(configured: date | None) -> date:
    """The configured day, else that of ``SOURCE_DATE_EPOCH``, else the clock's (UTC).

    A number that is no day of the calendar is not taken for one.
    """
    if configured is not None:
        return configured
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal() and int(epoch[:20]) < _YEAR_3000:
        return datetime.fromtimestamp(int(epoch), timezone.utc).date()
    return datetime.now(timezone.utc).date()
