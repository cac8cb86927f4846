"""Changes that nobody pointed at: lasting shifts of the rate, bursts and jumps, each dated.

A shift is looked for by holding the 56 days on both sides of every day against each other;
it is claimed only if the plain forecast made on its day misses by more than the same
forecast ever misses on calm days, and if a step explains the days around it better than a
straight slope does. A burst is one, three or seven days that stray further than such runs of
days do in this series, with tails as heavy as the series' own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite, lgamma, log, pi

import numpy as np

from metrics_insight.engine.baseline import Baseline, running
from metrics_insight.engine.cleaning import Array
from metrics_insight.engine.expected import LEVEL_DAYS, replay, starts_of, stray
from metrics_insight.engine.onset import Beginning, beginnings
from metrics_insight.engine.segments import change_points
from metrics_insight.engine.student import quantile, tail

__all__ = ["Change", "bursts", "change_points", "find", "lasting", "roughness"]

HORIZON = 28
EDGE = 28
LATEST = 14
"""A shift is not claimed in the last two weeks: too little of it has been seen."""
FALSE_SHIFTS = 0.001
FALSE_BURSTS = 0.004
FALSE_HINTS = 0.05
"""On the days of events, of which there are few, a burst need be no surer than an effect."""
ALONE = 1.5
"""A burst so many times larger than all others is one; a smaller one must be ten times as sure."""
WIDTHS = (1, 3, 7)
MOST_BURSTS = 40
FREEDOMS = np.array([2.5, 3.0, 4.0, 5.0, 7.0, 9.0, 12.0])


@dataclass(frozen=True)
class Change:
    """A change of the rate: its kind, its first day with the days it may have been, its last.

    ``before`` and ``after`` are gains a day; ``low`` to ``high`` is the 95 % interval of what
    a day gained more (or less) than before.
    """

    kind: str
    day: int
    earliest: int
    latest: int
    last: int
    before: float
    after: float
    low: float
    high: float

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval, None where it is not finite or would not exclude no change."""
        finite = isfinite(self.low) and isfinite(self.high)
        return (self.low, self.high) if finite and self.low * self.high > 0 else None


def find(series: Baseline, hints: Sequence[int] = ()) -> tuple[Change, ...]:
    """All changes that can be claimed, in order of time.

    ``hints`` are days of events that have no whole window to be tested on: a burst that
    begins there is held against chance on those days only, not on all days.
    """
    shifts = lasting(series)
    found = [_shift(series, shifts, day) for day in shifts] + bursts(series, shifts, hints)
    return tuple(sorted(found, key=lambda change: (change.day, change.kind)))


def lasting(series: Baseline) -> list[int]:
    """The first days of lasting shifts of the rate, found by halving and halving again."""
    found: list[int] = list(series.cleaned.breaks)
    claimed: list[int] = []
    stretches = list(zip([0, *found], [*found, series.days], strict=True))
    while stretches:
        first, last = stretches.pop()
        for day in _candidates(series, first, last):
            if _stands(series, [*found, *claimed], (first, day, last)):
                claimed.append(day)
                stretches += [(first, day), (day, last)]
                break
    return sorted(claimed)


def bursts(series: Baseline, shifts: Sequence[int], hints: Sequence[int] = ()) -> list[Change]:
    """Runs of one to seven days that gained far more, or less, than such runs do here."""
    starts = starts_of(series.days, [*shifts, *series.cleaned.breaks])
    strays = np.where(series.told, 0.0, series.excess(starts) / series.scale)
    found = []
    for _ in range(MOST_BURSTS):
        run = _wildest(strays, [day + late for day in hints for late in (0, 1)])
        if run is None:
            break
        burst = _burst(series, starts, run)
        if burst.last < series.days - 1 or burst.last > burst.day:
            found.append(burst)
        strays[max(burst.day - 2, 0) : burst.last + 3] = 0.0
        strays[run[0] : run[1]] = 0.0
    return found


def roughness(series: Baseline) -> float:
    """How much more a week strays than seven independent days would: 1 where days are free."""
    strays = series.excess(starts_of(series.days, series.cleaned.breaks)) / series.scale
    if len(strays) < 28:
        return 1.0
    day, week = (_usual(_sums(strays, width)) for width in (1, 7))
    return float(np.clip((week / max(day, 1e-12)) ** 2 / 7, 1.0, 7.0))


