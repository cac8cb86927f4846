"""Numbers without context, causes beside a metric: warnings with the link or the words to write."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insights import day
from metrics_insight.model import Dataset, Metric, Series
from metrics_insight.numbers import naked, review

READERS = Series(
    Metric("letter", "readers", label="Readers of the letter", unit="readers"),
    (day("2025-02-01"), day("2025-03-01"), day("2025-04-01")),
    (1212.0, 1311.0, 1400.0),
)
HELPERS = Series(
    Metric("letter", "n", label="New volunteers (invented)", unit="people"),
    (day("2025-02-01"),),
    (7.0,),
)
SITE = Dataset((READERS, HELPERS))
SILENCE = "or <!-- no context --> on the line"


def words(body: str, data: Dataset = SITE, **more: str) -> list[str]:
    """The numbers without context in a post."""
    found = naked.find(f"Title: T\n\n{body}", naked.vocabulary(data), **more)
    return [f"{one.line}: {one.words}" for one in found]


def told(body: str, strict: review.Strictness = "warn", data: Dataset = SITE) -> list[str]:
    """All that is said of a post of 15 March."""
    source = review.Source("a.md", f"Title: T\n\n{body}", "en", day("2025-03-15"))
    return [f"{'?' * one.doubtful}{one}" for one in review.find(source, data, strict)]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("We have 1,311 followers.", ["3: 1,311 followers"]),
        ("Text.\n\nAbout **1.3k** new readers came.", ["5: About 1.3k new readers"]),
        ("1 311 views and 2 likes", ["3: 1 311 views", "3: 2 likes"]),
        ("Readers rose to 1,311 that week.", ["3: Readers rose to 1,311"]),
        ("Followers: up by 12 %.", ["3: Followers: up by 12 %"]),
        ("There were 7 volunteers.", ["3: 7 volunteers"]),
        ("There were 7 people.", ["3: 7 people"]),
        ("- 5 replies\n- no replies", ["3: 5 replies"]),
        ("| a | 5 replies |", ["3: 5 replies"]),
        ("```insight\nmetric: x\nquestion: 5 replies?\n\nOnly 5 replies.\n```", ["7: 5 replies"]),
    ],
)
def test_a_number_beside_a_metrics_word_is_found(body, found):
    assert words(body) == found


@pytest.mark.parametrize(
    "body",
    [
        "[1,311 followers](metric:letter.readers@2025-03-01)",
        "[1,311 followers](https://x.example)",
        "[The account that gained 282,000 followers]({filename}a.md)",
        "`1,311 followers`",
        "```\n1,311 followers\n```",
        "    1,311 followers",
        "> 1,311 followers",
        "She said “1,311 followers” and left.",
        'She said "1,311 followers" and left.',
        "1,311 followers <!-- no context -->",
        "<!-- 1,311 followers -->",
        "In 2009 followers were rare.",
        "In the 28 days readers came.",
        "Readers came by 3 March.",
        "The office has 12 chairs.",
        "A reader of 12 books.",
        "Followers are one thing. 12 chairs are another.",
    ],
)
def test_what_stands_in_a_link_code_or_a_quotation_or_is_no_count_is_left_alone(body):
    assert words(body) == []


def test_a_header_is_left_alone():
    assert naked.find("Title: 5 replies\nSummary: 5 replies\n\nNone.", naked.WORDS) == ()


def test_the_list_of_words_grows_with_the_labels_of_the_site():
    assert words("There were 7 volunteers.", Dataset()) == []
    assert naked.words_of(HELPERS.metric) == {"volunteers", "people"}
    assert naked.words_of(READERS.metric) == {"readers"}


def test_the_link_to_write_names_the_newest_reading_that_the_number_fits():
    assert told("Of 1,311 readers.") == [
        (
            '?a.md:3: "1,311 readers" stands without its context; write '
            "[1,311 readers](metric:letter.readers@2025-03-01) "
            f"(letter.readers was 1,311 on 2025-03-01), {SILENCE}"
        )
    ]


def test_a_number_that_fits_no_reading_is_told_the_newest():
    assert told("Of 1,400 readers.") == [  # the post is of 15 March
        (
            '?a.md:3: "1,400 readers" stands without its context; write '
            "[1,400 readers](metric:letter.readers@DATE) "
            f"(letter.readers was 1,311 on 2025-03-01), {SILENCE}"
        )
    ]


def test_a_metric_that_cannot_be_guessed_is_left_open():
    other = Series(Metric("blog", "readers", label="Readers"), READERS.days, READERS.values)
    data = Dataset((READERS, other))
    open_link = (
        '?a.md:3: "1,311 readers" stands without its context; '
        f"write [1,311 readers](metric:NAME@DATE), {SILENCE}"
    )
    assert told("1,311 readers", data=data) == [open_link]
    (named,) = told("1,311 readers\n\n```insight\nmetric: blog.readers\n```", data=data)
    assert "(metric:blog.readers@2025-03-01)" in named
    assert told("1,311 followers") == [open_link.replace("readers", "followers")]


def test_it_is_a_warning_an_error_or_nothing():
    assert told("5 replies")[0].startswith("?a.md:3: ")
    assert told("5 replies", "error")[0].startswith("a.md:3: ")
    assert told("5 replies", "off") == []
    assert told("[5](metric:zz@2025-03-01)", "off") == [
        'a.md:3: no metric "zz"; there are: letter.n, letter.readers, n, readers'
    ]


def test_an_imported_post_is_left_alone():
    source = review.Source("a.md", "Title: T\nImported: Movable Type 12\n\n5 replies")
    assert list(review.find(source, SITE)) == []


CAUSE = (
    "names a cause; a count shows that two things came together, never that one made the other: "
    'write "after", "while" or "coincides with", and how sure you are: likely, plausible or '
    "cannot tell"
)


def card(reading: str) -> str:
    return f"```insight\nmetric: letter.readers\n\n{reading}\n```"


@pytest.mark.parametrize(
    ("reading", "cause"),
    [
        ("The article drove our readers up.", "drove"),
        ("Thanks to Ana we have readers.", "Thanks to"),
        ("Rain. So what: it caused *fewer* replies.", "caused"),
        ("It led to [99 more](metric:readers@2025-02-01..2025-03-01).", "led to"),
    ],
)
def test_a_cause_beside_a_metric_in_a_reading_is_a_warning_that_explains_itself(reading, cause):
    assert told(card(reading)) == [f'?a.md:6: "{cause}" {CAUSE}']


@pytest.mark.parametrize(
    "body",
    [
        "The article drove our readers up.",
        card("Rain drove us home. Readers came."),
        card("Rain drove us home."),
        card("The article drove our readers up. <!-- no context -->"),
        card("`drove readers`"),
        "```insight\nmetric: letter.readers\nquestion: What drove readers?\n```",
    ],
)
def test_a_cause_elsewhere_is_the_authors_own(body):
    assert told(body) == []


@given(st.text(max_size=80) | st.from_regex(r"[\d ,.k%*\[\]()a-z`>\n-]{0,80}(readers|likes)"))
@settings(max_examples=300)
def test_any_text_is_read_without_a_fault_of_the_program(text):
    assert all("a.md:" in one for one in told(text))
    assert all("a.md:" in one for one in told(card(f"drove {text} readers")))
