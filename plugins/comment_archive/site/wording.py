"""The words around a thread in the language of its post, from this plugin's own catalogues."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from catalogue import Catalogue, load

_FOLDER = Path(__file__).resolve().parents[1] / "languages"


@lru_cache(maxsize=64)
def catalogue(language: str) -> Catalogue:
    """The phrases of a language or of its family, English for one that is not here."""
    family = language.lower().partition("-")[0].partition("_")[0]
    english = load(_FOLDER / "en.toml")
    path = _FOLDER / f"{family}.toml"
    known = family.isalpha() and family != "en" and path.is_file()
    return load(path, english) if known else english


def day(at: datetime, words: Catalogue) -> str:
    """The day of a moment as the language writes it: 16 April 2009."""
    return words.day(at.date(), words.say("day"))


def moment(at: datetime, words: Catalogue) -> str:
    """A moment with its zone: 16 April 2009, 11:02 UTC+1."""
    return words.say("moment", day=day(at, words), time=f"{at:%H:%M} {zone(at)}")


def zone(at: datetime) -> str:
    """The offset of a moment as readers know it: UTC, UTC+1, UTC−3:30."""
    offset = at.utcoffset() or timedelta()
    if not offset:
        return "UTC"
    minutes = abs(int(offset.total_seconds())) // 60
    sign = "+" if offset > timedelta() else "\u2212"
    rest = f":{minutes % 60:02}" if minutes % 60 else ""
    return f"UTC{sign}{minutes // 60}{rest}"


def span(first: datetime | None, last: datetime | None, words: Catalogue) -> str:
    """The days of a thread: the first and the last, one where they are the same."""
    if first is None or last is None:
        return ""
    if first.date() == last.date():
        return words.say("on_one_day", day=day(first, words))
    return words.say("over_days", first=day(first, words), last=day(last, words))
