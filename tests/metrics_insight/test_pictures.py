"""The chart of a card as it is described: what was expected, what changed, and how it is heard."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights import (
    WORDS,
    change,
    chart,
    day,
    dossier,
    event,
    metric,
    panel,
    series,
    span,
    stock,
)
from metrics_insight import compose, heard
from metrics_insight.insight import Band, Mark, Shift

FIRST = "2024-10-01"


def quiet(count: int, level: float = 100.0, seed: int = 1) -> list[int]:
    return [int(value) for value in np.random.default_rng(seed).poisson(level, count)]


def total(gains: list[int]) -> list[int]:
    return [int(value) for value in np.cumsum(gains)]


def described(about):
    return compose.card(about, "en").chart


def rising():
    """A flow that doubles on 29 January 2025, with an event on that day and one before."""
    values = quiet(120) + quiet(60, 200.0, seed=2)
    events = event("2025-01-29", "A front page"), event("2025-01-10", "A quiet talk")
    return dossier(series(*values, first=FIRST), span("2025-01-01", "2025-03-20"), *events)


# --- what is drawn ----------------------------------------------------------------------


def test_a_chart_shows_what_was_expected_on_the_days_before_the_window_too():
    (one,) = described(rising()).panels
    days = [day for band in one.bands for day in band.days]
    assert days[0] < day("2025-01-01") < days[-1] == day("2025-03-20")
    assert all(
        low < high for band in one.bands for low, high in zip(band.low, band.high, strict=True)
    )


def test_a_lasting_change_is_a_shift_with_the_days_on_which_it_may_have_begun():
    (one,) = described(rising()).panels
    (shift,) = one.shifts
    assert (shift.kind, shift.day) == ("rate", day("2025-01-29"))
    assert shift.earliest <= shift.day <= shift.latest


def test_a_change_outside_the_days_drawn_is_not_drawn():
    about = rising()
    later = dossier(about.series, span("2025-03-01", "2025-03-15"))
    assert described(later).panels[0].shifts == ()


def test_a_mark_carries_its_title_and_its_verdict():
    marks = described(rising()).marks
    assert [(one.number, one.title, one.verdict, one.moved) for one in marks] == [
        (1, "A quiet talk", "no visible effect", False),
        (2, "A front page", "moved", True),
    ]


def test_a_companion_has_its_own_expected_range_and_changes():
    beside = series(
        *quiet(110, 40.0, 3),
        *quiet(70, 90.0, 4),
        first=FIRST,
        of=metric("flow", "Replies", "replies"),
    )
    about = dossier(
        series(*quiet(180), first=FIRST), span("2025-01-01", "2025-03-20"), beside=(beside,)
    )
    main, below = described(about).panels
    assert main.bands
    assert below.bands
    assert (main.shifts, [shift.kind for shift in below.shifts]) == ((), ["rate"])


def test_the_days_on_which_a_counter_stood_still_are_named():
    values = total(quiet(120))
    values[80:86] = [values[80]] * 6
    (one,) = described(dossier(stock(*values, first=FIRST))).panels
    (still,) = one.stuck
    first = day(FIRST)
    assert (still.first, still.last) == (first + timedelta(81), first + timedelta(85))


def test_a_short_history_has_no_range_and_the_caption_says_so():
    short = described(dossier(series(*quiet(20))))
    assert short.panels[0].bands == ()
    told = "No expected range is shown: the readings are too few, or too wild, to forecast from."
    assert short.caption == told


def test_the_caption_says_what_the_range_is():
    assert described(rising()).caption == (
        "The expected range holds 95 of 100 calm days; each is forecast from those before it."
    )


def test_a_range_has_as_many_digits_as_its_width_has_sense_for():
    (one,) = described(rising()).panels
    assert all(round(end, 1) == end for band in one.bands for end in (*band.low, *band.high))


def test_an_index_is_a_level_and_readings_of_people_are_not():
    index = metric("flow", "Price index", "index")
    assert described(dossier(series(1, 2, 3, of=index))).panels[0].is_level
    assert not described(dossier(series(1, 2, 3))).panels[0].is_level


def test_of_panels_of_two_kinds_the_caption_speaks_of_both():
    beside = stock(*total(quiet(120)))
    about = dossier(series(*quiet(120)), beside=(beside,))
    assert "calm days or readings" in described(about).caption


# --- how it is heard --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("about", "alt"),
    [
        (dossier(stock(1, 2, 3)), "Line chart: Followers, 1 to 3 March 2025, from 1 to 3."),
        (dossier(series(5, 1, 3)),
         "Line chart: Views by day, 1 to 3 March 2025, from 5 to 3, between 1 and 5."),
        (dossier(series(5)), "Chart of one reading: Views, 1 March 2025, at 5."),
        (dossier(stock(1, 5, every=10)),
         "Chart of 2 readings: Followers, 1 to 11 March 2025, from 1 to 5."),
        (dossier(stock(1, 2, 3), beside=(series(5, 6, 7),)),
         "Line chart: Followers, 1 to 3 March 2025, from 1 to 3; below it Views."),
        (dossier(series(1, 2, None, 4, 5, 6, 7), None, change("03-06")),
         ("Line chart: Views by day, 1 to 7 March 2025, from 1 to 7, between 1 and 7; "
          "counting changed on 6 March 2025.")),
        (dossier(series(1, 2, 3), None, event("03-02")),
         ("Line chart: Views by day, 1 to 3 March 2025, from 1 to 3, between 1 and 3; "
          "the one marked event was not tested.")),
        (rising(),
         ("Line chart: Views by day, 1 January to 20 March 2025, from 71 to 222, between 71 and "
          "239; it moved with 1 of 2 marked events; it changed lastingly about 29 January 2025.")),
    ],
)  # fmt: skip
def test_the_alternative_text_says_kind_measure_span_ends_and_what_happened(about, alt):
    assert described(about).alt == alt


@pytest.mark.parametrize(
    ("tested", "told"),
    [
        ((True, True), "no move is attributed to the 2 marked events"),
        ((True, False), "no move is attributed to the one that was tested of 2 marked events"),
        ((False, False), "the 2 marked events were not tested"),
    ],
)
def test_no_move_is_denied_of_an_event_that_was_not_tested(tested, told):
    marks = [Mark(n, day("03-02"), tested=one) for n, one in enumerate(tested)]
    assert told in heard.alt((panel(1, 2, 3),), marks, span("03-01", "03-03"), WORDS)


def test_a_total_is_told_from_where_its_line_in_the_window_starts():
    one, after = panel(1, 2, 3, 4, kind="stock"), span("03-03", "03-04")
    assert "from 2 to 4" in heard.alt((one,), (), after, WORDS)
    cut = replace(one, runs=(one.runs[0][:2], one.runs[0][2:]))
    assert "from 3 to 4" in heard.alt((cut,), (), after, WORDS)
    assert "from 3 to 4" in heard.alt((replace(one, kind="flow"),), (), after, WORDS)


def test_many_changes_are_counted_and_not_dated():
    days = [day("03-01") + timedelta(n) for n in range(9)]
    shifts = tuple(Shift(one, one, one, "rate") for one in days[1:6])
    one = panel(*range(9), shifts=shifts)
    told = heard.alt((one,), (), span("03-01", "03-09"), WORDS)
    assert told.endswith("; it changed lastingly 5 times.")


@given(
    st.text(min_size=1, max_size=300),
    st.lists(st.booleans(), max_size=200),
    st.integers(0, 12),
    st.integers(1, 5),
)
def test_an_alternative_text_is_one_sentence_of_at_most_250_characters(
    label, moved, shifts, panels
):
    days = [day("03-01") + timedelta(n) for n in range(14)]
    one = panel(
        *range(14), label=label, breaks=tuple(days[1:3]),
        shifts=tuple(Shift(one, one, one, "rate") for one in days[:shifts]),
    )  # fmt: skip
    marks = [Mark(n + 1, days[0], filled) for n, filled in enumerate(moved)]
    told = heard.alt((one,) * panels, marks, span("03-01", "03-14"), WORDS)
    assert len(told) <= 250
    assert told.endswith(".")


def test_the_caption_and_the_alternative_text_share_no_sentence():
    one = described(rising())
    assert not set(one.alt.split(". ")) & set(one.caption.split(". "))


def test_a_chart_without_a_reading_in_its_window_says_so():
    one = panel(1, 2, 3)
    told = heard.alt((one,), (), span("04-01", "04-03"), WORDS)
    assert told == "Chart without a reading: Views, 1 to 3 April 2025."


def test_of_irregular_readings_the_caption_speaks_of_readings():
    at = day("03-01")
    one = panel(1, 2, is_daily=False, bands=(Band((at,), (0.0,), (3.0,)),))
    assert heard.caption((one,), WORDS).startswith("The expected range holds 95 of 100 readings;")
    assert chart(one).panels[0].points
