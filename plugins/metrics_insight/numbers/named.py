"""What a metric link names: ``metric:NAME@DATE`` -> the value that was recorded.

``A/B`` is a share, ``@FIRST..LAST`` the last value minus the first, ``@~DATE`` the reading
nearest to a day (of two equally near the earlier).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Literal
from urllib.parse import unquote

from catalogue import Catalogue
from letters import plain
from metrics_insight.errors import Fault, Unread
from metrics_insight.model import Dataset, Metric, Point, Series
from mistakes import did_you_mean

SCHEME = "metric:"
PERCENT = frozenset("percent percentage %".split())
Nature = Literal["count", "level", "percent", "share"]

_WHEN = re.compile(r"^(?P<near>~?)(?P<day>\d{4}-\d{2}-\d{2})$")


@dataclass(frozen=True)
class Recorded:
    """The value that a link names, of which metrics and days; ``doubt`` where it compares badly."""

    value: Fraction
    metrics: tuple[Metric, ...]
    days: tuple[date, ...]
    nature: Nature
    is_difference: bool = False
    doubt: Fault | None = None

    @property
    def name(self) -> str:
        """The metric's full name, or both of a share."""
        return "/".join(metric.name for metric in self.metrics)

    @property
    def machine(self) -> str:
        """The value for programs: plain digits, a point before decimals."""
        if self.value.denominator == 1:
            return str(self.value.numerator)
        return f"{float(self.value):.{6 if self.nature == 'share' else 15}g}"

    def told(self, words: Catalogue) -> str:
        """What was recorded, in a few words."""
        shown = self.value * 100 if self.nature == "share" else self.value
        size = abs(shown) if self.is_difference else shown
        value = words.count(float(size)) + (" %" if self.nature in ("share", "percent") else "")
        if not self.is_difference:
            return f"{self.name} was {value} on {self.days[-1]}"
        did = "fell by" if shown < 0 else "rose by" if shown else "moved by"
        return f"{self.name} {did} {value} from {self.days[0]} to {self.days[-1]}"


def find(target: str, dataset: Dataset) -> Recorded:
    """The recorded value that ``metric:…`` names. Raises `Fault`."""
    names, at, when = _unquoted(target).removeprefix(SCHEME).rpartition("@")
    if not at:
        known = dataset.named(when)
        last = known[0].points[-1].day if known and known[0].points else "2025-03-31"
        raise Fault(f'"{_short(target)}" names no day', f"write {SCHEME}{when or 'NAME'}@{last}")
    series = _named(names.strip(), dataset)
    first, dots, last = when.partition("..")
    asked = [_when(one.strip()) for one in ((first, last) if dots else (when,))]
    if dots and asked[1][0] < asked[0][0]:
        wrong, right = f"{first}..{last} ends before it starts", f"write {last}..{first}"
        raise Fault(wrong, right)
    points = [[pick(one, day) for one in series] for day, pick in asked]
    values = [_value(pair, series) for pair in points]
    days = tuple(pair[0].day for pair in points)
    return Recorded(
        values[-1] - values[0] if dots else values[0],
        tuple(one.metric for one in series),
        days,
        _nature(series),
        is_difference=bool(dots),
        doubt=_crossed(series, days, dataset),
    )


def _unquoted(target: str) -> str:
    return plain(unquote(target)).strip()


def _named(names: str, dataset: Dataset) -> tuple[Series, ...]:
    """The series that a link names: one, or the two of a share."""
    first, slash, second = names.partition("/")
    parts = (first, second) if slash and not dataset.named(names) else (names,)
    return tuple(_one(name.strip(), dataset) for name in parts)


def _one(name: str, dataset: Dataset) -> Series:
    found = dataset.named(name)
    if not name:
        raise Fault("the link names no metric", f"write {SCHEME}NAME@2025-03-31")
    if not found:
        fault = Unread if _may_be_unread(name, dataset) else Fault
        raise fault(f'no metric "{_short(name)}"', did_you_mean(name, dataset.names))
    if len(found) > 1:
        full = ", ".join(series.metric.name for series in found)
        raise Fault(f'"{name}" can mean {full}', "write the full name")
    if not found[0].points:
        raise Fault(f'"{name}" has no readings yet', "add a row with a value")
    return found[0]


def _may_be_unread(name: str, dataset: Dataset) -> bool:
    """Whether a metric may stand in a table that could not be read, which is told of by itself."""
    tables = [Path(mistake.path) for mistake in dataset.mistakes]
    return any(
        table.suffix.lower() in (".csv", ".toml")
        and (name.startswith(f"{table.stem}.") or "." not in name)
        for table in tables
    )


def _when(written: str) -> tuple[date, Callable[[Series, date], Point]]:
    """The day that was asked for, and how the reading is chosen."""
    found = _WHEN.match(written)
    try:
        day = date.fromisoformat(found["day"]) if found else None
    except ValueError:
        day = None
    if found is None or day is None:
        right = "write 2025-03-31, ~2025-03-31 or 2025-03-01..2025-03-31"
        raise Fault(f'"{_short(written)}" is no day', right)
    return day, nearest if found["near"] else _on


def _on(series: Series, day: date) -> Point:
    point = nearest(series, day)
    if point.day != day:
        wrong = f"{series.metric.name} has no reading on {day}"
        raise Fault(wrong, f"the nearest is of {point.day}: write @{point.day}, or @~{day}")
    return point


def nearest(series: Series, day: date) -> Point:
    """The reading nearest to a day, of two equally near the earlier."""
    points = series.points
    at = bisect_left(points, day, key=lambda point: point.day)
    return min(points[max(at - 1, 0) : at + 1], key=lambda point: abs((point.day - day).days))


def _value(points: list[Point], series: tuple[Series, ...]) -> Fraction:
    values = [exact(point.value) for point in points]
    if len(values) == 1:
        return values[0]
    if not values[1]:
        wrong = f"{series[1].metric.name} was 0 on {points[1].day}"
        raise Fault(wrong, "nothing can be divided by it; name another day")
    return values[0] / values[1]


def exact(value: float) -> Fraction:
    """A reading as the decimal number that stands in its file."""
    return Fraction(repr(float(value)))


def _nature(series: tuple[Series, ...]) -> Nature:
    if len(series) == 2:
        return "share"
    metric = series[0].metric
    if metric.form != "level":
        return "count"
    said = re.findall(r"[a-z]+|%", f"{metric.column} {metric.unit}".lower())
    return "level" if PERCENT.isdisjoint(said) else "percent"


def _crossed(series: tuple[Series, ...], days: tuple[date, ...], dataset: Dataset) -> Fault | None:
    """The change in the way of counting between two days, across which nothing is compared."""
    for one in series if len(days) > 1 else ():
        for event in dataset.events_of(one.metric):
            if event.is_counting_change and days[0] < event.date <= days[-1]:
                wrong = f"the way of counting {one.metric.name} changed on {event.date}"
                return Fault(f"{wrong} ({event.title})", "name two days on one side of it")
    return None


def _short(words: str, most: int = 60) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"
