"""Growth without engagement, and its opposite: a companion held against the number itself.

What is compared is the companion per unit of the main number (replies per follower) before
and after a day, up to twelve weeks on either side and as many on both, never two totals. How
sure such a ratio is comes from how its weeks stray, and from how far it strays elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from metrics_insight.engine.baseline import running
from metrics_insight.engine.cleaning import Array
from metrics_insight.engine.student import quantile, tail

SPAN = 28
"""The least days held against each other, and the days by which a ratio's strays are taken."""
WEEK = 7
MOST_WEEKS = 12
FEWEST_WEEKS = 4
FEWEST_DAYS = 4
"""A week counts with so many of its days known."""


@dataclass(frozen=True)
class Relationship:
    """How a companion stood to the main number before and after a day.

    ``before`` and ``after`` are so many per unit of the main number; ``ratio`` is after over
    before with its 95 % interval, None where there is none. ``pivot`` is the day that parts
    the two, counted from the first of the series, and ``span`` the days on either side.
    """

    metric: str
    per: str
    before: float | None
    after: float | None
    ratio: float | None = None
    low: float | None = None
    high: float | None = None
    claimed: bool = False
    p: float | None = None
    pivot: int = 0
    span: int = SPAN


@dataclass(frozen=True)
class _Side:
    """One side of the day: the ratio there, its relative variance, and the weeks it rests on."""

    ratio: float
    variance: float
    weeks: int


def hold(
    name: str, companion: Array, per: str, main: Array, *, pivot: int, tests: int = 1
) -> Relationship:
    """A companion per unit of the main number before ``pivot`` against after.

    ``companion`` and ``main`` are so much for each day (the stock on a day, or its flow), NaN
    where unknown. Claimed at 5 % over all ``tests``.
    """
    weeks = min(MOST_WEEKS, max(pivot, 0) // WEEK, max(len(main) - pivot, 0) // WEEK)
    span = max(weeks * WEEK, SPAN)
    both = np.isfinite(companion) & np.isfinite(main)
    above, below = (np.where(both, side, 0.0) for side in (companion, main))
    before = _side(above, below, both, range(pivot - weeks * WEEK, pivot, WEEK))
    after = _side(above, below, both, range(pivot, pivot + weeks * WEEK, WEEK))
    if before is None or after is None:
        left, right = (side.ratio if side else None for side in (before, after))
        return Relationship(name, per, left, right, pivot=pivot, span=span)
    middle = float(np.log(after.ratio / before.ratio))
    slow = _elsewhere(above, below, both, pivot) * float(np.sqrt(SPAN / span))
    scale = max(float(np.sqrt(before.variance + after.variance)), slow, 1e-9)
    freedom = float(before.weeks + after.weeks - 2)
    reach = scale * quantile(0.05, freedom)
    chance = tail(middle / scale, freedom)
    low, high = (float(np.exp(middle + sign * reach)) for sign in (-1, 1))
    claimed = chance * max(tests, 1) < 0.05
    held = (before.ratio, after.ratio, after.ratio / before.ratio, low, high)
    return Relationship(name, per, *held, claimed, chance, pivot, span)


def pivot_of(days: Sequence[int], length: int) -> int:
    """The day to compare around: the first of ``days``, else four weeks before the end."""
    return days[0] if days else length - SPAN


def _side(above: Array, below: Array, known: Array, starts: range) -> _Side | None:
    """The ratio over some weeks; None where too few are known, or nothing was counted."""
    weeks = [slice(start, start + WEEK) for start in starts]
    weeks = [week for week in weeks if known[week].sum() >= FEWEST_DAYS]
    over = np.array([above[week].sum() for week in weeks])
    under = np.array([below[week].sum() for week in weeks])
    if len(weeks) < FEWEST_WEEKS or over.sum() <= 0 or under.sum() <= 0:
        return None
    ratio = float(over.sum() / under.sum())
    strays = over - ratio * under
    carried = float(strays[1:] @ strays[:-1]) / max(float(strays @ strays), 1e-300)
    carried = min(max(carried, 0.0), 0.6)
    longer = (1 + carried) / (1 - carried) * len(weeks) / (len(weeks) - 1)
    variance = max(longer * float(strays @ strays) / over.sum() ** 2, 1 / over.sum())
    return _Side(ratio, variance, len(weeks))


def _elsewhere(above: Array, below: Array, known: Array, pivot: int) -> float:
    """How far, in logarithms, the ratio usually strays between neighbouring four weeks.

    Its steady drift on each side of the day is no stray.
    """
    sums = [running(side) for side in (above, below, known.astype(float))]
    middles = np.arange(SPAN, len(known) - SPAN)
    middles = middles[np.abs(middles - pivot) >= SPAN]
    with np.errstate(all="ignore"):
        left, right = ([s[middles + a] - s[middles + a - SPAN] for s in sums] for a in (0, SPAN))
        strays = np.log((right[0] / right[1]) / (left[0] / left[1]))
    fair = np.isfinite(strays) & (np.minimum(left[2], right[2]) >= SPAN / 2)
    sides = [strays[fair & side] for side in (middles < pivot, middles >= pivot)]
    steady = np.concatenate([side - np.median(side) for side in sides if len(side) >= SPAN] or [[]])
    return float(np.sqrt(np.mean(steady**2))) if len(steady) >= 2 * SPAN else 0.0
