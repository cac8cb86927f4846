"""Scales, the ticks of axes, and how wide words will be."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chart_cases import ARABIC, HEBREW
from insights import WORDS, span
from metrics_insight.charts import scales
from metrics_insight.charts.widths import runs_leftward, shorten, width, wrap
from metrics_insight.model import Span

VALUES = st.lists(
    st.floats(-1e15, 1e15, allow_nan=False) | st.integers(-1000, 1000).map(float), min_size=1
)


@given(VALUES, st.sampled_from(["stock", "flow"]), st.integers(3, 6))
def test_a_value_scale_holds_all_values_with_few_round_ticks(values, kind, most):
    scale = scales.value_scale(values, kind, 200, 0, most)
    assert 2 <= len(scale.ticks) <= most
    slack = 1e-9 * max(1.0, *(abs(value) for value in values))
    assert scale.low - slack <= min(values) <= max(values) <= scale.high + slack
    assert kind == "stock" or scale.low <= 0 <= scale.high
    assert all(-1 <= scale(value) <= 201 for value in values)


@pytest.mark.parametrize(
    ("values", "kind", "low", "ticks"),
    [
        ([10, 20, 15, 30], "flow", 0, [0, 10, 20, 30]),
        ([800, 1622], "stock", 758.9, [800, 1000, 1200, 1400, 1600]),
        ([10, 1622], "stock", 0, [0, 500, 1000, 1500]),
        ([7, 7], "stock", 5.9, [6, 6.5, 7, 7.5, 8]),
        ([-5, 20], "flow", -6.25, [-5, 0, 5, 10, 15, 20]),
    ],
)
def test_a_value_axis_is_labelled_as_one_would_by_hand(values, kind, low, ticks):
    scale = scales.value_scale(values, kind, 200, 0, 6 if low == -6.25 else 5)
    assert scale.low == pytest.approx(low)
    assert list(scale.ticks) == ticks


@given(st.dates(date(1500, 1, 1), date(2499, 12, 31)), st.integers(0, 300_000), st.integers(4, 13))
def test_a_time_axis_has_few_ticks_in_the_span_and_tells_the_year(first, days, most):
    last = min(first + timedelta(days=days), date(2499, 12, 31))
    for ticks in scales.time_ticks(Span(first, last), most):
        assert 1 <= len(ticks) <= most
        assert all(first <= tick.day <= last for tick in ticks)
        assert ticks[0].tells_year or ticks[0].pattern == "y"
        told = {tick.day.year for tick in ticks if tick.tells_year or tick.pattern == "y"}
        assert told == {tick.day.year for tick in ticks}


@pytest.mark.parametrize(
    ("first", "last", "most", "labels"),
    [
        ("2025-03-01", "2025-03-04", 9, ["1 Mar 2025", "2 Mar", "3 Mar", "4 Mar"]),
        ("2024-12-30", "2025-01-02", 9, ["30 Dec 2024", "31 Dec", "1 Jan 2025", "2 Jan"]),
        ("2024-11-15", "2025-02-15", 5, ["Dec 2024", "Jan 2025", "Feb"]),
        ("2024-06-01", "2025-05-31", 7, ["Jul 2024", "Sept", "Nov", "Jan 2025", "Mar", "May"]),
        ("2025-05-02", "2025-06-30", 4, ["2 May 2025", "30 May", "27 Jun"]),
        ("2010-03-01", "2025-03-01", 9, ["2012", "2014", "2016", "2018", "2020", "2022", "2024"]),
        ("1900-01-01", "2024-01-01", 5, ["1900", "1950", "2000"]),
    ],
)
def test_a_time_axis_is_labelled_as_one_would_by_hand(first, last, most, labels):
    ticks = next(scales.time_ticks(span(first, last), most))
    assert [
        WORDS.day(tick.day, tick.pattern) + (f" {tick.day.year}" if tick.tells_year else "")
        for tick in ticks
    ] == labels


@given(st.text(max_size=60), st.integers(20, 300))
def test_a_shortened_text_fits_its_room(text, room):
    assert width(shorten(text, 12, room), 12) <= room


@given(st.text(max_size=200), st.integers(60, 300), st.integers(1, 3))
def test_wrapped_lines_fit_their_room(text, room, most):
    lines = wrap(text, 12, room, most=most)
    assert len(lines) <= most
    assert all(width(line, 12) <= room for line in lines)


def test_a_text_that_fits_is_left_as_it_is():
    assert shorten("1 to 28 March 2025", 12, 300) == "1 to 28 March 2025"
    assert wrap("one two", 12, 300, most=2) == ["one two"]


def test_a_text_without_spaces_is_wrapped_between_its_letters():
    lines = wrap("数字とその文脈" * 8, 15, 336, most=3)
    assert len(lines) == 3
    assert "".join(lines) == "数字とその文脈" * 8


def test_a_letter_with_a_sign_is_as_wide_as_the_letter():
    assert width("é", 12) == width("e", 12)
    assert width("e\u0301", 12) == width("e", 12)


@pytest.mark.parametrize(
    ("text", "leftward"),
    [(ARABIC, True), (HEBREW, True), ("Views", False), ("2024", False), ("", False),
     ("12 צפיות", True), ("Views צפיות", False)],
)  # fmt: skip
def test_the_first_letter_decides_the_way_a_line_runs(text, leftward):
    assert runs_leftward(text) == leftward
