"""What a careless log makes of exact counts: gaps, stuck counters, purges, typing errors …

Nothing is spoiled near a plant, so that what is asked about a plant can be answered; what was
done is kept, so that a claim about it is not held false.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
NEAR = 45
OFTEN = {
    "gap": 0.35,
    "gap again": 0.35,
    "stuck": 0.15,
    "purge": 0.12,
    "restart": 0.04,
    "typo": 0.08,
    "long gap": 0.12,
}
"""How many logs of 100 hold each."""
LONG_GAP = (9, 70)
PARTIAL, TWICE, COUNTING, BATCHES, SELDOM = 0.1, 0.08, 0.06, 0.04, 0.05


@dataclass(frozen=True)
class Artefact:
    """Something the log did and the audience did not, with its first and last day."""

    kind: str
    first: int
    last: int


@dataclass(frozen=True, eq=False)
class Log:
    """The ``values`` as recorded, a day each (NaN: no reading), and what spoiled them.

    ``twice`` holds earlier readings of days that have two. ``readings`` are the days counted
    anew: all of them in a ``daily`` log, one a week in ``batches``, some in an ``irregular`` one.
    """

    values: Array
    artefacts: tuple[Artefact, ...]
    twice: tuple[tuple[int, float], ...]
    rhythm: str
    readings: tuple[int, ...]


def counting_day(chance: np.random.Generator, days: int, plants: Sequence[int]) -> int:
    """The day on which the way of counting changes, -1 where it does not."""
    day = int(chance.integers(60, days - 60))
    often = chance.random() < COUNTING
    return day if often and all(abs(day - plant) >= 2 * NEAR for plant in plants) else -1


def write(
    chance: np.random.Generator, gains: Array, kind: str, plants: Sequence[int], *, counting: int
) -> Log:
    """The log of exact gains."""
    done: list[Artefact] = []
    values = np.cumsum(gains) + chance.integers(100, 5000) if kind == "stock" else gains.copy()
    if counting >= 0:
        values = _counted_anew(chance, values, kind, counting)
        done.append(Artefact("counting", counting, counting))
    rhythm = _rhythm(chance, kind)
    if rhythm != "daily":
        values, readings = _seldom(chance, values, rhythm)
        return Log(values, tuple(done), (), rhythm, readings)
    for name, often in OFTEN.items():
        at, length = int(chance.integers(NEAR, len(values) - NEAR)), int(chance.integers(1, 9))
        if name == "long gap":
            length = min(int(chance.integers(*LONG_GAP)), len(values) - NEAR - at)
        others = [day for day in [*plants, counting] if day >= 0]
        near = any(at - NEAR < day < at + max(length - 9, 0) + NEAR for day in others)
        if chance.random() > often or near or np.isnan(values[at - 1 : at + 12]).any():
            continue
        if name in ("stuck", "purge", "restart") and (kind == "flow" or np.mean(gains) < 3):
            continue
        last = SPOILERS[name](chance, values, at, length)
        done.append(Artefact("gap" if "gap" in name else name, at, last))
    if chance.random() < PARTIAL:
        done.append(_partial(chance, values, kind))
    return Log(values, tuple(done), _twice(chance, values, kind), rhythm, ())


def _rhythm(chance: np.random.Generator, kind: str) -> str:
    drawn = chance.random()
    if kind == "stock" and drawn < BATCHES:
        return "batches"
    return "irregular" if kind == "stock" and drawn < BATCHES + SELDOM else "daily"


def _counted_anew(chance: np.random.Generator, values: Array, kind: str, day: int) -> Array:
    """The same audience counted by another rule: another pace, and another total at once."""
    share, values = float(chance.choice([0.6, 0.8, 1.3, 1.6])), values.copy()
    if kind == "flow":
        values[day:] = np.rint(values[day:] * share)
        return values
    step = round(float(chance.uniform(-0.2, 0.2)) * values[day])
    values[day:] = np.rint(values[day - 1] + (values[day:] - values[day - 1]) * share + step)
    return values


def _seldom(
    chance: np.random.Generator, values: Array, rhythm: str
) -> tuple[Array, tuple[int, ...]]:
    """The log read seldom: the total stands still between (batches), or is not there."""
    days = len(values)
    if rhythm == "batches":
        readings = np.arange(int(chance.integers(0, 7)), days, 7)
    else:
        usual = int(chance.integers(4, 25))
        readings = np.cumsum(chance.integers(max(usual // 2, 2), 2 * usual, size=days))
        readings = readings[readings < days]
    before = np.searchsorted(readings, np.arange(days), side="right") - 1
    kept = values[readings[np.maximum(before, 0)]]
    if rhythm == "irregular":
        kept = np.where(np.isin(np.arange(days), readings), values, np.nan)
    return kept, tuple(int(day) for day in readings)


def _gap(_: np.random.Generator, values: Array, at: int, length: int) -> int:
    values[at : at + length] = np.nan
    return at + length - 1


def _stuck(_: np.random.Generator, values: Array, at: int, length: int) -> int:
    length = max(length, 3)
    values[at : at + length] = values[at - 1]
    return at + length


def _purge(chance: np.random.Generator, values: Array, at: int, _: int) -> int:
    steps = np.diff(values[np.isfinite(values)])
    share = float(chance.uniform(0.02, 0.08)) * float(np.nanmean(values))
    values[at:] -= round(max(20 * steps.std(), share))
    return at


def _restart(_: np.random.Generator, values: Array, at: int, _length: int) -> int:
    values[at:] -= values[at]
    return at


def _typo(chance: np.random.Generator, values: Array, at: int, _: int) -> int:
    values[at] = np.rint(values[at] * (10 if chance.random() < 0.5 else 0.1))
    return at


def _partial(chance: np.random.Generator, values: Array, kind: str) -> Artefact:
    """The last day read before it was over."""
    share, last = float(chance.uniform(0.1, 0.6)), len(values) - 1
    before = values[last - 1] if kind == "stock" else 0.0
    values[last] = np.rint(before + share * (values[last] - before))
    return Artefact("partial", last, last)


def _twice(chance: np.random.Generator, values: Array, kind: str) -> tuple[tuple[int, float], ...]:
    """Days that were read at noon and again at night."""
    if chance.random() > TWICE:
        return ()
    days = chance.integers(NEAR, len(values), size=int(chance.integers(1, 4)))
    known = [int(day) for day in days if np.isfinite(values[day - 1 : day + 1]).all()]
    before = {day: values[day - 1] if kind == "stock" else 0.0 for day in known}
    return tuple((day, float(np.rint((before[day] + values[day]) / 2))) for day in before)


SPOILERS: dict[str, Callable[[np.random.Generator, Array, int, int], int]] = {
    "gap": _gap,
    "gap again": _gap,
    "stuck": _stuck,
    "purge": _purge,
    "restart": _restart,
    "typo": _typo,
    "long gap": _gap,
}
