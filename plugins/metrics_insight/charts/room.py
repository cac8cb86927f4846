"""What is taken on the paper: boxes of words and discs, and the columns a line runs through."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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
            for column, high, low in _pieces(way):
                held = self._columns.get(column)
                if held is None:
                    self._columns[column] = (high, low)
                elif high < held[0] or low > held[1]:
                    self._columns[column] = (min(high, held[0]), max(low, held[1]))

    def highest(self, left: float, right: float) -> float | None:
        """The smallest height that a line reaches between two edges, None where there is none."""
        held = self._columns
        found = [held[n][0] for n in range(int(left), int(right) + 1) if n in held]
        return min(found) if found else None

    def crosses(self, box: Box) -> bool:
        """Whether a line runs through a box."""
        found = (self._columns.get(n) for n in range(int(box.left), int(box.right) + 1))
        return any(one and one[1] > box.top and one[0] < box.bottom for one in found)


def _pieces(way: Way) -> list[tuple[int, float, float]]:
    """A way, to the right or to the left, cut into columns, with the heights it has in each."""
    found: list[tuple[int, float, float]] = []
    x1, y1 = way[0]
    first, high, low = int(x1), y1, y1
    for x2, y2 in way[1:]:
        last = int(x2)
        if first != last:
            slope, start, edge = (y2 - y1) / (x2 - x1), y1, int(last > first)
            for column in range(first, last, 1 if edge else -1):
                y = start + slope * (column + edge - x1)
                # min() and max() would cost more than all the rest
                found.append((column, y if y < high else high, y if y > low else low))  # noqa: FURB136
                high = low = y
            first = last
        high, low = (y2, low) if y2 < high else (high, y2) if y2 > low else (high, low)
        x1, y1 = x2, y2
    return [*found, (first, high, low)]
