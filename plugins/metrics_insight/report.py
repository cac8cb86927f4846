"""What `harvest analyse` tells of any CSV: the sentences of a card, and the same for a program."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from metrics_insight import block, compose, sentences
from metrics_insight.errors import Fault, Faults
from metrics_insight.finding import EventsRecorded, Finding
from metrics_insight.model import ONE_DAY, Dossier, Kind, Request, Series, Span
from metrics_insight.sources import events as event_log
from metrics_insight.sources import tables
from mistakes import Mistake, Mistakes


@dataclass(frozen=True)
class Report:
    """What was found in one series, and the doubts met on the way."""

    dossier: Dossier
    findings: tuple[Finding, ...]
    beside: tuple[str, ...]
    language: str
    doubts: tuple[Mistake, ...]

    def as_text(self) -> str:
        """The observation, a sentence a line."""
        return "\n".join(
            (*sentences.write(self.findings, self.language), *self.beside, *self._guess())
        )

    def as_dict(self) -> dict[str, Any]:
        """The same for a program: names, days and gaps as in the file, sentences as in the card."""
        series, window = self.dossier.series, self.dossier.window
        points = series.points
        return {
            "metric": series.metric.column,
            "kind": series.metric.kind,
            "rows": len(points),
            "first": points[0].day.isoformat(),
            "last": points[-1].day.isoformat(),
            "gaps": [_span(gap) for gap in gaps(series)],
            "window": _span(window),
            "sentences": [self._told(finding) for finding in self.findings],
        }

    def _told(self, finding: Finding) -> dict[str, str]:
        text = sentences.write([finding], self.language)[0]
        return {"finding": sentences.name(finding), "text": text}

    def _guess(self) -> tuple[str, ...]:
        metric = self.dossier.series.metric
        if "kind" not in metric.guessed:
            return ()
        words = sentences.catalogue(self.language)
        return (words.say("report.guess", kind=words.say(f"receipt.{metric.kind}")),)


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
    data = replace(data, series=tuple(_as(one, asked.kind) for one in data.series))
    first = next((one for one in data.series if one.points), data.series[0])
    try:
        request = Request(asked.metric or first.metric.name, _window(asked.window), asked.beside)
        dossier = compose.resolve(request, data)
    except Faults as faults:
        raise Mistakes(faults.at(shown)) from None
    found = compose.observe(dossier)
    if asked.events is None:  # nothing can be said of a log that was not given
        found = tuple(one for one in found if not isinstance(one, EventsRecorded))
    beside = compose.observe_beside(dossier, language)
    return Report(dossier, found, beside, language, data.doubts)


def gaps(series: Series) -> tuple[Span, ...]:
    """The stretches of missing days of a daily series; an irregular one has none."""
    if not series.is_daily:
        return ()
    days = [point.day for point in series.points]
    return tuple(Span(a + ONE_DAY, b - ONE_DAY) for a, b in pairwise(days) if b - a > ONE_DAY)


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


def _span(span: Span) -> dict[str, str]:
    return {"from": span.first.isoformat(), "to": span.last.isoformat()}
