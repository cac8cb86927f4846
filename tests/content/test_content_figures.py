"""Every figure in the demo's prose is what its data files say: each row reckons one anew."""

from math import floor

import pytest

from counts import (
    autumn,
    docker,
    middle,
    missing,
    noah,
    on,
    percent,
    rounded,
    saturdays_to_sundays,
    series,
    taxi,
    text,
    total,
    views,
    whole,
)

FIGURES = {
    "three-hundred-thousand-and-the-same-replies": [
        ("some {0} of the {1} newcomers", rounded(300000 - 25000, 1), whole(282000)),
    ],
    "five-words": [
        ("“grew to {0} on Thursday”", rounded(autumn("Thursday"), 1000)),
        ("when Wednesday had {0}", rounded(autumn("Wednesday"), 1000)),
        ("and Monday will have {0}", rounded(autumn("Monday"), 1000)),
        ("“Twitter counts {0} followers”", whole(on("docker.followers", "2018-02-16"))),
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
        ("“record fall” of {0} per cent or more", str(floor(min(saturdays_to_sundays()) * 100))),
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
        ("New Year’s Day | {0} |", whole(taxi("2015-01-01"))),
        ("690,407 | {0} % fewer", percent(taxi("2015-01-01"), middle("Thursday"))),
        ("all {0} days: {1},", whole(len(series("taxi.passengers"))), whole(taxi("2015-01-27"))),
        (
            "had {0} passengers fewer than Christmas Day",
            whole(taxi("2014-12-25") - taxi("2015-01-26")),
        ),
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
        (
            "| {0} | daily, {1} missing",
            whole(len(series("peyton.views"))),
            whole(missing("peyton.views")),
        ),
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
