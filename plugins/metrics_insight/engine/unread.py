"""Long gaps: their days are one reading, and what changed there is dated to all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from metrics_insight.engine import expected
from metrics_insight.engine.baseline import Baseline
from metrics_insight.engine.change import Change
from metrics_insight.engine.cleaning import Unread

FALSE_JUMPS = 0.001
SEVERAL = 3
"""What a reading gained in more days than these cannot be parted between them."""
CALM = 28
"""So many counted days must lie on each side of a gap for its own gain to be judged."""


def after(series: Baseline, day: int) -> int:
    """The first day after a gap that holds ``day`` or ends on its eve, else ``day``."""
    return next((gap.last + 1 for gap in series.cleaned.unread if _holds(gap, day)), day)


def before(series: Baseline, day: int) -> int:
    """How many days of a long gap lie directly before ``day``."""
    return next((gap.days for gap in series.cleaned.unread if gap.last + 1 == day), 0)


def ends(series: Baseline, first: int, last: int) -> list[int]:
    """The days directly after long gaps, from ``first`` to the one before ``last``."""
    return [gap.last + 1 for gap in series.cleaned.unread if first <= gap.last + 1 < last]


def meets(series: Baseline, first: int, last: int) -> bool:
    """Whether any of these days lies in a long gap."""
    return any(gap.first <= last and first <= gap.last for gap in series.cleaned.unread)


def cuts(series: Baseline, first: int, last: int) -> bool:
    """Whether the days from ``first`` to ``last`` begin or end inside a gap of several days."""
    wide = [gap for gap in series.cleaned.shared if gap[1] - gap[0] >= SEVERAL]
    return any(a < edge <= b for a, b in wide for edge in (first, last + 1))


def widened(series: Baseline, changes: Iterable[Change]) -> list[Change]:
    """Changes with all days on which they may have begun: those of a gap are not told apart."""
    long = [(gap.first, gap.last + 1) for gap in series.cleaned.unread]
    gaps = [*long, *series.cleaned.shared]
    return [_over(gaps, change) for change in changes]


def _over(gaps: list[tuple[int, int]], change: Change) -> Change:
    for first, last in gaps:
        if change.earliest <= last and first <= change.latest:
            earliest, latest = min(change.earliest, first), max(change.latest, last)
            change = replace(change, earliest=earliest, latest=latest)
    return change


def jumps(series: Baseline, shifts: list[int]) -> list[Change]:
    """What was gained in long gaps of a stock, where neither side's pace explains it."""
    counted = [gap for gap in series.cleaned.unread if np.isfinite(gap.gained)]
    counted = [gap for gap in counted if not series.told[gap.last]]
    starts = expected.starts_of(series.days, [*shifts, *series.cleaned.breaks])
    found = (_jump(series, starts, gap, FALSE_JUMPS / len(counted)) for gap in counted)
    return [change for change in found if change]


def _jump(series: Baseline, starts: np.ndarray, gap: Unread, allowed: float) -> Change | None:
    replayed = expected.replay(series, starts, gap.days)
    factors = series.totals[1]
    weeks = float(factors[gap.last + 1] - factors[gap.first])
    paces = _paces(series, starts, gap)
    if not paces or gap.first >= len(replayed.level) or replayed.history[gap.first] < CALM:
        return None
    nearest = min((pace * weeks for pace in paces), key=lambda usual: abs(gap.gained - usual))
    if min(paces) * weeks < gap.gained < max(paces) * weeks:
        return None
    extra = gap.gained - nearest
    told = expected.held(series, replayed, gap.first, (extra, nearest))
    if told is None or told.chance >= allowed:
        return None
    usual, pace = nearest / gap.days, gap.gained / gap.days
    low, high = (extra - told.reach) / gap.days, (extra + told.reach) / gap.days
    return Change("spike", gap.last, gap.first, gap.last, gap.last, usual, pace, low, high)


def _paces(series: Baseline, starts: np.ndarray, gap: Unread) -> list[float]:
    """The calm gain a day before a gap and, where it has been seen, after it."""
    calm, known, _, _ = series.sums
    end = min(gap.last + 1 + CALM, series.days)
    spans = [(max(int(starts[gap.first]), gap.first - 2 * CALM), gap.first), (gap.last + 1, end)]
    return [
        float((calm[last] - calm[first]) / (known[last] - known[first]))
        for first, last in spans
        if known[last] - known[first] >= CALM / 2
    ]


def _holds(gap: Unread, day: int) -> bool:
    return gap.first <= day <= gap.last + 1
