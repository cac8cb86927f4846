"""An insight block: what is one, what it asks for, and every fault with its line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights import span
from metrics_insight import block, check_line
from metrics_insight.block import Part
from metrics_insight.claim import Quote
from metrics_insight.errors import Fault, Faults


def blocks(text: str) -> list[tuple[str, ...]]:
    return [found.lines for found in block.find(text.split("\n"))]


def parsed(text: str):
    (found,) = block.find(f"```insight\n{text}\n```".split("\n"))
    return block.parse(found)


def faults_of(found: block.Block) -> tuple[Fault, ...]:
    try:
        block.quote(found) or block.parse(found)
    except Faults as raised:
        return raised.faults
    return ()


def faults(text: str) -> list[tuple[int, str, str]]:
    with pytest.raises(Faults) as raised:
        parsed(text)
    return [(fault.line, fault.wrong, fault.right) for fault in raised.value.faults]


@pytest.mark.parametrize(
    "text",
    [
        "```insight\nmetric: a\n```",
        "~~~insight\nmetric: a\n~~~",
        "````insight\nmetric: a\n````",
        "``` insight \nmetric: a\n```",
        "before\n```insight\nmetric: a\n``` \nafter",
        "<!-- a comment -->\n```insight\nmetric: a\n```",
    ],
)
def test_a_fence_whose_word_is_insight_is_a_block(text):
    assert blocks(text) == [("metric: a",)]


@pytest.mark.parametrize(
    "text",
    [
        "```insight now\nmetric: a\n```",
        "```Insight\nmetric: a\n```",
        "``insight\nmetric: a\n``",
        "  ```insight\n  metric: a\n  ```",
        "    ```insight\n    metric: a\n    ```",
        "````markdown\n```insight\nmetric: a\n```\n````",
        "~~~\n```insight\nmetric: a\n```\n~~~",
        "<!--\n```insight\nmetric: a\n```\n-->",
        "insight\nmetric: a",
        "",
    ],
)
def test_anything_else_is_left_alone(text):
    assert blocks(text) == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("```insight now\nmetric: a\n```", 1),
        ("x\n```Insight\nmetric: a\n```", 2),
        ("```{insight}\n```", 1),
        ("```insights\n```", 1),
        ("\n  ```insight\n  ```", 2),
        ("- a list\n\n    ```insight\n    metric: a\n    ```", 3),
        ("\t~~~ insight\n\tmetric: a\n\t~~~", 1),
        ("> ```insight\n> metric: a\n> ```", 1),
        ("> - ```insight\n> metric: a\n> ```", 1),
        ("1. ```insight\n   metric: a\n   ```", 1),
    ],
)
def test_what_was_probably_meant_to_be_a_block_is_a_doubt(text, line):
    (doubt,) = block.near_misses(text.split("\n"))
    assert (doubt.line, doubt.right) == (
        line,
        "write ```insight at the start of the line and nothing after it",
    )


@pytest.mark.parametrize(
    "text",
    [
        "```insight\nmetric: a\n```",
        "```python\ninsight\n```",
        "the insight ```",
        "````markdown\n> ```insight\n- ```insight\n````",
        "<!--\n> ```insight\n-->",
        "> the word ```insight``` in a quotation",
    ],
)
def test_no_doubt_is_cast_on_other_fences(text):
    assert block.near_misses(text.split("\n")) == ()


def test_two_blocks_are_two_and_a_longer_fence_holds_a_shorter():
    text = "```insight\nmetric: a\n```\n\n~~~~insight\nmetric: b\n\n```\ncode\n```\n~~~~"
    assert blocks(text) == [("metric: a",), ("metric: b", "", "```", "code", "```")]


def test_a_block_asks_for_all_its_keys():
    asked = parsed(
        "Metric: m.followers\nwindow: 2025-02-01..2025-03-31\nwith: m.replies, n.clicks\n"
        "question: Why?\ntitle: T: a title\nalt: A line.\nid: mine\n\nWords."
    )
    assert asked.metric == "m.followers"
    assert asked.window == span("02-01", "03-31")
    assert asked.companions == ("m.replies", "n.clicks")
    assert (asked.question, asked.title, asked.alt, asked.id) == (
        "Why?", "T: a title", "A line.", "mine",
    )  # fmt: skip
    assert (asked.line_of("metric"), asked.line_of("id"), asked.line_of("verdict")) == (1, 7, 0)


def test_a_block_states_a_check_and_a_verdict():
    asked = parsed("metric: a\ncheck: 2025-06-01 a < 5\nverdict:  Held  up.")
    assert (asked.check, asked.verdict) == (check_line.read("2025-06-01 a < 5"), "held up")
    assert parsed("metric: a").check is None


def quoted(text: str):
    (found,) = block.find(f"```insight\n{text}\n```".split("\n"))
    return block.quote(found)


@pytest.mark.parametrize("written", ["a-post#mine", "a-post#insight-mine"])
def test_a_block_can_show_another_posts_card(written):
    assert quoted(f"card: {written}\n\nWords.") == Quote("a-post", "mine")
    assert quoted("metric: a") is None


NO_CARD = "write card: SLUG#ID, the name of its post and its own"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("card: mine", [(1, '"mine" is no card', NO_CARD)]),
        ("card:", [(1, '"" is no card', NO_CARD)]),
        (
            "card: a#b\nmetric: c\nwindow: d",
            [
                (2, '"card" stands alone', 'take "metric" out, or the line card:'),
                (3, '"card" stands alone', 'take "window" out, or the line card:'),
            ],
        ),
    ],
)  # fmt: skip
def test_a_quotation_stands_alone_and_names_a_post_and_a_card(text, expected):
    with pytest.raises(Faults) as raised:
        quoted(text)
    assert [(one.line, one.wrong, one.right) for one in raised.value.faults] == expected


def test_words_that_are_only_a_remark_are_none():
    (found,) = block.find(
        "```insight\nmetric: a\n\n<!-- what? -->\n\nNext: <!-- who? -->\n```".split("\n")
    )
    assert block.words(found) == ()


def test_header_values_are_plain_strings():
    assert parsed("metric: no\ntitle: 12:30").title == "12:30"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [(0, "this insight block is empty", "write at least metric: NAME")]),
        ("\n\nWords.", [(0, "this insight block names no metric", "write metric: NAME")]),
        (
            "window: 2025-01-01 .. 2025-01-02",
            [(0, "this insight block names no metric", "write metric: NAME")],
        ),
        ("metric:", [(1, '"metric" has no value', "write metric: … or take the line out")]),
        (
            "metric: a\nwindw: x",
            [(2, 'an insight block has no key "windw"', 'did you mean "window"?')],
        ),
        ("metric: a\nmetric: b", [(2, '"metric" is written twice', "keep one of the two")]),
        (
            "metric: a\njust words",
            [
                (
                    2,
                    '"just words" is no header line',
                    "write key: value, and an empty line before your own words",
                )
            ],
        ),
        (
            "metric: a\nwindow: May",
            [(2, '"May" is no window', "write FIRST .. LAST, such as 2025-02-01 .. 2025-03-31")],
        ),
        (
            "metric: a\nwindow: 2025-02-30 .. 2025-03-01",
            [
                (
                    2,
                    '"2025-02-30 .. 2025-03-01" is no window',
                    "write FIRST .. LAST, such as 2025-02-01 .. 2025-03-31",
                )
            ],
        ),
        (
            "metric: a\nwindow: 2025-03-02 .. 2025-03-01",
            [
                (
                    2,
                    "the window ends on 2025-03-01, before it starts",
                    "write 2025-03-01 .. 2025-03-02",
                )
            ],
        ),
        ("metric: a\nquestion: It rose.", [(2, "the question does not end in ?", "ask it")]),
        (
            "metric: a\nid: My id",
            [(2, '"My id" is no id', "use a to z, 0 to 9 and -, a letter first")],
        ),
        (
            "metric: a\ncheck: soon",
            [(2, '"soon" is no check', check_line.RIGHT)],
        ),
        (
            "metric: a\nverdict: it held",
            [(2, '"it held" is no verdict', "write held up, did not hold up, cannot tell")],
        ),
        (
            "metric: a\nwith: b, a, b",
            [(2, '"a" is shown twice', "name it once"), (2, '"b" is shown twice', "name it once")],
        ),
    ],
)
def test_a_fault_has_its_line_and_says_what_would_be_right(text, expected):
    assert faults(text) == expected


def test_all_faults_of_a_block_are_told_at_once_in_their_order():
    told = faults("window: x\nquestion: no\nbad\nmetrc: a")
    assert [line for line, _, _ in told] == [0, 1, 2, 3, 4]


def test_code_in_a_block_of_the_same_fence_is_a_fault():
    lines = ["```insight", "metric: a", "", "```python", "x", "```", "More.", "```"]
    with pytest.raises(Faults) as raised:
        block.parse(block.find(lines)[0])
    (fault,) = raised.value.faults
    assert (fault.line, fault.wrong) == (3, "this fence is not closed within the block")
    assert fault.right == "let the block begin and end with ````, one more than the code in it"


def test_a_block_that_nobody_closed_is_a_fault_and_keeps_the_words():
    (found,) = block.find(["```insight", "metric: a", "", "Words.", "More."])
    with pytest.raises(Faults, match="never closed"):
        block.parse(found)
    assert block.words(found) == (Part("", "Words.\nMore."),)


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("One.\n\nTwo.", [("", "One.\n\nTwo.")]),
        (
            "R.\n\nOther reading: O.\n\nSo what: S.\n\nNext: N.\n\nVerdict: V.",
            [
                ("", "R."),
                ("Other reading", "O."),
                ("So what", "S."),
                ("Next", "N."),
                ("Verdict", "V."),
            ],
        ),
        ("so What: S.\nstill S.", [("So what", "S.\nstill S.")]),
        ("Next:\n\n- one\n- two", [("Next", "- one\n- two")]),
        ("R, see next: no.", [("", "R, see next: no.")]),
        ("~~~\nNext: code\n~~~", [("", "~~~\nNext: code\n~~~")]),
        (
            "Other reading: A.\n\nOther reading: B.",
            [("Other reading", "A."), ("Other reading", "B.")],
        ),
        ("Next:", []),
        ("", []),
    ],
)
def test_the_authors_words_are_cut_at_their_labels(words, parts):
    (found,) = block.find(f"```insight\nmetric: a\n\n{words}\n```".split("\n"))
    assert [(part.label, part.markdown) for part in block.words(found)] == parts


def test_control_characters_do_not_reach_the_page():
    assert parsed("metric: a\ntitle: b\x07c\u2028d").title == "bc\u2028d"


LINES = st.sampled_from([
    "```insight", "```", "~~~", "metric: a", "window: 2025-01-01 .. 2025-01-02", "", "Next: x",
    "check: 2025-01-01 a < 5", "check: b", "verdict: held up", "verdict: x", "card: a#b", "card: #",
    "<!--", "-->", "question: why", "with: a,b", "   ", "id: 7", "````", ": x",
])  # fmt: skip


@given(st.text() | st.lists(LINES).map("\n".join))
def test_any_text_is_read_to_requests_or_faults_with_lines_inside_the_block(text):
    lines = text.split("\n")
    for found in block.find(lines):
        block.words(found)
        assert all(0 <= fault.line <= len(found.lines) for fault in faults_of(found))
    assert all(isinstance(doubt, Fault) for doubt in block.near_misses(lines))


@given(st.text())
def test_every_line_of_a_post_is_in_at_most_one_block(text):
    taken = [n for one in block.find(text.split("\n")) for n in range(one.opens, one.closes)]
    assert len(taken) == len(set(taken))
