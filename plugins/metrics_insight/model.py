"""The nouns of what goes in: frozen values, checked when they are made and trusted afterwards.

What is found of them are the nouns of `finding`, what comes out those of `insight`.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from operator import lt
from statistics import median
from typing import Literal

from metrics_insight import given
from metrics_insight.claim import Check, Outcome, Retired
from mistakes import Mistake

Kind = Literal["stock", "flow"]
KINDS: tuple[Kind, ...] = ("stock", "flow")
MEASURES = frozenset("index rate ratio percent percentage % score rank rating average mean".split())
"""Words in a column's name or unit that say: these values are no counts and have no sum."""
RUNGS = ("reach", "engagement", "influence", "action", "outcome")
ONE_DAY = timedelta(days=1)
Day = date
"""A day's type where a field is called ``date``."""


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

    It stands in the ``column`` of a ``table``, the CSV file without its ending. A ``stock``
    is a running total (followers), a ``flow`` is so many a day (views). ``guessed`` names
    what the author did not state.
    """

    table: str
    column: str
    label: str = ""
    unit: str = ""
    kind: Kind = "stock"
    rung: str = ""
    counted_by: str = ""
    source: str = ""
    timezone: str = ""
    file: str = ""
    guessed: tuple[str, ...] = ()
    retired: Retired | None = None

    @property
    def name(self) -> str:
        """The full name, ``FILE.COLUMN``."""
        return f"{self.table}.{self.column}"

    @property
    def form(self) -> Literal["stock", "flow", "level"]:
        """How it is spoken of; a flow that measures and counts nothing is a level: an index."""
        words = re.findall(r"[a-z]+|%", f"{self.column} {self.unit}".lower())
        return self.kind if self.kind == "stock" or MEASURES.isdisjoint(words) else "level"


@dataclass(frozen=True)
class Series:
    """The readings of one metric in order of time: days rise, a value of None is a gap.

    A part of a series keeps the ``rhythm`` of the whole: daily or not.
    """

    metric: Metric
    days: tuple[date, ...]
    values: tuple[float | None, ...]
    rhythm: bool | None = field(default=None, compare=False)
    repeated: tuple[tuple[date, float], ...] = ()

    def __post_init__(self) -> None:
        if len(self.days) != len(self.values):
            raise ValueError(f"{len(self.days)} days but {len(self.values)} values")
        if not all(map(lt, self.days, self.days[1:])):
            raise ValueError("the days of a series must rise")
        # gaps are passed over, and with them the zeros, which are finite
        if not all(map(math.isfinite, filter(None, self.values))):
            raise ValueError("a value of a series must be a finite number or None")

    @classmethod
    def of(
        cls,
        dates: Iterable[str | date],
        values: Iterable[float | None],
        *,
        kind: Kind = "stock",
        name: str = "series.value",
    ) -> Series:
        """The series of rows in any order; a day given twice keeps its later known value.

        Dates are days or ISO strings; None and NaN are gaps. ``repeated`` keeps the days that
        had two values, each with the step from the first to the second. Raises `ValueError`
        for a date that is none, a value that is no number or over 1e15, an unknown kind, and
        for more dates than values or fewer.
        """
        if kind not in KINDS:
            raise ValueError(f'"{kind}" is no kind: write stock or flow')
        rows: dict[date, float | None] = {}
        repeated: dict[date, float] = {}
        for day, known in given.rows(dates, values):
            earlier = rows.get(day)
            if earlier is not None and known is not None and earlier != known:
                repeated[day] = known - earlier
            rows[day] = known if known is not None else earlier
        table, _, column = name.rpartition(".")
        metric = Metric(table, column, label=column.capitalize(), unit=column, kind=kind)
        days = tuple(sorted(rows))
        twice = tuple(sorted(repeated.items()))
        return cls(metric, days, tuple(rows[day] for day in days), repeated=twice)

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """The readings that are there, gaps left out."""
        pairs = zip(self.days, self.values, strict=True)
        return tuple(Point(day, value) for day, value in pairs if value is not None)

    @property
    def span(self) -> Span | None:
        """From the first reading to the last, None where there is none."""
        points = self.points
        return Span(points[0].day, points[-1].day) if points else None

    @cached_property
    def is_daily(self) -> bool:
        """Whether the usual distance between two readings is one day."""
        if self.rhythm is not None:
            return self.rhythm
        days = [point.day for point in self.points]
        return len(days) < 2 or median((b - a).days for a, b in pairwise(days)) <= 1

    def within(self, span: Span) -> Series:
        """The part of the series whose days lie in ``span``."""
        low, high = bisect_left(self.days, span.first), bisect_right(self.days, span.last)
        if high - low == len(self.days):
            return self
        return Series(self.metric, self.days[low:high], self.values[low:high], self.is_daily)

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
    all. The kind ``counting`` says that the way of counting changed on that day. Days may be
    given as ISO strings; `ValueError` where one is none or the end lies before the date.
    """

    date: Day
    title: str
    kind: str = ""
    end: Day | None = None
    metrics: tuple[str, ...] = ()
    url: str = ""
    note: str = ""
    logged: Day | None = None
    line: int | None = field(default=None, compare=False)
    file: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        for name in ("date", "end", "logged"):
            written = getattr(self, name)
            if written is not None or name == "date":
                object.__setattr__(self, name, given.day(written))
        given.days(self.date, self.end)

    def concerns(self, metric: Metric) -> bool:
        """Whether it belongs to ``metric``."""
        names = {metric.name, metric.column, f"{metric.table}.*"}
        return not self.metrics or bool(names & set(self.metrics))

    def falls_in(self, span: Span) -> bool:
        """Whether any of its days lies in ``span``."""
        return self.date <= span.last and span.first <= (self.end or self.date)

    @property
    def is_counting_change(self) -> bool:
        """Whether values before and after it may not be compared."""
        return self.kind == "counting"


