"""Change points of any plain sequence: where a level or a slope gives way to another.

The best cuts into 1, 2, 3 … pieces, constant or straight, come from dynamic programming. How
many pieces there are is decided by description length (Davis, Lee and Rodriguez-Yam 2006)
with noise that hangs together from point to point: what drifts by itself is not cut up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from metrics_insight.engine.cleaning import Array, spread

MOST_PIECES = 9
MOST_POINTS = 400
"""A longer sequence is averaged into so many bins first, and each cut then sharpened."""
SHORTEST = 5
MOSTLY = 0.8
PRICE = 1.6
"""How much dearer than its description a piece is held to be: a doubtful cut is no cut."""
PULLED_IN = 5.0
LEAST_SEASON = 0.4
BENDS = (2, 3, 4)
"""A smooth curve of so low a degree is no change either."""

Costs = Callable[[Array], Array]


def change_points(values: Sequence[float]) -> list[int]:
    """The index of the first point of each new piece of a sequence.

    A few NaN or inf are bridged by straight lines, lest a season lose its step; of a sequence
    with many only the known points are read. Raises `ValueError` for a table of numbers.
    """
    everything = np.asarray(values, float)
    if everything.ndim != 1:
        raise ValueError("the values have rows and columns: give one number a point")
    known = np.flatnonzero(np.isfinite(everything))
    if len(known) < 2 * SHORTEST + 2:
        return []
    read = np.arange(known[0], known[-1] + 1)
    read = read if len(known) >= MOSTLY * len(read) else known
    points = np.interp(read, known, everything[known] / _size(everything[known]))
    if not np.any(points != points[0]):
        return []
    flat = _scaled(_pulled_in(_without_season(points)))
    width = -(-len(flat) // MOST_POINTS)
    cuts = [cut * width for cut in _cuts(_binned(flat, width))]
    return [int(read[cut]) for cut in _sharpened(flat, cuts, width)]


def _size(points: Array) -> float:
    return max(float(np.abs(points).max()), 1e-300)


def _scaled(points: Array) -> Array:
    """The points around 0 with a largest size of 1, whatever their scale."""
    points = points - np.median(points)
    size = float(np.abs(points).max())
    return points / size if size > 0 else points


def _pulled_in(points: Array) -> Array:
    """Single wild points drawn to their neighbours, as they are no new level."""
    padded = np.pad(points, 3, mode="edge")
    near = np.median(np.lib.stride_tricks.sliding_window_view(padded, 7), axis=1)
    strays = points - near
    reach = PULLED_IN * max(spread(strays), 1e-9)
    return near + np.clip(strays, -reach, reach)


def _without_season(points: Array) -> Array:
    """The points without a pattern that repeats every 4, 7, 12, 24 or 52, if one stands out.

    Where all are above zero the pattern may be a share of the level, if that explains more.
    """
    best, flat = LEAST_SEASON, points
    for length in (4, 7, 12, 24, 52):
        if len(points) < 4 * length:
            continue
        mean = _running_mean(points, length)
        share, pattern = _season(points - mean, length)
        if share > best:
            best, flat = share, points - pattern
        if (points > 0).all():
            share, pattern = _season(points / mean - 1, length)
            if share > best:
                best, flat = share, points / (1 + pattern)
    return flat


def _season(rest: Array, length: int) -> tuple[float, Array]:
    """How much a repeating pattern explains, less its mere size, and the pattern."""
    pattern = _pattern(rest, length)
    left, whole = float(np.var(rest - pattern)), float(np.var(rest))
    freedom = (len(rest) - 1) / max(len(rest) - length, 1)
    return (1 - freedom * left / whole if whole > 0 else 0.0), np.maximum(pattern, -0.9)


def _pattern(rest: Array, length: int) -> Array:
    places = np.arange(len(rest)) % length
    middles = np.array([np.median(rest[places == place]) for place in range(length)])
    return (middles - middles.mean())[places]


def _running_mean(points: Array, length: int) -> Array:
    width = length + 1
    weights = np.ones(width)
    weights[[0, -1]] = 0.5
    padded = np.pad(points, width // 2, mode="edge")
    return np.convolve(padded, weights / weights.sum(), "valid")[: len(points)]


def _binned(points: Array, width: int) -> Array:
    if width == 1:
        return points
    whole = len(points) // width * width
    return points[:whole].reshape(-1, width).mean(axis=1)


def _cuts(points: Array) -> list[int]:
    """The cuts whose pieces, constant or straight, describe the points in the least space."""
    best: tuple[float, list[int]] = min(
        (_length(_bent(points, bend), [], bend + 1), []) for bend in BENDS
    )
    for costs, numbers in ((_constant, 1), (_straight, 2)):
        matrix = costs(points)
        for cuts in _best_cuts(matrix):
            rest = _rest(points, cuts, numbers)
            best = min(best, (_length(rest, cuts, numbers), cuts))
    return best[1]


def _bent(points: Array, degree: int) -> Array:
    """What one smooth curve leaves unexplained."""
    places = np.linspace(-1, 1, len(points))
    return points - np.polynomial.Chebyshev.fit(places, points, degree)(places)


def _length(rest: Array, cuts: list[int], numbers: int) -> float:
    """The description length of a cut sequence, up to a constant."""
    count = len(rest)
    before, after = rest[:-1], rest[1:]
    carried = float(before @ after) / max(float(before @ before), 1e-12)
    carried = min(max(carried, 0.0), 0.999)
    fresh = float(np.mean((after - carried * before) ** 2))
    floor = (1e-4) ** 2
    pieces = len(cuts) + 1
    ends = [0, *cuts, count]
    space = sum(numbers / 2 * np.log(b - a) for a, b in pairwise(ends))
    space += np.log(max(pieces - 1, 1)) + pieces * np.log(count)
    return count / 2 * float(np.log(fresh + floor)) + PRICE * float(space)


def _rest(points: Array, cuts: list[int], numbers: int) -> Array:
    """What the pieces leave unexplained."""
    rest = points.copy()
    for first, last in zip([0, *cuts], [*cuts, len(points)], strict=True):
        piece = points[first:last]
        rest[first:last] -= piece.mean()
        if numbers == 2:
            days = np.arange(len(piece)) - (len(piece) - 1) / 2
            rest[first:last] -= days * (days @ piece) / max(float(days @ days), 1e-12)
    return rest


def _best_cuts(costs: Array) -> list[list[int]]:
    """The best cuts into 1, 2, 3 … pieces, where ``costs[a, b]`` is that of points a to b-1."""
    count = len(costs) - 1
    best = costs[0].copy()
    sources: list[Array] = []
    every: list[list[int]] = [[]]
    for _ in range(min(MOST_PIECES, count // SHORTEST) - 1):
        sums = best[:, None] + costs
        source = np.argmin(sums, axis=0)
        best = sums[source, np.arange(count + 1)]
        sources.append(source)
        if not np.isfinite(best[count]):
            break
        every.append(_traced(sources, count))
    return every


def _traced(sources: list[Array], count: int) -> list[int]:
    cuts, at = [], count
    for source in reversed(sources):
        at = int(source[at])
        cuts.append(at)
    return cuts[::-1]


def _constant(points: Array) -> Array:
    """For every stretch the squared distance from its mean; infinite where it is too short."""
    lengths, sums, squares, _ = _stretch_sums(points)
    return _allowed(squares - sums**2 / lengths)


def _straight(points: Array) -> Array:
    """For every stretch the squared distance from its straight line."""
    lengths, sums, squares, products = _stretch_sums(points)
    starts = np.arange(len(points) + 1)[:, None]
    across = products - starts * sums - sums * (lengths - 1) / 2
    wide = np.maximum(lengths * (lengths**2 - 1) / 12, 1e-12)
    return _allowed(squares - sums**2 / lengths - across**2 / wide)


def _stretch_sums(points: Array) -> tuple[Array, Array, Array, Array]:
    """For every start and end: length, sum, squares, and products with the place."""
    places = np.arange(len(points) + 1)
    lengths = np.maximum(places[None, :] - places[:, None], 1).astype(float)
    running = [
        np.concatenate(([0.0], np.cumsum(row))) for row in (points, points**2, points * places[:-1])
    ]
    sums, squares, products = (row[None, :] - row[:, None] for row in running)
    return lengths, sums, squares, products


def _allowed(costs: Array) -> Array:
    places = np.arange(len(costs))
    short = places[None, :] - places[:, None] < SHORTEST
    return np.where(short, np.inf, np.maximum(costs, 0.0))


def _sharpened(points: Array, cuts: list[int], width: int) -> list[int]:
    """Each cut moved to the point near it that leaves the least unexplained."""
    if width == 1:
        return cuts
    sharp: list[int] = []
    for at, cut in enumerate(cuts):
        first = sharp[-1] if sharp else 0
        last = cuts[at + 1] if at + 1 < len(cuts) else len(points)
        near = range(max(first + SHORTEST, cut - width), min(last - SHORTEST, cut + width) + 1)
        sharp.append(min(near, key=lambda day: _unexplained(points[first:last], day - first)))
    return sharp


def _unexplained(points: Array, cut: int) -> float:
    rest = _rest(points, [cut], 2)
    return float(rest @ rest)
