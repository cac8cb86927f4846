"""A chart to look into: the figure JSON that plotly.js draws when a reader asks for it.

The layout's ``meta`` carries what our script needs besides: the dark colours, the words,
the language's numbers and months, plotly.js's configuration. It draws nothing by itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

import plotly.graph_objects as go

from catalogue import Catalogue
from metrics_insight.charts import flags, notes, pens, plots, readouts, traces
from metrics_insight.charts.discs import LANE, Disc, lanes, placed
from metrics_insight.charts.plots import EDGE, Plot
from metrics_insight.charts.svg import NARROW
from metrics_insight.charts.traces import CHANGE, GREY, INK, PAPER, RULE, axis
from metrics_insight.insight import Chart

DARK = {pen.colour: pen.dark for pen in traces.PENS}
"""Each colour of the figure on light paper, and what it is on dark paper."""

CONFIG = {
    "displayModeBar": False,
    "displaylogo": False,
    "modeBarButtonsToRemove": ["sendChartToCloud", "toImage"],
    "plotlyServerURL": "",
    "responsive": True,
    "showLink": False,
}
"""How plotly.js is to behave: nothing that leaves the site, no advertisement, no toolbar."""

_DAY = 86_400_000  # milliseconds, as plotly.js counts time
_FIRST, _NEXT, _GAP = 236, 96, 40
_WEEK, _MONTH, _YEAR = 7 * _DAY, "M1", "M12"


def draw(chart: Chart, words: Catalogue) -> str:
    """The figure as JSON of one line: traces of plain lists, nulls at gaps and at breaks.

    The same chart is the same text, to the byte.
    """
    discs = placed(chart)
    drawn = plots.lay_out(chart, words, NARROW)
    figure = go.Figure(
        data=traces.of(chart, discs, words),
        layout=_layout(chart, drawn, discs, words),
        layout_template="none",
    )
    return json.dumps(
        figure.to_plotly_json(),
        ensure_ascii=False,
        allow_nan=False,
        sort_keys=True,
        separators=(",", ":"),
    )


def _layout(
    chart: Chart, drawn: Sequence[Plot], discs: Sequence[Disc], words: Catalogue
) -> dict[str, Any]:
    """What the picture on a phone holds besides its lines, in the places it has there."""
    room = _rooms(chart, discs)
    last = len(chart.panels) - 1
    panels = list(zip(drawn, room[: last + 1], strict=False))
    uprights = [_worded(chart, plot, words) for plot in drawn]
    return {
        "title": _title(chart, _note(chart, drawn, uprights, discs, words)),
        "font": {"family": pens.FONT, "size": pens.TEXT_SIZE, "color": GREY},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "showlegend": False,
        "margin": {"l": 8, "r": 14, "t": 48, "b": 8, "pad": 0},
        "dragmode": "zoom",
        "hovermode": "x",
        "hoversubplots": "axis",
        "hoverdistance": -1,
        "hoverlabel": {
            "bgcolor": PAPER,
            "bordercolor": GREY,
            "align": "left",
            "font": {"family": pens.FONT, "color": INK, "size": 13},
        },
        "xaxis": _time_axis(chart, last),
        **{_key(number): _value_axis(*panel) for number, panel in enumerate(panels)},
        **_unseen_axes(discs, room[-1], last),
        "shapes": [*_shapes(chart), *_leaders(discs, room), *_links(chart, discs)],
        "annotations": [*traces.labels(chart, room), *_flags(chart, drawn, uprights)],
        "meta": _meta(chart, drawn, words),
    }


def _title(chart: Chart, note: str) -> dict[str, Any]:
    return {
        "text": readouts.plainly(chart.title),
        "font": {"size": pens.TITLE_SIZE, "color": INK, "weight": 700},
        "x": 0,
        "xref": "container",
        "y": 1,
        "yref": "container",
        "yanchor": "top",
        "pad": {"l": 8, "t": 6},
        "subtitle": {
            "text": readouts.plainly(note),
            "font": {"size": pens.TEXT_SIZE, "color": GREY},
        },
    }


def _worded(chart: Chart, plot: Plot, words: Catalogue) -> list[flags.Upright]:
    """The changes of a panel; a word above it would stand where the discs are, and is left out."""
    shown = [mark for mark in chart.marks if mark.day in chart.span]
    found = flags.place(plot, words, shown, NARROW.width - EDGE)
    return [
        replace(one, word="") if one.word and one.word_y - 11 < plot.scale.top else one
        for one in found
    ]


def _note(
    chart: Chart,
    drawn: Sequence[Plot],
    uprights: Sequence[Sequence[flags.Upright]],
    discs: Sequence[Disc],
    words: Catalogue,
) -> str:
    """The picture's own line on what is drawn, of what is drawn here."""
    changes = [one for some in uprights for one in some]
    said = notes.write(chart, drawn, changes, discs, words)
    axes = [(plot.panel.label, notes.axis(plot)) for plot in drawn[1:]]
    return "; ".join([said, *(f"{label}: {words.say(key)}" for label, key in axes if key)])


def _meta(chart: Chart, drawn: Sequence[Plot], words: Catalogue) -> dict[str, Any]:
    """What our script needs, and plotly.js leaves alone."""
    zero = [axis(number) for number, plot in enumerate(drawn) if plot.scale.shows_zero]
    return {
        "config": CONFIG,
        "dark": DARK,
        "format": readouts.formats(words),
        "language": chart.language,
        "source": chart.source,
        "span": [chart.span.first.isoformat(), chart.span.last.isoformat()],
        "words": readouts.script_words(words),
        "zero": zero,
    }


