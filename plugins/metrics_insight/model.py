"""All the nouns: plain frozen values that are checked when they are made and trusted afterwards."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import Literal

from mistakes import Mistake

Kind = Literal["stock", "flow"]
KINDS: tuple[Kind, ...] = ("stock", "flow")
RUNGS = ("reach", "engagement", "influence", "action", "outcome")
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Span:
    """Days from ``first`` to ``last``, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"{self.last} is before {self.first}")

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def days(self) -> int:
        """How many days it holds."""
        return (self.last - self.first).days + 1

    @property
    def before(self) -> Span:
        """The span of the same length that ends on the day before this one."""
        return Span(self.first - timedelta(days=self.days), self.first - ONE_DAY)


@dataclass(frozen=True)
class Point:
    """One reading: a day and the value recorded for it, in the metric's own units."""

    day: date
    value: float


@dataclass(frozen=True)
class Metric:
    """What is counted, by whom, and in which words it is spoken of.

    ``name`` is ``FILE.COLUMN``. A ``stock`` is a running total (followers), a ``flow``
    is so many a day (views). ``guessed`` names what the author did not state.
    """

    name: str
    label: str = ""
    unit: str = ""
    kind: Kind = "stock"
    rung: str = ""
    counted_by: str = ""
    source: str = ""
    timezone: str = ""
    file: str = ""
    guessed: tuple[str, ...] = ()

    @property
    def column(self) -> str:
        """The bare name of the column, without its file."""
        return self.name.rpartition(".")[2]


@dataclass(frozen=True)
class Series:
    """The readings of one metric in order of time: days rise, a value of None is a gap."""

    metric: Metric
    days: tuple[date, ...]
    values: tuple[float | None, ...]

    def __post_init__(self) -> None:
        if len(self.days) != len(self.values):
            raise ValueError(f"{len(self.days)} days but {len(self.values)} values")
        if any(later <= earlier for earlier, later in pairwise(self.days)):
            raise ValueError("the days of a series must rise")
        if any(value is not None and not math.isfinite(value) for value in self.values):
            raise ValueError("a value of a series must be a finite number or None")

    @property
    def points(self) -> tuple[Point, ...]:
        """The readings that are there, gaps left out."""
        pairs = zip(self.days, self.values, strict=True)
        return tuple(Point(day, value) for day, value in pairs if value is not None)

    @property
    def span(self) -> Span | None:
        """From the first reading to the last, None where there is none."""
        points = self.points
        return Span(points[0].day, points[-1].day) if points else None

    @property
    def is_daily(self) -> bool:
        """Whether the usual distance between two readings is one day."""
        days = [point.day for point in self.points]
        return len(days) < 2 or median((b - a).days for a, b in pairwise(days)) <= 1

    def within(self, span: Span) -> Series:
        """The part of the series whose days lie in ``span``."""
        low, high = bisect_left(self.days, span.first), bisect_right(self.days, span.last)
        return Series(self.metric, self.days[low:high], self.values[low:high])

    def last_on_or_before(self, day: date) -> Point | None:
        """The newest reading that is not later than ``day``."""
        for index in range(bisect_right(self.days, day) - 1, -1, -1):
            value = self.values[index]
            if value is not None:
                return Point(self.days[index], value)
        return None


@dataclass(frozen=True)
class Event:
    """Something that happened, as somebody logged it.

    ``metrics`` holds the patterns it concerns (``FILE.COLUMN`` or ``FILE.*``); empty means
    all. The kind ``counting`` says that the way of counting changed on that day.
    """

    date: date
    title: str
    kind: str = ""
    end: date | None = None
    metrics: tuple[str, ...] = ()
    url: str = ""
    note: str = ""
    logged: date | None = None

    def concerns(self, metric: Metric) -> bool:
        """Whether it belongs to ``metric``."""
        family = metric.name.rpartition(".")[0] + ".*"
        return not self.metrics or bool({metric.name, metric.column, family} & set(self.metrics))

    @property
    def is_counting_change(self) -> bool:
        """Whether values before and after it may not be compared."""
        return self.kind == "counting"


