"""A change that is claimed: what every search for changes finds, and every reader is told."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

SEASON = "season"
"""The kind of a lasting change that comes every year: known, and never claimed."""


@dataclass(frozen=True)
class Change:
    """A change of the rate: its kind, its first day with the days it may have been, its last.

    ``before`` and ``after`` are gains a day; ``low`` to ``high`` is the 95 % interval of what
    a day gained more (or less) than before.
    """

    kind: str
    day: int
    earliest: int
    latest: int
    last: int
    before: float
    after: float
    low: float
    high: float

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval, None where it is not finite or would not exclude no change."""
        finite = isfinite(self.low) and isfinite(self.high)
        return (self.low, self.high) if finite and self.low * self.high > 0 else None

    @property
    def stays(self) -> bool:
        """Whether the days after it are compared with each other only."""
        return self.kind in ("rate", SEASON)

    @property
    def is_claimed(self) -> bool:
        """Whether it may be told: it does not come every year, and its interval excludes 0."""
        return self.kind != SEASON and self.interval is not None


def overlap(one: Change, other: Change) -> bool:
    """Whether two changes may have begun on the same day."""
    return one.earliest <= other.latest and other.earliest <= one.latest
