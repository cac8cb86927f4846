"""What other programs call: `analyse`, `Series.of`, `Event`, `change_points`, and the JSON."""

from __future__ import annotations

import json
import math
from datetime import date, datetime
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from logs import VALID, counts, day, flow, total
from metrics_insight import Event, Report, Series, analyse
from metrics_insight.findings.changes import change_points


def told(series: Series, events=(), companions=()) -> dict:
    """The report as a program reads it: valid, without NaN, its claims in order."""
    report = analyse(series, events, companions).as_dict()
    read = json.loads(json.dumps(report, allow_nan=False))
    assert read == report
    VALID.validate(read)
    moved = {one["index"] for one in read["events"] if one["verdict"] == "moved"}
    assert {at for change in read["changes"] for at in change["explained_by"]} <= moved
    for one in read["events"]:
        claimed = any(effect["claimed"] for effect in one["effects"])
        assert claimed == (one["verdict"] == "moved")
    assert [one["index"] for one in read["events"]] == list(range(len(list(events))))
    return read


# --- what is given ----------------------------------------------------------------------


def test_a_series_is_given_as_dates_and_values():
    made = Series.of(
        ["2025-03-02", date(2025, 3, 1), datetime(2025, 3, 3, 12)],
        [None, 5, float("nan")],
        kind="stock",
    )
    assert [str(one) for one in made.days] == ["2025-03-01", "2025-03-02", "2025-03-03"]
    assert made.values == (5.0, None, None)
    assert made.metric.kind == "stock"


@pytest.mark.parametrize(
    ("dates", "values", "kind", "wrong"),
    [
        (["soon"], [1], "stock", '"soon" is no date; write it as 2025-03-31'),
        (["2025-02-30"], [1], "stock", '"2025-02-30" is no date; write it as 2025-03-31'),
        ([20250301], [1], "stock", ("20250301 is no date; give a date or a string such as "
                                    "2025-03-31")),
        (["0225-03-01"], [1], "stock",
         "the date 0225-03-01 lies outside the years 1500 to 2499; correct the year"),
        (["2025-03-01"], [math.inf], "flow",
         "inf is too large to be a count; a gap is None or NaN"),
        (["2025-03-01"], [-1e308], "flow",
         r"-1e\+308 is too large to be a count; a gap is None or NaN"),
        (["2025-03-01", "2025-03-02"], [1], "stock",
         ("there are 2 dates and 1 values; give one value for each date, None where there is "
          "none")),
        (["2025-03-01"], ["many"], "flow", "'many' is no number; a gap is None or NaN"),
        (["2025-03-01"], [1], "total", '"total" is no kind: write stock or flow'),
    ],
)  # fmt: skip
def test_a_series_that_is_none_is_told_in_one_line(dates, values, kind, wrong):
    with pytest.raises(ValueError, match="^" + wrong.replace("(", r"\(") + "$"):
        Series.of(dates, values, kind=kind)


def test_an_event_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match=r"^the end 2025-02-28 is before the date"):
        Event(date="2025-03-01", title="Fair", end="2025-02-28")


def test_an_event_is_given_by_a_date_or_its_string():
    assert Event(date="2025-03-01", title="Fair") == Event(date(2025, 3, 1), "Fair")
    assert Event(date=datetime(2025, 3, 1, 23, 59), title="Fair").date == date(2025, 3, 1)
    assert Event(date="2025-03-01", title="Fair", end="2025-03-02", logged="2025-03-05").end == (
        date(2025, 3, 2)
    )
    for none in ("soon", "", None, 5):
        with pytest.raises(ValueError, match="is no date"):
            Event(date=none, title="Fair")


# --- what is told -----------------------------------------------------------------------


def test_a_quiet_series_has_a_usual_day_and_nothing_to_claim():
    read = told(flow(counts(400, 30)), [Event(date=day(300), title="Talk")])
    assert read["changes"] == []
    assert read["events"][0]["verdict"] == "no visible effect"
    assert [effect["days"] for effect in read["events"][0]["effects"]] == [7, 28]
    assert read["events"][0]["smallest_visible"] > 0
    assert read["usual"]["low"] < 30 < read["usual"]["high"]
    assert read["tested"] == {"events": 1, "windows": 2, "false_discovery_rate": 0.05}


