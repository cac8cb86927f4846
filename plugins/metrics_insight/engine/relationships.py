"""Growth without engagement, and its opposite: a companion held against the number itself.

What is compared is the companion per unit of the main number (replies per follower) in the
four weeks before and after a day, never two totals. How far such a ratio strays by itself
is replayed on the rest of the log.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from metrics_insight.engine.baseline import running
from metrics_insight.engine.cleaning import Array
from metrics_insight.engine.student import quantile, tail

SPAN = 28
FEWEST_DAYS = 14
FEWEST_BLOCKS = 3


@dataclass(frozen=True)
class Relationship:
    """How a companion stood to the main number before and after a day.

    ``before`` and ``after`` are so many per unit of the main number; ``ratio`` is after over
    before with its 95 % interval, None where there is none. ``pivot`` is the day that parts
    the two, counted from the first of the series.
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


def hold(
    name: str, companion: Array, per: str, main: Array, *, pivot: int, tests: int = 1
) -> Relationship:
    """A companion per unit of the main number, four weeks before ``pivot`` against four after.

    ``companion`` and ``main`` are so much for each day (the stock on a day, or its flow), NaN
    where unknown. Claimed at 5 % over all ``tests``.
    """
    both = np.isfinite(companion) & np.isfinite(main)
    above, below = (running(np.where(both, side, 0.0)) for side in (companion, main))
    days = running(both.astype(float))
    before, after = (_ratio(above, below, days, first) for first in (pivot - SPAN, pivot))
    if before is None or after is None or min(before, after) <= 0:
        return Relationship(name, per, before, after, pivot=pivot)
    strays = _strays(above, below, days, pivot)
    freedom = 1.5 * len(strays) / SPAN - 1
    if freedom < FEWEST_BLOCKS - 1:
        return Relationship(name, per, before, after, after / before, pivot=pivot)
    middle = float(np.log(after / before))
    scale = max(float(np.sqrt(np.mean(strays**2))), 1e-9)
    reach = scale * quantile(0.05, freedom)
    chance = tail(middle / scale, freedom)
    low, high = np.exp([middle - reach, middle + reach])
    claimed = chance * max(tests, 1) < 0.05
    ratio = after / before
    return Relationship(
        name, per, before, after, ratio, float(low), float(high), claimed, chance, pivot
    )


def _ratio(above: Array, below: Array, days: Array, first: int) -> float | None:
    last = first + SPAN
    if first < 0 or last > len(days) - 1 or days[last] - days[first] < FEWEST_DAYS:
        return None
    under = below[last] - below[first]
    return float((above[last] - above[first]) / under) if under > 0 else None


def _strays(above: Array, below: Array, days: Array, pivot: int) -> Array:
    """How far, in logarithms, the ratio strayed between neighbouring four weeks elsewhere."""
    middles = np.arange(SPAN, len(days) - SPAN)
    middles = middles[np.abs(middles - pivot) >= SPAN]
    left, right = middles - SPAN, middles + SPAN
    with np.errstate(all="ignore"):
        before = (above[middles] - above[left]) / (below[middles] - below[left])
        after = (above[right] - above[middles]) / (below[right] - below[middles])
        strays = np.log(after / before)
    full = np.minimum(days[middles] - days[left], days[right] - days[middles]) >= FEWEST_DAYS
    return strays[np.isfinite(strays) & full]


def pivot_of(days: Sequence[int], length: int) -> int:
    """The day to compare around: the first of ``days``, else four weeks before the end."""
    return days[0] if days else length - SPAN
