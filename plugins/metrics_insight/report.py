"""The report on one series: for a program by `analyse`, for anybody by `harvest analyse`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from metrics_insight import block, compose, receipts, sentences
from metrics_insight.dossier import Dossier
from metrics_insight.engine.analysis import LARGEST
from metrics_insight.engine.answer import Analysis
from metrics_insight.errors import Fault, Faults
from metrics_insight.finding import Finding
from metrics_insight.model import Dataset, Event, Kind, Request, Series, Span
from metrics_insight.sources import events as event_log
from metrics_insight.sources import tables
from mistakes import Mistake, Mistakes


@dataclass(frozen=True)
class Report:
    """What was found in one series: the numbers, the sentences, and the doubts met on the way."""

    analysis: Analysis
    findings: tuple[Finding, ...] = ()
    beside: tuple[str, ...] = ()
    dossier: Dossier | None = None
    language: str = "en"
    doubts: tuple[Mistake, ...] = ()

    def as_text(self) -> str:
        """The sentences, one a line."""
        return "\n".join((*self.sentences, *filter(None, (self.tested, self.guess))))

    @property
    def sentences(self) -> tuple[str, ...]:
        """All that is said of the series; of one without readings, that there is nothing."""
        told = (*sentences.write(self.findings, self.language), *self.beside)
        return told or (sentences.catalogue(self.language).say("report.nothing"),)

    @property
    def tested(self) -> str:
        """How many events and windows were tested as one family, "" where none was."""
        words = sentences.catalogue(self.language)
        told = self.dossier.analysis if self.dossier else self.analysis
        tested = receipts.tested(told, words)
        return words.say("report.tested", tested=tested) if tested else ""

    @property
    def guess(self) -> str:
        """That the kind is a guess, "" where somebody stated it."""
        metric = self.dossier.series.metric if self.dossier else None
        if metric is None or "kind" not in metric.guessed:
            return ""
        words = sentences.catalogue(self.language)
        return words.say("report.guess", kind=words.say(f"receipt.{metric.kind}"))

    def as_dict(self) -> dict[str, Any]:
        """The report as plain values, in the shape that docs/analysis.schema.json publishes."""
        told = [self._told(finding) for finding in self.findings]
        return {**self.analysis.as_dict(), "sentences": told}

    def _told(self, finding: Finding) -> dict[str, str]:
        text = sentences.write([finding], self.language)[0]
        return {"finding": sentences.name(finding), "text": text}


def analyse(
    series: Series,
    events: Iterable[Event] = (),
    companions: Iterable[Series] = (),
    *,
    language: str = "en",
) -> Report:
    """What changed in a series, when, by how much, and which of the events coincides.

    ``events`` keep their order: each has its verdict at its own place. All of them are tested
    as one family, whatever their kind; kind ``counting`` breaks the series instead.
    """
    held, beside = tuple(events), _named(tuple(companions), series)
    if not _countable(series).points:
        return Report(compose.analyse(series, held, beside), language=language)
    return _report(series, held, beside, compose.latest_window(series), language)


def _named(companions: tuple[Series, ...], series: Series) -> tuple[Series, ...]:
    """The companions; one that bears no name of its own is called after its place."""
    taken = [one.metric.name for one in (series, *companions)]
    return tuple(
        _called(one, f"companion {place}") if taken.count(one.metric.name) > 1 else one
        for place, one in enumerate(companions, 1)
    )


def _called(series: Series, name: str) -> Series:
    metric = replace(series.metric, column=name, label=name.capitalize(), unit=name)
    return replace(series, metric=metric)


@dataclass(frozen=True)
class Asked:
    """What to report on: a column (else the first with readings), held against which others."""

    metric: str | None = None
    kind: Kind | None = None
    events: Path | None = None
    beside: tuple[str, ...] = ()
    window: str | None = None


def of(path: Path, asked: Asked, language: str = "en") -> Report:
    """The report on one column of a CSV.

    Raises `mistakes.Mistakes` for files that cannot be read, a column that is not there, and
    a window outside the data.
    """
    shown = str(path)
    data = tables.read(path, shown)
    if asked.events is not None:
        data += event_log.read(asked.events, str(asked.events))
    data = replace(data, series=tuple(_as(_at_home(one), asked.kind) for one in data.series))
    first = next((one for one in data.series if one.points), data.series[0])
    try:
        request = Request(asked.metric or first.metric.name, _window(asked.window), asked.beside)
        series, window, companions = compose.find(request, data)
    except Faults as faults:
        raise Mistakes(_with_words(asked, data) or faults.at(shown)) from None
    _refuse_twice(series, companions)
    events = tuple(event for event in data.events if event.concerns(series.metric))
    has_log = asked.events is not None  # else nothing can be said of it
    done = _report(series, events, companions, window, language, has_log=has_log)
    if asked.window is not None:  # what a card of these days says
        card = compose.dossier(request, series, window, data, companions)
        done = _told(done.analysis, replace(card, has_log=has_log), language)
    return replace(done, doubts=data.doubts)


def _with_words(asked: Asked, data: Dataset) -> list[Mistake]:
    """That a column which was asked for is no metric, for it holds words, and where it does."""
    wanted = {name.rpartition(".")[2] for name in (asked.metric, *asked.beside) if name}
    found = {name: tables.left_out(name, data) for name in sorted(wanted)}
    right = f"name one with numbers: {', '.join(one.metric.column for one in data.series)}"
    return [replace(doubt, right=right, doubtful=False) for doubt in found.values() if doubt]


def _refuse_twice(series: Series, companions: Iterable[Series]) -> None:
    """Raise `Mistakes` for a column that is to be held against itself, or named twice."""
    names = [one.metric.name for one in (series, *companions)]
    for name in sorted({name for name in names if names.count(name) > 1}):
        wrong = f'"{name.rpartition(".")[2]}" is shown twice'
        raise Mistakes([Mistake("--with", None, wrong, "name it once")])


def _report(
    series: Series,
    events: tuple[Event, ...],
    companions: tuple[Series, ...],
    window: Span,
    language: str,
    *,
    has_log: bool = True,
) -> Report:
    """The whole series analysed and told, its growth over one window."""
    spoken, beside = _countable(series), tuple(_countable(one) for one in companions)
    data = Dataset((spoken, *beside), events)
    request = Request(series.metric.name, window)
    whole = Dossier(
        request=request,
        series=spoken,
        window=window,
        told=spoken.span or window,
        reckon=partial(compose.analyse, series, events, companions),
        events=data.events_of(series.metric),
        companions=tuple(compose.dossier(request, one, window, data) for one in beside),
        has_log=has_log,
    )
    return _told(whole.analysis, whole, language)


def _told(analysis: Analysis, dossier: Dossier, language: str) -> Report:
    """The report whose sentences are those of a dossier."""
    beside = compose.observe_beside(dossier, language)
    return Report(analysis, compose.observe(dossier), beside, dossier, language)


def _countable(series: Series) -> Series:
    """The series without values that the analysis takes for typing errors: no count is so large."""
    if all(abs(point.value) < LARGEST for point in series.points):
        return series
    known = (value is not None and abs(value) < LARGEST for value in series.values)
    pairs = zip(series.values, known, strict=True)
    return replace(series, values=tuple(value if told else None for value, told in pairs))


def _at_home(series: Series) -> Series:
    """The series of a file by its name: a picture travels, and where the file lay stays untold."""
    return replace(series, metric=replace(series.metric, file=Path(series.metric.file).name))


def _as(series: Series, kind: Kind | None) -> Series:
    """The series with the kind that the caller states, no longer a guess."""
    if kind is None:
        return series
    guessed = tuple(key for key in series.metric.guessed if key != "kind")
    return replace(series, metric=replace(series.metric, kind=kind, guessed=guessed))


def _window(written: str | None) -> Span | None:
    if not written:
        return None
    try:
        return block.parse_window(written)
    except Fault as fault:
        raise Mistakes([fault.at("--window")]) from None
