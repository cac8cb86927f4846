"""What was to be expected of a day, and how far such an expectation usually goes wrong.

The forecast is plain: the mean of the last 56 calm days times a weekday factor, no slope.
Its interval is not derived but replayed: the same forecast is made at every calm day of the
series for the same number of days, and what it missed by is how far it may miss again. Where
it goes wrong in the same weeks of every year, it may go as far wrong in those weeks.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from metrics_insight.engine.baseline import AROUND, Baseline, running, starts_of, usual_miss
from metrics_insight.engine.cleaning import Array
from metrics_insight.engine.student import quantile, tail

__all__ = [
    "FEWEST_DAYS",
    "GROWTH",
    "LEVEL_DAYS",
    "Gap",
    "Replay",
    "comes_every_year",
    "held",
    "levels",
    "replay",
    "starts_of",
    "stray",
]

LEVEL_DAYS = 56
FEWEST_DAYS = 14
MOSTLY = 0.75
"""So many of the days of a window must be known for all of it to be told."""
GROWTH = 0.6
"""How the noise grows with the level: 0.5 for counts by chance, 1 for shares of the level."""
YEAR = 364
"""52 weeks, so that weekdays meet."""
SAME_TIME = 14
"""What comes every year may come so many days earlier or later."""
MUCH = 0.4
"""A rise is no news if in most years before there was one of this share of it."""
OUTSTANDING = 1.5
"""And that rise must have been so many times what is usually missed."""
SEASON = 0.3
"""So much alike must the misses of one year be to those of the next, 1 being quite alike."""


@dataclass(frozen=True, eq=False)
class Replay:
    """The forecast of ``horizon`` days made at every day: what it missed by, and from which level.

    The days begin ``lead`` days after the forecast. ``errors`` are in units of ``noise``, what
    a forecast from that level usually misses by if noise grows with the level; NaN where no
    forecast or no outcome is to be had.
    """

    horizon: int
    errors: Array
    level: Array
    noise: Array
    history: Array
    lead: int = 0

    @cached_property
    def has_season(self) -> bool:
        """Whether forecasts miss in the same weeks of every year, as far as two years tell."""
        one, other = self.errors[:-YEAR], self.errors[YEAR:]
        both = np.isfinite(one) & np.isfinite(other)
        if both.sum() < YEAR // 2:
            return False
        one, other = one[both], other[both]
        return float(one @ other) > SEASON * float(np.sqrt((one @ one) * (other @ other)))

    def same_weeks(self, day: int) -> Array:
        """What was missed in the same weeks of other years, where there is such a season."""
        if not self.has_season:
            return np.empty(0)
        days = np.arange(len(self.errors))
        near = np.abs((days - day + YEAR // 2) % YEAR - YEAR // 2) <= AROUND
        missed = self.errors[near & (np.abs(days - day) > YEAR // 2)]
        return missed[np.isfinite(missed)]


@dataclass(frozen=True)
class Gap:
    """How far a window lies from what was expected, with the interval of 95 %.

    ``lopsided`` is how much further windows stray on its side than they do on the whole.
    """

    extra: float
    expected: float
    scale: float
    freedom: float
    lopsided: float = 1.0

    @property
    def reach(self) -> float:
        """Half the width of the interval."""
        return self.scale * quantile(0.05, self.freedom)

    @property
    def chance(self) -> float:
        """How often an ordinary window strays at least as far."""
        if self.scale <= 0:
            return 1.0
        return tail(self.extra / (self.scale * self.lopsided), self.freedom)


def replay(series: Baseline, starts: Array, horizon: int, lead: int = 0) -> Replay:
    """The plain forecast made at every day; ``starts`` says from which day each may look back.

    With a ``lead`` it is a forecast of days that begin so many days later.
    """
    days = np.arange(series.days - horizon - lead + 1)
    level, history = levels(series, days, starts[days])
    _, known, capped, week = series.sums
    begins, ends = days + lead, days + lead + horizon
    count, factors = known[ends] - known[begins], week[ends] - week[begins]
    unbroken = starts[np.minimum(ends, series.days) - 1] <= days
    told = running(series.told.astype(float))
    whole = np.maximum(series.opened[ends] - series.opened[begins], 1)
    fair = (count >= MOSTLY * whole) & (history >= FEWEST_DAYS) & unbroken
    fair &= told[ends] == told[begins]
    with np.errstate(all="ignore"):
        missed = (capped[ends] - capped[begins] - level * factors) * whole / count
    noise = _noise(series, level) * np.sqrt(horizon)
    errors = np.where(fair, missed / noise, np.nan)
    return Replay(horizon, errors, level, noise, history, lead)


def levels(series: Baseline, days: Array, starts: Array) -> tuple[Array, Array]:
    """The mean of the last calm days before each day, and how many days it rests on."""
    calm, known, _, _ = series.sums
    since = np.maximum(days - LEVEL_DAYS, starts).astype(int)
    count = known[days] - known[since]
    with np.errstate(all="ignore"):
        return (calm[days] - calm[since]) / count, count


def stray(series: Baseline, replayed: Replay, day: int) -> Gap | None:
    """How far the window forecast on ``day`` lies from what was expected; None if unknown."""
    horizon = replayed.horizon
    begin, end = day + replayed.lead, day + replayed.lead + horizon
    if not 0 < day <= series.days - (end - day) or replayed.history[day] < FEWEST_DAYS:
        return None
    gains, factors = series.totals
    _, known, _, week = series.sums
    if known[end] - known[begin] < MOSTLY * (series.opened[end] - series.opened[begin]):
        return None
    level, whole = replayed.level[day], factors[end] - factors[begin]
    counted = week[end] - week[begin]
    extra = (gains[end] - gains[begin] - level * counted) * whole / counted
    return held(series, replayed, day, (extra, level * whole))


def held(series: Baseline, replayed: Replay, day: int, gained: tuple[float, float]) -> Gap | None:
    """What was gained over the expected (both are given), held against the misses elsewhere.

    None where too few forecasts of as many days could be made.
    """
    extra, expected = gained
    missed = _other_days(replayed.errors, day, replayed.horizon + replayed.lead)
    freedom = 1.5 * len(missed) / replayed.horizon - 1
    if freedom < 2:
        return None
    scale = _with_season(usual_miss(missed), replayed.same_weeks(day)) * replayed.noise[day]
    unit = series.cleaned.unit
    least = np.sqrt(unit * max(abs(expected), unit * replayed.horizon / 4))
    side = missed[missed * extra > 0]
    lopsided = usual_miss(side) * replayed.noise[day] / max(scale, least, 1e-300)
    return Gap(extra, expected, max(scale, least), freedom, max(1.0, lopsided))


def comes_every_year(series: Baseline, replayed: Replay, day: int) -> bool:
    """Whether in most years before, about that day, it rose (or fell) much as it does now.

    Wild days are capped in all years, as one great day is no season.
    """
    end = day + replayed.horizon
    _, known, capped, week = series.sums
    count, whole = known[end] - known[day], series.opened[end] - series.opened[day]
    if count < MOSTLY * whole:
        return False
    missed = capped[end] - capped[day] - replayed.level[day] * (week[end] - week[day])
    now = float(missed * whole / count / replayed.noise[day])
    years = [
        np.sign(now) * replayed.errors[max(then - SAME_TIME, 0) : then + SAME_TIME + 1]
        for then in range(day - YEAR, -SAME_TIME, -YEAR)
    ]
    most = [float(told.max()) for year in years if len(told := year[np.isfinite(year)])]
    if not most:
        return False
    usual = usual_miss(replayed.errors[np.isfinite(replayed.errors)])
    return float(np.median(most)) > max(MUCH * abs(now), OUTSTANDING * usual)


def _with_season(usual: float, same_weeks: Array) -> float:
    """A scale half of which is that of the same weeks of other years, where these are wilder."""
    if len(same_weeks) < AROUND:
        return usual
    return max(usual, float(np.hypot(usual, usual_miss(same_weeks))) / float(np.sqrt(2)))


def _other_days(errors: Array, day: int, horizon: int) -> Array:
    others = np.concatenate((errors[: max(day - horizon + 1, 0)], errors[day + horizon :]))
    return others[np.isfinite(others)]


def _noise(series: Baseline, level: Array) -> Array:
    """How noise grows with the level; half a unit more, lest a low level by chance be trusted."""
    floor = max(series.floor, 1e-300)
    size = np.maximum(np.abs(np.nan_to_num(level)), floor) + series.cleaned.unit / 2
    return size**GROWTH * floor ** (1 - GROWTH)
