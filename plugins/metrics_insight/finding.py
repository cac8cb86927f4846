"""The nouns of what is found: each a fact with its size, its span and its sample."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from metrics_insight.model import Event, Metric, Point, Span


@dataclass(frozen=True)
class StockGrowth:
    """A running total at two readings: how much it grew from ``start`` to ``end``."""

    metric: Metric
    start: Point
    end: Point
    is_daily: bool = True

    @property
    def gain(self) -> float:
        """By how much it rose, negative where it fell."""
        return self.end.value - self.start.value

    @property
    def days(self) -> int:
        """The days between the two readings."""
        return (self.end.day - self.start.day).days

    @property
    def pace(self) -> float:
        """The gain a day."""
        return self.gain / self.days


@dataclass(frozen=True)
class StockAlone:
    """A running total at its only reading: there is none before it to tell a growth by."""

    metric: Metric
    reading: Point


@dataclass(frozen=True)
class StockBefore:
    """The growth over the window and over the same number of days before it."""

    metric: Metric
    before: StockGrowth
    window: StockGrowth

    @property
    def is_like_for_like(self) -> bool:
        """Whether the two are as long as each other and meet."""
        meet = self.before.end.day == self.window.start.day
        return meet and self.before.days == self.window.days


@dataclass(frozen=True)
class FlowSum:
    """What a flow came to from its first reading to its last in some days (``span``)."""

    metric: Metric
    span: Span
    total: float
    readings: int
    is_daily: bool = True

    @property
    def per_reading(self) -> float:
        """The mean of the readings: of the days that were counted, where it is daily."""
        return self.total / self.readings

    @property
    def missing(self) -> int:
        """How many days of the span have no reading."""
        return self.span.days - self.readings


@dataclass(frozen=True)
class FlowBefore:
    """The flow over the window and over ``days``, the span of the same length before it."""

    metric: Metric
    before: FlowSum
    window: FlowSum
    days: Span

    @property
    def change(self) -> float | None:
        """The share by which the mean reading moved: 0.1 is a tenth more than before.

        None where a share would mislead: one of the two is nothing, or less than nothing.
        """
        if self.before.total <= 0 or self.window.total <= 0:
            return None
        return self.window.per_reading / self.before.per_reading - 1


@dataclass(frozen=True)
class ThinBefore:
    """Why the window is held against nothing: of the ``days`` before too few have a reading."""

    metric: Metric
    readings: int
    days: int


@dataclass(frozen=True)
class ThinWindow:
    """Why the window is held against nothing: too few of its ``days`` have a reading."""

    metric: Metric
    readings: int
    days: int


@dataclass(frozen=True)
class UsualWeek:
    """The middle half of ``weeks`` whole weeks within ``span``, and the window's own mean week.

    The week of a stock is its gain in seven days, of a flow their sum, of a level their mean.
    """

    metric: Metric
    low: float
    high: float
    weeks: int
    span: Span
    window_week: float
    is_one_week: bool = False


@dataclass(frozen=True)
class UsualPace:
    """The middle half of the paces between ``readings`` irregular readings within ``span``.

    The pace of a stock is its gain a day between two readings, of a flow one reading.
    """

    metric: Metric
    low: float
    high: float
    readings: int
    span: Span


@dataclass(frozen=True)
class TooLittle:
    """Why nothing is said of what is usual: so few whole ``weeks`` or ``readings`` lie before."""

    metric: Metric
    found: int
    of: Literal["weeks", "readings"]


@dataclass(frozen=True)
class CountingChanged:
    """The source began to count in another way on ``day``: nothing is compared across it."""

    metric: Metric
    day: date
    what: str


@dataclass(frozen=True)
class Interval:
    """A number with the 95 % interval it lies in."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Slip:
    """Readings that were cleaned before anything was reckoned, and the events within a day."""

    metric: Metric
    kind: str
    span: Span
    amount: float
    events: tuple[Event, ...] = ()
    times: int = 1


@dataclass(frozen=True)
class ChangeFound:
    """A claimed change: ``kind`` is spike, jump or rate; ``began`` the days on which it may have.

    ``before`` and ``after`` are gains (of a flow: counts) a day, ``low`` to ``high`` the interval
    of their difference. ``explained`` names the events that coincide, ``near`` others within
    7 days; ``moved`` are those of the first that are told here, with what they moved.
    ``together``: those near it are told elsewhere as too close to each other to be told apart.
    ``stayed``: most of a burst in a stock was there 28 days later, None if unknown.
    """

    metric: Metric
    kind: str
    began: Span
    before: float
    after: float
    low: float | None
    high: float | None
    explained: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    stayed: bool | None = None
    moved: tuple[EventMoved, ...] = ()
    together: bool = False


@dataclass(frozen=True)
class EventMoved:
    """An event with which the number moved, over ``days`` or between the ``readings`` around it.

    Of a level ``expected`` and ``difference`` are means a day, of all else sums.
    """

    metric: Metric
    event: Event
    days: int
    expected: float
    difference: Interval
    lasting: bool | None
    readings: Span | None = None


@dataclass(frozen=True)
class EventsTogether:
    """Events within 7 days of each other where something moved: attributed to none of them."""

    metric: Metric
    events: tuple[Event, ...]


@dataclass(frozen=True)
class EventsSilent:
    """Tested events without a visible effect; the smallest that would have shown, as shares.

    Without shares ``between`` is the widest of the intervals. ``days`` is the window, None
    for the days between two readings. ``beside_slip``: a slip within a day was taken out first.
    """

    metric: Metric
    events: tuple[Event, ...]
    smallest: tuple[float, ...]
    between: tuple[float, float] | None = None
    days: int | None = 7
    beside_slip: bool = False


@dataclass(frozen=True)
class EventsUntested:
    """Events of which nothing can be said, for one reason: the verdict they share."""

    metric: Metric
    events: tuple[Event, ...]
    verdict: str


@dataclass(frozen=True)
class KeptPace:
    """A companion per unit of the main number, in so many ``days`` before ``day`` and from it.

    ``ratio`` is after over before, None on too little history. ``grew``: the main number did,
    ``rose``: the companion by itself did, by a tenth or more.
    """

    metric: Metric
    companion: Metric
    before: float | None
    after: float | None
    ratio: Interval | None
    claimed: bool
    day: date
    grew: bool = True
    rose: bool = False
    days: int = 28


@dataclass(frozen=True)
class NoEvents:
    """The log holds no event for the days spoken of."""

    metric: Metric


Finding = (
    StockGrowth | StockAlone | StockBefore | FlowSum | FlowBefore | ThinBefore | ThinWindow
    | UsualWeek | UsualPace | TooLittle | CountingChanged | Slip | ChangeFound | EventMoved
    | EventsTogether | EventsSilent | EventsUntested | KeptPace | NoEvents
)  # fmt: skip
