"""What was to be expected, as closed outlines under the line."""

from __future__ import annotations

from collections.abc import Iterator

from metrics_insight.charts.plots import Plot
from metrics_insight.charts.room import Place
from metrics_insight.charts.thinning import outline
from metrics_insight.insight import Band

_HALF_BAR = 3.0


def outlines(plot: Plot) -> Iterator[list[Place]]:
    """The closed edge of each band; a bar on each day for readings that are not daily."""
    for band in plot.panel.bands:
        days = [number for number, day in enumerate(band.days) if day in plot.time.span]
        yield from _bars(plot, band, days) if not plot.panel.is_daily else _ribbon(plot, band, days)


def _ribbon(plot: Plot, band: Band, numbers: list[int]) -> Iterator[list[Place]]:
    upper = [(plot.time(band.days[n]), plot.scale(band.high[n])) for n in numbers]
    lower = [(plot.time(band.days[n]), plot.scale(band.low[n])) for n in numbers]
    if len(numbers) == 1:
        yield from _bars(plot, band, numbers)
    elif numbers:
        edge = outline(upper, lower)
        yield [*edge, edge[0]]


def _bars(plot: Plot, band: Band, numbers: list[int]) -> Iterator[list[Place]]:
    for n in numbers:
        if band.high[n] > band.low[n]:
            x, top, foot = (
                plot.time(band.days[n]),
                plot.scale(band.high[n]),
                plot.scale(band.low[n]),
            )
            left, right = x - _HALF_BAR, x + _HALF_BAR
            yield [(left, top), (right, top), (right, foot), (left, foot), (left, top)]
