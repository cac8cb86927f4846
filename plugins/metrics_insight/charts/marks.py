"""Where the numbered marks stand: in lanes above the line, so that none hides another or the line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from metrics_insight.charts.widths import width
from metrics_insight.model import Mark

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


def place(
    marks: Sequence[Mark], x_of: Callable[[date], float], left: float, right: float
) -> tuple[Disc, ...]:
    """The marks from left to right, each in the lowest lane where it touches no other.

    Where all four lanes are taken, a mark joins the one before it, whose label then names
    both ("3–5"). No disc reaches beyond ``left`` or ``right``.
    """
    groups: list[tuple[int, int, float]] = []
    discs: list[Disc] = []
    for mark in sorted(marks, key=lambda mark: (mark.day, mark.number)):
        day_x = x_of(mark.day)
        disc = _free(_label(mark.number, mark.number), day_x, discs, left, right)
        if disc is None:
            first, _, x = groups.pop()
            discs.pop()
            disc = _forced(_label(first, mark.number), x, discs, left, right)
            groups.append((first, mark.number, x))
        else:
            groups.append((mark.number, mark.number, day_x))
        discs.append(disc)
    return tuple(discs)


def lanes(discs: Sequence[Disc]) -> int:
    """How many lanes are in use."""
    return 1 + max((disc.lane for disc in discs), default=-1)


def _label(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def _free(
    label: str, day_x: float, discs: Sequence[Disc], left: float, right: float
) -> Disc | None:
    half = max(RADIUS, width(label, TEXT_SIZE, bold=True) / 2 + 5)
    x = min(max(day_x, left + half), right - half)
    for lane in range(MOST_LANES):
        others = (disc for disc in discs if disc.lane == lane)
        if all(abs(x - other.x) >= half + other.half + _APART for other in others):
            return Disc(x, lane, half, label, day_x)
    return None


def _forced(label: str, day_x: float, discs: list[Disc], left: float, right: float) -> Disc:
    """A place for a grown label; where it no longer fits, a further neighbour gives way."""
    disc = _free(label, day_x, discs, left, right)
    while disc is None:
        taken = discs.pop()
        label = f"{taken.label.partition('–')[0]}–{label.rpartition('–')[2]}"
        disc = _free(label, taken.day_x, discs, left, right)
    return disc
