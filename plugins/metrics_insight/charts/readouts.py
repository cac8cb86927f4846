"""What a chart says to whoever points at a day: value, expected range, events, remarks.

Each remark is one sentence for the ear; for the eye it is wrapped into lines. Plotly reads
a little HTML and ``%{…}`` in what it is given; words of authors hold neither.
"""

from __future__ import annotations

import textwrap
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from html import escape
from typing import Any

from catalogue import Catalogue
from letters import plain
from metrics_insight.insight import Chart, Mark, Panel, Shift

LINE = 42
"""How many letters of a title stand in a line, so that a phone shows them all."""

LABEL = 38
MOST_EVENTS = 6
_MOST_LETTERS = 200


def plainly(words: str) -> str:
    """Words of an author, as plotly.js shows them letter by letter."""
    return escape(plain(words), quote=False).replace("%", "&#37;").replace("$", "&#36;")


def label(panel: Panel) -> str:
    """The measure of a panel, and its unit where there is room for both on a phone."""
    known = panel.label.lower().startswith(panel.unit.lower())
    both = f"{panel.label}, {panel.unit}"
    fits = not known and len(both) <= LABEL
    return plainly(both if fits else _short(panel.label, LABEL))


def template(panel: Panel) -> str:
    """How a reading is told: its day, what was counted, the number, and the words of the day.

    The day stands in each label, for one pointer may meet different days in two panels.
    """
    unit = plainly(_short(panel.unit, LINE))
    return f"%{{x}}<br>{unit}: %{{y:,.3~f}}%{{text}}<extra></extra>"


def seen(remarks: Iterable[str]) -> str:
    """Remarks as lines below a value, none too long for a phone."""
    return "".join(f"<br>{plainly(line)}" for one in remarks for line in textwrap.wrap(one, LINE))


def heard(remarks: Iterable[str]) -> str:
    """The same remarks as a screen reader gets them: whole, one after the other."""
    return "".join(f", {plainly(one)}" for one in remarks)


def told(chart: Chart, number: int, words: Catalogue) -> dict[date, list[str]]:
    """What is remarked below the value of a day, by the days of a panel's readings.

    The expected range on its day; a remark, and at the first panel an event, on its day or
    with the next reading after it, for nobody can point at a day without one.
    """
    panel = chart.panels[number]
    days = [point.day for point in panel.points]
    remarks: dict[date, list[str]] = defaultdict(list)
    for band in panel.bands:
        for day, low, high in zip(band.days, band.low, band.high, strict=True):
            remarks[day].append(_expected(low, high, words))
    for day, remark in [*_remarks(panel, words), *(() if number else _events(chart, words))]:
        if days:
            remarks[days[min(bisect_left(days, day), len(days) - 1)]].append(remark)
    return dict(remarks)


def script_words(words: Catalogue) -> dict[str, str]:
    """What our script says and shows, by its names for it."""
    names = "again back shown returned zoom day week month all earlier later".split()
    return {name: words.say(f"explore.{name}") for name in names}


def formats(words: Catalogue) -> dict[str, Any]:
    """Months, days and separators of the language, in the names that plotly.js has for them."""
    months = [date(2024, month, 1) for month in range(1, 13)]
    days = [date(2024, 9, day) for day in range(1, 8)]  # a Sunday is the first of them
    number = words.number(1234.5, decimals=1)
    return {
        "months": [words.day(day, "LLLL") for day in months],
        "shortMonths": [words.day(day, "LLL") for day in months],
        "days": [words.day(day, "cccc") for day in days],
        "shortDays": [words.day(day, "ccc") for day in days],
        "thousands": number[1:-5],
        "decimal": number[-2],
        "grouping": [3],
    }


def _expected(low: float, high: float, words: Catalogue) -> str:
    """The range in whole numbers, or with one decimal where it is narrow; tiny ones as they are."""
    if max(abs(low), abs(high)) < 1:
        return words.say("explore.expected", low=words.count(low), high=words.count(high))
    decimals = 0 if high - low >= 10 else 1
    ends = [words.number(end, decimals=decimals) for end in (low, high)]
    return words.say("explore.expected", low=ends[0], high=ends[1])


def _events(chart: Chart, words: Catalogue) -> Iterator[tuple[date, str]]:
    """Number, title and verdict of each mark; of many on one day the first few."""
    seen: Counter[date] = Counter()
    for mark in chart.marks:
        seen[mark.day] += 1
        if seen[mark.day] <= MOST_EVENTS:
            yield mark.day, _event(mark)
    for day, count in seen.items():
        if count > MOST_EVENTS:
            yield day, words.say("explore.more", n=count - MOST_EVENTS)


def _event(mark: Mark) -> str:
    told = ": ".join(part for part in (mark.title, mark.verdict) if part)
    return f"{mark.number}. {_short(told, _MOST_LETTERS)}"


def _remarks(panel: Panel, words: Catalogue) -> Iterator[tuple[date, str]]:
    """What else there is to say of a day: counting changed, a change began, a counter stood."""
    for day in panel.breaks:
        yield day, words.say("explore.counting_changed")
    for shift in panel.shifts:
        yield shift.day, _change(panel, shift, words)
    for span in panel.stuck:
        yield span.last, words.say("explore.stood_still", n=span.days, last=words.day(span.last))


def _change(panel: Panel, shift: Shift, words: Catalogue) -> str:
    """Of readings that are not daily nobody knows a day, only between which two it was."""
    is_dated = panel.is_daily or shift.kind == "rate"
    return words.say(
        f"explore.changed_{shift.kind}" if is_dated else "explore.changed_between",
        first=words.day(shift.earliest),
        last=words.day(shift.latest),
    )


def _short(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