def _candidates(series: Baseline, first: int, last: int) -> list[int]:
    """The days on which the mean before and the mean after differ most, most telling first."""
    days = np.arange(first + EDGE, last - LATEST)
    if not len(days):
        return []
    calm, known, _, _ = series.sums
    left, right = np.maximum(first, days - LEVEL_DAYS), np.minimum(last, days + LEVEL_DAYS)
    before, after = known[days] - known[left], known[right] - known[days]
    with np.errstate(all="ignore"):
        step = (calm[right] - calm[days]) / after - (calm[days] - calm[left]) / before
        telling = np.abs(step) * np.sqrt(before * after / (before + after)) / series.scale[days]
    telling = np.where(np.isfinite(telling) & (np.minimum(before, after) >= 10), telling, 0.0)
    picked: list[int] = []
    for _ in range(3):
        if telling.max() <= 0:
            break
        at = int(np.argmax(telling))
        picked.append(_sharpest(series, first, int(days[at]), last))
        telling[max(at - EDGE, 0) : at + EDGE] = 0.0
    return picked


def _sharpest(series: Baseline, first: int, near: int, last: int) -> int:
    """The day within six weeks of ``near`` at which one step leaves the least unexplained."""
    left, right = max(first, near - 42), min(last, near + 42)
    days = left + np.flatnonzero(series.known[left:right])
    if len(days) < 12:
        return near
    calm = series.calm[days]
    sums = np.cumsum(calm)[:-1]
    count = np.arange(1, len(days))
    explained = sums**2 / count + (sums[-1] + calm[-1] - sums) ** 2 / (len(days) - count)
    explained[:4] = explained[-4:] = -np.inf
    return int(days[int(np.argmax(explained)) + 1])


def _stands(series: Baseline, others: list[int], stretch: tuple[int, int, int]) -> bool:
    """Whether a step on the middle day of a stretch is more than calm days and slopes do."""
    first, day, last = stretch
    horizon = min(HORIZON, last - day)
    if day - first < EDGE or horizon < LATEST:
        return False
    replayed = replay(series, starts_of(series.days, [*others, day]), horizon)
    level = replay(series, starts_of(series.days, others), horizon)
    replayed.level[day], replayed.history[day] = level.level[day], level.history[day]
    replayed.noise[day] = level.noise[day]
    gap = stray(series, replayed, day)
    allowed = FALSE_SHIFTS / max(series.days / HORIZON, 1)
    return gap is not None and gap.chance < allowed and _beats_slope(series, stretch)


def _beats_slope(series: Baseline, stretch: tuple[int, int, int]) -> bool:
    """Whether one step explains the eight weeks on both sides better than one straight line."""
    first, day, last = stretch
    left, right = max(first, day - LEVEL_DAYS), min(last, day + LEVEL_DAYS)
    days = left + np.flatnonzero(series.known[left:right])
    calm = series.calm[days] - series.calm[days].mean()
    line, step = days - days.mean(), (days >= day) - np.mean(days >= day)
    by_line = (calm @ line) ** 2 / max(line @ line, 1e-12)
    by_step = (calm @ step) ** 2 / max(step @ step, 1e-12)
    return bool(by_step - by_line > 4 * roughness(series) * float(series.scale[day]) ** 2)


def _shift(series: Baseline, shifts: list[int], day: int) -> Change:
    others = [other for other in [*shifts, *series.cleaned.breaks] if other != day]
    bounds = _bounds(series.days, others, day)
    found = beginnings(series, day - 21, day + 21, bounds=bounds, roughness=roughness(series))
    earliest, latest = _when(found, day)
    calm, known, _, _ = series.sums
    left, right = max(bounds[0], day - LEVEL_DAYS), min(bounds[1], day + LEVEL_DAYS)
    before = (calm[day] - calm[left]) / max(known[day] - known[left], 1)
    after = (calm[right] - calm[day]) / max(known[right] - known[day], 1)
    counts = 1 / max(known[day] - known[left], 1) + 1 / max(known[right] - known[day], 1)
    reach = 2.1 * float(series.scale[day]) * float(np.sqrt(counts * roughness(series)))
    low, high = after - before - reach, after - before + reach
    return Change("rate", day, earliest, latest, bounds[1] - 1, before, after, low, high)


def _when(found: Sequence[Beginning], day: int) -> tuple[int, int]:
    """The days on which what began nearest to ``day`` may have begun."""
    steps = [one for one in found if one.shape in ("wave", "step")] or list(found)
    if not steps:
        return day, day
    nearest = min(steps, key=lambda one: abs(one.day - day))
    return min(nearest.earliest, day), max(nearest.latest, day)


