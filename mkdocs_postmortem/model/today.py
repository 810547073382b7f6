"""The day that counts as today, so that a build can be repeated."""

from __future__ import annotations

import os
from datetime import date, datetime, timezone


def read_today(configured: date | None) -> date:
    """The configured day, else that of ``SOURCE_DATE_EPOCH``, else the clock's (UTC)."""
    if configured is not None:
        return configured
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), timezone.utc).date()
    return datetime.now(timezone.utc).date()
