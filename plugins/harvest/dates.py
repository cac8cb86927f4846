"""A date in a header: read as Pelican reads it, refused where it could mean two things."""

from __future__ import annotations

import re
import warnings
from datetime import datetime, tzinfo
from functools import lru_cache
from typing import Any

from dateutil import parser, tz

_OF_ITSELF = re.compile(r"(?:UTC|GMT|Z|[+-]\d\d:?\d\d)\s*$", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"\s*\d{4}\b")
# dateutil fills what is not written from a given day: two days show what is missing
_FILLED = (datetime(2000, 1, 1), datetime(2011, 11, 22))  # noqa: DTZ001 (a zone would be filled in too)
RIGHT = "write it as 2025-03-04 or 2025-03-04 09:30"


class NotADate(ValueError):
    """What is wrong with a date, without the place."""


@lru_cache(maxsize=4096)
def read(text: str) -> datetime:
    """The one moment the text can mean, as Pelican's reader will take it; NotADate else."""
    text = re.sub(" +", " ", text)
    first, second = (_parsed(text, default=day) for day in _FILLED)
    if first != second:
        raise NotADate(f'the date "{text}" is not complete')
    # of two digits dateutil makes the year nearest to today, and next year perhaps another
    if not 1000 <= first.year <= 9998 or str(first.year) not in text:
        raise NotADate(f'the date "{text}" has no year of four digits')
    if not _YEAR_FIRST.match(text):
        _refuse_two_meanings(text, first)
    return first


def _parsed(text: str, **options: Any) -> datetime:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            moment = parser.parse(text, **options)
    except parser.UnknownTimezoneWarning:
        raise NotADate(
            f'the date "{text}" names a time zone; write its offset, as +01:00'
        ) from None
    except (ValueError, OverflowError, TypeError, IndexError, AttributeError):
        raise NotADate(f'"{text}" is not a date') from None
    if not isinstance(moment, datetime):
        raise NotADate(f'"{text}" is not a date')
    if _is_of_this_machine(moment.tzinfo, text):
        raise NotADate(f'the date "{text}" names a time zone; write its offset, as +01:00')
    return moment


def _is_of_this_machine(zone: tzinfo | None, text: str) -> bool:
    """True where dateutil took a zone's name for the zone of the machine it runs on."""
    return isinstance(zone, tz.tzlocal) and not _OF_ITSELF.search(text)


def _refuse_two_meanings(text: str, meant: datetime) -> None:
    for reading in ({"dayfirst": True}, {"yearfirst": True}):
        other = _parsed(text, default=_FILLED[0], **reading)
        if other != meant:
            raise NotADate(f'the date "{text}" can mean {meant.date()} or {other.date()}')
