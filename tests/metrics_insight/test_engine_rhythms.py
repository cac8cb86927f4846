"""Logs not read every day: each reading is one step, and a day that is never read is no gap."""

from datetime import date, timedelta

import numpy as np
import pytest

from metrics_insight import Event, Series
from metrics_insight.engine.analysis import analyse
from metrics_insight.engine.baseline import baseline
from metrics_insight.engine.cleaning import clean

FIRST = date(2023, 1, 2)


def read(gains, days, *, kind="stock", events=()):
    """The report on a log of these gains that was read on these days only."""
    values = np.cumsum(gains) if kind == "stock" else gains
    dates = [FIRST + timedelta(days=int(day)) for day in days]
    logged = [Event(FIRST + timedelta(days=day), f"event {day}") for day in events]
    read = [float(values[day]) for day in days]
    return analyse(Series.of(dates, read, kind=kind, name="a.b"), logged)


def rising(seed, days, at, more):
    """Gains of about 20 a day, and what comes on top of them from a day on."""
    chance = np.random.default_rng(seed)
    extra = np.where(np.arange(days) < at, 0, chance.poisson(more, days))
    return chance.poisson(20, days).astype(float), extra


def test_readings_a_few_days_apart_keep_what_each_of_them_said():
    values = np.full(60, np.nan)
    values[:30] = 5.0 * np.arange(30)
    for day, value in ((32, 200.0), (35, 230.0), (38, 500.0)):
        values[day] = value
    values[39:] = 500.0 + 5.0 * np.arange(1, 22)
    cleaned = clean(values, "stock")
    assert cleaned.shared == ((30, 32), (33, 35), (36, 38))
    gains = baseline(cleaned).cleaned.gains
    assert gains[30:33].sum() == pytest.approx(200 - 145)
    assert gains[33:36].sum() == pytest.approx(30)
    assert gains[36:39].sum() == pytest.approx(270)


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("first", [300, 200, 120, 60])
def test_a_rise_in_the_weekly_part_of_a_log_once_daily_is_seen_and_dated(first, seed):
    days = [*range(first), *range(first + 6, 600, 7)]
    gains, extra = rising(seed, 600, 400, 30)
    found = read(gains + extra, days, events=[400])
    (verdict,) = found.verdicts
    end = int(np.searchsorted(days, 400))
    between = slice(days[end - 1] + 1, days[end] + 1)
    (effect,) = verdict.effects
    assert verdict.verdict == "moved"
    assert effect.low <= extra[between].sum() <= effect.high
    assert all(395 <= change.latest <= 410 for change in found.changes)


@pytest.mark.parametrize("share", [0.4, 0.5, 0.65, 0.8, 0.92])
def test_intervals_hold_what_they_promise_however_seldom_days_are_read(share):
    held = []
    for seed in range(30):
        gains, extra = rising(seed, 400, 200, 20)
        was_read = np.random.default_rng(1000 + seed).random(400) < share
        was_read[[0, -1]] = True
        days = np.flatnonzero(was_read)
        found = read(gains + extra, days, events=[200])
        for effect in found.verdicts[0].effects:
            first, last = 200, 200 + effect.days
            if not found.is_daily:
                at = int(np.searchsorted(days, 200))
                first, last = int(days[at - 1]) + 1, int(days[at]) + 1
            held.append(effect.low <= extra[first:last].sum() <= effect.high)
    assert len(held) >= 30
    assert np.mean(held) >= 0.9


@pytest.mark.parametrize("seed", range(4))
def test_a_flow_counted_on_weekdays_is_tested_like_any_other(seed):
    gains = np.random.default_rng(seed).poisson(30, 400).astype(float)
    gains[203:] += 60
    days = [day for day in range(400) if day % 7 < 5]
    found = read(gains, days, kind="flow", events=[203, 120])
    assert [verdict.verdict for verdict in found.verdicts] == ["moved", "no visible effect"]
    effect = found.verdicts[0].effects[0]
    assert effect.low <= 5 * 60 <= effect.high
    assert [change.kind for change in found.changes] == ["rate"]


@pytest.mark.parametrize("seed", range(4))
def test_a_pace_that_doubles_between_monthly_readings_is_told_with_an_interval(seed):
    """The interval is that of two means, not that of one reading, which is wider."""
    chance = np.random.default_rng(seed)
    paces = np.where(np.arange(30) < 18, 100.0, 200.0) * chance.normal(1, 0.12, 30)
    ends = [date(2020, 1, 1) + timedelta(days=30 * n) for n in range(31)]
    values = np.concatenate(([1000.0], 1000 + np.cumsum(30 * paces)))
    (change,) = analyse(Series.of(ends, values.round().tolist(), kind="stock")).changes
    assert change.kind == "rate"
    assert change.last == 30 * 19
    assert change.low > 0
    assert change.high - change.low < 80
