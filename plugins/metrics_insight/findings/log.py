"""How much the log holds for the window; whether an event moved the number is not tested here."""

from __future__ import annotations

from metrics_insight.finding import EventsRecorded, Finding
from metrics_insight.model import Dossier


def find(dossier: Dossier) -> tuple[Finding, ...]:
    """The number of events in the window, zero included; changes in counting are not among them."""
    inside = [e for e in dossier.events if e.date in dossier.window and not e.is_counting_change]
    return (EventsRecorded(dossier.series.metric, dossier.window, len(inside)),)
