"""How numbers, days and names are worded, whatever sentence they stand in."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path
from typing import Any

from catalogue import Catalogue, load
from metrics_insight.model import Metric, Span

_FOLDER = Path(__file__).parent / "languages"


@cache
def catalogue(language: str) -> Catalogue:
    """The words of a language; English where there is no file for it yet."""
    english = load(_FOLDER / "en.toml")
    name = _name(language)
    return load(_FOLDER / f"{name}.toml", english) if name in languages()[1:] else english


@cache
def languages() -> tuple[str, ...]:
    """The languages that there are words in, English first."""
    found = sorted(path.stem for path in _FOLDER.glob("*.toml"))
    return ("en", *(name for name in found if name != "en"))


def is_spoken(language: str) -> bool:
    """Whether there are words in a language, de_AT being one with de."""
    return _name(language) in languages()


def _name(language: str) -> str:
    return language.replace("_", "-").partition("-")[0].lower()


def span(days: Span, words: Catalogue) -> str:
    """A span as it is spoken: 1 to 28 March 2025, 3 May 2024 to 2 January 2025."""
    return words.say(f"span.{between(days)}", **ends(days, words))


def between(days: Span) -> str:
    """What two days have in common: one_day, same_month, same_year, two_years."""
    first, last = days.first, days.last
    if first == last:
        return "one_day"
    if first.year != last.year:
        return "two_years"
    return "same_month" if first.month == last.month else "same_year"


def ends(days: Span, words: Catalogue) -> dict[str, Any]:
    """The two days as words, the first also without what it has in common with the last."""
    return {
        "first": words.day(days.first),
        "last": words.day(days.last),
        "first_day": words.day(days.first, "d"),
        "first_day_month": words.day(days.first, "d MMMM"),
    }


def about(value: float, words: Catalogue) -> str:
    """A reckoned value as it can be heard: 772,000 for 772,169, 49 for 48.6, 2.8 for 2.75."""
    size = math.floor(math.log10(abs(value))) if value else 0
    digits = size - 2 if size >= 3 else 0 if size >= 1 else max(size - 1, -8)
    return words.count(round(value, -digits))


def in_a_sentence(metric: Metric) -> str:
    """The label inside a sentence: "followers of …", but a proper noun keeps its capital."""
    first = metric.label.partition(" ")[0].lower()
    if metric.unit and first == metric.unit.partition(" ")[0].lower():
        return metric.label[:1].lower() + metric.label[1:]
    return metric.label


def listed(words_of: list[str], words: Catalogue) -> str:
    """Words in a row: a, b and c."""
    if len(words_of) < 2:
        return "".join(words_of)
    return words.say("list.last", first=", ".join(words_of[:-1]), last=words_of[-1])


def size(count: int, words: Catalogue) -> str:
    """How large a file of so many bytes is: 640 bytes, 42 kB, 1.5 MB."""
    if count < 1000:
        return words.say("card.size_bytes", n=count)
    if count < 999_500:
        return words.say("card.size_kb", size=about(round(count / 1000), words))
    return words.say("card.size_mb", size=words.count(round(count / 1_000_000, 1)))
