"""The nouns of what comes out: a card, the chart in it, and the receipt below it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain
from math import isfinite

from metrics_insight.claim import Status
from metrics_insight.model import Event, Kind, Point, Series, Span
from metrics_insight.standing import UNCLAIMED, Standing


@dataclass(frozen=True)
class Mark:
    """A numbered event on a chart: filled where the number moved with it, else hollow.

    Where nothing could be ``tested``, its edge is dashed.
    ``title`` and ``verdict`` are its words, for whoever asks the chart by hand or by ear.
    """

    number: int
    day: date
    moved: bool = False
    title: str = ""
    verdict: str = ""
    tested: bool = True


@dataclass(frozen=True)
class Band:
    """An unbroken stretch of one forecast: on each day the range in which 95 of 100 should lie.

    ``days``, ``low`` and ``high`` are of one length; the next forecast is a band of its own.
    Of irregular readings each has a band of one day.
    """

    days: tuple[date, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True)
class Shift:
    """A claimed change: the day it is dated to, and the first and last on which it may have begun.

    ``kind`` is "rate" (a lasting change), "jump" or "spike".
    """

    day: date
    earliest: date
    latest: date
    kind: str


@dataclass(frozen=True)
class Logged:
    """An event in the list below a chart: its number there, and its verdict in words."""

    number: int
    event: Event
    verdict: str
    moved: bool = False
    tested: bool = True


@dataclass(frozen=True)
class Panel:
    """One measure over the time axis of a chart; ``runs`` are unbroken stretches of points.

    ``breaks`` are the days on which its way of counting changed, ``stuck`` the days on which
    the counter stood still, ``bands`` what was to be expected, ``shifts`` what changed. Of a
    level, an index for one, a week has a mean and no sum.
    """

    label: str
    unit: str
    kind: Kind
    is_daily: bool
    runs: tuple[tuple[Point, ...], ...]
    breaks: tuple[date, ...] = ()
    bands: tuple[Band, ...] = ()
    shifts: tuple[Shift, ...] = ()
    stuck: tuple[Span, ...] = ()
    is_level: bool = False

    def __post_init__(self) -> None:
        """Refuse what no scale can show: `ValueError` for a number that is not finite."""
        ends = (end for band in self.bands for side in (band.low, band.high) for end in side)
        if not all(map(isfinite, chain((point.value for point in self.points), ends))):
            raise ValueError(f"a value of {self.label} is not a finite number")

    @property
    def points(self) -> tuple[Point, ...]:
        """All its points, in order of time."""
        return tuple(point for run in self.runs for point in run)


@dataclass(frozen=True)
class Chart:
    """The one description of a picture, and the only input of every drawer.

    ``span`` is the time axis, ``window`` the days the card speaks of; what lies before
    the window is context and drawn in grey. ``ticks`` are the days of the author's own posts.
    ``alt`` says what the picture shows, ``caption`` how to read it, in words for beside it.
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
    ticks: tuple[date, ...] = ()
    caption: str = ""

    @classmethod
    def of(  # noqa: PLR0913  what a chart says of itself, each thing by its name
        cls,
        days: Iterable[str | date],
        values: Iterable[float | None],
        *,
        title: str,
        unit: str = "",
        kind: Kind = "flow",
        source: str = "",
        events: Iterable[tuple[date, str]] = (),
        language: str = "en",
        alt: str = "",
    ) -> Chart:
        """The chart of one measure from two lists, for a program that has numbers and no site.

        Days are dates or ISO strings, None is a gap; ``events`` are days with what happened
        and become marks, numbered in order of time. ``language`` is that of these words, and
        ``alt`` says what the picture shows, the title where nothing is said. Raises
        `ValueError` in one line for what is no day or no finite number, and where there is no
        day at all.
        """
        series = Series.of(days, values, kind=kind)
        if not series.days:
            raise ValueError("a chart needs a day at least")
        span = Span(series.days[0], series.days[-1])
        logged = sorted((Event(day, told) for day, told in events), key=lambda one: one.date)
        marks = tuple(Mark(n, one.date, title=one.title) for n, one in enumerate(logged, 1))
        panel = Panel(title, unit, kind, series.is_daily, _runs(series))
        return cls(title, unit, alt or title, source, language, span, span, (panel,), marks)


def _runs(series: Series) -> tuple[tuple[Point, ...], ...]:
    """The readings cut at each gap; a missing day is one only where they are daily."""
    runs: list[list[Point]] = [[]]
    for day, value in zip(series.days, series.values, strict=True):
        before = runs[-1][-1].day if runs[-1] else day
        if value is None or (series.is_daily and (day - before).days > 1):
            runs.append([])
        if value is not None:
            runs[-1].append(Point(day, value))
    return tuple(tuple(run) for run in runs if run)


@dataclass(frozen=True)
class Receipt:
    """What the card rests on: named facts, and the files that its readings came from."""

    summary: str
    facts: tuple[tuple[str, str], ...]
    files: tuple[str, ...]


@dataclass(frozen=True)
class Account:
    """What a card says of its check, its test and its verdict; "" where there is none.

    ``check`` is what would prove the reading wrong, ``state`` whether it is open, due or
    retired, ``test`` what the data said on its day, ``against`` that the verdict differs.
    """

    status: Status = "open"
    check: str = ""
    state: str = ""
    test: str = ""
    verdict: str = ""
    against: str = ""


UNTOLD = Account()


@dataclass(frozen=True)
class Insight:
    """A finished card, in words and pictures, before any HTML.

    ``observation`` holds its sentences by paragraph; ``is_asked`` says that the question is the
    author's own.
    """

    id: str
    label: str
    question: str
    observation: tuple[tuple[str, ...], ...]
    chart: Chart
    events: tuple[Logged, ...]
    receipt: Receipt
    is_asked: bool = True
    standing: Standing = UNCLAIMED
    account: Account = UNTOLD
