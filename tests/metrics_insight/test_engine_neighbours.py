"""What is near an effect is kept apart from it: later events, other events, other years."""

import csv
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from metrics_insight import Event, Series
from metrics_insight.engine.analysis import analyse

FIRST = date(2023, 1, 1)
DATA = Path(__file__).parents[2] / "content" / "data"


def flow(*extras, days=300, seed=1):
    """A flow of about 50 a day, with so much more on so many days from each day on."""
    values = np.random.default_rng(seed).poisson(50, days).astype(float)
    for day, length, extra in extras:
        values[day : day + length] += extra / length
    return values


def report(values, events, kind="flow", first=FIRST):
    days = [first + timedelta(days=day) for day in range(len(values))]
    logged = [Event(days[day], f"event {day}") for day in events]
    return analyse(Series.of(days, values.tolist(), kind=kind, name="a.b"), logged)


def effects(verdict):
    return {effect.days: effect for effect in verdict.effects}


@pytest.mark.parametrize("apart", [8, 10, 14, 20, 27])
@pytest.mark.parametrize("logged", [True, False], ids=["logged", "unlogged"])
def test_four_weeks_into_which_something_else_falls_are_not_told(apart, logged):
    values = flow((150, 7, 105), (150 + apart, 1, 300))
    found = report(values, [150, 150 + apart] if logged else [150])
    first = found.verdicts[0]
    assert first.verdict == "moved"
    assert set(effects(first)) == {7}
    assert effects(first)[7].low <= 105 <= effects(first)[7].high
    assert first.lasting is None


def test_the_later_of_two_events_is_told_with_its_own_effect():
    second = report(flow((150, 7, 105), (160, 1, 300)), [150, 160]).verdicts[1]
    assert second.verdict == "moved"
    assert effects(second)[7].low <= 300 <= effects(second)[7].high
    assert effects(second)[28].low <= 300 <= effects(second)[28].high


def test_a_lasting_effect_alone_is_told_over_four_weeks():
    (verdict,) = report(flow((150, 150, 150 * 25)), [150]).verdicts
    assert verdict.lasting is True
    assert effects(verdict)[28].claimed


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("length", [1, 4, 7])
def test_what_passes_is_not_said_to_last(length, seed):
    (verdict,) = report(flow((150, length, 250), seed=seed), [150]).verdicts
    assert verdict.verdict == "moved"
    assert verdict.lasting is False


@pytest.mark.parametrize("apart", range(1, 8))
@pytest.mark.parametrize("length", [1, 5, 100])
def test_two_events_that_share_an_effect_are_told_alike(apart, length):
    """The effect comes with the first, then with the second."""
    values = flow((150, length, 60 * length + 200))
    for events in ([150, 150 + apart], [150 - apart, 150]):
        found = report(values, events)
        assert "moved" not in {verdict.verdict for verdict in found.verdicts}
        assert "began before" not in {verdict.verdict for verdict in found.verdicts}
        assert found.changes[0].kind in ("spike", "jump", "rate")
        assert found.explained_by(found.changes[0]) == []


def yearly(years, rise, seed=2):
    """A flow that is higher for three months from the same day of each year on."""
    days = np.arange(364 * years)
    rate = np.where((days % 364 >= 200) & (days % 364 < 290), rise, 100)
    return np.random.default_rng(seed).poisson(rate).astype(float)


@pytest.mark.parametrize("year", [1, 2, 3])
def test_a_rise_that_comes_every_year_is_not_lasting(year):
    day = 364 * year + 200
    found = report(yearly(year + 1, 200), [day])
    assert found.verdicts[0].lasting is not True
    assert [change for change in found.changes if change.kind == "rate" and change.day > 364] == []


def test_a_rise_after_a_year_without_one_is_lasting():
    values = yearly(3, 200)
    values[:728] = np.random.default_rng(3).poisson(100, 728)
    (verdict,) = report(values, [928]).verdicts
    assert verdict.lasting is True


