"""The nouns of what comes out: a card, the chart in it, and the receipt below it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from metrics_insight.model import Event, Kind, Point, Span


@dataclass(frozen=True)
class Mark:
    """A numbered event on a chart: filled where the number moved with it, else hollow.

    ``title`` and ``verdict`` are its words, for whoever asks the chart by hand or by ear.
    """

    number: int
    day: date
    moved: bool = False
    title: str = ""
    verdict: str = ""


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


@dataclass(frozen=True)
class Receipt:
    """What the card rests on: named facts, and the files that its readings came from."""

    summary: str
    facts: tuple[tuple[str, str], ...]
    files: tuple[str, ...]


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
