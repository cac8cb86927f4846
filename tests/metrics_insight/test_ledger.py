"""The ledger: a check held against the data, where a card stands, and the words for it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights import WORDS, change, day, metric, series, stock
from metrics_insight import check_line, claimed, compose, ledger
from metrics_insight.claim import OUTCOMES, Check, Retired
from metrics_insight.errors import Fault, Faults
from metrics_insight.model import Dataset, Request
from metrics_insight.standing import Record, Standing

REPLIES = metric("flow", "Replies", "replies")
CALM = stock(*range(1000, 1100))  # 1 March to 8 June 2025
TALK = series(*[5] * 100, of=REPLIES)


def standing(line: str, *of, events=(), verdict=None, said="03-28") -> Standing:
    """Where a card on the first series stands, with this check."""
    data = Dataset(of or (CALM, TALK), tuple(events))
    asked = Request("x", check=check_line.read(line), verdict=verdict)
    return ledger.stand(asked, data, data.series[0].metric, day(said))


def outcome(line: str, *of, **more) -> str | None:
    tested = standing(line, *of, **more).tested
    return tested.outcome if tested else None


# --- the line -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "check"),
    [
        ("2025-06-01 a.b < 1250", Check(date(2025, 6, 1), "a.b", 1250, True)),
        ("2025-06-01  a.b>1,250.5", Check(date(2025, 6, 1), "a.b", 1250.5, False)),
        ("2025-06-01 a < 1 250", Check(date(2025, 6, 1), "a", 1250, True)),
        ("2025-06-01 a < -5", Check(date(2025, 6, 1), "a", -5, True)),
        ("2025-06-01 a / b < 0.01", Check(date(2025, 6, 1), "a", 0.01, True, "b")),
        ("2025-06-01 a/b < 2.5 %", Check(date(2025, 6, 1), "a", 0.025, True, "b")),
        ("2025-06-01 new readers < 3", Check(date(2025, 6, 1), "new readers", 3, True)),
        (
            "2025-06-01 a < +5 % since 2025-03-01",
            Check(date(2025, 6, 1), "a", 0.05, True, "", date(2025, 3, 1)),
        ),
        (
            "2025-06-01 a/b > −12.5% since 2025-03-01",
            Check(date(2025, 6, 1), "a", -0.125, False, "b", date(2025, 3, 1)),
        ),
    ],
)
def test_a_check_is_a_day_a_metric_and_a_number(line, check):
    assert check_line.read(line) == check


@pytest.mark.parametrize(
    ("line", "wrong", "right"),
    [
        ("soon a < 5", '"soon a < 5" is no check', check_line.RIGHT),
        ("2025-06-01 a = 5", '"2025-06-01 a = 5" is no check', check_line.RIGHT),
        ("2025-06-01 < 5", '"2025-06-01 < 5" is no check', check_line.RIGHT),
        ("2025-02-30 a < 5", '"2025-02-30" is no date', "write it as 2025-06-01"),
        (
            "2025-06-01 a < many",
            '"many" is no number to check against',
            "write digits, such as 1250, or +5 % since DATE",
        ),
        (
            "2025-06-01 a < 12,50",
            '"12,50" is no number to check against',
            "write it as 1250, 1,250 or 12.5",
        ),
        (
            "2025-06-01 a < 5 %",
            '"5 %" is a percentage of nothing',
            "write +5 % since DATE, or NAME/NAME before it",
        ),
        (
            "2025-06-01 a < +5 % since 2025-06-01",
            "the check looks back from 2025-06-01 to 2025-06-01, which is no earlier",
            "swap the two days",
        ),
        (
            "2025-06-01 a < 9999999999999999",
            '"9999999999999999" is larger than any count',
            "write a smaller number",
        ),
    ],
)
def test_what_is_no_check_is_told_with_its_line(line, wrong, right):
    with pytest.raises(Fault) as raised:
        check_line.read(line, 7)
    assert (raised.value.wrong, raised.value.right, raised.value.line) == (wrong, right, 7)


@given(
    st.text()
    | st.from_regex(r"2025-0[1-9]-[0-3]\d [a-z]/?[a-z]* ?[<>] ?[-+]?[\d., %]+( since .*)?")
)
def test_any_line_is_a_check_or_a_fault(line):
    with suppress(Fault):
        assert isinstance(check_line.read(line), Check)


# --- the test -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("2025-04-01 followers < 1032", "did not hold up"),  # 1,031 on that day
        ("2025-04-01 followers < 1031", "held up"),
        ("2025-04-01 followers > 1031", "held up"),
        ("2025-04-01 followers > 1030", "did not hold up"),
        ("2025-04-01 replies/followers < 0.004", "held up"),  # 4.85 for every 1,000
        ("2025-04-01 replies/followers < 0.5 %", "did not hold up"),
        ("2025-04-01 followers < +5 % since 2025-03-01", "did not hold up"),  # 3.1 %
        ("2025-04-01 followers < +3.1 % since 2025-03-01", "held up"),
        ("2025-04-01 followers > +3 % since 2025-03-01", "did not hold up"),
        ("2025-04-01 replies/followers < -2 % since 2025-03-01", "did not hold up"),
    ],
)
def test_a_check_that_is_true_on_its_day_means_that_the_reading_did_not_hold_up(line, expected):
    assert outcome(line) == expected


def test_a_check_falls_due_with_the_first_reading_on_its_day():
    assert outcome("2025-06-09 followers < 5") is None
    assert standing("2025-06-09 followers < 5").status == "open"
    assert outcome("2025-06-08 followers < 5") == "held up"
    assert standing("2025-06-08 followers < 5").status == "due"


def test_of_two_metrics_both_must_have_come_to_the_day():
    late = series(*[5] * 90, of=REPLIES)
    assert outcome("2025-06-01 replies/followers < 1", CALM, late) is None


def test_a_metric_that_stopped_falls_due_when_the_other_data_are_past_any_reading_that_counts():
    stopped = series(*[5] * 90, of=REPLIES)  # to 29 May
    assert outcome("2025-06-01 replies < 3", stopped, CALM) is None  # 8 June is 7 days on
    assert outcome("2025-05-31 replies < 3", stopped, CALM) == "held up"
    assert outcome("2025-05-31 replies < 3", stopped) is None


def test_a_reading_counts_for_seven_days():
    gap = stock(*[10] * 10, *[None] * 20, 10)
    assert outcome("2025-03-17 followers < 5", gap) == "held up"
    found = standing("2025-03-18 followers < 5", gap).tested
    assert (found.outcome, found.why, found.day) == ("cannot tell", "no reading", day("03-18"))


def test_an_irregular_reading_counts_for_the_usual_gap():
    monthly = stock(10, 20, 30, 40, every=30)  # 1 and 31 March, 30 April, 30 May
    assert ledger.closeness(monthly) == 30
    assert outcome("2025-04-29 followers < 20", monthly) == "held up"
    few = stock(10, 20, 30, every=3)
    assert ledger.closeness(few) == 7


def test_the_day_before_the_data_is_a_fault_and_a_gap_there_cannot_be_told():
    data = Dataset((CALM,))
    asked = Request(
        "followers", check=check_line.read("2025-06-01 followers < +5 % since 2025-02-01")
    )
    with pytest.raises(Faults, match="looks back to 2025-02-01, and"):
        compose.resolve(asked, data)
    gap = stock(10, *[None] * 20, *[10] * 20)
    assert outcome("2025-04-01 followers < +5 % since 2025-03-15", gap) == "cannot tell"


def test_nothing_is_compared_across_a_change_in_counting():
    line = "2025-04-10 followers < 5"
    for on, expected in (("04-01", "cannot tell"), ("03-20", "held up"), ("04-11", "held up")):
        assert outcome(line, events=[change(on, metrics=("site.followers",))]) == expected
    since = "2025-04-10 followers < +5 % since 2025-03-10"
    assert outcome(since, events=[change("03-20")]) == "cannot tell"
    assert outcome(since, events=[change("03-10")]) == "did not hold up"


def test_nothing_is_divided_by_nothing():
    none = stock(*[0] * 40)
    replies = series(*[5] * 40, of=REPLIES)
    found = standing("2025-04-01 replies/followers < 1", replies, none).tested
    assert (found.outcome, found.why, found.value) == ("cannot tell", "zero", None)
    assert outcome("2025-04-01 followers > +5 % since 2025-03-10", none) == "cannot tell"


@given(st.lists(st.integers(0, 10**9), min_size=40, max_size=40), st.integers(0, 10**9))
def test_a_check_and_its_opposite_cannot_both_prove_a_reading_wrong(values, limit):
    both = {outcome(f"2025-04-01 followers {sign} {limit}", stock(*values)) for sign in "<>"}
    assert both in ({"held up", "did not hold up"}, {"held up"})


# --- where a card stands --------------------------------------------------------------------------


def test_a_verdict_closes_a_card_whatever_its_test_said():
    for verdict in OUTCOMES:
        assert standing("2025-04-01 followers < 5", verdict=verdict).status == verdict


def test_a_verdict_against_a_test_that_could_tell_is_against_it():
    line = "2025-04-01 followers < 5"  # held up
    against = [standing(line, verdict=verdict).is_against for verdict in OUTCOMES]
    assert against == [False, True, True]
    assert not standing("2025-07-01 followers < 5", verdict="held up").is_against
    gap = stock(*[10] * 10, *[None] * 20, 10)
    assert not standing("2025-03-20 followers < 5", gap, verdict="held up").is_against


def test_a_metrics_end_closes_what_its_data_cannot_answer():
    gone = replace(CALM, metric=replace(CALM.metric, retired=Retired(day("05-01"), "We left.")))
    assert standing("2025-06-01 followers < 5", gone).status == "retired"
    assert standing("2025-04-01 followers < 5", gone).status == "due"
    assert standing("2025-06-01 followers < 5", gone, verdict="held up").status == "held up"
    assert (
        ledger.stand(Request("x"), Dataset((gone,)), gone.metric, day("03-01")).status == "retired"
    )


def test_the_record_counts_verdicts_as_given_and_those_against_their_tests_beside_them():
    line = "2025-04-01 followers < 5"
    cards = [standing(line, verdict=verdict) for verdict in (*OUTCOMES, "held up", None)]
    cards += [standing("2025-07-01 followers < 5"), Standing()]
    told = Record.of(cards)
    assert told == Record(held_up=2, did_not_hold_up=1, cannot_tell=1, against=2, due=1, open=1)
    assert told.checked == 4


# --- the words ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "said", "test"),
    [
        (
            "2025-04-01 followers < 1250",
            "followers below 1,250 on 1 April 2025",
            (
                "It was 1,031 by the reading of 1 April 2025: by this test the reading "
                "did not hold up."
            ),
        ),
        (
            "2025-07-01 followers > 12.5",
            "followers above 12.5 on 1 July 2025",
            "",
        ),
        (
            "2025-04-01 replies/followers < 0.004",
            "replies for every 1,000 followers below 4 on 1 April 2025",
            "It was 4.85 by the readings of 1 April 2025: by this test the reading held up.",
        ),
        (
            "2025-04-01 replies/followers > 1.5 %",
            "replies for every 100 followers above 1.5 on 1 April 2025",
            "It was 0.485 by the readings of 1 April 2025: by this test the reading held up.",
        ),
        (
            "2025-04-01 followers < +5 % since 2025-03-01",
            "a change in followers from 1 March 2025 to 1 April 2025 below +5%",
            (
                "It was +3.1% by the readings of 1 March 2025 and 1 April 2025: by this test the "
                "reading did not hold up."
            ),
        ),
        (
            "2025-04-01 followers > -5 % since 2025-03-01",
            "a change in followers from 1 March 2025 to 1 April 2025 above −5%",
            (
                "It was +3.1% by the readings of 1 March 2025 and 1 April 2025: by this test the "
                "reading did not hold up."
            ),
        ),
    ],
)
def test_a_check_and_its_test_are_told_in_words(line, said, test):
    told = claimed.account(standing(line), WORDS)
    assert (told.check, told.test) == (said, test)


@pytest.mark.parametrize(
    ("about", "test"),
    [
        (
            standing("2025-03-20 followers < 5", stock(*[10] * 10, *[None] * 20, 10)),
            (
                "This test cannot tell: there is no reading of followers close enough before "
                "20 March 2025."
            ),
        ),
        (
            standing("2025-04-10 followers < 5", events=[change("04-01")]),
            "This test cannot tell: the way of counting changed on 1 April 2025.",
        ),
        (
            standing("2025-04-01 replies/followers < 1", TALK, stock(*[0] * 40)),
            "This test cannot tell: nothing can be divided by what was read on 1 April 2025.",
        ),
    ],
)
def test_why_a_test_cannot_tell_is_said(about, test):
    assert claimed.test(about, WORDS) == test


def test_a_card_says_whether_somebody_has_to_do_something():
    gone = replace(CALM, metric=replace(CALM.metric, retired=Retired(day("05-01"), "We left.")))
    told = [
        claimed.account(one, WORDS)
        for one in (
            standing("2025-07-01 followers < 5"),
            standing("2025-04-01 followers < 5"),
            standing("2025-04-01 followers < 5", verdict="held up"),
            standing("2025-04-01 followers < 5", verdict="cannot tell"),
            standing("2025-06-01 followers < 5", gone),
            Standing(),
        )
    ]
    assert [(one.status, one.state, one.verdict, one.against) for one in told] == [
        ("open", "Open: due on 1 July 2025.", "", ""),
        ("due", "Due since 1 April 2025.", "", ""),
        ("held up", "", "held up", ""),
        ("cannot tell", "", "cannot tell", "This verdict is against the test."),
        ("retired", "Retired: not counted since 1 May 2025. We left.", "", ""),
        ("open", "", "", ""),
    ]


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (Record(due=3, open=2), ("No reading has been checked yet.",)),
        (
            Record(held_up=1),
            ("Of one reading checked, 1 held up, 0 did not, 0 cannot tell.",),
        ),
        (
            Record(held_up=8, did_not_hold_up=4, cannot_tell=2),
            ("Of 14 readings checked, 8 held up, 4 did not, 2 cannot tell.",),
        ),
        (
            Record(held_up=8, did_not_hold_up=4, cannot_tell=2, against=1),
            (
                "Of 14 readings checked, 8 held up, 4 did not, 2 cannot tell.",
                "One of these verdicts is against what its test said.",
            ),
        ),
        (
            Record(held_up=1300, did_not_hold_up=11, against=2),
            (
                "Of 1,311 readings checked, 1,300 held up, 11 did not, 0 cannot tell.",
                "2 of these verdicts are against what their tests said.",
            ),
        ),
    ],
)
def test_the_public_record_is_plain(record, said):
    assert claimed.record(record, WORDS) == said
