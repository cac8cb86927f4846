"""Every figure in the demo's prose is what its data files say: each row reckons one anew."""

import csv
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from math import floor
from pathlib import Path
from statistics import mean, median

import pytest

CONTENT = Path(__file__).parents[2] / "content"
AUTUMN = ("2014-09-08", "2014-11-23")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@cache
def series(name: str) -> dict[date, int]:
    file, column = name.split(".")
    with (CONTENT / "data" / f"{file}.csv").open(encoding="utf-8") as lines:
        return {date.fromisoformat(row["date"]): int(row[column]) for row in csv.DictReader(lines)}


def on(name: str, day: str) -> int:
    return series(name)[date.fromisoformat(day)]


def between(name: str, first: str, last: str) -> dict[date, int]:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return {day: value for day, value in series(name).items() if start <= day <= end}


def total(name: str, first: str, last: str) -> int:
    return sum(between(name, first, last).values())


def kind(days: dict[date, int], weekday: str) -> list[int]:
    return [value for day, value in days.items() if DAYS[day.weekday()] == weekday]


def autumn(weekday: str) -> float:
    return mean(kind(between("taxi.passengers", *AUTUMN), weekday))


def middle(weekday: str) -> float:
    return median(kind(series("taxi.passengers"), weekday))


def taxi(day: str) -> int:
    return on("taxi.passengers", day)


def views(day: str) -> int:
    return on("peyton.views", day)


def pace(name: str, first: str, last: str) -> float:
    days = (date.fromisoformat(last) - date.fromisoformat(first)).days
    return (on(name, last) - on(name, first)) / days


def docker(first: str, last: str) -> float:
    return pace("docker.followers", first, last)


def noah(first: str, last: str) -> float:
    return pace("trevornoah.followers", first, last)


def busiest(place: int) -> tuple[date, int]:
    return sorted(series("peyton.views").items(), key=lambda item: -item[1])[place - 1]


def whole(value: float) -> str:
    return f"{value:,.0f}"


def rounded(value: float, to: int) -> str:
    return f"{round(value / to) * to:,}"


def percent(part: float, base: float) -> str:
    return f"{abs(part / base - 1) * 100:,.0f}"


def missing(name: str) -> int:
    days = sorted(series(name))
    return (days[-1] - days[0]).days + 1 - len(days)


def saturdays_to_sundays() -> Iterable[float]:
    days = between("taxi.passengers", *AUTUMN)
    for day, value in days.items():
        if DAYS[day.weekday()] == "Saturday":
            yield 1 - days[day + timedelta(days=1)] / value


