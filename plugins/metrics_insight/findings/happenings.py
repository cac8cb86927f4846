"""The verdict on every event of the days spoken of: moved, no visible effect, or why neither."""

from __future__ import annotations

from metrics_insight.dossier import Dossier
from metrics_insight.engine.effects import SEPARATE, Verdict
from metrics_insight.finding import (
    EventMoved,
    EventsSilent,
    EventsTogether,
    EventsUntested,
    Finding,
    Interval,
    NoEvents,
)
from metrics_insight.model import Event

UNTESTED = ("began before", "too little history", "across a counting change", "not calm")

Judged = tuple[Event, Verdict]


def find(dossier: Dossier) -> tuple[Finding, ...]:
    """Events that moved the number first, then those that cannot be told apart, then the quiet."""
    judged = [pair for pair in dossier.judged if not pair[0].is_counting_change]
    metric = dossier.series.metric
    if not judged:
        return (NoEvents(metric),) if dossier.has_log else ()
    moved = [_moved(dossier, pair) for pair in _having(judged, "moved")]
    mixed = _events(_having(judged, "cannot separate"))
    together = [
        EventsTogether(metric, cluster)
        for cluster in _clusters([event for event, _ in judged])
        if set(cluster) & set(mixed)
    ]
    silent = _having(judged, "no visible effect")
    smallest = tuple(v.smallest_visible for _, v in silent if v.smallest_visible is not None)
    told = {event for finding in together for event in finding.events}
    quiet = [EventsSilent(metric, _events(silent), smallest)] if silent else []
    untested = [
        EventsUntested(metric, _events(pairs), verdict)
        for verdict in UNTESTED
        if (pairs := [pair for pair in _having(judged, verdict) if pair[0] not in told])
    ]
    return (*moved, *together, *quiet, *untested)


def _moved(dossier: Dossier, pair: Judged) -> EventMoved:
    """The effect over the shortest window that is claimed."""
    event, verdict = pair
    effect = next((one for one in verdict.effects if one.claimed), verdict.effects[0])
    difference = Interval(effect.extra, effect.low, effect.high)
    metric = dossier.series.metric
    return EventMoved(metric, event, effect.days, effect.expected, difference, verdict.lasting)


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
