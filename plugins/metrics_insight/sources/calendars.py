"""A calendar file (.ics): each of its events, all day or timed, once or repeated."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from icalendar import Calendar

from letters import plain
from metrics_insight import given
from metrics_insight.errors import Fault, Faults
from metrics_insight.model import ONE_DAY, Dataset, Event, Span
from metrics_insight.sources import days, repeats
from mistakes import Mistake, Mistakes

_LINE = re.compile(r"[A-Za-z0-9-]+[;:]")
_NEEDED = ("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID")
_EXPORT = "export it again as iCalendar (.ics)"


@dataclass(frozen=True)
class _Entry:
    """One VEVENT: the line it begins on, what the library read, and the calendar's own zone."""

    line: int
    read: Any
    zone: tzinfo | None

    @property
    def broken(self) -> frozenset[str]:
        """The properties whose values the library could not read."""
        return frozenset(str(name).upper() for name, _ in self.read.errors)

    def get(self, name: str) -> Any:
        """A property as the library has it; None where it is not there or cannot be read."""
        return None if name in self.broken else self.read.get(name)

    def words(self, name: str) -> str:
        """A property as one line of plain words, "" where it is not there."""
        value = self.get(name)
        first = value[0] if isinstance(value, list) else value
        return " ".join(plain(str(first or "")).split())


def read(path: Path, shown: str, over: Span | None = None) -> Dataset:
    """The events of a calendar, each on the days that it writes; cancelled ones left out.

    What repeats is told as often as it comes ``over`` the days of the data. Raises `Mistakes`
    for a broken file, and for an event without a title or with a date that cannot be read.
    """
    text = _text(path, shown)
    entries = _entries(text, shown)
    moved = {(one.words("UID"), day) for one in entries for day in _dates(one, "RECURRENCE-ID")}
    events: list[Event] = []
    faults: list[Fault] = []
    doubts: list[Mistake] = []
    for entry in entries:
        try:
            events += _events(entry, shown, over, moved)
        except repeats.TooOften as fault:
            doubts.append(Fault(fault.wrong, fault.right, entry.line).as_doubt(shown))
        except Fault as fault:
            faults.append(Fault(fault.wrong, fault.right, entry.line))
    if faults:
        raise Mistakes(Faults(faults).at(shown))
    return Dataset(events=tuple(events), doubts=tuple(doubts))


def _text(path: Path, shown: str) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        wrong = f"the file cannot be read ({error.strerror or error})"
        raise Mistakes([Mistake(shown, None, wrong, "make it readable")]) from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _entries(text: str, shown: str) -> list[_Entry]:
    """The events of the file in its order; Mistakes where any of it cannot be read."""
    lines = text.split("\n")
    if not any(line.strip().upper() == "BEGIN:VCALENDAR" for line in lines):
        raise Mistakes([Mistake(shown, None, "this is no calendar", _EXPORT)])
    for number, line in enumerate(lines, 1):
        if line.strip() and line[0] not in " \t" and not _LINE.match(line):
            wrong = f'"{plain(line)[:40]}" is no line of a calendar'
            raise Mistakes([Mistake(shown, number, wrong, _EXPORT)])
    begun = [n for n, line in enumerate(lines, 1) if line.strip().upper() == "BEGIN:VEVENT"]
    read = [
        (event, _zone(calendar))
        for calendar in _calendars(text, shown)
        for event in calendar.walk("VEVENT")
    ]
    if len(read) != len(begun):
        wrong = "the file ends in the middle of an event"
        raise Mistakes([Mistake(shown, begun[-1], wrong, _EXPORT)])
    return [_Entry(line, *one) for line, one in zip(begun, read, strict=True)]


def _calendars(text: str, shown: str) -> Sequence[Any]:
    try:
        return list(Calendar.from_ical(text, multiple=True))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        wrong = f"the calendar cannot be read ({plain(str(error))[:80]})"
        raise Mistakes([Mistake(shown, None, wrong, _EXPORT)]) from error


def _zone(calendar: Any) -> tzinfo | None:
    """The zone in which the calendar's owner reads it; times are often written in UTC."""
    try:
        return ZoneInfo(str(calendar.get("X-WR-TIMEZONE") or ""))
    except (ValueError, KeyError, OSError):
        return None


