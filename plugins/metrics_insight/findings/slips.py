"""What was cleaned in the days spoken of, before anything was reckoned."""

from __future__ import annotations

from datetime import date, timedelta

from metrics_insight.dossier import Dossier
from metrics_insight.engine.cleaning import Item
from metrics_insight.finding import Slip
from metrics_insight.model import ONE_DAY, Event, Span

MOST_TOLD = 3
"""More slips of one kind are told as one, with how many they are."""


def find(dossier: Dossier) -> tuple[Slip, ...]:
    """Every slip that touches the days spoken of; catching up goes with its standstill."""
    items = [item for item in dossier.analysis.cleaned if item.kind != "catch-up"]
    told = [(item, span) for item, span in _dated(dossier, items) if _touches(span, dossier.told)]
    found: list[Slip] = []
    for kind in dict.fromkeys(item.kind for item, _ in told):
        alike = [(item, span) for item, span in told if item.kind == kind]
        if len(alike) > MOST_TOLD:
            found.append(_many(dossier, alike))
        else:
            found += [_slip(dossier, item, span) for item, span in alike]
    return tuple(sorted(found, key=lambda slip: slip.span))


def _dated(dossier: Dossier, items: list[Item]) -> list[tuple[Item, Span]]:
    first = dossier.analysis.first or date.min
    return [
        (item, Span(first + timedelta(days=item.first), first + timedelta(days=item.last)))
        for item in items
    ]


def _slip(dossier: Dossier, item: Item, span: Span) -> Slip:
    return Slip(dossier.series.metric, item.kind, span, item.amount, _logged(dossier, [span]))


def _many(dossier: Dossier, alike: list[tuple[Item, Span]]) -> Slip:
    spans = [span for _, span in alike]
    whole = Span(min(span.first for span in spans), max(span.last for span in spans))
    amount = sum(item.amount for item, _ in alike)
    events = _logged(dossier, spans)
    return Slip(dossier.series.metric, alike[0][0].kind, whole, amount, events, len(alike))


def _logged(dossier: Dossier, spans: list[Span]) -> tuple[Event, ...]:
    """The events within a day of any of these spans."""
    logged = [event for event in dossier.events if not event.is_counting_change]
    return tuple(event for event in logged if any(_is_near(event, span) for span in spans))


def _is_near(event: Event, span: Span) -> bool:
    return span.first - ONE_DAY <= event.date <= span.last + ONE_DAY


def _touches(span: Span, told: Span) -> bool:
    return span.first <= told.last and told.first <= span.last
