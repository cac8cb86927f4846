"""What an event moved: the effect over the shortest window that is claimed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from metrics_insight.dossier import Dossier
from metrics_insight.engine.effects import Effect, Verdict
from metrics_insight.finding import EventMoved, Interval
from metrics_insight.model import Event, Span


def find(dossier: Dossier) -> tuple[EventMoved, ...]:
    """Every event of the days spoken of with which the number moved, in order of time."""
    return tuple(sorted(_moved(dossier), key=lambda found: found.event.date))


def days_of(dossier: Dossier, effect: Effect) -> int:
    """Over how many days an effect is spread to be told: of a level all, else it is a sum."""
    return effect.days if dossier.series.metric.form == "level" else 1


def _moved(dossier: Dossier) -> Iterator[EventMoved]:
    for event, verdict in dossier.judged:
        if verdict.verdict == "moved" and not event.is_counting_change:
            yield _found(dossier, event, verdict)


def _found(dossier: Dossier, event: Event, verdict: Verdict) -> EventMoved:
    effect = next((one for one in verdict.effects if one.claimed), verdict.effects[0])
    days = days_of(dossier, effect)
    return EventMoved(
        metric=dossier.series.metric,
        event=event,
        days=effect.days,
        expected=effect.expected / days,
        difference=Interval(effect.extra / days, effect.low / days, effect.high / days),
        lasting=verdict.lasting,
        readings=_readings(dossier, verdict),
    )


def _readings(dossier: Dossier, verdict: Verdict) -> Span | None:
    """The two readings around an event, None where it was tested day by day."""
    change, first = verdict.change, dossier.analysis.first
    if dossier.analysis.is_daily or change is None or first is None:
        return None
    days = (timedelta(days=day) for day in (change.earliest - 1, change.latest))
    return Span(*(first + day for day in days))
