"""Finding to words: every sentence a card can say, in the words of the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import singledispatchmethod

from catalogue import Catalogue
from metrics_insight import tested
from metrics_insight.finding import (
    ChangeFound,
    CountingChanged,
    EventMoved,
    EventsSilent,
    EventsTogether,
    EventsUntested,
    Finding,
    FlowBefore,
    FlowSum,
    KeptPace,
    NoEvents,
    Slip,
    StockAlone,
    StockBefore,
    StockGrowth,
    ThinBefore,
    ThinWindow,
    TooLittle,
    UsualPace,
    UsualWeek,
)
from metrics_insight.model import ONE_DAY, Metric, Span
from metrics_insight.wording import about, catalogue, in_a_sentence, span

__all__ = ["Sentences", "about", "catalogue", "in_a_sentence", "name", "question", "span", "write"]


def write(findings: Iterable[Finding], language: str) -> tuple[str, ...]:
    """One sentence a finding, in their order; a thing already said is not said again."""
    say = Sentences(catalogue(language))
    return tuple(dict.fromkeys(say.of(finding) for finding in findings))


def write_beside(findings: Iterable[Finding], window: Span, language: str) -> tuple[str, ...]:
    """What companions did: in one sentence those that fill the window, others alone."""
    say = Sentences(catalogue(language))
    told = [(finding, say.in_short(finding, window)) for finding in findings]
    short = "; ".join(words for _, words in told if words)
    rest = [say.of(finding) for finding, words in told if not words]
    return (
        *([say.words.say("companion.all", told=short)] if short else []),
        *(say.words.say("companion.lead", sentence=sentence) for sentence in rest),
    )


def name(finding: Finding) -> str:
    """The name of a kind of finding, as programs read it: ``stock growth``, ``too little``."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", type(finding).__name__).lower()


def question(findings: Iterable[Finding], metric: Metric, window: Span, language: str) -> str:
    """What to ask where the author asked nothing: why it rose, fell or stayed the same."""
    words = catalogue(language)
    asked = [(_asked_of(finding), finding) for finding in findings]
    key, finding = next((pair for pair in asked if pair[0]), ("what", None))
    when = _when(finding, window, words)
    return words.say(f"question.{key}", label=in_a_sentence(metric), when=when)


