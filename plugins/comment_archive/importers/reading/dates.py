"""Old ways to write a moment, read without a clock: what is missing is never filled in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache

from babel.dates import get_month_names

CENTURY = 69
"""A two-digit year up to this one is 20xx."""

LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt", "sv", "da", "fi", "pl")
YEAR = re.compile(r"(?<![\d-])(?:19|20)\d\d(?!\d)")
CLOCK = r"(\d{1,2})[:.h](\d{2})(?:[:.](\d{2}))?\s*([AaPp]\.?[Mm]\.?)?"
SLASHED = re.compile(rf"(\d{{1,2}})/(\d{{1,2}})/(\d{{2}}|\d{{4}})(?:\s+{CLOCK})?")
DASHED = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}})(?:[\sT]+{CLOCK})?")
MONTH_FIRST = re.compile(r"([^\W\d_]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
DAY_FIRST = re.compile(r"(\d{1,2})(?:\.|er|º)?\s+(?:de\s+)?([^\W\d_]{3,})\.?,?\s+(?:de\s+)?(\d{4})")


def american(text: str) -> datetime | None:
    """``05/03/2010 08:15:00 PM``, with or without the noughts, the half of the day, the clock.

    >>> american("1/2/07 12:05:09 AM")
    datetime.datetime(2007, 1, 2, 0, 5, 9)
    >>> american("13/40/2007 00:00:00") is None
    True
    """
    found = SLASHED.fullmatch(text.strip())
    if found is None:
        return plain(text)
    month, day, year = (int(part) for part in found.groups()[:3])
    if len(found[3]) < 4:
        year += 2000 if year <= CENTURY else 1900
    return _moment(year, month, day, found.groups()[3:])


def plain(text: str) -> datetime | None:
    """``2012-03-03 18:00:00`` without a zone; None for a day of noughts and any other words.

    >>> plain("0000-00-00 00:00:00") is None
    True
    """
    found = DASHED.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day = (int(part) for part in found.groups()[:3])
    return _moment(year, month, day, found.groups()[3:])


def zoned(text: str) -> datetime | None:
    """The moment of a feed, ISO 8601 or as in a letter, with its offset where it has one.

    >>> zoned("Sat, 12 Apr 2008 09:15:00 -0000").isoformat()
    '2008-04-12T09:15:00+00:00'
    """
    text = text.strip()
    for read in (datetime.fromisoformat, _of_a_letter):
        try:
            return read(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def _of_a_letter(text: str) -> datetime:
    if YEAR.search(text) is None:
        raise ValueError(text)
    moment = parsedate_to_datetime(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def written(text: str) -> datetime | None:
    """A moment as a page shows it: ``December 15, 2009 at 09:41 AM``, in eleven languages.

    >>> written("Posted on 3. März 2008 um 21:05")
    datetime.datetime(2008, 3, 3, 21, 5)
    """
    for shape, order in ((MONTH_FIRST, (3, 1, 2)), (DAY_FIRST, (3, 2, 1))):
        for found in shape.finditer(text):
            year, month, day = (found[place] for place in order)
            number = _months().get(month.lower())
            if number and (moment := _then(int(year), number, int(day), text[found.end() :])):
                return moment
    numeric = DASHED.search(text) or SLASHED.search(text)
    if numeric is None:
        return None
    return _with_clock(numeric.group(), text[numeric.end() :])


def _with_clock(day: str, rest: str) -> datetime | None:
    moment = american(day)
    clock = re.match(rf"\D{{0,12}}{CLOCK}", rest)
    if moment is None or clock is None or ":" in day:
        return moment
    return _moment(moment.year, moment.month, moment.day, clock.groups())


def _then(year: int, month: int, day: int, rest: str) -> datetime | None:
    clock = re.match(rf"\D{{0,12}}{CLOCK}", rest)
    return _moment(year, month, day, clock.groups() if clock else ())


def _moment(year: int, month: int, day: int, clock: Sequence[str | None]) -> datetime | None:
    hour, minute, second = (int(part or 0) for part in (*clock, None, None, None)[:3])
    half = (clock[3] or "")[:1].lower() if clock else ""
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 local to the blog
    except ValueError:
        return None


@cache
def _months() -> dict[str, int]:
    return {
        str(name).lower().rstrip("."): number
        for language in reversed(LANGUAGES)
        for width in ("abbreviated", "wide")
        for number, name in get_month_names(width, locale=language).items()
    }
