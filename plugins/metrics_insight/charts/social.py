"""The picture of a shared link: a post's first chart below the post's title, 1200 by 630 pixels.

It is the same drawing of a chart on smaller paper, twice as large, and painted the same way.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from catalogue import Catalogue
from metrics_insight.charts import fonts, pens, plots, png, svg
from metrics_insight.charts.widths import shorten, wrap
from metrics_insight.insight import Chart

WIDE, HIGH = 1200, 630

_EDGE = 36.0
_TITLE = 46
_LINE = 54
_SITE = 26
_FOOT = 52  # the site's name and the room around it
_LEAST = 90  # of a panel that still shows a shape
_LARGE, _SMALLER = 2.0, (1.8, 1.6, 1.4)


def draw(
    chart: Chart, words: Catalogue, *, title: str, site: str, own: Path | None = None
) -> bytes:
    """The picture painted; ``own`` is a folder of further fonts."""
    drawing = sheet(chart, words, title=title, site=site, at_hand=fonts.found(own))
    return png.paint([drawing])[0]


def sheet(
    chart: Chart, words: Catalogue, *, title: str, site: str, at_hand: fonts.Fonts
) -> png.Sheet:
    """The picture as it is to be painted: title, first panel of the chart, name of the site."""
    room = WIDE - 2 * _EDGE
    lines = _lines(title, room)
    top = _EDGE + _LINE * len(lines)
    drawn, scale = _fitted(chart, words, room, HIGH - _FOOT - top)
    left = _EDGE - plots.EDGE * scale
    parts = [
        f'<rect width="{WIDE}" height="{HIGH}" fill="{pens.PAPER.colour}"/>',
        *(
            pens.text(line, (_EDGE, _EDGE + 36 + _LINE * n), pens.INK, size=_TITLE, bold=True)
            for n, line in enumerate(lines)
        ),
        f'<g transform="translate({left:.1f} {top:.1f}) scale({scale:.3f})">{drawn.text}</g>',
        f'<rect y="{HIGH - 8}" width="{WIDE}" height="8" fill="{pens.LINE.colour}"/>',
        pens.text(shorten(site, _SITE, room, bold=True), (_EDGE, HIGH - 26), pens.END,
                  size=_SITE, bold=True),
    ]  # fmt: skip
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDE}" height="{HIGH}" '
        f'viewBox="0 0 {WIDE} {HIGH}" font-family="{pens.FONT}">{"".join(parts)}</svg>\n'
    )
    return png.Sheet(picture, WIDE, at_hand)


def _lines(title: str, room: float) -> list[str]:
    """The title in at most two lines, cut between words where it is longer."""
    lines = wrap(title, _TITLE, room, most=2, bold=True)
    whole, _, cut = lines[-1].rpartition(" ") if lines else ("", "", "")
    if whole and cut.endswith("…") and not title.rstrip().endswith("…"):
        lines[-1] = f"{whole} …"
    return lines


def _fitted(chart: Chart, words: Catalogue, wide: float, high: float) -> tuple[svg.Drawing, float]:
    """The chart's first panel on paper that fills the room, and how much it is enlarged there.

    Long words need more room: the paper gets wider, and its letters smaller, until a panel fits.
    """
    alone = replace(chart, panels=chart.panels[:1])
    drawings = [(_filling(alone, words, wide / _LARGE, high / _LARGE), _LARGE)]
    for scale in _SMALLER:
        if drawings[-1][0].height * drawings[-1][1] > high:
            drawings.append((_filling(alone, words, wide / scale, high / scale), scale))
    drawn, scale = drawings[-1]
    return drawn, min(scale, high / drawn.height)


def _filling(alone: Chart, words: Catalogue, wide: float, high: float) -> svg.Drawing:
    """The chart on paper so wide and so high; higher where even the least panel needs more."""
    across = int(wide + 2 * plots.EDGE)
    paper = replace(svg.NARROW, width=across, first_panel=_LEAST, time_ticks=7)
    least = svg.draw(alone, words, layout=paper)
    spare = int(high - least.height)
    if spare <= 0:
        return least
    return svg.draw(alone, words, layout=replace(paper, first_panel=_LEAST + spare))