FIGURES = {
    "three-hundred-thousand-and-the-same-replies": [
        ("some {0} of the {1} newcomers", rounded(300000 - 25000, 1), whole(282000)),
    ],
    "five-words": [
        ('"grew to {0} on Thursday"', rounded(autumn("Thursday"), 1000)),
        ("when Wednesday had {0}", rounded(autumn("Wednesday"), 1000)),
        ("and Monday will have {0}", rounded(autumn("Monday"), 1000)),
        ('"Twitter counts {0} followers"', whole(on("docker.followers", "2018-02-16"))),
    ],
    "the-busiest-day-was-a-monday": [
        ("counted about {0} views of the article", rounded(views("2014-02-02"), 1000)),
        ("it counted about {0}, more than", rounded(views("2014-02-03"), 10000)),
        ("about {0} views on the Thursday", rounded(views("2013-09-05"), 1000)),
        ("about {0} on the Friday", rounded(views("2013-09-06"), 1000)),
        ("(about {0}) than its Sunday", rounded(views("2014-01-20"), 1000)),
        ("than its Sunday (about {0})", rounded(views("2014-01-19"), 1000)),
        ("stood at {0} for the day", whole(views("2014-02-09"))),
        ("later it was at {0}", whole(views("2014-02-16"))),
        ("has {0} of {1} days", whole(len(series("peyton.views"))), "2,964"),
        ("with {0} views on its Sunday", whole(views("2010-02-07"))),
        ("2015, with about {0} views", rounded(views("2015-11-30"), 1000)),
    ],
    "a-day-that-belonged-to-his-brother": [
        ("2012, with about {0}", rounded(views("2012-02-06"), 1000)),
        ("that day had about {0} views", rounded(views("2012-03-07"), 1000)),
        ("article had about {0} views", rounded(views("2008-02-04"), 1000)),
    ],
    "the-917-that-became-90": [
        ("1 October 2008 | {0} |", whole(on("oprah.followers", "2008-10-01"))),
        ("1 November 2008 | {0} |", whole(on("oprah.followers", "2008-11-01"))),
        ("1 December 2008 | {0} |", whole(on("oprah.followers", "2008-12-01"))),
        ("1 January 2009 | {0} |", whole(on("oprah.followers", "2009-01-01"))),
        ("1 February 2009 | {0} |", whole(on("oprah.followers", "2009-02-01"))),
        ("1 April 2009 | {0} |", whole(on("oprah.followers", "2009-04-01"))),
        ("1 May 2009 | {0} |", whole(on("oprah.followers", "2009-05-01"))),
        ("{0} is growth of {1} per cent", whole(856489), percent(856489, 90)),
        ("From 917 it is {0} per cent", percent(856489, 917)),
        ("list of {0} can turn", whole(len(series("oprah.followers")))),
    ],
    "the-week-comes-before-the-day": [
        ("carried {0} passengers", whole(taxi("2014-11-10"))),
        ("had carried {0}", whole(taxi("2014-11-09"))),
        ("The average Monday has {0}", whole(autumn("Monday"))),
        ("Saturday with {0}", whole(autumn("Saturday"))),
        ("which is {0} per cent above Monday", percent(autumn("Saturday"), autumn("Monday"))),
        ("Sunday falls back to {0}", whole(autumn("Sunday"))),
        ('"record fall" of {0} per cent or more', str(floor(min(saturdays_to_sundays()) * 100))),
        ("2014, had {0} passengers", whole(taxi("2014-10-13"))),
        ("that is {0} per cent fewer. Against", percent(taxi("2014-10-13"), taxi("2014-10-12"))),
        ("Monday it is {0} per cent fewer", percent(taxi("2014-10-13"), autumn("Monday"))),
    ],
    "three-holidays-and-a-storm": [
        ("the one in the middle has {0}", whole(middle("Thursday"))),
        ("Thanksgiving | {0} |", whole(taxi("2014-11-27"))),
        ("| {0} % fewer |\n| 25", percent(taxi("2014-11-27"), middle("Thursday"))),
        ("Christmas | {0} |", whole(taxi("2014-12-25"))),
        ("| {0} % fewer |\n| 1 J", percent(taxi("2014-12-25"), middle("Thursday"))),
        ("New Year's Day | {0} |", whole(taxi("2015-01-01"))),
        ("690,407 | {0} % fewer", percent(taxi("2015-01-01"), middle("Thursday"))),
        ("all {0} days: {1},", whole(len(series("taxi.passengers"))), whole(taxi("2015-01-27"))),
        ("by {0} passengers", whole(taxi("2014-12-25") - taxi("2015-01-26"))),
        ("Wednesday was {0} per cent", percent(taxi("2015-01-28"), middle("Wednesday"))),
        ("Thursday {0} per cent below", percent(taxi("2015-01-29"), middle("Thursday"))),
        ("31 January, had {0}", whole(taxi("2015-01-31"))),
    ],
    "four-conferences-and-no-step": [
        (
            "9 June 2014 | {0} | {1} | {2} |",
            whole(docker("2014-03-11", "2014-05-13")),
            whole(docker("2014-05-13", "2014-06-25")),
            whole(docker("2014-06-25", "2014-07-18")),
        ),
        (
            "22 June 2015 | {0} | {1} | {2} |",
            whole(docker("2015-03-05", "2015-04-30")),
            whole(docker("2015-04-30", "2015-07-07")),
            whole(docker("2015-07-07", "2015-08-12")),
        ),
        (
            "20 June 2016 | {0} | {1} | {2} |",
            whole(docker("2016-05-14", "2016-06-11")),
            whole(docker("2016-06-11", "2016-07-03")),
            whole(docker("2016-07-03", "2016-08-12")),
        ),
        (
            "18 April 2017 | {0} | {1} | {2} |",
            whole(docker("2017-03-08", "2017-04-01")),
            whole(docker("2017-04-01", "2017-05-21")),
            whole(docker("2017-05-21", "2017-07-01")),
        ),
        ("{0} a day from 11 September", whole(docker("2016-09-11", "2016-11-02"))),
        ("22 days long and gained {0}", whole(docker("2016-06-11", "2016-07-03") * 22)),
        ("would have been {0} a day, and", whole((4881 + 10000) / 22)),
        ("would have been {0}, and we", whole((4881 + 1000) / 22)),
        ("The {0} readings", whole(len(series("docker.followers")))),
    ],
    "a-rise-nobody-logged": [
        ("gained {0} followers", whole(noah("2015-03-23", "2015-04-01") * 9)),
        ("had gained about {0} a day", rounded(noah("2015-02-06", "2015-03-23"), 100)),
        ("gained about {0} followers a day", rounded(noah("2016-04-04", "2016-05-02"), 100)),
        ("it was about {0}, from", rounded(noah("2016-05-02", "2016-06-15"), 100)),
        ("10 July about {0}", rounded(noah("2016-06-15", "2016-07-10"), 1000)),
        ("The {0} readings are [here", whole(len(series("trevornoah.followers")))),
    ],
    "the-week-we-deleted-1912-readers": [
        ("we had {0} subscribers", whole(on("letter.subscribers", "2025-05-13"))),
        (
            "there were {0} replies, against {1}",
            whole(total("letter.replies", "2025-05-12", "2025-06-08")),
            whole(total("letter.replies", "2025-04-14", "2025-05-11")),
        ),
        (
            "came in at {0}, against {1}",
            whole(total("letter.volunteers", "2025-05-12", "2025-06-08")),
            whole(total("letter.volunteers", "2025-04-14", "2025-05-11")),
        ),
        (
            "to readers: {0}, against {1}",
            whole(total("letter.books", "2025-05-12", "2025-06-08")),
            whole(total("letter.books", "2025-04-14", "2025-05-11")),
        ),
    ],
    "the-day-beside-the-mark": [
        ("That Saturday had {0}", whole(taxi("2014-11-01"))),
        (
            "passengers, {0} per cent above",
            percent(taxi("2014-11-01"), (autumn("Saturday") * 11 - taxi("2014-11-01")) / 10),
        ),
        ("of the race had {0}", whole(taxi("2014-11-02"))),
        ("included, has {0}", whole(autumn("Sunday"))),
    ],
    "a-style-guide-for-publishing-numbers": [
        ("{0} is looked up", whole(views("2014-02-03"))),
        ("| {0} | daily, {1} missing", whole(len(series("peyton.views"))), whole(missing("peyton.views"))),
    ],
}

