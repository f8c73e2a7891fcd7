"""Lengths of time as operators write them: 90m, 24h, 7d."""

import re
from datetime import timedelta

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_WRITTEN = re.compile(rf"\s*(\d{{1,6}})\s*([{''.join(_UNITS)}])\s*")


def read_duration(text: str) -> timedelta | None:
    """The length of time; None where `text` is none."""
    found = _WRITTEN.fullmatch(text)
    return timedelta(**{_UNITS[found[2]]: int(found[1])}) if found else None
