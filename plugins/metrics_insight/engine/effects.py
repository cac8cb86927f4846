"""What each recorded event did to the number, tested as one family over the whole card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from metrics_insight.engine.baseline import Baseline
from metrics_insight.engine.changes import Change, roughness
from metrics_insight.engine.expected import Gap, Replay, replay, starts_of, stray
from metrics_insight.engine.onset import Beginning, beginnings
from metrics_insight.engine.student import quantile

WINDOWS = (7, 28)
HISTORY = {7: 28, 28: 84}
"""How many calm days must lie before a window of each length."""
FALSE_DISCOVERIES = 0.05
SURE = 0.001
PLAIN = 12.0
"""Beyond a p value of 0.001 a window is claimed only if its beginning is as plain as this."""
SEPARATE = 7
FALLS = ("purge", "restart")
"""What was cleaned so cannot be told from what an event did on that day."""
LENGTHS = {"day": 1, "burst": 5, "wave": 14, "step": 28}
"""How many days each shape is held to have lasted."""
PATIENCE = 2
"""An effect may begin up to so many days after the day under which an event was logged."""


@dataclass(frozen=True)
class Happening:
    """An event in numbers: its place in the order given, its day, whether counting changed.

    ``twin`` names what happened: two entries of one name on one day are one event.
    """

    index: int
    day: int
    twin: str = ""
    breaks: bool = False


@dataclass(frozen=True)
class Effect:
    """What a window gained over what was to be expected, with the 95 % interval."""

    days: int
    extra: float
    low: float
    high: float
    expected: float
    p: float
    claimed: bool = False


@dataclass(frozen=True)
class Verdict:
    """What may be said of one event."""

    index: int
    verdict: str
    effects: tuple[Effect, ...] = ()
    lasting: bool | None = None
    smallest_visible: float | None = None
    change: Change | None = None


@dataclass(frozen=True, eq=False)
class _Stage:
    """What all events of a card are judged against."""

    series: Baseline
    changes: tuple[Change, ...]
    starts: np.ndarray
    replays: dict[int, Replay]
    roughness: float


def judge(
    series: Baseline, events: Sequence[Happening], changes: tuple[Change, ...]
) -> tuple[Verdict, ...]:
    """The verdict on every event, in the order given."""
    stage = _stage(series, changes)
    measured = {event.index: _effects(stage, event) for event in events}
    least = threshold([e.p for effects in measured.values() for e in effects])
    return tuple(_verdict(stage, event, events, measured[event.index], least) for event in events)


def _stage(series: Baseline, changes: tuple[Change, ...]) -> _Stage:
    shifts = [change.day for change in changes if change.kind == "rate"]
    starts = starts_of(series.days, [*shifts, *series.cleaned.breaks])
    replays = {days: replay(series, starts, days) for days in WINDOWS if series.days > days}
    return _Stage(series, changes, starts, replays, roughness(series))


def _effects(stage: _Stage, event: Happening) -> tuple[Effect, ...]:
    gaps = {days: _gap(stage, event.day, days) for days in stage.replays}
    return tuple(_effect(days, gap) for days, gap in gaps.items() if gap)


def _effect(days: int, gap: Gap) -> Effect:
    low, high = gap.extra - gap.reach, gap.extra + gap.reach
    return Effect(days, gap.extra, low, high, gap.expected, gap.chance)


def _gap(stage: _Stage, day: int, days: int) -> Gap | None:
    """How far a window strays, None where history is short or another change lies in it."""
    if not 0 < day <= stage.series.days - days:
        return None
    known = stage.series.sums[1]
    start = int(stage.starts[max(day - 1, 0)])
    begin = start if start in stage.series.cleaned.breaks else 0
    if known[day] - known[begin] < HISTORY[days] or _fell(stage, day):
        return None
    if _disturbed(stage, day, days):
        return None
    before = _before(stage, day, days)
    return stray(stage.series, before, day)


def _fell(stage: _Stage, day: int) -> bool:
    """Whether the number fell as in a purge on the days on which an event may have begun."""
    falls = [item.first for item in stage.series.cleaned.items if item.kind in FALLS]
    return any(day <= fall <= day + PATIENCE for fall in falls)


def _before(stage: _Stage, day: int, days: int) -> Replay:
    """The replay with the forecast on ``day`` made from before it, were it itself a change."""
    replayed = stage.replays[days]
    if stage.starts[day] < day - PATIENCE - 1:
        return replayed
    shifts = [c.day for c in stage.changes if c.kind == "rate" and abs(c.day - day) > 7]
    starts = starts_of(stage.series.days, [*shifts, *stage.series.cleaned.breaks])
    other = replay(stage.series, starts, days)
    return Replay(days, replayed.errors, other.level, other.noise, other.history)


def _disturbed(stage: _Stage, day: int, days: int) -> bool:
    """Whether a counting change or another claimed change lies in the window or just before."""
    if any(day - 1 < b < day + days for b in stage.series.cleaned.breaks):
        return True
    if any(c.earliest <= day + PATIENCE and c.latest >= day - 1 for c in stage.changes):
        return False
    for change in stage.changes:
        if day + PATIENCE < change.day < day + days:
            return True
        if change.kind == "rate" and day - 28 <= change.day < day:
            return True
        if change.kind != "rate" and change.day < day <= change.last + SEPARATE:
            return True
    return False


def threshold(chances: Sequence[float]) -> float:
    """The largest p value that stands at a false discovery rate of 5 % (Benjamini, Hochberg)."""
    ordered = np.sort(np.asarray(chances))
    if not len(ordered):
        return 0.0
    allowed = FALSE_DISCOVERIES * np.arange(1, len(ordered) + 1) / len(ordered)
    passing = np.flatnonzero(ordered <= allowed)
    return float(ordered[passing[-1]]) if len(passing) else 0.0


def _verdict(
    stage: _Stage,
    event: Happening,
    events: Sequence[Happening],
    effects: tuple[Effect, ...],
    least: float,
) -> Verdict:
    if not effects:
        return Verdict(event.index, _why_silent(stage, event))
    smallest = _smallest(effects[0], SURE)
    telling = [effect for effect in effects if 0 < effect.p <= least or effect.p == 0.0]
    if not telling:
        return Verdict(event.index, "no visible effect", effects, None, smallest)
    began = _beginnings(stage, event.day)
    own = _own(began, event.day, telling[0].extra)
    if min(effect.p for effect in telling) > SURE and (own is None or own.support < PLAIN):
        return Verdict(event.index, "no visible effect", effects, None, smallest)
    if own is None:
        before = bool(began) and began[0].day < event.day
        word = "began before" if before else "no visible effect"
        return Verdict(event.index, word, effects, None, smallest)
    lasting = _lasts(stage, event.day, telling, effects)
    change = _as_change(stage, event.day, own, telling[0], "rate" if lasting else "spike")
    if has_neighbour(event, events):
        return Verdict(event.index, "cannot separate", effects, None, smallest, change)
    claimed = tuple(replace(e, claimed=e in telling) for e in effects)
    return Verdict(event.index, "moved", claimed, lasting, smallest, change)


def _why_silent(stage: _Stage, event: Happening) -> str:
    """Why no effect of an event can be stated."""
    breaks = stage.series.cleaned.breaks
    if any(event.day - 28 < b < event.day + 7 for b in breaks) or _fell(stage, event.day):
        return "across a counting change"
    if not 0 < event.day <= stage.series.days - WINDOWS[0]:
        return "too little history"
    known = stage.series.sums[1]
    if known[event.day] < HISTORY[7]:
        return "too little history"
    if any(c.day < event.day <= c.day + 28 and c.latest < event.day for c in stage.changes):
        return "began before"
    return "not calm"


def _beginnings(stage: _Stage, day: int) -> tuple[Beginning, ...]:
    """What began in the two weeks around a day, not looking across other lasting shifts."""
    others = [c.day for c in stage.changes if c.kind == "rate" and abs(c.day - day) > 35]
    left = max([other for other in others if other <= day], default=0)
    right = min([other for other in others if other > day], default=stage.series.days)
    return beginnings(
        stage.series, day - 14, day + 14, bounds=(left, right), roughness=stage.roughness
    )


def _own(began: Sequence[Beginning], day: int, extra: float) -> Beginning | None:
    """What may have begun with an event on ``day`` and goes the same way as its effect."""
    own = [one for one in began if one.may_be(day, day + PATIENCE) and one.size * extra > 0]
    return own[0] if own else None


def _as_change(stage: _Stage, day: int, own: Beginning, effect: Effect, kind: str) -> Change:
    """What began with an event, as a change dated to the event."""
    before = effect.expected / effect.days
    low, high = effect.low / effect.days, effect.high / effect.days
    if own.shape == "day" and stage.series.cleaned.kind == "stock":
        kind = "jump"
    last = min(day + LENGTHS[own.shape], stage.series.days) - 1
    after = before + effect.extra / effect.days
    earliest, latest = min(own.earliest, day), max(own.latest, day)
    return Change(kind, day, earliest, latest, last, before, after, low, high)


def has_neighbour(event: Happening, events: Sequence[Happening]) -> bool:
    """Whether another event lies within 7 days; the same event logged twice is no other."""
    return any(
        abs(other.day - event.day) <= SEPARATE
        and not other.breaks
        and (other.day, other.twin) != (event.day, event.twin)
        for other in events
        if other.index != event.index
    )


def _smallest(effect: Effect, chance: float) -> float | None:
    """The smallest effect sure enough to be claimed, as a share of what was expected."""
    if effect.expected <= 0:
        return None
    half = (effect.high - effect.low) / 2
    return half * quantile(chance, 30.0) / quantile(0.05, 30.0) / effect.expected


def _lasts(
    stage: _Stage, day: int, telling: Sequence[Effect], effects: Sequence[Effect]
) -> bool | None:
    """Whether the first week and both halves of four weeks carry the effect."""
    whole = next((effect for effect in effects if effect.days == 28), None)
    if whole is None:
        return None
    if whole not in telling:
        return False
    gains, factors = stage.series.totals
    _, _, _, week = stage.series.sums
    level = whole.expected / (factors[day + 28] - factors[day])
    sign = 1 if whole.extra > 0 else -1
    shares = [
        sign * (gains[day + b] - gains[day + a] - level * (week[day + b] - week[day + a])) / (b - a)
        for a, b in ((0, 7), (0, 14), (14, 28))
    ]
    usual = sign * whole.extra / 28
    return bool(min(shares) > 0.5 * usual)
