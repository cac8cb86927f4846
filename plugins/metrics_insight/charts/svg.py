"""A chart as a small SVG file of its own: for `<img>`, light and dark, wide and narrow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from catalogue import Catalogue
from metrics_insight.charts import marks, pens, scales
from metrics_insight.charts.widths import shorten, width, wrap
from metrics_insight.insight import Chart, Panel
from metrics_insight.model import Point


@dataclass(frozen=True)
class Layout:
    """The paper: its width, the height of the first panel and of each further one, in pixels."""

    width: int
    first_panel: int
    next_panel: int
    value_ticks: int
    time_ticks: int


WIDE = Layout(720, 236, 96, 5, 9)
NARROW = Layout(360, 214, 88, 4, 5)

_EDGE = 12.0
_TITLE_LINE = 20
_FOOT = 46
_TICK = 4


@dataclass(frozen=True)
class Drawing:
    """A finished picture: the SVG text and its size in pixels."""

    text: str
    width: int
    height: int


@dataclass(frozen=True)
class _Plot:
    """A panel with its place on the paper."""

    panel: Panel
    time: scales.TimeScale
    scale: scales.ValueScale

    def place(self, point: Point) -> pens.Place:
        return self.time(point.day), self.scale(point.value)


def draw(chart: Chart, words: Catalogue, *, layout: Layout = WIDE) -> Drawing:
    """The chart on paper of the given layout; its height follows from what it has to hold.

    Text of our own with coordinates of one decimal: no clock, no chance, no locale of the
    machine, so that the same chart is the same file.
    """
    title = wrap(chart.title, pens.TITLE_SIZE, layout.width - 2 * _EDGE, most=3, bold=True)
    time = _time_scale(chart, layout, words)
    discs = marks.place(chart.marks, time, _EDGE, layout.width - _EDGE)
    heading = 24 + _TITLE_LINE * len(title)
    top = heading + 16 + marks.LANE * marks.lanes(discs)
    plots = _plots(chart, layout, time, top)
    bottom = plots[-1].scale.bottom
    source = wrap(chart.source, pens.TEXT_SIZE, layout.width - 2 * _EDGE, most=2)
    height = int(bottom + _FOOT) + 16 * (len(source) - 1)
    parts = [
        *_heading(title, _note(chart, plots[0], words), layout),
        *_own_posts(chart, time, bottom),
        *(stroke for plot in plots for stroke in _panel(chart, plot, words)),
        *_second_labels(plots, layout),
        *_discs(plots[0], discs, top),
        *_time_axis(chart, layout, words, time, bottom),
        *(
            pens.text(line, (_EDGE, bottom + 36 + 16 * number), pens.GREY)
            for number, line in enumerate(source)
        ),
    ]
    return Drawing(_frame(chart, layout.width, height, "".join(parts)), layout.width, height)


def _frame(chart: Chart, wide: int, high: int, picture: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" '
        f'viewBox="0 0 {wide} {high}" role="img" aria-labelledby="t d" '
        f'font-family="{pens.FONT}" font-size="{pens.TEXT_SIZE}" '
        f'xml:lang="{pens.written(chart.language)}">'
        f'<title id="t">{pens.written(chart.title)}</title>'
        f'<desc id="d">{pens.written(chart.alt)}</desc>'
        f"<style>{pens.DARK}</style>"
        f'<rect class="p" width="{wide}" height="{high}" fill="{pens.PAPER}"/>{picture}</svg>\n'
    )


def _time_scale(chart: Chart, layout: Layout, words: Catalogue) -> scales.TimeScale:
    left = _EDGE + max(_label_width(panel, layout, words) for panel in chart.panels) + 6
    right = layout.width - _EDGE - max(_end_width(panel, words) for panel in chart.panels)
    return scales.TimeScale(chart.span, left, right)


def _plots(chart: Chart, layout: Layout, time: scales.TimeScale, top: float) -> tuple[_Plot, ...]:
    """Every panel below the one before it, with room for its label between them."""
    plots = []
    for number, panel in enumerate(chart.panels):
        top += 36 if number else 0
        bottom = top + (layout.next_panel if number else layout.first_panel)
        most = 3 if number else layout.value_ticks
        plots.append(_Plot(panel, time, _scale(panel, bottom, top, most)))
        top = bottom
    return tuple(plots)


def _scale(panel: Panel, bottom: float, top: float, most: int) -> scales.ValueScale:
    values = [point.value for point in panel.points]
    return scales.value_scale(values, panel.kind, bottom, top, most)


def _heading(title: Sequence[str], note: str, layout: Layout) -> Iterator[str]:
    for number, line in enumerate(title):
        at = (_EDGE, 24.0 + _TITLE_LINE * number)
        yield pens.text(line, at, pens.INK, size=pens.TITLE_SIZE, bold=True)
    at = (_EDGE, 22.0 + _TITLE_LINE * len(title))
    yield pens.text(_short(note, layout), at, pens.GREY)


def _note(chart: Chart, plot: _Plot, words: Catalogue) -> str:
    """The unit, where the value axis starts if zero is not on it, and what the ticks are."""
    told = [chart.note]
    if not plot.scale.low <= 0 <= plot.scale.high:
        told.append(words.say("chart.axis_from", start=_ticks(plot.scale, words)[0]))
    if chart.ticks:
        told.append(words.say("chart.ticks"))
    return "; ".join(told)


def _label(panel: Panel) -> str:
    known = panel.label.lower().startswith(panel.unit.lower())
    return panel.label if known else f"{panel.label}, {panel.unit}"


def _second_labels(plots: Sequence[_Plot], layout: Layout) -> Iterator[str]:
    for plot in plots[1:]:
        label = shorten(_label(plot.panel), pens.TEXT_SIZE, layout.width - 2 * _EDGE, bold=True)
        yield pens.text(label, (_EDGE, plot.scale.top - 12), pens.INK, bold=True)


def _panel(chart: Chart, plot: _Plot, words: Catalogue) -> Iterator[str]:
    time, scale = plot.time, plot.scale
    for value, label in zip(scale.ticks, _ticks(scale, words), strict=True):
        yield pens.way([(time.left, scale(value)), (time.right, scale(value))], pens.RULE)
        yield pens.text(label, (time.left - 6, scale(value) + 4), pens.GREY, anchor="end")
    for day in plot.panel.breaks:
        ends = [(time(day), scale.top), (time(day), scale.bottom)]
        yield pens.way(ends, pens.CHANGE, dashed=True)
    for run in plot.panel.runs:
        yield from _run(chart, plot, run)
    yield from _last_value(plot, words)


def _run(chart: Chart, plot: _Plot, run: Sequence[Point]) -> Iterator[str]:
    """An unbroken run of readings: the days before the window in grey, the window in colour."""
    before = [point for point in run if point.day < chart.window.first]
    inside = [point for point in run if point.day >= chart.window.first]
    yield from _stroke(plot, before, pens.AXIS)
    yield from _stroke(plot, before[-1:] + inside if inside else [], pens.LINE)


def _stroke(plot: _Plot, points: Sequence[Point], pen: pens.Pen) -> Iterator[str]:
    places = [plot.place(point) for point in points]
    if len(places) > 1:
        yield pens.way(_thinned(places), pen, thick=2 if plot.panel.is_daily else 1.2)
    if places and (len(places) == 1 or not plot.panel.is_daily):
        yield pens.dots(_thinned(places), pen)


def _thinned(places: Sequence[pens.Place]) -> list[pens.Place]:
    """At most four places a pixel column: its first, lowest, highest and last are kept."""
    columns: dict[int, list[int]] = {}
    for number, (x, _) in enumerate(places):
        columns.setdefault(int(x), []).append(number)
    kept: set[int] = set()
    for numbers in columns.values():
        heights = sorted(numbers, key=lambda number: places[number][1])
        kept |= {numbers[0], heights[0], heights[-1], numbers[-1]}
    return [places[number] for number in sorted(kept)]


def _last_value(plot: _Plot, words: Catalogue) -> Iterator[str]:
    last = plot.panel.points[-1]
    x, y = plot.place(last)
    yield pens.dots([(x, y)], pens.LINE)
    yield pens.text(words.count(last.value), (x + 7, y + 4), pens.END, bold=True)


def _discs(plot: _Plot, discs: Sequence[marks.Disc], top: float) -> Iterator[str]:
    """Each numbered disc in its lane above the panel, a thin leader down to the line."""
    for disc in discs:
        y = top - 6 - marks.RADIUS - marks.LANE * disc.lane
        foot = _height_at(plot, disc.day_x)
        yield pens.way([(disc.x, y), (disc.day_x, top - 4), (disc.day_x, foot)], pens.AXIS)
    for disc in discs:
        y = top - 6 - marks.RADIUS - marks.LANE * disc.lane
        draw_disc = pens.filled if disc.moved else pens.hollow
        yield draw_disc(disc.label, (disc.x, y), disc.half, marks.RADIUS)


def _height_at(plot: _Plot, x: float) -> float:
    """Where a leader meets the line; the foot of the panel where there is none that day."""
    for run in plot.panel.runs:
        places = [plot.place(point) for point in run]
        for (x1, y1), (x2, y2) in pairwise([places[0], *places]):
            if x1 <= x <= x2:
                return y2 if x1 == x2 else y1 + (y2 - y1) * (x - x1) / (x2 - x1)
    return plot.scale.bottom


def _own_posts(chart: Chart, time: scales.TimeScale, bottom: float) -> Iterator[str]:
    """A short tick on the time axis for each day of a post, below the line and inside the panel."""
    feet = sorted({(round(time(day), 1), bottom) for day in chart.ticks})
    if feet:
        yield pens.ticks(feet, _TICK, pens.AXIS)


def _time_axis(
    chart: Chart, layout: Layout, words: Catalogue, time: scales.TimeScale, bottom: float
) -> Iterator[str]:
    yield pens.way([(time.left, bottom), (time.right, bottom)], pens.AXIS)
    free_from = _EDGE
    for tick in scales.time_ticks(chart.span, layout.time_ticks):
        x, label = time(tick.day), words.day(tick.day, tick.pattern)
        half = width(label, pens.TEXT_SIZE) / 2
        middle = min(max(x, _EDGE + half), layout.width - _EDGE - half)
        yield pens.way([(x, bottom), (x, bottom + 4)], pens.AXIS)
        if middle - half >= free_from:
            yield pens.text(label, (middle, bottom + 18), pens.GREY, anchor="middle")
            free_from = middle + half + 8


def _ticks(scale: scales.ValueScale, words: Catalogue) -> list[str]:
    """The labels of a value axis: short ones from a million on, while each says its own."""
    if max(abs(scale.low), abs(scale.high)) >= 1_000_000:
        short = [words.short(value) if value else "0" for value in scale.ticks]
        if len(set(short)) == len(short):
            return short
    step = scale.ticks[1] - scale.ticks[0]
    decimals = next((n for n in range(12) if abs(round(step, n) - step) < 1e-6 * step), 12)
    return [words.number(value, decimals=decimals) for value in scale.ticks]


def _label_width(panel: Panel, layout: Layout, words: Catalogue) -> float:
    """The widest label of the panel's value axis, whichever number of ticks it will have."""
    fine, coarse = (_scale(panel, 1, 0, most) for most in (layout.value_ticks, 3))
    labels = (*_ticks(fine, words), *_ticks(coarse, words))
    return max(width(label, pens.TEXT_SIZE) for label in labels)


def _end_width(panel: Panel, words: Catalogue) -> float:
    return width(words.count(panel.points[-1].value), pens.TEXT_SIZE, bold=True) + 8


def _short(line: str, layout: Layout) -> str:
    return shorten(line, pens.TEXT_SIZE, layout.width - 2 * _EDGE)
