"""Laws of the engine: what may be done to a log without changing what is found in it."""

import json
import math
import random
import time
from dataclasses import replace
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
    plain = Series.of(days, [0] * len(days), kind=kind, name="a.b")
    report = analyse(replace(plain, values=tuple(values)), events).as_dict()
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


def followers_and(replies_a_day):
    """A report on followers that come 20 a day, then 60 from day 200 on, held against replies."""
    chance = np.random.default_rng(4)
    days = [FIRST + timedelta(days=day) for day in range(300)]
    rate = np.where(np.arange(300) < 200, 20, 60)
    followers = 2000 + np.cumsum(chance.poisson(rate))
    replies = chance.poisson(replies_a_day(followers))
    beside = Series.of(days, replies.tolist(), kind="flow", name="a.replies")
    main = Series.of(days, followers.tolist(), name="a.followers")
    return analyse(main, [Event(days[200], "a list")], [beside]).as_dict()["relationships"][0]


def test_growth_without_engagement_is_claimed():
    held = followers_and(lambda followers: np.full(len(followers), 20.0))
    assert held["claimed"]
    assert held["high"] < 1


def test_replies_that_keep_pace_with_followers_are_no_finding():
    held = followers_and(lambda followers: followers / 200)
    assert not held["claimed"]
    assert held["low"] < 1 < held["high"]


def test_a_weekly_count_in_a_daily_log_is_read_by_its_weeks():
    chance = np.random.default_rng(2)
    total = 500 + np.cumsum(chance.poisson(1.0, 400))
    weekly = [float(total[day // 7 * 7]) for day in range(400)]
    days = [FIRST + timedelta(days=day) for day in range(400)]
    report = analyse(Series.of(days, weekly, name="a.b"), [Event(days[300], "e")]).as_dict()
    assert report["changes"] == []
    assert [effect["days"] for effect in report["events"][0]["effects"]] == [7]


def test_what_fell_like_a_purge_on_an_events_day_is_no_effect_of_it():
    values = 5000 + np.cumsum(np.random.default_rng(3).poisson(20, 300)).astype(float)
    values[200:] -= 1500
    days = [FIRST + timedelta(days=day) for day in range(300)]
    report = analyse(Series.of(days, values.tolist(), name="a.b"), [Event(days[200], "e")])
    told = report.as_dict()
    assert [item["kind"] for item in told["cleaned"]] == ["purge"]
    assert told["events"][0]["verdict"] == "across a counting change"
    assert told["events"][0]["effects"] == []


def test_a_season_keeps_its_step_across_missing_points():
    chance = np.random.default_rng(5)
    months = np.arange(240)
    values = 5 * np.sin(2 * np.pi * months / 12) + 0.02 * months + chance.normal(0, 0.5, 240)
    values[[3, 40, 41, 99, 170]] = np.nan
    assert change_points(values.tolist()) == []


def test_a_log_of_centuries_with_hundreds_of_shifts_takes_seconds():
    """The search for one shift looks at the years around it only, else this takes a minute."""
    chance = np.random.default_rng(1)
    rate = np.exp(np.repeat(chance.normal(3, 0.5, 300), 400))
    values = chance.poisson(rate * np.exp(0.3 * chance.standard_t(3, 120_000).clip(-8, 8)))
    days = [date(1600, 1, 1) + timedelta(days=day) for day in range(120_000)]
    series = Series.of(days, values.tolist(), kind="flow", name="a.b")
    begun = time.process_time()
    found = analyse(series)
    assert time.process_time() - begun < 12
    assert len(found.changes) > 50
