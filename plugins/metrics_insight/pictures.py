"""The chart of a card, described: its days, panels and marks, and how it is read."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from catalogue import Catalogue
from metrics_insight import heard, sentences
from metrics_insight.dossier import Dossier
from metrics_insight.engine import bands
from metrics_insight.insight import Band, Chart, Logged, Mark, Panel, Shift
from metrics_insight.model import Point, Span

CLAIMED = ("rate", "jump", "spike")
"""The kinds of change that are claimed, in words and in the picture."""


def describe(dossier: Dossier, events: Sequence[Logged], words: Catalogue) -> Chart:
    """The window and the span before it, the metric above and each companion in a panel below.

    Each panel shows what was expected, what changed and where the counter stood still, for
    which its series is analysed.
    """
    metric, request, window = dossier.series.metric, dossier.request, dossier.window
    span = _span(dossier)
    title = words.say("chart.title", label=metric.label, span=sentences.span(window, words))
    grey = span.first < window.first
    panels = tuple(_panel(one, span) for one in (dossier, *dossier.companions))
    marks = tuple(_mark(one, window) for one in events)
    return Chart(
        title=request.title or title,
        note=words.say("chart.note_before" if grey else "chart.note", unit=metric.unit),
        alt=request.alt or heard.alt(panels, marks, window, words),
        source=words.say(
            "chart.source", source=Path(metric.file).name, day=words.day(_as_of(dossier))
        ),
        language=words.tag.replace("_", "-"),
        span=span,
        window=window,
        panels=panels,
        marks=marks,
        ticks=tuple(day for day in dossier.ticks if day in span),
        caption=heard.caption(panels, words),
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


def _mark(one: Logged, window: Span) -> Mark:
    """An event as a mark; what began before the window is marked on its first day."""
    day = max(one.event.date, window.first)
    return Mark(one.number, day, one.moved, one.event.title, one.verdict, one.tested)


def _panel(dossier: Dossier, span: Span) -> Panel:
    series, metric = dossier.series, dossier.series.metric
    breaks = tuple(event.date for event in dossier.changes if event.date in span)
    gap = 1 if series.is_daily else span.days
    return Panel(
        label=metric.label,
        unit=metric.unit,
        kind=metric.kind,
        is_daily=series.is_daily,
        runs=unbroken(series.within(span).points, gap=gap, breaks=breaks),
        breaks=breaks,
        bands=tuple(_band(one) for one in bands.find(series, dossier.analysis, span)),
        shifts=tuple(_shifts(dossier, span)),
        stuck=tuple(_stuck(dossier, span)),
        is_level=metric.form == "level",
    )


def _band(one: bands.Range) -> Band:
    """A range with as many digits as its width has sense for."""
    ends = [
        tuple(round(end, _decimals(high - low)) for end in (low, high))
        for low, high in zip(one.low, one.high, strict=True)
    ]
    return Band(one.days, tuple(low for low, _ in ends), tuple(high for _, high in ends))


def _decimals(width: float) -> int:
    return 2 - math.floor(math.log10(width)) if width > 0 else 6


def _shifts(dossier: Dossier, span: Span) -> Iterator[Shift]:
    """The claimed changes, the days on which they may have begun cut to those that are drawn."""
    first = dossier.analysis.first or date.min
    for change in dossier.analysis.changes:
        day, earliest, latest = (
            first + timedelta(days=one) for one in (change.day, change.earliest, change.latest)
        )
        if change.kind in CLAIMED and day in span:
            yield Shift(day, max(earliest, span.first), min(latest, span.last), change.kind)


def _stuck(dossier: Dossier, span: Span) -> Iterator[Span]:
    first = dossier.analysis.first or date.min
    for item in dossier.analysis.cleaned:
        began, ended = (first + timedelta(days=day) for day in (item.first, item.last))
        if item.kind == "stuck" and began <= span.last and span.first <= ended:
            yield Span(max(began, span.first), min(ended, span.last))


def _as_of(dossier: Dossier) -> date:
    return dossier.series.points[-1].day
