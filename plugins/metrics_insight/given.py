"""Days and values as programs give them: dates, moments, ISO strings; any kind of number."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from datetime import date, datetime

FIRST_YEAR, LAST_YEAR = 1500, 2499
OUTSIDE = f"lies outside the years {FIRST_YEAR} to {LAST_YEAR}"
"""No count is older, and none is so far ahead."""
LARGEST = 1e15
"""No count is larger: beyond it a plain number no longer tells one more from one less."""


def day(given: object) -> date:
    """The day that a program gave: a date, a moment, or an ISO string; else `ValueError`."""
    found = _day(given)
    if not is_near(found):
        raise ValueError(f"the date {found} {OUTSIDE}; correct the year")
    return found


def is_near(day: date) -> bool:
    """Whether a count can be of this day."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def days(first: date, last: date | None) -> None:
    """Raise `ValueError` for days that end before they begin."""
    if last is not None and last < first:
        raise ValueError(f"the end {last} is before the date {first}; swap the two")


def rows(dates: Iterable[object], values: Iterable[object]) -> Iterator[tuple[date, float | None]]:
    """Each day with its value; `ValueError` where one is none, or there are more of the others."""
    whens, whats = list(dates), list(values)
    if len(whens) != len(whats):
        wrong = f"there are {len(whens):,} dates and {len(whats):,} values"
        raise ValueError(f"{wrong}; give one value for each date, None where there is none")
    return ((day(when), value(what)) for when, what in zip(whens, whats, strict=True))


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
    if abs(number) > LARGEST:
        raise ValueError(f"{given!r:.40} is too large to be a count; a gap is None or NaN")
    return None if math.isnan(number) else number