@dataclass(frozen=True)
class Dataset:
    """Everything that was read: series, events, and the doubts met on the way."""

    series: tuple[Series, ...] = ()
    events: tuple[Event, ...] = ()
    doubts: tuple[Mistake, ...] = ()

    def __add__(self, other: Dataset) -> Dataset:
        return Dataset(
            self.series + other.series, self.events + other.events, self.doubts + other.doubts
        )

    def named(self, name: str) -> tuple[Series, ...]:
        """The series with this full name, else those whose bare column it is."""
        full = tuple(series for series in self.series if series.metric.name == name)
        return full or tuple(series for series in self.series if series.metric.column == name)

    def events_of(self, metric: Metric) -> tuple[Event, ...]:
        """The events that concern ``metric``, in order of time."""
        mine = (event for event in self.events if event.concerns(metric))
        return tuple(sorted(mine, key=lambda event: (event.date, event.title)))


@dataclass(frozen=True)
class Part:
    """A part of what the author wrote in a block: its label ("" for the reading) and Markdown."""

    label: str
    markdown: str


@dataclass(frozen=True)
class Request:
    """What an author asks of an insight block; ``lines`` tells where each key stands."""

    metric: str
    window: Span | None = None
    companions: tuple[str, ...] = ()
    question: str = ""
    title: str = ""
    alt: str = ""
    id: str = ""
    parts: tuple[Part, ...] = ()
    lines: tuple[tuple[str, int], ...] = field(default=(), compare=False)

    def line_of(self, key: str) -> int:
        """The line of the block's text on which ``key`` stands, 0 where it is not written."""
        return dict(self.lines).get(key, 0)


@dataclass(frozen=True)
class Dossier:
    """A request whose names and window are found in the data: all that a finder needs."""

    request: Request
    series: Series
    companions: tuple[Series, ...]
    window: Span
    events: tuple[Event, ...]


@dataclass(frozen=True)
class Mark:
    """A numbered event on a chart."""

    number: int
    day: date


@dataclass(frozen=True)
class Panel:
    """One measure over the time axis of a chart; ``runs`` are unbroken stretches of points."""

    label: str
    unit: str
    kind: Kind
    is_daily: bool
    runs: tuple[tuple[Point, ...], ...]

    @property
    def points(self) -> tuple[Point, ...]:
        """All its points, in order of time."""
        return tuple(point for run in self.runs for point in run)


@dataclass(frozen=True)
class Chart:
    """The one description of a picture, and the only input of every drawer.

    ``span`` is the time axis, ``window`` the days the card speaks of; what lies before
    the window is context and drawn in grey. ``breaks`` are days on which counting changed.
    """

    title: str
    note: str
    alt: str
    source: str
    language: str
    span: Span
    window: Span
    panels: tuple[Panel, ...]
    marks: tuple[Mark, ...] = ()
    breaks: tuple[date, ...] = ()


@dataclass(frozen=True)
class ReceiptRow:
    """One row of the receipt's table: a day and the values of each column as written."""

    day: date
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Receipt:
    """What the card rests on: named facts, the readings, and the files they came from."""

    summary: str
    caption: str
    facts: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    rows: tuple[ReceiptRow, ...]
    files: tuple[str, ...]


@dataclass(frozen=True)
class Insight:
    """A finished card, in words and pictures, before any HTML."""

    id: str
    label: str
    question: str
    observation: tuple[str, ...]
    chart: Chart
    events: tuple[tuple[int, Event], ...]
    receipt: Receipt


def spread(values: Sequence[float]) -> tuple[float, float]:
    """The lowest and the highest of some values; at least one is needed."""
    return min(values), max(values)


def unbroken(
    points: Iterable[Point], *, gap: int, breaks: Sequence[date] = ()
) -> tuple[tuple[Point, ...], ...]:
    """Cut points into runs: where more than ``gap`` days lie between two, or a break does."""
    runs: list[list[Point]] = []
    for point in points:
        previous = runs[-1][-1] if runs else None
        if previous is None or _apart(previous, point, gap, breaks):
            runs.append([])
        runs[-1].append(point)
    return tuple(tuple(run) for run in runs)


def _apart(earlier: Point, later: Point, gap: int, breaks: Sequence[date]) -> bool:
    too_far = (later.day - earlier.day).days > gap
    return too_far or any(earlier.day < day <= later.day for day in breaks)
