"""For whom a site is built."""

from __future__ import annotations

from enum import Enum


class Audience(str, Enum):
    """``public`` sees no page, block or field that is internal; ``internal`` sees everything."""

    PUBLIC = "public"
    INTERNAL = "internal"
