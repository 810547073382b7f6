"""The day that counts as today, so that a build can be repeated."""

from __future__ import annotations

import os
from datetime import date, datetime, timezone

# Seconds. What is later is a slip, such as milliseconds, and no system's clock.
_YEAR_3000 = 32_503_680_000


def read_today(configured: date | None) -> date:
    """The configured day, else that of ``SOURCE_DATE_EPOCH``, else the clock's (UTC).

    ``epoch_error`` reports a variable that cannot be used.
    """
    if configured is not None:
        return configured
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch and not epoch_error():
        return datetime.fromtimestamp(int(epoch), timezone.utc).date()
    return datetime.now(timezone.utc).date()


def epoch_error() -> str:
    """What is wrong with ``SOURCE_DATE_EPOCH``, or nothing."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch or (epoch.isdecimal() and int(epoch[:20]) < _YEAR_3000):
        return ""
    return (
        f"SOURCE_DATE_EPOCH: `{epoch[:40]}` is not a number of seconds since 1970 before the year "
        "3000. Correct the environment variable or unset it."
    )
