"""Everything that may be said of one series and its events: the pipeline of the engine.

Series ──► cleaning ──► expected ──► changes ──► effects of events ──► relationships
              └─ irregular ──► paces between readings ──┘                    │
                                                                          Analysis
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from statistics import median

import numpy as np

from metrics_insight.engine import (
    baseline,
    cleaning,
    effects,
    expected,
    paces,
    readings,
    relationships,
    twice,
)
from metrics_insight.engine import changes as shifts
from metrics_insight.engine.answer import Analysis, Usual
from metrics_insight.engine.change import SEASON, Change, overlap
from metrics_insight.engine.cleaning import Array, Item
from metrics_insight.engine.effects import Happening, Verdict
from metrics_insight.engine.relationships import Relationship
from metrics_insight.model import Event, Series

LARGEST = 1e100
"""No count of anything is larger: such a value is a typing error."""
MOST_ROUNDS = 3
"""How often what was found may make the rest of the series calmer, and so tell more."""
MOSTLY_READ = 0.5
"""A stock is read day by day where so many days are, of all and of its later half."""
MOST_DAYS = 4_000_000
"""No calendar has more: a daily grid always fits."""


def analyse(
    series: Series, events: Sequence[Event] = (), companions: Sequence[Series] = ()
) -> Analysis:
    """What changed in a series, when, by how much, and which of the events coincides.

    ``events`` keep their order: each has its verdict at its own place. An event whose kind is
    ``counting`` breaks the series instead of being tested.
    """
    series, companions = twice.settled(series), [twice.settled(other) for other in companions]
    points = [point for point in series.points if abs(point.value) < LARGEST]
    if not points:
        return _empty(series, events)
    first = points[0].day
    happenings = _happenings(events, first)
    breaks = tuple(sorted({h.day for h in happenings if h.breaks}))
    days = np.array([(point.day - first).days for point in points])
    values = np.array([point.value for point in points], dtype=float)
    daily = _is_daily(days, values, series.metric.kind)
    family = _daily if daily else _irregular
    ground, usual, found, verdicts = family(days, values, series.metric.kind, breaks, happenings)
    items = ground.cleaned.items if isinstance(ground, baseline.Baseline) else ground.items
    claimed = tuple(change for change in found if change.is_claimed)
    pivot = _pivot(claimed, verdicts, int(days[-1]) + 1)
    held = _held(series, companions, pivot, (first, points[-1].day))
    return Analysis(
        metric=series.metric.column,
        kind=series.metric.kind,
        rows=len(series.days),
        first=first,
        last=points[-1].day,
        gaps=_gaps(series, days, first),
        cleaned=_cleaned([*_absurd(series, first), *items], _duplicates(series, first)),
        usual=usual,
        changes=claimed,
        events=tuple(events),
        verdicts=verdicts,
        relationships=held,
        is_daily=daily,
        ground=ground,
        seasons=tuple(change for change in found if change.kind == SEASON),
    )


def _absurd(series: Series, first: date) -> Iterator[Item]:
    for day, value in ((point.day, point.value) for point in series.points):
        if abs(value) >= LARGEST:
            yield Item("typo", (day - first).days, (day - first).days, value)


Ground = baseline.Baseline | paces.Paces
Found = tuple[Ground, Usual | None, tuple[Change, ...], tuple[Verdict, ...]]


def _daily(
    days: Array, values: Array, kind: str, breaks: tuple[int, ...], events: Sequence[Happening]
) -> Found:
    grid = np.full(int(days[-1]) + 1, np.nan)
    grid[days] = values
    inside = tuple(day for day in breaks if 0 < day < len(grid))
    cleaned = cleaning.clean(grid, kind, inside)
    series = baseline.baseline(cleaned)
    found, verdicts = _judged(series, events)
    for _ in range(MOST_ROUNDS):
        told = [change for change in found if not change.stays]
        spans = [(change.day, max(change.last, change.day + 6)) for change in told]
        calmer = baseline.telling(series, spans)
        if bool((calmer.told <= series.told).all()):
            break
        series = calmer
        found, verdicts = _judged(series, events, told)
    return series, _usual(series, found), found, verdicts


def _judged(
    series: baseline.Baseline, events: Sequence[Happening], told: Sequence[Change] = ()
) -> tuple[tuple[Change, ...], tuple[Verdict, ...]]:
    """What changed and what each event did; ``told`` are changes already known."""
    hints = [event.day for event in events if _lacks_window(series, event)]
    found = tuple(told) + shifts.find(series, hints)
    verdicts = effects.judge(series, events, found)
    return _with_moved(found, verdicts), verdicts


def _lacks_window(series: baseline.Baseline, event: Happening) -> bool:
    """Whether an event inside the series has no week after it to be tested on."""
    return not event.breaks and series.days - effects.WINDOWS[0] < event.day < series.days


def _irregular(
    days: Array, values: Array, kind: str, breaks: tuple[int, ...], events: Sequence[Happening]
) -> Found:
    series = paces.paces(*_turning(days, values, kind), kind, breaks)
    found = readings.find(series)
    verdicts = readings.judge(series, events, found)
    return series, None, _with_moved(found, verdicts), verdicts


def _is_daily(days: Array, values: Array, kind: str) -> bool:
    if len(days) < 3 or days[-1] > MOST_DAYS or median(np.diff(days).tolist()) > 1:
        return False
    lately = days[days >= days[-1] / 2]
    if kind == "stock" and min(_read_share(days), _read_share(lately)) < MOSTLY_READ:
        return False
    return not _comes_in_batches(days, values, kind)


def _read_share(days: Array) -> float:
    """How many of the days have a reading, long gaps aside."""
    short = np.diff(days)[np.diff(days) <= cleaning.LONG]
    return len(short) / float(short.sum()) if len(short) else 1.0


def _comes_in_batches(days: Array, values: Array, kind: str) -> bool:
    """Whether a daily log only moves every few days though much is gained: a weekly count."""
    if kind != "stock" or len(values) < 28:
        return False
    moved = np.flatnonzero(np.diff(values))
    if len(moved) < 8:
        return False
    if _weekday(days, values) is not None:
        return True
    still = 1 - len(moved) / (len(values) - 1)
    usual = abs(values[-1] - values[0]) / len(values)
    unit = cleaning.step_unit(values)
    return still > 0.6 and usual >= 2 * unit and bool(np.median(np.diff(moved)) >= 3)


def _weekday(days: Array, values: Array) -> int | None:
    """The day of the week on which alone the log moves, None where there is no such day."""
    moved = days[1:][np.diff(values) != 0] % 7
    often = np.bincount(moved, minlength=7)
    return int(np.argmax(often)) if often.max() > 0.9 * len(moved) else None


def _turning(days: Array, values: Array, kind: str) -> tuple[Array, Array]:
    """The readings; of a daily log that moves in batches, those on which it moved."""
    if len(days) < 3 or np.median(np.diff(days)) > 1 or not _comes_in_batches(days, values, kind):
        return days, values
    kept = np.append(True, np.diff(values) != 0)
    weekday = _weekday(days, values)
    if weekday is not None:
        kept |= days % 7 == weekday
        kept[0] = days[0] % 7 == weekday
    return days[kept], values[kept]


def _happenings(events: Sequence[Event], first: date) -> tuple[Happening, ...]:
    return tuple(
        Happening(index, (event.date - first).days, event.title, event.is_counting_change)
        for index, event in enumerate(events)
    )


def _with_moved(found: tuple[Change, ...], verdicts: Sequence[Verdict]) -> tuple[Change, ...]:
    """All changes, dated to the event they began with, and those only an event's test shows."""
    changes = list(found)
    for verdict in verdicts:
        if verdict.change is None:
            continue
        same = [c for c in changes if c.kind != SEASON and overlap(verdict.change, c)]
        changes += [] if same else [verdict.change]
        if same and same[0].earliest <= verdict.change.day <= same[0].latest:
            changes[changes.index(same[0])] = replace(same[0], day=verdict.change.day)
    return tuple(sorted(set(changes), key=lambda change: (change.day, change.kind)))


