"""The line below a title: what is drawn, and only that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from catalogue import Catalogue
from metrics_insight.charts.flags import Upright
from metrics_insight.charts.plots import Plot
from metrics_insight.insight import Chart, Mark


class Disc(Protocol):
    """One or more marks, in a picture or in what is explored; joined with the one before it."""

    @property
    def marks(self) -> Sequence[Mark]:
        """What it stands for."""

    @property
    def joined(self) -> bool:
        """Whether it hangs together with the one before it."""

    @property
    def moved(self) -> bool:
        """Whether the number moved with one of its marks."""

    @property
    def tested(self) -> bool:
        """Whether one of its marks could be tested at all."""


def write(
    chart: Chart,
    plots: Sequence[Plot],
    uprights: Sequence[Upright],
    discs: Sequence[Disc],
    words: Catalogue,
) -> str:
    """The unit first, then each thing that the picture holds and does not name itself."""
    keys = [*_first_axis(plots), *_bands(plots), *_marks(discs, words)]
    if any(one.is_claim for one in uprights):
        keys.append("chart.interval")
    if any(one in chart.span for one in chart.ticks):
        keys.append("chart.ticks")
    told = [chart.note, *(words.say(key) for key in keys), *_unnamed(uprights, words)]
    return "; ".join(one for one in dict.fromkeys(told) if one)


def axis(plot: Plot) -> str:
    """What has to be said of a value axis without zero: the key of its phrase, "" for others."""
    if not plot.runs or plot.scale.shows_zero:
        return ""
    return "chart.axis_above_zero" if plot.scale.low > 0 else "chart.axis_not_at_zero"


def _first_axis(plots: Sequence[Plot]) -> Iterator[str]:
    """Of the first panel: each further one says it in its label."""
    if key := axis(plots[0]):
        yield key
    if any(_is_stuck(plot) for plot in plots):
        yield "chart.stuck"


def _is_stuck(plot: Plot) -> bool:
    span = plot.time.span
    return any(one.first <= span.last and span.first <= one.last for one in plot.panel.stuck)


def _bands(plots: Sequence[Plot]) -> Iterator[str]:
    for plot in plots:
        if any(day in plot.time.span for band in plot.panel.bands for day in band.days):
            yield "chart.shaded" if plot.panel.is_daily else "chart.bars"


def _marks(discs: Sequence[Disc], words: Catalogue) -> Iterator[str]:
    """What filled, hollow and dashed discs mean, where their marks say what was found of them."""
    chained = {n + step for n, disc in enumerate(discs) if disc.joined for step in (-1, 0)}
    alone = [disc for number, disc in enumerate(discs) if number not in chained]
    still = [mark for disc in alone if disc.tested and not disc.moved for mark in disc.marks]
    verdicts = {mark.verdict for mark in still if mark.tested} - {""}
    if verdicts:
        quiet = verdicts == {words.say("verdict.no_visible_effect")}
        yield "chart.hollow" if quiet else "chart.hollow_or_mixed"
    elif any(disc.moved for disc in discs):
        yield "chart.filled"
    if not all(disc.tested for disc in discs):
        yield "chart.untested"
    if chained:
        yield "chart.joined"
    if any(len(disc.marks) > 1 for disc in discs):
        mixed = any(disc.moved and not all(mark.moved for mark in disc.marks) for disc in discs)
        yield "chart.grouped_mixed" if mixed else "chart.grouped"


def _unnamed(uprights: Sequence[Upright], words: Catalogue) -> Iterator[str]:
    """What the upright lines and the intervals are whose word found no room beside them."""
    for one in uprights:
        if not one.word:
            claim = "chart.unnamed_claim" if one.is_dated else "chart.unnamed_interval"
            yield words.say(claim if one.is_claim else "chart.unnamed_counting", what=one.said)