def peyton():
    with (DATA / "peyton.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.reader(file))[1:]
    with (DATA / "events.csv").open(encoding="utf-8-sig") as file:
        logged = [row for row in csv.DictReader(file) if "peyton" in (row["metrics"] or "")]
    series = Series.of([row[0] for row in rows], [float(row[1]) for row in rows], kind="flow")
    events = [Event(row["date"], row["title"], row["kind"]) for row in logged]
    return analyse(series, events).as_dict()


def test_the_seasons_of_a_quarterback_are_no_lasting_changes():
    told = peyton()
    at = {change["date"]: change for change in told["changes"]}
    by_day = {event["date"]: event for event in told["events"]}
    assert by_day["2013-09-05"]["verdict"] == "moved"
    assert by_day["2013-09-05"]["lasting"] is not True
    assert {change["kind"] for change in told["changes"]} == {"spike"}
    first, second = at["2010-01-24"], at["2010-02-07"]
    assert first["latest"] < second["earliest"]
    assert [len(change["explained_by"]) for change in (first, second)] == [1, 1]
    seen = [e for e in told["events"] if e["verdict"] in ("moved", "cannot separate")]
    assert len(seen) >= 15


@pytest.mark.parametrize("ended", ["2008-02-03", "2010-02-07", "2012-02-05", "2014-02-02"])
def test_nothing_is_claimed_of_the_weeks_after_a_super_bowl(ended):
    day = date.fromisoformat(ended)
    later = [date.fromisoformat(change["date"]) for change in peyton()["changes"]]
    assert [one for one in later if 3 < (one - day).days < 30] == []


def twice(extra_rows, values, kind="stock"):
    days = [FIRST + timedelta(days=day) for day in range(len(values))]
    rows = list(zip(days, values.tolist(), strict=True))
    rows += [(FIRST + timedelta(days=day), value) for day, value in extra_rows]
    series = Series.of(
        [day for day, _ in rows], [value for _, value in rows], kind=kind, name="a.b"
    )
    return analyse(series, [])


@pytest.mark.parametrize("day", [0, 100, 299])
@pytest.mark.parametrize("kind", ["stock", "flow"])
def test_a_day_with_two_values_is_told_once_and_the_fitting_one_kept(kind, day):
    values = flow()
    values = 5000 + np.cumsum(values) if kind == "stock" else values
    clean, found = twice([], values, kind), twice([(day, 7.0e6)], values, kind)
    assert [(item.kind, item.first, item.last) for item in found.cleaned] == [
        ("duplicate", day, day)
    ]
    assert found.changes == clean.changes == ()
    assert found.usual == clean.usual


def test_the_later_of_two_fitting_values_is_kept():
    values = 5000 + np.cumsum(flow())
    later = values.copy()
    later[100] += 20
    assert twice([(100, later[100])], values).usual == twice([], later).usual


def test_a_day_with_two_wrong_values_is_a_typing_error_and_no_more():
    values = 5000 + np.cumsum(flow())
    values[100] = 9.0e6
    assert [item.kind for item in twice([(100, 8.0e6)], values).cleaned] == ["typo"]


def test_the_smallest_visible_effect_between_readings_grows_with_the_family():
    chance = np.random.default_rng(3)
    days = [FIRST + timedelta(days=30 * month) for month in range(40)]
    values = (1000 + np.cumsum(chance.poisson(600, 40))).astype(float).tolist()
    series = Series.of(days, values, name="a.b")

    def smallest(count):
        events = [
            Event(days[10 + 3 * at] + timedelta(days=9), f"event {at}") for at in range(count)
        ]
        return analyse(series, events).verdicts[0]

    alone, among = smallest(1), smallest(9)
    (effect,) = alone.effects
    assert alone.smallest_visible == pytest.approx((effect.extra - effect.low) / effect.expected)
    assert among.effects == alone.effects
    assert among.smallest_visible > 1.3 * alone.smallest_visible


def test_an_effect_of_the_smallest_visible_size_between_readings_would_be_claimed():
    chance = np.random.default_rng(3)
    days = [FIRST + timedelta(days=30 * month) for month in range(40)]
    gains = chance.poisson(600, 40).astype(float)
    events = [Event(days[10 + 3 * at] + timedelta(days=9), f"event {at}") for at in range(9)]

    def verdict(share):
        more = gains.copy()
        more[11] = expected * (1 + share) if share else gains[11]
        values = (1000 + np.cumsum(more)).tolist()
        return analyse(Series.of(days, values, name="a.b"), events).verdicts[0]

    expected = 0.0
    quiet = verdict(0)
    expected = quiet.effects[0].expected
    assert verdict(1.1 * quiet.smallest_visible).verdict == "moved"
    assert verdict(0.9 * quiet.smallest_visible).verdict == "no visible effect"
