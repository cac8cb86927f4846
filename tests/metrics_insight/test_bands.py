"""The expected range of a series: how often it holds, where it starts anew, where there is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from bench.insights import simulate
from bench.insights.score import asked
from metrics_insight import Event, Series
from metrics_insight.engine import bands
from metrics_insight.engine.analysis import analyse
from metrics_insight.engine.bands import Range

FIRST = date(2025, 1, 1)


def series(values, kind="flow", every=1) -> Series:
    days = [FIRST + timedelta(days=every * n) for n in range(len(values))]
    return Series.of(days, [None if v is None else float(v) for v in values], kind=kind)


def ranges(one: Series, *events: Event) -> tuple[Range, ...]:
    return bands.find(one, analyse(one, events), one.span)


def quiet(count: int, level: float = 100.0, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).poisson(level, count)


def numbers(one: Range) -> list[int]:
    return [(day - FIRST).days for day in one.days]


def by_day(found: tuple[Range, ...]) -> dict[int, tuple[float, float]]:
    return {
        (day - FIRST).days: (low, high)
        for one in found
        for day, low, high in zip(one.days, one.low, one.high, strict=True)
    }


def share_inside(seeds: range, kind: str) -> tuple[float, int]:
    """The share of readings of made-up quiet logs that lie in their range, and their number."""
    inside = []
    for seed in seeds:
        case = simulate.make(seed, "none")
        one, events = asked(case)
        analysis = analyse(one, events)
        if case.kind != kind:
            continue
        spoiled = {
            analysis.first + timedelta(days=day)
            for item in analysis.cleaned
            for day in range(item.first - 1, item.last + 2)
        }
        values = {point.day: point.value for point in one.points if point.day not in spoiled}
        inside += [
            low <= values[day] <= high
            for found in bands.find(one, analysis, one.span)
            for day, low, high in zip(found.days, found.low, found.high, strict=True)
            if day in values
        ]
    return float(np.mean(inside)), len(inside)


@pytest.mark.parametrize("kind", ["stock", "flow"])
def test_of_a_quiet_log_95_of_100_days_lie_in_the_range(kind):
    share, count = share_inside(range(40), kind)
    assert count > 4000
    assert 0.93 < share < 0.97


@pytest.mark.long
@pytest.mark.parametrize("kind", ["stock", "flow"])
def test_of_many_quiet_logs_95_of_100_days_lie_in_the_range(kind):
    share, count = share_inside(range(400), kind)
    assert count > 50_000
    assert 0.94 < share < 0.96


@pytest.mark.parametrize("kind", ["stock", "flow"])
def test_a_month_of_readings_has_no_range(kind):
    assert ranges(series(np.cumsum(quiet(28)), kind)) == ()


def test_each_day_of_a_flow_has_its_range_from_the_29th_on():
    (one,) = ranges(series(quiet(90)))
    assert numbers(one) == list(range(28, 90))


def test_after_a_lasting_change_the_range_starts_anew_at_the_new_level():
    found = ranges(series([*quiet(100), *quiet(100, 200.0, seed=2)]))
    at = by_day(found)
    assert at[103][1] < 150 < at[130][0]
    assert not any(day in at for day in range(108, 114))
    assert not any({99, 130} <= set(numbers(one)) for one in found)


def test_forecasts_of_a_stock_widen_for_28_days_at_most_and_begin_at_its_reading():
    values = np.cumsum(quiet(200))
    found = ranges(series(values, "stock"))
    assert [len(one.days) for one in found][-4:-1] == [28, 28, 28]
    for one in found:
        widths = np.array(one.high) - np.array(one.low)
        assert (np.diff(widths) >= 0).all()
        assert abs(one.low[0] + one.high[0] - 2 * values[numbers(one)[0] - 1] - 200) < 40


def test_what_is_added_to_a_stock_is_added_to_its_range():
    values = np.cumsum(quiet(150))
    low, high = ranges(series(values, "stock")), ranges(series(values + 5000, "stock"))
    for one, other in zip(low, high, strict=True):
        assert np.allclose(np.array(one.high) + 5000, other.high)


def test_a_jump_of_a_stock_leaves_its_range_which_starts_anew_a_week_later():
    gains = quiet(200)
    gains[150] += 900
    values = np.cumsum(gains)
    found = ranges(series(values, "stock"))
    at = by_day(found)
    assert all(at[day][1] < values[day] for day in range(150, 157))
    assert at[157][0] < values[157] < at[157][1]


def test_after_a_purge_the_range_starts_from_what_is_left():
    values = np.cumsum(quiet(200))
    values[150:] -= 4000
    at = by_day(ranges(series(values, "stock")))
    assert 150 not in at
    assert at[151][0] < values[151] < at[151][1]


def test_a_flow_of_one_day_a_week_has_no_range_that_it_leaves_every_week():
    assert ranges(series([40 if day % 7 == 2 else 0 for day in range(200)])) == ()


def test_no_range_reaches_across_a_counting_change():
    values = [*quiet(100), *quiet(100, 140.0, seed=2)]
    counted = Event(FIRST + timedelta(days=100), "bots left out", kind="counting")
    for kind, log in (("flow", values), ("stock", np.cumsum(values))):
        found = ranges(series(log, kind), counted)
        assert {99, 140} <= set(by_day(found))
        assert not any(day in by_day(found) for day in range(100, 114))


def test_a_long_gap_has_no_range_in_a_flow():
    values: list = [*quiet(80)]
    values[60:70] = [None] * 10
    assert not set(range(60, 70)) & set(by_day(ranges(series(values))))


def test_a_range_never_goes_below_what_can_be_counted():
    lows = [low for low, _ in by_day(ranges(series(quiet(200, 0.7)))).values()]
    assert min(lows) == 0


def test_each_of_irregular_readings_has_a_range_of_its_own():
    values = np.cumsum(quiet(30, 700.0))
    found = ranges(series(values, "stock", every=7))
    assert {len(one.days) for one in found} == {1}
    inside = [at[0] <= values[day // 7] <= at[1] for day, at in by_day(found).items()]
    assert np.mean(inside) > 0.8


def test_the_ranges_of_a_part_are_those_of_the_whole():
    one = series(quiet(120))
    analysis = analyse(one)
    whole = by_day(bands.find(one, analysis, one.span))
    days = (FIRST + timedelta(days=60), FIRST + timedelta(days=80))
    part = by_day(bands.find(one, analysis, type(one.span)(*days)))
    assert part == {day: whole[day] for day in range(60, 81)}


def test_no_number_can_be_too_large_for_a_range():
    huge = tuple(10.0**90 * value for value in quiet(60))
    told = ranges(replace(series(quiet(60)), values=huge))
    assert all(np.isfinite(end) for ends in by_day(told).values() for end in ends)