def _bounds(days: int, others: list[int], day: int) -> tuple[int, int]:
    return max((o for o in others if o <= day), default=0), min(
        (o for o in others if o > day), default=days
    )


def _wildest(strays: Array, hints: Sequence[int]) -> tuple[int, int] | None:
    """The run of days that is least likely to be chance, None if any of it may be."""
    best, run = FALSE_BURSTS, None
    for width in WIDTHS:
        sums = _sums(strays, width)
        if len(sums) < 28:
            continue
        at = int(np.argmax(np.abs(sums)))
        tried = [(at, _chance(sums, at, width, ALONE) * len(sums) / width)]
        hinted = [day for day in hints if 0 <= day < len(sums)]
        if hinted:
            at = max(hinted, key=lambda day: abs(sums[day]))
            likely = _chance(sums, at, width, 0.0) * len(hinted)
            tried.append((at, likely * FALSE_BURSTS / FALSE_HINTS))
        for at, chance in tried:
            if chance * len(WIDTHS) < best:
                best, run = chance * len(WIDTHS), (at, at + width)
    return run


def _chance(sums: Array, at: int, width: int, alone: float) -> float:
    """How likely a run strays as far as this one does, by the others on its side.

    Ten times as likely where it is not ``alone`` times larger than all of them.
    """
    others = np.concatenate((sums[: max(at - 10, 0)], sums[at + 11 :]))
    others = others[others * sums[at] > 0]
    if len(others) < 14:
        return 1.0
    scale = max(_usual(others), float(np.sqrt(width)))
    size = abs(float(sums[at]))
    stands = size >= alone * float(np.abs(others).max())
    return tail(size / scale, tail_freedom(others / scale)) * (1 if stands else 10)


def tail_freedom(strays: Array) -> float:
    """The degrees of freedom of Student's t whose tails are as heavy as these."""
    squares = (strays / max(float(np.median(np.abs(strays))) * 1.4826, 0.5)) ** 2
    rows = FREEDOMS[:, None]
    width = np.array([quantile(0.5, float(freedom)) for freedom in FREEDOMS])[:, None] / 0.6745
    fits = -0.5 * (rows + 1) * np.log1p(squares[None, :] * width**2 / rows) + np.log(width)
    fits += np.array([_log_peak(float(freedom)) for freedom in FREEDOMS])[:, None]
    return float(FREEDOMS[int(np.argmax(fits.sum(axis=1)))])


def _log_peak(freedom: float) -> float:
    return lgamma((freedom + 1) / 2) - lgamma(freedom / 2) - 0.5 * log(freedom * pi)


def _burst(series: Baseline, starts: Array, run: tuple[int, int]) -> Change:
    bounds = (int(starts[run[0]]), series.days)
    rough = roughness(series)
    found = beginnings(series, run[0] - 4, run[1] + 2, bounds=bounds, roughness=rough)
    excess = series.excess(starts)
    day = found[0].day if found else run[0]
    earliest, latest = (found[0].earliest, found[0].latest) if found else (day, day)
    last = day
    while (
        last + 1 < series.days
        and excess[last + 1] * excess[day] > 0
        and abs(excess[last + 1]) > 2 * series.scale[last + 1]
    ):
        last += 1
    length = last - day + 1
    extra = float((excess[day : last + 1] * series.week[day : last + 1]).sum()) / length
    gains = series.cleaned.gains[day : last + 1]
    gained = float(np.nanmean(gains)) if np.isfinite(gains).any() else 0.0
    reach = 2.1 * float(series.scale[day]) * float(np.sqrt(rough / length))
    kind = "jump" if length == 1 and series.cleaned.kind == "stock" else "spike"
    before, low, high = gained - extra, extra - reach, extra + reach
    earliest, latest = min(earliest, day), max(latest, day)
    return Change(kind, day, earliest, latest, last, before, gained, low, high)


def _sums(values: Array, width: int) -> Array:
    sums = running(values)
    return sums[width:] - sums[:-width]


def _usual(sums: Array) -> float:
    """The larger of a robust and a trimmed scale."""
    sizes = np.abs(sums)
    if not len(sizes):
        return 0.0
    kept = int(np.ceil(0.98 * len(sizes)))
    nearest = np.partition(sizes, kept - 1)[:kept]
    return max(float(np.sqrt(np.mean(nearest**2))), 1.4826 * float(np.median(sizes)))
