"""What is usual: the middle half of the weeks before, or of the paces between readings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from math import fsum
from statistics import quantiles

from metrics_insight.dossier import Dossier
from metrics_insight.finding import Finding, FlowSum, StockGrowth, TooLittle, UsualPace, UsualWeek
from metrics_insight.findings.growth import measure
from metrics_insight.model import ONE_DAY, Point, Series, Span

MOST_WEEKS = 52
FEWEST = 8
WEEK = timedelta(days=7)


def find(dossier: Dossier) -> tuple[Finding, ...]:
    """The usual week before the window (daily readings), or the usual pace (irregular ones).

    The middle half lies between the first and the third quartile (inclusive method), over
    up to 52 whole weeks that end on the day before the window, or over all steps between
    readings before it. History starts anew where the way of counting changed; with fewer
    than 8 weeks or steps there is `TooLittle`. A window under a week is held against none.
    """
    window, series = dossier.window, dossier.comparable
    if any(window.first < event.date <= window.last for event in dossier.changes):
        return ()
    now = measure(series, window)
    earlier = series.within(Span(date.min, window.first - ONE_DAY)).points
    if not earlier or not isinstance(now, StockGrowth | FlowSum):
        return ()
    if not series.is_daily:
        return (_pace(series, earlier),)
    return (_week(series, earlier, now, window),) if _fills_weeks(now, window) else ()


def _fills_weeks(now: StockGrowth | FlowSum, window: Span) -> bool:
    """Whether a mean week can be told: of one week every day is needed, else every other day."""
    if isinstance(now, StockGrowth):
        return now.days == 7 if window.days == 7 else now.days >= 7
    return now.readings == 7 if window.days == 7 else 2 * now.readings >= max(window.days, 14)


def _week(
    series: Series, earlier: Sequence[Point], now: StockGrowth | FlowSum, window: Span
) -> Finding:
    values = {point.day: point.value for point in earlier}
    ends = [window.first - ONE_DAY - WEEK * back for back in range(MOST_WEEKS)]
    reckon = _gain if isinstance(now, StockGrowth) else _sum
    days = 7 if series.metric.form == "level" else 1
    weeks = {end: week for end in ends if (week := reckon(values, end)) is not None}
    if len(weeks) < FEWEST:
        return TooLittle(series.metric, len(weeks), "weeks")
    low, high = _middle_half([week / days for week in weeks.values()])
    span = Span(min(weeks) - WEEK + ONE_DAY, max(weeks))
    own = 7 / days * (now.pace if isinstance(now, StockGrowth) else now.per_reading)
    return UsualWeek(series.metric, low, high, len(weeks), span, own, window.days == 7)


def _pace(series: Series, earlier: Sequence[Point]) -> Finding:
    if series.metric.kind == "stock":
        paces = [(b.value - a.value) / (b.day - a.day).days for a, b in pairwise(earlier)]
    else:
        paces = [point.value for point in earlier]
    if len(paces) < FEWEST:
        return TooLittle(series.metric, len(earlier), "readings")
    low, high = _middle_half(paces)
    span = Span(earlier[0].day, earlier[-1].day)
    return UsualPace(series.metric, low, high, len(earlier), span)


def _gain(values: Mapping[date, float], end: date) -> float | None:
    start = end - WEEK
    return values[end] - values[start] if end in values and start in values else None


def _sum(values: Mapping[date, float], end: date) -> float | None:
    days = [end - ONE_DAY * back for back in range(7)]
    return fsum(values[day] for day in days) if all(day in values for day in days) else None


def _middle_half(values: Sequence[float]) -> tuple[float, float]:
    low, _, high = quantiles(values, n=4, method="inclusive")
    return low, high
