"""Irregular readings: what changed and what each event did, dated to the interval that shows it.

A pace is held against the mean of the six before it since the last shift.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from metrics_insight.engine import paces
from metrics_insight.engine.change import Change
from metrics_insight.engine.cleaning import Array
from metrics_insight.engine.effects import (
    Effect,
    Happening,
    Verdict,
    agreed,
    has_neighbour,
    strictness,
    threshold,
)
from metrics_insight.engine.paces import BACK, FEWEST, Paces
from metrics_insight.engine.student import quantile, tail

FEWEST_MISSES = 4
FALSE_CHANGES = 0.01
FALSE_SHIFTS = 0.002
STRAIGHTER = 0.6
"""A step must leave so much less unexplained than one straight line does."""


def find(series: Paces) -> tuple[Change, ...]:
    """The lasting shifts and bursts of the pace, each dated to the interval that shows it."""
    shifts = _shifts(series, 0, len(series.form))
    misses = paces.misses(series, sorted(shifts))
    found = [_change(series, "rate", at, sorted(shifts)) for at in shifts]
    for at in np.flatnonzero(np.isfinite(misses)):
        others = paces.others(misses, int(at))
        if int(at) in shifts or len(others) < 8:
            continue
        chance = tail(
            float(misses[at]) / paces.usual(others), paces.freedom(others / paces.usual(others))
        )
        if chance < FALSE_CHANGES / len(misses):
            found.append(_change(series, "spike", int(at), sorted(shifts)))
    return tuple(sorted(found, key=lambda change: change.day))


@dataclass(frozen=True, eq=False)
class _Test:
    """An event's interval of readings held against those before, in the compared form."""

    effect: Effect
    at: int
    level: float
    scale: float
    freedom: float

    def smallest(self, series: Paces, chance: float) -> float | None:
        """The smallest effect so unlikely, as a share of what was expected."""
        if self.effect.expected <= 0:
            return None
        reach = self.scale * quantile(chance, self.freedom)
        return series.gain(self.level + reach, self.at) / self.effect.expected - 1


@dataclass(frozen=True, eq=False)
class _Card:
    """What all events of a card are judged against; ``bars`` as `effects.judge` has them."""

    series: Paces
    events: Sequence[Happening]
    changes: Sequence[Change]
    least: float
    bar: float


def judge(
    series: Paces, events: Sequence[Happening], changes: tuple[Change, ...]
) -> tuple[Verdict, ...]:
    """The verdict on every event, tested over the interval of readings that holds it."""
    tests = {event.index: _tested(series, event, changes) for event in events}
    chances = [test.effect.p for test in tests.values() if test]
    card = _Card(series, events, changes, threshold(chances), strictness(chances))
    verdicts = [_verdict(card, event, tests[event.index]) for event in events]
    return agreed(events, verdicts, card.least)


def _shifts(series: Paces, first: int, last: int) -> list[int]:
    """The intervals with which a lasting shift begins, by halving and halving again."""
    at, size, freedom = _widest(series, first, last)
    if at is None or tail(size, freedom) * (last - first) > FALSE_SHIFTS:
        return []
    return [at, *_shifts(series, first, at), *_shifts(series, at, last)]


def _widest(series: Paces, first: int, last: int) -> tuple[int | None, float, float]:
    """The interval where the means of the six before and after differ most, and how sure."""
    best: tuple[int | None, float, float] = (None, 0.0, 1.0)
    noise = paces.noise(series, series.form)
    for at in range(first + FEWEST, last - FEWEST + 1):
        before, after = (
            paces.known(series.form[max(first, at - BACK) : at]),
            paces.known(series.form[at : min(last, at + BACK)]),
        )
        if min(len(before), len(after)) < FEWEST:
            continue
        near = float(np.median(noise[max(first, at - BACK) : min(last, at + BACK)]))
        inside = max(_pooled(before, after), near, 1e-12)
        size = abs(after.mean() - before.mean()) / (
            inside * np.sqrt(1 / len(before) + 1 / len(after))
        )
        if size > best[1] and _beats_slope(before, after):
            best = (at, float(size), float(len(before) + len(after) - 2))
    return best


def _beats_slope(before: Array, after: Array) -> bool:
    """Whether a step leaves clearly less unexplained than one straight line does."""
    both = np.concatenate((before, after))
    days = np.arange(len(both)) - (len(both) - 1) / 2
    line = both - both.mean() - days * (days @ both) / (days @ days)
    step = np.concatenate((before - before.mean(), after - after.mean()))
    return float(step @ step) < STRAIGHTER * float(line @ line)


