"""What is said of changes, events and companions: each finding in its exact sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from insights import WORDS, day, dossier, event, metric, span, stock
from metrics_insight.finding import (
    ChangeFound,
    EventMoved,
    EventsSilent,
    EventsTogether,
    EventsUntested,
    Interval,
    KeptPace,
    NoEvents,
    Slip,
)
from metrics_insight.findings import slips
from metrics_insight.sentences import Sentences

STOCK = metric("stock", "Followers", "followers")
FLOW = metric()
REPLIES = metric("flow", "Replies", "replies")
TALK, FAIR, SHOW = event("03-03"), event("03-05", "Fair"), event("03-09", "Show")
ONE_DAY, FEW_DAYS = span("03-03", "03-03"), span("03-02", "03-05")


def say(finding) -> str:
    return Sentences(WORDS).of(finding)


def change(kind: str, before: float, after: float, of=STOCK, **more) -> ChangeFound:
    low, high = more.pop("interval", (after - before - 5, after - before + 5))
    began = more.pop("began", ONE_DAY)
    return ChangeFound(of, kind, began, before, after, low, high, **more)


ASKED = " No recorded event is within 7 days. Do you know one?"


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (change("spike", 10, 60),
         ("A burst of growth began on 3 March 2025: about 60 a day, against an expected 10 "
          "(95% interval of the difference: 45 to 55).")),
        (change("spike", 10, -2.5, interval=(-20, -5)),
         ("A dip in growth began on 3 March 2025: about −2.5 a day, against an expected 10 "
          "(95% interval of the difference: −20 to −5).")),
        (change("spike", 10, 60, FLOW),
         ("A burst began on 3 March 2025: about 60 a day, against an expected 10 "
          "(95% interval of the difference: 45 to 55).")),
        (change("spike", 60, 0, FLOW, interval=(None, None)),
         "A dip began on 3 March 2025: about 0 a day, against an expected 60."),
        (change("rate", 10, 60),
         ("A lasting rise in the daily gain began on 3 March 2025: about 60 a day, up from about "
          "10 (95% interval of the difference: 45 to 55).")),
        (change("rate", 60, 0, interval=(None, None)),
         ("A lasting fall in the daily gain began on 3 March 2025: about 0 a day, down from "
          "about 60.")),
        (change("rate", 1000, 1311, FLOW, began=FEW_DAYS),
         ("A lasting rise began between 2 and 5 March 2025: about 1,310 a day, up from about "
          "1,000 (95% interval of the difference: 306 to 316).")),
        (change("rate", 1311, 1000, FLOW, began=span("02-27", "03-05")),
         ("A lasting fall began between 27 February and 5 March 2025: about 1,000 a day, down "
          "from about 1,310 (95% interval of the difference: −316 to −306).")),
        (change("rate", 1, 2, FLOW, began=span("2024-12-30", "2025-01-02"), interval=(None, None)),
         ("A lasting rise began between 30 December 2024 and 2 January 2025: about 2 a day, up "
          "from about 1.")),
        (change("jump", 10, 500),
         ("It gained about 500 in a single day, on 3 March 2025, against an expected 10 "
          "(95% interval of the difference: 485 to 495).")),
        (change("jump", 10, -500, began=FEW_DAYS, interval=(None, None)),
         ("It lost about 500 in a single day, between 2 and 5 March 2025, against an expected "
          "gain of 10.")),
        (change("jump", 10, 500, FLOW, interval=(None, None)),
         "A single day, on 3 March 2025, stood out: about 500, against an expected 10."),
        (change("jump", 10, -5, FLOW, interval=(None, None)),
         "A single day, on 3 March 2025, stood out: about −5, against an expected 10."),
    ],
)  # fmt: skip
def test_a_change_is_told_with_its_days_and_its_interval(found, sentence):
    assert say(found) == sentence + ASKED


INDEX = metric("flow", "Interest", "index")


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (change("rate", 40, 60, INDEX, interval=(None, None)),
         "A lasting rise began on 3 March 2025: about 60, up from about 40." + ASKED),
        (change("spike", 40, 6, INDEX, interval=(None, None)),
         "A lower spell began on 3 March 2025: about 6, against an expected 40." + ASKED),
        (EventMoved(INDEX, TALK, 7, 43, Interval(-12, -15, -9), None),
         ("In the 7 days from “A talk” (3 March 2025), Interest stood about 12 below the expected "
          "43 on average (95% interval of the difference: −15 to −9).")),
        (EventsSilent(INDEX, (TALK,), (0.15,)),
         ("No visible effect after “A talk” (3 March 2025); over 7 days, a mean about 15% above "
          "or below the expected one would have shown.")),
    ],
)  # fmt: skip
def test_what_is_measured_and_not_counted_is_told_as_a_mean(found, sentence):
    assert say(found) == sentence


@pytest.mark.parametrize(
    ("events", "sentence"),
    [
        ((TALK,),
         ("It coincides with “A talk” (3 March 2025); in the 7 days from then, about 50 more "
          "followers were gained than the expected 20 (95% interval of the difference: 40 to "
          "60). Both halves of the four weeks carry it, so it lasted.")),
        ((TALK, FAIR),
         ("It coincides with “A talk” and “Fair”. In the 7 days from “A talk” (3 March 2025), "
          "about 50 more followers were gained than the expected 20 (95% interval of the "
          "difference: 40 to 60). Both halves of the four weeks carry it, so it lasted. In the "
          "7 days from “Fair” (5 March 2025), about 50 more followers were gained than the "
          "expected 20 (95% interval of the difference: 40 to 60). Both halves of the four weeks "
          "carry it, so it lasted.")),
    ],
)  # fmt: skip
def test_a_change_and_what_coincides_are_told_at_once_and_the_interval_of_the_event(
    events, sentence
):
    effects = tuple(replace(moved(STOCK, 50, lasting=True), event=one) for one in events)
    titles = tuple(one.title for one in events)
    found = change("rate", 1, 9, explained=titles, moved=effects)
    first = (
        "A lasting rise in the daily gain began on 3 March 2025: about 9 a day, up from about 1."
    )
    assert say(found) == f"{first} {sentence}"


def test_with_irregular_readings_the_change_names_those_around_its_event():
    effect = moved(STOCK, 50, days=31, readings=span("02-27", "03-30"))
    told = say(change("rate", 1, 9, explained=("A talk",), moved=(effect,)))
    assert told.endswith(
        "up from about 1. It coincides with “A talk” (3 March 2025); from 27 February 2025 to 30 "
        "March 2025, the readings around it, about 50 more followers were gained than the "
        "expected 20 (95% interval of the difference: 40 to 60)."
    )


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({}, "No recorded event is within 7 days. Do you know one?"),
        ({"explained": ("Fair",)}, "It coincides with “Fair”."),
        ({"explained": ("Fair", "Show")}, "It coincides with “Fair” and “Show”."),
        ({"near": ("Fair",)},
         "“Fair” is within 7 days of it; whether they belong together cannot be told."),
        ({"near": ("Fair", "Show")},
         "“Fair” and “Show” are within 7 days of it; it is attributed to neither."),
        ({"near": ("Fair", "Show"), "together": True}, ""),
        ({"near": ("Fair", "Show", "Talk")},
         "“Fair”, “Show” and “Talk” are within 7 days of it; it is attributed to none of them."),
        ({"explained": ("Fair",), "near": ("Show",)}, "It coincides with “Fair”."),
        ({"explained": ("Fair",), "stayed": True},
         "It coincides with “Fair”. Four weeks later most of what was gained was still there."),
        ({"explained": ("Fair",), "stayed": False},
         "It coincides with “Fair”. Four weeks later most of what was gained was gone again."),
    ],
)  # fmt: skip
def test_a_change_names_what_coincides_and_what_became_of_it(more, sentence):
    told = say(change("jump", 1, 9, interval=(None, None), **more))
    assert told.partition("against an expected 1. ")[2] == sentence


def test_of_a_fall_nothing_can_have_stayed():
    assert say(change("jump", 9, -9, stayed=True)).endswith("Do you know one?")


def moved(of, difference: float, **more) -> EventMoved:
    held = Interval(difference, difference - 10, difference + 10)
    return EventMoved(of, TALK, more.pop("days", 7), 20, held, more.pop("lasting", None), **more)


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (moved(STOCK, 50),
         ("In the 7 days from “A talk” (3 March 2025), about 50 more followers were gained than "
          "the expected 20 (95% interval of the difference: 40 to 60).")),
        (moved(STOCK, -50, lasting=False, days=28),
         ("In the 28 days from “A talk” (3 March 2025), about 50 fewer followers were gained than "
          "the expected 20 (95% interval of the difference: −60 to −40). "
          "Nothing shows that this pace lasted through the four weeks.")),
        (moved(FLOW, 50, lasting=True),
         ("In the 7 days from “A talk” (3 March 2025), there were about 50 more views than the "
          "expected 20 (95% interval of the difference: 40 to 60). "
          "Both halves of the four weeks carry it, so it lasted.")),
        (moved(replace(FLOW, unit="", label="Page views"), -15),
         ("In the 7 days from “A talk” (3 March 2025), there were about 15 fewer Page views than "
          "the expected 20 (95% interval of the difference: −25 to −5).")),
        (moved(STOCK, 50, lasting=True, days=31, readings=span("02-27", "03-30")),
         ("From 27 February 2025 to 30 March 2025, the readings around “A talk” (3 March 2025), "
          "about 50 more followers were gained than the expected 20 (95% interval of the "
          "difference: 40 to 60). The readings that follow carry it too, so it lasted.")),
        (moved(STOCK, 50, lasting=False, days=31, readings=span("02-27", "03-30")),
         ("From 27 February 2025 to 30 March 2025, the readings around “A talk” (3 March 2025), "
          "about 50 more followers were gained than the expected 20 (95% interval of the "
          "difference: 40 to 60). Nothing shows that this pace lasted into the readings that "
          "follow.")),
    ],
)  # fmt: skip
def test_an_event_that_moved_the_number_is_told_against_the_expected(found, sentence):
    assert say(found) == sentence


@pytest.mark.parametrize(
    ("events", "sentence"),
    [
        ((TALK,),
         ("“A talk” (3 March 2025) is too close to another event: what moved then is attributed "
          "to neither.")),
        ((TALK, FAIR),
         ("“A talk” (3 March 2025) and “Fair” (5 March 2025) are too close to each other: what "
          "moved then is attributed to neither.")),
        ((TALK, FAIR, SHOW),
         ("“A talk” (3 March 2025), “Fair” (5 March 2025) and “Show” (9 March 2025) are too close "
          "to each other: what moved then is attributed to none of them.")),
    ],
)  # fmt: skip
def test_events_at_once_are_named_and_none_has_it(events, sentence):
    assert say(EventsTogether(FLOW, events)) == sentence


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (EventsSilent(STOCK, (TALK,), (0.15,)),
         ("No visible effect after “A talk” (3 March 2025); over 7 days, a gain about 15% above "
          "or below the expected one would have shown.")),
        (EventsSilent(FLOW, (TALK, FAIR), (0.882, 0.15)),
         ("No visible effect after “A talk” (3 March 2025) and “Fair” (5 March 2025); over 7 days, "
          "a count about 15 to 88% above or below the expected one would have shown.")),
        (EventsSilent(STOCK, (TALK,), (2.09,), None, None),
         ("No visible effect after “A talk” (3 March 2025); from one reading to the next, a gain "
          "under about 3.1 times the expected one would not have shown.")),
        (EventsSilent(FLOW, (TALK, FAIR), (2.09, 0.2)),
         ("No visible effect after “A talk” (3 March 2025) and “Fair” (5 March 2025); over 7 days, "
          "a count under about 1.2 to 3.1 times the expected one would not have shown.")),
        (EventsSilent(STOCK, (TALK,), (12.0,), (-40, 55)),
         ("No visible effect after “A talk” (3 March 2025); over 7 days, a difference of −40 to "
          "55 cannot be ruled out.")),
        (EventsSilent(FLOW, (TALK,), (), (-40, 55), None),
         ("No visible effect after “A talk” (3 March 2025); from one reading to the next, a "
          "difference of −40 to 55 cannot be ruled out.")),
        (EventsSilent(STOCK, (TALK,), (0.5,), beside_slip=True),
         ("Beyond what was taken out, no visible effect after “A talk” (3 March 2025); over 7 "
          "days, a gain about 50% above or below the expected one would have shown.")),
        (EventsSilent(STOCK, (TALK,), ()), "No visible effect after “A talk” (3 March 2025)."),
    ],
)  # fmt: skip
def test_silence_says_what_would_have_shown(found, sentence):
    assert say(found) == sentence


@pytest.mark.parametrize(
    ("verdict", "one", "two"),
    [
        ("began before",
         "What moved around “A talk” (3 March 2025) began before it.",
         ("What moved around “A talk” (3 March 2025) and “Fair” (5 March 2025) began before "
          "them.")),
        ("too little history",
         "There is too little history to test “A talk” (3 March 2025).",
         ("There is too little history to test “A talk” (3 March 2025) and “Fair” "
          "(5 March 2025).")),
        ("across a counting change",
         ("A purge or a change of counting lies close to “A talk” (3 March 2025): nothing is "
          "compared."),
         ("A purge or a change of counting lies close to “A talk” (3 March 2025) and “Fair” "
          "(5 March 2025): nothing is compared.")),
        ("not calm",
         "The days around “A talk” (3 March 2025) are not calm enough to test it.",
         ("The days around “A talk” (3 March 2025) and “Fair” (5 March 2025) are not calm enough "
          "to test them.")),
    ],
)  # fmt: skip
def test_what_was_not_tested_says_why(verdict, one, two):
    assert say(EventsUntested(FLOW, (TALK,), verdict)) == one
    assert say(EventsUntested(FLOW, (TALK, FAIR), verdict)) == two


def test_an_empty_log_is_told():
    assert say(NoEvents(FLOW)) == "No event is recorded for these days."


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("stuck", ("The counter stood still (2 to 5 March 2025); those days are read as "
                   "missing.")),
        ("catch-up", "The counter caught up (2 to 5 March 2025)."),
        ("purge", ("It fell by 1,311 in one day, 2 to 5 March 2025; that is how purges and "
                   "counting changes look.")),
        ("restart", ("The count started anew on 2 to 5 March 2025, 1,311 lower; nothing is "
                     "compared across that day.")),
        ("typo", ("The reading of 2 to 5 March 2025 does not fit its neighbours and is left "
                  "out.")),
        ("duplicate", ("There are two values for 2 to 5 March 2025; the later one counts, unless "
                       "only the earlier one fits.")),
        ("partial", "The last day, 2 to 5 March 2025, looks unfinished and is left out."),
    ],
)  # fmt: skip
def test_what_was_cleaned_is_told(kind, sentence):
    assert say(Slip(STOCK, kind, FEW_DAYS, -1311)) == sentence
    alone = say(Slip(STOCK, kind, ONE_DAY, -1311))
    assert alone == sentence.replace("2 to 5 March", "3 March")


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("stuck", ("The counter stood still 4 times from 2 to 5 March 2025; those days are read "
                   "as missing.")),
        ("purge", ("It fell by 1,311 in 4 single days from 2 to 5 March 2025; that is how purges "
                   "and counting changes look.")),
        ("restart", ("The count started anew 4 times from 2 to 5 March 2025; nothing is compared "
                     "across those days.")),
        ("typo", ("4 readings from 2 to 5 March 2025 do not fit their neighbours and are left "
                  "out.")),
        ("duplicate", ("There are two values for 4 days from 2 to 5 March 2025; the later ones "
                       "count, unless only the earlier ones fit.")),
    ],
)  # fmt: skip
def test_many_slips_of_a_kind_are_told_at_once(kind, sentence):
    assert say(Slip(STOCK, kind, FEW_DAYS, -1311, (), 4)) == sentence


def test_only_a_few_slips_of_a_kind_are_told_one_by_one():
    twice = stock(*range(100, 140))
    for times, told in ((3, [1, 1, 1]), (4, [4])):
        steps = tuple((twice.days[n], 1.0) for n in range(0, 3 * times, 3))
        found = slips.find(dossier(replace(twice, repeated=steps)))
        assert [one.times for one in found] == told


RATIO = ("per 1,000 followers there were about 5 replies a day in the 28 days before "
         "3 March 2025, and about 3 in the 28 days from it (95% interval of the ratio: "
         "0.40 to 0.80).")  # fmt: skip
KEPT = KeptPace(STOCK, REPLIES, 0.005, 0.003, Interval(0.6, 0.4, 0.8), True, day("03-03"))
AHEAD = Interval(2, 0.4, 0.8)


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (KEPT, f"Growth without more replies: {RATIO}"),
        (replace(KEPT, companion=replace(REPLIES, rung="outcome")),
         f"Growth without more outcome: {RATIO}"),
        (replace(KEPT, rose=True), f"Replies rose, but did not keep pace with followers: {RATIO}"),
        (replace(KEPT, grew=False), f"Replies fell behind followers: {RATIO}"),
        (replace(KEPT, grew=False, rose=True),
         f"Replies did not keep pace with followers: {RATIO}"),
        (replace(KEPT, claimed=False), f"No change in pace can be seen for Replies: {RATIO}"),
        (replace(KEPT, ratio=AHEAD, rose=True), f"Replies grew faster than followers: {RATIO}"),
        (replace(KEPT, ratio=AHEAD), f"Replies kept ahead of followers: {RATIO}"),
        (replace(KEPT, ratio=AHEAD, grew=False, rose=True),
         f"More replies without growth of followers: {RATIO}"),
        (replace(KEPT, ratio=AHEAD, grew=False),
         f"Replies held up better than followers: {RATIO}"),
        (replace(KEPT, before=None),
         "There is too little history to hold Replies against followers."),
        (replace(KEPT, ratio=None),
         "There is too little history to hold Replies against followers."),
    ],
)  # fmt: skip
def test_growth_without_engagement_and_its_opposite_are_told(found, sentence):
    assert say(found) == sentence


def test_an_event_that_was_logged_twice_is_named_once():
    twice = EventsTogether(STOCK, (TALK, replace(TALK), FAIR))
    assert say(twice) == (
        "“A talk” (3 March 2025) and “Fair” (5 March 2025) are too close to each other: what moved "
        "then is attributed to neither."
    )


def test_where_nothing_ever_strays_no_limit_is_told():
    still = EventsSilent(FLOW, (TALK,), (), (0.0, 0.0), 7)
    assert say(still) == "No visible effect after “A talk” (3 March 2025)."
