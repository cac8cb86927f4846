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
from collections.abc import Container, Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path

from catalogue import Catalogue
from metrics_insight import chosen, claimed, ledger, pictures, receipts, sentences
from metrics_insight.dossier import Dossier
from metrics_insight.engine import analysis
from metrics_insight.errors import Fault, Faults, Unread
from metrics_insight.finding import Finding
from metrics_insight.findings import PARAGRAPHS, growth, slips
from metrics_insight.insight import Insight, Logged
from metrics_insight.model import Dataset, Event, Post, Request, Series, Span
from metrics_insight.sources import folder
from mistakes import did_you_mean

USUAL_WINDOW = 28
_TESTED = {"moved", "no_visible_effect", "cannot_separate"}
AROUND = timedelta(days=28)
"""So long before its window events still join a card's tests: their effect may reach into it."""

analyse = lru_cache(maxsize=256)(analysis.analyse)
"""The analysis of a series, remembered: cards of one series and the same events share it."""


def gather(path: Path, shown: str, posts: Iterable[Post] = ()) -> Dataset:
    """Everything in a data folder, and the events that posts tell of; of a bad file its mistakes.

    ``shown`` is the folder's name in messages.
    """
    return folder.read(path, shown, posts)


def resolve(request: Request, dataset: Dataset, day: date | None = None) -> Dossier:
    """The request with its names and window found in the data.

    Without a window it is the 28 days up to the last reading on or before ``day`` (the
    post's date), or up to the last reading of all. Raises `Faults`: an unknown metric, one
    without readings, a window outside the data.
    """
    series, window, companions = find(request, dataset, day)
    line = request.line_of("with")
    faults = [
        Fault(f"{one.metric.name} has no reading in the window", _held(one), line)
        for one in companions
        if not one.within(window).points
    ]
    if faults:
        raise Faults(faults)
    found = dossier(request, series, window, dataset, companions)
    standing = ledger.stand(request, dataset, series.metric, day or window.last)
    return replace(found, standing=standing)


def find(
    request: Request, dataset: Dataset, day: date | None = None
) -> tuple[Series, Span, tuple[Series, ...]]:
    """The series, the window and the companions that a request names; raises `Faults`."""
    faults: list[Fault] = []
    series = _series(request.metric, dataset, request.line_of("metric"), faults)
    line = request.line_of("with")
    beside = [_series(name, dataset, line, faults) for name in request.companions]
    _check(request, dataset, faults)
    try:
        chosen.refuse_unknown(request, dataset)
    except Fault as fault:
        faults.append(fault)
    if series is None or faults:
        raise Faults(faults)
    return series, _window(request, series, day), tuple(one for one in beside if one)


def dossier(
    request: Request,
    series: Series,
    window: Span,
    dataset: Dataset,
    companions: tuple[Series, ...] = (),
) -> Dossier:
    """What a finder needs of a card: the whole series, to be analysed, told of the window.

    The events tested as one family are those from four weeks before the window to its end.
    """
    events = chosen.events(request, dataset, series.metric)
    near = Span(window.first - AROUND, window.last)
    family = tuple(one for one in events if one.is_counting_change or one.falls_in(near))
    return Dossier(
        request=request,
        series=series,
        window=window,
        told=window,
        reckon=partial(analyse, series, family, companions),
        events=events,
        ticks=chosen.ticks(request, dataset),
        companions=tuple(dossier(request, one, window, dataset) for one in companions),
    )


def observe(dossier: Dossier) -> tuple[Finding, ...]:
    """All that the finders can stand behind, in reading order."""
    return tuple(chain.from_iterable(_observed(dossier)))


def _observed(dossier: Dossier) -> list[tuple[Finding, ...]]:
    """The findings by paragraph: each finder is asked once."""
    return [
        tuple(finding for find in finders for finding in find(dossier)) for finders in PARAGRAPHS
    ]


def observe_beside(dossier: Dossier, language: str) -> tuple[str, ...]:
    """What each companion did over the same days, in one sentence as far as that goes."""
    found = [finding for one in dossier.companions for finding in growth.over_window(one)]
    return sentences.write_beside(found, dossier.window, language)


