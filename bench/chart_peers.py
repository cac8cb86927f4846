"""Other tools asked for the same chart: its line, its expected range, its marks, its break.

Each is given the same numbers, marks and words and draws 720 pixels wide, as SVG or, at twice
the size, as PNG, in its own plainest way; for none of them words are kept from each other.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec

import plotly.graph_objects as go

import browser as browsers
import drawn
from metrics_insight.insight import Chart, Mark

NEEDED = {"matplotlib": "matplotlib", "vl_convert": "vl-convert-python", "kaleido": "kaleido"}
WIDE, HIGH, TWICE = 720, 400, 2
INK, PALE, EDGE, GREY, CHANGE = "#0b5fa5", "#d5e5f4", "#6f8aa6", "#595959", "#b3470b"

Peer = Callable[[Chart, str], bytes]


def refuse_missing() -> None:
    """End in one line where a peer is not installed: without all of them nothing is compared."""
    missing = [package for module, package in NEEDED.items() if find_spec(module) is None]
    if missing:
        sys.exit(f"bench/charts.py: not installed: {', '.join(missing)}; run: make peers")


@contextmanager
def all_warm() -> Iterator[dict[str, Peer]]:
    """Every peer by its name, ready to draw; kaleido with its browser already started."""
    import kaleido

    found = browsers.find()
    if found is None:
        sys.exit("bench/charts.py: kaleido needs a Chromium and there is none; run: make browser")
    os.environ["BROWSER_PATH"] = str(found)
    kaleido.start_sync_server(silence_warnings=True)
    try:
        yield {"matplotlib": by_matplotlib, "vl-convert": by_vega, "kaleido": by_kaleido}
    finally:
        kaleido.stop_sync_server(silence_warnings=True)


def by_matplotlib(chart: Chart, form: str) -> bytes:
    """With the layout that its manual recommends where labels have to fit."""
    import matplotlib as mpl
    from matplotlib import dates
    from matplotlib.figure import Figure

    mpl.rcParams["svg.hashsalt"] = "the same at every run"
    panel = chart.panels[0]
    paper = Figure(figsize=(WIDE / 100, HIGH / 100), dpi=100, layout="constrained")
    axes = paper.subplots()
    for band in panel.bands:
        axes.fill_between(band.days, band.low, band.high, facecolor=PALE, edgecolor=EDGE)
    for run in panel.runs:
        axes.plot([one.day for one in run], [one.value for one in run], color=INK)
    for day in panel.breaks:
        axes.axvline(day, linestyle=":", color=GREY)
        axes.text(day, 0, " counting changed", color=GREY)
    for shift in panel.shifts:
        axes.axvline(shift.day, color=CHANGE)
        axes.plot([shift.earliest, shift.latest], [0, 0], color=CHANGE, linewidth=5)
        axes.text(shift.day, 0, f" {shift.kind}", color=CHANGE)
    for mark, foot, top in placed(chart):
        disc = {"boxstyle": "circle", "facecolor": "black" if mark.moved else "white"}
        colour = "white" if mark.moved else "black"
        axes.annotate(str(mark.number), (mark.day, foot), (mark.day, top), color=colour,
                      bbox=disc, ha="center", arrowprops={"arrowstyle": "-"})  # fmt: skip
    last = panel.points[-1]
    axes.annotate(f"{last.value:,.0f}", (last.day, last.value), fontweight="bold", color=INK)
    axes.set_title("\n".join((chart.title, *note(chart))), loc="left", fontsize=9)
    axes.xaxis.set_major_formatter(dates.ConciseDateFormatter(axes.xaxis.get_major_locator()))
    axes.grid(axis="y")
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.set_ylim(bottom=0)
    paper.supxlabel(chart.source, fontsize=9)
    written = io.BytesIO()
    paper.savefig(written, format=form, dpi=100 if form == "svg" else 100 * TWICE)
    return written.getvalue()


def placed(chart: Chart) -> list[tuple[Mark, float, float]]:
    """Each mark with the height of the line on its day, and that of its disc above it."""
    values = {one.day: one.value for one in chart.panels[0].points}
    above = 0.12 * max(values.values())
    return [(one, values[one.day], values[one.day] + above) for one in chart.marks]


@cache
def note(chart: Chart) -> tuple[str, ...]:
    """What stands below our title: what the signs of the picture mean, in its lines."""
    said = drawn.picture(chart).said()
    return tuple(said[1 : said.index(chart.source)])


def by_vega(chart: Chart, form: str) -> bytes:
    import vl_convert

    if form == "svg":
        return vl_convert.vegalite_to_svg(_vega(chart)).encode("utf-8")
    painted: bytes = vl_convert.vegalite_to_png(_vega(chart), scale=TWICE)
    return painted


def _vega(chart: Chart) -> dict:
    panel = chart.panels[0]
    readings = [
        {"day": str(one.day), "value": one.value, "run": place}
        for place, run in enumerate(panel.runs)
        for one in run
    ]
    ranges = [
        {"day": str(on), "low": low, "high": high, "run": place}
        for place, band in enumerate(panel.bands)
        for on, low, high in zip(band.days, band.low, band.high, strict=True)
    ]
    marks = [
        {"day": str(one.day), "foot": foot, "top": top, "number": one.number, "moved": one.moved}
        for one, foot, top in placed(chart)
    ]
    breaks = [{"day": str(one), "word": "counting changed"} for one in panel.breaks]
    shifts = [
        {"day": str(one.day), "first": str(one.earliest), "last": str(one.latest), "word": one.kind}
        for one in panel.shifts
    ]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": WIDE - 60, "height": HIGH - 60,
        "title": {"text": chart.title, "subtitle": [*note(chart), chart.source], "anchor": "start"},
        "layer": [*_ranges(ranges), _line(readings), *_changes(breaks, shifts), *_marks(marks),
                  _end(readings[-1])],
    }  # fmt: skip


_DAY = {"field": "day", "type": "temporal", "title": None}


def _value(field: str) -> dict:
    return {"field": field, "type": "quantitative", "title": None}


def _layer(values: list[dict], mark: dict, **encoding: object) -> dict:
    return {"data": {"values": values}, "mark": mark, "encoding": {"x": _DAY, **encoding}}


def _line(readings: list[dict]) -> dict:
    pen = {"type": "line", "color": INK}
    return _layer(readings, pen, y=_value("value"), detail={"field": "run"})


def _ranges(ranges: list[dict]) -> list[dict]:
    apart, edge = {"detail": {"field": "run"}}, {"type": "line", "color": EDGE, "strokeWidth": 1}
    inside = {"y": _value("low"), "y2": {"field": "high"}, **apart}
    edges = [_layer(ranges, edge, y=_value(end), **apart) for end in ("low", "high")]
    return [_layer(ranges, {"type": "area", "color": PALE}, **inside), *edges]


def _changes(breaks: list[dict], shifts: list[dict]) -> list[dict]:
    bar = {"x": {**_DAY, "field": "first"}, "x2": {"field": "last"}, "y": {"value": HIGH - 60}}
    word = {"text": {"field": "word"}, "y": {"value": HIGH - 70}}
    return [
        _layer(breaks, {"type": "rule", "strokeDash": [2, 3]}),
        _layer(breaks, {"type": "text", "align": "left"}, **word),
        _layer(shifts, {"type": "rule", "color": CHANGE}),
        _layer(shifts, {"type": "rule", "color": CHANGE, "strokeWidth": 5}, **bar),
        _layer(shifts, {"type": "text", "align": "left", "color": CHANGE}, **word),
    ]


def _marks(marks: list[dict]) -> list[dict]:
    def two(moved: str, hollow: str) -> dict:
        return {"condition": {"test": "datum.moved", "value": moved}, "value": hollow}

    disc = {"type": "point", "size": 250, "filled": True, "stroke": "black", "opacity": 1}
    return [
        _layer(marks, {"type": "rule"}, y=_value("foot"), y2={"field": "top"}),
        _layer(marks, disc, y=_value("top"), color=two("black", "white")),
        _layer(marks, {"type": "text", "fontWeight": "bold"}, y=_value("top"),
               text={"field": "number"}, color=two("white", "black")),
    ]  # fmt: skip


def _end(last: dict) -> dict:
    pen = {"type": "text", "align": "left", "dx": 6, "fontWeight": "bold", "color": INK}
    return _layer([last], pen, y=_value("value"), text={"field": "value", "format": ","})


def by_kaleido(chart: Chart, form: str) -> bytes:
    import kaleido

    size = {"width": WIDE, "height": HIGH, "scale": 1 if form == "svg" else TWICE}
    painted: bytes = kaleido.calc_fig_sync(figure(chart), opts={"format": form, **size})
    return painted


def figure(chart: Chart) -> go.Figure:
    """The chart as anybody would write it for plotly, with its default template."""
    panel = chart.panels[0]
    made = go.Figure()
    for band in panel.bands:
        for ends, fill in ((band.low, None), (band.high, "tonexty")):
            made.add_scatter(x=band.days, y=ends, fill=fill, mode="lines", line_color=EDGE)
    for run in panel.runs:
        on, values = [one.day for one in run], [one.value for one in run]
        made.add_scatter(x=on, y=values, mode="lines", line_color=INK)
    for mark, foot, _ in placed(chart):
        made.add_annotation(x=mark.day, y=foot, text=str(mark.number))
    for day in panel.breaks:
        made.add_vline(x=str(day), line_dash="dot")
    for shift in panel.shifts:
        made.add_vline(x=str(shift.day), line_color=CHANGE)
    return made.update_layout(
        title="<br>".join((chart.title, *note(chart), chart.source)), showlegend=False
    )