GERMAN = [
    ("beförderten die Taxis von New York {0} Fahrgäste", taxi("2014-11-10")),
    ("waren es {0} gewesen", taxi("2014-11-09")),
    ("Montag hat {0} Fahrgäste", autumn("Monday")),
    ("Samstag mit {0}", autumn("Saturday")),
    ("Sonntag fällt auf {0}", autumn("Sunday")),
    ("2014, hatte {0} Fahrgäste", taxi("2014-10-13")),
]


def text(post: str) -> str:
    return (CONTENT / "posts" / f"{post}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("post", "figure"), [(post, figure) for post, figures in FIGURES.items() for figure in figures]
)
def test_a_figure_in_a_post_is_what_the_data_say(post: str, figure: tuple[str, ...]) -> None:
    """Prose and file give the same number."""
    words, *values = figure
    assert words.format(*values) in text(post)


@pytest.mark.parametrize(("words", "value"), GERMAN)
def test_a_figure_in_the_translation_is_what_the_data_say(words: str, value: float) -> None:
    """A translation may not lose a digit."""
    assert words.format(whole(value).replace(",", ".")) in text("the-week-comes-before-the-day.de")


def test_the_five_busiest_days_are_mondays() -> None:
    """And they are the days the two posts name, in their order."""
    days = [busiest(place)[0] for place in range(1, 6)]
    assert {DAYS[day.weekday()] for day in days} == {"Monday"}
    assert [str(day) for day in days[:4]] == ["2014-02-03", "2012-02-06", "2015-11-30", "2008-02-04"]


