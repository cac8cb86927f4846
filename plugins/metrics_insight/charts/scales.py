"""From values and days to places on paper, and where the axes carry their ticks."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from metrics_insight.model import Kind, Span

_STEPS = (1, 2, 2.5, 5, 10)
_DAY_STEPS, _LONG_DAY_STEPS = (1, 2, 7, 14), (28, 56, 112)
_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000)
_FEWEST_MONTHS = 3
_LONGEST_BY_DAY = 500
_BELOW, _ABOVE = 0.05, 0.03  # of the range of the values, so that no line lies on the edge
_STARTS_ABOVE_ZERO = 0.25


@dataclass(frozen=True)
class ValueScale:
    """Values from ``low`` to ``high`` over the pixels from ``bottom`` up to ``top``."""

    low: float
    high: float
    bottom: float
    top: float
    ticks: tuple[float, ...]

    def __call__(self, value: float) -> float:
        """The height of a value, in pixels from the upper edge."""
        return self.heights((value,))[0]

    def heights(self, values: Iterable[float]) -> list[float]:
        """The same of many values at once."""
        low, spread, bottom = self.low, self.high - self.low, self.bottom
        room = bottom - self.top
        return [bottom - (value - low) / spread * room for value in values]

    @property
    def shows_zero(self) -> bool:
        """Whether zero lies on the axis."""
        return self.low <= 0 <= self.high


@dataclass(frozen=True)
class TimeScale:
    """Days of a span over the pixels from ``left`` to ``right``."""

    span: Span
    left: float
    right: float

    def __call__(self, day: date) -> float:
        """The place of a day, in pixels from the left edge."""
        return self.places((day,))[0]

    def places(self, days: Iterable[date]) -> list[float]:
        """The same of many days at once."""
        first, count = self.span.first.toordinal(), self.span.days - 1
        left, room = self.left, self.right - self.left
        if not count:
            return [left + 0.5 * room for _ in days]
        return [left + (day.toordinal() - first) / count * room for day in days]


@dataclass(frozen=True)
class TimeTick:
    """A labelled day: the CLDR pattern of its label, and whether its year is told below it."""

    day: date
    pattern: str
    tells_year: bool = False


def value_scale(
    values: Sequence[float], kind: Kind, bottom: float, top: float, most: int
) -> ValueScale:
    """A scale that holds all values, with two to ``most`` round ticks.

    A flow starts at zero; a stock may start above it where the values lie far from zero.
    """
    low, high = (min(values), max(values)) if values else (0.0, 0.0)
    if kind == "flow" or low <= _STARTS_ABOVE_ZERO * high:
        low, high = min(low, 0.0), max(high, 0.0)
    if high - low <= 1e-9 * max(1.0, abs(low), abs(high)) and not 0 < high - low < 1:
        low, high = (min(0.0, low), max(1.0, high)) if abs(low) < 1 else (low - 1, high + 1)
    spread = high - low
    low -= _BELOW * spread if low else 0
    high += _ABOVE * spread if high else 0
    ticks = _round_values(low, high, most)
    return ValueScale(low, max(high, ticks[-1]), bottom, top, ticks)


def time_ticks(span: Span, most: int) -> Iterator[tuple[TimeTick, ...]]:
    """Ways to label a time axis with at most ``most`` ticks, the finest first.

    The year is told at the first tick and at the first of each year. There is always one
    way at least, and the last is a tick alone.
    """
    yield from _by_day(span, _DAY_STEPS, most)
    yield from _by_month(span, most)
    if span.days < _LONGEST_BY_DAY:
        yield from _by_day(span, _LONG_DAY_STEPS, most)
    yield (TimeTick(span.first, "d MMM", tells_year=True),)


def _by_day(span: Span, steps: Sequence[int], most: int) -> Iterator[tuple[TimeTick, ...]]:
    for step in steps:
        if math.ceil(span.days / step) <= most:
            yield _with_years(_every(step, span), "d MMM")


def _by_month(span: Span, most: int) -> Iterator[tuple[TimeTick, ...]]:
    """By month and year, in a short span only where three of them at least are labelled."""
    for step in _MONTH_STEPS:
        days = list(_firsts(span, step))
        if len(days) < _FEWEST_MONTHS and span.days < _LONGEST_BY_DAY:
            return
        if days and len(days) <= most:
            yield _with_years(days, "y" if step >= 12 else "MMM")


def _round_values(low: float, high: float, most: int) -> tuple[float, ...]:
    """Round values of the finest step that gives no more than ``most`` of them, two at least."""
    step = _round_step((high - low) / most)
    while len(_between(low, high, step)) > most:
        step = _round_step(step * 1.01)
    numbers = _between(low, high, step)
    if len(numbers) < 2:
        first = numbers[0] if numbers else math.floor(low / step) + 1
        numbers = range(first, first + 2)
    decimals = max(0, 2 - math.floor(math.log10(step)))
    return tuple(round(step * number, decimals) + 0.0 for number in numbers)


def _between(low: float, high: float, step: float) -> range:
    return range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)


def _round_step(least: float) -> float:
    power = 10.0 ** math.floor(math.log10(least))
    return next(step * power for step in _STEPS if step * power >= least * (1 - 1e-9))


def _every(step: int, span: Span) -> list[date]:
    return [span.first + timedelta(days=days) for days in range(0, span.days, step)]


def _firsts(span: Span, step: int) -> Iterator[date]:
    """The first days of every ``step``-th month in the span, January always among them."""
    month = span.first.year * 12 + span.first.month - 1
    last = span.last.year * 12 + span.last.month - 1
    for number in range(-(-month // step) * step, last + 1, step):
        day = date(number // 12, number % 12 + 1, 1)
        if day in span:
            yield day


def _with_years(days: Sequence[date], pattern: str) -> tuple[TimeTick, ...]:
    years = [None, *(day.year for day in days[:-1])]
    return tuple(
        TimeTick(day, pattern, pattern != "y" and day.year != year)
        for day, year in zip(days, years, strict=True)
    )
