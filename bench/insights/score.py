"""What of a report is right: each case's tallies, and shares with their 95 % interval.

Two choices are ours and favour nobody by design; other judges may choose otherwise. A quiet
series is wrong if any event is said to have moved it or anything stands in `changes`, further
than a week from what spoiled the log. A window is asked about only if the 28 (84) days before
it and its own days hold nothing planted and nothing spoiled.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from bench.insights.simulate import Case, Logged, Plant
from metrics_insight import Event, Series

FIRST = date(2020, 1, 1)
SEEN = ("moved", "cannot separate")
HISTORY = {7: 28, 28: 84}
GRACE = 7
"""A claim so many days from what spoiled the log is about that."""
LEFT_BEHIND = 28
"""For so many days after a plant no other event can be asked about."""

Told = Mapping[str, Any]
Mark = tuple[str, bool]
Tally = dict[str, tuple[int, int]]
"""For each figure of one case: how often it was right, of how many times."""


@dataclass(frozen=True)
class Figure:
    """A share with its 95 % interval and what it was counted on."""

    share: float
    low: float
    high: float
    count: int


def asked(case: Case) -> tuple[Series, list[Event]]:
    """A case as the engine takes it."""
    rows = [*case.log.twice, *enumerate(case.log.values.tolist())]
    days = [FIRST + timedelta(days=day) for day, _ in rows]
    series = Series.of(days, [value for _, value in rows], kind=case.kind, name="made.up")
    events = [
        Event(
            FIRST + timedelta(days=event.day),
            f"event {number}",
            "counting" if event.role == "counting" else "",
        )
        for number, event in enumerate(case.events)
    ]
    return series, events


def judge(case: Case, told: Told) -> Tally:
    """How often what was told of a case is right."""
    if case.log.rhythm != "daily":
        marks = [(f"seldom {name}", right) for name, right in _seldom(case, told)]
    else:
        marks = [*_windows(case, told), *_claims(case, told)]
    counts = Counter(name for name, _ in marks)
    right = Counter(name for name, fine in marks if fine)
    return {name: (right[name], counts[name]) for name in counts}


def figure(tallies: Sequence[Tally], name: str) -> Figure | None:
    """The share over all cases, with the interval that drawing the cases anew gives.

    Whole series are drawn, as the windows of one series hang together. Where every case is
    right, or every case wrong, drawing anew says nothing: then it is Wilson's interval.
    """
    pairs = np.array([tally[name] for tally in tallies if name in tally], float)
    if not len(pairs):
        return None
    right, count = pairs.sum(axis=0)
    if right in (0, count):
        return share(int(right), int(count))
    draws = np.random.default_rng(1).integers(0, len(pairs), (1000, len(pairs)))
    sums = pairs[draws].sum(axis=1)
    low, high = np.percentile(sums[:, 0] / sums[:, 1], [2.5, 97.5])
    return Figure(float(right / count), float(low), float(high), int(count))


def share(right: int, count: int) -> Figure:
    """A share of single things with Wilson's interval."""
    part, z = right / count, 1.96
    middle = (part + z * z / (2 * count)) / (1 + z * z / count)
    reach = z * np.sqrt(part * (1 - part) / count + z * z / (4 * count**2)) / (1 + z * z / count)
    return Figure(part, float(max(middle - reach, 0)), float(min(middle + reach, 1)), count)


def _claims(case: Case, told: Told) -> Iterator[Mark]:
    if case.planted == "none":
        yield from _quiet(case, told)
    elif case.planted == "close pair":
        yield from _close_pair(case, told)
    elif case.planted == "dip":
        yield from (("dip " + name, right) for name, right in _changed(case, told))
    else:
        yield from _changed(case, told)


def _pairs(case: Case, told: Told) -> list[tuple[Logged, Told]]:
    return list(zip(case.events, told["events"], strict=True))


def _windows(case: Case, told: Told) -> Iterator[Mark]:
    """Whether clean windows have an interval, and whether the truth lies in it."""
    spoiled = np.zeros(len(case.log.values), bool)
    for artefact in case.log.artefacts:
        spoiled[artefact.first : artefact.last + 1] = True
    for logged, event in _pairs(case, told):
        if logged.role == "counting":
            continue
        if case.planted == "near pair" and logged.role == "true":
            yield from _near_windows(case, event, logged, spoiled)
            continue
        others = _planted(case, but=logged.day if logged.role == "true" else -1)
        for length, history in HISTORY.items():
            first, end = logged.day - history, logged.day + length
            dirty = (spoiled | others)[max(first, 0) : end].any()
            before = _planted(case)[max(first, 0) : logged.day].any()
            if first >= 0 and end <= len(spoiled) and not dirty and not before:
                yield from _window(case, event, logged, length)


def _near_windows(case: Case, event: Told, logged: Logged, spoiled: Any) -> Iterator[Mark]:
    """Of two true events within four weeks: whether what is told of one is its own alone."""
    own = next(at for at, plant in enumerate(case.plants) if plant.day == logged.day)
    for effect in event["effects"]:
        days, end = effect["days"], logged.day + effect["days"]
        if effect["low"] is not None and not spoiled[logged.day - HISTORY[days] : end].any():
            truth = float(case.parts[own][logged.day : end].sum())
            inside = effect["low"] <= truth <= effect["high"]
            yield f"coverage {days}", inside
            yield f"near coverage {days}", inside


def _planted(case: Case, but: int = -1) -> Any:
    """The days on which a plant is at work, without the one that began on ``but``."""
    mask = np.zeros(len(case.log.values), bool)
    for plant in case.plants:
        if plant.day != but:
            mask[plant.day : plant.day + LEFT_BEHIND] = True
    return mask


