"""The verdict on every event of the days spoken of: moved, no visible effect, or why neither."""

from __future__ import annotations

from collections.abc import Iterator

from metrics_insight.dossier import Dossier
from metrics_insight.engine.effects import SEPARATE, WINDOWS, Verdict
from metrics_insight.finding import (
    EventsSilent,
    EventsTogether,
    EventsUntested,
    Finding,
    NoEvents,
)
from metrics_insight.findings import changes, effects
from metrics_insight.findings import slips as slip_finder
from metrics_insight.model import Event

UNTESTED = ("began before", "too little history", "across a counting change", "not calm")

Judged = tuple[Event, Verdict]


def find(dossier: Dossier) -> tuple[Finding, ...]:
    """Events that moved the number first, then those that cannot be told apart, then the quiet.

    Those with which a change began are told with the change.
    """
    tested = (pair for pair in dossier.judged if not pair[0].is_counting_change)
    judged = sorted(tested, key=lambda pair: (pair[0].date, pair[1].index))
    metric = dossier.series.metric
    if not judged:
        return (NoEvents(metric),) if dossier.has_log else ()
    with_a_change = {id(one.event) for found in changes.find(dossier) for one in found.moved}
    moved = [one for one in effects.find(dossier) if id(one.event) not in with_a_change]
    mixed = _events(_having(judged, "cannot separate"))
    clusters = [one for one in _clusters([e for e, _ in judged]) if set(one) & set(mixed)]
    told = {event for cluster in clusters for event in cluster}
    together = [EventsTogether(metric, cluster) for cluster in clusters]
    untested = [
        EventsUntested(metric, _events(pairs), verdict)
        for verdict in UNTESTED
        if (pairs := [pair for pair in _having(judged, verdict) if pair[0] not in told])
    ]
    return (*moved, *together, *_quiet(dossier, judged), *untested)


def _quiet(dossier: Dossier, judged: list[Judged]) -> Iterator[EventsSilent]:
    """Those without a visible effect; apart from the others those beside a slip, taken out."""
    slips = {event for slip in slip_finder.find(dossier) for event in slip.events}
    silent = _having(judged, "no visible effect")
    for beside_slip in (True, False):
        pairs = [pair for pair in silent if (pair[0] in slips) == beside_slip]
        if pairs:
            yield _silent(dossier, pairs, beside_slip=beside_slip)


def _silent(dossier: Dossier, pairs: list[Judged], *, beside_slip: bool) -> EventsSilent:
    tried = [verdict.effects[0] for _, verdict in pairs if verdict.effects]
    shares = [v.smallest_visible for _, v in pairs if v.smallest_visible is not None]
    lows = [one.low / effects.days_of(dossier, one) for one in tried]
    highs = [one.high / effects.days_of(dossier, one) for one in tried]
    return EventsSilent(
        metric=dossier.series.metric,
        events=_events(pairs),
        smallest=tuple(shares) if len(shares) == len(pairs) else (),
        between=(min(lows), max(highs)) if tried else None,
        days=WINDOWS[0] if dossier.analysis.is_daily else None,
        beside_slip=beside_slip,
    )


def _having(judged: list[Judged], word: str) -> list[Judged]:
    return [pair for pair in judged if pair[1].verdict == word]


def _events(pairs: list[Judged]) -> tuple[Event, ...]:
    return tuple(event for event, _ in pairs)


def _clusters(events: list[Event]) -> list[tuple[Event, ...]]:
    """Events in order of time, cut where more than 7 days lie between two."""
    clusters: list[list[Event]] = []
    for event in sorted(events, key=lambda event: (event.date, event.title)):
        if not clusters or (event.date - clusters[-1][-1].date).days > SEPARATE:
            clusters.append([])
        clusters[-1].append(event)
    return [tuple(cluster) for cluster in clusters]
