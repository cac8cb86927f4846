"""Dates as people and spreadsheets write them, read only where they can mean one thing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from metrics_insight import given
from metrics_insight.errors import Fault

_TIME = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[AaPp][Mm])?\s*(?:Z|[+-]\d{2}:?\d{2})?)?"
_ISO = re.compile(rf"^(\d{{4}})-(\d{{1,2}})-(\d{{1,2}}){_TIME}$")
_YEAR_FIRST = re.compile(rf"^(\d{{4}})[/.](\d{{1,2}})[/.](\d{{1,2}}){_TIME}$")
_DOTTED = re.compile(rf"^(\d{{1,2}})\.(\d{{1,2}})\.(\d{{4}}){_TIME}$")
_SLASHED = re.compile(rf"^(\d{{1,2}})[/-](\d{{1,2}})[/-](\d{{4}}){_TIME}$")
_DAY_MONTH = re.compile(r"^(\d{1,2})[ -]([A-Za-z]{3,9})\.?[ -](\d{4})$")
_MONTH_DAY = re.compile(r"^([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})$")
_SHORT_YEAR = re.compile(
    rf"^(?:\d{{1,2}}[-/.]\d{{1,2}}[-/.]|\d{{1,2}}[ -][A-Za-z]{{3,9}}[ -])\d\d{_TIME}$"
)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_SHORT_MONTHS = (*(month[:3] for month in _MONTHS), "sept")
FIRST_YEAR, LAST_YEAR = given.FIRST_YEAR, given.LAST_YEAR

Reader = Callable[[str], date | None]


def read_column(cells: Mapping[int, str]) -> tuple[dict[int, date], list[Fault]]:
    """The day of each cell, by line, for a column that is written in one way throughout.

    03/04/2025 is read only where another row of the column (13/04/2025) shows which number
    is the day. Faults: a date that can mean two things, a cell that is no date, a second
    way of writing dates in one column.
    """
    plain = {line: _day_of_iso(cell) for line, cell in cells.items()}
    if not all(plain.values()):
        plain = {line: day or _WAYS[ISO](cells[line].strip()) for line, day in plain.items()}
    if all(plain.values()):
        return {line: day for line, day in plain.items() if day}, []
    fitting = {name: _read_all(cells.values(), read) for name, read in _WAYS.items()}
    fits = {name: sum(day is not None for day in days) for name, days in fitting.items()}
    best = max(fits, key=lambda name: fits[name])
    days = fitting[best]
    found = {line: day for line, day in zip(cells, days, strict=True) if day is not None}
    example = next((cells[line] for line in found), "")
    faults = [_no_date(cells[line], line, example) for line in cells if line not in found]
    if best in _SLASH_WAYS and len({fits[name] for name in _SLASH_WAYS}) == 1:
        # which of the two is meant comes first: till then no other way is another one
        plainly_none = [one for one in faults if not _is_written(cells[one.line])]
        faults = [*plainly_none, *_two_meanings(cells, fitting)]
    return found, faults


def read_one(written: str) -> date:
    """The day of a single cell; raises `Fault` where it is none or can mean two."""
    found, faults = read_column({0: written})
    if faults:
        raise faults[0]
    return found[0]


def _day_of_iso(written: str) -> date | None:
    """The day of a cell such as 2025-03-31, the quick way for the usual file."""
    try:
        day = date.fromisoformat(written) if len(written) == 10 else None
    except ValueError:
        return None
    return day if day and FIRST_YEAR <= day.year <= LAST_YEAR else None


def _read_all(cells: Iterable[str], read: Reader) -> list[date | None]:
    return [read(cell.strip()) for cell in cells]


def _numbers(pattern: re.Pattern[str], order: Sequence[int]) -> Reader:
    def read(written: str) -> date | None:
        found = pattern.match(written)
        return _day(*(int(found[place]) for place in order)) if found else None

    return read


def _named(pattern: re.Pattern[str], order: Sequence[int]) -> Reader:
    def read(written: str) -> date | None:
        found = pattern.match(written)
        if not found:
            return None
        year, month, day = (found[place] for place in order)
        return _day(int(year), _month(month), int(day))

    return read


def _month(name: str) -> int:
    word = name.lower()
    known = word in _MONTHS or word in _SHORT_MONTHS
    return _SHORT_MONTHS.index(word[:3]) + 1 if known else 0


def _day(year: int, month: int, day: int) -> date | None:
    """The day, None where the calendar has none or no count can be so old: 0225 for 2025."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


