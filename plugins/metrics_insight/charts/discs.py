"""The numbered marks of a chart to look into: one disc a day, in lanes above the line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from metrics_insight.charts.marks import NEAR
from metrics_insight.insight import Chart, Mark

LANE = 24
MOST_LANES = 3
_NARROW = 280  # pixels between the ends of the time axis on a small phone
_APART = 4


@dataclass(frozen=True)
class Disc:
    """One or more marks under one number, "3" or "3–5", in a lane counted from the line up.

    One that is ``joined`` hangs together with the one before it: too close to tell apart.
    """

    marks: tuple[Mark, ...]
    lane: int
    joined: bool = False

    @property
    def day(self) -> date:
        """Where it stands: the day of the first of them."""
        return self.marks[0].day

    @property
    def moved(self) -> bool:
        """Whether the number moved with one of them."""
        return any(mark.moved for mark in self.marks)

    @property
    def tested(self) -> bool:
        """Whether one of them could be tested at all."""
        return any(mark.tested for mark in self.marks)

    @property
    def last(self) -> date:
        """The day of the last of them."""
        return self.marks[-1].day

    @property
    def label(self) -> str:
        """The number, or the first and the last."""
        numbers = [mark.number for mark in self.marks]
        least, most = min(numbers), max(numbers)
        return str(least) if least == most else f"{least}–{most}"


def placed(chart: Chart) -> tuple[Disc, ...]:
    """The marks of a chart by their days, none touching another on a small phone.

    Those of one day share a disc, and so do neighbours where all three lanes are taken: who
    looks closer reads all their titles.
    """
    pixels = _NARROW / max(1, chart.span.days - 1)
    ends = [float("-inf")] * MOST_LANES
    discs: list[Disc] = []
    for mark in sorted(chart.marks, key=lambda mark: (mark.day, mark.number)):
        x = (mark.day - chart.span.first).days * pixels
        lane = next((n for n, end in enumerate(ends) if end + _APART <= x - _half(1)), None)
        if discs and (lane is None or discs[-1].day == mark.day):
            discs[-1] = replace(discs[-1], marks=(*discs[-1].marks, mark))
        else:
            is_near = bool(discs) and (mark.day - discs[-1].last).days <= NEAR
            discs.append(Disc((mark,), lane or 0, is_near))
        first = (discs[-1].day - chart.span.first).days * pixels
        ends[discs[-1].lane] = first + _half(len(discs[-1].label))
    return tuple(discs)


def lanes(discs: Sequence[Disc]) -> int:
    """How many lanes are in use."""
    return 1 + max((disc.lane for disc in discs), default=-1)


def _half(letters: int) -> float:
    """Half the width of a disc with a label of so many letters."""
    return max(10, 4.2 * letters)
