"""A chart as a small SVG file of its own: for `<img>`, light and dark, wide and narrow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from catalogue import Catalogue
from metrics_insight.charts import axes, flags, lines, marks, notes, pens, plots
from metrics_insight.charts.plots import EDGE, Layout, Plot
from metrics_insight.charts.widths import runs_leftward, shorten, wrap
from metrics_insight.insight import Chart, Panel

__all__ = ["MIDDLE", "NARROW", "WIDE", "Drawing", "Layout", "draw"]

# For a column of 720 pixels, one of a tablet, and that of a phone 360 pixels wide: a picture
# that is shrunk has letters that nobody reads.
WIDE = Layout(720, 250, 96, 5, 13)
MIDDLE = Layout(540, 236, 92, 5, 10)
NARROW = Layout(320, 216, 88, 4, 6)

_TITLE_LINE, _LINE = 20, 16
_MOST_TITLE, _MOST_NOTE, _MOST_SOURCE = 3, 5, 2
_UNTESTED = "3 2.5"  # the dashes of a disc's edge
_RIGHT_TO_LEFT = {"ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"}


@dataclass(frozen=True)
class Drawing:
    """A finished picture: the SVG text, its size in pixels and how many panels it holds."""

    text: str
    width: int
    height: int
    panels: int = 1


@dataclass(frozen=True)
class _Sheet:
    """Everything in its place; heights of the plots count from ``top``, the rest from the edge."""

    chart: Chart
    layout: Layout
    title: list[str]
    note: list[str]
    source: list[str]
    plots: tuple[Plot, ...]
    uprights: tuple[list[flags.Upright], ...]
    discs: tuple[marks.Disc, ...]
    days: tuple[axes.Label, ...]

    @property
    def top(self) -> int:
        """Where the first panel begins: below the words, and what rises above the panel."""
        words = flags.boxes(self.uprights[0])
        highest = min([0.0, *(box.top for box in (*words, *(disc.box for disc in self.discs)))])
        heading = 12 + _TITLE_LINE * len(self.title) + _LINE * len(self.note)
        return int(heading + 14 - highest)

    @property
    def foot(self) -> int:
        """The baseline of the first line of the source."""
        years = any(year for _, _, year, _ in self.days)
        return self.top + int(self.plots[-1].scale.bottom) + (54 if years else 40)

    @property
    def height(self) -> int:
        """How high the paper is."""
        return self.foot + 10 + _LINE * (max(1, len(self.source)) - 1)


def draw(chart: Chart, words: Catalogue, *, layout: Layout = WIDE) -> Drawing:
    """The chart on paper of the given layout; its height follows from what it has to hold.

    Text of our own with coordinates of one decimal: no clock, no chance, no locale of the
    machine, so that the same chart is the same file. What lies outside the chart's span is
    not on the paper; a chart without readings says so.
    """
    sheet = _lay_out(chart, words, layout)
    body = "".join(_body(sheet, words))
    return Drawing(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{layout.width}" height="{sheet.height}" '
        f'viewBox="0 0 {layout.width} {sheet.height}" role="img" aria-labelledby="t d" '
        f'font-family="{pens.FONT}" font-size="{pens.TEXT_SIZE}" '
        f'xml:lang="{pens.written(chart.language)}">'
        f'<title id="t">{pens.written(chart.title)}</title>'
        f'<desc id="d">{pens.written(chart.alt)}</desc>'
        f"<style>{pens.DARK}</style>"
        f'<rect class="p" width="{layout.width}" height="{sheet.height}" '
        f'fill="{pens.PAPER.colour}"/>'
        f'{"".join(_words(sheet))}<g transform="translate(0 {sheet.top})">{body}</g></svg>\n',
        layout.width,
        sheet.height,
        len(sheet.plots),
    )


def _lay_out(chart: Chart, words: Catalogue, layout: Layout) -> _Sheet:
    """First the panels, then words beside changes, then discs, then what explains them all."""
    room = layout.width - 2 * EDGE
    panels = plots.lay_out(chart, words, layout)
    shown = [mark for mark in chart.marks if mark.day in chart.span]
    uprights = tuple(flags.place(one, words, shown, layout.width - EDGE) for one in panels)
    ground = marks.Ground(
        panels[0].skyline,
        [*flags.boxes(uprights[0]), panels[0].end_box],
        panels[0].foot,
        panels[0].time.left - 3,
        layout.width - EDGE,
        panels[0].scale.bottom,
    )
    discs = marks.place(shown, ground)
    changes = [one for some in uprights for one in some]
    note = notes.write(chart, panels, changes, discs, words)
    return _Sheet(
        chart,
        layout,
        wrap(chart.title, pens.TITLE_SIZE, room, most=_MOST_TITLE, bold=True),
        wrap(note, pens.TEXT_SIZE, room, most=_MOST_NOTE),
        wrap(chart.source, pens.TEXT_SIZE, room, most=_MOST_SOURCE),
        panels,
        uprights,
        discs,
        axes.days(panels[0].time, words, layout),
    )


def _words(sheet: _Sheet) -> Iterator[str]:
    """The title, what is drawn, and the source: from the side where the language begins."""
    is_leftward = sheet.chart.language.partition("-")[0] in _RIGHT_TO_LEFT
    x, anchor = (sheet.layout.width - EDGE, "end") if is_leftward else (EDGE, "start")
    y = 4.0
    for line in sheet.title:
        y += _TITLE_LINE
        yield pens.text(line, (x, y), pens.INK, size=pens.TITLE_SIZE, anchor=anchor, bold=True)
    note = [pens.Line(line, (x, y + 2 + _LINE * n)) for n, line in enumerate(sheet.note, 1)]
    foot = [pens.Line(line, (x, sheet.foot + _LINE * n)) for n, line in enumerate(sheet.source)]
    yield pens.texts([*note, *foot], pens.GREY, anchor=anchor)


def _body(sheet: _Sheet, words: Catalogue) -> Iterator[str]:
    time, bottom = sheet.plots[0].time, sheet.plots[-1].scale.bottom
    posts = {round(time(day), 1) for day in sheet.chart.ticks if day in sheet.chart.span}
    yield from axes.own_posts(sorted(posts), bottom)
    for plot, uprights in zip(sheet.plots, sheet.uprights, strict=True):
        yield from _panel(sheet.chart, plot, uprights)
    for plot in sheet.plots[1:]:
        yield _label(plot, sheet.layout, words)
    yield from axes.time_axis(time, sheet.days, bottom)
    for plot, uprights in zip(sheet.plots, sheet.uprights, strict=True):
        yield from _intervals(plot, uprights)
    yield from _discs(sheet.discs)


def _panel(chart: Chart, plot: Plot, uprights: Sequence[flags.Upright]) -> Iterator[str]:
    """Bands first, the line above them, the last value at its end."""
    yield from axes.values(plot)
    if plot.outlines:
        yield pens.areas(plot.outlines, pens.BAND, pens.BAND_EDGE)
    yield from _uprights(plot, uprights)
    yield from lines.strokes(plot, chart.window.first)
    if not plot.runs:
        at = (plot.end_box.left, plot.end_box.bottom - 4)
        yield pens.text(plot.end, at, pens.GREY)
        return
    x, y = plot.ways[-1][-1]
    yield pens.dots([(x, y)], pens.LINE)
    yield pens.text(plot.end, (x + 7, y + 4), pens.END, bold=True)


def _uprights(plot: Plot, uprights: Sequence[flags.Upright]) -> Iterator[str]:
    """A dotted line where counting changed, a solid one at a claim, the word beside it."""
    for one in uprights:
        top = min(plot.scale.top, one.word_y - 11) if one.word else plot.scale.top
        ends = [(one.x, top), (one.x, plot.scale.bottom)]
        if one.is_dated:
            yield pens.way(ends, one.pen, thick=1.5, dash="" if one.is_claim else "2 3")
        if one.word:
            pen = pens.ALARM if one.is_claim else pens.GREY
            yield pens.text(one.word, (one.word_x, one.word_y), pen)


def _intervals(plot: Plot, uprights: Sequence[flags.Upright]) -> Iterator[str]:
    """On the axis, the days on which a change may have begun."""
    foot = plot.scale.bottom
    bars = [[(one.first, foot), (one.last, foot)] for one in uprights if one.is_claim]
    if bars:
        yield pens.ways(bars, pens.CHANGE, thick=5)


def _label(plot: Plot, layout: Layout, words: Catalogue) -> str:
    """What a further panel shows, above it, on the side where its words begin."""
    axis = notes.axis(plot)
    named = _named(plot.panel) + (f"; {words.say(axis)}" if axis else "")
    label = shorten(named, pens.TEXT_SIZE, layout.width - 2 * EDGE, bold=True)
    leftward = runs_leftward(label)
    at = (layout.width - EDGE if leftward else EDGE, plot.scale.top - 12)
    return pens.text(label, at, pens.INK, anchor="end" if leftward else "start", bold=True)


def _named(panel: Panel) -> str:
    known = not panel.unit or panel.label.lower().startswith(panel.unit.lower())
    return panel.label if known else f"{panel.label}, {panel.unit}"


def _discs(discs: Sequence[marks.Disc]) -> Iterator[str]:
    """Leaders first, then what joins neighbours, then the discs with their numbers."""
    leaders = [_leader(disc, foot) for disc in discs for foot in disc.feet]
    if leaders:
        yield pens.ways(leaders, pens.AXIS)
    links = [[(a.x, a.y), (b.x, b.y)] for a, b in pairwise(discs) if b.joined]
    if links:
        yield pens.ways(links, pens.LINK, thick=5)
    for disc in discs:
        place = (disc.x, disc.y), disc.half, marks.RADIUS
        if disc.moved:
            yield pens.filled(*place)
        else:
            yield pens.hollow(*place, dash="" if disc.tested else _UNTESTED)
    for moved, pen in ((False, pens.INK), (True, pens.PAPER)):
        labels = [pens.Line(one.label, (one.x, one.y + 4.3)) for one in discs if one.moved == moved]
        yield pens.texts(labels, pen, anchor="middle", bold=True)


def _leader(disc: marks.Disc, foot: tuple[float, float]) -> list[tuple[float, float]]:
    """Straight down where the disc stands above its day, else with a short bend first."""
    start = (disc.x, disc.y + marks.RADIUS)
    bend = (foot[0], min(foot[1], start[1] + 8))
    return [start, foot] if abs(disc.x - foot[0]) < 0.5 else [start, bend, foot]
