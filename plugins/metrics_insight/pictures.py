"""The chart of a card, described: which days, which panels, which marks, and what it says by ear."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from catalogue import Catalogue
from metrics_insight import sentences
from metrics_insight.model import Chart, Dossier, Event, Mark, Panel, Series, Span, unbroken

MOST_ALT = 250


def describe(dossier: Dossier, events: Sequence[tuple[int, Event]], words: Catalogue) -> Chart:
    """The window and the span before it, the metric above and each companion in a panel below."""
    metric, request = dossier.series.metric, dossier.request
    breaks = tuple(event.date for event in dossier.events if event.is_counting_change)
    span = _span(dossier)
    spoken = sentences.span(dossier.window, words)
    panels = tuple(_panel(one, span, breaks) for one in (dossier.series, *dossier.companions))
    grey = span.first < dossier.window.first
    return Chart(
        title=request.title or words.say("chart.title", label=metric.label, span=spoken),
        note=words.say("chart.note_before" if grey else "chart.note", unit=metric.unit),
        alt=request.alt or _alt(dossier, words),
        source=words.say("chart.source", source=metric.file, day=words.day(_as_of(dossier))),
        language=words.tag.replace("_", "-"),
        span=span,
        window=dossier.window,
        panels=panels,
        marks=tuple(Mark(number, event.date) for number, event in events),
        breaks=tuple(day for day in breaks if day in span),
    )


def _span(dossier: Dossier) -> Span:
    """The window with the span before it, as far back as the metric's readings go."""
    held = dossier.series.within(Span(dossier.window.before.first, dossier.window.last)).span
    first = held.first if held else dossier.window.first
    return Span(min(first, dossier.window.first), dossier.window.last)


def _panel(series: Series, span: Span, breaks: Sequence[date]) -> Panel:
    metric, points = series.metric, series.within(span).points
    gap = 1 if series.is_daily else span.days
    runs = unbroken(points, gap=gap, breaks=breaks)
    return Panel(metric.label, metric.unit, metric.kind, series.is_daily, runs)


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
        start=sentences.count(values[0], words),
        end=sentences.count(values[-1], words),
        low=sentences.count(min(values), words),
        high=sentences.count(max(values), words),
    )
    beside = ", ".join(companion.metric.label for companion in dossier.companions)
    longer = f"{told} {words.say('chart.alt_with', labels=beside)}" if beside else told
    return longer if len(longer) <= MOST_ALT else told[:MOST_ALT]
