"""The whole pipeline: a folder of data and a request in, a finished insight out.

    read the folder -> Dataset            gather
    Request + Dataset -> Dossier          resolve   (names and window found, or faults)
    Dossier -> findings -> sentences      observe
    Dossier -> Chart                      picture
    all of it -> Insight                  compose

The only place that knows more than one of the verbs.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from metrics_insight import pictures, receipts, sentences
from metrics_insight.errors import Fault, Faults, Unread
from metrics_insight.finding import Finding
from metrics_insight.findings import FINDERS, growth
from metrics_insight.insight import Insight
from metrics_insight.model import Dataset, Dossier, Event, Request, Series, Span
from metrics_insight.sources import events, tables
from mistakes import Mistake, Mistakes, did_you_mean

EVENT_LOG = "events.csv"
USUAL_WINDOW = 28


def gather(folder: Path, shown: str) -> Dataset:
    """Everything in a data folder; of a file that cannot be read, its mistakes.

    ``shown`` is the folder's name in messages. Files are read in the order of their names.
    A folder that is not there is an empty dataset. The last folder read is remembered
    until a byte of it changes: a check and the build after it read it once.
    """
    paths = sorted(folder.iterdir()) if folder.is_dir() else []
    files = (path for path in paths if path.suffix.lower() in (".csv", ".toml"))
    return _gathered(shown, tuple((path, _digest(path)) for path in files))


def _digest(path: Path) -> bytes:
    """What tells a file's content from any other; nothing for a file that cannot be read."""
    try:
        return blake2b(path.read_bytes()).digest()
    except OSError:
        return b""


@lru_cache(maxsize=1)
def _gathered(shown: str, files: tuple[tuple[Path, bytes], ...]) -> Dataset:
    dataset = Dataset()
    paths = [path for path, _ in files]
    for path in paths:
        if path.suffix.lower() == ".csv":
            reader = events if path.name == EVENT_LOG else tables
            try:
                dataset += reader.read(path, f"{shown}/{path.name}")
            except Mistakes as found:
                dataset += Dataset(mistakes=found.mistakes)
    stray = Dataset(
        mistakes=(
            *_everywhere(dataset, f"{shown}/{EVENT_LOG}"),
            *_strangers(dataset, f"{shown}/{EVENT_LOG}"),
        ),
        doubts=tuple(_orphans(paths, shown)),
    )
    return dataset + stray


def resolve(request: Request, dataset: Dataset, day: date | None = None) -> Dossier:
    """The request with its names and window found in the data.

    Without a window it is the 28 days up to the last reading on or before ``day`` (the
    post's date), or up to the last reading of all. Raises `Faults`: an unknown metric, one
    without readings, a window outside the data.
    """
    faults: list[Fault] = []
    series = _series(request.metric, dataset, request.line_of("metric"), faults)
    line = request.line_of("with")
    beside = [_series(name, dataset, line, faults) for name in request.companions]
    if series is None or faults:
        raise Faults(faults)
    window = _window(request, series, day)
    companions = tuple(_dossier(request, one, window, dataset) for one in beside if one)
    faults = [
        Fault(f"{one.metric.name} has no reading in the window", _held(one), line)
        for one in (companion.series for companion in companions)
        if not one.within(window).points
    ]
    if faults:
        raise Faults(faults)
    return replace(_dossier(request, series, window, dataset), companions=companions)


def observe(dossier: Dossier) -> tuple[Finding, ...]:
    """All that the finders can stand behind, in reading order."""
    return tuple(finding for find in FINDERS for finding in find(dossier))


def observe_beside(dossier: Dossier, language: str) -> tuple[str, ...]:
    """What each companion did over the same days, in one sentence as far as that goes."""
    found = [finding for one in dossier.companions for finding in growth.over_window(one)]
    return sentences.write_beside(found, dossier.window, language)


def compose(request: Request, dataset: Dataset, language: str, day: date | None = None) -> Insight:
    """The finished card of a request. Raises `Faults` as `resolve` does."""
    dossier = resolve(request, dataset, day)
    findings = observe(dossier)
    words = sentences.catalogue(language)
    numbered = _numbered(dossier)
    metric, span = dossier.series.metric, sentences.span(dossier.window, words)
    asked = request.question or sentences.question(findings, metric, dossier.window, language)
    return Insight(
        id=identify(dossier),
        label=words.say("card.label", label=metric.label, span=span),
        question=asked,
        observation=sentences.write(findings, language) + observe_beside(dossier, language),
        chart=pictures.describe(dossier, numbered, words),
        events=numbered,
        receipt=receipts.write(dossier, words),
        is_asked=bool(request.question),
    )


