"""A Pelican plugin: article dates -> the months and weeks of a calendar.

Templates get ``month_calendar``, None on a site without posts::

    {% set month = month_calendar.of(article.date) %}
    {{ month_calendar.caption(month) }}  {% for week in month.weeks %} … {% endfor %}

A month is made once, whatever the number of pages that show it.
"""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from pelican import signals


@dataclass(frozen=True)
class Post:
    """What a calendar tells of a post: its day, its title, its address."""

    day: date
    title: str
    url: str


@dataclass(frozen=True)
class Day:
    """One cell of a month; it links where something was published."""

    date: date
    titles: tuple[str, ...] = ()
    url: str = ""


@dataclass(frozen=True)
class Month:
    """A month with posts: its weeks, None where a week reaches into the next month."""

    first: date
    url: str
    weeks: tuple[tuple[Day | None, ...], ...]
    before: tuple[date, str] | None = None  # the first day and the address of the month
    after: tuple[date, str] | None = None


@dataclass(frozen=True)
class MonthCalendar:
    """Every month of a site that has posts, and the words to show them with."""

    months: Mapping[tuple[int, int], Month]
    language: str = "en"
    newest: Month = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "newest", self.months[max(self.months)])

    def of(self, day: date | None = None) -> Month:
        """The month of a day; the newest month where the day's has no posts."""
        return self.months.get((day.year, day.month), self.newest) if day else self.newest

    def caption(self, month: Month, language: str = "") -> str:
        """The month's name and year, as "March 2025"."""
        return month_name(month.first, language or self.language)

    def weekdays(self, language: str = "") -> tuple[tuple[str, str], ...]:
        """The short and the whole name of each day of the week, in the site's order."""
        return _weekdays(language or self.language, first_weekday(self.language))

    def spoken(self, day: date, language: str = "") -> str:
        """A day in full, for readers who hear the page."""
        return format_date(day, "long", locale=_locale(language or self.language))


def calendar(
    posts: Iterable[Post], *, month_url: str = "", language: str = "en"
) -> MonthCalendar | None:
    """The calendar of these posts, or None where there is none.

    ``month_url`` is the address of a month's archive, with ``{date}``; without it a month
    is found at its newest post.

    >>> posts = [Post(date(2025, 3, 3), "One", "one/"), Post(date(2025, 1, 9), "Two", "two/")]
    >>> march = calendar(posts, month_url="{date:%Y}/{date:%m}/").of(date(2025, 3, 28))
    >>> [day and day.date.day for day in march.weeks[0]]
    [None, None, None, None, None, 1, 2]
    >>> march.weeks[1][0].url, march.before[1], march.after
    ('one/', '2025/01/', None)
    """
    by_day = _by_day(posts)
    if not by_day:
        return None
    urls = _month_urls(by_day, month_url)
    begin = first_weekday(language)
    months = {
        key: _month(date(*key, 1), by_day, begin, url=url, archive=url if month_url else "")
        for key, url in urls.items()
    }
    return MonthCalendar(_chained(months), language)


def first_weekday(language: str) -> int:
    """The day a week begins with where this language is spoken, Monday being 0.

    >>> first_weekday("en"), first_weekday("en-us"), first_weekday("de")
    (0, 6, 0)
    """
    return int(_locale(language).first_week_day)


def month_name(day: date, language: str) -> str:
    """The name of a day's month with its year.

    >>> month_name(date(2025, 3, 1), "en"), month_name(date(2025, 3, 1), "de")
    ('March 2025', 'März 2025')
    """
    return str(format_skeleton("yMMMM", day, locale=_locale(language)))


def weeks(first: date, begin: int = 0) -> list[list[date | None]]:
    """The days of a month in rows of seven, None before the first and after the last.

    >>> [[day and day.day for day in week] for week in weeks(date(2025, 2, 1), 6)][0]
    [None, None, None, None, None, None, 1]
    """
    rows = Calendar(begin).monthdatescalendar(first.year, first.month)
    return [[day if day.month == first.month else None for day in row] for row in rows]


def register() -> None:
    """Connect to Pelican."""
    signals.article_generator_finalized.connect(_add_calendar)


def _add_calendar(generator: Any) -> None:
    """Give every template the calendar, unless MONTH_CALENDAR is False."""
    settings = generator.settings
    if not settings.get("MONTH_CALENDAR", True):
        return
    posts = [Post(post.date.date(), str(post.title), post.url) for post in generator.articles]
    url = str(settings["MONTH_ARCHIVE_URL"] if settings["MONTH_ARCHIVE_SAVE_AS"] else "")
    generator.context["month_calendar"] = calendar(
        posts, month_url=url, language=settings["DEFAULT_LANG"]
    )


def _by_day(posts: Iterable[Post]) -> dict[date, tuple[Post, ...]]:
    """The posts of each day, newest day first and by address within a day."""
    ordered = sorted(posts, key=lambda post: (-post.day.toordinal(), post.url))
    return {day: tuple(found) for day, found in groupby(ordered, key=lambda post: post.day)}


def _month_urls(
    by_day: Mapping[date, tuple[Post, ...]], month_url: str
) -> dict[tuple[int, int], str]:
    """The address of each month that has posts, newest first."""
    urls: dict[tuple[int, int], str] = {}
    for day, posts in by_day.items():
        urls.setdefault(
            (day.year, day.month), month_url.format(date=day) if month_url else posts[0].url
        )
    return urls


def _month(
    first: date, by_day: Mapping[date, tuple[Post, ...]], begin: int, *, url: str, archive: str
) -> Month:
    """One month on its own, not yet linked to its neighbours; ``archive`` lists its days."""
    rows = tuple(
        tuple(_day(day, by_day.get(day, ()), archive) if day else None for day in week)
        for week in weeks(first, begin)
    )
    return Month(first, url, rows)


def _day(day: date, posts: tuple[Post, ...], archive: str) -> Day:
    """A cell: it leads to the day's post, with several to the day in its month's list."""
    if not posts:
        return Day(day)
    several = archive and len(posts) > 1
    url = f"{archive}#day-{day.day}" if several else posts[0].url
    return Day(day, tuple(post.title for post in posts), url)


def _chained(months: Mapping[tuple[int, int], Month]) -> dict[tuple[int, int], Month]:
    """The months, each knowing the way to the one before and the one after it."""
    in_order = sorted(months)
    before = {later: _way(months[earlier]) for earlier, later in pairwise(in_order)}
    after = {earlier: _way(months[later]) for earlier, later in pairwise(in_order)}
    return {
        key: Month(month.first, month.url, month.weeks, before.get(key), after.get(key))
        for key, month in months.items()
    }


def _way(month: Month) -> tuple[date, str]:
    """What another month needs to point at this one."""
    return month.first, month.url


@lru_cache
def _locale(language: str) -> Locale:
    """Babel's locale for a language tag; English where Babel does not know it."""
    try:
        return Locale.parse(language, sep="-" if "-" in language else "_")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


@lru_cache
def _weekdays(language: str, begin: int) -> tuple[tuple[str, str], ...]:
    """Short and whole names of the days, beginning with the given one."""
    days = _locale(language).days["stand-alone"]
    order = [(begin + step) % 7 for step in range(7)]
    return tuple((days["narrow"][day], days["wide"][day]) for day in order)
