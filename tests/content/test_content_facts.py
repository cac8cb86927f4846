"""What the demo's posts claim of their counts, beyond single figures, holds in the data files."""

from datetime import date
from itertools import pairwise
from statistics import median
from typing import Any

from counts import (
    AUTUMN,
    DAYS,
    autumn,
    between,
    busiest,
    docker,
    kind,
    middle,
    noah,
    on,
    series,
    taxi,
    text,
    total,
    views,
)


def test_the_five_busiest_days_are_mondays() -> None:
    """And they are the days the two posts name, in their order."""
    days = [busiest(place)[0] for place in range(1, 6)]
    assert {DAYS[day.weekday()] for day in days} == {"Monday"}
    assert [str(day) for day in days[:4]] == [
        "2014-02-03",
        "2012-02-06",
        "2015-11-30",
        "2008-02-04",
    ]


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


def test_the_code_printed_in_the_style_guide_gives_what_its_card_says() -> None:
    """The function on the page, run on the card's own window."""
    printed = text("a-style-guide-for-publishing-numbers").split("```python\n")[1].split("```")[0]
    names: dict[str, Any] = {}
    exec(printed, names)  # noqa: S102 - our own page, read from this repository
    growth = names["growth"](series("docker.followers"), date(2017, 1, 2), date(2017, 7, 1))
    assert growth == 35_583
