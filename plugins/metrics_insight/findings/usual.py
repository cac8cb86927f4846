"""What is usual: the middle half of the weeks before, or of the paces between readings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from statistics import quantiles

from metrics_insight.finding import Finding, FlowSum, StockGrowth, TooLittle, UsualPace, UsualWeek
from metrics_insight.findings.growth import measure
from metrics_insight.model import ONE_DAY, Dossier, Series, Span

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
    now = measure(dossier.series, dossier.window)
    changed = [event.date for event in dossier.events if event.is_counting_change]
    if now is None or any(day in dossier.window for day in changed):
        return ()
    earlier = _history(dossier)
    if not dossier.series.is_daily:
        return _pace(dossier.series, earlier, now)
    return _week(dossier.series, earlier, now, dossier.window) if dossier.window.days >= 7 else ()


def _history(dossier: Dossier) -> Series:
    """The readings before the window, from the last change in the way of counting on."""
    last = dossier.window.first - ONE_DAY
    starts = [
        event.date for event in dossier.events if event.is_counting_change and event.date <= last
    ]
    first = max([min(dossier.series.days[0], last), *starts])
    return dossier.series.within(Span(first, last))


def _week(
    series: Series, earlier: Series, now: StockGrowth | FlowSum, window: Span
) -> tuple[Finding, ...]:
    values = {point.day: point.value for point in earlier.points}
    ends = [window.first - ONE_DAY - WEEK * back for back in range(MOST_WEEKS)]
    reckon = _gain if isinstance(now, StockGrowth) else _sum
    weeks = [week for week in (reckon(values, end) for end in ends) if week is not None]
    if len(weeks) < FEWEST:
        return (TooLittle(series.metric, len(series.points)),)
    low, high = _middle_half(weeks)
    return (UsualWeek(series.metric, low, high, len(weeks), 7 * _a_day(now), window.days == 7),)


def _pace(series: Series, earlier: Series, now: StockGrowth | FlowSum) -> tuple[Finding, ...]:
    points = earlier.points
    if isinstance(now, StockGrowth):
        paces = [(b.value - a.value) / (b.day - a.day).days for a, b in pairwise(points)]
    else:
        paces = [point.value for point in points]
    if len(paces) < FEWEST:
        return (TooLittle(series.metric, len(series.points)),)
    low, high = _middle_half(paces)
    return (UsualPace(series.metric, low, high, len(points), _a_day(now)),)


def _gain(values: Mapping[date, float], end: date) -> float | None:
    start = end - WEEK
    return values[end] - values[start] if end in values and start in values else None


def _sum(values: Mapping[date, float], end: date) -> float | None:
    days = [end - ONE_DAY * back for back in range(7)]
    return sum(values[day] for day in days) if all(day in values for day in days) else None


def _a_day(now: StockGrowth | FlowSum) -> float:
    """The gain a day of a stock; the mean reading of a flow."""
    return now.gain / now.days if isinstance(now, StockGrowth) else now.per_reading


def _middle_half(values: Sequence[float]) -> tuple[float, float]:
    low, _, high = quantiles(values, n=4, method="inclusive")
    return low, high
