"""What was cleaned in the days spoken of, before anything was reckoned."""

from __future__ import annotations

from datetime import date, timedelta

from metrics_insight.dossier import Dossier
from metrics_insight.engine.cleaning import Item
from metrics_insight.finding import Slip
from metrics_insight.model import ONE_DAY, Span


def find(dossier: Dossier) -> tuple[Slip, ...]:
    """Every slip that touches the days spoken of; catching up goes with its standstill."""
    first = dossier.analysis.first
    slips = (_slip(dossier, item, first) for item in dossier.analysis.cleaned if first)
    return tuple(slip for slip in slips if slip.kind != "catch-up" and _touches(slip, dossier.told))


def _slip(dossier: Dossier, item: Item, first: date) -> Slip:
    span = Span(first + timedelta(days=item.first), first + timedelta(days=item.last))
    around = Span(span.first - ONE_DAY, span.last + ONE_DAY)
    logged = (event for event in dossier.events if event.date in around)
    events = tuple(event for event in logged if not event.is_counting_change)
    return Slip(dossier.series.metric, item.kind, span, item.amount, events)


def _touches(slip: Slip, told: Span) -> bool:
    return slip.span.first <= told.last and told.first <= slip.span.last
