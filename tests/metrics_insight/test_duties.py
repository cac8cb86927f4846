"""What a card owes its readers: a doubt for a reading, a step or a verdict that leaves it out."""

from __future__ import annotations

import pytest

from insights import dossier, span, stock
from metrics_insight import check_line, duties
from metrics_insight.dossier import Dossier
from metrics_insight.model import Request
from metrics_insight.standing import UNCLAIMED, Standing, Trial

UNSURE = ["the reading does not say how sure it is; write likely, plausible or cannot tell"]


def card(check: str = "", verdict=None, standing: Standing = UNCLAIMED) -> Dossier:
    asked = check_line.read(check) if check else None
    lines = (("check", 2), ("verdict", 3))
    request = Request("x", check=asked, verdict=verdict, lines=lines)
    made = dossier(stock(*range(40)), span("03-08", "03-28"))
    return Dossier(request, made.series, made.window, made.told, made.reckon, standing=standing)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("It was the front page.", UNSURE),
        ("It was most likeable.", UNSURE),
        ("It is *likely* the front page.", []),
        ("That is unlikely.", []),
        ("A plausible reason is the front page.", []),
        ("We cannot tell.", []),
        ("We **can’t tell**.", []),
        ("CANNOT TELL", []),
    ],
)
def test_a_reading_says_how_sure_it_is(words, told):
    assert [str(fault) for fault in duties.sureness([("", words, 4)])] == told


def test_a_card_without_a_reading_owes_no_sureness():
    assert duties.sureness([("Next", "x", 4)]) == []
    (fault,) = duties.sureness([("", "It rose.", 4)])
    assert fault.line == 4


@pytest.mark.parametrize(
    ("step", "missing"),
    [
        ("Ask new readers (Ana, by 20 March).", ""),
        ("Ana asks new readers by 20 March.", "who"),  # a capital at the start may be any word
        ("Ana will ask new readers next week.", ""),
        ("Ana: ask new readers, 2025-03-20.", ""),
        ("We ask new readers tomorrow.", ""),
        ("ask Bo before 1 May", ""),
        ("Élodie will count again in June.", ""),
        ("Look again in three months (Ana, Friday).", ""),
        ("Ask new readers by 20 March.", "who"),
        ("Ask new readers (Ana).", "when"),
        ("I may march on.", "when"),
        ("Do it.", "who and when"),
        ("Do it. Then think.", "who and when"),
        ("Look in March.", "who"),
        ("Nothing, and that is a decision.", ""),
        ("*nothing*, and that is a decision", ""),
    ],
)
def test_a_next_step_says_who_and_when(step, missing):
    told = [fault.wrong for fault in duties.steps([("", "x", 1), ("Next", step, 4)])]
    assert told == ([f"the next step does not say {missing}"] if missing else [])


HELD = Standing(tested=Trial("held up"))


@pytest.mark.parametrize(
    ("made", "labels", "told"),
    [
        (card(), ["", "Next"], []),
        (card("2025-04-01 x < 5", "held up", HELD), ["", "Verdict"], []),
        (
            card("2025-04-01 x < 5", "held up", HELD),
            [""],
            [(3, "the verdict has no words")],
        ),
        (
            card("2025-04-01 x < 5", None, HELD),
            ["", "Verdict"],
            [(0, "the verdict stands in words only, and is not counted")],
        ),
        (
            card("", "held up"),
            ["", "Verdict"],
            [(3, "the verdict is on a reading that nothing could prove wrong")],
        ),
        (
            card("2025-04-01 x < 5", "held up"),
            ["", "Verdict"],
            [(3, "the verdict comes before 2025-04-01, the day of the check")],
        ),
    ],
)
def test_a_verdict_comes_with_words_after_its_day_and_on_a_claim(made, labels, told):
    assert [(fault.line, fault.wrong) for fault in duties.verdicts(made, labels)] == told


def test_a_check_comes_after_the_days_that_the_reading_knew():
    assert list(duties.checks(card("2025-03-29 x < 5"))) == []
    (fault,) = duties.checks(card("2025-03-28 x < 5"))
    assert (fault.line, str(fault)) == (
        2, "the check falls on 2025-03-28, and the window ends on 2025-03-28; name a later day",
    )  # fmt: skip