def _usual(series: baseline.Baseline, found: Sequence[Change]) -> Usual | None:
    """What a day usually gains at the end of the series, with the range of calm weeks."""
    starts = expected.starts_of(series.days, [c.day for c in found if c.stays])
    level, rests = expected.levels(series, np.array([series.days]), starts[-1:])
    if rests[0] < 28:
        return None
    weeks = expected.replay(series, starts, 7)
    misses = weeks.errors[np.isfinite(weeks.errors)]
    if len(misses) < 28:
        return None
    reach = 1.96 * float(np.sqrt(np.mean(misses**2))) * float(weeks.noise[-1]) / 7
    per_day = float(level[0])
    return Usual(per_day, per_day - reach, per_day + reach, int(rests[0]))


def _held(
    series: Series, companions: Sequence[Series], pivot: int, span: tuple[date, date]
) -> tuple[Relationship, ...]:
    """Each companion held against the series, before and after the day ``pivot``."""
    length = (span[1] - span[0]).days + 1
    main = _levels_by_day(series, span[0], length)
    return tuple(
        relationships.hold(
            other.metric.column,
            _flow_by_day(other, span[0], length),
            series.metric.column,
            main,
            pivot=pivot,
            tests=len(companions),
        )
        for other in companions
    )


def _pivot(found: Sequence[Change], verdicts: Sequence[Verdict], length: int) -> int:
    """The day of the largest change, else of the first event that moved the number."""
    largest = sorted(found, key=lambda change: -abs(change.after - change.before))
    moved = [verdict.change for verdict in verdicts if verdict.verdict == "moved"]
    days = [change.day for change in [*largest, *moved] if change]
    return relationships.pivot_of(days, length)