@dataclass(frozen=True)
class Post:
    """A post of the site: the file, its title, the day it appeared, and where it is found.

    ``told`` holds its ``Event:`` headers as written, each with its line.
    """

    file: str
    title: str = ""
    day: date | None = None
    url: str = ""
    told: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Dataset:
    """All that was read: series, events, posts, the mistakes in what could not be, the doubts."""

    series: tuple[Series, ...] = ()
    events: tuple[Event, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    doubts: tuple[Mistake, ...] = ()
    posts: tuple[Post, ...] = ()

    def __add__(self, other: Dataset) -> Dataset:
        parts = (field.name for field in fields(self))
        return Dataset(*(getattr(self, name) + getattr(other, name) for name in parts))

    @property
    def names(self) -> tuple[str, ...]:
        """Every name a metric answers to: the full one, and the bare one where it is unique."""
        full = [series.metric.name for series in self.series]
        bare = [series.metric.column for series in self.series]
        return (*full, *(name for name in bare if bare.count(name) == 1))

    def named(self, name: str) -> tuple[Series, ...]:
        """The series with this full name, else those whose bare column it is."""
        full = tuple(series for series in self.series if series.metric.name == name)
        return full or tuple(series for series in self.series if series.metric.column == name)

    def events_of(self, metric: Metric) -> tuple[Event, ...]:
        """The events that concern ``metric``, in order of time."""
        mine = (event for event in self.events if event.concerns(metric))
        return tuple(sorted(mine, key=lambda event: (event.date, event.title)))


@dataclass(frozen=True)
class Request:
    """What an author asks of an insight block; ``lines`` tells where each key stands.

    ``events`` says which are spoken of: all, none, posts (the author's own as well), or kinds.
    """

    metric: str
    window: Span | None = None
    companions: tuple[str, ...] = ()
    events: tuple[str, ...] = ("all",)
    question: str = ""
    title: str = ""
    alt: str = ""
    id: str = ""
    check: Check | None = None
    verdict: Outcome | None = None
    lines: tuple[tuple[str, int], ...] = field(default=(), compare=False)

    def line_of(self, key: str) -> int:
        """The line of the block's text on which ``key`` stands, 0 where it is not written."""
        return dict(self.lines).get(key, 0)
