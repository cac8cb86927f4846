"""Growth over the window, held against the span of the same length before it."""

from __future__ import annotations

from math import fsum

from metrics_insight.dossier import Dossier
from metrics_insight.finding import (
    CountingChanged,
    Finding,
    FlowBefore,
    FlowSum,
    StockAlone,
    StockBefore,
    StockGrowth,
    ThinBefore,
    ThinWindow,
)
from metrics_insight.model import ONE_DAY, Point, Series, Span


def find(dossier: Dossier) -> tuple[Finding, ...]:
    """The growth over the window, and the span before it as far as it can be held against.

    Nothing is compared across a change in the way of counting. A daily flow is compared only
    where at least half the days of both spans have a reading.
    """
    window, before = dossier.window, dossier.window.before
    changes = tuple(
        CountingChanged(dossier.series.metric, event.date, event.title)
        for event in dossier.changes
        if before.first < event.date <= window.last
    )
    inside = tuple(change for change in changes if change.day > window.first)
    if inside:
        return inside
    now = measure(dossier.comparable, window)
    if now is None or changes or isinstance(now, StockAlone) or _is_two_levels(now):
        return (*((now,) if now else ()), *changes)
    return now, _against(dossier.comparable, now, window)


def over_window(dossier: Dossier) -> tuple[Finding, ...]:
    """The growth over the window alone, or the change in counting that forbids to tell it."""
    return find(dossier)[:1]


def measure(series: Series, span: Span) -> StockGrowth | StockAlone | FlowSum | None:
    """What the series did over a span, None where it has no reading in it.

    A stock grows from the reading nearest to the eve of the span to the last one inside, and
    so does a level that is read now and then. A flow is the sum of the readings inside.
    """
    inside = series.within(span).points
    if not inside:
        return None
    form = series.metric.form
    if form == "stock" or (form == "level" and not series.is_daily):
        return _stock(series, inside, span)
    total = fsum(point.value for point in inside)
    held = Span(inside[0].day, inside[-1].day)
    return FlowSum(series.metric, held, total, len(inside), series.is_daily)


def _stock(series: Series, inside: tuple[Point, ...], span: Span) -> StockGrowth | StockAlone:
    eve, end = span.first - ONE_DAY, inside[-1]
    candidates = [inside[0]] if len(inside) > 1 else []
    earlier = series.last_on_or_before(eve)
    if earlier:
        candidates.insert(0, earlier)
    if not candidates:
        return StockAlone(series.metric, end)
    start = min(candidates, key=lambda point: abs((point.day - eve).days))
    return StockGrowth(series.metric, start, end, series.is_daily)


def _is_two_levels(now: StockGrowth | FlowSum) -> bool:
    """Whether it tells of a level at two readings, which is gained on no day between them."""
    return isinstance(now, StockGrowth) and now.metric.form == "level"


def _against(series: Series, now: StockGrowth | FlowSum, window: Span) -> Finding:
    before = measure(series, window.before)
    if isinstance(now, StockGrowth) and isinstance(before, StockGrowth):
        return StockBefore(now.metric, before, now)
    if isinstance(now, FlowSum) and now.is_daily and 2 * now.readings < window.days:
        return ThinWindow(now.metric, now.readings, window.days)
    enough = not series.is_daily or 2 * getattr(before, "readings", 0) >= window.days
    if isinstance(now, FlowSum) and isinstance(before, FlowSum) and enough:
        return FlowBefore(now.metric, before, now, window.before)
    return ThinBefore(now.metric, len(series.within(window.before).points), window.days)
