"""The six real series of the demo blog: what is said of their events, and placebo coverage.

A placebo is a day on which nothing is recorded: asked about as if it were an event, its
interval should hold 0 nineteen times of twenty. The truth is less sure than in a made-up log,
since what nobody recorded may have happened all the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from statistics import median

from bench.insights.score import Figure, share
from metrics_insight import Event, Series
from metrics_insight.engine.analysis import analyse
from metrics_insight.sources import events as event_log
from metrics_insight.sources import tables

DATA = Path(__file__).parents[2] / "content" / "data"
NAMES = ("peyton", "taxi", "trevornoah", "docker", "oprah", "suggested_list")
AWAY = 28
"""A placebo keeps so many days from every recorded event."""
EVERY = 3


@dataclass(frozen=True)
class Told:
    """What is said of one event: its verdict and what its week (or interval) gained."""

    series: str
    date: str
    title: str
    verdict: str
    extra: str


def load(name: str) -> tuple[Series, list[Event]]:
    """A series by its file, and the events recorded for it."""
    series = tables.read(DATA / f"{name}.csv", f"{name}.csv").series[0]
    log = event_log.read(DATA / "events.csv", "events.csv")
    return series, list(log.events_of(series.metric))


def verdicts(name: str) -> Iterator[Told]:
    """What is said of each recorded event of a series."""
    series, events = load(name)
    for event in analyse(series, events).as_dict()["events"]:
        effects = [
            f"{e['extra']:,.0f} ({e['low']:,.0f} to {e['high']:,.0f}) in {e['days']} days"
            for e in event["effects"][:1]
        ]
        yield Told(name, event["date"], event["title"], event["verdict"], "".join(effects))


def placebo(name: str) -> dict[int, Figure]:
    """Coverage by the days of a window, 0 for the interval between two readings."""
    series, events = load(name)
    points = series.points
    daily = len(points) > 2 and median((b.day - a.day).days for a, b in pairwise(points)) <= 1
    every = range(AWAY + 1, (points[-1].day - points[0].day).days, EVERY)
    days = [points[0].day + timedelta(days=day) for day in every]
    days = days if daily else [point.day for point in points[1:-1]]
    counting = [event for event in events if event.is_counting_change]
    calm = [
        day for day in days if all(abs((day - recorded.date).days) > AWAY for recorded in events)
    ]
    hits: dict[int, list[bool]] = defaultdict(list)
    for day in calm:
        told = analyse(series, [Event(day, "placebo"), *counting]).as_dict()["events"][0]
        for effect in told["effects"]:
            if effect["low"] is not None:
                hits[effect["days"] if daily else 0].append(effect["low"] <= 0 <= effect["high"])
    return {length: share(sum(hit), len(hit)) for length, hit in hits.items()}
