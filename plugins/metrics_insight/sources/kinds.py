"""Whether a column is a running total or so many a day, guessed where the author did not say."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from metrics_insight.model import Kind

_TOTALS = ("follower", "subscriber", "member", "fan", "total", "stars", "balance")
_COUNTS = (
    "view",
    "visit",
    "click",
    "repl",
    "share",
    "like",
    "download",
    "gift",
    "passenger",
    "sale",
)


def guess(name: str, values: Sequence[float]) -> Kind:
    """The likely kind: by the column's name, else by whether its values hardly ever fall.

    A total that people leave falls now and then, so one step down in ten is allowed, and
    a total stands far above what one step adds.
    """
    word = name.lower()
    if any(total in word for total in _TOTALS):
        return "stock"
    if any(count in word for count in _COUNTS):
        return "flow"
    return "stock" if _keeps_rising(values) else "flow"


def _keeps_rising(values: Sequence[float]) -> bool:
    steps = [later - earlier for earlier, later in pairwise(values)]
    if len(steps) < 5:
        return False
    falls = sum(step < 0 for step in steps)
    largest_step = max(abs(step) for step in steps)
    return 10 * falls <= len(steps) and abs(values[-1]) > 2 * largest_step
