"""The range in which a series was to be expected, for a picture: day by day or reading by reading.

flow        each day from the calm days before it, a forecast of one day
stock       from a reading on for up to 28 days, ever wider; then anew from a later reading
irregular   each reading from the paces before it

The ranges rest on the same replay and the same Student intervals as every claim: 95 of 100
calm days lie inside. Where a claim could not be made there is none: after fewer than 28 known
days, for two weeks after a lasting change or a counting change, across a long gap, nor where
fewer than 90 of 100 replayed days lie inside, as with a flow of one day a week. A forecast runs
on for a week into a change, to show what it was left by.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np

from metrics_insight.engine import paces
from metrics_insight.engine.answer import Analysis
from metrics_insight.engine.baseline import AROUND, Baseline, usual_miss
from metrics_insight.engine.change import Change
from metrics_insight.engine.cleaning import Array, runs
from metrics_insight.engine.effects import HISTORY
from metrics_insight.engine.expected import FEWEST_DAYS, GROWTH, Replay, levels, replay, starts_of
from metrics_insight.engine.paces import Paces
from metrics_insight.engine.readings import FEWEST_MISSES
from metrics_insight.engine.student import quantile
from metrics_insight.model import Series, Span

OUTSIDE = 0.05
HORIZONS = (1, 7, 14, 21, 28)
"""Forecasts of so many days are replayed; between them the reach follows a line."""
INTO = 7
"""So many days into a change the forecast from before it is shown."""
FEWEST_INSIDE = 0.9
FALLS = ("purge", "restart", "catch-up")
UNSURE = ("stuck", "typo")


@dataclass(frozen=True)
class Range:
    """A stretch of one forecast: on each of its days the lowest and highest value expected."""

    days: tuple[date, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


def find(series: Series, analysis: Analysis, span: Span) -> tuple[Range, ...]:
    """The expected ranges of a series on the days of ``span``, in the series' own units.

    One `Range` for each forecast; of irregular readings each has one day, that of the reading.
    """
    if analysis.first is None or analysis.ground is None or not series.points:
        return ()
    floor = 0.0 if min(point.value for point in series.points) >= 0 else -np.inf
    if isinstance(analysis.ground, Paces):
        found = _irregular(analysis.ground, series, analysis)
    else:
        reckon = _flow if analysis.kind == "flow" else _stock
        found = reckon(_Stage(series, analysis, analysis.ground, span))
    ranges = (_dated(analysis.first, one, floor) for one in found)
    return tuple(one for one in ranges if one.days and one.days[0] in span)


_Found = tuple[Array, Array, Array]
"""Days counted from the series' first, with the lowest and highest value of each."""


class _Stage:
    """A daily series as the ranges see it: whole days, and what they may not reach across."""

    def __init__(self, series: Series, analysis: Analysis, base: Baseline, span: Span) -> None:
        first = analysis.first or span.first
        self.series, self.analysis, self.base = series, analysis, base
        self.first = max((span.first - first).days, 0)
        self.last = min((span.last - first).days, base.days - 1)
        self.changes = (*analysis.changes, *analysis.seasons)
        self.shifts = [c.day for c in self.changes if c.stays]
        self.starts = starts_of(base.days, [*self.shifts, *base.cleaned.breaks])
        self.falls = {item.first for item in analysis.cleaned if item.kind in FALLS}

    @property
    def shown(self) -> Array:
        """From which day the forecast of each day looks back: into a change, from before it."""
        starts = self.starts.copy()
        for day in self.shifts:
            starts[day : day + INTO] = starts[day - 1]
        return starts

    def may_start(self, at: int) -> bool:
        """Whether a forecast may start on a day: on none of a fall, nor while a change goes on."""
        return at not in self.falls and not _inside(self.changes, at)

    def is_known_enough(self, days: Array, least: int) -> Array:
        """Whether so many known days lie before each, since counting changed."""
        known = self.base.sums[1]
        breaks = starts_of(self.base.days, self.base.cleaned.breaks)
        return known[days] - known[breaks[days]] >= least