def identify(dossier: Dossier) -> str:
    """The card's name in its page: the author's ``id``, else the metric and the window's start."""
    made = f"{dossier.series.metric.name}-{dossier.window.first}"
    return "insight-" + (dossier.request.id or re.sub(r"[^a-z0-9]+", "-", made.lower()).strip("-"))


def refuse_second(request: Request, name: str, names: Container[str]) -> None:
    """Raise `Faults` for a card whose name another card of the same post has."""
    if name in names:
        line = request.line_of("id" if request.id else "metric")
        wrong = f'two cards of this post are called "{name.removeprefix("insight-")}"'
        raise Faults([Fault(wrong, "give one of them a line id: NAME", line)])


def _dossier(request: Request, series: Series, window: Span, dataset: Dataset) -> Dossier:
    return Dossier(request, series, window, dataset.events_of(series.metric))


def _numbered(dossier: Dossier) -> tuple[tuple[int, Event], ...]:
    return tuple(enumerate(dossier.inside, 1))


def _series(name: str, dataset: Dataset, line: int, faults: list[Fault]) -> Series | None:
    found = dataset.named(name)
    if len(found) == 1 and found[0].points:
        return found[0]
    if len(found) == 1:
        faults.append(Fault(f'"{name}" has no readings yet', "add a row with a value", line))
    elif found:
        full = ", ".join(series.metric.name for series in found)
        faults.append(Fault(f'"{name}" can mean {full}', "write the full name", line))
    else:
        faults.append(_unknown(name, dataset, line))
    return None


def _unknown(name: str, dataset: Dataset, line: int) -> Fault:
    """No such metric; where a file that may hold it could not be read, its mistake as well."""
    for mistake in dataset.mistakes:
        table = Path(mistake.path).stem
        if name.startswith(f"{table}.") or ("." not in name and table != "events"):
            wrong = f'"{name}" cannot be shown before {mistake.path} is mended'
            return Unread(wrong, str(mistake), line)
    return Fault(f'no metric "{name}"', did_you_mean(name, _names(dataset)), line)


def _names(dataset: Dataset) -> list[str]:
    """Every name a metric answers to: the full one, and the bare one where it is unique."""
    full = [series.metric.name for series in dataset.series]
    bare = [series.metric.column for series in dataset.series]
    return full + [name for name in bare if bare.count(name) == 1]


def _window(request: Request, series: Series, day: date | None) -> Span:
    line = request.line_of("window") or request.line_of("metric")
    if request.window is None:
        last = series.last_on_or_before(day or date.max)
        if last is None:
            raise Faults(
                [Fault(f"no reading on or before the post's date {day}", _held(series), line)]
            )
        first = last.day - timedelta(days=USUAL_WINDOW - 1)
        return Span(max(first, series.points[0].day), last.day)
    held = series.span
    if held is None or request.window.first < held.first or request.window.last > held.last:
        wrong = (
            f"the window {request.window.first} .. {request.window.last} reaches outside the data"
        )
        raise Faults([Fault(wrong, _held(series), line)])
    if not series.within(request.window).points:
        raise Faults([Fault("the window holds no reading", _held(series), line)])
    return request.window


def _held(series: Series) -> str:
    held = series.span
    return f"{series.metric.name} has readings from {held.first} to {held.last}" if held else ""


def _everywhere(dataset: Dataset, shown: str) -> Iterator[Mistake]:
    """A mistake for each change in counting that names no metric, where there are several."""
    if len(dataset.series) > 1:
        for event in dataset.events:
            if event.is_counting_change and not event.metrics:
                wrong = f'"{event.title}" is a change in counting of every metric'
                right = "name the ones it concerns under metrics, or FILE.*"
                yield Mistake(shown, event.line, wrong, right)


def _strangers(dataset: Dataset, shown: str) -> Iterator[Mistake]:
    """A mistake for each event that names a metric which no file has: a card would not show it."""
    files = {Path(mistake.path).stem for mistake in dataset.mistakes}
    families = {f"{series.metric.table}.*" for series in dataset.series}
    known = {*_names(dataset), *families, *(series.metric.column for series in dataset.series)}
    for event in dataset.events:
        for name in event.metrics:
            if name not in known and name.partition(".")[0] not in files:
                wrong = f'"{event.title}" names no metric "{name}"'
                yield Mistake(shown, event.line, wrong, did_you_mean(name, known))


def _orphans(paths: Sequence[Path], shown: str) -> Iterator[Mistake]:
    """A doubt for each .toml that lies beside no CSV."""
    tables_there = {path.stem for path in paths if path.suffix.lower() == ".csv"}
    for path in paths:
        if path.suffix == ".toml" and path.stem not in tables_there:
            wrong, right = f"there is no {path.stem}.csv", "name it after its CSV"
            yield Mistake(f"{shown}/{path.name}", None, wrong, right, doubtful=True)
