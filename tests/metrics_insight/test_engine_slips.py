"""What a log did and its audience did not: nothing is compared across it, and chance is none."""

import time
from datetime import date, timedelta

import numpy as np
import pytest

from metrics_insight import Event, Series
from metrics_insight.engine.analysis import analyse
from metrics_insight.engine.cleaning import clean, step_unit

FIRST = date(2023, 1, 2)


def stock(seed=1, rate=20, days=300, start=9000):
    return start + np.cumsum(np.random.default_rng(seed).poisson(rate, days)).astype(float)


def report(values, events=(), kind="stock"):
    days = [FIRST + timedelta(days=day) for day in range(len(values))]
    logged = [Event(days[day], f"event {day}") for day in events]
    return analyse(Series.of(days, values.tolist(), kind=kind, name="a.b"), logged)


def kinds(values, kind="stock"):
    return [item.kind for item in clean(values, kind).items]


@pytest.mark.parametrize("later", [4, 5, 6])
@pytest.mark.parametrize("fall", ["purge", "restart"])
def test_no_week_is_told_across_a_fall(fall, later):
    values = stock()
    values[150:] += 3000
    values[150 + later :] -= 2950 if fall == "purge" else values[150 + later - 1]
    (verdict,) = report(values, [150]).verdicts
    assert (verdict.verdict, verdict.effects) == ("across a counting change", ())


@pytest.mark.parametrize("later", [8, 14, 27])
def test_no_four_weeks_are_told_across_a_fall(later):
    values = stock()
    values[150 + later :] -= 2950
    (verdict,) = report(values, [150]).verdicts
    assert [effect.days for effect in verdict.effects] == [7]


@pytest.mark.parametrize("days", [1, 2, 3])
def test_a_total_ten_times_too_large_for_a_few_days_is_a_typing_error(days):
    values = stock(start=1000)
    values[150 : 150 + days] *= 10
    found = report(values, [150])
    assert [item.kind for item in found.cleaned] == ["typo"]
    assert found.changes == ()
    assert found.verdicts[0].verdict == "no visible effect"


@pytest.mark.parametrize(("low", "high"), [(0.5, 20), (1, 30), (2, 60)])
def test_a_young_account_that_grows_stood_not_still(low, high):
    rate = low * (high / low) ** (np.arange(400) / 400)
    still = [
        "stuck" in kinds(np.cumsum(np.random.default_rng(seed).poisson(rate)).astype(float))
        for seed in range(40)
    ]
    assert sum(still) <= 1


@pytest.mark.parametrize("rate", [3, 5, 10, 20, 50])
def test_equal_days_of_a_flow_are_chance(rate):
    still = [
        "stuck" in kinds(np.random.default_rng(seed).poisson(rate, 365).astype(float), "flow")
        for seed in range(40)
    ]
    assert sum(still) <= 1


def test_a_flow_that_repeats_one_number_for_weeks_is_stuck():
    values = np.random.default_rng(1).poisson(20, 300).astype(float)
    values[150:170] = values[149]
    assert kinds(values, "flow") == ["stuck"]


@pytest.mark.parametrize("scale", [0.1, 1, 10])
def test_a_counter_that_stood_still_is_seen_in_any_unit(scale):
    for rate, length in ((3, 5), (5, 4), (20, 3)):
        values = stock(rate=rate)
        values[150 : 150 + length] = values[149]
        assert "stuck" in kinds(values * scale), (rate, scale)


def test_a_counter_that_stood_still_three_times_in_a_month_is_seen_three_times():
    values = stock()
    for first in (100, 112, 124):
        values[first : first + 4] = values[first - 1]
    assert kinds(values).count("stuck") == 3


@pytest.mark.parametrize("scale", [1, 10, 100])
def test_a_single_size_says_little_of_what_is_counted(scale):
    values = np.zeros(300)
    values[150] = 40 * scale
    assert step_unit(values) == 10 * scale
    (verdict,) = report(values, [150], "flow").verdicts
    assert verdict.verdict == "moved"


def test_days_with_two_values_cost_no_more_than_days():
    days = [date(1900, 1, 1) + timedelta(days=day) for day in range(20_000)]
    values = [5.0 * day for day in range(20_000)]
    series = Series.of(days + days, values + [value + 1 for value in values], name="a.b")
    begun = time.process_time()
    analyse(series)
    assert time.process_time() - begun < 6
