"""The axes: rules and labels of the values, days below them, and the ticks of own posts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from catalogue import Catalogue
from metrics_insight.charts import pens, scales
from metrics_insight.charts.plots import EDGE, Layout, Plot
from metrics_insight.charts.room import Way
from metrics_insight.charts.widths import width

_GAP = 7.0
_POST = 4

Label = tuple[scales.TimeTick, str, str, float]
"""A tick, the words below it, the year below those, and where their middle stands."""


def values(plot: Plot) -> Iterator[str]:
    """A rule across the panel at each round value, its label on the left; zero is stronger."""
    time, scale = plot.time, plot.scale
    rules: list[Way] = []
    strong: list[Way] = []
    labels: list[pens.Line] = []
    for value, label in zip(scale.ticks, plot.labels, strict=False):
        (strong if value == 0 and scale.low < 0 else rules).append(
            [(time.left, scale(value)), (time.right, scale(value))]
        )
        labels.append(pens.Line(label, (time.left - 6, scale(value) + 4)))
    for lines, pen in ((rules, pens.RULE), (strong, pens.AXIS)):
        if lines:
            yield pens.ways(lines, pen)
    yield pens.texts(labels, pens.GREY, anchor="end")


def days(time: scales.TimeScale, words: Catalogue, layout: Layout) -> tuple[Label, ...]:
    """The finest ticks whose labels all have their room, so that no month loses its name."""
    choices = [
        _labelled(ticks, time, words, layout)
        for ticks in scales.time_ticks(time.span, layout.time_ticks)
    ]
    return next((labels for labels in choices if _fit(labels)), choices[-1])


def time_axis(time: scales.TimeScale, labels: tuple[Label, ...], bottom: float) -> Iterator[str]:
    """The line below the last panel, with its labelled ticks."""
    yield pens.way([(time.left, bottom), (time.right, bottom)], pens.AXIS)
    yield pens.ticks([(time(tick.day), bottom) for tick, *_ in labels], 4, pens.AXIS)
    told = [pens.Line(said, (middle, bottom + 18)) for _, said, _, middle in labels]
    years = [pens.Line(year, (middle, bottom + 33)) for _, _, year, middle in labels if year]
    yield pens.texts([*told, *years], pens.GREY, anchor="middle")


def own_posts(posts: Sequence[float], bottom: float) -> Iterator[str]:
    """A short tick on the time axis at each place of a post, inside the panel."""
    if posts:
        yield pens.ticks([(x, bottom) for x in posts], -_POST, pens.AXIS)


def _labelled(
    ticks: tuple[scales.TimeTick, ...], time: scales.TimeScale, words: Catalogue, layout: Layout
) -> tuple[Label, ...]:
    labels = []
    for tick in ticks:
        said = words.day(tick.day, tick.pattern)
        year = words.day(tick.day, "y") if tick.tells_year else ""
        half = _wide(said, year) / 2
        middle = min(max(time(tick.day), EDGE + half), layout.width - EDGE - half)
        labels.append((tick, said, year, middle))
    return tuple(labels)


def _fit(labels: tuple[Label, ...]) -> bool:
    return all(
        later[3] - earlier[3] >= (_wide(*earlier[1:3]) + _wide(*later[1:3])) / 2 + _GAP
        for earlier, later in pairwise(labels)
    )


def _wide(*written: str) -> float:
    return max(width(one, pens.TEXT_SIZE) for one in written)
