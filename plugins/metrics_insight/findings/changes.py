"""Spikes, jumps and lasting changes in the days spoken of, with the events that coincide.

`change_points` is the same search on a plain sequence of numbers.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from metrics_insight.dossier import Dossier
from metrics_insight.engine.changes import Change, change_points
from metrics_insight.engine.effects import SEPARATE
from metrics_insight.finding import ChangeFound
from metrics_insight.findings import effects
from metrics_insight.model import ONE_DAY, Event, Span

__all__ = ["change_points", "find"]

MIXED = "cannot separate"
STAYED_AFTER = timedelta(days=28)


def find(dossier: Dossier) -> tuple[ChangeFound, ...]:
    """Every claimed change that may have begun in the days spoken of, in order of time."""
    found = (_found(dossier, change) for change in dossier.analysis.changes)
    told = [one for one in found if _meets(one.began, dossier.told)]
    for at, one in enumerate(told):  # an event is told with the first change it began with
        before = {id(moved.event) for earlier in told[:at] for moved in earlier.moved}
        kept = tuple(moved for moved in one.moved if id(moved.event) not in before)
        told[at] = replace(one, moved=kept)
    return tuple(told)


def _found(dossier: Dossier, change: Change) -> ChangeFound:
    first = dossier.analysis.first or date.min
    began = Span(first + timedelta(days=change.earliest), first + timedelta(days=change.latest))
    events = dossier.analysis.events
    explained = [events[index] for index in dossier.analysis.explained_by(change)]
    near = [event for event in events if _is_near(event, began) and event not in explained]
    low, high = change.interval or (None, None)
    moved = effects.find(dossier)
    return ChangeFound(
        metric=dossier.series.metric,
        kind=change.kind,
        began=began,
        before=change.before,
        after=change.after,
        low=low,
        high=high,
        explained=tuple(dict.fromkeys(event.title for event in explained)),
        near=tuple(dict.fromkeys(event.title for event in near)),
        stayed=_stayed(dossier, change, first),
        moved=tuple(one for one in moved if any(one.event is event for event in explained)),
        together=bool(near) and all(_is_mixed(dossier, event) for event in near),
    )


def _is_mixed(dossier: Dossier, event: Event) -> bool:
    """Whether an event is told as one of some that cannot be told apart."""
    mixed = [other.date for other, verdict in dossier.judged if verdict.verdict == MIXED]
    told = any(event is other for other, _ in dossier.judged)
    return told and any(abs(event.date - day) <= SEPARATE * ONE_DAY for day in mixed)


def _is_near(event: Event, began: Span) -> bool:
    around = Span(began.first - SEPARATE * ONE_DAY, began.last + SEPARATE * ONE_DAY)
    return event.date in around and not event.is_counting_change


def _stayed(dossier: Dossier, change: Change, first: date) -> bool | None:
    """Whether most of the extra of a burst in a stock was there four weeks after it ended."""
    if dossier.series.metric.kind != "stock" or change.kind == "rate":
        return None
    values = {point.day: point.value for point in dossier.series.points}
    eve, last = (first + timedelta(days=day) for day in (change.day - 1, change.last))
    later = last + STAYED_AFTER
    if any(day not in values for day in (eve, last, later)):
        return None
    extra = values[last] - values[eve] - change.before * (last - eve).days
    since = values[later] - values[last] - change.before * STAYED_AFTER.days
    return abs(extra + since) > abs(extra) / 2 and (extra + since) * extra > 0


def _meets(one: Span, other: Span) -> bool:
    return one.first <= other.last and other.first <= one.last
