"""When something began: which days near a change explain it as its first, and in which shape.

Each day is tried as the first day of four shapes. The best is taken out and the rest tried
again, so that two things close together are seen as two.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics_insight.engine.baseline import Baseline
from metrics_insight.engine.cleaning import Array

AROUND = 35
SHAPES = ("day", "burst", "wave", "step")
"""One day; gone in half a week; gone in two weeks; stays."""
FADES = {"burst": 1.5, "wave": 5.0}
DOUBT = 3.0
"""Days whose log-likelihood lies within this of the best may as well have been the first."""
MOST = 4
APART = 3
"""Days further than this from each other are not the same day in doubt."""
LEAST_SUPPORT = 4.0


@dataclass(frozen=True)
class Beginning:
    """Something that began: its best first day, the days it may have been, shape, size, support.

    ``size`` is in units of a day's noise, ``support`` a log-likelihood over nothing at all.
    """

    day: int
    earliest: int
    latest: int
    shape: str
    size: float
    support: float

    def may_be(self, first: int, last: int) -> bool:
        """Whether it may have begun on a day from ``first`` to ``last``."""
        return self.earliest <= last and self.latest >= first


def beginnings(
    series: Baseline, first: int, last: int, *, bounds: tuple[int, int], roughness: float
) -> tuple[Beginning, ...]:
    """What began from ``first`` to ``last``, most telling first; ``bounds`` are not looked across.

    ``roughness`` is how much more a week strays than seven independent days would.
    """
    left = max(bounds[0], first - AROUND, 0)
    right = min(bounds[1], last + AROUND, series.days)
    first, last = max(first, left + 1), min(last, right - 1)
    if last < first:
        return ()
    days = np.arange(left, right)
    strays = _strays(series, days)
    curves = _curves(days, np.arange(first, last + 1), series.known[days])
    power = np.maximum((curves**2).sum(axis=2), 1e-9)
    found: list[Beginning] = []
    for _ in range(MOST):
        sizes = curves @ strays / power
        support = sizes**2 * power / (2 * roughness)
        beginning = _best(first, sizes, support)
        if beginning.support < LEAST_SUPPORT:
            break
        found.append(beginning)
        at, shape = beginning.day - first, SHAPES.index(beginning.shape)
        strays = strays - sizes[at, shape] * curves[at, shape]
    return tuple(found)


def _best(first: int, sizes: Array, support: Array) -> Beginning:
    at, shape = np.unravel_index(int(np.argmax(support)), support.shape)
    best = float(support[at, shape])
    near = np.flatnonzero(support.max(axis=1) >= best - max(DOUBT, 0.05 * best))
    near = _joined(near, int(at))
    return Beginning(
        day=first + int(at),
        earliest=first + int(near[0]),
        latest=first + int(near[-1]),
        shape=SHAPES[shape],
        size=float(sizes[at, shape]),
        support=best,
    )


def _joined(days: Array, at: int) -> Array:
    """Of rising days those that hang together with ``at``: two weeks apart are two things."""
    parts = np.split(days, np.flatnonzero(np.diff(days) > APART) + 1)
    return next(part for part in parts if at in part)


def _strays(series: Baseline, days: Array) -> Array:
    """The gains without their week in units of noise, 0 where unknown."""
    known = series.known[days]
    flat = series.cleaned.gains[days] / series.week[days]
    middle = float(np.median(flat[known])) if known.any() else 0.0
    return np.where(known, (flat - middle) / series.scale[days], 0.0)


def _curves(days: Array, starts: Array, known: Array) -> Array:
    """The course of each shape begun on each of ``starts``: starts x shapes x days, centred."""
    since = days[None, :] - starts[:, None]
    begun = since >= 0
    late = np.maximum(since, 0)
    fades = [begun * np.exp(-late / FADES[shape]) for shape in ("burst", "wave")]
    curves = np.stack([(since == 0).astype(float), *fades, begun.astype(float)], axis=1) * known
    return (curves - curves.sum(axis=2, keepdims=True) / max(int(known.sum()), 1)) * known
