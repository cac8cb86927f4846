"""What is taken on the paper: boxes of words and discs, and the columns a line runs through."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

Place = tuple[float, float]
Way = Sequence[Place]


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels; ``top`` is the smaller height."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: Box, apart: float = 0.0) -> bool:
        """Whether the two lie less than ``apart`` pixels from each other."""
        return (
            self.left < other.right + apart
            and other.left < self.right + apart
            and self.top < other.bottom + apart
            and other.top < self.bottom + apart
        )


class Skyline:
    """The highest and the lowest place of some lines in each column of one pixel."""

    def __init__(self, ways: Iterable[Way]) -> None:
        self._columns: dict[int, Place] = {}
        for way in ways:
            for start, end in pairwise(way) if len(way) > 1 else [(way[0], way[0])]:
                self._add(start, end)

    def highest(self, left: float, right: float) -> float | None:
        """The smallest height that a line reaches between two edges, None where there is none."""
        held = self._columns
        found = [held[n][0] for n in range(int(left), int(right) + 1) if n in held]
        return min(found) if found else None

    def crosses(self, box: Box) -> bool:
        """Whether a line runs through a box."""
        found = (self._columns.get(n) for n in range(int(box.left), int(box.right) + 1))
        return any(one and one[1] > box.top and one[0] < box.bottom for one in found)

    def _add(self, start: Place, end: Place) -> None:
        (x1, y1), (x2, y2) = start, end
        first, last = int(x1), int(x2)
        if first == last:
            self._cover(first, y1, y2)
            return
        slope = (y2 - y1) / (x2 - x1)
        edge, y = first + 1, y1
        for column in range(first, last + 1):
            after = y2 if column == last else y1 + slope * (edge - x1)
            self._cover(column, y, after)
            edge, y = edge + 1, after

    def _cover(self, column: int, one: float, other: float) -> None:
        high, low = (one, other) if one < other else (other, one)
        held = self._columns.get(column)
        if held:
            high, low = min(high, held[0]), max(low, held[1])
        self._columns[column] = (high, low)
