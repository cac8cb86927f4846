"""Fewer places for the same picture: what no reader could see is left out, no extreme is."""

from __future__ import annotations

from collections.abc import Sequence

from metrics_insight.charts.room import Place, Way

_SLACK = 0.1
_DENSE = 2.0
_MANY = 100


def thinned(way: Way) -> list[Place]:
    """A line with fewer places, none of them more than a tenth of a pixel off.

    With more than two places in a pixel column, each column keeps its highest and its
    lowest, in the order in which they came.
    """
    if len(way) > 2 and len(way) > _DENSE * (way[-1][0] - way[0][0] + 1):
        return _extremes(way)
    return straightened(way)


def straightened(way: Way, slack: float = _SLACK) -> list[Place]:
    """The places of a line without those that lie within ``slack`` of a straight way past them."""
    if len(way) < 3:
        return list(way)
    kept = [way[0]]
    (x0, y0), before = way[0], way[1]
    steepest, flattest = float("inf"), float("-inf")
    for place in way[1:]:
        x, y = place
        if not (x > x0 and flattest <= (y - y0) / (x - x0) <= steepest) and before != place:
            kept.append(before)
            (x0, y0), steepest, flattest = before, float("inf"), float("-inf")
        if x > x0:
            up, down = (y - y0 + slack) / (x - x0), (y - y0 - slack) / (x - x0)
            if up < steepest:  # noqa: PLR1730  min() would cost as much as all the rest
                steepest = up
            if down > flattest:  # noqa: PLR1730
                flattest = down
        before = place
    return [*kept, way[-1]]


def apart(places: Sequence[Place]) -> list[Place]:
    """The places without those that hide behind another: at most one for each pixel."""
    return list({(int(x), int(y)): (x, y) for x, y in places}.values())


def outline(upper: Way, lower: Way) -> list[Place]:
    """The closed edge of a band: along the top and back along the bottom.

    Where a column holds more than one day, the band is as wide there as at its widest; an
    edge of many places is rounded to whole pixels.
    """
    if len(upper) > 1 and len(upper) > upper[-1][0] - upper[0][0] + 1:
        upper = [(x, min(heights)) for x, heights in _columns(upper)]
        lower = [(x, max(heights)) for x, heights in _columns(lower)]
    edge = [*straightened(upper, 0.25), *reversed(straightened(lower, 0.25))]
    return edge if len(edge) <= _MANY else [(round(x), round(y)) for x, y in edge]


def _extremes(way: Way) -> list[Place]:
    kept: list[Place] = []
    for x, heights in _columns(way):
        high, low = min(heights), max(heights)
        ends = [high, low] if heights.index(high) < heights.index(low) else [low, high]
        kept += [(x, y) for y in (ends if high < low else ends[:1])]
    return kept


def _columns(way: Way) -> list[tuple[float, list[float]]]:
    """The middle of each pixel column, and all heights in it."""
    columns: dict[int, list[float]] = {}
    for x, y in way:
        columns.setdefault(int(x), []).append(y)
    return [(column + 0.5, heights) for column, heights in columns.items()]
