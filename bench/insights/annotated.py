"""Plain sequences with known changes, in the spirit of annotated collections, and the two scores.

They are drawn by us: a high score here says that nothing is broken, not how a collection that
people annotated would be met.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Chance = np.random.Generator
Drawn = tuple[Array, list[int]]
MARGIN = 5


def draw(seed: int) -> tuple[str, Array, list[int]]:
    """The name of a kind of sequence, one of that kind, and its true cuts."""
    chance = np.random.default_rng([77, seed])
    name = list(KINDS)[seed % len(KINDS)]
    values, cuts = KINDS[name](chance, int(chance.integers(60, 500)))
    values = (values + 10 * chance.normal()) * 10.0 ** chance.uniform(-3, 6)
    if chance.random() < 0.2:
        lost = chance.choice(len(values), max(1, len(values) // 40), replace=False)
        values[lost] = np.nan
    return name, values, cuts


def f1(true: Sequence[int], found: Sequence[int]) -> float:
    """How well cuts were found, each within five points; the beginning counts as one."""
    left, tried = {0, *true}, sorted({0, *found})
    everything, hits = len(left), 0
    for cut in tried:
        near = [other for other in left if abs(other - cut) <= MARGIN]
        if near:
            left.remove(min(near, key=lambda other: abs(other - cut)))
            hits += 1
    precision, recall = hits / len(tried), hits / everything
    return 2 * precision * recall / (precision + recall) if hits else 0.0


def covering(true: Sequence[int], found: Sequence[int], count: int) -> float:
    """How much of each true piece its best found piece shares, weighted by length."""
    mine, theirs = _pieces(true, count), _pieces(found, count)
    return sum((b - a) * max(_shared((a, b), other) for other in theirs) for a, b in mine) / count


def _pieces(cuts: Sequence[int], count: int) -> list[tuple[int, int]]:
    return list(pairwise([0, *sorted(set(cuts) - {0}), count]))


def _shared(one: tuple[int, int], other: tuple[int, int]) -> float:
    inside = max(min(one[1], other[1]) - max(one[0], other[0]), 0)
    return inside / ((one[1] - one[0]) + (other[1] - other[0]) - inside)


def _noise(chance: Chance, count: int, carried: float = 0.0) -> Array:
    noise = chance.normal(size=count)
    for at in range(1, count):
        noise[at] = carried * noise[at - 1] + np.sqrt(1 - carried**2) * noise[at]
    return noise


def _sign(chance: Chance) -> float:
    return float(chance.choice([-1, 1]))


def _steps(chance: Chance, count: int, most: int = 4) -> Drawn:
    places = chance.choice(np.arange(2, 18), int(chance.integers(1, most + 1)), replace=False)
    cuts = [int(place) * count // 20 for place in sorted(places)]
    course = np.zeros(count)
    for cut in cuts:
        course[cut:] += _sign(chance) * chance.uniform(2, 6)
    return course, cuts


def _levels(chance: Chance, count: int) -> Drawn:
    course, cuts = _steps(chance, count)
    return course + _noise(chance, count), cuts


def _levels_that_hang_together(chance: Chance, count: int) -> Drawn:
    course, cuts = _steps(chance, count)
    return course + _noise(chance, count, 0.5), cuts


def _wild(chance: Chance, count: int) -> Drawn:
    course, cuts = _steps(chance, count)
    return course + chance.standard_t(3, count) / 1.7, cuts


def _one_level(chance: Chance, count: int) -> Drawn:
    course, cuts = _steps(chance, count, most=1)
    return course + _noise(chance, count), cuts


def _few(chance: Chance, _: int) -> Drawn:
    count = int(chance.integers(25, 60))
    cut = int(count * chance.uniform(0.3, 0.7))
    values = _noise(chance, count, float(chance.choice([0, 0.4])))
    values[cut:] += _sign(chance) * chance.uniform(2.5, 5)
    return values, [cut]


def _slopes(chance: Chance, count: int) -> Drawn:
    return _bent(chance, count, lambda: _sign(chance) * chance.uniform(2, 5))


def _kinks(chance: Chance, count: int) -> Drawn:
    return _bent(chance, count, lambda: 0.0)


def _bent(chance: Chance, count: int, jump: Callable[[], float]) -> Drawn:
    places = chance.choice(np.arange(4, 17, 3), int(chance.integers(1, 3)), replace=False)
    cuts = [int(place) * count // 20 for place in sorted(places)]
    course, level, slope = np.zeros(count), 0.0, float(chance.normal())
    for first, last in pairwise([0, *cuts, count]):
        course[first:last] = level + slope * np.arange(last - first) / count * 20
        level = float(course[last - 1]) + jump()
        slope += _sign(chance) * chance.uniform(1.5, 3)
    return course + 0.7 * _noise(chance, count, float(chance.choice([0, 0.4]))), cuts


def _months(chance: Chance) -> tuple[int, Array]:
    count = 12 * int(chance.integers(8, 20))
    return count, np.arange(count)


def _seasonal(chance: Chance, _: int) -> Drawn:
    count, days = _months(chance)
    cut = int(count * chance.uniform(0.3, 0.8))
    season = 3 * np.sin(2 * np.pi * days / 12) + chance.normal() * np.cos(np.pi * days / 3)
    values = season + _noise(chance, count)
    values[cut:] += _sign(chance) * chance.uniform(2.5, 5)
    return values, [cut]


def _season_that_grows(chance: Chance, _: int) -> Drawn:
    count, days = _months(chance)
    cut = int(0.6 * count)
    level = 10 + 0.02 * days + np.maximum(days - cut, 0) * chance.uniform(0.1, 0.2)
    values = level * (1 + 0.3 * np.sin(2 * np.pi * days / 12)) + 0.4 * _noise(chance, count)
    return values, [cut]


def _season_that_dips(chance: Chance, _: int) -> Drawn:
    """Growth by months with a deep fall that is made good again within two or three years."""
    count, days = _months(chance)
    first = int(count * chance.uniform(0.4, 0.6))
    last = min(first + int(chance.integers(18, 36)), count - 15)
    level = 20 + 0.15 * days
    level[first:last] *= chance.uniform(0.45, 0.7)
    season = 1 + 0.2 * np.sin(2 * np.pi * days / 12)
    return level * season + 0.8 * _noise(chance, count, 0.3), [first, last]


def _crash(chance: Chance, _: int) -> Drawn:
    """A yearly figure that grows, falls for some years, and grows again."""
    count = int(chance.integers(45, 70))
    first = int(count * chance.uniform(0.4, 0.6))
    last = first + int(chance.integers(5, 9))
    steps = np.full(count, 0.5)
    steps[first:last] = -chance.uniform(1, 2)
    steps[last:] = chance.uniform(0.5, 1.0)
    return np.cumsum(steps) + 0.5 * _noise(chance, count, 0.4), [first, last]


def _recovery(chance: Chance, count: int) -> Drawn:
    """A sudden fall that is slowly made good."""
    count = max(count // 2, 60)
    cut = int(count * chance.uniform(0.35, 0.65))
    values = 0.3 * _noise(chance, count, 0.3) + chance.uniform(0, 3) * np.arange(count) / count
    values[cut:] -= chance.uniform(3, 6) * np.exp(-np.arange(count - cut) / (0.3 * count))
    return values, [cut]


def _passing(chance: Chance, count: int) -> Drawn:
    """Another level for a while."""
    first = count // 3
    last = first + max(12, count // 8)
    values = _noise(chance, count, 0.3)
    values[first:last] += chance.uniform(3, 6)
    return values, [first, last]


def _nothing(chance: Chance, count: int) -> Drawn:
    trend = float(chance.choice([0, 0, 1])) * np.arange(count) / count * 10
    return _noise(chance, count, float(chance.choice([0, 0.3, 0.6]))) + trend, []


def _walk(chance: Chance, count: int) -> Drawn:
    return np.cumsum(chance.normal(size=count)), []


def _curve(chance: Chance, count: int) -> Drawn:
    course = 10 * np.exp(np.arange(count) / count * chance.uniform(1, 3))
    return course + 0.1 * _noise(chance, count, 0.5), []


KINDS: dict[str, Callable[[Chance, int], Drawn]] = {
    "levels": _levels,
    "levels that hang together": _levels_that_hang_together,
    "slopes": _slopes,
    "kinks": _kinks,
    "seasonal": _seasonal,
    "nothing": _nothing,
    "walk": _walk,
    "curve": _curve,
    "few points": _few,
    "wild": _wild,
    "season that grows": _season_that_grows,
    "season that dips": _season_that_dips,
    "crash": _crash,
    "recovery": _recovery,
    "passing": _passing,
    "one level": _one_level,
}
