"""The nouns of what is found: each a fact with its size, its span and its sample."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from metrics_insight.model import Metric, Point, Span


@dataclass(frozen=True)
class StockGrowth:
    """A running total at two readings: how much it grew from ``start`` to ``end``."""

    metric: Metric
    start: Point
    end: Point

    @property
    def gain(self) -> float:
        """By how much it rose, negative where it fell."""
        return self.end.value - self.start.value

    @property
    def days(self) -> int:
        """The days between the two readings."""
        return (self.end.day - self.start.day).days


@dataclass(frozen=True)
class StockBefore:
    """The same total over the same number of days before the window."""

    metric: Metric
    growth: StockGrowth
    window: StockGrowth


@dataclass(frozen=True)
class FlowSum:
    """What a flow came to over a span, in so many readings (one a day where it ``is_daily``)."""

    metric: Metric
    span: Span
    total: float
    readings: int
    is_daily: bool

    @property
    def per_reading(self) -> float:
        """The mean of the readings: of the days that were counted, where it is daily."""
        return self.total / self.readings


@dataclass(frozen=True)
class FlowBefore:
    """The same flow over the span of the same length before the window."""

    metric: Metric
    before: FlowSum
    window: FlowSum

    @property
    def change(self) -> float:
        """The share by which the mean reading moved: 0.1 is a tenth more than before."""
        return self.window.per_reading / self.before.per_reading - 1


@dataclass(frozen=True)
class UsualWeek:
    """The middle half of ``weeks`` whole weeks before the window, and the window's own mean week."""

    metric: Metric
    low: float
    high: float
    weeks: int
    window_week: float
    is_one_week: bool


@dataclass(frozen=True)
class UsualPace:
    """The middle half of the paces before, from ``readings`` irregular readings.

    The pace of a stock is its gain a day between two readings, of a flow one reading.
    """

    metric: Metric
    low: float
    high: float
    readings: int
    window_pace: float


@dataclass(frozen=True)
class TooLittle:
    """Why nothing is compared: too few readings, given as ``readings`` of the whole series."""

    metric: Metric
    readings: int


@dataclass(frozen=True)
class CountingChanged:
    """The source began to count in another way on ``day``: nothing is compared across it."""

    metric: Metric
    day: date
    what: str


@dataclass(frozen=True)
class EventsRecorded:
    """How many events the log holds for the window, none of them tested."""

    metric: Metric
    window: Span
    events: int


Finding = (
    StockGrowth
    | StockBefore
    | FlowSum
    | FlowBefore
    | UsualWeek
    | UsualPace
    | TooLittle
    | CountingChanged
    | EventsRecorded
)
