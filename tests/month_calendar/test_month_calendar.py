"""Article dates become months and weeks: every day once, the ways between months, the words."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from month_calendar import Month, MonthCalendar, Post, calendar, weeks

ARCHIVE = "{date:%Y}/{date:%m}/"
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


def posts(*days: str) -> list[Post]:
    """A post on each of these days, titled and addressed by its place in the list."""
    return [Post(date.fromisoformat(day), f"P{n}", f"p{n}/") for n, day in enumerate(days)]


def made(*days: str, language: str = "en", month_url: str = ARCHIVE) -> MonthCalendar:
    """The calendar of posts on these days."""
    found = calendar(posts(*days), month_url=month_url, language=language)
    assert found is not None
    return found


def cell(month: Month, number: int):
    """The cell of a day."""
    return next(day for week in month.weeks for day in week if day and day.date.day == number)


def test_a_site_without_posts_has_no_calendar() -> None:
    """Nothing is shown rather than the month of some clock."""
    assert calendar([]) is None


@given(DAYS, st.integers(0, 6))
def test_a_month_holds_each_of_its_days_once_and_in_rows_of_seven(day: date, begin: int) -> None:
    """Whatever the month and whatever day a week begins with."""
    first = day.replace(day=1)
    rows = weeks(first, begin)
    days = [each for row in rows for each in row if each]
    assert days == [first + timedelta(n) for n in range(len(days))]
    assert (days[-1] + timedelta(1)).day == 1
    assert {len(row) for row in rows} == {7}
    assert all(each is None or each.weekday() == (begin + n) % 7 for n, each in enumerate(rows[1]))


@given(st.lists(DAYS, min_size=1, max_size=30))
def test_the_ways_between_months_lead_through_every_month_and_back(days: list[date]) -> None:
    """From the newest month before by before to the oldest, and after by after to the newest."""
    found = made(*map(str, days))
    by_first = {month.first: month for month in found.months.values()}
    seen, month = [], found.newest
    while month.before:
        seen.append(month)
        earlier = by_first[month.before[0]]
        assert earlier.after == (month.first, month.url)
        month = earlier
    assert [*seen, month] == sorted(by_first.values(), key=lambda each: each.first, reverse=True)


def test_the_order_of_posts_changes_nothing() -> None:
    """Two posts of a day stand in the order of their addresses."""
    there = posts("2025-03-03", "2025-03-03", "2025-01-09")
    assert calendar(there, month_url=ARCHIVE) == calendar(there[::-1], month_url=ARCHIVE)


def test_a_day_with_one_post_leads_to_it() -> None:
    """And says its title."""
    day = cell(made("2025-03-03").of(date(2025, 3, 1)), 3)
    assert (day.url, day.titles) == ("p0/", ("P0",))


def test_a_day_with_two_posts_leads_to_the_day_in_the_list_of_its_month() -> None:
    """And says both titles."""
    day = cell(made("2025-03-03", "2025-03-03").newest, 3)
    assert (day.url, day.titles) == ("2025/03/#day-3", ("P0", "P1"))


def test_a_day_without_posts_leads_nowhere() -> None:
    """It is a number, no link."""
    assert cell(made("2025-03-03").newest, 4).url == ""


def test_without_archives_a_month_is_found_at_its_newest_post() -> None:
    """In a site that writes no month archives no way is broken."""
    found = made("2025-03-03", "2025-03-09", "2025-03-09", month_url="")
    assert found.newest.url == "p1/"
    assert cell(found.newest, 9).url == "p1/"


def test_a_month_without_posts_is_shown_as_the_newest_month() -> None:
    """A draft, a page or a hidden post may stand outside every month."""
    found = made("2025-03-03", "2025-01-09")
    assert found.of(date(9999, 12, 31)) is found.of() is found.newest
    assert found.newest.first == date(2025, 3, 1)


def test_the_week_begins_where_the_language_begins_it() -> None:
    """Monday in British English and German, Sunday in American English."""
    begins = {
        tag: made("2025-03-03", language=tag).weekdays()[0][1] for tag in ("en", "en-us", "de")
    }
    assert begins == {"en": "Monday", "en-us": "Sunday", "de": "Montag"}


def test_a_month_is_named_in_the_language_of_the_page() -> None:
    """The order of the days stays the site's."""
    found = made("2025-03-03")
    assert found.caption(found.newest) == "March 2025"
    assert found.caption(found.newest, "de") == "März 2025"
    assert [name for name, _ in found.weekdays("de")] == ["M", "D", "M", "D", "F", "S", "S"]


def test_an_unknown_language_is_written_as_english() -> None:
    """A private tag is no reason to fail."""
    assert made("2025-03-03", language="tlh").caption(made("2025-03-03").newest) == "March 2025"
