"""The page about numbers in prose says what is true of every number in it."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

import demo
import manual
from metrics_insight.errors import Fault
from metrics_insight.numbers import causes, naked, written

PAGE = (demo.ROOT / "docs" / "numbers-in-prose.md").read_text("utf-8")
ROWS = re.findall(r"^\| (`[^|]+`) \| (right|wrong)", PAGE, re.MULTILINE)
CASES = [(number, said) for cell, said in ROWS for number in re.findall("`([^`]+)`", cell)]


@pytest.mark.parametrize(("number", "said"), CASES)
def test_every_number_of_the_table_is_right_or_wrong_as_it_says(number, said):
    assert written.read(number).holds(Fraction(1311)) == (said == "right")


def test_the_table_has_each_way_of_writing():
    assert len(CASES) > 10
    assert {written.read(number).looseness for number, _ in CASES} == {
        "exact", "about", "nearly", "over",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "value", "language"),
    [
        ("1.3k", 1311, "en"),
        ("2.4 million", 2_400_000, "en"),
        ("2,4 Mio.", 2_400_000, "de"),
        ("2.5 per cent", Fraction(5, 2), "en"),
        ("25 ‰", 25, "en"),
        ("25 replies per 1,000 readers", 25, "en"),
        ("−120", -120, "en"),
        ("three replies", 3, "en"),
        ("1.311", 1311, "de"),
        ("1.311", Fraction(1311, 1000), "en"),
    ],
)
def test_every_form_that_is_named_is_read(words, value, language):
    assert f"`{words}`" in PAGE
    assert written.read(words, language).holds(Fraction(value))


def test_bounds_are_refused_as_it_says():
    assert "*Under* and *at least* are bounds" in PAGE
    for words in ("under 5", "at least 5"):
        with pytest.raises(Fault, match="is a bound"):
            written.read(words)


def test_the_words_that_are_named_are_known():
    said = manual.prose(PAGE)
    known = re.search(r"The words are (.*?) and their kin", said)
    assert known
    assert set(re.findall(r"\w+", known[1])) <= naked.WORDS
    named = re.search(r"such as (.*?) in a card's reading", said)
    assert named
    assert set(re.findall(r"\*([^*]+)\*", named[1])) <= set(causes.WORDS)
