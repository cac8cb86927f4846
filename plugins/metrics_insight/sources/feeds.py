"""A saved feed of mentions, Atom or RSS: every entry is an event by its date, title and link."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from email.utils import parsedate
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.sax import SAXParseException

import feedparser

from letters import plain
from metrics_insight import given
from metrics_insight.model import Dataset, Event
from metrics_insight.sources import days
from mistakes import Mistake, Mistakes

KIND = "mention"
LONGEST, MOST_NAMED = 120, 3

_MOMENTS = ("published", "updated", "created")
_ISO = re.compile(r"\s*(\d{4}-\d{2}-\d{2})")
_TAG = re.compile(r"<[^>]*>")
_RIGHT = "save the feed itself, as Atom or RSS"


def read(path: Path, shown: str) -> Dataset:
    """The mentions in a saved feed, each on the day that its entry writes.

    Entries without a date, or without title, words and link, are left out and named in the
    doubts. Raises `Mistakes` for a file that is no Atom or RSS feed.
    """
    feed = _parsed(_bytes(path, shown), shown)
    dated = [(entry, _day(entry)) for entry in feed.entries]
    named = [(entry, day, _title(entry)) for entry, day in dated if day]
    events = [
        Event(day, title, KIND, url=_link(entry), file=shown)
        for entry, day, title in named
        if title
    ]
    return Dataset(
        events=tuple(events),
        doubts=(
            *_broken(feed, shown),
            *_left_out("date", [_title(entry) for entry, day in dated if not day], shown),
            *_left_out("title", [str(day) for _, day, title in named if not title], shown),
        ),
    )


def _bytes(path: Path, shown: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        wrong = f"the file cannot be read ({error.strerror or error})"
        raise Mistakes([Mistake(shown, None, wrong, "make it readable")]) from error


def _parsed(raw: bytes, shown: str) -> Any:
    if raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        raise Mistakes([Mistake(shown, None, "a feed in JSON is not read", _RIGHT)])
    # a stream: bytes alone might be taken for the name of a file or an address
    feed = feedparser.parse(BytesIO(raw), sanitize_html=True, resolve_relative_uris=False)
    if not feed.get("version") and not feed.entries:
        raise Mistakes([Mistake(shown, None, "this is no Atom or RSS feed", _RIGHT)])
    return feed


def _day(entry: Any) -> date | None:
    """The day of an entry, as it writes it: in the zone of whoever published it."""
    for name in _MOMENTS:
        # as a plain dict: feedparser gives one moment for another, with a warning
        written, read_as = str(dict.get(entry, name) or ""), dict.get(entry, f"{name}_parsed")
        day = (_written_day(written) or _valid(read_as)) if read_as else None
        if day and days.FIRST_YEAR <= day.year <= days.LAST_YEAR:
            return day
    return None


def _written_day(written: str) -> date | None:
    iso = _ISO.match(written)
    return _valid(iso[1].split("-")) if iso else _valid(parsedate(written))


def _valid(parts: Iterable[Any] | None) -> date | None:
    """The day of year, month and day; what comes after them does not matter."""
    try:
        return given.day(date(*(int(part) for part in list(parts or ())[:3])))
    except (ValueError, TypeError, OverflowError):
        return None


def _title(entry: Any) -> str:
    """The title as plain words, else the first words of the entry, else its link."""
    detail = entry.get("title_detail") or {}
    title = _words(str(entry.get("title") or ""), str(detail.get("type", "")))
    return _short(title or _words(str(entry.get("summary") or ""), "text/html") or _link(entry))


def _words(value: str, kind: str) -> str:
    text = unescape(_TAG.sub(" ", value)) if kind != "text/plain" else value
    return " ".join(plain(text).split())


def _short(words: str) -> str:
    if len(words) <= LONGEST:
        return words
    return (
        words[: LONGEST - 1].rpartition(" ")[0] + "…"
        if " " in words[:LONGEST]
        else words[: LONGEST - 1] + "…"
    )


def _link(entry: Any) -> str:
    """The entry's address, "" where it is none that a reader may be sent to."""
    link = str(entry.get("link") or "")
    try:
        return link if urlsplit(link).scheme in {"http", "https"} else ""
    except ValueError:
        return ""


def _broken(feed: Any, shown: str) -> Iterator[Mistake]:
    reason = feed.get("bozo_exception")
    if isinstance(reason, SAXParseException):
        wrong = f"the feed is broken ({reason.getMessage()}); {len(feed.entries)} entries were read"
        yield Mistake(shown, None, wrong, "save it again, whole", doubtful=True)


def _left_out(lack: str, names: list[str], shown: str) -> Iterator[Mistake]:
    """One doubt for all entries that lack something, the first of them named."""
    if names:
        first = ", ".join(f'"{name}"' for name in names[:MOST_NAMED])
        more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
        wrong = f"no {lack}, so left out: {first}{more}"
        yield Mistake(shown, None, wrong, "log what matters in events.csv", doubtful=True)