_SLASH_WAYS = ("day/month/year", "month/day/year")
ISO = "year-month-day"
_WAYS: dict[str, Reader] = {
    ISO: _numbers(_ISO, (1, 2, 3)),
    "year/month/day": _numbers(_YEAR_FIRST, (1, 2, 3)),
    "day.month.year": _numbers(_DOTTED, (3, 2, 1)),
    "day/month/year": _numbers(_SLASHED, (3, 2, 1)),
    "month/day/year": _numbers(_SLASHED, (3, 1, 2)),
    "day month year": _named(_DAY_MONTH, (3, 2, 1)),
    "month day year": _named(_MONTH_DAY, (3, 1, 2)),
}


def _two_meanings(
    cells: Mapping[int, str], fitting: Mapping[str, list[date | None]]
) -> list[Fault]:
    pairs = zip(cells, *(fitting[name] for name in _SLASH_WAYS), strict=True)
    differing = [(line, one, two) for line, one, two in pairs if one != two]
    if not differing:
        return []
    known = next((pair for pair in differing if None not in pair), None)
    if known is None:
        wrong, right = _contrary(cells, differing), "write all of them in one way, as 2025-03-31"
        return [Fault(wrong, right, differing[-1][0])]
    line, one, two = known
    return [
        Fault(f'the date "{cells[line]}" can mean {one} or {two}', "write the one you mean", line)
    ]


def _contrary(
    cells: Mapping[int, str], differing: Sequence[tuple[int, date | None, date | None]]
) -> str:
    """That one date of a column begins with its day and another with its month."""
    day_first = next(line for line, one, _ in differing if one)
    month_first = next(line for line, _, two in differing if two)
    return (
        f'the date "{cells[day_first]}" of line {day_first} begins with the day, '
        f'"{cells[month_first]}" of line {month_first} with the month'
    )


def _is_written(cell: str) -> bool:
    """Whether a cell is a date in any of the known ways."""
    return any(read(cell.strip()) for read in _WAYS.values())


def _no_date(written: str, line: int, example: str) -> Fault:
    """What is wrong with a cell; ``example`` is one of its column that is read, "" for none."""
    if not written.strip():
        return Fault("the date is missing", "write it as 2025-03-31", line)
    if example and _is_written(written):
        wrong = f'the date "{written}" is written in another way than the rest of its column'
        return Fault(wrong, f"write all of them in one way, {example} or 2025-03-31", line)
    if _SHORT_YEAR.match(written.strip()):
        wrong = f'the date "{written}" has a year of two digits, which can mean two centuries'
        return Fault(wrong, "write it as 2025-03-31", line)
    if re.fullmatch(r"\d{5}(\.\d+)?", written.strip()):
        wrong = f'"{written}" is a spreadsheet\'s day number, which can mean two dates'
        return Fault(wrong, "give the column the format yyyy-mm-dd and save again", line)
    if any(pattern.match(written.strip()) for pattern in (_ISO, _YEAR_FIRST)) and (
        not FIRST_YEAR <= int(written.strip()[:4]) <= LAST_YEAR
    ):
        return Fault(f'the date "{written[:40]}" {given.OUTSIDE}', "correct the year", line)
    return Fault(f'"{written[:40]}" is no date', "write it as 2025-03-31", line)