def compose(request: Request, dataset: Dataset, language: str, day: date | None = None) -> Insight:
    """The finished card of a request. Raises `Faults` as `resolve` does."""
    return card(resolve(request, dataset, day), language)


def card(dossier: Dossier, language: str) -> Insight:
    """The finished card of a dossier."""
    request, observed = dossier.request, _observed(dossier)
    findings = tuple(chain.from_iterable(observed))
    words = sentences.catalogue(language)
    numbered = _numbered(dossier, words)
    metric, span = dossier.series.metric, sentences.span(dossier.window, words)
    asked = request.question or sentences.question(findings, metric, dossier.window, language)
    return Insight(
        id=identify(dossier),
        label=words.say("card.label", label=metric.label, span=span),
        question=asked,
        observation=_paragraphs(observed, dossier, language),
        chart=pictures.describe(dossier, numbered, words),
        events=numbered,
        receipt=receipts.write(dossier, words),
        is_asked=bool(request.question),
        standing=dossier.standing,
        account=claimed.account(dossier.standing, words),
    )


def _paragraphs(
    observed: Iterable[tuple[Finding, ...]], dossier: Dossier, language: str
) -> tuple[tuple[str, ...], ...]:
    """The sentences of a card by paragraph; what companions did stands with what kept pace."""
    told = [sentences.write(findings, language) for findings in observed]
    told[-1] += observe_beside(dossier, language)
    return tuple(paragraph for paragraph in told if paragraph)


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


def _numbered(dossier: Dossier, words: Catalogue) -> tuple[Logged, ...]:
    """The events of the window in order of time, numbered, each with its verdict in words."""
    verdicts = {event: verdict.verdict for event, verdict in dossier.judged}
    for event in (event for slip in slips.find(dossier) for event in slip.events):
        if verdicts.get(event) == "no visible effect":
            verdicts[event] = "slip"
    return tuple(
        _logged(number, event, verdicts.get(event, "too little history"), words)
        for number, event in enumerate(dossier.inside, 1)
    )


def _logged(number: int, event: Event, verdict: str, words: Catalogue) -> Logged:
    key = "counting" if event.is_counting_change else verdict.replace(" ", "_")
    said = words.say(f"verdict.{key}")
    return Logged(number, event, said, verdict == "moved", key in _TESTED)


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


def _check(request: Request, dataset: Dataset, faults: list[Fault]) -> None:
    """Add what is wrong with the names and days of the check, if there is one."""
    if request.check is None:
        return
    line = request.line_of("check")
    found = [_series(name, dataset, line, faults) for name in request.check.names]
    try:
        for series in filter(None, found):
            ledger.refuse(request.check, series, line)
    except Fault as fault:
        faults.append(fault)


def _unknown(name: str, dataset: Dataset, line: int) -> Fault:
    """No such metric; where a file that may hold it could not be read, its mistake as well."""
    for mistake in dataset.mistakes:
        file = Path(mistake.path)
        may_hold_it = file.suffix.lower() in {".csv", ".toml"} and file.name != folder.EVENT_LOG
        if name.startswith(f"{file.stem}.") or ("." not in name and may_hold_it):
            wrong = f'"{name}" cannot be shown before {mistake.path} is mended'
            return Unread(wrong, str(mistake), line)
    return Fault(f'no metric "{name}"', did_you_mean(name, dataset.names), line)


def latest_window(series: Series, day: date | None = None) -> Span:
    """The 28 days up to the last reading on or before a day, as far as the series goes back."""
    last = series.last_on_or_before(day or date.max)
    if last is None:
        raise Fault(f"no reading on or before the post's date {day}", _held(series))
    first = last.day - timedelta(days=USUAL_WINDOW - 1)
    return Span(max(first, series.points[0].day), last.day)


def _window(request: Request, series: Series, day: date | None) -> Span:
    line = request.line_of("window") or request.line_of("metric")
    if request.window is None:
        try:
            return latest_window(series, day)
        except Fault as fault:
            raise Faults([Fault(fault.wrong, fault.right, line)]) from None
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
