"""What is claimed can be stood behind: an interval without 0, no season, the right one of two."""

from datetime import date, timedelta

import numpy as np
import pytest

from bench.insights import simulate
from bench.insights.score import asked
from metrics_insight import Event, Series
from metrics_insight import analyse as reported
from metrics_insight.engine import change as changes
from metrics_insight.engine.analysis import analyse
from metrics_insight.findings.changes import change_points

FIRST = date(2023, 1, 2)


def series_of(gains, kind="stock", skipped=()):
    values = np.cumsum(gains) if kind == "stock" else gains
    read = [day for day in range(len(values)) if day not in skipped]
    days = [FIRST + timedelta(days=day) for day in read]
    return Series.of(days, [float(values[day]) for day in read], kind=kind, name="a.b")


def at(*days):
    return [Event(FIRST + timedelta(days=day), f"event {day}") for day in days]


def test_a_season_is_known_and_never_told():
    """A rise in the same weeks of both years: found inside, told nowhere, and no crash."""
    rate = np.full(554, 20.0)
    rate[154:175] += 9
    rate[518:] += 15
    seasons = 0
    for seed in range(12):
        series = series_of(np.random.default_rng(seed).poisson(rate).astype(float), "flow")
        found, report = analyse(series), reported(series)
        seasons += len(found.seasons)
        assert changes.SEASON not in {change.kind for change in found.changes}
        kinds = {change["kind"] for change in report.as_dict()["changes"]}
        assert kinds <= {"spike", "rate", "jump"}
    assert seasons > 0


def test_every_claimed_change_has_an_interval_without_zero():
    claimed = []
    for seed in range(0, 160, 2):
        series, events = asked(simulate.make(seed, simulate.PLANTS[seed % 3]))
        claimed += analyse(series, events).as_dict()["changes"]
    assert len(claimed) > 40
    assert all(change["low"] is not None for change in claimed)
    assert all(change["low"] * change["high"] > 0 for change in claimed)


@pytest.mark.parametrize("skipped", [(149,), (150,), (151,)])
def test_a_burst_beside_a_missing_day_is_told_with_what_was_counted(skipped):
    gains = np.random.default_rng(4).poisson(5, 300).astype(float)
    gains[149:152] += 60
    found = analyse(series_of(gains, "flow", skipped), at(149))
    (change,) = found.changes
    assert change.after > 20 > change.before
    assert change.earliest <= 149


@pytest.mark.parametrize("apart", [8, 10, 12, 15, 20])
def test_a_second_rise_is_not_said_to_have_begun_before(apart):
    false = []
    for seed in range(12):
        chance = np.random.default_rng(seed)
        gains = chance.poisson(20, 300).astype(float)
        gains[150:] += chance.poisson(15, 150)
        gains[150 + apart :] += chance.poisson(15, 150 - apart)
        second = analyse(series_of(gains), at(150, 150 + apart)).verdicts[1]
        false.append(second.verdict == "began before")
    assert sum(false) <= 2


@pytest.mark.parametrize("apart", [8, 12])
def test_a_lasting_rise_after_a_burst_is_not_the_bursts(apart):
    dated, lasting, given = [], [], []
    for seed in range(12):
        chance = np.random.default_rng(seed)
        gains = chance.poisson(20, 300).astype(float)
        gains[150:153] += 80
        gains[150 + apart :] += chance.poisson(20, 150 - apart)
        found = analyse(series_of(gains), at(150, 150 + apart))
        rates = [change for change in found.changes if change.kind == "rate"]
        dated.append(any(abs(rate.day - 150 - apart) <= 1 for rate in rates))
        lasting.append(found.verdicts[0].lasting is True)
        given.append(any(0 in found.explained_by(rate) for rate in rates))
    assert sum(dated) >= 11
    assert sum(given) == sum(lasting) == 0


def test_change_points_are_asked_of_one_row_of_numbers():
    with pytest.raises(ValueError, match="rows and columns"):
        change_points(np.zeros((20, 2)))
