"""A series with its week taken out: what is typical of each day, and how far days stray from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

import numpy as np

from metrics_insight.engine.cleaning import Array, Cleaned, Mask, spread

AROUND = 28
CAP = 6.0
"""Single days count for at most so many scale units."""
PSEUDO_DAYS = 4
SELDOM = 0.1
"""A day of the week read so much more seldom than the others is none on which a flow counts."""


@dataclass(frozen=True, eq=False)
class Baseline:
    """A series with its week taken out, and running sums that make every window cheap.

    ``week`` is the factor of each day, ``calm`` the gain without its week, single days
    capped, NaN where unknown; ``typical`` the running median and ``scale`` the noise of a day.
    ``told`` marks the days on which something is known to have happened: no calm days.
    """

    cleaned: Cleaned
    week: Array
    calm: Array
    typical: Array
    scale: Array
    told: Mask
    known: Mask = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "known", np.isfinite(self.cleaned.gains))

    @property
    def days(self) -> int:
        """How many days the series has."""
        return self.cleaned.days

    def excess(self, starts: Array) -> Array:
        """The gain of each day without its week, over the mean of the days around; 0 if unknown.

        No mean reaches across the first day of a stretch in ``starts``.
        """
        days = np.arange(self.days)
        first = np.maximum(days - AROUND, starts[:-1]).astype(int)
        ends = np.append(np.flatnonzero(np.diff(starts)) + 1, self.days)
        last = np.minimum(days + AROUND + 1, ends[np.searchsorted(ends, days, side="right")])
        calm, known, _, _ = self.sums
        mean = (calm[last] - calm[first]) / np.maximum(known[last] - known[first], 1)
        return np.where(self.known, self.cleaned.gains / self.week - mean, 0.0)

    @cached_property
    def sums(self) -> tuple[Array, Array, Array, Array]:
        """Running sums over the known days: calm level, days, capped gains, week factors."""
        return (
            running(np.where(self.known, self.calm, 0.0)),
            running(self.known.astype(float)),
            running(np.where(self.known, self.calm * self.week, 0.0)),
            running(np.where(self.known, self.week, 0.0)),
        )

    @cached_property
    def totals(self) -> tuple[Array, Array]:
        """Running sums of the gains as they were, and of the week factors of all open days."""
        gains = np.where(self.known, self.cleaned.gains, 0.0)
        return running(gains), running(np.where(self.is_open, self.week, 0.0))

    @cached_property
    def is_open(self) -> Mask:
        """The days that are read at all: not the days of the week on which a flow never is."""
        if self.cleaned.kind == "stock" or not self.known.any():
            return np.ones(self.days, bool)
        weekdays = np.arange(self.days) % 7
        often = np.bincount(weekdays, self.known, 7) / np.maximum(np.bincount(weekdays, None, 7), 1)
        return (often >= SELDOM * often.max())[weekdays]

    @cached_property
    def opened(self) -> Array:
        """Running sum of the days that are read at all."""
        return running(self.is_open.astype(float))

    @cached_property
    def roughness(self) -> float:
        """How much more a week strays than seven independent days would: 1 where days are free."""
        strays = self.excess(starts_of(self.days, self.cleaned.breaks)) / self.scale
        if len(strays) < AROUND:
            return 1.0
        sums = running(strays)
        day, week = (trimmed(sums[width:] - sums[:-width]) for width in (1, 7))
        return float(np.clip((week / max(day, 1e-12)) ** 2 / 7, 1.0, 7.0))

    @property
    def floor(self) -> float:
        """The lowest level that noise is reckoned from, so that it never vanishes."""
        calm = self.calm[self.known]
        return 0.25 * float(np.mean(np.abs(calm))) if len(calm) else 0.0


def starts_of(days: int, changes: Sequence[int]) -> Array:
    """For each day the first day of the stretch it belongs to."""
    starts = np.zeros(days + 1, int)
    for first, last in pairwise([*sorted(changes), days + 1]):
        starts[first:last] = first
    return starts


def baseline(cleaned: Cleaned) -> Baseline:
    """The series with its weekday pattern taken out and wild days pulled in."""
    gains = cleaned.gains
    typical = _running_median(gains)
    week = _week(gains, typical)
    if np.any(week != 1):
        cleaned = replace(cleaned, gains=_spread_by_week(cleaned, week))
        gains = cleaned.gains
        typical = _running_median(gains / week)
    flat = gains / week
    scale = _scale((flat - typical) * np.sqrt(week), typical, cleaned.unit) / np.sqrt(week)
    calm = np.clip(flat, typical - CAP * scale, typical + CAP * scale)
    return Baseline(cleaned, week, calm, typical, scale, np.zeros(cleaned.days, bool))


def part(series: Baseline, first: int, last: int) -> Baseline:
    """The days ``first`` to the one before ``last`` as a series of their own."""
    days = slice(first, last)
    gains, seen = series.cleaned.gains[days], series.cleaned.seen[days]
    cleaned = Cleaned(series.cleaned.kind, gains, seen, series.cleaned.unit)
    rows = (series.week, series.calm, series.typical, series.scale, series.told)
    return Baseline(cleaned, *(row[days] for row in rows))


def telling(series: Baseline, spans: Iterable[tuple[int, int]]) -> Baseline:
    """The same series with what happened on these first to last days no longer held for calm."""
    told = series.told.copy()
    for first, last in spans:
        told[max(first, 0) : last + 1] = True
    return replace(series, told=told)


def running(values: Array) -> Array:
    """The sums of all values before each index, one longer than the values."""
    return np.concatenate(([0.0], np.cumsum(values)))


def usual_miss(missed: Array) -> float:
    """The larger of a robust and a trimmed scale of the misses."""
    sizes = np.abs(missed)
    if not len(sizes):
        return 0.0
    kept = int(np.ceil(0.98 * len(sizes)))
    nearest = np.partition(sizes, kept - 1)[:kept]
    return max(1.03 * float(np.sqrt(np.mean(nearest**2))), 1.4826 * float(np.median(sizes)))


def trimmed(values: Array) -> float:
    """The larger of a robust and a trimmed scale, made for no normal course."""
    sizes = np.abs(values)
    if not len(sizes):
        return 0.0
    kept = int(np.ceil(0.98 * len(sizes)))
    nearest = np.partition(sizes, kept - 1)[:kept]
    return max(float(np.sqrt(np.mean(nearest**2))), 1.4826 * float(np.median(sizes)))


def _spread_by_week(cleaned: Cleaned, week: Array) -> Array:
    """The gains, what was spread over a gap now spread by the weekday factors of its days."""
    gains = cleaned.gains.copy()
    for first, last in cleaned.shared:
        days = slice(first, last + 1)
        gains[days] = gains[days].sum() * week[days] / week[days].sum()
    return gains


def _week(gains: Array, typical: Array) -> Array:
    """The factor of each day of the week, drawn to 1 by four days that follow no week."""
    days = np.arange(len(gains)) % 7
    ones = np.ones(len(gains))
    if not len(gains) or np.nanmean(typical > 0) < 0.9:
        return ones
    with np.errstate(all="ignore"):
        ratio = np.where(typical > 0, gains / typical, np.nan)
    factors = np.array([_factor(ratio[days == day]) for day in range(7)])
    return np.clip(factors / factors.mean(), 0.1, 5.0)[days]


def _factor(ratios: Array) -> float:
    known = np.sort(ratios[np.isfinite(ratios)])
    cut = max(1, len(known) // 10)
    if len(known) < 4:
        return 1.0
    middle = known[cut:-cut] if len(known) > 2 * cut else known
    return (float(middle.mean()) * len(known) + PSEUDO_DAYS) / (len(known) + PSEUDO_DAYS)


def _scale(strays: Array, typical: Array, unit: float) -> Array:
    """The noise of each day: as far as days usually stray, more where the level is higher.

    Where most days gain nothing the robust spread is 0; what 98 of 100 days stray then counts,
    as far as counts by chance go.
    """
    size = np.abs(typical)
    middle = float(np.median(size)) if len(size) else 0.0
    known = strays[np.isfinite(strays)]
    seldom = 2 * float(np.sqrt(unit * np.mean(np.abs(known)))) if len(known) else 0.0
    few = min(0.9 * usual_miss(known), seldom)
    usual = max(spread(known), few, float(np.sqrt(unit * middle)))
    usual = max(usual, 0.3 * unit, 1e-9 * middle, 1e-300)
    if middle <= 0:
        return np.full(len(typical), usual)
    return usual * np.sqrt(np.clip(size / middle, 0.2, 5.0))


def _running_median(values: Array, width: int = 57, stride: int = 7) -> Array:
    """The median of the 57 days around each day, reckoned each week and joined by lines."""
    count = len(values)
    if not count or not np.isfinite(values).any():
        return np.zeros(count)
    middles = np.unique(np.append(np.arange(0, count, stride), count - 1))
    padded = np.pad(values, width // 2, constant_values=np.nan)
    around = np.sort(np.lib.stride_tricks.sliding_window_view(padded, width)[middles], axis=1)
    known = np.isfinite(around).sum(axis=1)
    rows = np.arange(len(middles))
    upper, lower = around[rows, known // 2], around[rows, np.maximum(known - 1, 0) // 2]
    medians = np.where(known >= 7, (upper + lower) / 2, np.nan)
    fair = np.isfinite(medians)
    if not fair.any():
        return np.full(count, float(np.nanmedian(values)))
    return np.interp(np.arange(count), middles[fair], medians[fair])
