"""Whether replies, clicks or gifts kept pace with the main number across a day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from math import fsum

from metrics_insight.dossier import Dossier
from metrics_insight.engine.relationships import Relationship
from metrics_insight.finding import Finding, Interval, KeptPace
from metrics_insight.model import ONE_DAY, Series, Span

TENTH = 0.1


def find(dossier: Dossier) -> tuple[Finding, ...]:
    """Each companion per unit of the main number, before a day against after it.

    The day between them is that of the largest change, else four weeks before the last
    reading; nothing is said where it does not lie in the days spoken of.
    """
    held = zip(dossier.companions, dossier.analysis.relationships, strict=False)
    kept = (_kept(dossier, companion, one) for companion, one in held if _is_counted(companion))
    told = kept if _is_counted(dossier) else ()
    return tuple(one for one in told if one.day in dossier.told)


def _is_counted(dossier: Dossier) -> bool:
    """Whether so many of it can be held against so many others: of an index there are none."""
    return dossier.series.metric.form != "level"


def _kept(dossier: Dossier, companion: Dossier, held: Relationship) -> KeptPace:
    ratio = None
    if held.ratio is not None and held.low is not None and held.high is not None:
        ratio = Interval(held.ratio, held.low, held.high)
    day = (dossier.analysis.first or date.min) + max(held.pivot, 0) * ONE_DAY
    span = held.span * ONE_DAY
    return KeptPace(
        metric=dossier.series.metric,
        companion=companion.series.metric,
        before=held.before,
        after=held.after,
        ratio=ratio,
        claimed=held.claimed,
        day=day,
        grew=ratio is not None and _grew(dossier.series, day, span),
        rose=ratio is not None and _grew(_by_day(companion.series), day, span, by=TENTH),
        days=held.span,
    )


def _grew(series: Series, day: date, span: timedelta, *, by: float = 0) -> bool:
    """Whether the days from a day stand above as many before it, by more than a share."""
    before = Span(day - span, day - ONE_DAY)
    return _mean(series, Span(day, day + span - ONE_DAY)) > (1 + by) * _mean(series, before)


def _by_day(series: Series) -> Series:
    """A flow as it is; of a running total its gain a day from each reading to the next."""
    if series.metric.kind == "flow":
        return series
    steps = [
        (b.day, (b.value - a.value) / (b.day - a.day).days) for a, b in pairwise(series.points)
    ]
    return Series(series.metric, tuple(day for day, _ in steps), tuple(gain for _, gain in steps))


def _mean(series: Series, days: Span) -> float:
    values = [point.value for point in series.within(days).points]
    return fsum(values) / len(values) if values else 0.0
