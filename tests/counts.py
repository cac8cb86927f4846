"""The demo's counts, read anew from its data files, and the words its posts put them in."""

import csv
import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from statistics import mean, median

CONTENT = Path(__file__).parents[1] / "content"
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


def text(post: str) -> str:
    """The post as it is read: numbers with a metric link are only numbers."""
    written = (CONTENT / "posts" / f"{post}.md").read_text(encoding="utf-8")
    return re.sub(r"\[([^\]]*)\]\(metric:[^)]*\)", r"\1", written)