def test_a_season_has_more_than_five_times_the_views_of_the_months_before() -> None:
    """September to March against February to August."""
    season = total("peyton.views", "2013-09-01", "2014-03-31")
    assert season > 5 * total("peyton.views", "2013-02-01", "2013-08-31")


def test_the_floor_in_june_is_where_the_posts_put_it() -> None:
    """Half of June 2013 lies under 1,550, and June 2012 above June 2014."""
    assert median(between("peyton.views", "2013-06-01", "2013-06-30").values()) < 1550
    before = total("peyton.views", "2012-06-01", "2012-06-30")
    assert before > total("peyton.views", "2014-06-01", "2014-06-30")


def test_from_the_peak_it_is_a_fall_of_more_than_99_per_cent() -> None:
    """From the Monday of the game to the Sunday a week after the next."""
    assert views("2014-02-16") < 0.01 * views("2014-02-03")


def test_the_monday_after_the_brothers_first_final_has_eleven_times_its_sunday() -> None:
    """2008, as the post says."""
    assert round(views("2008-02-04") / views("2008-02-03")) == 11


def test_the_day_after_the_final_of_2010_is_missing() -> None:
    """A gap that the post owns up to."""
    assert date(2010, 2, 8) not in series("peyton.views")


def test_saturday_was_the_busiest_day_of_all_eleven_weeks() -> None:
    """And the averages rise from Monday to Saturday."""
    days = sorted(between("taxi.passengers", *AUTUMN).items())
    weeks = [dict(days[at : at + 7]) for at in range(0, 77, 7)]
    assert all(DAYS[max(week, key=week.__getitem__).weekday()] == "Saturday" for week in weeks)
    means = [autumn(day) for day in DAYS[:6]]
    assert means == sorted(means)


def test_sunday_to_monday_was_a_fall_of_12_5_per_cent() -> None:
    """The summary's figure, with its decimal."""
    assert round((1 - taxi("2014-11-10") / taxi("2014-11-09")) * 100, 1) == 12.5


def test_the_storm_day_is_the_lowest_and_a_third_of_its_kind() -> None:
    """The last Saturday is the best of its month, and Friday is level with its kind."""
    assert min(series("taxi.passengers").values()) == taxi("2015-01-27")
    assert round(taxi("2015-01-27") / middle("Tuesday"), 2) == 0.33
    assert abs(taxi("2015-01-30") / middle("Friday") - 1) < 0.01
    january = kind(between("taxi.passengers", "2015-01-01", "2015-01-31"), "Saturday")
    assert max(january) == taxi("2015-01-31")


def test_the_day_before_the_marathon_is_the_record() -> None:
    """Of all days in the file."""
    assert max(series("taxi.passengers").values()) == taxi("2014-11-01")


def test_the_fastest_stretch_of_docker_is_in_autumn_2016() -> None:
    """A stretch without a conference of the log."""
    paces = {(a, b): docker(str(a), str(b)) for a, b in pairwise(series("docker.followers"))}
    assert max(paces, key=paces.__getitem__) == (date(2016, 9, 11), date(2016, 11, 2))


def test_the_pace_of_mid_2016_more_than_doubled_and_stayed() -> None:
    """No stretch of the year after 15 June 2016 is under 5,800 a day."""
    assert noah("2016-05-02", "2016-06-15") > 2 * noah("2016-04-04", "2016-05-02")
    year = pairwise(between("trevornoah.followers", "2016-06-15", "2017-06-15"))
    assert all(noah(str(a), str(b)) > 5800 for a, b in year)


def test_the_first_spring_of_oprah_ends_close_to_1_9_million() -> None:
    """And only one reading of the beginning falls."""
    assert round(on("oprah.followers", "2009-07-01") / 1e6, 1) == 1.9
    early = list(between("oprah.followers", "2008-09-01", "2009-05-01").values())
    assert sum(b < a for a, b in pairwise(early)) == 1


def test_the_answers_of_the_letter_differ_less_than_two_ordinary_weeks() -> None:
    """Illustrative numbers must keep their promises, too."""
    for column, apart in (("replies", 3), ("volunteers", 2), ("books", 8)):
        days = sorted(between(f"letter.{column}", "2025-02-03", "2025-05-11").items())
        weeks = [sum(value for _, value in days[at : at + 7]) for at in range(0, len(days), 7)]
        assert max(weeks) - min(weeks) > apart
