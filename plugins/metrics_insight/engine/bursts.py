"""Bursts: runs of a few days that stray further than such runs of days do in this series.

One, three or seven days are held against all others of the series, with tails as heavy as
the series' own.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import lgamma, log, pi

import numpy as np

from metrics_insight.engine.baseline import Baseline, running, starts_of, trimmed
from metrics_insight.engine.change import Change
from metrics_insight.engine.cleaning import Array
from metrics_insight.engine.onset import beginnings
from metrics_insight.engine.student import quantile, tail

FALSE_BURSTS = 0.004
FALSE_HINTS = 0.05
"""On the days of events, of which there are few, a burst need be no surer than an effect."""
ALONE = 1.5
"""A burst so many times larger than all others is one; a smaller one must be ten times as sure."""
WIDTHS = (1, 3, 7)
MOST_BURSTS = 40
FREEDOMS = np.array([2.5, 3.0, 4.0, 5.0, 7.0, 9.0, 12.0])


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
        is_over = burst.last < series.days - 1 or burst.last > burst.day
        if is_over and burst.interval is not None:
            found.append(burst)
        strays[max(burst.day - 2, 0) : burst.last + 3] = 0.0
        strays[run[0] : run[1]] = 0.0
    return found


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
    scale = max(trimmed(others), float(np.sqrt(width)))
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
    found = beginnings(series, run[0] - 4, run[1] + 2, bounds=bounds, roughness=series.roughness)
    excess = series.excess(starts)
    day = found[0].day if found else run[0]
    earliest, latest = (found[0].earliest, found[0].latest) if found else (day, day)
    day = last = _known_from(series, day)
    while (
        last + 1 < series.days
        and excess[last + 1] * excess[day] > 0
        and abs(excess[last + 1]) > 2 * series.scale[last + 1]
    ):
        last += 1
    length = last - day + 1
    extra = float((excess[day : last + 1] * series.week[day : last + 1]).sum()) / length
    gained = float(series.cleaned.gains[day : last + 1].mean())
    reach = 2.1 * float(series.scale[day]) * float(np.sqrt(series.roughness / length))
    kind = "jump" if length == 1 and series.cleaned.kind == "stock" else "spike"
    before, low, high = gained - extra, extra - reach, extra + reach
    earliest, latest = min(earliest, day), max(latest, day)
    return Change(kind, day, earliest, latest, last, before, gained, low, high)


def _known_from(series: Baseline, day: int) -> int:
    """The first day from one on that was counted, else the last before it."""
    known = np.flatnonzero(series.known)
    return int(known[min(int(np.searchsorted(known, day)), len(known) - 1)])


def _sums(values: Array, width: int) -> Array:
    sums = running(values)
    return sums[width:] - sums[:-width]
