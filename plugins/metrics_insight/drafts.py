"""Drafts for an author to fill: an empty card, and a review of a month, a quarter or a year.

A review holds what the data say and nothing else; every place for the author's words is empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from catalogue import Catalogue
from metrics_insight import claimed, compose, sentences
from metrics_insight.dossier import Dossier
from metrics_insight.errors import Fault
from metrics_insight.finding import ChangeFound, EventMoved, EventsSilent, Finding
from metrics_insight.journal import Entry
from metrics_insight.model import ONE_DAY, Dataset, Request, Series, Span
from metrics_insight.standing import Record

_PERIOD = re.compile(
    r"^(?P<year>[12][0-9]{3})(?:-(?:[Qq](?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2])))?$"
)


@dataclass(frozen=True)
class Period:
    """A month, a quarter or a year: its days, and how a reader calls it."""

    days: Span
    name: str


@dataclass(frozen=True)
class Draft:
    """A post to be: its title and its Markdown below the header."""

    title: str
    body: str


def empty_card(metric: str, language: str = "en") -> str:
    """An insight block on a metric, with an empty place for each thing its author says."""
    words = sentences.catalogue(language)
    lines = [
        "```insight",
        f"metric: {metric}",
        "",
        _place("reading", words),
        "",
        "Other reading:",
        "",
        "So what:",
        "",
        "Next:",
        "```",
        "",
        _place("check", words, metric=metric),
        "",
    ]
    return "\n".join(lines)


def period(written: str, language: str = "en") -> Period:
    """The days of ``2025-05``, ``2025-Q2`` or ``2025``. Raises `Fault`."""
    found = _PERIOD.match(written.strip())
    if not found:
        right = "write a month as 2025-05, a quarter as 2025-Q2, a year as 2025"
        raise Fault(f'"{written[:40]}" is no month, quarter or year', right)
    months = range(1, 13)
    if found["month"]:
        months = range(int(found["month"]), int(found["month"]) + 1)
    elif found["quarter"]:
        months = range(3 * int(found["quarter"]) - 2, 3 * int(found["quarter"]) + 1)
    first, last = (date(int(found["year"]), one, 1) for one in (months[0], months[-1]))
    end = date(last.year + last.month // 12, last.month % 12 + 1, 1) - ONE_DAY
    words = sentences.catalogue(language)
    if len(months) == 1:
        return Period(Span(first, end), words.day(first, "MMMM y"))
    name = f"Q{found['quarter']} {first.year}" if len(months) == 3 else f"{first.year}"
    return Period(Span(first, end), name)


def review(of: Period, entries: Iterable[Entry], dataset: Dataset, language: str = "en") -> Draft:
    """What the data say of a period, with what was found wrong first.

    Raises `Fault` where no metric has a reading in these days.
    """
    words = sentences.catalogue(language)
    told = [_told(series, of.days, dataset) for series in dataset.series]
    seen = [dossier for dossier in told if dossier]
    if not seen:
        right = "name days that the files in the data folder have"
        raise Fault(f"no metric has a reading in {of.name}", right)
    asked = [one for one in entries if _fell_due(one, of.days) and not one.source.about.is_draft]
    wrong = [one for one in asked if _is_wrong(one)]
    unread = [
        series.metric.label
        for series, dossier in zip(dataset.series, told, strict=True)
        if dossier is None
    ]
    parts = [
        _readings("wrong", wrong, words),
        *_moves(seen, words),
        _silent(seen, language, words),
        _readings("due", [one for one in asked if one not in wrong], words),
        _record(asked, words),
        _listed("unread", unread, words),
        [f"## {words.say('review.next')}", _place("next", words)],
    ]
    body = "\n\n".join(line for part in parts for line in part)
    return Draft(words.say("review.title", period=of.name), body + "\n")


def _told(series: Series, days: Span, dataset: Dataset) -> Dossier | None:
    """The days of the period that a series has, as a card would tell them; None without any."""
    inside = series.within(days).span
    if inside is None:
        return None
    first, last = max(days.first, series.points[0].day), min(days.last, series.points[-1].day)
    return compose.dossier(Request(series.metric.name), series, Span(first, last), dataset)


def _moves(seen: Sequence[Dossier], words: Catalogue) -> Iterator[list[str]]:
    """What moved, each with a card; what did not; what nobody can tell."""
    groups: dict[str, list[Dossier]] = {"moved": [], "still": [], "thin": []}
    for dossier in seen:
        groups[_move(dossier)].append(dossier)
    cards = [line for dossier in groups["moved"] for line in _card(dossier, words)]
    empty = [words.say("review.none_moved")]
    yield [f"## {words.say('review.moved')}", *(cards or empty)]
    for key in ("still", "thin"):
        yield _listed(key, [dossier.series.metric.label for dossier in groups[key]], words)


def _move(dossier: Dossier) -> str:
    found: tuple[Finding, ...] = compose.observe(dossier)
    if any(isinstance(one, (ChangeFound, EventMoved)) for one in found):
        return "moved"
    return "still" if dossier.analysis.usual else "thin"


def _card(dossier: Dossier, words: Catalogue) -> list[str]:
    window = dossier.window
    lines = f"metric: {dossier.series.metric.name}\nwindow: {window.first} .. {window.last}"
    return [f"```insight\n{lines}\n\n{_place('reading', words)}\n```"]


def _silent(seen: Iterable[Dossier], language: str, words: Catalogue) -> list[str]:
    """The events without a visible effect, number by number."""
    told = [
        f"- {dossier.series.metric.label}: {sentence}"
        for dossier in seen
        for one in compose.observe(dossier)
        if isinstance(one, EventsSilent)
        for sentence in sentences.write([one], language)
    ]
    return (
        [f"## {words.say('review.silent')}", "\n".join(told), _place("silent", words)]
        if told
        else []
    )


def _readings(key: str, entries: Sequence[Entry], words: Catalogue) -> list[str]:
    """Cards quoted, each with a place below it; where there is none, that there is none."""
    heading = f"## {words.say(f'review.{key}')}"
    if not entries:
        return [heading, words.say(f"review.none_{key}")]
    return [heading, *(line for one in entries for line in _quoted(one, key, words))]


def _quoted(entry: Entry, key: str, words: Catalogue) -> Iterator[str]:
    if entry.source.about.is_page:  # only a post's card can be quoted
        standing = entry.dossier.standing
        yield f"{claimed.check(standing, words)}. {claimed.test(standing, words)}"
    else:
        yield f"```insight\ncard: {entry.name}\n```"
    yield _place(key, words)


def _record(asked: Iterable[Entry], words: Catalogue) -> list[str]:
    told = Record.of(one.dossier.standing for one in asked)
    return [" ".join(claimed.record(told, words))] if told.checked else []


def _listed(key: str, labels: Sequence[str], words: Catalogue) -> list[str]:
    """A heading with names below it, nothing where there is none."""
    if not labels:
        return []
    return [f"## {words.say(f'review.{key}')}", "\n".join(f"- {label}" for label in labels)]


def _fell_due(entry: Entry, days: Span) -> bool:
    """Whether its test could be made, and its day lies in the period."""
    standing = entry.dossier.standing
    return bool(standing.check and standing.tested and standing.check.day in days)


def _is_wrong(entry: Entry) -> bool:
    """Whether its author says that it did not hold up; before that, whether its test does."""
    standing = entry.dossier.standing
    said = standing.verdict or (standing.tested.outcome if standing.tested else None)
    return said == "did not hold up"


def _place(key: str, words: Catalogue, metric: str = "") -> str:
    """An empty place for the author's words, which no reader sees until it is filled."""
    return f"<!-- {words.say(f'review.place_{key}', metric=metric)} -->"
