"""Where the numbered marks stand: in lanes above the line, so that none hides another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from metrics_insight.charts.widths import width
from metrics_insight.insight import Mark

RADIUS = 10.0
LANE = 2 * RADIUS + 4
MOST_LANES = 4
TEXT_SIZE = 12
_APART = 4.0


@dataclass(frozen=True)
class Disc:
    """One drawn mark: its place, its half width, its label ("3", or "3–5" for neighbours)."""

    x: float
    lane: int
    half: float
    label: str
    day_x: float
    moved: bool = False


def place(
    marks: Sequence[Mark], x_of: Callable[[date], float], left: float, right: float
) -> tuple[Disc, ...]:
    """The marks from left to right, each in the lowest lane where it touches no other.

    Where all four lanes are taken, a mark joins the one before it, whose label then names
    both ("3–5"), and is filled if the number moved with one of them. No disc reaches beyond
    ``left`` or ``right``.
    """
    groups: list[_Group] = []
    discs: list[Disc] = []
    for mark in sorted(marks, key=lambda mark: (mark.day, mark.number)):
        group = _Group(mark.number, mark.number, x_of(mark.day), mark.moved)
        while (disc := _free(group, discs, left, right)) is None:
            discs.pop()
            joined = groups.pop()
            group = replace(joined, last=mark.number, moved=joined.moved or group.moved)
        groups.append(group)
        discs.append(disc)
    return tuple(discs)


def lanes(discs: Sequence[Disc]) -> int:
    """How many lanes are in use."""
    return 1 + max((disc.lane for disc in discs), default=-1)


@dataclass(frozen=True)
class _Group:
    """The marks that share a disc: the first number, the last, and where its day stands."""

    first: int
    last: int
    day_x: float
    moved: bool = False

    @property
    def label(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


def _free(group: _Group, discs: Sequence[Disc], left: float, right: float) -> Disc | None:
    half = max(RADIUS, width(group.label, TEXT_SIZE, bold=True) / 2 + 5)
    x = min(max(group.day_x, left + half), right - half)
    for lane in range(MOST_LANES):
        others = (disc for disc in discs if disc.lane == lane)
        if all(abs(x - other.x) >= half + other.half + _APART for other in others):
            return Disc(x, lane, half, group.label, group.day_x, group.moved)
    return None
