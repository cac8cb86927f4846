"""The receipt of a card: what it rests on, in named facts."""

from __future__ import annotations

from collections.abc import Iterator

from catalogue import Catalogue
from metrics_insight import sentences
from metrics_insight.dossier import Dossier
from metrics_insight.engine.answer import Analysis
from metrics_insight.insight import Receipt
from metrics_insight.model import Series, Span


def write(dossier: Dossier, words: Catalogue) -> Receipt:
    """The receipt: how many readings and gaps, facts by name, the files with all readings."""
    columns = (dossier.series, *(companion.series for companion in dossier.companions))
    inside = dossier.series.within(dossier.window).points
    missing = dossier.window.days - len(inside)
    gaps = _gaps(dossier.series, missing, words)
    return Receipt(
        summary=words.say("card.receipt_summary", n=len(inside), gaps=gaps),
        facts=tuple(_facts(dossier, len(inside), gaps, words)),
        files=tuple(dict.fromkeys(series.metric.file for series in columns)),
    )


def _gaps(series: Series, missing: int, words: Catalogue) -> str:
    if not series.is_daily:
        return words.say("card.gaps_irregular")
    return words.say("card.gaps", n=missing) if missing else words.say("card.gaps_none")


def _facts(dossier: Dossier, readings: int, gaps: str, words: Catalogue) -> list[tuple[str, str]]:
    metric = dossier.series.metric
    last = dossier.series.points[-1].day
    kind = words.say(f"receipt.{metric.kind}")
    if "kind" in metric.guessed:
        kind = words.say("receipt.guessed", kind=kind)
    facts = [
        ("window", sentences.span(dossier.window, words)),
        ("readings", f"{words.number(readings)}, {gaps}"),
        ("kind", kind),
        ("counted_by", metric.counted_by),
        ("source", metric.source),
        ("as_of", words.day(last)),
        ("rests_on", _rests_on(dossier, words)),
        ("tested", tested(dossier.analysis, words)),
        ("method", words.say("receipt.method_words")),
    ]
    named = [(words.say(f"receipt.{key}"), fact) for key, fact in facts if fact]
    return [*named, *_logged(dossier, words)]


def _logged(dossier: Dossier, words: Catalogue) -> Iterator[tuple[str, str]]:
    """How long after each event somebody wrote it down, where the log says when."""
    for number, event in enumerate(dossier.inside, 1):
        if event.logged is None:
            continue
        days = (event.logged - event.date).days
        key = "receipt.logged_after" if days > 0 else "receipt.logged_before"
        told = words.say(key, n=abs(days)) if days else words.say("receipt.logged_same")
        yield words.say("receipt.event", number=number), told


def _rests_on(dossier: Dossier, words: Catalogue) -> str:
    """The history: all readings of the series, and the calm days that the expected rests on."""
    usual, points = dossier.analysis.usual, dossier.series.points
    held = sentences.span(Span(points[0].day, points[-1].day), words)
    key = "receipt.expected_words" if usual else "receipt.rests_on_words"
    days = words.number(usual.days if usual else 0)
    return words.say(key, n=len(points), span=held, days=days)


def tested(analysis: Analysis, words: Catalogue) -> str:
    """How many events and windows were tested as one family, "" where none was."""
    tried = [verdict for verdict in analysis.verdicts if verdict.effects]
    windows = words.say("receipt.windows", n=sum(len(verdict.effects) for verdict in tried))
    return words.say("receipt.tested_words", n=len(tried), windows=windows) if tried else ""
