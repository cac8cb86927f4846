"""Events from every source: what headers of posts say, what counts once, what a card asks for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from insights import DAYS, WORDS, day, event, metric, series, span
from metrics_insight import block, chosen, commands, compose, receipts
from metrics_insight.errors import Fault, Faults, Unread
from metrics_insight.model import Dataset, Event, Post, Request
from metrics_insight.sources import posts

KNOWN = Dataset((series(1, 2), series(1, 2, of=metric(unit="replies", label="Replies"))))
TWO = "date,views,replies\n2025-03-01,1,2\n2025-03-02,3,4\n"


def post(*events: str, on: str | None = "03-10", **more: str) -> Post:
    """A post that tells of some events, one a line from line 3 on."""
    told = tuple(enumerate(events, 3))
    return Post("content/posts/a.md", more.pop("title", "A"), day(on) if on else None, told=told)


def told(*headers: str) -> list[Event]:
    return list(posts.read([post(*headers)], KNOWN).events)


def wrong(*headers: str) -> list[str]:
    return [str(one) for one in posts.read([post(*headers)], KNOWN).mistakes]


def gathered(folder, *of_posts: Post, **files: str) -> Dataset:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return compose.gather(folder, "content/data", of_posts)


# --- headers ----------------------------------------------------------------------------


def test_a_header_is_an_event_of_the_kind_post(tmp_path):
    (one,) = told("2025-03-03 Front page of  a site")
    assert (one.date, one.title, one.kind) == (day("03-03"), "Front page of a site", "post")
    assert (one.metrics, one.end, one.file, one.line) == ((), None, "content/posts/a.md", 3)


def test_two_dates_are_the_first_and_the_last_day():
    for written in ("2025-03-03 .. 2025-03-05 Fair", "2025-03-03 ..2025-03-05 Fair"):
        (one,) = told(written)
        assert (one.date, one.end, one.title) == (day("03-03"), day("03-05"), "Fair")


@pytest.mark.parametrize(
    ("words", "metrics", "title"),
    [
        ("site.views Fair", ("site.views",), "Fair"),
        ("[site.views] Fair", ("site.views",), "Fair"),
        ("site.* Fair", ("site.*",), "Fair"),
        ("views Fair", ("views",), "Fair"),
        ("Views of the sea", (), "Views of the sea"),
        ("views", (), "views"),
        ("example.com was down", (), "example.com was down"),
        ("site.vews Fair", ("site.vews",), "Fair"),
        ("sitte.views Fair", ("sitte.views",), "Fair"),
        ("e.g. a fair", (), "e.g. a fair"),
    ],
)
def test_the_first_word_may_narrow_it_to_a_metric(words, metrics, title):
    (one,) = told(f"2025-03-03 {words}")
    assert (one.metrics, one.title) == (metrics, title)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", "the event has no date and no title; write Event: 2025-03-31 What happened"),
        ("soon Fair", '"soon" is no date; write it as 2025-03-31'),
        ("2025-02-30 Fair", '"2025-02-30" is no date; write it as 2025-03-31'),
        ("03/04/2025 Fair",
         'the date "03/04/2025" can mean 2025-04-03 or 2025-03-04; write the one you mean'),
        ("2025-03-03", "the event has no title; say in a few words after the date what happened"),
        ("2025-03-03 site.views",
         "the event has no title; say in a few words after the date what happened"),
        ("2025-03-05 .. 2025-03-03 Fair",
         "the event ends on 2025-03-03, before it starts; write 2025-03-03 .. 2025-03-05"),
    ],
)  # fmt: skip
def test_a_bad_header_is_one_line_with_its_place_and_the_others_count(header, expected):
    assert wrong(header, "2025-03-03 Fair") == [f"content/posts/a.md:3: {expected}"]
    assert len(told(header, "2025-03-03 Fair")) == 1


def test_a_metric_that_no_file_has_is_a_mistake(tmp_path):
    found = gathered(tmp_path, post("2025-03-01 site.vews Fair"), site_csv=TWO)
    assert [str(one) for one in found.mistakes] == [
        'content/posts/a.md:3: "Fair" names no metric "site.vews"; did you mean "site.views"?'
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Title: A\nEvent: x\nevent: y\n\nEvent: z\n", ((2, "x"), (3, "y"))),
        ("Event: x\n    y\n\tz\n", ((1, "x"), (2, "y"), (3, "z"))),
        ("---\nEvent: x\n---\nEvent: z\n", ((2, "x"),)),
        ("Event:\n    x\n", ((2, "x"),)),
        ("Event:\nTitle: A\n", ((1, ""),)),
        ("A line.\nEvent: x\n", ()),
        ("\nEvent: x\n", ()),
        ("", ()),
    ],
)
def test_headers_are_read_as_pelican_reads_them(text, expected):
    assert posts.of_text("a.md", text).told == expected


def test_a_post_has_its_title_and_its_day():
    one = posts.of_text("a.md", "Title: A\nDate: 2025-03-10 09:00\n\nWords.")
    assert (one.file, one.title, one.day) == ("a.md", "A", day("03-10"))
    assert posts.of_text("a.md", "Title: A\nDate: soon\n").day is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=60) | st.text("2025-03-.[] siteview*", max_size=40))
def test_any_header_is_an_event_or_one_line(words):
    found = posts.read([posts.of_text("a.md", f"Title: A\nEvent: {words}\n")], KNOWN)
    assert all(one.title for one in found.events)
    assert all("\n" not in str(one) for one in found.mistakes)


def test_check_tells_of_bad_headers_and_of_bad_files_in_one_run(tmp_path):
    folder = tmp_path / "content/data"
    folder.mkdir(parents=True)
    gathered(folder, site_csv=DAYS, my_ics="", mentions__m_xml="x", mentions__notes_txt="")
    found = commands.check(tmp_path, {"content/posts/a.md": "Title: A\nEvent: soon x\n\nWords."})
    assert [str(one).partition(": ")[0] for one in found.mistakes] == [
        "content/data/mentions/m.xml", "content/data/mentions/notes.txt", "content/data/my.ics",
        "content/posts/a.md:2",
    ]  # fmt: skip
    assert [one.doubtful for one in found.mistakes] == [False, True, False, False]


# --- the whole folder -------------------------------------------------------------------

ICS = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20250302\nSUMMARY:{}\nEND:VEVENT\nEND:VCALENDAR\n"
RSS = (
    '<rss version="2.0"><channel><item><title>{}</title><link>https://x.example/1</link>'
    "<pubDate>Sun, 02 Mar 2025 10:00:00 GMT</pubDate></item></channel></rss>"
)
LOG = "date,title\n2025-03-02,Logged\n"


def test_events_come_from_the_log_calendars_mentions_and_posts(tmp_path):
    found = gathered(
        tmp_path, post("2025-03-02 Told"), site_csv=TWO, events_csv=LOG,
        my_ics=ICS.format("Planned"), mentions__m_xml=RSS.format("Named"),
    )  # fmt: skip
    assert [one.title for one in found.events] == ["Logged", "Planned", "Named", "Told"]
    assert not found.mistakes
    assert not found.doubts


def test_what_two_sources_tell_alike_counts_once(tmp_path):
    found = gathered(
        tmp_path, post("2025-03-02 logged", "2025-03-02 site.views Logged"), site_csv=TWO,
        events_csv=LOG, mentions__a_xml=RSS.format("Named"), mentions__b_xml=RSS.format("Renamed"),
    )  # fmt: skip
    assert [(one.title, one.metrics) for one in found.events] == [
        ("Logged", ()), ("Named", ()), ("Logged", ("site.views",)),
    ]  # fmt: skip


def test_a_broken_calendar_is_not_taken_for_a_file_that_may_hold_a_metric(tmp_path):
    found = gathered(tmp_path, site_csv=TWO, my_ics="")
    with pytest.raises(Faults) as raised:
        compose.resolve(Request("folowers"), found)
    assert not any(isinstance(one, Unread) for one in raised.value.faults)


def test_a_change_in_counting_from_a_calendar_has_to_say_of_what(tmp_path):
    text = ICS.format("Recount\nCATEGORIES:Counting")
    found = gathered(tmp_path, site_csv=TWO, my_ics=text)
    assert [str(one) for one in found.mistakes] == [
        (
            'content/data/my.ics:2: "Recount" is a change in counting of every metric; log it in '
            "content/data/events.csv: name the ones it concerns under metrics, or FILE.*"
        )
    ]


# --- what a card asks for ---------------------------------------------------------------


def parsed(*lines: str) -> Request:
    return block.parse(block.Block(("metric: site.views", *lines), 0, 9))


def data() -> Dataset:
    """Two posts, one with an event on its own day, and three events."""
    own = (
        Post("a.md", "Own", day("03-01"), "here"),
        Post("b.md", "Told", day("03-02")),
        Post("draft.md", "No day"),
    )
    logged = (
        event("03-01", "Talk", kind="talk"),
        event("03-02", "Front page", kind="post", file="b.md"),
        event("03-02", "Recount", kind="counting", metrics=("site.views",)),
    )
    return Dataset(KNOWN.series, logged, posts=own)


@pytest.mark.parametrize(
    ("line", "titles", "ticks"),
    [
        ([], ["Talk", "Front page", "Recount"], 2),
        (["events: all"], ["Talk", "Front page", "Recount"], 2),
        (["events: none"], ["Recount"], 2),
        (["events: Talk"], ["Talk", "Recount"], 2),
        (["events: talk, post"], ["Talk", "Front page", "Recount"], 2),
        (["events: posts"], ["Own", "Talk", "Front page", "Recount"], 0),
        (["events: posts, talk"], ["Own", "Talk", "Recount"], 0),
    ],
)
def test_a_card_speaks_of_the_events_it_asks_for(line, titles, ticks):
    request = parsed(*line)
    found = chosen.events(request, data(), metric())
    assert [one.title for one in found] == titles
    assert len(chosen.ticks(request, data())) == ticks


def test_own_posts_asked_for_are_events_with_a_link():
    (own, *_) = chosen.events(parsed("events: posts"), data(), metric())
    assert (own.date, own.kind, own.url) == (day("03-01"), "post", "here")


def test_a_post_of_a_year_that_nothing_is_counted_in_is_no_event():
    far = replace(data(), posts=(Post("far.md", "Far", date(9999, 12, 31)),))
    found = chosen.events(parsed("events: posts"), far, metric())
    assert "Far" not in [one.title for one in found]


def test_own_posts_are_days_and_never_events_unless_asked_for():
    one = compose.resolve(parsed("window: 2025-03-01 .. 2025-03-02"), data())
    assert one.ticks == (day("03-01"), day("03-02"))
    assert "Own" not in [tested.title for tested in one.analysis.events]
    asked = compose.resolve(parsed("window: 2025-03-01 .. 2025-03-02", "events: posts"), data())
    assert "Own" in [tested.title for tested in asked.analysis.events]


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("talks", 'no event is of the kind "talks"; did you mean "talk"?'),
        ("pots", 'no event is of the kind "pots"; did you mean "posts"?'),
        ("x", 'no event is of the kind "x"; there are: all, counting, none, post, posts, talk'),
    ],
)
def test_a_word_that_is_no_kind_is_one_line(word, told):
    with pytest.raises(Faults) as raised:
        compose.resolve(parsed(f"events: {word}"), data())
    assert [(one.line, str(one)) for one in raised.value.faults] == [(2, told)]


def test_a_kind_may_stand_in_a_file_that_cannot_be_read(tmp_path):
    broken = gathered(tmp_path, site_csv=TWO, events_csv="x\n")
    with pytest.raises(Unread):
        chosen.refuse_unknown(parsed("events: talk"), broken)


@pytest.mark.parametrize("line", ["events: all, talk", "events: talk, none", "events:"])
def test_all_and_none_stand_alone(line):
    with pytest.raises(Faults) as raised:
        parsed(line)
    assert all(isinstance(one, Fault) and one.line == 2 for one in raised.value.faults)


# --- when it was logged -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("logged", "told"),
    [
        ("03-05", "logged 3 days after"), ("03-03", "logged one day after"),
        ("03-02", "logged on the day"), ("03-01", "logged one day before"),
        ("02-20", "logged 10 days before"),
    ],
)  # fmt: skip
def test_the_receipt_says_when_an_event_was_logged(logged, told):
    log = (event("03-01", "First"), event("03-02", "Second", logged=day(logged)))
    about = compose.resolve(Request("site.views", span("03-01", "03-02")),
                            Dataset(KNOWN.series, log))  # fmt: skip
    facts = receipts.write(about, WORDS).facts
    assert [fact for fact in facts if fact[0].startswith("Event")] == [("Event 2", told)]