def _pooled(before: Array, after: Array) -> float:
    squares = ((before - before.mean()) ** 2).sum() + ((after - after.mean()) ** 2).sum()
    return float(np.sqrt(squares / (len(before) + len(after) - 2)))


def _change(series: Paces, kind: str, at: int, shifts: Sequence[int]) -> Change:
    level, _ = paces.levels(series, [shift for shift in shifts if shift != at])
    after, share = series.form[at], 1.0
    if kind == "rate":
        end = min([shift for shift in shifts if shift > at], default=len(series.form))
        held = paces.known(series.form[at : min(at + BACK, end)])
        after, share = float(held.mean()), _share(held, series.form[max(0, at - BACK) : at])
    noise = (
        2
        * share
        * paces.usual(paces.others(paces.misses(series, shifts), at))
        * float(paces.noise(series, level)[at])
    )
    days = float(series.lengths[at])
    before, now, least, most = (
        series.gain(form, at) / days for form in (level[at], after, after - noise, after + noise)
    )
    first, last = int(series.ends[at]) + 1, int(series.ends[at + 1])
    low, high = least - before, most - before
    return Change(kind, last, first, last, last, before, now, low, high)


def _share(after: Array, before: Array) -> float:
    """How far the difference of two means strays, as a share of a single reading's stray."""
    return float(np.sqrt(1 / len(after) + 1 / max(1, len(paces.known(before)))))


def _tested(series: Paces, event: Happening, changes: Sequence[Change]) -> _Test | None:
    """What an event's interval gained over the mean of those before; None if unknown."""
    at = series.interval_of(event.day)
    if at is None or not np.isfinite(series.form[at]):
        return None
    ends = [int(end) for end in series.ends]
    shifts = [ends.index(c.last) - 1 for c in changes if c.kind == "rate" and c.last in ends]
    level, rests = paces.levels(series, [shift for shift in shifts if shift != at])
    others = paces.others(paces.misses(series, shifts), at)
    if rests[at] < FEWEST or len(others) < FEWEST_MISSES:
        return None
    usual = paces.usual(others) * np.sqrt(1 + 1 / len(others))
    freedom = paces.freedom(others / usual)
    scale = usual * float(paces.noise(series, level)[at])
    reach = scale * quantile(0.05, freedom)
    gained = float(series.gains[at])
    low, high = (gained - series.gain(level[at] + sign * reach, at) for sign in (1, -1))
    expected = series.gain(level[at], at)
    chance = tail(float(series.form[at] - level[at]) / scale, freedom)
    days = int(series.ends[at + 1] - series.ends[at])
    effect = Effect(days, gained - expected, low, high, expected, chance)
    return _Test(effect, at, float(level[at]), scale, freedom)


def _verdict(card: _Card, event: Happening, test: _Test | None) -> Verdict:
    series, changes = card.series, card.changes
    if test is None:
        return Verdict(event.index, _why_silent(series, series.interval_of(event.day), changes))
    effect, at = test.effect, test.at
    smallest = test.smallest(series, card.bar)
    if effect.p > card.least:
        return Verdict(event.index, "no visible effect", (effect,), None, smallest)
    if _shares_interval(series, event, card.events):
        return Verdict(event.index, "cannot separate", (effect,), None, smallest)
    claimed = (replace(effect, claimed=True),)
    lasting = any(c.kind == "rate" and c.last == series.ends[at + 1] for c in changes)
    change = _change(series, "rate" if lasting else "spike", at, ())
    is_over = at + 2 < len(series.ends)  # else no later reading can tell
    return Verdict(event.index, "moved", claimed, lasting if is_over else None, smallest, change)


def _why_silent(series: Paces, at: int | None, changes: Sequence[Change]) -> str:
    """Why no effect of an event can be stated."""
    if at is None:
        return "too little history"
    first, last = series.ends[at], series.ends[at + 1]
    if any(first < day <= last for day in series.breaks):
        return "across a counting change"
    if not np.isfinite(series.form[at]):
        return "not calm"
    recent = series.ends[max(at - FEWEST, 0) : at + 1]
    if any(c.kind == "rate" and c.last in recent for c in changes):
        return "began before"
    return "too little history"


def _shares_interval(series: Paces, event: Happening, events: Sequence[Happening]) -> bool:
    """Whether another event lies within 7 days or between the same two readings."""
    mine = series.interval_of(event.day)
    return has_neighbour(event, events) or any(
        series.interval_of(other.day) == mine
        for other in events
        if not other.breaks and (other.day, other.twin) != (event.day, event.twin)
    )
