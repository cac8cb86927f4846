"""What was to be expected, as closed outlines under the line."""

from __future__ import annotations

from collections.abc import Iterator

from metrics_insight.charts.room import Place
from metrics_insight.charts.scales import TimeScale, ValueScale
from metrics_insight.charts.thinning import outline
from metrics_insight.insight import Panel

_HALF_BAR = 3.0
_Edges = list[tuple[float, float, float]]  # the place of a day, the heights of its two ends


def outlines(panel: Panel, time: TimeScale, scale: ValueScale) -> Iterator[list[Place]]:
    """The closed edge of each band; a bar on each day for readings that are not daily."""
    for band in panel.bands:
        held = [number for number, day in enumerate(band.days) if day in time.span]
        tops, feet = (
            scale.heights(side[number] for number in held) for side in (band.high, band.low)
        )
        places = time.places(band.days[number] for number in held)
        edges = list(zip(places, tops, feet, strict=True))
        yield from _ribbon(edges) if panel.is_daily and len(edges) > 1 else _bars(edges)


def _ribbon(edges: _Edges) -> Iterator[list[Place]]:
    edge = outline([(x, top) for x, top, _ in edges], [(x, foot) for x, _, foot in edges])
    yield [*edge, edge[0]]


def _bars(edges: _Edges) -> Iterator[list[Place]]:
    for x, top, foot in edges:
        if top < foot:
            left, right = x - _HALF_BAR, x + _HALF_BAR
            yield [(left, top), (right, top), (right, foot), (left, foot), (left, top)]