def _flow(stage: _Stage) -> Iterator[_Found]:
    """Each day with its own forecast, in stretches without a long gap, a change or a break."""
    base, days = stage.base, np.arange(stage.first, stage.last + 1)
    replayed, shown = replay(base, stage.starts, 1), replay(base, stage.shown, 1)
    errors = replayed.errors / base.week**GROWTH
    known = errors[np.isfinite(errors)]
    if len(known) < HISTORY[7] or not len(days):
        return
    often = quantile(OUTSIDE, 1.5 * len(known) - 1)
    if not _holds(replayed):
        return
    level, history = levels(base, days, stage.shown[days])
    week, unit = base.week[days], base.cleaned.unit
    reach = usual_miss(known) * shown.noise[days] * week**GROWTH
    reach = often * np.maximum(reach, np.sqrt(unit * np.maximum(np.abs(level) * week, unit / 4)))
    told = (history >= FEWEST_DAYS) & stage.is_known_enough(days, HISTORY[7])
    told &= ~_in_long_gap(base)[days]
    edges = np.isin(days, [d + INTO for d in stage.shifts] + list(base.cleaned.breaks))
    for first, last in runs(told):
        cuts = [first, *(first + 1 + np.flatnonzero(edges[first + 1 : last + 1])), last + 1]
        for a, b in pairwise(cuts):
            part = slice(int(a), int(b))
            middle = level[part] * week[part]
            yield days[part], middle - reach[part], middle + reach[part]


def _stock(stage: _Stage) -> Iterator[_Found]:
    """Forecasts one after the other, each from the reading on the day before it."""
    readings = _readings(stage)
    reaches = _Reaches(stage)
    known = {days: stage.is_known_enough(np.arange(stage.base.days), days) for days in (28, 84)}
    at = max(stage.first, 1)
    while at <= stage.last:
        most = reaches.longest if known[HISTORY[28]][at] else min(reaches.longest, 7)
        start = readings.get(at - 1)
        if start is None or not most or not known[HISTORY[7]][at] or not stage.may_start(at):
            at += 1
            continue
        end = min(_end(stage, at, most), stage.last + 1)
        found = reaches.forecast(at, end - at)
        if found is None:
            at += 1
            continue
        gained, reach = found
        days = np.arange(at, end)
        yield days, start + gained - reach, start + gained + reach
        at = end


class _Reaches:
    """How far forecasts of a stock may miss, by how many days they look ahead."""

    def __init__(self, stage: _Stage) -> None:
        self.base, self.starts = stage.base, stage.starts
        replayed = (replay(stage.base, stage.starts, h) for h in HORIZONS if h < stage.base.days)
        self.replays = [one for one in replayed if _freedom(one) >= 2]
        self.shown = replay(stage.base, stage.starts, 1)
        enough = bool(self.replays) and len(_known(self.replays[0].errors)) >= HISTORY[7]
        enough = enough and all(_holds(one) for one in self.replays[:2])
        self.longest = self.replays[-1].horizon if enough else 0
        self.horizons = [one.horizon for one in self.replays]
        self.usual = [usual_miss(_known(one.errors)) for one in self.replays]
        self.often = [quantile(OUTSIDE, _freedom(one)) for one in self.replays]

    def forecast(self, at: int, count: int) -> tuple[Array, Array] | None:
        """What is gained in 1 to ``count`` days from ``at`` on, and how far that may miss."""
        if self.shown.history[at] < FEWEST_DAYS or count < 1:
            return None
        ahead, level = np.arange(1, count + 1), float(self.shown.level[at])
        gained = level * np.cumsum(self.base.week[at : at + count])
        shares = [
            _with_season(one, usual, at)
            for one, usual in zip(self.replays, self.usual, strict=True)
        ]
        usual = np.interp(ahead, self.horizons, shares)
        often = np.interp(ahead, self.horizons, self.often)
        unit = self.base.cleaned.unit
        least = np.sqrt(unit * np.maximum(np.abs(gained), unit * ahead / 4))
        far = np.maximum(usual * float(self.shown.noise[at]) * np.sqrt(ahead), least)
        return gained, np.maximum.accumulate(often * far)


