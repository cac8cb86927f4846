"""The days of a long gap are one reading: nothing in it, or at its edge, is dated to a day."""

from datetime import date, timedelta

import numpy as np
import pytest

from metrics_insight import Event, Series
from metrics_insight.engine.analysis import analyse
from metrics_insight.engine.cleaning import LONG

FIRST = date(2023, 1, 1)
GAP = (150, 169)
AT_THE_EDGE = (144, 149, 150, 160, 169, 170, 171, 176)


def report(rate, kind="stock", gap=GAP, *, once=(), events=(), late=()):
    """300 days of so many a day, ``once`` more on one day, those of the gap left out."""
    gains = np.random.default_rng(1).poisson(rate).astype(float)
    for day, extra in once:
        gains[day] += extra
    values = 1000 + np.cumsum(gains) if kind == "stock" else gains
    rows = [(day, float(values[day])) for day in range(len(values)) if not gap[0] <= day <= gap[1]]
    rows += [(day, value) for day, value in late]
    days = [FIRST + timedelta(days=day) for day, _ in rows]
    series = Series.of(days, [value for _, value in rows], kind=kind, name="a.b")
    return analyse(series, [Event(FIRST + timedelta(days=day), f"event {day}") for day in events])


def steady(days=300):
    return np.full(days, 30.0)


def step(day):
    return np.where(np.arange(300) < day, 30.0, 60.0)


@pytest.mark.parametrize("kind", ["stock", "flow"])
@pytest.mark.parametrize("length", [LONG, 10, 20, 40, 60])
def test_growth_over_a_gap_at_the_usual_rate_is_no_change(kind, length):
    assert report(steady(), kind, (150, 149 + length)).changes == ()


@pytest.mark.parametrize("kind", ["stock", "flow"])
@pytest.mark.parametrize("length", [LONG, 10, 14, 20, 40])
def test_a_change_in_a_gap_is_dated_to_all_of_it(kind, length):
    last = 149 + length
    (change,) = report(step(150 + length // 2), kind, (150, last)).changes
    assert change.kind == "rate"
    assert change.earliest <= 150
    assert change.latest >= last
    assert change.before == pytest.approx(30, rel=0.1)
    assert change.after == pytest.approx(60, rel=0.1)


@pytest.mark.parametrize("day", range(148, 158))
def test_a_change_at_a_short_gap_is_dated_to_all_of_it(day):
    (change,) = report(step(day), gap=(150, 155)).changes
    assert change.earliest <= day <= change.latest


def test_what_a_stock_gained_at_once_in_a_gap_is_told_of_its_days():
    (change,) = report(steady(), once=[(160, 1500)]).changes
    assert (change.kind, change.earliest, change.latest) == ("spike", 150, 170)
    assert change.low * 21 < 1500 < change.high * 21


@pytest.mark.parametrize("rate", [steady(), step(160)], ids=["steady", "step"])
@pytest.mark.parametrize("kind", ["stock", "flow"])
def test_an_event_in_a_gap_or_within_a_week_of_it_gets_no_claim(rate, kind):
    for event in AT_THE_EDGE:
        (verdict,) = report(rate, kind, events=[event]).verdicts
        assert (verdict.verdict, verdict.effects) == ("too little history", ()), event


def test_after_so_long_a_gap_that_no_level_is_known_four_weeks_are_waited_for():
    found = report(steady(), gap=(100, 170), events=[185, 200])
    assert [verdict.verdict for verdict in found.verdicts] == [
        "too little history",
        "no visible effect",
    ]


def test_on_both_sides_of_a_gap_days_are_days():
    found = report(steady(), once=[(100, 200), (220, 200)], events=[100, 220])
    assert [verdict.verdict for verdict in found.verdicts] == ["moved", "moved"]
    assert [(c.earliest, c.latest) for c in found.changes] == [(100, 100), (220, 220)]
    assert found.is_daily


@pytest.mark.parametrize("kind", ["stock", "flow"])
def test_one_row_in_the_far_future_invents_nothing(kind):
    far = (date(2099, 1, 1) - FIRST).days
    late = [(far, 1000 + 30 * 301.0 if kind == "stock" else 30.0)]
    found = report(steady(), kind, (400, 400), late=late, events=[200, 296])
    assert found.changes == ()
    assert [verdict.verdict for verdict in found.verdicts] == [
        "no visible effect",
        "too little history",
    ]


def test_a_counter_that_stood_still_for_weeks_is_a_gap_too():
    values = 1000 + np.cumsum(np.random.default_rng(1).poisson(30, 300)).astype(float)
    values[150:170] = values[149]
    days = [FIRST + timedelta(days=day) for day in range(300)]
    found = analyse(Series.of(days, values.tolist(), name="a.b"), [Event(days[149], "e")])
    assert [item.kind for item in found.cleaned] == ["stuck", "catch-up"]
    assert found.changes == ()
    assert found.verdicts[0].verdict == "too little history"