def _levels_by_day(series: Series, first: date, length: int) -> Array:
    grid = np.full(length, np.nan)
    for point in series.points:
        at = (point.day - first).days
        if 0 <= at < length and abs(point.value) < LARGEST:
            grid[at] = point.value
    return grid


def _flow_by_day(series: Series, first: date, length: int) -> Array:
    grid = _levels_by_day(series, first, length)
    return grid if series.metric.kind == "flow" else cleaning.clean(grid, "stock").gains


def _gaps(series: Series, days: Array, first: date) -> tuple[tuple[int, int], ...]:
    """Runs of missing days in a daily log; in an irregular one, readings left empty."""
    if len(days) > 2 and median(np.diff(days).tolist()) <= 1:
        return tuple((int(a) + 1, int(b) - 1) for a, b in pairwise(days) if b - a > 1)
    empty = [day for day, value in zip(series.days, series.values, strict=True) if value is None]
    return tuple(((day - first).days, (day - first).days) for day in empty)


def _duplicates(series: Series, first: date) -> list[Item]:
    days = [((day - first).days, by) for day, by in series.repeated]
    return [Item("duplicate", day, day, by) for day, by in days]


def _cleaned(items: list[Item], duplicates: list[Item]) -> tuple[Item, ...]:
    """All that was cleaned, in order of time; a day whose values both are wrong stands once."""
    wrong = {day for item in items if item.kind == "typo" for day in (item.first, item.last)}
    twice_read = [item for item in duplicates if item.first not in wrong]
    return tuple(sorted([*items, *twice_read], key=lambda item: item.first))


def _empty(series: Series, events: Sequence[Event]) -> Analysis:
    silent = tuple(Verdict(index, "too little history") for index in range(len(events)))
    return Analysis(
        series.metric.column, series.metric.kind, len(series.days), None, None,
        (), (), None, (), tuple(events), silent, (),
    )  # fmt: skip
