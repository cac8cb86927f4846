"""The panels on the paper: each with its scales, the places of its readings, its words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from catalogue import Catalogue
from metrics_insight.charts import bands, pens, scales
from metrics_insight.charts.room import Box, Place, Skyline, Way
from metrics_insight.charts.thinning import thinned
from metrics_insight.charts.widths import width
from metrics_insight.insight import Chart, Panel
from metrics_insight.model import Point

EDGE = 12.0
BETWEEN = 36
_LONGEST_END = 0.25  # of the width of the paper
_SHORT_FROM = 1_000_000


@dataclass(frozen=True)
class Layout:
    """The paper: its width, the height of the first panel and of each further one, in pixels."""

    width: int
    first_panel: int
    next_panel: int
    value_ticks: int
    time_ticks: int


@dataclass(frozen=True)
class Plot:
    """A panel with its place on the paper: heights count from the top of the first panel."""

    panel: Panel
    runs: tuple[tuple[Point, ...], ...]
    time: scales.TimeScale
    scale: scales.ValueScale
    labels: tuple[str, ...]
    end: str

    @cached_property
    def ways(self) -> tuple[Way, ...]:
        """The places of each run."""
        return tuple(map(self._way, self.runs))

    @cached_property
    def thinned(self) -> tuple[Way, ...]:
        """The same, without the places that nobody could see."""
        return tuple(thinned(way) for way in self.ways)

    @cached_property
    def skyline(self) -> Skyline:
        """The columns that its line runs through."""
        return Skyline(self.thinned)

    @cached_property
    def outlines(self) -> tuple[Way, ...]:
        """The edges of what was to be expected."""
        return tuple(bands.outlines(self.panel, self.time, self.scale))

    @property
    def end_box(self) -> Box:
        """What the value at the line's end takes of the paper, or what stands for a line."""
        wide = width(self.end, pens.TEXT_SIZE, bold=True)
        if not self.ways:
            x = (self.time.left + self.time.right - wide) / 2
            y = (self.scale.top + self.scale.bottom) / 2
            return Box(x, y - 8, x + wide, y + 8)
        x, y = self.ways[-1][-1]
        return Box(x - 3, y - 8, x + 7 + wide, y + 8)

    def _way(self, run: Sequence[Point]) -> Way:
        places = self.time.places(point.day for point in run)
        return list(zip(places, self.scale.heights(point.value for point in run), strict=True))

    def foot(self, day: date) -> Place:
        """Where a leader to a day ends: on the line, or at the foot where there is none."""
        x = self.time(day)
        for run, way in zip(self.runs, self.ways, strict=True):
            if run[0].day <= day <= run[-1].day:
                number = bisect_left(run, day, key=lambda point: point.day)
                (x1, y1), (x2, y2) = way[max(0, number - 1)], way[number]
                return x, y2 if x2 - x1 < 1e-9 else y1 + (y2 - y1) * (x - x1) / (x2 - x1)
        return x, self.scale.bottom


def lay_out(chart: Chart, words: Catalogue, layout: Layout) -> tuple[Plot, ...]:
    """Every panel below the one before it, with room for its label between them.

    A chart without panels gets an empty one. Readings outside the chart's span are not on
    the paper.
    """
    panels = chart.panels or (Panel("", "", "flow", is_daily=True, runs=()),)
    heights = [layout.first_panel, *(layout.next_panel for _ in panels[1:])]
    runs = [_on_paper(panel, chart) for panel in panels]
    drawn: list[tuple[scales.ValueScale, tuple[str, ...], str]] = []
    top = 0.0
    for number, (panel, held, height) in enumerate(zip(panels, runs, heights, strict=True)):
        most = 3 if number else layout.value_ticks
        scale = scales.value_scale(_values(panel, held, chart), panel.kind, top + height, top, most)
        drawn.append((scale, value_labels(scale, words) if held else (), _end(held, words, layout)))
        top += height + BETWEEN
    left = EDGE + 6 + max(_widest(labels) for _, labels, _ in drawn)
    right = (
        layout.width
        - EDGE
        - max(_end_room(held, end) for held, (*_, end) in zip(runs, drawn, strict=True))
    )
    time = scales.TimeScale(chart.span, left, right)
    return tuple(
        Plot(panel, held, time, *rest)
        for panel, held, rest in zip(panels, runs, drawn, strict=True)
    )


def value_labels(scale: scales.ValueScale, words: Catalogue) -> tuple[str, ...]:
    """The labels of a value axis: short ones from a million on, while each says its own."""
    if max(abs(scale.low), abs(scale.high)) >= _SHORT_FROM:
        short = tuple(words.short(value) if value else "0" for value in scale.ticks)
        if len(set(short)) == len(short):
            return short
    step = scale.ticks[1] - scale.ticks[0]
    decimals = next((n for n in range(12) if abs(round(step, n) - step) < 1e-6 * step), 12)
    labels = tuple(words.number(value, decimals=decimals) for value in scale.ticks)
    return labels if len(set(labels)) == len(labels) else tuple(map(_digits, scale.ticks))


def _on_paper(panel: Panel, chart: Chart) -> tuple[tuple[Point, ...], ...]:
    if all(run and run[0].day in chart.span and run[-1].day in chart.span for run in panel.runs):
        return panel.runs
    inside = (tuple(point for point in run if point.day in chart.span) for run in panel.runs)
    return tuple(run for run in inside if run)


def _values(panel: Panel, runs: Sequence[Sequence[Point]], chart: Chart) -> list[float]:
    """All that the scale has to hold: the readings and what was expected of them."""
    values = [point.value for run in runs for point in run]
    for band in panel.bands:
        inside = [number for number, day in enumerate(band.days) if day in chart.span]
        values += [side[number] for side in (band.low, band.high) for number in inside]
    return values


def _end(runs: Sequence[Sequence[Point]], words: Catalogue, layout: Layout) -> str:
    """The last value in full, or in short where it is too long for the paper."""
    if not runs:
        return words.say("chart.no_readings")
    last = runs[-1][-1].value
    ways = (words.count(last), words.short(last), _digits(last))
    room = _LONGEST_END * layout.width
    return next((way for way in ways if width(way, pens.TEXT_SIZE, bold=True) <= room), ways[-1])


def _digits(value: float) -> str:
    """A number as physicists write it, for what is far too small to be a count."""
    return f"{value:.3g}".replace("-", "\u2212")


def _end_room(runs: Sequence[object], end: str) -> float:
    return width(end, pens.TEXT_SIZE, bold=True) + 8 if runs else 0


def _widest(labels: Sequence[str]) -> float:
    return max((width(label, pens.TEXT_SIZE) for label in labels), default=0.0)