def _key(number: int) -> str:
    return f"yaxis{number + 1}" if number else "yaxis"


def _rooms(chart: Chart, discs: Sequence[Disc]) -> list[list[float]]:
    """From bottom to top in parts of the height: each panel from the first, then the strip."""
    strip = LANE * lanes(discs)
    whole = strip + _FIRST + (_GAP + _NEXT) * (len(chart.panels) - 1)
    rooms, top = [], float(whole - strip)
    for number in range(len(chart.panels)):
        bottom = top - (_NEXT if number else _FIRST)
        rooms.append([round(max(bottom, 0) / whole, 4), round(top / whole, 4)])
        top = bottom - _GAP
    return [*rooms, [round((whole - strip) / whole, 4), 1]]


def _time_axis(chart: Chart, last: int) -> dict[str, Any]:
    span = chart.span
    few = {"dtick": _DAY} if span.days <= 10 else {}
    return {
        "type": "date",
        "range": [str(span.first), str(span.last)],
        "anchor": axis(last),
        "showgrid": False,
        "linecolor": GREY,
        "ticks": "outside",
        "tickcolor": GREY,
        "automargin": True,
        "hoverformat": "%-d %B %Y",
        "tickangle": 0,
        "showspikes": True,
        "spikecolor": GREY,
        "spikethickness": 1,
        "spikedash": "dot",
        "spikemode": "across",
        "spikesnap": "hovered data",
        "tickformatstops": [
            {"dtickrange": [None, _WEEK * 4], "value": "%-d %b\n%Y"},
            {"dtickrange": [_MONTH, "M11"], "value": "%b\n%Y"},
            {"dtickrange": [_YEAR, None], "value": "%Y"},
        ],
        **few,
    }


def _value_axis(plot: Plot, room: list[float]) -> dict[str, Any]:
    """From where to where it goes in the picture, with the same labels."""
    return {
        "domain": room,
        "fixedrange": True,
        "range": [plot.scale.low, plot.scale.high],
        "tickmode": "array",
        "tickvals": list(plot.scale.ticks),
        "ticktext": list(plot.labels) or [""] * len(plot.scale.ticks),
        "gridcolor": RULE,
        "zeroline": False,
        "automargin": True,
        "anchor": "x",
    }


def _unseen_axes(discs: Sequence[Disc], strip: list[float], last: int) -> dict[str, Any]:
    """One for the discs above the first panel, one for the ticks at the foot of the last."""
    unseen = {"fixedrange": True, "visible": False, "anchor": "x"}
    foot = {**unseen, "range": [0, 1], "overlaying": axis(last)}
    above = {**unseen, "range": [0, lanes(discs)], "domain": strip}
    return {_key(last + 2): foot, **({_key(last + 1): above} if discs else {})}


def _shapes(chart: Chart) -> Iterator[dict[str, Any]]:
    """Where counting changed, and within which days something else did.

    Of readings that are not daily no change has a day, so there is only its interval.
    """
    for number, panel in enumerate(chart.panels):
        yref = f"{axis(number)} domain"
        for shift in panel.shifts:
            ends = {"x0": str(shift.earliest), "x1": str(shift.latest), "yref": yref}
            bar = {"color": CHANGE, "width": 5}
            yield {"type": "line", **ends, "y0": 0, "y1": 0, "line": bar}
            if panel.is_daily:
                yield traces.upright(shift.day, yref, CHANGE, "solid", 1.5)
        for day in panel.breaks:
            yield traces.upright(day, yref, GREY, "2px,3px", 1.5)


def _leaders(discs: Sequence[Disc], room: Sequence[Sequence[float]]) -> Iterator[dict[str, Any]]:
    """From each disc a thin line through the first panel, on its day."""
    foot, top = room[0]
    lane = (1 - top) / max(1, lanes(discs))
    for disc in discs:
        high = round(top + lane * (disc.lane + 0.5), 4)
        thin = traces.upright(disc.day, "paper", GREY, "solid", 1)
        yield {**thin, "y0": foot, "y1": high, "layer": "below"}


def _links(chart: Chart, discs: Sequence[Disc]) -> Iterator[dict[str, Any]]:
    """What joins discs whose events are too close to tell apart."""
    for before, disc in pairwise(discs):
        if disc.joined:
            yield {
                "type": "line",
                "x0": str(before.day),
                "x1": str(disc.day),
                "y0": before.lane + 0.5,
                "y1": disc.lane + 0.5,
                "yref": axis(len(chart.panels)),
                "line": {"color": INK, "width": 5},
                "layer": "below",
            }


def _flags(
    chart: Chart, drawn: Sequence[Plot], uprights: Sequence[Sequence[flags.Upright]]
) -> Iterator[dict[str, Any]]:
    """The words beside changes, on the side and at the height where the picture has them."""
    for number, (plot, some) in enumerate(zip(drawn, uprights, strict=True)):
        high = plot.scale.bottom - plot.scale.top
        for one in (one for one in some if one.word):
            is_right = one.word_x > one.x
            share = (one.x - plot.time.left) / ((plot.time.right - plot.time.left) or 1)
            yield {
                "text": readouts.plainly(one.word),
                "x": str(chart.span.first + timedelta(days=round(share * (chart.span.days - 1)))),
                "xanchor": "left" if is_right else "right",
                "xshift": 4 if is_right else -4,
                "y": round((plot.scale.bottom - one.word_y) / high, 4),
                "yref": f"{axis(number)} domain",
                "yanchor": "bottom",
                "yshift": -4,
                "showarrow": False,
                "font": {"color": CHANGE if one.is_claim else GREY},
            }
