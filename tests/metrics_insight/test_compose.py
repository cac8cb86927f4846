"""From a folder of data and a request to a finished card: names found, window found, receipt."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from insights import DAYS, WORDS, change, day, dossier, event, series, span, stock
from metrics_insight import block, compose, pictures, receipts
from metrics_insight.errors import Faults, Unread
from metrics_insight.insight import Logged
from metrics_insight.model import Dataset, Request, Span

TWO = "date,followers,replies\n" + "".join(f"2025-03-{n:02},{100 + n},{n}\n" for n in range(1, 32))


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Dataset:
    """Two files with one column name in common, an event, a column of gaps."""
    folder = tmp_path_factory.mktemp("data")
    (folder / "site.csv").write_text(TWO, "utf-8")
    (folder / "other.csv").write_text(DAYS.replace("\n", ",\n").replace(",\n", ",empty\n", 1))
    (folder / "events.csv").write_text("date,title\n2025-03-10,Fair\n2025-01-01,Old\n", "utf-8")
    return compose.gather(folder, "content/data")


def faults(data: Dataset, text: str, on: str | None = None) -> list[tuple[int, str]]:
    lines = ("```insight\n" + text + "\n```").split("\n")
    with pytest.raises(Faults) as raised:
        compose.resolve(block.parse(block.find(lines)[0]), data, day(on) if on else None)
    return [(fault.line, str(fault)) for fault in raised.value.faults]


def test_a_metric_is_found_by_its_full_name_and_by_its_column_where_that_is_unique(data):
    for name in ("site.replies", "replies"):
        assert compose.resolve(Request(name), data).series.metric.name == "site.replies"


def test_a_card_that_is_only_resolved_reckons_nothing(data):
    about = compose.resolve(Request("site.followers", companions=("replies",)), data)
    compose.identify(about)
    assert "analysis" not in vars(about)


def test_a_companion_is_analysed_for_its_picture_and_never_for_words(data):
    about = compose.resolve(Request("site.followers", companions=("replies",)), data)
    compose.observe(about)
    compose.observe_beside(about, "en")
    assert "analysis" in vars(about)
    assert not any("analysis" in vars(one) for one in about.companions)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("metric: followers",
         [(1, '"followers" can mean other.followers, site.followers; write the full name')]),
        ("metric: site.folowers",
         [(1, 'no metric "site.folowers"; did you mean "site.followers"?')]),
        ("metric: empty", [(1, '"empty" has no readings yet; add a row with a value')]),
        ("metric: replies\nwith: clicks, visits",
         [(2, 'no metric "clicks"; did you mean "replies"?'),
          (2, ('no metric "visits"; there are: empty, other.empty, other.followers, replies, '
              "site.followers, site.replies"))]),
        ("metric: replies\nwindow: 2025-03-20 .. 2025-04-20",
         [(2, ("the window 2025-03-20 .. 2025-04-20 reaches outside the data; "
              "site.replies has readings from 2025-03-01 to 2025-03-31"))]),
    ],
)  # fmt: skip
def test_a_name_or_window_that_is_not_in_the_data_is_a_fault_with_its_line(data, text, expected):
    found = faults(data, text)
    assert [line for line, _ in found] == [line for line, _ in expected]
    if "clicks" not in text:
        assert found == expected
    else:
        assert all('no metric "' in told for _, told in found)


def test_without_a_window_it_is_the_28_days_up_to_the_posts_date(data):
    assert compose.resolve(Request("replies"), data).window == span("03-04", "03-31")
    assert compose.resolve(Request("replies"), data, day("03-30")).window == span("03-03", "03-30")


def test_a_window_of_28_days_does_not_begin_before_the_data(data):
    assert compose.resolve(Request("replies"), data, day("03-05")).window == span("03-01", "03-05")


def test_a_post_dated_before_the_data_is_a_fault(data):
    assert faults(data, "metric: replies", on="02-01") == [
        (1, ("no reading on or before the post's date 2025-02-01; "
            "site.replies has readings from 2025-03-01 to 2025-03-31")),
    ]  # fmt: skip


def test_a_companion_without_a_reading_in_the_window_is_a_fault():
    late = series(1, 2, first="06-01")
    data = Dataset((stock(1, 2, 3), late))
    told = faults(data, "metric: site.followers\nwith: site.views")
    assert told == [
        (2, ("site.views has no reading in the window; "
            "site.views has readings from 2025-06-01 to 2025-06-02")),
    ]  # fmt: skip


def test_a_window_between_two_readings_is_a_fault():
    data = Dataset((stock(1, 2, every=30),))
    assert "the window holds no reading" in faults(
        data, "metric: followers\nwindow: 2025-03-05 .. 2025-03-10"
    )[0][1]  # fmt: skip


def test_a_card_on_a_file_that_cannot_be_read_says_that_files_mistake(tmp_path):
    (tmp_path / "site.csv").write_text("date,a\nsoon,1\n", "utf-8")
    data = compose.gather(tmp_path, "content/data")
    for name in ("site.a", "a"):
        with pytest.raises(Faults) as raised:
            compose.resolve(Request(name), data)
        (fault,) = raised.value.faults
        assert isinstance(fault, Unread)
        assert str(fault) == (
            f'"{name}" cannot be shown before content/data/site.csv is mended; '
            'content/data/site.csv:2: "soon" is no date; write it as 2025-03-31'
        )


def test_a_card_is_named_after_its_metric_and_window_or_as_the_author_says(data):
    one = compose.resolve(Request("replies"), data)
    assert compose.identify(one) == "insight-site-replies-2025-03-04"
    assert compose.identify(compose.resolve(Request("replies", id="mine"), data)) == "insight-mine"


def test_a_card_holds_what_the_author_asked_and_what_is_true(data):
    asked = Request("replies", span("03-08", "03-14"), question="Why?", title="T", alt="A")
    card = compose.compose(asked, data, "en")
    assert (card.question, card.chart.title, card.chart.alt, card.is_asked) == ("Why?", "T", "A", 1)
    assert card.label == "Replies, 8 to 14 March 2025"
    assert card.observation[0][0] == (
        "Replies came to 77 in the 7 days from 8 to 14 March 2025, about 11 a day."
    )
    assert [(one.number, one.event.title) for one in card.events] == [(1, "Fair")]
    assert not compose.compose(Request("replies"), data, "en").is_asked


# --- the chart, described ---------------------------------------------------------------


def described(about):
    numbered = tuple(Logged(number, one, "moved") for number, one in enumerate(about.inside, 1))
    return pictures.describe(about, numbered, WORDS)


def test_a_chart_shows_the_window_and_as_many_days_before_as_there_are():
    about = dossier(series(*range(20)), span("03-11", "03-15"))
    assert described(about).span == span("03-06", "03-15")
    assert described(dossier(series(*range(20)), span("03-02", "03-15"))).span == (
        span("03-01", "03-15")
    )


def test_a_gap_and_a_change_in_counting_break_the_line():
    about = dossier(series(1, 2, None, 4, 5, 6, 7), None, change("03-06"))
    (one,) = described(about).panels
    assert [len(run) for run in one.runs] == [2, 2, 2]
    assert one.breaks == (day("03-06"),)


def test_an_event_that_began_before_the_window_is_marked_on_its_first_day():
    about = dossier(series(*range(9)), span("03-05", "03-09"), event("03-01", end=day("03-06")))
    assert described(about).marks[0].day == day("03-05")


# --- the receipt ------------------------------------------------------------------------


def test_a_receipt_tells_what_the_card_rests_on():
    facts = dict(receipts.write(dossier(series(1, 2, None, 4, 5)), WORDS).facts)
    assert facts["Window"] == "1 to 5 March 2025"
    assert facts["Readings"] == "4, one day missing"
    assert facts["Kind"] == "so many a day (flow)"
    assert facts["Data as of"] == "5 March 2025"
    assert "Source" not in facts


@pytest.mark.parametrize(
    ("about", "summary"),
    [
        (dossier(series(1)), "Receipt: one reading, no day missing"),
        (dossier(series(1, 2, 3)), "Receipt: 3 readings, no day missing"),
        (dossier(series(1, 2, None, None, 3, 4, 5)), "Receipt: 5 readings, 2 days missing"),
        (dossier(stock(1, 2, every=9)), "Receipt: 2 readings, at irregular distances"),
    ],
)
def test_the_summary_of_a_receipt_counts_readings_and_gaps(about, summary):
    assert receipts.write(about, WORDS).summary == summary


# --- any block, any data ----------------------------------------------------------------

LINES = st.sampled_from([
    "metric: site.followers", "metric: replies", "metric: x", "with: site.followers",
    "with: site.replies", "window: 2025-03-02 .. 2025-03-09", "window: 2025-03-01 .. 2025-03-01",
    "window: 2020-01-01 .. 2030-01-01", "window: 0001-01-01 .. 9999-12-31", "question: Why?",
    "id: a", "title: T", "alt: A", "", "Words.", "Next: Ana.", ": ", "```python",
])  # fmt: skip


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(LINES | st.text(max_size=20), max_size=10))
def test_any_block_is_a_card_or_faults(data, lines):
    for found in block.find(["```insight", *"\n".join(lines).split("\n"), "```"]):
        try:
            card = compose.compose(block.parse(found), data, "en", day("03-20"))
        except Faults as raised:
            known = range(len(found.lines) + 1)
            strays = [fault for fault in raised.faults if fault.line not in known]
        else:
            strays = [one for told in card.observation for one in told if not one.endswith(".")]
        assert not strays


def test_windows_of_any_length_have_days_before_them():
    one = series(1, 2, first="1500-01-01", every=365_000)
    assert compose.compose(Request("views"), Dataset((one,)), "en").observation
    about = dossier(one, Span(one.days[0], one.days[0] + timedelta(days=365_000)))
    assert compose.observe(about)
