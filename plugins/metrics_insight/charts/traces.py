"""What is drawn in a chart to look into, as traces: plain lists, nulls where a line ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from catalogue import Catalogue
from metrics_insight.charts import pens, readouts
from metrics_insight.charts.discs import Disc
from metrics_insight.insight import Band, Chart, Panel
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

BEFORE, STUCK, INSIDE = "before", "stuck", "inside"
UNTESTED = "3px,2px"


def of(chart: Chart, discs: Sequence[Disc], words: Catalogue) -> tuple[Trace, ...]:
    """Every trace of a chart, the lowest first; ``discs`` are its numbered marks, placed."""
    above = axis(len(chart.panels))
    tested = [disc for disc in discs if disc.tested]
    untested = [disc for disc in discs if not disc.tested]
    return (
        *_panels(chart, words),
        *(_strip(some, above) for some in (tested, untested) if some),
        *_ticks(chart),
    )


def axis(number: int) -> str:
    """What the value axis of the panel of that number is called: y, y2, y3."""
    return f"y{number + 1}" if number else "y"


def _panels(chart: Chart, words: Catalogue) -> Iterator[Trace]:
    for number, panel in enumerate(chart.panels):
        if panel.bands:
            yield from _bands(panel, axis(number))
        yield from _lines(chart, panel, axis(number))
        yield _readings(chart, number, words)


def _bands(panel: Panel, place: str) -> Iterator[Trace]:
    """The expected ranges: shapes with an edge where they are of many days, bars where of one."""
    wide = [one for one in panel.bands if panel.is_daily and len(one.days) > 1]
    lone = [one for one in panel.bands if one not in wide]
    if wide:
        yield _ribbon(wide) | {"yaxis": place}
    if lone:
        days = [day for one in lone for stop in one.days for day in (stop, stop, None)]
        ends = [
            end
            for one in lone
            for low, high in zip(one.low, one.high, strict=True)
            for end in (low, high, None)
        ]
        for colour, width in ((EDGE, 8), (BAND, 6)):
            pen = {"color": colour, "width": width}
            yield {
                "x": _days(days),
                "y": _values(ends),
                "mode": "lines",
                "line": pen,
                "hoverinfo": "skip",
                "meta": "band",
                "yaxis": place,
            }


def _ribbon(bands: Sequence[Band]) -> Trace:
    """Closed shapes, one after the other with a null between."""
    x: list[date | None] = []
    y: list[float | None] = []
    for band in bands:
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
        "meta": "band",
    }


def _lines(chart: Chart, panel: Panel, place: str) -> Iterator[Trace]:
    """Before the window in grey, where the counter stood still dotted, and else in colour.

    A stretch is drawn as its last reading is, and begins where the one before it ends.
    """
    kinds: dict[str, list[list[Point]]] = {BEFORE: [], STUCK: [], INSIDE: []}
    for run in panel.runs:
        kind_of = [_kind(panel, point.day, chart.window.first) for point in run]
        if len(run) == 1:
            kinds[kind_of[0]].append([*run])
        for number in range(1, len(run)):
            kind = kind_of[number]
            if number == 1 or kind_of[number - 1] != kind:
                kinds[kind].append([run[number - 1]])
            kinds[kind][-1].append(run[number])
    for kind, runs in kinds.items():
        if runs:
            yield _line(panel, runs, kind) | {"yaxis": place}


def _kind(panel: Panel, day: date, window_first: date) -> str:
    if any(day in span for span in panel.stuck):
        return STUCK
    return BEFORE if day < window_first else INSIDE


def _line(panel: Panel, runs: Sequence[Sequence[Point]], kind: str) -> Trace:
    """One line through some runs of readings, with dots where no line leads."""
    x, y = _columns(runs)
    colour = LINE if kind == INSIDE else GREY
    pen: dict[str, Any] = {"color": colour, "width": 2 if panel.is_daily else 1.2}
    if kind == STUCK:
        pen["dash"] = "1px,3px"
    alone = {run[0].day.isoformat() for run in runs if len(run) == 1}
    size = [5 if day in alone else 0 for day in x] if panel.is_daily else 5
    dots = {"mode": "lines+markers", "marker": {"color": colour, "size": size}}
    drawn = dots if alone or not panel.is_daily else {"mode": "lines"}
    return {"x": x, "y": y, "line": pen, "hoverinfo": "skip", "cliponaxis": False, **drawn}


def _readings(chart: Chart, number: int, words: Catalogue) -> Trace:
    """Every reading of a panel as a point that nobody sees and everybody can ask."""
    panel = chart.panels[number]
    told = readouts.told(chart, number, words)
    return {
        "x": _days(point.day for point in panel.points),
        "y": _values(point.value for point in panel.points),
        "text": [readouts.seen(told.get(point.day, ())) for point in panel.points],
        "customdata": [readouts.heard(told.get(point.day, ())) for point in panel.points],
        "hovertemplate": readouts.template(panel),
        "meta": "readings",
        "mode": "markers",
        "opacity": 0,
        "marker": {"color": LINE},
        "yaxis": axis(number),
    }


def _strip(discs: Sequence[Disc], place: str) -> Trace:
    """Above the first panel the numbered discs: filled, hollow, or with a dashed edge."""
    edge: Trace = {"color": [INK if disc.moved else GREY for disc in discs], "width": 1.5}
    if not discs[0].tested:
        edge["dash"] = UNTESTED
    return {
        "x": _days(disc.day for disc in discs),
        "y": [disc.lane + 0.5 for disc in discs],
        "text": [disc.label for disc in discs],
        "mode": "markers+text",
        "cliponaxis": False,
        "hoverinfo": "skip",
        "yaxis": place,
        "textfont": {
            "color": [PAPER if disc.moved else INK for disc in discs],
            "size": 12,
            "weight": 700,
        },
        "marker": {
            "size": 19,
            "opacity": 1,
            "color": [INK if disc.moved else PAPER for disc in discs],
            "line": edge,
        },
    }


def _ticks(chart: Chart) -> Iterator[Trace]:
    """At the foot of the last panel the days of own posts."""
    if chart.ticks:
        yield {
            "x": _days(chart.ticks),
            "y": [0.02] * len(chart.ticks),
            "mode": "markers",
            "cliponaxis": False,
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


def upright(day: date, yref: str, colour: str, dash: str, width: float) -> Trace:
    """A line from the foot to the head of a panel, on a day."""
    pen = {"color": colour, "width": width, "dash": dash}
    return {
        "type": "line",
        "x0": str(day),
        "x1": str(day),
        "y0": 0,
        "y1": 1,
        "yref": yref,
        "line": pen,
    }


def labels(chart: Chart, room: Sequence[Sequence[float]]) -> Iterator[Trace]:
    """The name of every panel but the first, which the title names."""
    for panel, (_, top) in list(zip(chart.panels, room, strict=False))[1:]:
        yield {
            "text": readouts.label(panel),
            "x": 0,
            "xref": "paper",
            "xanchor": "left",
            "y": top,
            "yref": "paper",
            "yanchor": "bottom",
            "yshift": 4,
            "showarrow": False,
            "font": {"color": INK, "weight": 700},
        }