def _with_season(replayed: Replay, usual: float, day: int) -> float:
    """What forecasts usually miss by, more where those of the same weeks in other years did."""
    same = replayed.same_weeks(day)
    if len(same) < AROUND:
        return usual
    return max(usual, float(np.hypot(usual, usual_miss(same))) / float(np.sqrt(2)))


def _freedom(replayed: Replay) -> float:
    return 1.5 * len(_known(replayed.errors)) / replayed.horizon - 1


def _holds(replayed: Replay) -> bool:
    """Whether the range that is made from these misses holds nearly as many as it says."""
    missed = np.abs(_known(replayed.errors))
    most = quantile(OUTSIDE, _freedom(replayed)) * usual_miss(missed)
    return bool(np.mean(missed <= most) >= FEWEST_INSIDE)


def _known(errors: Array) -> Array:
    return errors[np.isfinite(errors)]


def _readings(stage: _Stage) -> dict[int, float]:
    """The readings of a stock that a forecast may start from, by day."""
    first = stage.analysis.first or date.min
    values = {(point.day - first).days: point.value for point in stage.series.points}
    for item in stage.analysis.cleaned:
        if item.kind in UNSURE:
            for day in range(item.first, item.last + 1):
                values.pop(day, None)
    return values


def _end(stage: _Stage, at: int, most: int) -> int:
    """Where a forecast ends: at its horizon, a week into a change, before a fall or a break."""
    cuts = [day for day in (*stage.base.cleaned.breaks, *stage.falls) if day > at]
    into = [change.day + INTO for change in stage.changes if change.day >= at]
    return min([at + most, *cuts, *into])


def _inside(changes: Sequence[Change], at: int) -> bool:
    """Whether a change is still going on, so that no forecast can start anew."""
    passing = (c for c in changes if c.day < at)
    return any(at < max(c.day + INTO, _over(c)) for c in passing)


def _over(change: Change) -> int:
    return change.day if change.stays else change.last + 1


def _in_long_gap(base: Baseline) -> Array:
    inside = np.zeros(base.days, bool)
    for gap in base.cleaned.unread:
        inside[gap.first : gap.last + 1] = True
    return inside


def _irregular(ground: Paces, series: Series, analysis: Analysis) -> Iterator[_Found]:
    """At each reading the range that the paces before it let expect."""
    last_days = [int(end) for end in ground.ends]
    shifts = sorted(
        last_days.index(c.last) - 1 for c in analysis.changes if c.stays and c.last in last_days
    )
    level, rests = paces.levels(ground, shifts)
    misses = paces.misses(ground, shifts)
    first = analysis.first or date.min
    values = {(point.day - first).days: point.value for point in series.points}
    noise = paces.noise(ground, level)
    for at, day in enumerate(last_days[1:]):
        others = paces.others(misses, at)
        fair = rests[at] >= paces.FEWEST and len(others) >= FEWEST_MISSES
        if not fair or not np.isfinite(ground.gains[at]) or last_days[at] not in values:
            continue
        usual = paces.usual(others)
        far = usual * float(np.sqrt(1 + 1 / len(others))) * float(noise[at])
        reach = far * quantile(OUTSIDE, paces.freedom(others / usual))
        start = values[last_days[at]] if ground.kind == "stock" else 0.0
        low, high = (start + ground.gain(level[at] + sign * reach, at) for sign in (-1, 1))
        yield np.array([day]), np.array([low]), np.array([high])


def _dated(first: date, found: _Found, floor: float) -> Range:
    """The days as dates; nothing that no number can hold, nothing below what can be counted."""
    days, low, high = found
    fair = np.isfinite(low) & np.isfinite(high)
    dates = tuple(first + timedelta(days=int(day)) for day in days[fair])
    return Range(dates, *(tuple(np.maximum(end[fair], floor).tolist()) for end in (low, high)))
