"""Everything measured, as plain values: what docs/calibration.json holds."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import timedelta
from statistics import median
from typing import Any

import numpy as np

from bench.insights import annotated, peers, real, simulate
from bench.insights.score import FIRST, Figure, Tally, asked, figure, judge
from bench.insights.simulate import Case
from metrics_insight import Event, Series, analyse
from metrics_insight.engine import analysis as engine
from metrics_insight.findings.changes import change_points

ROWS = (
    ("coverage 7", "Coverage of the 95 % interval, 7 days", ".93 to .98", ".94 to .97"),
    ("coverage 28", "Coverage of the 95 % interval, 28 days", ".93 to .98", ".94 to .97"),
    ("false", "Quiet series with any false claim", ".05", ".03"),
    ("false event", "… an event said to have moved it", "", ""),
    ("false change", "… an entry in `changes`", "", ""),
    ("false, plain tails", "… of those with plain tails", "", ""),
    ("false, heavy tails", "… of those with heavy tails", "", ""),
    ("given 7", "Clean windows with an interval, 7 days", ".80", ".95"),
    ("given 28", "Clean windows with an interval, 28 days", ".80", ".95"),
    ("attribution", "Attribution: claimed events that are the true one", ".85", ".93"),
    ("recall 8", "Recall, size 8 and over", ".85", ".95"),
    ("recall 4", "Recall, size 4 to 8", ".60", ".75"),
    ("recall under 4", "Recall, size 2 to 4", "", ""),
    ("recorded 8", "… of recorded events, size 8 and over", "", ""),
    ("recorded 4", "… of recorded events, size 4 to 8", "", ""),
    ("dated", "Lasting shift dated within 3 days", ".80", ".95"),
    ("shift", "Lasting shift found, size 4 and over", "", ""),
    ("day inside", "True day inside earliest to latest", "", ""),
    ("neither", "Two true events within a week attributed to neither", "", ""),
    ("near coverage 7", "Two true events 8 to 27 days apart: coverage, 7 days", "", ""),
    ("near coverage 28", "… coverage, 28 days, where told", "", ""),
    ("wrongly lasting", "Passing effects told as lasting", "", ""),
    ("rightly lasting", "Lasting effects told as lasting", "", ""),
    ("dip recall 8", "One-day fall found, size 8 and over", "", ""),
    ("dip recall 4", "One-day fall found, size 4 to 8", "", ""),
    ("coverage of dips 7", "Coverage at one-day falls, 7 days", "", ""),
    ("seldom coverage", "Readings days apart: coverage of one interval", "", ""),
    ("seldom false", "Readings days apart: quiet series with a false claim", "", ""),
)
SPEEDS = ((540, 8, 50, 10), (3650, 100, 500, 100))
SEQUENCES = range(5000, 5320)


def measure(first: int, count: int, peer_cases: int) -> dict[str, Any]:
    """All figures of one block of seeds, the real series, and the peers."""
    drawn = list(cases(first, count))
    tallies = [judge(case, engine.analyse(*asked(case)).as_dict()) for case in drawn]
    return {
        "seeds": [first, first + count - 1],
        "series": _counts(drawn),
        "figures": list(_figures(tallies)),
        "strata": list(_strata(tallies)),
        "speed": [_speed(*each) for each in SPEEDS],
        "change_points": _change_points(),
        "placebo": list(_placebo()),
        "verdicts": [asdict(told) for name in real.NAMES for told in real.verdicts(name)],
        "peers": [asdict(peer) for peer in peers.ask_all(drawn[:peer_cases])],
    }


def cases(first: int, count: int) -> Iterator[Case]:
    """Quiet and changed cases by turns, all from the seeds ``first`` on.

    Of sixteen changed ones four hold each of spike, rate and jump, one a dip, one a pair six
    weeks apart, one a close pair and one a near pair.
    """
    turns = ("spike", "rate", "jump", "spike", "rate", "jump", "", "")
    last = (("dip", "close pair"), ("near pair", "pair"))
    for seed in range(first, first + count):
        turn = (seed - first) // 2
        quiet = (seed - first) % 2 == 0
        yield simulate.make(
            seed, "none" if quiet else turns[turn % 8] or last[turn // 8 % 2][turn % 2]
        )


def _counts(drawn: Sequence[Case]) -> dict[str, int]:
    quiet = sum(case.planted == "none" for case in drawn)
    seldom = sum(case.log.rhythm != "daily" for case in drawn)
    return {"quiet": quiet, "changed": len(drawn) - quiet, "read seldom": seldom}


def _figures(tallies: Sequence[Tally]) -> Iterator[dict[str, Any]]:
    for name, label, floor, goal in ROWS:
        found = figure(tallies, name)
        if found:
            yield {"name": name, "label": label, **_rounded(found), "floor": floor, "goal": goal}


def _strata(tallies: Sequence[Tally]) -> Iterator[dict[str, Any]]:
    names = sorted({name for tally in tallies for name in tally if name.startswith("stratum")})
    for name in names:
        found = figure(tallies, name)
        if found:
            _, days, label = name.split(" ", 2)
            yield {"days": int(days), "stratum": label, **_rounded(found)}


def _speed(days: int, events: int, floor: int, goal: int) -> dict[str, Any]:
    spent = round(speed(days, events), 1)
    return {"days": days, "events": events, "milliseconds": spent, "floor": floor, "goal": goal}


def speed(days: int, events: int) -> float:
    """The median milliseconds of one analysis of so many days and events, each series another."""
    times = []
    for number in range(8):
        chance = np.random.default_rng([days, number])
        values = np.cumsum(chance.poisson(40, days)) + 1000.0
        where = [FIRST + timedelta(days=day) for day in range(days)]
        series = Series.of(where, values.tolist(), name="made.up")
        logged = [Event(where[int(day)], "e") for day in chance.integers(100, days - 40, events)]
        start = time.perf_counter()
        analyse(series, logged).as_dict()
        times.append(time.perf_counter() - start)
    return 1e3 * median(times[1:])


def _change_points() -> dict[str, Any]:
    scores: dict[str, list[tuple[float, float]]] = {}
    for seed in SEQUENCES:
        kind, values, cuts = annotated.draw(seed)
        found = change_points(values.tolist())
        covering = annotated.covering(cuts, found, len(values))
        scores.setdefault(kind, []).append((annotated.f1(cuts, found), covering))
    kinds = {kind: [round(float(n), 3) for n in np.mean(v, axis=0)] for kind, v in scores.items()}
    f1, covering = np.mean(list(kinds.values()), axis=0)
    return {
        "sequences": len(SEQUENCES),
        "f1": round(float(f1), 3),
        "covering": round(float(covering), 3),
        "kinds": kinds,
    }


def _placebo() -> Iterator[dict[str, Any]]:
    for name in real.NAMES:
        for days, found in sorted(real.placebo(name).items()):
            yield {"series": name, "days": days, **_rounded(found)}


def _rounded(found: Figure) -> dict[str, Any]:
    shares = {key: round(getattr(found, key), 3) for key in ("share", "low", "high")}
    return {**shares, "count": found.count}
