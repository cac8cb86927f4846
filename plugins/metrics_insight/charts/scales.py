"""From values and days to places on paper, and where the axes carry their ticks."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from metrics_insight.model import Kind, Span

_STEPS = (1, 2, 2.5, 5, 10)
_DAY_STEPS = (1, 2, 7, 14)
_FEWEST_MONTHS = 3
_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)


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
        share = (value - self.low) / (self.high - self.low)
        return self.bottom - share * (self.bottom - self.top)


@dataclass(frozen=True)
class TimeScale:
    """Days of a span over the pixels from ``left`` to ``right``."""

    span: Span
    left: float
    right: float

    def __call__(self, day: date) -> float:
        """The place of a day, in pixels from the left edge."""
        days = self.span.days - 1
        share = (day - self.span.first).days / days if days else 0.5
        return self.left + share * (self.right - self.left)


@dataclass(frozen=True)
class TimeTick:
    """A labelled day: the CLDR pattern of its label says how much of the date is needed."""

    day: date
    pattern: str


def value_scale(
    values: list[float], kind: Kind, bottom: float, top: float, most: int
) -> ValueScale:
    """A scale that holds all values with at most ``most`` round ticks.

    A flow starts at zero; a stock may start above it where the values lie far from zero.
    """
    low, high = min(values), max(values)
    if kind == "flow" or low <= 0.25 * high:
        low, high = min(low, 0.0), max(high, 0.0)
    if high - low <= 1e-9 * max(1.0, abs(low), abs(high)):
        low, high = (min(0.0, low), max(1.0, high)) if abs(low) < 1 else (low - 1, high + 1)
    step = _round_step((high - low) / max(1, most - 1))
    while math.ceil(high / step) - math.floor(low / step) + 1 > most:
        step = _round_step(step * 1.01)
    return _scale_from(low, high, step, bottom, top)


def time_ticks(span: Span, most: int) -> tuple[TimeTick, ...]:
    """At most ``most`` ticks, from days to decades, the year told once and at each January."""
    for step in _DAY_STEPS:
        if math.ceil(span.days / step) <= most:
            return _with_years(_every(step, span), "d MMM")
    months = {step: list(_firsts(span, step)) for step in _MONTH_STEPS}
    step = next((step for step in months if len(months[step]) <= most), _MONTH_STEPS[-1])
    if len(months[step]) < _FEWEST_MONTHS and math.ceil(span.days / 28) <= most:
        return _with_years(_every(28, span), "d MMM")
    return _with_years(months[step][:most], "y" if step >= 12 else "MMM")


def _every(step: int, span: Span) -> list[date]:
    return [span.first + timedelta(days=days) for days in range(0, span.days, step)]


def _scale_from(low: float, high: float, step: float, bottom: float, top: float) -> ValueScale:
    first, last = math.floor(low / step), math.ceil(high / step)
    decimals = max(0, 2 - math.floor(math.log10(step)))
    ticks = tuple(round(step * number, decimals) for number in range(first, last + 1))
    return ValueScale(ticks[0], ticks[-1], bottom, top, ticks)


def _round_step(least: float) -> float:
    power = 10.0 ** math.floor(math.log10(least))
    return next(step * power for step in _STEPS if step * power >= least * (1 - 1e-9))


def _firsts(span: Span, step: int) -> Iterator[date]:
    """The first days of every ``step``-th month in the span, January always among them."""
    month = span.first.year * 12 + span.first.month - 1
    for number in range(month, span.last.year * 12 + span.last.month):
        day = date(number // 12, number % 12 + 1, 1)
        if number % step == 0 and day in span:
            yield day


def _with_years(days: list[date], pattern: str) -> tuple[TimeTick, ...]:
    if pattern == "y":
        return tuple(TimeTick(day, pattern) for day in days)
    years = [None, *(day.year for day in days[:-1])]
    return tuple(
        TimeTick(day, f"{pattern} y" if day.year != year else pattern)
        for day, year in zip(days, years, strict=False)
    )
