"""What became of a reading: its check held against the data, by the data's own last day."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

from metrics_insight.claim import Check, Outcome, Quote
from metrics_insight.errors import Fault
from metrics_insight.model import Dataset, Metric, Point, Request, Series
from metrics_insight.standing import Standing, Trial
from mistakes import did_you_mean

CLOSE = 7
"""So many days may lie between a check's day and the last reading before it."""


def stand(request: Request, dataset: Dataset, metric: Metric, said: date) -> Standing:
    """Where the card on ``metric`` stands whose author spoke on the day ``said``.

    The names in its check must be known.
    """
    check, verdict = request.check, request.verdict
    if check is None:
        return Standing(verdict=verdict, retired=metric.retired)
    found = [dataset.named(name)[0] for name in check.names]
    tested = _tested(check, found, dataset, said) if is_due(check, found, dataset) else None
    metrics = [series.metric for series in found]
    return Standing(check, metrics[0], [*metrics, None][1], tested, verdict, metric.retired)


def is_due(check: Check, series: Sequence[Series], dataset: Dataset) -> bool:
    """Whether the data know the check's day: its own metrics reach it, or all else is past it.

    A metric that is no longer counted would never reach it; so the check is due, too, when other
    readings lie later than any that could still count.
    """
    if all(_last(one) >= check.day for one in series):
        return True
    patience = timedelta(days=max(map(closeness, series)))
    return max(map(_last, dataset.series)) > check.day + patience


def closeness(series: Series) -> int:
    """How many days old a reading may be: 7, of irregular readings the usual gap if that is more.

    The usual gap is the median of the days between two readings.
    """
    if series.is_daily:
        return CLOSE
    gaps = [(later.day - earlier.day).days for earlier, later in pairwise(series.points)]
    return max(CLOSE, math.ceil(median(gaps)))


def refuse(check: Check, series: Series, line: int) -> None:
    """Raise `Fault` for a check that can never be told: its first day lies before the data."""
    first = series.points[0].day
    if check.since is not None and check.since < first:
        wrong = f"the check looks back to {check.since}, and {series.metric.name} begins later"
        raise Fault(wrong, f"name a day from {first} on", line)


def refuse_unknown(asked: Quote, known: Iterable[tuple[str, str]]) -> None:
    """Raise `Fault` unless the card is among the ``known``: pairs of a post's slug and an id."""
    pairs = set(known)
    if (asked.slug, asked.id) in pairs:
        return
    of_post = {f"{slug}#{name}" for slug, name in pairs if slug == asked.slug}
    right = did_you_mean(asked.written, of_post or {f"{slug}#{name}" for slug, name in pairs})
    raise Fault(f'no post has the card "{asked.written}"', right, asked.line)


def _last(series: Series) -> date:
    return series.points[-1].day if series.points else date.min


def _tested(check: Check, series: Sequence[Series], dataset: Dataset, said: date) -> Trial:
    """What the check found on its day."""
    days = [check.day, *([check.since] if check.since else [])]
    rows: list[tuple[Point, ...]] = []
    for day in days:
        row = tuple(found for one in series if (found := _reading(one, day)))
        if len(row) < len(series):
            return Trial("cannot tell", why="no reading", day=day)
        rows.append(row)
    since = min(point.day for point in rows[1]) if check.since else said
    changed = _counting_changes(series, dataset, since, check.day)
    if changed:
        return Trial("cannot tell", why="counting", day=min(changed))
    levels = [_level(row) for row in rows]
    value = _compared(levels) if check.since else levels[0]
    if value is None:
        row = rows[0] if levels[0] is None else rows[-1]
        return Trial("cannot tell", None, rows[0], (*rows, ())[1], "zero", row[-1].day)
    return Trial(_outcome(check, value), value, rows[0], (*rows, ())[1])


def _counting_changes(
    series: Sequence[Series], dataset: Dataset, since: date, until: date
) -> list[date]:
    """The days after ``since`` on which one of the series began to be counted otherwise."""
    events = (event for one in series for event in dataset.events_of(one.metric))
    return [one.date for one in events if one.is_counting_change and since < one.date <= until]


def _level(row: Sequence[Point]) -> float | None:
    """The value of a reading, or of one divided by the other; None where that is nothing."""
    if len(row) == 1:
        return row[0].value
    return row[0].value / row[1].value if row[1].value > 0 else None


def _compared(levels: Sequence[float | None]) -> float | None:
    """The change from the second level to the first as a share of the second."""
    now, then = levels
    if now is None or then is None or then <= 0:
        return None
    share = now / then - 1
    return share if math.isfinite(share) else None


def _outcome(check: Check, value: float) -> Outcome:
    """True means that the reading did not hold up; a rounding of the machine decides nothing."""
    if math.isclose(value, check.limit, rel_tol=1e-12, abs_tol=1e-12):
        return "held up"
    return "did not hold up" if (value < check.limit) == check.is_below else "held up"


def _reading(series: Series, day: date) -> Point | None:
    """The last reading on or before a day, None where it is too old to count for it."""
    found = series.last_on_or_before(day)
    near = found is not None and (day - found.day).days <= closeness(series)
    return found if near else None
