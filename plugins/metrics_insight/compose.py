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
from datetime import date, timedelta
from pathlib import Path

from metrics_insight import pictures, receipts, sentences
from metrics_insight.errors import Fault, Faults
from metrics_insight.finding import Finding
from metrics_insight.findings import FINDERS, growth
from metrics_insight.model import Dataset, Dossier, Event, Insight, Request, Series, Span
from metrics_insight.sources import events, tables
from mistakes import Mistake, Mistakes, did_you_mean

EVENT_LOG = "events.csv"
USUAL_WINDOW = 28


def gather(folder: Path, shown: str) -> tuple[Dataset, tuple[Mistake, ...]]:
    """Everything in a data folder, and every mistake of every file in it.

    ``shown`` is the folder's name in messages. Files are read in the order of their names.
    A folder that is not there is an empty dataset.
    """
    dataset, mistakes = Dataset(), []
    for path in sorted(folder.glob("*.csv")) if folder.is_dir() else []:
        reader = events if path.name == EVENT_LOG else tables
        try:
            dataset += reader.read(path, f"{shown}/{path.name}")
        except Mistakes as found:
            mistakes += found.mistakes
    mistakes += _orphans(folder, shown) if folder.is_dir() else []
    return dataset, (*mistakes, *_strangers(dataset, f"{shown}/{EVENT_LOG}"))


def resolve(request: Request, dataset: Dataset, day: date | None = None) -> Dossier:
    """The request with its names and window found in the data.

    Without a window it is the 28 days up to the last reading on or before ``day`` (the
    post's date), or up to the last reading of all. Raises `Faults`: an unknown metric, one
    without readings, a window outside the data.
    """
    faults: list[Fault] = []
    series = _series(request.metric, dataset, request.line_of("metric"), faults)
    line = request.line_of("with")
    found = [_series(name, dataset, line, faults) for name in request.companions]
    companions = tuple(one for one in found if one is not None)
    if series is None or faults:
        raise Faults(faults)
    window = _window(request, series, day)
    for companion in companions:
        if not companion.within(window).points:
            name, right = companion.metric.name, _held(companion)
            faults.append(
                Fault(f"{name} has no reading from {window.first} to {window.last}", right, line)
            )
    if faults:
        raise Faults(faults)
    return Dossier(request, series, companions, window, dataset.events_of(series.metric))


def observe(dossier: Dossier) -> tuple[Finding, ...]:
    """All that the finders can stand behind, in reading order."""
    return tuple(finding for find in FINDERS for finding in find(dossier))


def observe_beside(dossier: Dossier, language: str) -> tuple[str, ...]:
    """A sentence for each companion: what it did over the same days."""
    words = sentences.catalogue(language)
    measured = [growth.measure(companion, dossier.window) for companion in dossier.companions]
    said = sentences.write([finding for finding in measured if finding], language)
    return tuple(words.say("companion.lead", sentence=sentence) for sentence in said)


def compose(request: Request, dataset: Dataset, language: str, day: date | None = None) -> Insight:
    """The finished card of a request. Raises `Faults` as `resolve` does."""
    dossier = resolve(request, dataset, day)
    findings = observe(dossier)
    words = sentences.catalogue(language)
    inside = _numbered(dossier)
    metric = dossier.series.metric
    asked = request.question or sentences.question(findings, metric, dossier.window, language)
    return Insight(
        id=identify(dossier),
        label=words.say(
            "card.label", label=metric.label, span=sentences.span(dossier.window, words)
        ),
        question=asked,
        observation=sentences.write(findings, language) + observe_beside(dossier, language),
        chart=pictures.describe(dossier, inside, words),
        events=inside,
        receipt=receipts.write(dossier, words),
    )


def identify(dossier: Dossier) -> str:
    """The card's name in its page: the author's ``id``, else the metric and the window's start."""
    made = f"{dossier.series.metric.name}-{dossier.window.first}"
    return "insight-" + (dossier.request.id or re.sub(r"[^a-z0-9]+", "-", made.lower()).strip("-"))


def _numbered(dossier: Dossier) -> tuple[tuple[int, Event], ...]:
    inside = [event for event in dossier.events if event.date in dossier.window]
    return tuple(enumerate(inside, 1))


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
        faults.append(Fault(f'no metric "{name}"', did_you_mean(name, _names(dataset)), line))
    return None


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
        return Span(last.day - timedelta(days=USUAL_WINDOW - 1), last.day)
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


def _strangers(dataset: Dataset, shown: str) -> list[Mistake]:
    """A doubt for each event that names a metric which no file has."""
    names = {series.metric.name for series in dataset.series}
    families = {name.rpartition(".")[0] + ".*" for name in names}
    known = sorted(names | families | set(_names(dataset)))
    return [
        Mistake(
            shown,
            None,
            f'"{event.title}" names no metric "{name}"',
            did_you_mean(name, known),
            True,
        )
        for event in dataset.events
        for name in event.metrics
        if name not in known
    ]


def _orphans(folder: Path, shown: str) -> list[Mistake]:
    """A doubt for each .toml that lies beside no CSV."""
    return [
        Mistake(
            f"{shown}/{path.name}",
            None,
            f"there is no {path.stem}.csv",
            "name it after its CSV",
            True,
        )
        for path in sorted(folder.glob("*.toml"))
        if not path.with_suffix(".csv").is_file()
    ]
