"""What the windows of one event gained over the expected, where that can be said at all.

The week and the four weeks from an event on are held against the forecast made before it;
where history is short, a gap is near or something else changed, nothing is measured.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from metrics_insight.engine import unread
from metrics_insight.engine.baseline import Baseline
from metrics_insight.engine.change import Change
from metrics_insight.engine.expected import (
    LEVEL_DAYS,
    Gap,
    Replay,
    comes_every_year,
    replay,
    starts_of,
    stray,
)

WINDOWS = (7, 28)
HISTORY = {7: 28, 28: 84}
"""How many calm days must lie before a window of each length."""
SEPARATE = 7
FALLS = ("purge", "restart")
"""What was cleaned so cannot be told from what an event did on that day."""
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


@dataclass(frozen=True, eq=False)
class Stage:
    """What all events of a card are judged against."""

    series: Baseline
    events: Sequence[Happening]
    changes: tuple[Change, ...]
    starts: np.ndarray
    replays: dict[int, Replay]


def stage_of(series: Baseline, events: Sequence[Happening], changes: tuple[Change, ...]) -> Stage:
    """Everything the windows of these events are measured with."""
    shifts = [change.day for change in changes if change.stays]
    starts = starts_of(series.days, [*shifts, *series.cleaned.breaks])
    replays = {days: replay(series, starts, days) for days in WINDOWS if series.days > days}
    return Stage(series, events, changes, starts, replays)


def measured(stage: Stage, event: Happening) -> tuple[Effect, ...]:
    """The windows of an event that can be measured, the week first; none is claimed yet."""
    gaps = {days: _gap(stage, event.day, days) for days in stage.replays}
    return tuple(_effect(days, gap) for days, gap in gaps.items() if gap)


def _effect(days: int, gap: Gap) -> Effect:
    low, high = gap.extra - gap.reach, gap.extra + gap.reach
    return Effect(days, gap.extra, low, high, gap.expected, gap.chance)


def _gap(stage: Stage, day: int, days: int) -> Gap | None:
    """How far a window strays, None where history is short or another change lies in it."""
    if not 0 < day <= stage.series.days - days:
        return None
    known = stage.series.sums[1]
    start = int(stage.starts[max(day - 1, 0)])
    begin = start if start in stage.series.cleaned.breaks else 0
    if known[day] - known[begin] < HISTORY[days] or _fell(stage, day, days):
        return None
    if unread.meets(stage.series, day - SEPARATE, day + days - 1) or _lacks_level(stage, day):
        return None
    if unread.cuts(stage.series, day, day + days - 1):
        return None
    if _disturbed(stage, day, days):
        return None
    before = _before(stage, day, days)
    return stray(stage.series, before, day)


def _lacks_level(stage: Stage, day: int) -> bool:
    """Whether a long gap leaves too few of the days from which the level is reckoned."""
    known = stage.series.sums[1]
    since = max(day - LEVEL_DAYS, 0)
    few = known[day] - known[since] < HISTORY[7]
    return bool(few) and unread.meets(stage.series, since, day - 1)


def _fell(stage: Stage, day: int, days: int) -> bool:
    """Whether the number fell as in a purge in the window: nothing is compared across that."""
    falls = [item.first for item in stage.series.cleaned.items if item.kind in FALLS]
    return any(day <= fall < day + days for fall in falls)


def _before(stage: Stage, day: int, days: int) -> Replay:
    """The replay with the forecast on ``day`` made from before it, were it itself a change."""
    replayed = stage.replays[days]
    if stage.starts[day] < day - PATIENCE - 1:
        return replayed
    other = replay(stage.series, _starts_without(stage, day), days)
    return replace(other, errors=replayed.errors)


def _late(stage: Stage, day: int) -> Replay:
    """The same of the second half of four weeks."""
    half = WINDOWS[-1] // 2
    other = replay(stage.series, _starts_without(stage, day), half, half)
    return replace(other, errors=replay(stage.series, stage.starts, half, half).errors)


def _starts_without(stage: Stage, day: int) -> np.ndarray:
    """The stretches, were there no change on that day."""
    shifts = [c.day for c in stage.changes if c.stays and abs(c.day - day) > SEPARATE]
    return starts_of(stage.series.days, [*shifts, *stage.series.cleaned.breaks])


def _disturbed(stage: Stage, day: int, days: int) -> bool:
    """Whether a counting change or another claimed change lies in the window or just before."""
    if any(day - 1 < b < day + days for b in stage.series.cleaned.breaks):
        return True
    own = [change for change in stage.changes if is_at(change, day)]
    if own:
        nearest = min(own, key=lambda change: abs(change.day - day))
        later = [change for change in own if change.stays and change is not nearest]
        return any(day + PATIENCE < change.day < day + days for change in later)
    for change in stage.changes:
        if day + PATIENCE < change.day < day + days:
            return True
        if change.stays and day - 28 <= change.day < day:
            return True
        if not change.stays and change.day < day <= change.last + SEPARATE:
            return True
    return False


def is_at(change: Change, day: int) -> bool:
    """Whether a change may have begun with an event on that day."""
    return change.earliest <= day + PATIENCE and change.latest >= day - 1


def why_silent(stage: Stage, event: Happening) -> str:
    """Why no effect of an event can be stated."""
    breaks = stage.series.cleaned.breaks
    if any(event.day - 28 < b < event.day + 7 for b in breaks) or _fell(
        stage, event.day, WINDOWS[0]
    ):
        return "across a counting change"
    if not 0 < event.day <= stage.series.days - WINDOWS[0]:
        return "too little history"
    known = stage.series.sums[1]
    if known[event.day] < HISTORY[7] or _lacks_level(stage, event.day):
        return "too little history"
    first, last = event.day, event.day + WINDOWS[0] - 1
    if unread.meets(stage.series, first - SEPARATE, last) or unread.cuts(stage.series, first, last):
        return "too little history"
    if any(c.day < event.day <= c.day + 28 and c.latest < event.day for c in stage.changes):
        return "began before"
    return "not calm"


def lasts(
    stage: Stage, day: int, telling: Sequence[Effect], effects: Sequence[Effect]
) -> bool | None:
    """Whether the first week and both halves of four weeks carry the effect.

    None where four weeks cannot be told, or rise so in most years at that time.
    """
    whole = next((effect for effect in effects if effect.days == 28), None)
    if whole is None:
        return None
    if whole not in telling:
        return False
    if comes_every_year(stage.series, _before(stage, day, whole.days), day):
        return None
    if not _carries_late(stage, day, whole.extra):
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


def _carries_late(stage: Stage, day: int, extra: float) -> bool:
    """Whether the second half of four weeks, by itself, goes further than such weeks stray."""
    late = stray(stage.series, _late(stage, day), day)
    return late is not None and late.extra * extra > 0 and abs(late.extra) > late.reach
