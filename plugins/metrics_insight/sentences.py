"""Finding to words: every sentence a card can say, in the words of the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, singledispatchmethod
from pathlib import Path

from catalogue import Catalogue, load
from metrics_insight.finding import (
    CountingChanged,
    EventsRecorded,
    Finding,
    FlowBefore,
    FlowSum,
    StockBefore,
    StockGrowth,
    TooLittle,
    UsualPace,
    UsualWeek,
)
from metrics_insight.model import Metric, Span

_FOLDER = Path(__file__).parent / "languages"


@cache
def catalogue(language: str) -> Catalogue:
    """The words of a language; English where there is no file for it yet."""
    english = load(_FOLDER / "en.toml")
    own = _FOLDER / f"{language.replace('_', '-').partition('-')[0].lower()}.toml"
    return english if own.name == "en.toml" or not own.is_file() else load(own, english)


def write(findings: Iterable[Finding], language: str) -> tuple[str, ...]:
    """One sentence a finding, in their order; a thing already said is not said again."""
    say = Sentences(catalogue(language))
    return tuple(dict.fromkeys(say.of(finding) for finding in findings))


def name(finding: Finding) -> str:
    """The name of a kind of finding, as programs read it: ``stock growth``, ``too little``."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", type(finding).__name__).lower()


def question(findings: Iterable[Finding], metric: Metric, window: Span, language: str) -> str:
    """What to ask where the author asked nothing: why it rose, fell or stayed the same."""
    words = catalogue(language)
    key = next(filter(None, map(_asked_of, findings)), "what")
    spoken = span(window, words)
    around = words.say(
        "question.from_day" if window.days == 1 else "question.from_span", span=spoken
    )
    return words.say(f"question.{key}", label=in_a_sentence(metric), from_span=around)


def span(days: Span, words: Catalogue) -> str:
    """A span as it is spoken: 1 to 28 March 2025, 3 May 2024 to 2 January 2025."""
    first, last = days.first, days.last
    if first == last:
        key = "one_day"
    elif (first.year, first.month) == (last.year, last.month):
        key = "same_month"
    else:
        key = "same_year" if first.year == last.year else "two_years"
    return words.say(
        f"span.{key}",
        first=words.day(first),
        last=words.day(last),
        first_day=words.day(first, "d"),
        first_day_month=words.day(first, "d MMMM"),
    )


def count(value: float, words: Catalogue) -> str:
    """A counted value in full: 1,311, and 12.5 where it was not counted in wholes."""
    return words.number(value, decimals=0 if float(value).is_integer() else 1)


def about(value: float, words: Catalogue) -> str:
    """A reckoned value, rounded to what can be heard: one decimal under ten, none above."""
    return words.number(
        value, decimals=1 if abs(value) < 10 and not float(value).is_integer() else 0
    )


def in_a_sentence(metric: Metric) -> str:
    """The label inside a sentence: "followers of …", but a proper noun keeps its capital."""
    first = metric.label.partition(" ")[0].lower()
    if metric.unit and first == metric.unit.partition(" ")[0].lower():
        return metric.label[:1].lower() + metric.label[1:]
    return metric.label


class Sentences:
    """The sentences of one language: ``of(finding)`` gives the words of any finding."""

    def __init__(self, words: Catalogue) -> None:
        self.words = words

    @singledispatchmethod
    def of(self, finding: Finding) -> str:
        """The sentence of a finding; one kind of finding, one method below."""
        raise TypeError(f"no sentence for {type(finding).__name__}")

    @of.register
    def _(self, finding: StockGrowth) -> str:
        return self.words.say(
            f"stock.{_direction(finding.gain)}",
            label=finding.metric.label,
            amount=count(abs(finding.gain), self.words),
            start=count(finding.start.value, self.words),
            start_day=self.words.day(finding.start.day),
            end=count(finding.end.value, self.words),
            end_day=self.words.day(finding.end.day),
        )

    @of.register
    def _(self, finding: StockBefore) -> str:
        before, now = finding.growth, finding.window
        if before.days == now.days and before.end.day == now.start.day:
            amount = count(abs(before.gain), self.words)
            key = f"stock.before_{_direction(before.gain)}"
            return self.words.say(key, n=before.days, amount=amount)
        return self.words.say(
            "stock.pace",
            pace=about(now.gain / now.days, self.words),
            pace_before=about(before.gain / before.days, self.words),
            start_day=self.words.day(before.start.day),
            end_day=self.words.day(before.end.day),
        )

    @of.register
    def _(self, finding: FlowSum) -> str:
        missing = finding.span.days - finding.readings
        regular = "daily_part" if missing else "daily_whole"
        return self.words.say(
            f"flow.{regular if finding.is_daily else 'irregular'}",
            n=finding.readings,
            label=finding.metric.label,
            total=count(finding.total, self.words),
            span=span(finding.span, self.words),
            mean=about(finding.per_reading, self.words),
            missing=missing,
            days=finding.span.days,
        )

    @of.register
    def _(self, finding: FlowBefore) -> str:
        before, now = finding.before, finding.window
        each = self.words.say("flow.a_day" if before.is_daily else "flow.a_reading")
        if before.total == 0:
            return self.words.say("flow.before_none", n=before.span.days)
        change, key = finding.change, _comparison(finding.change)
        return self.words.say(
            f"flow.before_{key}",
            n=before.span.days,
            percent=f"{self.words.number(abs(100 * change))} %",
            mean=about(before.per_reading, self.words),
            each=each,
        )

    @of.register
    def _(self, finding: UsualWeek) -> str:
        return self.words.say(
            "usual.one_week" if finding.is_one_week else "usual.week",
            n=finding.weeks,
            week=about(finding.window_week, self.words),
            low=about(finding.low, self.words),
            high=about(finding.high, self.words),
        )

    @of.register
    def _(self, finding: UsualPace) -> str:
        return self.words.say(
            f"usual.pace_{finding.metric.kind}",
            n=finding.readings,
            low=about(finding.low, self.words),
            high=about(finding.high, self.words),
            pace=about(finding.window_pace, self.words),
        )

    @of.register
    def _(self, finding: TooLittle) -> str:
        return self.words.say("usual.too_little", n=finding.readings)

    @of.register
    def _(self, finding: CountingChanged) -> str:
        return self.words.say(
            "counting.changed", day=self.words.day(finding.day), what=finding.what
        )

    @of.register
    def _(self, finding: EventsRecorded) -> str:
        return self.words.say("log.events" if finding.events else "log.none", n=finding.events)


def _asked_of(finding: Finding) -> str:
    """The key of the question that a finding raises, "" where it raises none."""
    if isinstance(finding, StockGrowth):
        return {"rose": "rise", "fell": "fall", "still": "still"}[_direction(finding.gain)]
    if isinstance(finding, FlowBefore) and finding.before.total:
        return _comparison(finding.change)
    return ""


def _comparison(change: float) -> str:
    """More, less or the same: what is told as 0 % is the same."""
    return "same" if abs(change) < 0.005 else "more" if change > 0 else "less"


def _direction(gain: float) -> str:
    return "rose" if gain > 0 else "fell" if gain < 0 else "still"
