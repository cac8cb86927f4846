"""What is true of a series: every case in its exact sentence, and the laws that hold for any."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insights import change, dossier, metric, said, series, span, stock
from metrics_insight import compose, findings
from metrics_insight.dossier import Dossier
from metrics_insight.finding import FlowBefore, FlowSum, StockGrowth, UsualPace, UsualWeek
from metrics_insight.findings import changes, growth, happenings, pace, slips, usual
from metrics_insight.model import Series, Span

WEEK = [10, 11, 12, 13, 14, 15, 16]
SECOND_WEEK = span("03-08", "03-14")


def found(about: Dossier, kind: type):
    return next((one for one in compose.observe(about) if isinstance(one, kind)), None)


# --- a running total --------------------------------------------------------------------


def test_a_stock_grows_from_the_eve_of_the_window_to_its_last_day():
    one = dossier(stock(100, 105, 110, 120), span("03-02", "03-04"))
    assert said(one)[0] == (
        "Followers rose by 20, from 100 on 1 March 2025 to 120 on 4 March 2025."
    )


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ((10, 11), "Followers rose by 1, from 10 on 1 March 2025 to 11 on 2 March 2025."),
        ((11, 10), "Followers fell by 1, from 11 on 1 March 2025 to 10 on 2 March 2025."),
        ((10, 10), "Followers stood at 10 on 2 March 2025, as on 1 March 2025."),
        ((0, 5), "Followers rose by 5, from 0 on 1 March 2025 to 5 on 2 March 2025."),
        ((-5, -8), "Followers fell by 3, from −5 on 1 March 2025 to −8 on 2 March 2025."),
        ((0.1, 0.3), "Followers rose by 0.2, from 0.1 on 1 March 2025 to 0.3 on 2 March 2025."),
        ((10**6, 1311234),
         "Followers rose by 311,234, from 1,000,000 on 1 March 2025 to 1,311,234 on 2 March 2025."),
    ],
)  # fmt: skip
def test_a_rise_a_fall_and_a_standstill_have_their_words(values, sentence):
    assert said(dossier(stock(*values), span("03-02", "03-02")))[0] == sentence


def test_a_single_reading_is_told_as_what_it_is():
    assert said(dossier(stock(100))) == [
        "Followers stood at 100 on 1 March 2025; no earlier reading can be held against it."
    ]


def test_at_the_start_of_the_data_growth_begins_with_the_first_reading():
    assert said(dossier(stock(100, 105, 110))) == [
        "Followers rose by 10, from 100 on 1 March 2025 to 110 on 3 March 2025.",
        "None of the 3 days before has a reading to hold it against.",
    ]


def test_where_the_eve_is_missing_the_nearest_reading_is_the_start_and_the_days_are_told():
    gap_before = stock(100, None, None, None, 130, 140, 150)
    assert said(dossier(gap_before, span("03-05", "03-07")))[0] == (
        "Followers rose by 20, from 130 on 5 March 2025 to 150 on 7 March 2025."
    )
    gap_at_the_edges = stock(100, None, 120, 130, None, 150, 151, 152)
    assert said(dossier(gap_at_the_edges, span("03-02", "03-05")))[0] == (
        "Followers rose by 30, from 100 on 1 March 2025 to 130 on 4 March 2025."
    )


def test_a_stock_far_before_an_irregular_window_is_not_its_start_where_a_nearer_one_is():
    one = stock(100, 200, 260, first="01-01", every=50)  # 1 January, 20 February, 11 April
    about = dossier(one, span("02-18", "04-11"))
    assert said(about)[0] == (
        "Followers rose by 60, from 200 on 20 February 2025 to 260 on 11 April 2025, "
        "about 1.2 a day."
    )


def test_the_days_before_are_told_like_for_like():
    assert said(dossier(stock(100, 103, 110), span("03-03", "03-03")))[1] == (
        "The day before saw a rise of 3."
    )
    assert said(dossier(stock(100, 98, 96, 96, 96), span("03-04", "03-05")))[1] == (
        "The 2 days before saw a fall of 4."
    )
    assert said(dossier(stock(5, 5, 6), span("03-03", "03-03")))[1] == (
        "The day before saw no change."
    )


def test_days_before_of_another_number_are_told_as_a_pace_with_their_dates():
    assert said(dossier(stock(100, 102, 110, 120, 130), span("03-03", "03-05")))[1] == (
        "That is about 9.3 a day, against about 2 a day from 1 to 2 March 2025."
    )


def test_irregular_readings_are_told_as_a_pace():
    one = stock(100, 130, 190, 220, first="01-01", every=30)
    assert said(dossier(one, span("02-01", "04-01")))[:2] == [
        (
            "Followers rose by 90, from 130 on 31 January 2025 to 220 on 1 April 2025, "
            "about 1.5 a day."
        ),
        "From 1 to 31 January 2025 it was about 1 a day.",
    ]


def test_one_reading_before_is_too_little_to_hold_a_growth_against():
    assert said(dossier(stock(None, None, 100, 110, 120, 130), span("03-04", "03-06")))[1] == (
        "Only one of the 3 days before has a reading: too little to hold it against."
    )


# --- so many a day ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ((7,), "Views came to 7 on 1 March 2025."),
        ((0,), "Views came to 0 on 1 March 2025."),
        ((10, 10, 50), "Views came to 70 in the 3 days from 1 to 3 March 2025, about 23 a day."),
        ((-4, -6), "Views came to −10 in the 2 days from 1 to 2 March 2025, about −5 a day."),
        ((10, None, 50, 30, 10),
         ("Views came to 100 from 1 to 5 March 2025 (one of the 5 days has no reading), "
         "about 25 a day.")),
        ((10, None, None, 50, 1, 2),
         ("Views came to 63 from 1 to 6 March 2025 (2 of the 6 days have no reading), "
         "about 16 a day.")),
        ((2.5, 3), "Views came to 5.5 in the 2 days from 1 to 2 March 2025, about 2.8 a day."),
    ],
)  # fmt: skip
def test_a_flow_is_the_sum_of_the_days_that_were_counted(values, sentence):
    assert said(dossier(series(*values)))[0] == sentence


def test_gaps_at_the_ends_of_the_window_are_told_by_the_actual_dates():
    one = dossier(series(5, None, 10, 20, 30, None, 5, 6, 7), span("03-02", "03-06"))
    assert said(one)[0] == "Views came to 60 in the 3 days from 3 to 5 March 2025, about 20 a day."


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ((10, 15), "That is 50% more than on the day before (10)."),
        ((10, 5), "That is 50% less than on the day before (10)."),
        ((10, 10), "That is about as much as on the day before (10)."),
        ((1000, 1004), "That is about as much as on the day before (1,000)."),
        ((10, 52), "That is about 5.2 times as much as on the day before (10)."),
        ((0, 5), "That compares with 0 on the day before (0)."),
        ((5, 0), "That compares with 5 on the day before (5)."),
        ((0, 0), "That compares with 0 on the day before (0)."),
        ((-10, -20), "That compares with −10 on the day before (−10)."),
        ((-10, 20), "That compares with −10 on the day before (−10)."),
    ],
)
def test_a_flow_is_held_against_the_day_before_and_a_share_is_told_only_of_plain_counts(
    values, sentence
):
    assert said(dossier(series(*values), span("03-02", "03-02")))[1] == sentence


def test_a_flow_is_held_against_the_days_before_as_far_as_they_were_counted():
    whole = dossier(series(10, 10, 20, 20), span("03-03", "03-04"))
    assert said(whole)[1] == (
        "That is about 2 times as much as in the 2 days before (about 10 a day)."
    )
    part = dossier(series(10, None, 10, 12, 13, 14), span("03-04", "03-06"))
    assert said(part)[1] == (
        "That is 30% more than on the 2 days with a reading among the 3 before (about 10 a day)."
    )
    one_day = dossier(series(10, None, 12, 14, 15), span("03-03", "03-04"))
    assert said(one_day)[1] == (
        "That is 30% more than on the one day with a reading among the 2 before (10)."
    )


def test_too_few_days_before_are_held_against_nothing():
    few = series(10, *[None] * 5, 10, 11, 12, 13, 14, 15, 16)
    assert said(dossier(few, span("03-07", "03-13")))[1] == (
        "Only one of the 7 days before has a reading: too little to hold it against."
    )
    none = dossier(series(*WEEK))
    assert said(none)[1] == "None of the 7 days before has a reading to hold it against."
    assert said(dossier(series(4)))[1] == "The day before has no reading to hold it against."


def test_a_window_with_too_few_readings_is_held_against_nothing():
    one = series(10, 11, 12, 13, 14, 15, None, None, None, 16, None, 12, 13, 14)
    assert said(dossier(one, span("03-07", "03-11")))[1] == (
        "Only one of the 5 days has a reading: too little to hold against the days before."
    )


def test_an_irregular_flow_is_held_against_readings():
    one = series(10, 10, 12, 14, first="01-01", every=10)
    assert said(dossier(one, span("01-15", "01-31")))[:2] == [
        "Views came to 26 in 2 readings from 21 to 31 January 2025, about 13 a reading.",
        "That is 30% more than in the 2 readings of the 17 days before (about 10 a reading).",
    ]


# --- what is usual ----------------------------------------------------------------------


def test_the_usual_week_is_the_middle_half_of_the_whole_weeks_before():
    one = series(*WEEK * 8, *[20] * 7)
    about = dossier(one, Span(one.days[-7], one.days[-1]))
    assert said(about)[2] == (
        "Of the 8 whole weeks from 1 March to 25 April 2025, the middle half lay at about 91."
    )


def test_a_window_of_several_weeks_tells_its_own_mean_week():
    one = series(*range(1, 71))
    about = dossier(one, Span(one.days[-14], one.days[-1]))
    assert said(about)[2] == (
        "An average week of the window came to about 444; of the 8 whole weeks from "
        "1 March to 25 April 2025, the middle half lay between about 114 and 285."
    )


def test_the_week_of_a_stock_is_its_gain():
    one = stock(*(100 + 2 * n for n in range(71)))
    about = dossier(one, Span(one.days[-14], one.days[-1]))
    assert said(about)[2] == (
        "Week by week it changed by about 14 on average; over the 8 whole weeks from "
        "2 March to 26 April 2025, the middle half of the weekly changes lay at about 14."
    )
    week = dossier(one, Span(one.days[-7], one.days[-1]))
    assert said(week)[2].startswith("Over the 9 whole weeks from 2 March to 3 May 2025, ")


def test_too_few_whole_weeks_say_so():
    one = series(*WEEK * 3)
    assert said(dossier(one, span("03-15", "03-21")))[2] == (
        "Only 2 earlier whole weeks can be held against it: too little to say what is usual."
    )
    assert said(dossier(one, SECOND_WEEK))[2] == (
        "Only one earlier whole week can be held against it: too little to say what is usual."
    )
    holes = series(*[*WEEK[:6], None] * 9, *WEEK)
    assert said(dossier(holes, Span(holes.days[-7], holes.days[-1])))[2] == (
        "No earlier whole week can be held against it, so nothing is said of what is usual."
    )


def test_a_part_of_a_week_is_held_against_no_week():
    one = series(*WEEK * 9)
    assert found(dossier(one, Span(one.days[-6], one.days[-1])), UsualWeek) is None
    holes = replace(one, values=(*one.values[:-3], None, *one.values[-2:]))
    assert found(dossier(holes, Span(one.days[-7], one.days[-1])), UsualWeek) is None


def test_irregular_readings_have_a_usual_pace():
    one = stock(*range(100, 200, 10), first="01-01", every=10)
    assert said(dossier(one, span("04-01", "04-01")))[-1] == (
        "Between the 9 readings from 1 January to 22 March 2025, the middle half of the changes "
        "lay at about 1 a day."
    )
    few = stock(1, 2, 3, first="01-01", every=10)
    assert said(dossier(few, span("01-21", "01-21")))[-1] == (
        "Only 2 earlier readings can be held against it: too little to say what is usual."
    )


def test_at_most_a_year_of_weeks_is_usual():
    one = series(*WEEK * 70, first="2024-01-01")
    assert found(dossier(one, Span(one.days[-7], one.days[-1])), UsualWeek).weeks == 52


# --- changes in the way of counting -----------------------------------------------------


def test_nothing_is_compared_across_a_change_in_the_window():
    about = dossier(stock(100, 110, 50, 60), span("03-02", "03-04"), change("03-03"))
    assert said(about) == [
        (
            "On 3 March 2025 the way of counting changed (bots left out); "
            "nothing is compared across that day."
        )
    ]


def test_every_change_in_the_window_is_told():
    about = dossier(stock(*range(9)), span("03-02", "03-09"), change("03-04"), change("03-06", "x"))
    assert len(said(about)) == 2


def test_a_change_before_the_window_leaves_the_window_and_drops_the_days_before():
    about = dossier(series(100, 110, 50, 60, 70), span("03-04", "03-05"), change("03-03"))
    assert said(about) == [
        "Views came to 130 in the 2 days from 4 to 5 March 2025, about 65 a day.",
        (
            "On 3 March 2025 the way of counting changed (bots left out); "
            "nothing is compared across that day."
        ),
    ]


def test_a_change_on_the_windows_first_day_makes_it_the_start():
    about = dossier(stock(100, 110, 50, 60, 70), span("03-03", "03-05"), change("03-03"))
    assert said(about)[0] == "Followers rose by 20, from 50 on 3 March 2025 to 70 on 5 March 2025."


def test_a_change_between_a_far_reading_and_an_irregular_window_is_not_crossed():
    one = stock(100, 40, first="01-01", every=60)  # 1 January and 2 March
    about = dossier(one, span("02-20", "03-02"), change("02-01"))
    assert said(about)[0] == (
        "Followers stood at 40 on 2 March 2025; no earlier reading can be held against it."
    )


def test_what_is_usual_starts_anew_at_a_change():
    one = series(*WEEK * 12)
    window = Span(one.days[-7], one.days[-1])
    about = dossier(one, window, change(str(one.days[14])))
    assert found(about, UsualWeek).weeks == 9
    assert found(about, UsualWeek).span.first == one.days[14]


# --- the companions ---------------------------------------------------------


def test_a_companion_is_told_over_the_same_days():
    about = dossier(stock(1, 2, 3), span("03-02", "03-03"), beside=(series(5, 6, 7),))
    assert compose.observe_beside(about, "en") == (
        "Over the same days, Views came to 13, about 6.5 a day.",
    )


def test_several_companions_share_a_sentence_and_one_with_gaps_has_its_own():
    beside = (stock(1, 2, 3), stock(3, 2, 1), stock(1, 1, 1), series(5, 6, None, 7, 8, 9, 9))
    about = dossier(series(5, 6, 7), span("03-02", "03-03"), beside=beside)
    assert compose.observe_beside(about, "en") == (
        (
            "Over the same days, Followers rose by 2, to 3; Followers fell by 2, to 1; "
            "Followers stayed at 1."
        ),
        "Over the same days: Views came to 6 on 2 March 2025.",
    )
    day_only = dossier(series(5, 6), span("03-02", "03-02"), beside=(series(1, 2),))
    assert compose.observe_beside(day_only, "en") == ("Over the same days, Views came to 2.",)


def test_a_companion_is_not_told_across_its_own_change_in_counting():
    beside = dossier(series(5, 6, 7), None, change("03-02"))
    about = replace(dossier(stock(1, 2, 3)), companions=(beside,))
    assert compose.observe_beside(about, "en") == (
        (
            "Over the same days: On 2 March 2025 the way of counting changed (bots left out); "
            "nothing is compared across that day."
        ),
    )


# --- laws -------------------------------------------------------------------------------

COUNTS = st.lists(st.none() | st.integers(0, 10**6), min_size=1, max_size=120).filter(
    lambda values: any(value is not None for value in values)
)


@st.composite
def dossiers(draw, make=series) -> Dossier:
    """Any series with any window that holds a reading."""
    one: Series = make(*draw(COUNTS), every=draw(st.integers(1, 40)))
    first, last = one.points[0].day, one.points[-1].day
    ends = sorted(
        first + timedelta(days=draw(st.integers(0, (last - first).days))) for _ in range(2)
    )
    window = Span(ends[0], ends[1])
    if not one.within(window).points:
        window = Span(one.points[-1].day, one.points[-1].day)
    changes = [change(str(first + timedelta(days=draw(st.integers(0, 99)))))] * draw(
        st.integers(0, 1)
    )
    return dossier(one, window, *changes)


@settings(deadline=None)
@given(dossiers() | dossiers(make=stock))
def test_whatever_the_series_something_is_said_of_it(about):
    sentences = said(about)
    assert sentences
    assert all(one.endswith(".") and "nan" not in one for one in sentences)


@settings(deadline=None)
@given(dossiers() | dossiers(make=stock))
def test_no_finding_leaves_the_data_or_reaches_across_a_change(about):
    held = about.series.span
    for one in compose.observe(about):
        ends = {
            StockGrowth: lambda f: (f.start.day, f.end.day),
            FlowSum: lambda f: (f.span.first, f.span.last),
            UsualPace: lambda f: (f.span.first, f.span.last),
            UsualWeek: lambda f: (f.span.first, f.span.last),
        }.get(type(one))
        if ends:
            first, last = ends(one)
            assert held.first <= first <= last <= held.last
            assert not any(first < other.date <= last for other in about.changes)


@settings(deadline=None)
@given(dossiers(), st.integers(2, 50))
def test_counting_in_another_unit_moves_sums_by_its_factor_and_no_share(about, factor):
    values = tuple(None if value is None else value * factor for value in about.series.values)
    scaled = replace(about, series=replace(about.series, values=values))
    one, other = found(about, FlowSum), found(scaled, FlowSum)
    if one:
        assert other.total == one.total * factor
    one, other = found(about, FlowBefore), found(scaled, FlowBefore)
    if one:
        assert other.change == pytest.approx(one.change)


@settings(deadline=None)
@given(dossiers(make=stock), st.integers(1, 10**6))
def test_a_constant_added_to_a_stock_changes_no_growth(about, constant):
    values = tuple(None if value is None else value + constant for value in about.series.values)
    raised = replace(about, series=replace(about.series, values=values))
    one, other = found(about, StockGrowth), found(raised, StockGrowth)
    assert (one and one.gain) == (other and other.gain)
    assert said(about)[1:] == said(raised)[1:]


@settings(deadline=None)
@given(dossiers())
def test_days_after_the_window_change_no_finding(about):
    cut = about.series.within(Span(about.series.days[0], about.window.last))
    events = tuple(one for one in about.events if one.date <= about.window.last)
    assert said(about) == said(replace(about, series=cut, events=events))


def test_the_finders_are_read_in_this_order():
    read = (growth, usual, changes, slips, happenings, pace)
    assert tuple(one.find for one in read) == findings.FINDERS


# --- what is measured and not counted ----------------------------------------------------

INTEREST = metric("flow", "Interest", "index")


@pytest.mark.parametrize(
    ("unit", "form"),
    [("index", "level"), ("open rate", "level"), ("%", "level"), ("replies_index", "level"),
     ("shares", "flow"), ("ratings", "flow"), ("rates", "flow"), ("pirates", "flow")],
)  # fmt: skip
def test_an_index_a_rate_and_a_percentage_are_levels(unit, form):
    assert metric("flow", "Any", unit).form == form
    assert metric("stock", "Any", unit).form == "stock"


def test_a_level_is_never_summed():
    one = series(*WEEK, *[2 * value for value in WEEK], of=INTEREST)
    assert said(dossier(one, SECOND_WEEK))[:2] == [
        "Interest averaged about 26 in the 7 days from 8 to 14 March 2025.",
        "That is about 2 times as high as in the 7 days before (about 13).",
    ]


def test_the_usual_weeks_of_a_level_are_means():
    one = series(*WEEK * 10, of=INTEREST)
    usual_week = said(dossier(one, Span(one.days[-7], one.days[-1])))[-1]
    assert usual_week == (
        "Of the 9 whole weeks from 1 March to 2 May 2025, the middle half had a mean at about 13."
    )


def test_a_level_that_is_read_now_and_then_is_told_at_its_two_readings():
    one = series(1.0, 1.5, every=96, first="2024-10-01", of=INTEREST)
    assert said(dossier(one, Span(one.days[1], one.days[1]))) == [
        "Interest rose by 0.5, from 1 on 1 October 2024 to 1.5 on 5 January 2025.",
        "Only one earlier reading can be held against it: too little to say what is usual.",
    ]


def test_a_companion_that_is_an_index_is_no_sum_and_is_held_per_nobody():
    followers = stock(*range(1000, 1200))
    about = dossier(followers, None, beside=(series(*[40, 44] * 100, of=INTEREST),))
    assert compose.observe_beside(about, "en") == (
        "Over the same days, Interest averaged about 42.",
    )
    assert pace.find(about) == ()
    assert len(about.analysis.relationships) == 1


def test_growth_without_more_replies_is_said_only_where_replies_did_not_rise():
    followers = stock(*range(1000, 1100), *range(1100, 3100, 20))
    for later, rose in ((20, False), (30, True)):
        replies = series(*[20] * 100, *[later] * 100, of=metric("flow", "Replies", "replies"))
        (kept,) = pace.find(dossier(followers, None, beside=(replies,)))
        assert (kept.grew, kept.rose) == (True, rose)
