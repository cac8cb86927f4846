"""Where sentences end."""

from __future__ import annotations

import pytest

from weblog.sentences import ends, words

CASES = [
    ("One. Two.", ["One.", "One. Two."]),
    ("No end", []),
    ("It fell by 3.5 % on 1. March. Then it rose!", ["It fell by 3.5 % on 1. March.", "*"]),
    ("Mr. J. Smith et al. Found it. Yes?", ["Mr. J. Smith et al. Found it.", "*"]),
    ("e.g. this. And that.", ["e.g. this.", "*"]),
    ("“Quoted.” Then plain.", ["“Quoted.”", "*"]),
    ("Really?! yes. Done.", ["Really?! yes.", "*"]),
    ("統計です。次の文。", ["統計です。", "*"]),
    ("It was 2025. Nothing moved.", ["It was 2025.", "*"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_sentences_end_where_a_reader_would_stop(text, expected):
    assert [text[:end] for end in ends(text)] == [text if e == "*" else e for e in expected]


def test_words_are_counted_in_languages_without_spaces():
    assert words("") == 0
    assert words("two words") == 2
    assert words("今日は晴れ") == 2
