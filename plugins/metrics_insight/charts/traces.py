"""What is drawn in a chart to look into, as traces: plain lists, nulls where a line ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from catalogue import Catalogue
from metrics_insight.charts import pens, readouts
from metrics_insight.charts.discs import Disc
from metrics_insight.insight import Chart, Panel
from metrics_insight.model import Point

Trace = dict[str, Any]

PENS = (
    pens.PAPER,
    pens.INK,
    pens.GREY,
    pens.RULE,
    pens.LINE,
    pens.CHANGE,
    pens.BAND,
    pens.BAND_EDGE,
)
"""Those of the picture, whose place the chart takes."""

PAPER, INK, GREY, RULE, LINE, CHANGE, BAND, EDGE = (pen.colour for pen in PENS)


def of(chart: Chart, discs: Sequence[Disc], words: Catalogue) -> tuple[Trace, ...]:
    """Every trace of a chart, the lowest first; ``discs`` are its numbered marks, placed."""
    return (*_panels(chart, words), *_remarks(chart, discs))


def axis(number: int) -> str:
    """What the value axis of the panel of that number is called: y, y2, y3."""
    return f"y{number + 1}" if number else "y"


def _panels(chart: Chart, words: Catalogue) -> Iterator[Trace]:
    for number, panel in enumerate(chart.panels):
        if panel.bands:
            yield _band(panel, axis(number))
        yield from _lines(chart, panel, axis(number))
        yield _readings(chart, number, words)


def _band(panel: Panel, place: str) -> Trace:
    """The expected range as a shape with an edge, one after the other with a null between."""
    x: list[date | None] = []
    y: list[float | None] = []
    for band in panel.bands:
        x += [*band.days, *reversed(band.days), None]
        y += [*band.high, *reversed(band.low), None]
    return {
        "x": _days(x),
        "y": _values(y),
        "mode": "lines",
        "line": {"color": EDGE, "width": 1},
        "fill": "toself",
        "fillcolor": BAND,
        "hoverinfo": "skip",
        "yaxis": place,
    }


def _lines(chart: Chart, panel: Panel, place: str) -> Iterator[Trace]:
    """The readings before the window in grey, and those in it in colour from the last grey on."""
    before = [[point for point in run if point.day < chart.window.first] for run in panel.runs]
    inside = [[point for point in run if point.day >= chart.window.first] for run in panel.runs]
    joined = [[*a[-1:], *b] for a, b in zip(before, inside, strict=True) if b]
    for runs, colour in (([run for run in before if run], GREY), (joined, LINE)):
        if runs:
            yield _line(panel, runs, colour) | {"yaxis": place}


def _line(panel: Panel, runs: Sequence[Sequence[Point]], colour: str) -> Trace:
    """One line through some runs of readings, with dots where no line leads."""
    x, y = _columns(runs)
    pen = {"color": colour, "width": 2 if panel.is_daily else 1.2}
    alone = {run[0].day.isoformat() for run in runs if len(run) == 1}
    size = [5 if day in alone else 0 for day in x] if panel.is_daily else 5
    dots = {"mode": "lines+markers", "marker": {"color": colour, "size": size}}
    drawn = dots if alone or not panel.is_daily else {"mode": "lines"}
    return {"x": x, "y": y, "line": pen, "hoverinfo": "skip", **drawn}


def _readings(chart: Chart, number: int, words: Catalogue) -> Trace:
    """Every reading of a panel as a point that nobody sees and everybody can ask."""
    panel = chart.panels[number]
    told = readouts.told(chart, number, words)
    return {
        "x": _days(point.day for point in panel.points),
        "y": _values(point.value for point in panel.points),
        "text": [told.get(point.day, "") for point in panel.points],
        "hovertemplate": readouts.template(panel),
        "meta": "readings",
        "mode": "markers",
        "opacity": 0,
        "marker": {"color": LINE},
        "yaxis": axis(number),
    }


def _remarks(chart: Chart, discs: Sequence[Disc]) -> Iterator[Trace]:
    """Above the first panel the numbered discs, at the foot of the last the days of own posts."""
    if discs:
        yield {
            "x": _days(disc.day for disc in discs),
            "y": [disc.lane + 0.5 for disc in discs],
            "text": [disc.label for disc in discs],
            "mode": "markers+text",
            "cliponaxis": False,
            "hoverinfo": "skip",
            "yaxis": axis(len(chart.panels)),
            "textfont": {"color": [PAPER if disc.moved else INK for disc in discs], "size": 12},
            "marker": {
                "size": 19,
                "opacity": 1,
                "color": [INK if disc.moved else PAPER for disc in discs],
                "line": {"color": [INK if disc.moved else GREY for disc in discs], "width": 1.5},
            },
        }
    if chart.ticks:
        yield {
            "x": _days(chart.ticks),
            "y": [0.02] * len(chart.ticks),
            "mode": "markers",
            "hoverinfo": "skip",
            "marker": {"symbol": "line-ns", "size": 6, "line": {"color": GREY, "width": 1}},
            "yaxis": axis(len(chart.panels) + 1),
        }


def _columns(runs: Sequence[Sequence[Point]]) -> tuple[list[str | None], list[float | None]]:
    """Days and values of runs of points, one after the other, with a null between two."""
    days: list[date | None] = []
    values: list[float | None] = []
    for run in runs:
        days += [None] * bool(days) + [point.day for point in run]
        values += [None] * bool(values) + [point.value for point in run]
    return _days(days), _values(values)


def _days(days: Iterable[date | None]) -> list[str | None]:
    return [None if day is None else day.isoformat() for day in days]


def _values(values: Iterable[float | None]) -> list[float | None]:
    """Numbers without a decimal that says nothing."""
    return [int(value) if value is not None and value == int(value) else value for value in values]
