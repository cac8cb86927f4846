"""The chart of a card, described: its days, panels and marks, and what it says by ear."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from catalogue import Catalogue
from metrics_insight import sentences
from metrics_insight.dossier import Dossier
from metrics_insight.insight import Chart, Logged, Mark, Panel
from metrics_insight.model import Point, Span

MOST_ALT = 250


def describe(dossier: Dossier, events: Sequence[Logged], words: Catalogue) -> Chart:
    """The window and the span before it, the metric above and each companion in a panel below."""
    metric, request, window = dossier.series.metric, dossier.request, dossier.window
    span = _span(dossier)
    title = words.say("chart.title", label=metric.label, span=sentences.span(window, words))
    grey = span.first < window.first
    return Chart(
        title=request.title or title,
        note=words.say("chart.note_before" if grey else "chart.note", unit=metric.unit),
        alt=request.alt or _alt(dossier, words),
        source=words.say("chart.source", source=metric.file, day=words.day(_as_of(dossier))),
        language=words.tag.replace("_", "-"),
        span=span,
        window=window,
        panels=tuple(_panel(one, span) for one in (dossier, *dossier.companions)),
        marks=tuple(
            Mark(one.number, max(one.event.date, window.first), one.moved) for one in events
        ),
        ticks=tuple(day for day in dossier.ticks if day in span),
    )


def unbroken(
    points: Iterable[Point], *, gap: int, breaks: Sequence[date] = ()
) -> tuple[tuple[Point, ...], ...]:
    """Cut points into runs: where more than ``gap`` days lie between two, or a break does."""
    runs: list[list[Point]] = []
    for point in points:
        previous = runs[-1][-1] if runs else None
        if previous is None or _apart(previous, point, gap, breaks):
            runs.append([])
        runs[-1].append(point)
    return tuple(tuple(run) for run in runs)


def _apart(earlier: Point, later: Point, gap: int, breaks: Sequence[date]) -> bool:
    too_far = (later.day - earlier.day).days > gap
    return too_far or any(earlier.day < day <= later.day for day in breaks)


def _span(dossier: Dossier) -> Span:
    """The window with the span before it, as far back as the metric's readings go."""
    held = dossier.series.within(Span(dossier.window.before.first, dossier.window.last)).span
    first = held.first if held else dossier.window.first
    return Span(min(first, dossier.window.first), dossier.window.last)


def _panel(dossier: Dossier, span: Span) -> Panel:
    series, metric = dossier.series, dossier.series.metric
    breaks = tuple(event.date for event in dossier.changes if event.date in span)
    gap = 1 if series.is_daily else span.days
    runs = unbroken(series.within(span).points, gap=gap, breaks=breaks)
    return Panel(metric.label, metric.unit, metric.kind, series.is_daily, runs, breaks)


def _as_of(dossier: Dossier) -> date:
    return dossier.series.points[-1].day


def _alt(dossier: Dossier, words: Catalogue) -> str:
    """What the picture shows, in one sentence: kind, measure, span, start and end."""
    series = dossier.series
    points = series.within(dossier.window).points
    values = [point.value for point in points]
    key = f"alt_{series.metric.kind}" if series.is_daily else "alt_irregular"
    told = words.say(
        f"chart.{key}",
        n=len(points),
        label=series.metric.label,
        span=sentences.span(dossier.window, words),
        start=words.count(values[0]),
        end=words.count(values[-1]),
        low=words.count(min(values)),
        high=words.count(max(values)),
    )
    beside = ", ".join(companion.series.metric.label for companion in dossier.companions)
    longer = f"{told} {words.say('chart.alt_with', labels=beside)}" if beside else told
    return longer if len(longer) <= MOST_ALT else _shortened(told)


def _shortened(told: str) -> str:
    return told if len(told) <= MOST_ALT else told[: MOST_ALT - 1].rpartition(" ")[0] + "…"
