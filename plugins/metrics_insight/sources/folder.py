"""A whole data folder: its tables, its log, its calendars, its mentions, and what posts tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from metrics_insight.model import Dataset, Event, Post, Span
from metrics_insight.sources import events, posts, tables
from mistakes import Mistake, Mistakes, did_you_mean

EVENT_LOG = "events.csv"
MENTIONS = "mentions"
# as a calendar or a feed writes one; numbers with an @, such as the UID of an event, are none
_ADDRESS = re.compile(
    rb"(?:(?<=mailto:)|(?<=<email>))[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+[A-Za-z]", re.IGNORECASE
)
FEEDS = (".xml", ".atom", ".rss", ".json")


def read(path: Path, shown: str, told: Iterable[Post] = ()) -> Dataset:
    """Everything in a data folder, and the events that posts tell of; of a bad file its mistakes.

    Files are read in the order of their names. What two sources tell alike counts once. A
    folder that is not there is an empty dataset.
    """
    paths = _files(path)
    rows = (file for file in paths if file.suffix.lower() in (".csv", ".toml"))
    known = _tables(shown, tuple((file, _digest(file)) for file in rows))
    known += _calendars(paths, shown, _span(known))
    known += _mentions(path / MENTIONS, f"{shown}/{MENTIONS}")
    known += posts.read(told, known)
    known = replace(known, events=tuple(_once(known.events)))
    log = f"{shown}/{EVENT_LOG}"
    stray = Dataset(
        mistakes=(*_everywhere(known, log), *_strangers(known, log)),
        doubts=(*_orphans(paths, shown), *_addressed(path, paths, shown)),
    )
    return known + stray


def _files(folder: Path) -> list[Path]:
    inside = sorted(folder.iterdir()) if folder.is_dir() else []
    return [path for path in inside if not path.name.startswith(".")]


def _digest(path: Path) -> bytes:
    """What tells a file's content from any other; nothing for a file that cannot be read."""
    try:
        return blake2b(path.read_bytes()).digest()
    except OSError:
        return b""


@lru_cache(maxsize=1)
def _tables(shown: str, files: tuple[tuple[Path, bytes], ...]) -> Dataset:
    """The tables and the log, remembered until a byte changes: a check and its build read once."""
    known = Dataset()
    for path, _ in files:
        if path.suffix.lower() == ".csv":
            known += _read(path, f"{shown}/{path.name}")
    return known


def _read(path: Path, shown: str) -> Dataset:
    read_file = events.read if path.name == EVENT_LOG else tables.read
    try:
        return read_file(path, shown)
    except Mistakes as found:
        return Dataset(mistakes=found.mistakes)


def _calendars(paths: Sequence[Path], shown: str, over: Span | None) -> Dataset:
    found = Dataset()
    for path in paths:
        if path.suffix.lower() == ".ics":
            # a library that most sites do not need
            from metrics_insight.sources import calendars  # noqa: PLC0415

            try:
                found += calendars.read(path, f"{shown}/{path.name}", over)
            except Mistakes as wrong:
                found += Dataset(mistakes=wrong.mistakes)
    return found


def _mentions(folder: Path, shown: str) -> Dataset:
    found = Dataset()
    for path in _files(folder):
        if path.suffix.lower() not in FEEDS:
            wrong, right = "this is no saved feed", f"name it *{', *'.join(FEEDS[:3])}"
            mistake = Mistake(f"{shown}/{path.name}", None, wrong, right, doubtful=True)
            found += Dataset(doubts=(mistake,))
            continue
        # a library that most sites do not need
        from metrics_insight.sources import feeds  # noqa: PLC0415

        try:
            found += feeds.read(path, f"{shown}/{path.name}")
        except Mistakes as wrong:
            found += Dataset(mistakes=wrong.mistakes)
    return found


def _span(known: Dataset) -> Span | None:
    """From the first reading of all to the last."""
    spans = [span for one in known.series if (span := one.span)]
    if not spans:
        return None
    return Span(min(span.first for span in spans), max(span.last for span in spans))


def _once(found: Iterable[Event]) -> Iterator[Event]:
    """The events without those told before: feeds saved twice overlap, a post repeats the log."""
    seen: set[object] = set()
    for event in found:
        names: set[object] = {(event.date, event.title.casefold(), event.metrics)}
        if event.kind == "mention" and event.url:
            names.add((event.date, event.url))
        if not event.file or not names & seen:
            yield event
        seen |= names


def _everywhere(known: Dataset, log: str) -> Iterator[Mistake]:
    """A mistake for each change in counting that names no metric, where there are several."""
    if len(known.series) > 1:
        for event in known.events:
            if event.is_counting_change and not event.metrics:
                wrong = f'"{event.title}" is a change in counting of every metric'
                right = "name the ones it concerns under metrics, or FILE.*"
                right = right if not event.file else f"log it in {log}: {right}"
                yield Mistake(event.file or log, event.line, wrong, right)


def _strangers(known: Dataset, log: str) -> Iterator[Mistake]:
    """A mistake for each event that names a metric which no file has: a card would not show it."""
    unread = {Path(mistake.path).stem for mistake in known.mistakes}
    names = {*known.names, *(f"{one.metric.table}.*" for one in known.series)}
    names |= {one.metric.column for one in known.series}
    for event in known.events:
        for name in event.metrics:
            if name not in names and name.partition(".")[0] not in unread:
                wrong = f'"{event.title}" names no metric "{name}"'
                yield Mistake(event.file or log, event.line, wrong, did_you_mean(name, names))


def _addressed(folder: Path, paths: Sequence[Path], shown: str) -> Iterator[Mistake]:
    """A doubt for each calendar and saved feed with e-mail addresses: it is published as it is."""
    told = [(path, f"{shown}/{path.name}") for path in paths if path.suffix.lower() == ".ics"]
    saved = [path for path in _files(folder / MENTIONS) if path.suffix.lower() in FEEDS]
    told += [(path, f"{shown}/{MENTIONS}/{path.name}") for path in saved]
    for path, name in told:
        found = sorted(set(_ADDRESS.findall(_bytes(path))))
        if found:
            first = found[0].decode("ascii")
            more = f" and {len(found) - 1:,} more" if len(found) > 1 else ""
            wrong = f"the file is published with the site, and {first}{more} with it"
            yield Mistake(name, None, wrong, "take the addresses out, or the file", doubtful=True)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _orphans(paths: Sequence[Path], shown: str) -> Iterator[Mistake]:
    """A doubt for each .toml that lies beside no CSV."""
    tables_there = {path.stem for path in paths if path.suffix.lower() == ".csv"}
    for path in paths:
        if path.suffix == ".toml" and path.stem not in tables_there:
            wrong, right = f"there is no {path.stem}.csv", "name it after its CSV"
            yield Mistake(f"{shown}/{path.name}", None, wrong, right, doubtful=True)
