"""How much the log holds for the window; whether an event moved the number is not tested here."""

from __future__ import annotations

from metrics_insight.finding import EventsRecorded, Finding
from metrics_insight.model import Dossier


def find(dossier: Dossier) -> tuple[Finding, ...]:
    """The number of events in the window, zero included; changes in counting are not among them."""
    happened = [event for event in dossier.inside if not event.is_counting_change]
    return (EventsRecorded(dossier.series.metric, dossier.window, len(happened)),)
