"""A log made comparable: the gain of every day, and what had to be cleaned to get it.

A stuck counter, a purge, a restart or a typing error is the log's doing, not the audience's.
Each is named, its days are held unknown or spread, and nothing is compared across it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
"""Numbers by day: sums and gains are floats, days are whole."""
Mask = NDArray[np.bool_]

FEWEST_SIZES = 3
SHORTEST_STUCK = 3
LONGEST_BY_CHANCE = 6
"""A flow may well be equal on a few days; only so many steps without a change are looked at."""
STUCK = 0.02
"""So seldom may a whole log hold a run of equal readings by chance for it to be a fault."""
AROUND = 28
LONG = 7
"""So many unread days in a row are one reading: a week, the shortest window, fits into them."""
FALL = 8.0
"""A fall in one day beyond so many noise units is a purge, not a loss of readers."""
TYPO = 12.0
TYPO_DAYS = (1, 2, 3)
"""A typing error is put right after so many readings."""


@dataclass(frozen=True)
class Item:
    """Something cleaned: its kind, its first and last day (counted from 0), and how much."""

    kind: str
    first: int
    last: int
    amount: float


@dataclass(frozen=True)
class Unread:
    """The days of a long gap, one reading: first and last, and all they gained (NaN: unknown).

    Of a stock the last is the day of the reading that ended the gap.
    """

    first: int
    last: int
    gained: float

    @property
    def days(self) -> int:
        """How many days it has."""
        return self.last - self.first + 1


@dataclass(frozen=True, eq=False)
class Cleaned:
    """A daily series made comparable.

    ``gains`` holds the gain of each day, spread evenly over the days of a short gap in a stock
    and NaN where it cannot be known; what a long gap gained is in ``unread``. ``seen`` marks
    the days counted on their own, ``shared`` the first and last day of each short gap whose gain
    was spread, its reading on the last. ``unit`` is the smallest step of the values (1 for people),
    0 where there is none.
    """

    kind: str
    gains: Array
    seen: Mask
    unit: float
    items: tuple[Item, ...] = ()
    breaks: tuple[int, ...] = ()
    unread: tuple[Unread, ...] = ()
    shared: tuple[tuple[int, int], ...] = ()
    days: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "days", len(self.gains))


def clean(values: Array, kind: str, breaks: Sequence[int] = ()) -> Cleaned:
    """The gains of a daily grid of values (NaN: no reading); ``breaks`` are counting changes."""
    return (_stock if kind == "stock" else _flow)(values, tuple(breaks))


def step_unit(values: Array) -> float:
    """The largest step of which all values are whole multiples from the first on, else 0."""
    known = values[np.isfinite(values)]
    if len(known) < 2:
        return 0.0
    for power in range(7):
        scaled = (known - known[0]) * 10.0**power
        if np.abs(scaled).max() > 2**52:
            return 0.0
        whole = np.rint(scaled)
        if np.abs(scaled - whole).max() < 1e-4:
            return _unit_of(whole.astype(np.int64)) / 10.0**power
    return 0.0


def _unit_of(steps: NDArray[np.int64]) -> float:
    """The largest common step; where two or fewer sizes show it, no more than its power of ten."""
    step = int(np.gcd.reduce(steps))
    few = len(np.unique(steps[steps != 0])) < FEWEST_SIZES
    return float(10 ** (len(str(step)) - 1)) if few and step else float(step)


def spread(values: Array) -> float:
    """A scale that single wild days do not move: the median distance from the median."""
    known = values[np.isfinite(values)]
    return 1.4826 * float(np.median(np.abs(known - np.median(known)))) if len(known) else 0.0


def gaps(values: Array) -> tuple[tuple[int, int], ...]:
    """The first and last day of each run of days without a reading."""
    return tuple(runs(~np.isfinite(values)))


def runs(mask: Mask) -> list[tuple[int, int]]:
    """The first and last index of each run of true values."""
    edges = np.diff(np.concatenate(([False], mask, [False])).astype(np.int8))
    return list(
        zip(
            np.flatnonzero(edges == 1).tolist(),
            (np.flatnonzero(edges == -1) - 1).tolist(),
            strict=True,
        )
    )


def _stock(values: Array, breaks: tuple[int, ...]) -> Cleaned:
    unit = step_unit(values)
    values, typos = _without_typos(values, unit, breaks)
    values, stuck = _without_stuck(values, unit)
    days = np.flatnonzero(np.isfinite(values))
    gains, seen = np.full(len(values), np.nan), np.zeros(len(values), bool)
    if len(days) < 2:
        return Cleaned("stock", gains, seen, unit, (*typos, *stuck), breaks)
    lengths = np.diff(days)
    pace = np.diff(values[days]) / lengths
    falls, fallen = _falls(values, days, pace, unit)
    lost = fallen | _crossing(days, breaks) | _lost_catch_up(days, pace, stuck)
    whose = np.repeat(np.arange(len(pace)), lengths)
    long = lengths > LONG
    gains[days[0] + 1 : days[-1] + 1] = np.where(lost | long, np.nan, pace)[whose]
    seen[days[0] + 1 : days[-1] + 1] = ((lengths == 1) & ~lost)[whose]
    gained = np.where(lost, np.nan, pace * lengths)
    unread = [Unread(int(days[at]) + 1, int(days[at + 1]), float(gained[at])) for at in _at(long)]
    items = sorted([*typos, *stuck, *falls], key=lambda item: item.first)
    spread_out = _at((lengths > 1) & ~long & ~lost)
    shared = tuple((int(days[at]) + 1, int(days[at + 1])) for at in spread_out)
    return Cleaned("stock", gains, seen, unit, tuple(items), breaks, tuple(unread), shared)


def _flow(values: Array, breaks: tuple[int, ...]) -> Cleaned:
    unit = step_unit(np.append(values, 0.0))
    gains = values.copy()
    items: list[Item] = []
    for first, last in _stuck_runs(gains, unit, LONGEST_BY_CHANCE):
        items.append(Item("stuck", first, last, float(gains[first])))
        gains[first : last + 1] = np.nan
    if partial := _partial(gains):
        items.append(partial)
        gains[partial.first] = np.nan
    gains[list(breaks)] = np.nan
    missing = [Unread(first, last, np.nan) for first, last in gaps(gains)]
    unread = tuple(gap for gap in missing if gap.days >= LONG)
    return Cleaned("flow", gains, np.isfinite(gains), unit, tuple(items), breaks, unread)


def _at(mask: Mask) -> list[int]:
    """Where a mask is true."""
    return [int(at) for at in np.flatnonzero(mask)]


def noise_of(pace: Array, unit: float) -> float:
    """How far a day usually strays, never under what chance alone does to counted things."""
    usual = float(np.median(np.abs(pace))) if len(pace) else 0.0
    return max(spread(pace), float(np.sqrt(unit * usual)), unit, 1e-9 * usual, 1e-300)


def _without_typos(values: Array, unit: float, breaks: tuple[int, ...]) -> tuple[Array, list[Item]]:
    """Readings that leave and come back at once, by far more than the series ever moves."""
    values, items = values.copy(), []
    for length in TYPO_DAYS:
        days = np.flatnonzero(np.isfinite(values))
        if len(days) < length + 4:
            break
        steps = np.diff(values[days])
        noise = noise_of(steps, unit)
        out, back = steps[:-length], steps[length:]
        least = np.minimum(np.abs(out), np.abs(back))
        usual = float(np.median(steps)) * (length + 1)
        near = np.abs(out + back - usual) < 0.2 * least + 6 * noise
        for at in np.flatnonzero((out * back < 0) & (least > TYPO * noise) & near):
            first, last = int(days[at + 1]), int(days[at + length])
            if np.isfinite(values[first]) and not any(first <= b <= last for b in breaks):
                items.append(Item("typo", first, last, float(out[at])))
                values[days[at + 1 : at + length + 1]] = np.nan
    return values, items


def _without_stuck(values: Array, unit: float) -> tuple[Array, list[Item]]:
    """Days on which a stock stood still though it never does, and the catch-up after them."""
    values, items = values.copy(), []
    for first, last in _stuck_runs(values, unit, SHORTEST_STUCK):
        items.append(Item("stuck", first + 1, last, 0.0))
        after = last + 1 + int(np.argmax(np.isfinite(np.append(values[last + 1 :], 0.0))))
        if after < len(values):
            items.append(Item("catch-up", after, after, float(values[after] - values[last])))
        values[first + 1 : last + 1] = np.nan
    return values, items


def _stuck_runs(values: Array, unit: float, shortest: int) -> list[tuple[int, int]]:
    """Runs of equal readings that are too long for chance, first and last day of each.

    Chance is what it is around a run: how often neighbours are equal there, and how often
    they would be if so few came one by one.
    """
    days = np.flatnonzero(np.isfinite(values))
    if len(days) < 28:
        return []
    steps = np.diff(values[days])
    if float(np.median(np.abs(steps))) < 1.999 * unit or not np.any(steps):
        return []
    long = [run for run in runs(steps == 0) if run[1] - run[0] + 1 >= shortest]
    counted = np.ones(len(steps), bool)
    for first, last in long:
        counted[first : last + 1] = False
    return [
        (int(days[first]), int(days[last + 1]))
        for first, last in long
        if _chance_of_equals(steps, counted, (first, last), unit) ** (last - first + 1)
        < STUCK / len(steps)
    ]


def _chance_of_equals(steps: Array, counted: Mask, run: tuple[int, int], unit: float) -> float:
    """How often two readings next to each other are equal around a run of such readings.

    Other long runs are not counted; but where most steps are that small, all may be chance.
    """
    before = slice(max(run[0] - AROUND, 0), run[0])
    after = slice(run[1] + 1, run[1] + 1 + AROUND)
    around = np.concatenate((steps[before], steps[after]))
    single = np.concatenate((counted[before], counted[after]))
    if not len(around):
        return 1.0
    equal = (int((around[single] == 0).sum()) + 1) / (int(single.sum()) + 2)
    usual = float(np.median(np.abs(around)))
    return max(equal, float(np.exp(-usual / unit)) if unit > 0 else 0.0)


def _falls(
    values: Array, days: NDArray[np.intp], pace: Array, unit: float
) -> tuple[list[Item], Mask]:
    """Falls of one day that no loss of readers looks like: purges and restarts."""
    usual_loss = -float(np.percentile(pace, 2))
    least = max(FALL * noise_of(pace, unit), 4 * usual_loss)
    fallen = pace * np.diff(days) < -least
    items = []
    for at in np.flatnonzero(fallen):
        before, after = values[days[at]], values[days[at + 1]]
        kind = "restart" if 0 <= after < 0.2 * before else "purge"
        items.append(Item(kind, int(days[at + 1]), int(days[at + 1]), float(after - before)))
    return items, fallen


def _crossing(days: NDArray[np.intp], breaks: Iterable[int]) -> Mask:
    """Which steps between readings lead across a counting change."""
    crossing = np.zeros(len(days) - 1, bool)
    for day in breaks:
        crossing |= (days[:-1] < day) & (days[1:] >= day)
    return crossing


def _lost_catch_up(days: NDArray[np.intp], pace: Array, stuck: Sequence[Item]) -> Mask:
    """Which steps after a stuck counter are too small to hold what was missed."""
    usual = float(np.median(pace))
    after = [item.first for item in stuck if item.kind == "catch-up"]
    return np.isin(days[1:], after) & (pace < 0.4 * usual)


def _partial(gains: Array) -> Item | None:
    """The last day, where it was read before it was over."""
    days = np.flatnonzero(np.isfinite(gains))
    if len(days) < 28:
        return None
    last, recent = int(days[-1]), gains[days[-29:-1]]
    usual = float(np.median(recent))
    short = gains[last] < min(0.6 * usual, float(recent.min()) * 0.9, usual - 3 * spread(recent))
    return Item("partial", last, last, float(gains[last])) if usual > 0 and short else None
