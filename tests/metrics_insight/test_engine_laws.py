"""Laws of the engine: what may be done to a log without changing what is found in it."""

import json
import math
import random
from datetime import date, timedelta

import numpy as np
import pytest

from bench.insights import simulate
from bench.insights.score import FIRST, asked
from metrics_insight import Event, Series
from metrics_insight.engine import student
from metrics_insight.engine.analysis import analyse
from metrics_insight.findings.changes import change_points

PLANTED = [(seed, simulate.PLANTS[seed % 3]) for seed in range(300, 318)]


def told(case, values=None, order=None):
    series, events = asked(case)
    days, numbers = (
        list(series.days),
        list(values if values is not None else case.log.values.tolist()),
    )
    rows = list(zip(days, numbers, strict=True))
    if order is not None:
        order.shuffle(rows)
    series = Series.of([d for d, _ in rows], [v for _, v in rows], kind=case.kind, name="a.b")
    return analyse(series, events).as_dict()


def findings(report):
    """What is claimed, without sizes."""
    return (
        [(e["verdict"], e["lasting"]) for e in report["events"]],
        [(c["date"], c["earliest"], c["latest"], c["kind"]) for c in report["changes"]],
    )


@pytest.mark.parametrize(("seed", "planted"), PLANTED)
def test_shuffling_the_rows_changes_nothing(seed, planted):
    case = simulate.make(seed, planted)
    assert told(case, order=random.Random(seed)) == told(case)


@pytest.mark.parametrize(("seed", "planted"), PLANTED)
def test_scaling_by_ten_leaves_the_findings_alike(seed, planted):
    case = simulate.make(seed, planted)
    assert findings(told(case, case.log.values * 10)) == findings(told(case))


@pytest.mark.parametrize(("seed", "planted"), PLANTED)
def test_a_constant_added_to_a_stock_leaves_the_findings_alike(seed, planted):
    case = simulate.make(seed, planted)
    if case.kind == "stock":
        assert findings(told(case, case.log.values + 12345)) == findings(told(case))


@pytest.mark.parametrize(("seed", "planted"), PLANTED)
def test_only_moved_events_claim_and_explain(seed, planted):
    report = told(simulate.make(seed, planted))
    moved = {e["index"] for e in report["events"] if e["verdict"] == "moved"}
    assert {i for c in report["changes"] for i in c["explained_by"]} <= moved
    for event in report["events"]:
        claims = any(effect["claimed"] for effect in event["effects"])
        assert claims == (event["verdict"] == "moved")
    json.dumps(report, allow_nan=False)


STRANGE = {
    "one row": [5],
    "two rows": [5, 7],
    "all alike": [5] * 200,
    "all zero": [0] * 200,
    "nothing known": [None] * 50,
    "mostly nothing": [5 if day % 9 == 0 else None for day in range(200)],
    "huge": [1e308 * (-1) ** day for day in range(100)],
    "huge steps": [1e300 * day for day in range(100)],
    "tiny": [1e-300 * day for day in range(100)],
    "negative": [-5.0 * day for day in range(200)],
    "fractions": [math.sin(day) for day in range(400)],
    "weekly batches": [100 * (day // 7) for day in range(300)],
    "one jump": [0] * 100 + [1000] * 100,
}


@pytest.mark.parametrize("kind", ["stock", "flow"])
@pytest.mark.parametrize("name", STRANGE)
@pytest.mark.filterwarnings("error")
def test_any_numbers_give_a_report(name, kind):
    values = STRANGE[name]
    days = [FIRST + timedelta(days=day) for day in range(len(values))]
    where = [-400, -1, 0, 1, 30, 60, 95, 99, 150, 199, 5000]
    events = [Event(FIRST + timedelta(days=day), "e") for day in where]
    report = analyse(Series.of(days, values, kind=kind, name="a.b"), events).as_dict()
    json.dumps(report, allow_nan=False)
    assert [event["index"] for event in report["events"]] == list(range(len(where)))


@pytest.mark.parametrize("name", STRANGE)
@pytest.mark.filterwarnings("error")
def test_any_numbers_give_change_points(name):
    found = change_points([math.nan if v is None else v for v in STRANGE[name]])
    assert found == sorted(set(found))


def test_a_counting_change_is_not_an_effect():
    chance = np.random.default_rng(1)
    values = np.cumsum(chance.poisson(20, 300)) + 1000.0
    values[200:] += 5000
    days = [date(2024, 1, 1) + timedelta(days=day) for day in range(300)]
    events = [Event(days[200], "bots counted", "counting"), Event(days[198], "a talk")]
    report = analyse(Series.of(days, values.tolist(), name="a.b"), events).as_dict()
    assert report["changes"] == []
    assert {e["verdict"] for e in report["events"]} == {"across a counting change"}


def test_a_long_log_gives_change_points_quickly():
    chance = np.random.default_rng(1)
    values = chance.normal(size=20_000)
    values[12_000:] += 2
    assert [abs(cut - 12_000) <= 60 for cut in change_points(values.tolist())] == [True]


def test_students_tail_is_known_at_one_degree():
    assert student.tail(1.0, 1.0) == pytest.approx(0.5)
    assert student.quantile(0.05, 10.0) == pytest.approx(2.228138852, rel=1e-8)
    assert student.quantile(0.05, 1.0) == pytest.approx(12.7062047364, rel=1e-8)