def _events(
    entry: _Entry, shown: str, over: Span | None, moved: set[tuple[str, date]]
) -> Iterator[Event]:
    if entry.words("STATUS").upper() == "CANCELLED":
        return
    wrong = [name for name in _NEEDED if name in entry.broken]
    if wrong:
        raise Fault(f"the {wrong[0]} of an event cannot be read", _EXPORT)
    title = entry.words("SUMMARY")
    if not title:
        raise Fault("an event has no title", "give it a SUMMARY, or take it out")
    span = _span(entry)
    for first in _first_days(entry, span.first, over, moved):
        yield Event(
            first,
            title,
            _kind(entry),
            end=first + timedelta(days=span.days - 1) if span.days > 1 else None,
            url=_link(entry.words("URL")),
            note=entry.words("DESCRIPTION"),
            line=entry.line,
            file=shown,
        )


def _span(entry: _Entry) -> Span:
    """The days of an event: its end is the first moment that no longer belongs to it."""
    start = _moment(entry, "DTSTART")
    if start is None:
        raise Fault("an event has no date", "give it a DTSTART")
    end = _end(entry, start)
    last = _local(end, entry.zone) if end is not None else _local(start, entry.zone)
    first = _local(start, entry.zone)
    if not given.is_near(last):
        raise Fault(f"the end of an event {given.OUTSIDE}", "correct its length")
    if last < first:
        raise Fault(f"the event ends on {last}, before it starts on {first}", "swap the two")
    return Span(first, last)


def _end(entry: _Entry, start: date) -> date | None:
    """The last moment that belongs to the event; None where it has no length."""
    end = _moment(entry, "DTEND")
    length = entry.get("DURATION")
    if end is None and isinstance(getattr(length, "dt", None), timedelta):
        end = _later(start, length.dt)
    if end is None or _is_same(start, end):
        return None
    return end - (timedelta(microseconds=1) if isinstance(end, datetime) else ONE_DAY)


def _later(start: date, length: timedelta) -> date:
    try:
        return start + length
    except OverflowError:
        raise Fault(f"the end of an event {given.OUTSIDE}", "correct its length") from None


def _is_same(start: date, end: date) -> bool:
    return start == end and type(start) is type(end)


def _moment(entry: _Entry, name: str) -> date | None:
    value = entry.get(name)
    if value is None:
        return None
    moment = getattr(value, "dt", None)
    if not isinstance(moment, date) or not days.FIRST_YEAR <= moment.year <= days.LAST_YEAR:
        raise Fault(f"the {name} of an event is no date", "write it as 20250331")
    return moment


def _local(moment: date, zone: tzinfo | None) -> date:
    """The day of a moment as its owner reads it: one in UTC in the calendar's own zone."""
    if not isinstance(moment, datetime):
        return moment
    if zone and moment.tzinfo and moment.tzname() == "UTC":
        return moment.astimezone(zone).date()
    return moment.date()


def _first_days(
    entry: _Entry, first: date, over: Span | None, moved: set[tuple[str, date]]
) -> Iterable[date]:
    """The day on which the event begins, or the days over the data where it repeats."""
    rules, added = _many(entry.get("RRULE")), _dates(entry, "RDATE")
    is_a_change = entry.get("RECURRENCE-ID") is not None
    if is_a_change or not (rules or added):
        return [first]
    left_out = _dates(entry, "EXDATE") | {day for name, day in moved if name == entry.words("UID")}
    return repeats.days_of(
        entry.words("SUMMARY"), first, rules, over, added=added, left_out=left_out
    )


def _dates(entry: _Entry, name: str) -> set[date]:
    """All days that a property lists; what is no date in it is passed over."""
    found = set()
    for value in _many(entry.get(name)):
        for one in getattr(value, "dts", [value]):
            moment = getattr(one, "dt", None)
            moment = moment[0] if isinstance(moment, tuple) else moment
            if isinstance(moment, date):
                found.add(_local(moment, entry.zone))
    return found


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _kind(entry: _Entry) -> str:
    """The first of the event's categories, as the kind of an event is written."""
    for value in _many(entry.get("CATEGORIES")):
        for one in getattr(value, "cats", [value]):
            kind = " ".join(plain(str(one)).lower().split())
            if kind:
                return kind
    return ""


def _link(written: str) -> str:
    try:
        return written if urlsplit(written).scheme in {"http", "https"} else ""
    except ValueError:
        return ""
