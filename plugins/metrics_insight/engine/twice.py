"""Days with two values: which of the two is read."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from datetime import date
from itertools import pairwise
from statistics import median

import numpy as np

from metrics_insight.engine.cleaning import TYPO, noise_of, step_unit
from metrics_insight.model import Point, Series

AROUND = 7
"""So many readings on each side say what would fit."""


def settled(series: Series) -> Series:
    """The series with the earlier of two values where the later does not fit the days around.

    The later one is kept as long as it may be right: a day is often read before it is over.
    """
    if not series.repeated:
        return series
    repeated = dict(series.repeated)
    known = [point for point in series.points if point.day not in repeated]
    days = [point.day for point in known]
    values = dict(zip(series.days, series.values, strict=True))
    for day, step in series.repeated:
        at = bisect_left(days, day)
        near = known[max(at - AROUND, 0) : at + AROUND]
        later = values[day]
        if (
            later is not None
            and len(near) > 3
            and _is_wild(series, near, day, (later - step, later))
        ):
            values[day] = later - step
    return replace(series, values=tuple(values[day] for day in series.days))


def _is_wild(series: Series, near: list[Point], day: date, both: tuple[float, float]) -> bool:
    """Whether the later of two values is far from what fits, and the earlier nearer to it."""
    usual = np.array([point.value for point in near])
    unit = step_unit(usual)
    if series.metric.kind == "flow":
        fits, reach = float(np.median(usual)), noise_of(usual, unit)
    else:
        fits = _on_the_way(near, day)
        reach = noise_of(np.diff(usual), unit)
    earlier, later = (abs(value - fits) for value in both)
    return later > TYPO * reach and earlier < later


def _on_the_way(near: list[Point], day: date) -> float:
    """What a running total had on a day, by the readings around it and their usual pace."""
    paces = [(b.value - a.value) / (b.day - a.day).days for a, b in pairwise(near)]
    nearest = min(near, key=lambda point: abs((point.day - day).days))
    return nearest.value + median(paces) * (day - nearest.day).days
