"""What each recorded event did to the number, tested as one family over the whole card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from metrics_insight.engine.baseline import Baseline
from metrics_insight.engine.change import Change
from metrics_insight.engine.onset import Beginning, beginnings
from metrics_insight.engine.student import quantile
from metrics_insight.engine.windows import (
    HISTORY,
    PATIENCE,
    SEPARATE,
    WINDOWS,
    Effect,
    Happening,
    Stage,
    is_at,
    lasts,
    measured,
    stage_of,
    why_silent,
)

__all__ = ["HISTORY", "SEPARATE", "WINDOWS", "Effect", "Happening", "Verdict", "judge", "threshold"]

FALSE_DISCOVERIES = 0.05
SURE = 0.001
PLAIN = 12.0
"""Beyond a p value of 0.001 a window is claimed only if its beginning is as plain as this."""
COMPANY = 9.0
"""A beginning as plain as this beside an effect is reason enough to tell of the one week only."""
FEWEST = 3
DOUBTFUL = 2.0
"""Levels so many standard errors apart may be two: enough not to say that nothing began."""
LENGTHS = {"day": 1, "burst": 5, "wave": 14, "step": 28}
"""How many days each shape is held to have lasted."""


@dataclass(frozen=True)
class Verdict:
    """What may be said of one event."""

    index: int
    verdict: str
    effects: tuple[Effect, ...] = ()
    lasting: bool | None = None
    smallest_visible: float | None = None
    change: Change | None = None


def judge(
    series: Baseline, events: Sequence[Happening], changes: tuple[Change, ...]
) -> tuple[Verdict, ...]:
    """The verdict on every event, in the order given.

    The four weeks of an event in which another thing claimed begins are not told: what was
    gained then is not the event's alone. Events that share an effect are all said to.
    """
    stage = stage_of(series, events, changes)
    found = {event.index: measured(stage, event) for event in events}
    verdicts = _verdicts(stage, found)
    alone = {event.index: _alone(stage, event, verdicts) for event in events}
    kept = {
        index: tuple(e for e in effects if e.days in (WINDOWS[0], min(e.days, alone[index])))
        for index, effects in found.items()
    }
    return verdicts if kept == found else _verdicts(stage, kept)


def _verdicts(stage: Stage, found: Mapping[int, tuple[Effect, ...]]) -> tuple[Verdict, ...]:
    chances = [effect.p for effects in found.values() for effect in effects]
    bars = (threshold(chances), min(SURE, strictness(chances)))
    verdicts = [_verdict(stage, event, found[event.index], bars) for event in stage.events]
    return agreed(stage.events, verdicts, bars[0])


def _alone(stage: Stage, event: Happening, verdicts: Sequence[Verdict]) -> int:
    """How many days of an event pass before something else that is claimed begins."""
    claimed = [verdict.change for verdict in verdicts if verdict.change]
    later = [
        change.day - event.day
        for change in (*stage.changes, *claimed)
        if change.day > event.day + PATIENCE and not is_at(change, event.day)
    ]
    own = next((v for v in verdicts if v.index == event.index and v.change), None)
    if own and (_has_company(stage, event.day) or _grows(own.effects)):
        return WINDOWS[0]
    return min(later, default=WINDOWS[-1])


def _has_company(stage: Stage, day: int) -> bool:
    """Whether something else seems to have begun in the four weeks before or after an effect."""
    first, last = day - WINDOWS[-1], day + WINDOWS[-1] - 1
    bounds = (0, stage.series.days)
    began = beginnings(stage.series, first, last, bounds=bounds, roughness=stage.series.roughness)
    known = [change.day for change in stage.changes if change.stays]
    return any(
        one.day > day + SEPARATE or (one.shape == "step" and one.latest < day - 1)
        for one in began
        if one.support >= COMPANY
        and not one.may_be(day - 1, day + PATIENCE)
        and not any(one.may_be(other, other) for other in known)
    )


def _grows(effects: Sequence[Effect]) -> bool:
    """Whether the weeks after the first gained more a day than it, beyond doubt: not one effect."""
    if len(effects) < len(WINDOWS):
        return False
    week, whole = effects
    times = whole.days / week.days - 1
    more = whole.extra - week.extra - times * week.extra
    doubt = (whole.high - whole.low + times * (week.high - week.low)) / 4
    return abs(more) > doubt and more * week.extra > 0


def agreed(
    events: Sequence[Happening], verdicts: Sequence[Verdict], least: float
) -> tuple[Verdict, ...]:
    """Events that share an effect are not told otherwise than the one it may have begun with."""
    mixed = [e for e, v in zip(events, verdicts, strict=True) if v.verdict == "cannot separate"]
    return tuple(
        replace(verdict, verdict="cannot separate")
        if _shares(verdict, least) and has_neighbour(event, mixed)
        else verdict
        for event, verdict in zip(events, verdicts, strict=True)
    )


def _shares(verdict: Verdict, least: float) -> bool:
    """Whether something moved around an event that did not begin with it."""
    silent = verdict.verdict == "no visible effect" and bool(_telling(verdict.effects, least))
    return silent or verdict.verdict in ("began before", "not calm")


def _telling(effects: Sequence[Effect], least: float) -> list[Effect]:
    return [effect for effect in effects if 0 < effect.p <= least or effect.p == 0.0]


def threshold(chances: Sequence[float]) -> float:
    """The largest p value that stands at a false discovery rate of 5 % (Benjamini, Hochberg)."""
    ordered = np.sort(np.asarray(chances))
    if not len(ordered):
        return 0.0
    allowed = FALSE_DISCOVERIES * np.arange(1, len(ordered) + 1) / len(ordered)
    passing = np.flatnonzero(ordered <= allowed)
    return float(ordered[passing[-1]]) if len(passing) else 0.0


def strictness(chances: Sequence[float]) -> float:
    """The p value that one more test would need to stand beside those that stand already."""
    if not len(chances):
        return FALSE_DISCOVERIES
    least = threshold(chances)
    standing = sum(chance <= least for chance in chances)
    return FALSE_DISCOVERIES * min(standing + 1, len(chances)) / len(chances)


def _verdict(
    stage: Stage, event: Happening, effects: tuple[Effect, ...], bars: tuple[float, float]
) -> Verdict:
    """The verdict; ``bars`` are the largest p value that stands, and one sure to be claimed."""
    if not effects:
        return Verdict(event.index, _why_silent(stage, event))
    least, sure = bars
    smallest = _smallest(effects[0], sure)
    telling = _telling(effects, least)
    if not telling:
        return Verdict(event.index, "no visible effect", effects, None, smallest)
    began = _beginnings(stage, event.day)
    own = _own(began, event.day, telling[0].extra)
    if min(effect.p for effect in telling) > SURE and (own is None or own.support < PLAIN):
        return Verdict(event.index, "no visible effect", effects, None, smallest)
    if own is None:
        before = bool(began) and began[0].day < event.day
        told = Verdict(event.index, "", effects, None, smallest)
        return _without_own(stage, event, told, before=before)
    lasting = lasts(stage, event.day, telling, effects)
    change = _as_change(stage, event.day, own, telling[0], "rate" if lasting else "spike")
    if has_neighbour(event, stage.events):
        return Verdict(event.index, "cannot separate", effects, None, smallest, change)
    claimed = tuple(replace(e, claimed=e in telling) for e in effects)
    return Verdict(event.index, "moved", claimed, lasting, smallest, change)


def _without_own(stage: Stage, event: Happening, told: Verdict, *, before: bool) -> Verdict:
    """The verdict where something moved, but nothing that may have begun with the event."""
    if before and _begins_anew(stage, event.day):
        return Verdict(event.index, "not calm")
    return replace(told, verdict="began before" if before else "no visible effect")


def _why_silent(stage: Stage, event: Happening) -> str:
    """Why nothing is measured; that it began before is not said where something begins then too."""
    word = why_silent(stage, event)
    if word != "began before":
        return word
    began = _beginnings(stage, event.day)
    anew = any(one.may_be(event.day - 1, event.day + PATIENCE) for one in began)
    return "not calm" if anew or _begins_anew(stage, event.day) else word


def _begins_anew(stage: Stage, day: int) -> bool:
    """Whether a lasting change is dated to that day, or follows upon one that began before."""
    dated = any(c.stays and day - 1 <= c.day <= day + PATIENCE for c in stage.changes)
    return dated or _steps_again(stage, day)


def _steps_again(stage: Stage, day: int) -> bool:
    """Whether the days since a lasting change before it are of another level than those after."""
    since = [c.day for c in stage.changes if c.stays and day - WINDOWS[-1] <= c.day < day]
    calm, known, _, _ = stage.series.sums
    end = min(day + WINDOWS[-1], stage.series.days)
    counts = (known[day] - known[max(since, default=day)], known[end] - known[day])
    if min(counts) < FEWEST:
        return False
    step = (calm[end] - calm[day]) / counts[1] - (calm[day] - calm[max(since)]) / counts[0]
    doubt = stage.series.roughness * float(stage.series.scale[day]) ** 2
    return bool(step**2 > DOUBTFUL**2 * doubt * (1 / counts[0] + 1 / counts[1]))


def _beginnings(stage: Stage, day: int) -> tuple[Beginning, ...]:
    """What began in the two weeks around a day, not looking across other lasting shifts."""
    others = [c.day for c in stage.changes if c.stays and abs(c.day - day) > 35]
    left = max([other for other in others if other <= day], default=0)
    right = min([other for other in others if other > day], default=stage.series.days)
    return beginnings(
        stage.series, day - 14, day + 14, bounds=(left, right), roughness=stage.series.roughness
    )


def _own(began: Sequence[Beginning], day: int, extra: float) -> Beginning | None:
    """What may have begun with an event on ``day`` and goes the same way as its effect."""
    own = [one for one in began if one.may_be(day, day + PATIENCE) and one.size * extra > 0]
    return own[0] if own else None


def _as_change(stage: Stage, day: int, own: Beginning, effect: Effect, kind: str) -> Change:
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
