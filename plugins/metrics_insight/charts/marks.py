"""Where the numbered marks stand: above the line, at the first free height."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise

from metrics_insight.charts.room import Box, Place, Skyline
from metrics_insight.charts.widths import shorten, width
from metrics_insight.insight import Mark

RADIUS = 10.0
TEXT_SIZE = 12
APART = 3.0
LANE = 2 * RADIUS + APART
MOST_ALONE, MOST_DISCS = 9, 12
MOST_ABOVE, MOST_CLIMB = 4 * LANE, 3 * LANE
NEAR = 7
LEADER = 10.0
_LONGEST_LABEL = 60.0

Cluster = tuple[tuple[Mark, ...], ...]
"""Marks that stand in one row, joined: each of them a disc for one mark or for several."""


@dataclass(frozen=True)
class Disc:
    """One drawn disc: its centre and half width, its label ("3", or "3–5" for several marks).

    Leaders go down to ``feet``, where the line is on its days. A disc that is ``joined``
    hangs together with the one before it.
    """

    x: float
    y: float
    half: float
    label: str
    feet: tuple[Place, ...]
    marks: tuple[Mark, ...]
    joined: bool = False

    @property
    def moved(self) -> bool:
        """Whether the number moved with one of its marks."""
        return any(mark.moved for mark in self.marks)

    @property
    def tested(self) -> bool:
        """Whether one of its marks could be tested at all."""
        return any(mark.tested for mark in self.marks)

    @property
    def box(self) -> Box:
        """What it takes of the paper."""
        return Box(self.x - self.half, self.y - RADIUS, self.x + self.half, self.y + RADIUS)


@dataclass(frozen=True)
class Ground:
    """What a disc has to respect: the line below it, words, and the edges."""

    line: Skyline
    words: Sequence[Box]
    foot: Callable[[date], Place]
    left: float
    right: float
    bottom: float


def place(marks: Sequence[Mark], ground: Ground) -> tuple[Disc, ...]:
    """The discs from left to right, each above the line and clear of discs, words and edges.

    Up to nine marks have a disc each, and those within seven days of each other are joined.
    More are grouped by the week. Where they would be more than twelve discs, or a tower of
    more than four, or would reach far above the panel, by two, four, eight weeks and so on.
    """
    ordered = sorted(marks, key=lambda mark: (mark.day, mark.number))
    discs: tuple[Disc, ...] = ()
    for clusters in _groupings(ordered):
        discs, climb = _stood(clusters, ground)
        if len(discs) <= MOST_DISCS and climb <= MOST_CLIMB and _is_inside(discs, ground):
            break
    return discs


def _is_inside(discs: Sequence[Disc], ground: Ground) -> bool:
    """Whether the discs keep to the edges and do not rise too far above the panel."""
    return all(
        ground.left <= box.left and box.right <= ground.right and box.top >= -MOST_ABOVE
        for box in (disc.box for disc in discs)
    )


def _groupings(marks: Sequence[Mark]) -> Iterator[list[Cluster]]:
    """Ways to share the marks between discs, the finest first, the last a single disc."""
    if len(marks) <= MOST_ALONE:
        yield _joined(marks)
    days = NEAR
    while marks and days < (marks[-1].day - marks[0].day).days:
        yield [(group,) for group in _grouped(marks, days)]
        days *= 2
    yield [(tuple(marks),)] if marks else []


def _joined(marks: Sequence[Mark]) -> list[Cluster]:
    """Chains of marks, each at most seven days after the one before it."""
    chains: list[Cluster] = []
    for mark in marks:
        if chains and (mark.day - chains[-1][-1][0].day).days <= NEAR:
            chains[-1] = (*chains[-1], (mark,))
        else:
            chains.append(((mark,),))
    return chains


def _grouped(marks: Sequence[Mark], days: int) -> list[tuple[Mark, ...]]:
    """Groups of marks that lie within so many days of their first."""
    groups: list[tuple[Mark, ...]] = []
    for mark in marks:
        if groups and (mark.day - groups[-1][0].day).days <= days:
            groups[-1] = (*groups[-1], mark)
        else:
            groups.append((mark,))
    return groups


def _stood(clusters: Sequence[Cluster], ground: Ground) -> tuple[tuple[Disc, ...], float]:
    """Every cluster in its row, and how far one of them had to climb for the others."""
    taken, climb = list(ground.words), 0.0
    discs: list[Disc] = []
    for cluster in clusters:
        labels = [_label(group) for group in cluster]
        halves = [max(RADIUS, width(one, TEXT_SIZE, bold=True) / 2 + 5) for one in labels]
        feet = [_feet(group, ground) for group in cluster]
        wanted = [(one[0][0] + one[-1][0]) / 2 for one in feet]
        centres = _spread(wanted, halves, ground)
        row = Box(centres[0] - halves[0], 0, centres[-1] + halves[-1], 0)
        start = _above_line(row, ground)
        y = _free(row, start, taken)
        climb = max(climb, start - y)
        each = zip(centres, halves, labels, feet, cluster, strict=True)
        discs += [
            Disc(x, y, half, label, places, group, number > 0)
            for number, (x, half, label, places, group) in enumerate(each)
        ]
        taken.append(Box(row.left, y - RADIUS, row.right, y + RADIUS))
    return tuple(discs), climb


def _feet(group: Sequence[Mark], ground: Ground) -> tuple[Place, ...]:
    """Where the leaders of a disc end: on its day, or on the first and the last of several."""
    return tuple(ground.foot(day) for day in sorted({group[0].day, group[-1].day}))


def _spread(wanted: Sequence[float], halves: Sequence[float], ground: Ground) -> list[float]:
    """Centres as near to the wanted ones as a row without overlap and the edges allow."""
    centres: list[float] = [wanted[0]]
    for (before, half), middle in zip(pairwise(halves), wanted[1:], strict=True):
        centres.append(max(middle, centres[-1] + before + half + APART + 1))
    shift = sum(wanted) / len(wanted) - sum(centres) / len(centres)
    shift = min(shift, ground.right - halves[-1] - centres[-1])
    shift = max(shift, ground.left + halves[0] - centres[0])
    return [centre + shift for centre in centres]


def _above_line(row: Box, ground: Ground) -> float:
    line = ground.line.highest(row.left - APART, row.right + APART)
    return (ground.bottom if line is None else line) - LEADER - RADIUS


def _free(row: Box, y: float, taken: Sequence[Box]) -> float:
    """The first height from ``y`` upwards at which a row of discs touches nothing."""
    while True:
        box = Box(row.left, y - RADIUS, row.right, y + RADIUS)
        blocking = [other.top for other in taken if box.touches(other, APART)]
        if not blocking:
            return y
        y = min(blocking) - APART - RADIUS


def _label(group: Sequence[Mark]) -> str:
    """The numbers of a group, runs of them as "3–5"."""
    numbers = sorted({mark.number for mark in group})
    runs = [
        [number for _, number in run]
        for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])
    ]
    told = [f"{run[0]}–{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs]
    return shorten(", ".join(told), TEXT_SIZE, _LONGEST_LABEL, bold=True)