def test_a_burst_is_claimed_and_explained_by_the_event_of_its_day():
    gains = counts(400, 30)
    for n in range(300, 305):
        gains[n] += 200
    series = flow(total(gains), "stock")
    read = told(series, [Event(date=day(301), title="Fair"), Event(date=day(200), title="Talk")])
    assert [one["verdict"] for one in read["events"]] == ["moved", "no visible effect"]
    (effect, _) = read["events"][0]["effects"]
    assert effect["low"] < 1000 < effect["high"]
    (change,) = read["changes"]
    assert (change["kind"], change["explained_by"]) == ("spike", [0])
    assert abs((date.fromisoformat(change["date"]) - day(301)).days) <= 1
    names = [one["finding"] for one in read["sentences"]]
    assert {"change found", "events silent"} <= set(names)
    assert "event moved" not in names
    (text,) = [one["text"] for one in read["sentences"] if one["finding"] == "change found"]
    assert "It coincides with “Fair”" in text
    assert text.count("95% interval") == 1


def test_a_lasting_change_that_nobody_logged_is_asked_for():
    read = told(flow([*counts(200, 30), *counts(200, 60, 2)]))
    (change,) = read["changes"]
    assert (change["kind"], change["explained_by"]) == ("rate", [])
    assert abs((date.fromisoformat(change["date"]) - day(200)).days) <= 3
    assert any(one["text"].endswith("Do you know one?") for one in read["sentences"])


def test_two_events_at_once_are_attributed_to_neither():
    gains = counts(400, 30)
    for n in range(300, 305):
        gains[n] += 200
    events = [Event(date=day(300), title="Fair"), Event(date=day(302), title="Talk")]
    read = told(flow(gains), events)
    assert "moved" not in {one["verdict"] for one in read["events"]}
    assert read["changes"][0]["explained_by"] == []
    assert "events together" in {one["finding"] for one in read["sentences"]}
    assert sum("Fair" in one["text"] for one in read["sentences"]) == 1


def test_a_purge_is_cleaned_and_no_effect():
    values = total(counts(300, 30))
    purged = [*values[:200], *(value - 900 for value in values[200:])]
    read = told(flow(purged, "stock"))
    assert [(one["kind"], one["from"]) for one in read["cleaned"]] == [("purge", str(day(200)))]
    assert read["changes"] == []


def test_growth_without_engagement_is_told_of_a_companion():
    gains = counts(400, 30)
    for n in range(200, 400):
        gains[n] += 120
    replies = flow(counts(401, 50, 3))
    main = flow([g * 10 for g in total(gains, 300)][:401], "stock")
    read = told(main, [], [replies])
    (held,) = read["relationships"]
    assert held["before"] > held["after"]
    assert "kept pace" in {one["finding"] for one in read["sentences"]}


def test_nothing_read_is_nothing_said():
    for nothing in (Series.of([], []), Series.of(["2025-03-01"], [None])):
        read = told(nothing, [Event(date="2025-03-01", title="Fair")])
        assert (read["first"], read["last"], read["usual"], read["changes"]) == (None,) * 3 + ([],)
        assert read["events"][0]["verdict"] == "too little history"
    assert isinstance(analyse(Series.of([], [])), Report)
    assert analyse(Series.of([], [])).as_text() == (
        "There is no reading yet, so there is nothing to say."
    )


def test_a_companion_without_a_name_is_called_after_its_place():
    flat = flow([5.0] * 100)
    report = analyse(flow(counts(100, 30)), [], [flat, flow([7.0] * 100)]).as_dict()
    assert [one["metric"] for one in report["relationships"]] == ["companion 1", "companion 2"]
    named = Series.of(flat.days, flat.values, kind="flow", name="site.replies")
    report = analyse(flow(counts(100, 30)), [], [named]).as_dict()
    assert [one["metric"] for one in report["relationships"]] == ["replies"]


