"""The line of a panel in strokes: what is before the window, inside it, and stood still."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from metrics_insight.charts import pens
from metrics_insight.charts.plots import Plot
from metrics_insight.charts.room import Place, Way
from metrics_insight.charts.thinning import apart, thinned

BEFORE, INSIDE, STUCK = "before", "inside", "stuck"
_PENS = {BEFORE: pens.AXIS, INSIDE: pens.LINE, STUCK: pens.AXIS}
_DASHES = {BEFORE: "", INSIDE: "", STUCK: "1 3"}


def strokes(plot: Plot, window_first: date) -> Iterator[str]:
    """Each kind of stretch as one path, lone readings and readings that are not daily as dots."""
    ways: dict[str, list[Way]] = {BEFORE: [], STUCK: [], INSIDE: []}
    dots: dict[str, list[Place]] = {BEFORE: [], STUCK: [], INSIDE: []}
    for run, way, whole in zip(plot.runs, plot.ways, plot.thinned, strict=True):
        kinds = [_kind(plot, point.day, window_first) for point in run]
        if not plot.panel.is_daily or len(run) == 1:
            for kind, place in zip(kinds, way, strict=True):
                dots[kind].append(place)
        for kind, stretch in _stretches(kinds, way):
            ways[kind].append(whole if len(stretch) == len(way) else thinned(stretch))
    thick = 2 if plot.panel.is_daily else 1.2
    for kind in (kind for kind in ways if ways[kind]):
        yield pens.ways(ways[kind], _PENS[kind], thick=thick, dash=_DASHES[kind])
    for kind in (kind for kind in dots if dots[kind]):
        yield pens.dots(apart(dots[kind]), _PENS[kind])


def _stretches(kinds: Sequence[str], way: Way) -> Iterator[tuple[str, Way]]:
    """The way cut where its kind changes; a stretch begins where the one before it ends."""
    first = 1
    for kind, group in groupby(kinds[1:]):
        last = first + sum(1 for _ in group)
        yield kind, way[first - 1 : last]
        first = last


def _kind(plot: Plot, day: date, window_first: date) -> str:
    """How the stretch that ends on a day is drawn."""
    if any(day in span for span in plot.panel.stuck):
        return STUCK
    return BEFORE if day < window_first else INSIDE