def _window(case: Case, event: Told, logged: Logged, length: int) -> Iterator[Mark]:
    effect = next((e for e in event["effects"] if e["days"] == length), None)
    given = effect is not None and effect["low"] is not None
    yield f"given {length}", given
    if effect is None or not given:
        return
    lasting = any(plant.shape == "rate" for plant in case.plants)
    counted = logged.role == "true" or not lasting
    truth = float(case.extra[logged.day : logged.day + length].sum()) if counted else 0.0
    inside = effect["low"] <= truth <= effect["high"]
    if logged.role == "true" and case.planted == "dip":
        yield f"coverage of dips {length}", inside
        return
    yield f"coverage {length}", inside
    for name, value in _strata(case).items():
        yield f"stratum {length} {name} {value}", inside


def _strata(case: Case) -> dict[str, str]:
    traits = case.traits
    edges = ((1, "under 1"), (5, "1 to 5"), (20, "5 to 20"), (60, "20 to 60"), (1e9, "over 60"))
    return {
        "rate": next(name for edge, name in edges if traits.rate < edge),
        "noise": f"{traits.noise:g}",
        "autocorrelation": f"{traits.together:g}",
        "growth": traits.growth,
        "tails": "heavy" if traits.tails else "plain",
        "season": f"{traits.season:g}",
        "kind": case.kind,
    }


def _quiet(case: Case, told: Told) -> Iterator[Mark]:
    moved = any(
        event["verdict"] == "moved" and not _spoiled(case, logged.day, logged.day + 27)
        for logged, event in _pairs(case, told)
    )
    changed = any(not _spoiled(case, *_span(change)) for change in told["changes"])
    yield "false event", moved
    yield "false change", changed
    yield "false", moved or changed
    tails = "heavy" if case.traits.tails else "plain"
    yield f"false, {tails} tails", moved or changed


def _changed(case: Case, told: Told) -> Iterator[Mark]:
    pairs = _pairs(case, told)
    for logged, event in pairs:
        if event["verdict"] == "moved":
            yield "attribution", logged.role == "true"
    for plant in case.plants:
        size = "8" if plant.size >= 8 else "4" if plant.size >= 4 else "under 4"
        verdicts = [e["verdict"] for logged, e in pairs if _is_of(logged, plant)]
        seen = any(verdict in SEEN for verdict in verdicts)
        near = any(_near(plant.day, change) for change in told["changes"])
        yield f"recall {size}", seen or near
        if verdicts:
            yield f"recorded {size}", seen
        yield from _told_to_last(plant, pairs)
        if plant.shape == "rate" and plant.size >= 4:
            yield from _dated(plant, told)


def _told_to_last(plant: Plant, pairs: Sequence[tuple[Logged, Told]]) -> Iterator[Mark]:
    """Whether what passed, or what stayed, is said to have lasted."""
    for logged, event in pairs:
        if _is_of(logged, plant) and event["verdict"] == "moved":
            name = "rightly lasting" if plant.shape == "rate" else "wrongly lasting"
            yield name, event.get("lasting") is True


def _is_of(logged: Logged, plant: Plant) -> bool:
    return logged.role == "true" and logged.day == plant.day


def _dated(plant: Plant, told: Told) -> Iterator[Mark]:
    rates = [change for change in told["changes"] if change["kind"] == "rate"]
    rates = [change for change in rates if abs(_index(change["date"]) - plant.day) <= 30]
    yield "shift", bool(rates)
    if rates:
        yield "dated", min(abs(_index(change["date"]) - plant.day) for change in rates) <= 3
        spans = [_span(change) for change in rates]
        yield "day inside", any(first <= plant.day <= last for first, last in spans)


def _close_pair(case: Case, told: Told) -> Iterator[Mark]:
    """Two true events within a week, both logged: named, and attributed to neither."""
    verdicts = [event["verdict"] for logged, event in _pairs(case, told) if logged.role == "true"]
    if len(verdicts) == 2 and any(verdict in SEEN for verdict in verdicts):
        yield "neither", "moved" not in verdicts


def _seldom(case: Case, told: Told) -> Iterator[Mark]:
    """Readings days apart: the interval of readings that holds an event is what is asked."""
    if case.planted == "none":
        moved = any(event["verdict"] == "moved" for event in told["events"])
        yield "false", moved or any(not _spoiled(case, *_span(c)) for c in told["changes"])
    readings = np.array(case.log.readings)
    lasting = any(plant.shape == "rate" for plant in case.plants)
    for logged, event in _pairs(case, told):
        at = int(np.searchsorted(readings, logged.day))
        if not 0 < at < len(readings) or logged.role == "counting":
            continue
        first, last = int(readings[at - 1]) + 1, int(readings[at])
        effect = next((e for e in event["effects"] if e["days"] == last - first + 1), None)
        after = any(plant.day < first for plant in case.plants) and lasting
        if effect is not None and effect["low"] is not None and not after:
            truth = float(case.extra[first : last + 1].sum())
            yield "coverage", effect["low"] <= truth <= effect["high"]


def _spoiled(case: Case, first: int, last: int) -> bool:
    return any(
        artefact.first - GRACE <= last and first <= artefact.last + GRACE
        for artefact in case.log.artefacts
        if artefact.kind != "gap"
    )


def _span(change: Told) -> tuple[int, int]:
    return _index(change["earliest"]), _index(change["latest"])


def _near(day: int, change: Told) -> bool:
    first, last = _span(change)
    return first - GRACE <= day <= last + GRACE


def _index(day: str) -> int:
    return (date.fromisoformat(day) - FIRST).days
