"""Days and values as programs give them: dates, moments, ISO strings; any kind of number."""

from __future__ import annotations

import math
from datetime import date, datetime

FIRST_YEAR, LAST_YEAR = 1500, 2499
"""No count is older, and none is so far ahead."""


def day(given: object) -> date:
    """The day that a program gave: a date, a moment, or an ISO string; else `ValueError`."""
    found = _day(given)
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ValueError(f"{found} is no date of a count; the year is mistyped, perhaps")
    return found


def _day(given: object) -> date:
    if isinstance(given, datetime):
        return given.date()
    if isinstance(given, date):
        return given
    if isinstance(given, str):
        try:
            return datetime.fromisoformat(given.strip()).date()
        except ValueError:
            raise ValueError(f'"{given[:40]}" is no date; write it as 2025-03-31') from None
    raise ValueError(f"{given!r:.40} is no date; give a date or a string such as 2025-03-31")


def value(given: object) -> float | None:
    """A value as a plain number, None for a gap; `ValueError` where it is neither."""
    if given is None:
        return None
    try:
        number = float(given)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"{given!r:.40} is no number; a gap is None or NaN") from None
    if math.isinf(number):
        raise ValueError(f"{given!r:.40} is no count; a gap is None or NaN")
    return None if math.isnan(number) else number
