"""Irregular readings: a pace between every two of them, and claims dated to that interval.

A pace is held against the mean of the paces before it. Where all paces are above zero they
are compared as shares (in logarithms), as audiences grow by shares over the years.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from metrics_insight.engine.changes import Change
from metrics_insight.engine.cleaning import Array, Item, spread
from metrics_insight.engine.effects import (
    Effect,
    Happening,
    Verdict,
    has_neighbour,
    threshold,
)
from metrics_insight.engine.student import quantile, tail

BACK = 6
"""How many paces before it a pace is held against."""
FEWEST = 3
FEWEST_MISSES = 4
FALSE_CHANGES = 0.01
FALL = 0.2


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
    return Paces(kind, days, gains, lengths, form, in_shares, tuple(items), tuple(breaks))


def find(series: Paces) -> tuple[Change, ...]:
    """The lasting shifts and bursts of the pace, each dated to the interval that shows it."""
    shifts = _shifts(series, 0, len(series.form))
    misses = _misses(series, sorted(shifts))
    found = [_change(series, "rate", at, sorted(shifts)) for at in shifts]
    for at in np.flatnonzero(np.isfinite(misses)):
        others = _others(misses, int(at))
        if int(at) in shifts or len(others) < 8:
            continue
        chance = tail(float(misses[at]) / _usual(others), len(others) - 1)
        if chance < FALSE_CHANGES / len(misses):
            found.append(_change(series, "spike", int(at), sorted(shifts)))
    return tuple(sorted(found, key=lambda change: change.day))


def judge(
    series: Paces, events: Sequence[Happening], changes: tuple[Change, ...]
) -> tuple[Verdict, ...]:
    """The verdict on every event, tested over the interval of readings that holds it."""
    measured = {event.index: _effect(series, event, changes) for event in events}
    least = threshold([effect.p for effect in measured.values() if effect])
    return tuple(
        _verdict(series, event, events, measured[event.index], least=least, changes=changes)
        for event in events
    )


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


def _levels(series: Paces, shifts: Sequence[int]) -> tuple[Array, Array]:
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


def _misses(series: Paces, shifts: Sequence[int]) -> Array:
    """What each pace missed the mean of those before it by; NaN on too few, or on a shift."""
    level, rests = _levels(series, shifts)
    misses = np.where(rests >= FEWEST, series.form - level, np.nan)
    misses[list(shifts)] = np.nan
    return misses


def _shifts(series: Paces, first: int, last: int) -> list[int]:
    """The intervals with which a lasting shift begins, by halving and halving again."""
    at, size, freedom = _widest(series, first, last)
    if at is None or tail(size, freedom) * (last - first) > FALSE_CHANGES:
        return []
    return [at, *_shifts(series, first, at), *_shifts(series, at, last)]


def _widest(series: Paces, first: int, last: int) -> tuple[int | None, float, float]:
    """The interval where the means of the six before and after differ most, and how sure."""
    best: tuple[int | None, float, float] = (None, 0.0, 1.0)
    noise = _roughness(series.form)
    for at in range(first + FEWEST, last - FEWEST + 1):
        before, after = (
            _known(series.form[max(first, at - BACK) : at]),
            _known(series.form[at : min(last, at + BACK)]),
        )
        if min(len(before), len(after)) < FEWEST:
            continue
        inside = max(_pooled(before, after), noise, 1e-12)
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
    return float(step @ step) < 0.7 * float(line @ line)


def _pooled(before: Array, after: Array) -> float:
    squares = ((before - before.mean()) ** 2).sum() + ((after - after.mean()) ** 2).sum()
    return float(np.sqrt(squares / (len(before) + len(after) - 2)))


def _roughness(form: Array) -> float:
    """The usual noise of a pace, from neighbours that differ."""
    known = _known(form)
    return spread(np.diff(known)) / np.sqrt(2) if len(known) > 2 else np.inf


def _known(values: Array) -> Array:
    return values[np.isfinite(values)]


def _others(misses: Array, at: int) -> Array:
    others = np.delete(misses, at)
    return others[np.isfinite(others)]


def _usual(misses: Array) -> float:
    kept = np.sort(np.abs(misses))[: int(np.ceil(0.95 * len(misses)))]
    robust = 1.4826 * float(np.median(np.abs(misses)))
    return max(1.1 * float(np.sqrt(np.mean(kept**2))), robust, 1e-12)


def _change(series: Paces, kind: str, at: int, shifts: Sequence[int]) -> Change:
    level, _ = _levels(series, [shift for shift in shifts if shift != at])
    after = series.form[at]
    if kind == "rate":
        end = min([shift for shift in shifts if shift > at], default=len(series.form))
        after = float(np.nanmean(series.form[at : min(at + BACK, end)]))
    noise = _usual(_others(_misses(series, shifts), at)) * 2
    days = float(series.lengths[at])
    before, now, least, most = (
        series.gain(form, at) / days for form in (level[at], after, after - noise, after + noise)
    )
    first, last = int(series.ends[at]) + 1, int(series.ends[at + 1])
    low, high = least - before, most - before
    return Change(kind, last, first, last, last, before, now, low, high)


def _effect(series: Paces, event: Happening, changes: Sequence[Change]) -> Effect | None:
    """What an event's interval gained over the mean of those before; None if unknown."""
    at = series.interval_of(event.day)
    if at is None or not np.isfinite(series.form[at]):
        return None
    ends = [int(end) for end in series.ends]
    shifts = [ends.index(c.last) - 1 for c in changes if c.kind == "rate" and c.last in ends]
    level, rests = _levels(series, [shift for shift in shifts if shift != at])
    others = _others(_misses(series, shifts), at)
    if rests[at] < FEWEST or len(others) < FEWEST_MISSES:
        return None
    scale, freedom = _usual(others) * np.sqrt(1 + 1 / len(others)), len(others) - 1
    reach = scale * quantile(0.05, freedom)
    gained = float(series.gains[at])
    low, high = (gained - series.gain(level[at] + sign * reach, at) for sign in (1, -1))
    expected = series.gain(level[at], at)
    chance = tail(float(series.form[at] - level[at]) / scale, freedom)
    days = int(series.ends[at + 1] - series.ends[at])
    return Effect(days, gained - expected, low, high, expected, chance)


def _verdict(
    series: Paces,
    event: Happening,
    events: Sequence[Happening],
    effect: Effect | None,
    *,
    least: float,
    changes: Sequence[Change],
) -> Verdict:
    at = series.interval_of(event.day)
    if effect is None:
        return Verdict(event.index, _why_silent(series, at, changes))
    smallest = (effect.extra - effect.low) / effect.expected if effect.expected > 0 else None
    if effect.p > least:
        return Verdict(event.index, "no visible effect", (effect,), None, smallest)
    if _shares_interval(series, event, events):
        return Verdict(event.index, "cannot separate", (effect,), None, smallest)
    claimed = (replace(effect, claimed=True),)
    lasting = any(c.kind == "rate" and c.last == series.ends[(at or 0) + 1] for c in changes)
    change = _change(series, "rate" if lasting else "spike", at or 0, ())
    return Verdict(event.index, "moved", claimed, lasting, smallest, change)


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
