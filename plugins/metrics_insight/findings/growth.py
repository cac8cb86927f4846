"""Growth over the window, held against the span of the same length before it."""

from __future__ import annotations

from metrics_insight.finding import (
    CountingChanged,
    Finding,
    FlowBefore,
    FlowSum,
    StockBefore,
    StockGrowth,
    TooLittle,
)
from metrics_insight.model import ONE_DAY, Dossier, Event, Series, Span


def find(dossier: Dossier) -> tuple[Finding, ...]:
    """The growth over the window and over the span before it, as far as both can be stood behind.

    A stock grows from the last reading on or before the day before the window (else the
    first one inside) to the last reading inside. A flow is the sum of the days counted.
    Nothing is compared across a change in the way of counting.
    """
    changes = [event for event in dossier.events if event.is_counting_change]
    inside = _change_in(changes, dossier.window)
    series, window = dossier.series, dossier.window
    now = measure(series, window)
    if inside:
        return (CountingChanged(series.metric, inside.date, inside.title),)
    if now is None:
        return (TooLittle(series.metric, len(series.points)),)
    before = measure(series, window.before)
    across = _change_in(changes, Span(window.before.first, window.last))
    if across:
        return now, CountingChanged(series.metric, across.date, across.title)
    return (now, *_against(now, before))


def measure(series: Series, span: Span) -> StockGrowth | FlowSum | None:
    """What the series did over a span, None where it has too few readings in it."""
    return _stock(series, span) if series.metric.kind == "stock" else _flow(series, span)


def _stock(series: Series, span: Span) -> StockGrowth | None:
    inside = series.within(span).points
    if not inside:
        return None
    start = series.last_on_or_before(span.first - ONE_DAY) or inside[0]
    return StockGrowth(series.metric, start, inside[-1]) if start.day < inside[-1].day else None


def _flow(series: Series, span: Span) -> FlowSum | None:
    inside = series.within(span).points
    if not inside:
        return None
    total = sum(point.value for point in inside)
    return FlowSum(series.metric, span, total, len(inside), series.is_daily)


def _against(
    now: StockGrowth | FlowSum, before: StockGrowth | FlowSum | None
) -> tuple[Finding, ...]:
    if isinstance(now, StockGrowth) and isinstance(before, StockGrowth):
        return (StockBefore(now.metric, before, now),)
    if isinstance(now, FlowSum) and isinstance(before, FlowSum):
        return (FlowBefore(now.metric, before, now),)
    return ()


def _change_in(changes: list[Event], span: Span) -> Event | None:
    """The newest change in the way of counting that lies in a span, None where there is none."""
    return next((event for event in reversed(changes) if event.date in span), None)
