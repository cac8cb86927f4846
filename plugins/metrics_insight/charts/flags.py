"""The words at the upright lines of changes: where each fits, and which fit nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from catalogue import Catalogue
from metrics_insight.charts import pens
from metrics_insight.charts.marks import APART, LEADER, RADIUS
from metrics_insight.charts.plots import Plot
from metrics_insight.charts.room import Box, Skyline
from metrics_insight.charts.widths import width
from metrics_insight.insight import Mark, Shift

_LINE = 16.0
_ROWS_ABOVE, _ROWS_NEAR = 2, 3
_SHIFTS = {"rate": "chart.shift_rate", "jump": "chart.shift_jump", "spike": "chart.shift_spike"}
_FROM_UPRIGHT, _APART = 5.0, 7.0


@dataclass(frozen=True)
class Upright:
    """A change on a panel: at ``x``, for a claim from ``first`` to ``last`` on the axis.

    A claim about readings that are not daily has no day, so ``is_dated`` is false and only
    the interval is drawn. ``word`` is "" where it fits nowhere; it starts at ``word_x``,
    on the baseline ``word_y``.
    """

    said: str
    pen: pens.Pen
    x: float
    first: float
    last: float
    is_dated: bool = True
    word: str = ""
    word_x: float = 0.0
    word_y: float = 0.0

    @property
    def is_claim(self) -> bool:
        """Whether it is a change that was found, not one of counting."""
        return self.pen == pens.CHANGE

    @property
    def box(self) -> Box:
        """What its word takes of the paper."""
        wide = width(self.word, pens.TEXT_SIZE)
        return Box(self.word_x, self.word_y - 11, self.word_x + wide, self.word_y + 4)


def place(plot: Plot, words: Catalogue, marks: Sequence[Mark], right: float) -> list[Upright]:
    """Every change of a panel with its word where it hides nothing, up to ``right``.

    It stands beside its upright line: from the foot upwards, last above the panel, where
    only the panel that carries the marks has room. Where there is no such line it keeps to the
    interval on the axis.
    """
    bare = [*_breaks(plot, words), *_shifts(plot, words)]
    if not bare:
        return []
    rows = _rows(plot, above=plot.scale.top == 0)
    lines = (plot.skyline, Skyline(plot.outlines))
    taken = [*_stands(plot, marks), plot.end_box]
    uprights = [Box(one.x - 1, plot.scale.top, one.x + 1, plot.scale.bottom) for one in bare]
    placed: list[Upright] = []
    for one in sorted(bare, key=lambda one: one.x):
        fits = (
            flag
            for flag in _tries(one, rows)
            if flag.box.left >= plot.time.left - 2
            and flag.box.right <= right
            and not any(flag.box.touches(other, _APART) for other in taken)
            and not any(flag.box.touches(other, 2) for other in uprights)
            and not any(line.crosses(flag.box) for line in lines)
        )
        flag = next(fits, one)
        placed.append(flag)
        if flag.word:
            taken.append(flag.box)
    return placed


def boxes(uprights: Sequence[Upright]) -> list[Box]:
    """What the words take of the paper."""
    return [one.box for one in uprights if one.word]


def _breaks(plot: Plot, words: Catalogue) -> Iterator[Upright]:
    for day in plot.panel.breaks:
        if day in plot.time.span:
            x = plot.time(day)
            yield Upright(words.say("chart.counting_changed"), pens.AXIS, x, x, x)


def _shifts(plot: Plot, words: Catalogue) -> Iterator[Upright]:
    for shift in plot.panel.shifts:
        if shift.day in plot.time.span:
            first, last = _interval(plot, shift)
            said = words.say(_SHIFTS[shift.kind])
            daily = plot.panel.is_daily
            x = plot.time(shift.day) if daily else (first + last) / 2
            yield Upright(said, pens.CHANGE, x, first, last, daily)


def _interval(plot: Plot, shift: Shift) -> tuple[float, float]:
    """The days on which it may have begun, as far as they are on the paper; 4 px at least."""
    span = plot.time.span

    def x_of(day: date) -> float:
        return plot.time(min(max(day, span.first), span.last))

    first, last = x_of(shift.earliest), x_of(shift.latest)
    return (first, last) if last - first >= 4 else ((first + last) / 2 - 2, (first + last) / 2 + 2)


def _stands(plot: Plot, marks: Sequence[Mark]) -> list[Box]:
    """Where the discs of the marks will want to stand, and their leaders below them."""
    if plot.scale.top:
        return []
    feet = [plot.foot(mark.day) for mark in marks]
    reach = RADIUS + APART
    return [
        Box(x - reach, _line_above(plot, x, y) - LEADER - 2 * RADIUS - APART, x + reach, y)
        for x, y in feet
    ]


def _line_above(plot: Plot, x: float, foot: float) -> float:
    highest = plot.skyline.highest(x - RADIUS, x + RADIUS)
    return foot if highest is None else min(foot, highest)


def _rows(plot: Plot, *, above: bool) -> list[float]:
    """Baselines from the foot of a panel to its top, and above it."""
    scale = plot.scale
    inside = int((scale.bottom - 8 - scale.top - 12) // _LINE) + 1
    rows = [scale.bottom - 8 - _LINE * number for number in range(inside)]
    return [*rows, *(scale.top - 6 - _LINE * n for n in range(_ROWS_ABOVE if above else 0))]


def _tries(one: Upright, rows: Sequence[float]) -> Iterator[Upright]:
    """Beside the upright line; where there is none, beside the interval or just above it."""
    wide = width(one.said, pens.TEXT_SIZE)
    starts = [one.x + _FROM_UPRIGHT, one.x - _FROM_UPRIGHT - wide]
    if not one.is_dated:
        rows = rows[:_ROWS_NEAR]
        starts = [one.last + _FROM_UPRIGHT, one.first - _FROM_UPRIGHT - wide, one.first]
    for y in rows:
        for x in starts:
            yield Upright(
                one.said, one.pen, one.x, one.first, one.last, one.is_dated, one.said, x, y
            )
