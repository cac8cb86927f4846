"""What posts say of events: their header lines ``Event: DATE [METRIC] Title``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from letters import plain
from metrics_insight.errors import Fault
from metrics_insight.model import Dataset, Event, Post, Span
from metrics_insight.sources import days
from mistakes import did_you_mean

KIND = "post"
TAB = 4
TABLES = (".csv", ".toml")

_RIGHT = "write Event: 2025-03-31 What happened"
_KEY = re.compile(r" {0,3}([A-Za-z0-9_-]+):(.*)")
_MORE = re.compile(r" {4}(.*)")
_RULE = re.compile(r"(-{3}|\.{3})(\s|$)")
_SECOND_DAY = re.compile(r"\.\.\s*(\S+)\s*")

Header = tuple[int, str]


@dataclass(frozen=True)
class _Names:
    """What a word after the date may mean: full names, tables, columns that are unique."""

    full: frozenset[str]
    tables: frozenset[str]
    bare: frozenset[str]


def read(posts: Iterable[Post], known: Dataset) -> Dataset:
    """The events that the posts tell of, and the posts themselves.

    ``known`` holds the series whose names may stand after a date. A header without a date or
    a title is a mistake; the other headers of the post still count.
    """
    posts = tuple(posts)
    names = _names(known)
    events, mistakes = [], []
    for post in posts:
        for line, written in post.told:
            try:
                events.append(_event(post, line, written, names))
            except Fault as fault:
                mistakes.append(Fault(fault.wrong, fault.right, line).at(post.file))
    return Dataset(events=tuple(events), mistakes=tuple(mistakes), posts=posts)


def of_text(path: str, text: str) -> Post:
    """The post in the text of a Markdown file; its day is None where none can be read."""
    found = headers(text)
    title = found.get("title", [(0, "")])[0][1]
    return Post(path, title, _day_of(found.get("date", [])), told=told(found.get("event", [])))


def headers(text: str) -> dict[str, list[Header]]:
    """The headers of a Markdown file by name in lower case: each value with its line.

    A name may come again, and lines further in carry on, as Pelican has it.
    """
    found: dict[str, list[Header]] = {}
    name = ""
    for number, line in enumerate(_lines(text), 1):
        if number == 1 and _RULE.match(line) and line[0] == "-":
            continue
        key, more = _KEY.match(line), _MORE.match(line)
        if key:
            name = key[1].lower()
            found.setdefault(name, []).append((number, key[2].strip()))
        elif more and name and line.strip():
            found[name].append((number, more[1].strip()))
        else:
            break
    return found


def told(written: Sequence[Header]) -> tuple[Header, ...]:
    """The ``Event:`` headers that say something; the first where none does."""
    filled = tuple((line, words) for line, words in written if words)
    return filled or tuple(written[:1])


def _lines(text: str) -> Iterator[str]:
    """The lines one by one, so that a long text is not cut up for its first few."""
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield text[start:end].expandtabs(TAB)
        start = end + 1


def _day_of(written: Sequence[Header]) -> date | None:
    try:
        return date.fromisoformat(written[0][1][:10]) if written else None
    except ValueError:
        return None


def _names(known: Dataset) -> _Names:
    metrics = [series.metric for series in known.series]
    columns = [metric.column for metric in metrics]
    files = [Path(mistake.path) for mistake in known.mistakes]
    unread = {file.stem for file in files if file.suffix.lower() in TABLES}
    return _Names(
        full=frozenset(f"{m.table}.{last}" for m in metrics for last in (m.column, "*")),
        tables=frozenset({metric.table for metric in metrics} | unread),
        bare=frozenset(column for column in columns if columns.count(column) == 1),
    )


def _event(post: Post, line: int, written: str, names: _Names) -> Event:
    first, _, rest = " ".join(plain(written).split()).partition(" ")
    if not first:
        raise Fault("the event has no date and no title", _RIGHT)
    span, rest = _span(first, rest)
    metric, title = _narrowed(rest, names)
    if not title:
        raise Fault("the event has no title", "say in a few words after the date what happened")
    return Event(
        span.first,
        title,
        KIND,
        end=span.last if span.days > 1 else None,
        metrics=(metric,) if metric else (),
        url=post.url,
        line=line or None,
        file=post.file,
    )


def _span(first: str, rest: str) -> tuple[Span, str]:
    """The day of an event, or with ``..`` its first and last, and the words after them."""
    day = days.read_one(first)
    second = _SECOND_DAY.match(rest)
    if not second:
        return Span(day, day), rest
    last = days.read_one(second[1])
    if last < day:
        raise Fault(f"the event ends on {last}, before it starts", f"write {last} .. {day}")
    return Span(day, last), rest[second.end() :]


def _narrowed(words: str, names: _Names) -> tuple[str, str]:
    """The metric that the first word names, "" where it names none, and the title."""
    first, _, rest = words.partition(" ")
    name = first.strip("[]")
    table, dot, column = name.partition(".")
    whole = name in names.full or bool(dot and column and table in names.tables)
    meant = bool(dot and column) and did_you_mean(name, names.full).startswith("did")
    if whole or meant or (name in names.bare and rest) or name != first:
        return name, rest
    return "", words