class Sentences:
    """The sentences of one language: ``of(finding)`` gives the words of any finding."""

    def __init__(self, words: Catalogue) -> None:
        self.words = words

    @singledispatchmethod
    def of(self, finding: Finding) -> str:
        """The sentence of a finding; one kind of finding, one method below."""
        raise TypeError(f"no sentence for {type(finding).__name__}")

    def in_short(self, finding: Finding, window: Span) -> str:
        """The finding without its days where these are the whole window, else nothing."""
        label = finding.metric.label
        if isinstance(finding, FlowSum) and finding.readings == window.days:
            mean, total = self._about(finding.per_reading), self.words.count(finding.total)
            key = f"companion.{finding.metric.form}"
            return self._say(key, n=window.days, label=label, amount=total, mean=mean)
        if isinstance(finding, StockGrowth) and _fills(finding, window):
            amount, end = abs(finding.gain), finding.end.value
            return self._say(
                f"companion.{_direction(finding.gain)}",
                label=label,
                amount=self.words.count(amount),
                end=self.words.count(end),
            )
        return ""

    @of.register
    def _(self, finding: StockGrowth) -> str:
        spread = finding.is_daily or finding.metric.form == "level"
        pace = "" if spread else self._say("stock.pace", pace=self._about(finding.pace))
        return self._say(
            f"stock.{_direction(finding.gain)}",
            label=finding.metric.label,
            amount=self.words.count(abs(finding.gain)),
            start=self.words.count(finding.start.value),
            start_day=self.words.day(finding.start.day),
            end=self.words.count(finding.end.value),
            end_day=self.words.day(finding.end.day),
            pace=pace,
        )

    @of.register
    def _(self, finding: StockAlone) -> str:
        value, day = finding.reading.value, self.words.day(finding.reading.day)
        label = finding.metric.label
        return self._say("stock.alone", label=label, value=self.words.count(value), day=day)

    @of.register
    def _(self, finding: StockBefore) -> str:
        before = finding.before
        if finding.is_like_for_like and before.is_daily:
            amount = self.words.count(abs(before.gain))
            return self._say(
                f"stock.before_{_direction(before.gain)}", n=before.days, amount=amount
            )
        return self._say(
            "stock.against" if before.is_daily else "stock.before_pace",
            pace=self._about(finding.window.pace),
            pace_before=self._about(before.pace),
            span=span(Span(before.start.day, before.end.day), self.words),
        )

    @of.register
    def _(self, finding: FlowSum) -> str:
        regular = "part" if finding.missing else "whole"
        return self._say(
            f"{finding.metric.form}.{regular if finding.is_daily else 'irregular'}",
            n=finding.missing if finding.is_daily and finding.missing else finding.readings,
            label=finding.metric.label,
            total=self.words.count(finding.total),
            span=span(finding.span, self.words),
            mean=self._about(finding.per_reading),
            days=finding.span.days,
        )

    @of.register
    def _(self, finding: FlowBefore) -> str:
        key = _comparison(finding) if finding.change is not None else "beside"
        change = finding.change or 0
        return self._say(
            f"{finding.metric.form}.{'times' if change >= 1 else key}",
            percent=self.words.number(abs(100 * change)),
            times=self._about(1 + change),
            total=self.words.count(finding.before.total),
            mean=self._about(finding.before.per_reading),
            before=self._before(finding),
        )

    @of.register
    def _(self, finding: ThinBefore) -> str:
        if not finding.readings:
            return self._say("thin.nothing_before", n=finding.days)
        return self._say("thin.before", n=finding.readings, days=finding.days)

    @of.register
    def _(self, finding: ThinWindow) -> str:
        return self._say("thin.window", n=finding.readings, days=finding.days)

    @of.register
    def _(self, finding: UsualWeek) -> str:
        return self._say(
            f"usual.{'one_week' if finding.is_one_week else 'week'}_{finding.metric.form}",
            n=finding.weeks,
            week=self._about(finding.window_week),
            span=span(finding.span, self.words),
            between=self._between(finding.low, finding.high),
        )

    @of.register
    def _(self, finding: UsualPace) -> str:
        return self._say(
            f"usual.pace_{finding.metric.kind}",
            n=finding.readings,
            span=span(finding.span, self.words),
            between=self._between(finding.low, finding.high),
        )

    @of.register
    def _(self, finding: TooLittle) -> str:
        if finding.of == "weeks" and not finding.found:
            return self._say("usual.no_weeks")
        return self._say(f"usual.{finding.of}", n=finding.found)

    @of.register
    def _(self, finding: CountingChanged) -> str:
        return self._say("counting.changed", day=self.words.day(finding.day), what=finding.what)

    @of.register
    def _(self, finding: Slip) -> str:
        return tested.slip(finding, self.words)

    @of.register
    def _(self, finding: ChangeFound) -> str:
        return tested.change(finding, self.words)

    @of.register
    def _(self, finding: EventMoved) -> str:
        return tested.moved(finding, self.words)

    @of.register
    def _(self, finding: EventsTogether) -> str:
        return tested.together(finding, self.words)

    @of.register
    def _(self, finding: EventsSilent) -> str:
        return tested.silent(finding, self.words)

    @of.register
    def _(self, finding: EventsUntested) -> str:
        key = finding.verdict.replace(" ", "_")
        events = tested.named(finding.events, self.words)
        return self._say(f"event.{key}", n=len(finding.events), events=events)

    @of.register
    def _(self, finding: KeptPace) -> str:
        return tested.kept_pace(finding, self.words)

    @of.register
    def _(self, _finding: NoEvents) -> str:
        return self._say("log.none")

    def _say(self, key: str, *, n: float | None = None, **words: object) -> str:
        return self.words.say(key, n=n, **words)

    def _about(self, value: float) -> str:
        return about(value, self.words)

    def _between(self, low: float, high: float) -> str:
        ends = self._about(low), self._about(high)
        if ends[0] == ends[1]:
            return self._say("usual.alike", low=ends[0])
        return self._say("usual.between", low=ends[0], high=ends[1])

    def _before(self, finding: FlowBefore) -> str:
        """The days that the window is held against, as far as they were counted."""
        before = finding.before
        form = "whole" if before.readings == finding.days.days else "part"
        return self._say(
            f"{before.metric.form}.before_{form if before.is_daily else 'irregular'}",
            n=before.readings,
            days=finding.days.days,
            mean=self._about(before.per_reading),
        )


def _asked_of(finding: Finding) -> str:
    """The key of the question that a finding raises, "" where it raises none."""
    if isinstance(finding, StockGrowth):
        return {"rose": "rise", "fell": "fall", "still": "still"}[_direction(finding.gain)]
    return _comparison(finding) if isinstance(finding, FlowBefore) else ""


def _when(finding: Finding | None, window: Span, words: Catalogue) -> str:
    """The window, or the days of the readings where these lie elsewhere than its edges."""
    if isinstance(finding, StockGrowth):
        start, end = finding.start.day, finding.end.day
        if not _fills(finding, window):
            start_day, end_day = words.day(start), words.day(end)
            return words.say("question.between_days", start_day=start_day, end_day=end_day)
    key = "question.on_day" if window.days == 1 else "question.from_span"
    return words.say(key, span=span(window, words))


def _fills(finding: StockGrowth, window: Span) -> bool:
    """Whether it grew from the eve of the window to its last day."""
    return (finding.start.day, finding.end.day) == (window.first - ONE_DAY, window.last)


def _comparison(finding: FlowBefore) -> str:
    """More, less or the same: what would be told as 0 % is the same."""
    step = finding.window.per_reading - finding.before.per_reading
    if not step or (finding.change is not None and round(100 * finding.change) == 0):
        return "same"
    return "more" if step > 0 else "less"


def _direction(gain: float) -> str:
    return "rose" if gain > 0 else "fell" if gain < 0 else "still"
