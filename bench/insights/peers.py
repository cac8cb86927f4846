"""How known tools do on the same cases: intervals, false claims, milliseconds an event.

Only those that are installed are asked; none is needed at run time. All get the daily gains
with gaps filled by straight lines, and each event's own day as their one hint. Each is asked
as its manual's first example asks it, with its defaults; someone who tunes one to audience
numbers will do better with it.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from bench.insights.score import asked
from bench.insights.simulate import Case, Logged
from metrics_insight.engine.analysis import analyse
from metrics_insight.engine.cleaning import Array, clean

WINDOW = 7
HISTORY = 84
Interval = tuple[float, float]
"""What a window of a week gained more, from and to, with 95 %."""
Ask = Callable[[Case, int], Interval | None]


@dataclass(frozen=True)
class Asked:
    """How one tool did: shares of events and of quiet series, milliseconds an event."""

    name: str
    coverage: float | None
    events: int
    false: float | None
    quiet: int
    milliseconds: float | None
    remark: str = ""


def ask_all(cases: Sequence[Case]) -> Iterator[Asked]:
    """All tools on the same cases, ours first."""
    daily = [case for case in cases if case.log.rhythm == "daily"]
    for name, ask in PEERS.items():
        try:
            yield _ask(name, ask, daily)
        except ImportError:
            yield Asked(name, None, 0, None, 0, None, "not installed")
    try:
        yield _cut(daily)
    except ImportError:
        yield Asked("ruptures PELT", None, 0, None, 0, None, "not installed")


def _ask(name: str, ask: Ask, cases: Sequence[Case]) -> Asked:
    inside, claims, times = [], [], []
    for case in cases:
        claimed = False
        for place, event in enumerate(case.events):
            if not _is_fair(case, event):
                continue
            start = time.perf_counter()
            interval = ask(case, place)
            times.append(time.perf_counter() - start)
            if interval is None:
                continue
            low, high = interval
            truth = float(case.extra[event.day : event.day + WINDOW].sum())
            inside.append(low <= truth <= high)
            claimed |= not low <= 0 <= high
        if case.planted == "none":
            claims.append(claimed)
    cover, wrong = float(np.mean(inside)), float(np.mean(claims))
    return Asked(name, cover, len(inside), wrong, len(claims), 1e3 * median(times))


def _is_fair(case: Case, event: Logged) -> bool:
    """Whether an event has its history and no other plant or artefact near."""
    spoiled = [day for artefact in case.log.artefacts for day in (artefact.first, artefact.last)]
    others = [plant.day for plant in case.plants if plant.day != event.day]
    near = any(event.day - HISTORY <= day < event.day + WINDOW for day in [*spoiled, *others])
    lasting = any(day < event.day for day in others)
    inside = HISTORY <= event.day <= len(case.log.values) - WINDOW
    return inside and not near and not lasting and event.role != "counting"


def ours(case: Case, place: int) -> Interval | None:
    """The interval of the engine; the whole card is analysed, as it is in a post."""
    effects = analyse(*asked(case)).as_dict()["events"][place]["effects"]
    week = next((effect for effect in effects if effect["days"] == WINDOW), None)
    return (week["low"], week["high"]) if week else None


def components(case: Case, place: int) -> Interval:
    """A local level with a week, fitted before the event, forecast over the week after."""
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    gains, day = _gains(case), case.events[place].day
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = UnobservedComponents(gains[:day], "llevel", seasonal=7)
        fitted = model.fit(disp=False, maxiter=50)
        draws = fitted.simulate(WINDOW, repetitions=400, anchor="end", rng=1)
    sums = np.asarray(draws).reshape(WINDOW, -1).sum(axis=0)
    low, high = np.percentile(sums, [2.5, 97.5])
    total = float(gains[day : day + WINDOW].sum())
    return total - float(high), total - float(low)


def bsts(case: Case, place: int) -> Interval:
    """The Bayesian structural model with its defaults, cumulative effect over the week."""
    import pandas as pd
    from causal_impact import CausalImpact

    gains, day = _gains(case), case.events[place].day
    frame = pd.DataFrame({"y": gains[: day + WINDOW]})
    stats = CausalImpact(frame, [0, day - 1], [day, day + WINDOW - 1]).summary_stats
    return WINDOW * float(stats["ci_lower"]), WINDOW * float(stats["ci_upper"])


def _cut(cases: Sequence[Case]) -> Asked:
    """PELT with a common penalty on the gains: how often it cuts a quiet series."""
    import ruptures

    cut, times = [], []
    for case in cases:
        if case.planted != "none" or any(a.kind == "counting" for a in case.log.artefacts):
            continue
        gains = _gains(case)
        start = time.perf_counter()
        noise = max(float(np.std(np.diff(gains)) / np.sqrt(2)), 1e-9)
        model = ruptures.Pelt(model="l2", min_size=7).fit(gains / noise)
        cut.append(len(model.predict(pen=3 * np.log(len(gains)))) > 1)
        times.append(time.perf_counter() - start)
    wrong, spent = float(np.mean(cut)), 1e3 * median(times)
    remark = "no intervals; ms a series"
    return Asked("ruptures PELT, l2, 3 log n", None, 0, wrong, len(cut), spent, remark)


def _gains(case: Case) -> Array:
    gains = clean(case.log.values, case.kind).gains
    known = np.isfinite(gains)
    return np.interp(np.arange(len(gains)), np.flatnonzero(known), gains[known])


PEERS: dict[str, Ask] = {
    "metrics_insight": ours,
    "statsmodels UnobservedComponents": components,
    "bsts-causalimpact": bsts,
}