def test_a_day_with_two_values_is_told_as_cleaned():
    made = Series.of(["2025-03-01", "2025-03-01", "2025-03-02"], [5, 7, 8])
    assert told(made)["cleaned"] == [
        {"kind": "duplicate", "from": "2025-03-01", "to": "2025-03-01", "amount": 2.0}
    ]


@pytest.mark.parametrize("kind", ["stock", "flow"])
@pytest.mark.parametrize(
    "values",
    [
        [5], [5, 7], [5] * 200, [0] * 200, [None] * 50, [-5.0 * n for n in range(200)],
        [5 if n % 9 == 0 else None for n in range(200)], [1e15 * (-1) ** n for n in range(100)],
        [1e13 * n for n in range(100)], [1e-300 * n for n in range(100)], [1e15] * 100,
        [math.sin(n) for n in range(400)], [100 * (n // 7) for n in range(300)],
        [*[0] * 100, *[1000] * 100],
    ],
)  # fmt: skip
@pytest.mark.filterwarnings("error")
def test_strange_numbers_give_a_report(values, kind):
    where = [-400, -1, 0, 1, 30, 60, 95, 99, 150, 199, 5000]
    told(flow(values, kind), [Event(date=day(n), title="e") for n in where])


VALUES = st.none() | st.floats(-1e15, 1e15) | st.just(math.nan) | st.integers(0, 1000).map(float)
DAYS = st.integers(0, 400).map(day) | st.dates(date(1500, 1, 1), date(2499, 12, 31))
EVENTS = st.lists(
    st.builds(
        Event, date=DAYS, title=st.text(max_size=8), kind=st.sampled_from(["", "post", "counting"])
    ),
    max_size=6,
)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(DAYS, VALUES), max_size=120),
    st.sampled_from(["stock", "flow"]),
    EVENTS,
    st.lists(st.tuples(DAYS, VALUES), max_size=60),
)
def test_any_series_and_events_give_a_valid_report(rows, kind, events, others):
    made = Series.of([one for one, _ in rows], [value for _, value in rows], kind=kind)
    beside = Series.of([one for one, _ in others], [value for _, value in others], kind="flow")
    told(made, events, [beside] if others else [])


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.integers(0, 60), min_size=1, max_size=300),
    st.sampled_from(["stock", "flow"]),
    EVENTS,
)
def test_any_daily_log_gives_a_valid_report(gains, kind, events):
    told(flow(total(gains) if kind == "stock" else gains, kind), events)


# --- change points ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "values",
    [[], [5.0], [5, 5], [5] * 100, [0] * 3, [math.nan] * 20, [math.nan], [1, math.nan, 2],
     [-1e300] * 50, [1e-300 * n for n in range(50)]],
)  # fmt: skip
@pytest.mark.filterwarnings("error")
def test_where_nothing_can_change_there_is_no_change_point(values):
    found = change_points(values)
    assert isinstance(found, list)
    assert found == [] or len(set(values)) > 1


@pytest.mark.parametrize("scale", [1, -1, 1e-9, 1e9, 1e100, -1e100])
@pytest.mark.parametrize("holes", [0, 7])
def test_a_step_is_found_whatever_the_scale_and_whatever_is_missing(scale, holes):
    chance = Random(5)
    values = [scale * (chance.gauss(0, 1) + (6 if n >= 60 else 0)) for n in range(120)]
    for n in range(holes):
        values[10 + 13 * n] = math.nan
    (found,) = change_points(values)
    assert type(found) is int
    assert abs(found - 60) <= 2
    assert change_points(values) == [found]
    assert change_points(tuple(values)) == [found]


@settings(deadline=None, max_examples=150)
@given(st.lists(st.floats(allow_infinity=False) | st.integers(-9, 9), max_size=80))
def test_any_numbers_give_rising_change_points_inside(values):
    found = change_points(values)
    assert found == sorted(set(found))
    assert all(0 < one < len(values) for one in found)
