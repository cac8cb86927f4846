"""Calendar files: which days an event takes, what repeats, and what is refused on one line."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from insights import day, span
from metrics_insight.model import Dataset
from metrics_insight.sources import calendars
from mistakes import Mistakes

YEAR = span("01-01", "12-31")


def entry(*lines: str, title: str = "Fair") -> str:
    """One event of a calendar, with a title unless it is empty."""
    summary = [f"SUMMARY:{title}"] if title else []
    return "\n".join(["BEGIN:VEVENT", *lines, *summary, "END:VEVENT"])


def calendar(*entries: str, zone: str = "") -> str:
    """The text of a calendar."""
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", *([f"X-WR-TIMEZONE:{zone}"] if zone else [])]
    return "\n".join([*head, *entries, "END:VCALENDAR", ""])


def read(folder, text: str | bytes, over=YEAR) -> Dataset:
    (folder / "my.ics").write_bytes(text if isinstance(text, bytes) else text.encode())
    return calendars.read(folder / "my.ics", "content/data/my.ics", over)


def days(folder, *lines: str, zone: str = "", over=YEAR) -> list[str]:
    """The days of one event: "03-03", or "03-03 .. 03-05"."""
    found = read(folder, calendar(entry(*lines), zone=zone), over).events
    ends = [f"{one.date:%m-%d}" + (f" .. {one.end:%m-%d}" if one.end else "") for one in found]
    return sorted(ends)


def wrong(folder, text: str | bytes) -> list[str]:
    with pytest.raises(Mistakes) as raised:
        read(folder, text)
    return [str(one).removeprefix("content/data/my.ics:") for one in raised.value.mistakes]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["DTSTART;VALUE=DATE:20250303"], "03-03"),
        (["DTSTART;VALUE=DATE:20250303", "DTEND;VALUE=DATE:20250304"], "03-03"),
        (["DTSTART;VALUE=DATE:20250303", "DTEND;VALUE=DATE:20250303"], "03-03"),
        (["DTSTART;VALUE=DATE:20250303", "DTEND;VALUE=DATE:20250306"], "03-03 .. 03-05"),
        (["DTSTART;VALUE=DATE:20250303", "DURATION:P3D"], "03-03 .. 03-05"),
        (["DTSTART:20250303T100000", "DTEND:20250303T110000"], "03-03"),
        (["DTSTART:20250303T100000", "DTEND:20250303T100000"], "03-03"),
        (["DTSTART:20250303T220000", "DTEND:20250304T000000"], "03-03"),
        (["DTSTART:20250303T220000", "DTEND:20250304T000100"], "03-03 .. 03-04"),
        (["DTSTART:20250303T220000", "DURATION:PT26H"], "03-03 .. 03-04"),
    ],
)
def test_an_end_is_the_first_moment_after_the_event(tmp_path, lines, expected):
    assert days(tmp_path, *lines) == [expected]


def test_a_time_is_on_the_day_that_the_calendar_writes(tmp_path):
    assert days(tmp_path, "DTSTART;TZID=America/New_York:20250303T233000") == ["03-03"]
    assert days(tmp_path, "DTSTART;TZID=Somewhere/Else:20250303T233000") == ["03-03"]
    assert days(tmp_path, "DTSTART:20250303T233000Z") == ["03-03"]


def test_a_time_in_utc_is_on_the_day_of_the_calendars_own_zone(tmp_path):
    assert days(tmp_path, "DTSTART:20250303T233000Z", zone="Europe/Berlin") == ["03-04"]
    assert days(tmp_path, "DTSTART:20250303T233000Z", zone="No/Such") == ["03-03"]


def test_an_event_has_what_the_calendar_says_of_it(tmp_path):
    text = calendar(entry(
        "DTSTART;VALUE=DATE:20250303", "CATEGORIES:Press,TV", "URL:https://x.example/1",
        "DESCRIPTION:Two\\nlines\\, one", title="Fair\\, the big one",
    ))  # fmt: skip
    (one,) = read(tmp_path, text).events
    assert (one.title, one.kind, one.url) == ("Fair, the big one", "press", "https://x.example/1")
    assert one.note == "Two lines, one"
    assert (one.file, one.line, one.metrics) == ("content/data/my.ics", 3, ())


def test_lines_that_are_folded_and_windows_line_ends_are_read(tmp_path):
    folded = entry("DTSTART:20250303", title="Fa\n ir").replace("\n", "\r\n")
    (one,) = read(tmp_path, "\ufeff" + calendar(folded)).events
    assert one.title == "Fair"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "message:x", "http://[", "{filename}/x.md"])
def test_an_address_that_is_no_link_is_left_out(tmp_path, url):
    (one,) = read(tmp_path, calendar(entry("DTSTART:20250303", f"URL:{url}"))).events
    assert one.url == ""


def test_what_was_cancelled_did_not_happen(tmp_path):
    text = calendar(entry("DTSTART:20250303", "STATUS:CANCELLED"), entry("DTSTART:20250304"))
    assert [one.date for one in read(tmp_path, text).events] == [day("03-04")]


# --- what repeats -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["RRULE:FREQ=WEEKLY;COUNT=3"], ["03-03", "03-10", "03-17"]),
        (["RRULE:FREQ=WEEKLY;UNTIL=20250310"], ["03-03", "03-10"]),
        (["RRULE:FREQ=WEEKLY;UNTIL=20250310T230000Z"], ["03-03", "03-10"]),
        (["RRULE:FREQ=MONTHLY;BYDAY=1MO;COUNT=2"], ["03-03", "04-07"]),
        (["RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE:20250310"], ["03-03", "03-17"]),
        (["RDATE:20250501,20250601"], ["03-03", "05-01", "06-01"]),
        (["DURATION:P2D", "RRULE:FREQ=WEEKLY;COUNT=2"], ["03-03 .. 03-04", "03-10 .. 03-11"]),
    ],
)
def test_what_repeats_is_told_each_time(tmp_path, lines, expected):
    assert days(tmp_path, "DTSTART;VALUE=DATE:20250303", *lines) == expected


def test_what_repeats_for_ever_ends_and_begins_with_the_data(tmp_path):
    lines = ("DTSTART;VALUE=DATE:19900310", "RRULE:FREQ=YEARLY")
    assert days(tmp_path, *lines) == ["03-10"]
    assert days(tmp_path, *lines, over=span("04-01", "04-30")) == []
    assert days(tmp_path, *lines, over=None) == []


def test_a_date_that_was_moved_counts_where_it_was_moved_to(tmp_path):
    text = calendar(
        entry("UID:a", "DTSTART:20250303T100000", "RRULE:FREQ=WEEKLY;COUNT=2"),
        entry("UID:a", "RECURRENCE-ID:20250310T100000", "DTSTART:20250312T100000", title="Late"),
    )
    found = [(f"{one.date:%m-%d}", one.title) for one in read(tmp_path, text).events]
    assert found == [("03-03", "Fair"), ("03-12", "Late")]


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("FREQ=DAILY", "repeats more often than once a week"),
        ("FREQ=WEEKLY;BYDAY=MO,TH", "repeats more often than once a week"),
        ("FREQ=SECONDLY", "repeats secondly"),
        ("nonsense", "repeats ?"),
    ],
)
def test_what_is_always_there_is_left_out_and_named(tmp_path, rule, told):
    found = read(tmp_path, calendar(entry("DTSTART:20250303", f"RRULE:{rule}")))
    assert [str(doubt) for doubt in found.doubts] == [
        (
            f'content/data/my.ics:3: "Fair" {told} and is left out; '
            "log the days that matter in events.csv"
        )
    ]
    assert not found.events


def test_a_few_days_in_a_row_are_not_too_often(tmp_path):
    assert len(days(tmp_path, "DTSTART:20250303", "RRULE:FREQ=DAILY;COUNT=5")) == 5


# --- when something is wrong ------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b"", " this is no calendar; export it again as iCalendar (.ics)"),
        (b"date,title\n", " this is no calendar; export it again as iCalendar (.ics)"),
        (b"\xff\xfe\x00", " this is no calendar; export it again as iCalendar (.ics)"),
        (calendar("oops"), ('3: "oops" is no line of a calendar; '
                           "export it again as iCalendar (.ics)")),
        (calendar(entry("DTSTART:20250303"))[:55], ("3: the file ends in the middle of an event; "
                                                   "export it again as iCalendar (.ics)")),
        (calendar(entry("DTSTART:20250303", title="")),
         "3: an event has no title; give it a SUMMARY, or take it out"),
        (calendar(entry()), "3: an event has no date; give it a DTSTART"),
        (calendar(entry("DTSTART:2025xx")),
         "3: the DTSTART of an event cannot be read; export it again as iCalendar (.ics)"),
        (calendar(entry("DTSTART:00010101")),
         "3: the DTSTART of an event is no date; write it as 20250331"),
        (calendar(entry("DTSTART:20250303", "DTEND:20250301")),
         "3: the event ends on 2025-02-28, before it starts on 2025-03-03; swap the two"),
        *((calendar(entry("DTSTART:20250303", f"DURATION:P{days}D")),
           "3: the end of an event lies outside the years 1500 to 2499; correct its length")
          for days in (999999, 9999999)),
        (calendar(entry("DTSTART:20250303", "RRULE:FREQ=WEEKLY;BYDAY=XX")),
         "3: the RRULE of an event cannot be read; export it again as iCalendar (.ics)"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_calendar_is_one_line_with_the_line_of_its_event(tmp_path, text, told):
    assert wrong(tmp_path, text) == [told]


def test_all_mistakes_of_a_calendar_are_told_at_once(tmp_path):
    text = calendar(entry("DTSTART:20250303", title=""), entry("DTSTART:20250303"), entry())
    assert [one.partition(":")[0] for one in wrong(tmp_path, text)] == ["3", "10"]


def test_a_file_that_is_not_there_is_a_mistake(tmp_path):
    with pytest.raises(Mistakes, match="cannot be read"):
        calendars.read(tmp_path / "none.ics", "none.ics")


PIECES = st.sampled_from(
    ["BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "BEGIN:VALARM",
     "END:VALARM", "SUMMARY:A", "SUMMARY:", "DTSTART:20250303", "DTSTART:20250303T100000Z",
     "DTSTART;TZID=X:20250303T1", "DTEND:20250304", "DTEND:20250304T100000", "DURATION:-P3D",
     "DURATION:P", "RRULE:FREQ=WEEKLY", "RRULE:FREQ=YEARLY;COUNT=0", "RRULE:", "EXDATE:x",
     "RDATE;VALUE=PERIOD:20250303T100000Z/PT1H", "RECURRENCE-ID:20250303", "UID:1",
     "CATEGORIES:", "CATEGORIES:a\\,b", "URL:", "X-WR-TIMEZONE:Europe/Berlin", " folded", "x"]
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.binary(max_size=200)
    | st.lists(PIECES, max_size=20).map("\n".join)
    | st.lists(PIECES, max_size=12).map(lambda lines: calendar(entry(*lines)))
)
def test_any_calendar_is_read_or_told_on_one_line(tmp_path, text):
    try:
        found = read(tmp_path, text)
    except Mistakes as mistakes:
        found = Dataset(mistakes=mistakes.mistakes)
    assert all(one.title for one in found.events)
    assert all("\n" not in str(one) for one in (*found.mistakes, *found.doubts))
