"""The paces between readings that are days or weeks apart, and how far paces usually stray.

Where all paces are above zero they are compared as shares (in logarithms), as audiences grow
by shares over the years. A short interval with few counted in it may stray further than a
long one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from metrics_insight.engine.bursts import tail_freedom
from metrics_insight.engine.cleaning import Array, Item, spread, step_unit

BACK = 6
"""How many paces before it a pace is held against."""
FEWEST = 3
FALL = 0.2
HEAVIEST = 5.0
"""Tails are held for no heavier than these: a few dozen readings cannot show more."""


@dataclass(frozen=True, eq=False)
class Paces:
    """What was gained between readings: ``ends`` are their days, one more than the gains.

    ``pace`` is the gain a day (a flow: a reading), NaN where it cannot be known; ``form``
    the pace in which intervals are compared: its logarithm where ``in_shares``.
    """

    kind: str
    ends: Array
    gains: Array
    lengths: Array
    form: Array
    in_shares: bool
    unit: float = 0.0
    items: tuple[Item, ...] = ()
    breaks: tuple[int, ...] = ()

    def gain(self, form: float, at: int) -> float:
        """The gain of interval ``at`` that belongs to a pace in its compared form."""
        return float(np.exp(form) if self.in_shares else form) * float(self.lengths[at])

    def interval_of(self, day: int) -> int | None:
        """Which interval holds a day, None where none does."""
        at = int(np.searchsorted(self.ends, day)) - 1
        return at if 0 <= at < len(self.gains) and day > self.ends[0] else None


def paces(days: Array, values: Array, kind: str, breaks: Sequence[int] = ()) -> Paces:
    """The paces between readings, cleaned: ``days`` rise, all ``values`` are known."""
    days, values, items = _cleaned(days, values, kind)
    lengths = np.diff(days) if kind == "stock" else np.ones(max(len(days) - 1, 0))
    gains = np.diff(values) if kind == "stock" else values[1:].astype(float)
    for item in items:
        if item.kind in ("restart", "purge"):
            gains[np.searchsorted(days, item.first) - 1] = np.nan
    for day in breaks:
        gains[(days[:-1] < day) & (days[1:] >= day)] = np.nan
    pace = gains / np.maximum(lengths, 1)
    known = pace[np.isfinite(pace)]
    in_shares = bool(len(known)) and bool((known > 0).all())
    form = np.log(pace) if in_shares else pace
    unit = step_unit(values)
    return Paces(kind, days, gains, lengths, form, in_shares, unit, tuple(items), tuple(breaks))


def levels(series: Paces, shifts: Sequence[int]) -> tuple[Array, Array]:
    """The mean form of the paces before each interval since the last shift, and their number."""
    count = len(series.form)
    level, rests = np.full(count, np.nan), np.zeros(count)
    for at in range(count):
        start = max([shift for shift in shifts if shift < at], default=0)
        before = series.form[start:at]
        before = before[np.isfinite(before)][-BACK:]
        if len(before):
            level[at], rests[at] = before.mean(), len(before)
    return level, rests


def misses(series: Paces, shifts: Sequence[int]) -> Array:
    """What each pace missed the mean of those before it by; NaN on too few, or on a shift.

    In units of `noise`, so that a short interval may stray further than a long one.
    """
    level, rests = levels(series, shifts)
    misses = np.where(rests >= FEWEST, (series.form - level) / noise(series, level), np.nan)
    misses[list(shifts)] = np.nan
    return misses


def others(misses: Array, at: int) -> Array:
    """The known misses but one."""
    others = np.delete(misses, at)
    return others[np.isfinite(others)]


def noise(series: Paces, level: Array) -> Array:
    """How far each pace may stray: as paces do here, and as few counted things do by chance."""
    chance = _by_chance(series, level)
    if not len(chance):
        return chance
    own = roughness(series.form) ** 2 - float(np.median(chance))
    return np.sqrt(np.maximum(own, 0.0) + chance + 1e-24)


def usual(misses: Array) -> float:
    """The larger of a robust and a trimmed scale."""
    kept = np.sort(np.abs(misses))[: int(np.ceil(0.95 * len(misses)))]
    robust = 1.4826 * float(np.median(np.abs(misses)))
    return max(1.1 * float(np.sqrt(np.mean(kept**2))), robust, 1e-12)


def freedom(misses: Array) -> float:
    """The degrees of freedom of Student's t for so many misses with tails as heavy as these."""
    return float(min(max(tail_freedom(misses), HEAVIEST), len(misses) - 1))


def roughness(form: Array) -> float:
    """The usual noise of a pace, from neighbours that differ."""
    own = known(form)
    return spread(np.diff(own)) / np.sqrt(2) if len(own) > 2 else np.inf


def known(values: Array) -> Array:
    """Those that are known."""
    return values[np.isfinite(values)]


def _cleaned(days: Array, values: Array, kind: str) -> tuple[Array, Array, list[Item]]:
    """The readings without those that are surely wrong, and what was found."""
    items: list[Item] = []
    if kind == "flow":
        return days, values, items
    steps = np.diff(values)
    for at in np.flatnonzero(steps < 0):
        before, after = values[at], values[at + 1]
        usual = float(np.median(np.abs(steps))) if len(steps) else 0.0
        if 0 <= after < FALL * before:
            items.append(Item("restart", int(days[at + 1]), int(days[at + 1]), after - before))
        elif before - after > 3 * max(usual, spread(steps)):
            items.append(Item("purge", int(days[at + 1]), int(days[at + 1]), after - before))
    return days, values, items


def _by_chance(series: Paces, level: Array) -> Array:
    """The variance of each pace, in its compared form, that counting alone brings."""
    own = known(series.form)
    form = np.where(np.isfinite(level), level, np.median(own) if len(own) else 0.0)
    lengths = np.maximum(series.lengths, 1)
    expected = (np.exp(form) if series.in_shares else np.abs(form)) * lengths
    expected = np.maximum(expected, series.unit / 2)
    if series.in_shares:
        return series.unit / np.maximum(expected, 1e-300)
    return series.unit * expected / lengths**2
