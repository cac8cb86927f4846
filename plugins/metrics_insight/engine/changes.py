"""Changes that nobody pointed at: lasting shifts of the rate, bursts and jumps, each dated.

A shift is looked for by holding the 56 days on both sides of every day against each other;
it is claimed only if the plain forecast made on its day misses by more than the same
forecast ever misses on calm days, and if a step explains the days around it better than a
straight slope does. Across a long gap the forecast is made before it, of the days after it.
What comes in the same weeks of every year is no change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from metrics_insight.engine import unread
from metrics_insight.engine.baseline import Baseline, part
from metrics_insight.engine.bursts import bursts
from metrics_insight.engine.change import SEASON, Change
from metrics_insight.engine.cleaning import Array, Mask
from metrics_insight.engine.expected import (
    LEVEL_DAYS,
    Gap,
    comes_every_year,
    replay,
    starts_of,
    stray,
)
from metrics_insight.engine.onset import Beginning, beginnings
from metrics_insight.engine.segments import change_points

__all__ = ["Change", "bursts", "change_points", "find", "lasting"]

HORIZON = 28
EDGE = 28
LATEST = 14
"""A shift is not claimed in the last two weeks: too little of it has been seen."""
FALSE_SHIFTS = 0.001
SPAN = 42
NEAR = 28
WILD = 2.0
PLAINER = 6.0
"""A step is dated after a burst where that is so much likelier, as a log-likelihood."""
USUAL = 0.6
"""So much of a step that was seen for less than four weeks the middle day after it must have."""
AGE = 4000
"""What happened more than eleven years before or after says nothing of how sure a shift is."""


def find(series: Baseline, hints: Sequence[int] = ()) -> tuple[Change, ...]:
    """All changes that can be claimed, and those that come every year, in order of time.

    ``hints`` are days of events that have no whole window to be tested on: a burst that
    begins there is held against chance on those days only, not on all days.
    """
    shifts = lasting(series)
    wild = bursts(series, shifts, hints)
    steps = [_after_bursts(_shift(series, shifts, day), wild) for day in shifts]
    found = unread.widened(series, steps + wild)
    found += unread.jumps(series, shifts)
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
                begun = _past_a_burst(series, (first, day, last))
                claimed.append(begun)
                stretches += [(first, begun), (begun, last)]
                break
    return sorted(claimed)


def _candidates(series: Baseline, first: int, last: int) -> list[int]:
    """The days on which the mean before and the mean after differ most, most telling first.

    Last the days after long gaps, across which nothing is averaged.
    """
    gaps = unread.ends(series, first + EDGE, last - LATEST)
    days = np.arange(first + EDGE, last - LATEST)
    if not len(days):
        return gaps
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
        picked.append(unread.after(series, _sharpest(series, first, int(days[at]), last)))
        telling[max(at - EDGE, 0) : at + EDGE] = 0.0
    return list(dict.fromkeys([*picked, *gaps]))


def _sharpest(series: Baseline, first: int, near: int, last: int) -> int:
    """The day within six weeks of ``near`` at which one step leaves the least unexplained."""
    left, right = max(first, near - SPAN), min(last, near + SPAN)
    days = left + np.flatnonzero(series.known[left:right])
    if len(days) < 12:
        return near
    calm = series.calm[days]
    sums = np.cumsum(calm)[:-1]
    count = np.arange(1, len(days))
    explained = sums**2 / count + (sums[-1] + calm[-1] - sums) ** 2 / (len(days) - count)
    explained[:4] = explained[-4:] = -np.inf
    return int(days[int(np.argmax(explained)) + 1])


def _past_a_burst(series: Baseline, stretch: tuple[int, int, int]) -> int:
    """The day of a step, or the plainly better later one where only a burst began with its own."""
    first, day, last = stretch
    left, right = max(first, day - SPAN), min(last, day + SPAN)
    days = left + np.flatnonzero(series.known[left:right])
    calm, scale = series.calm[days], float(series.scale[day])
    before, after = calm[days < day].mean(), float(np.median(calm[days >= day]))
    beyond = (calm - after) * np.sign(after - before) > WILD * scale
    burst = day + int(np.argmin(np.append(beyond[days >= day], False)))
    quiet = (days < day) | (days >= burst)
    later = [d for d in range(burst + 1, min(day + NEAR, last - LATEST)) if series.known[d]]
    if burst == day or not later:
        return day
    rest = [_left_by_step(calm[quiet], days[quiet] >= d) for d in (day, *later)]
    best = later[int(np.argmin(rest[1:]))]
    gained = (rest[0] - min(rest)) / (2 * series.roughness * scale**2)
    return best if gained > PLAINER else day


def _left_by_step(values: Array, begun: Mask) -> float:
    """The squares that one step leaves unexplained."""
    return sum(float(np.var(side)) * len(side) for side in (values[begun], values[~begun]))


def _stands(series: Baseline, others: list[int], stretch: tuple[int, int, int]) -> bool:
    """Whether a step on the middle day of a stretch is more than calm days and slopes do."""
    first, day, last = stretch
    horizon, lead = min(HORIZON, last - day), unread.before(series, day)
    eve = day - lead
    if eve - first < EDGE or horizon < LATEST:
        return False
    gap = _stray(series, others, (day, horizon, lead))
    tries = len(series.cleaned.unread) if lead else max(series.days / HORIZON, 1)
    if gap is None or gap.chance >= FALSE_SHIFTS / tries:
        return False
    if horizon < HORIZON and not _is_usual_after(series, stretch):
        return False
    return lead > 0 or _beats_slope(series, stretch)


def _is_usual_after(series: Baseline, stretch: tuple[int, int, int]) -> bool:
    """Whether most of the few days after a step carry it, and not some wild ones alone."""
    first, day, last = stretch
    before, after = (
        series.calm[a:b][series.known[a:b]]
        for a, b in ((max(first, day - LEVEL_DAYS), day), (day, last))
    )
    step = float(after.mean() - before.mean())
    middle = float(np.median(after) - np.median(before))
    return middle * step >= USUAL * step**2


def _stray(series: Baseline, others: list[int], step: tuple[int, int, int]) -> Gap | None:
    """How far the days from a step on, so many, lie from what the days before it promise."""
    day, horizon, lead = step
    near, changes, day = _near(series, others, day)
    eve = day - lead
    replayed = replay(near, starts_of(near.days, [*changes, day]), horizon, lead)
    level = replay(near, starts_of(near.days, changes), horizon, lead)
    replayed.level[eve], replayed.history[eve] = level.level[eve], level.history[eve]
    replayed.noise[eve] = level.noise[eve]
    return stray(near, replayed, eve)


def _near(series: Baseline, others: list[int], day: int) -> tuple[Baseline, list[int], int]:
    """The years around a day as a series of their own, its other changes, and the day in it."""
    if series.days <= 2 * AGE:
        return series, others, day
    first, last = max(day - AGE, 0), min(day + AGE, series.days)
    changes = [other - first for other in others if first < other < last]
    return part(series, first, last), changes, day - first


def _beats_slope(series: Baseline, stretch: tuple[int, int, int]) -> bool:
    """Whether one step explains the eight weeks on both sides better than one straight line."""
    first, day, last = stretch
    left, right = max(first, day - LEVEL_DAYS), min(last, day + LEVEL_DAYS)
    days = left + np.flatnonzero(series.known[left:right])
    calm = series.calm[days] - series.calm[days].mean()
    line, step = days - days.mean(), (days >= day) - np.mean(days >= day)
    by_line = (calm @ line) ** 2 / max(line @ line, 1e-12)
    by_step = (calm @ step) ** 2 / max(step @ step, 1e-12)
    return bool(by_step - by_line > 4 * series.roughness * float(series.scale[day]) ** 2)


def _shift(series: Baseline, shifts: list[int], day: int) -> Change:
    others = [other for other in [*shifts, *series.cleaned.breaks] if other != day]
    bounds = _bounds(series.days, others, day)
    found = beginnings(series, day - 21, day + 21, bounds=bounds, roughness=series.roughness)
    earliest, latest = _when(found, day)
    calm, known, _, _ = series.sums
    eve = day - unread.before(series, day)
    left, right = max(bounds[0], eve - LEVEL_DAYS), min(bounds[1], day + LEVEL_DAYS)
    before = (calm[eve] - calm[left]) / max(known[eve] - known[left], 1)
    after = (calm[right] - calm[day]) / max(known[right] - known[day], 1)
    counts = 1 / max(known[eve] - known[left], 1) + 1 / max(known[right] - known[day], 1)
    reach = 2.1 * float(series.scale[day]) * float(np.sqrt(counts * series.roughness))
    low, high = after - before - reach, after - before + reach
    kind = SEASON if _is_season(series, others, day) else "rate"
    return Change(kind, day, earliest, latest, bounds[1] - 1, before, after, low, high)


def _after_bursts(change: Change, wild: Sequence[Change]) -> Change:
    """A shift that is dated after a burst did not begin with it."""
    before = [burst.last + 1 for burst in wild if burst.last < change.day]
    return replace(change, earliest=max([change.earliest, *before]))


def _is_season(series: Baseline, others: list[int], day: int) -> bool:
    """Whether the four weeks from that day on rose, or fell, so in most years before."""
    if day + HORIZON > series.days:
        return False
    near, changes, day = _near(series, others, day)
    replayed = replay(near, starts_of(near.days, changes), HORIZON)
    return comes_every_year(near, replayed, day)


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
