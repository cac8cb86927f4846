"""The receipt of a card: what it rests on, and its readings as a table of bearable length."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from catalogue import Catalogue
from metrics_insight import sentences
from metrics_insight.dossier import Dossier
from metrics_insight.engine.answer import Analysis
from metrics_insight.insight import Receipt, ReceiptRow
from metrics_insight.model import Series, Span

MOST_ROWS = 60
Period = Callable[[date], tuple[int, ...]]
PERIODS: dict[str, Period] = {
    "days": lambda day: (day.toordinal(),),
    "weeks": lambda day: tuple(day.isocalendar()[:2]),
    "months": lambda day: (day.year, day.month),
    "quarters": lambda day: (day.year, (day.month - 1) // 3),
    "years": lambda day: (day.year,),
}


def write(dossier: Dossier, words: Catalogue) -> Receipt:
    """The receipt: facts by name, the window's readings (at most 60 rows), the files.

    More readings than that are told by week, month, quarter or year: of a stock the last
    reading, of a flow the sum. The CSV that the receipt links to holds them all.
    """
    columns = (dossier.series, *(companion.series for companion in dossier.companions))
    inside = dossier.series.within(dossier.window).points
    missing = dossier.window.days - len(inside)
    gaps = _gaps(dossier.series, missing, words)
    caption, rows = _table(dossier, columns, words)
    return Receipt(
        caption=caption,
        summary=words.say("card.receipt_summary", n=len(inside), gaps=gaps),
        facts=tuple(_facts(dossier, len(inside), gaps, words)),
        columns=tuple(series.metric.label for series in columns),
        rows=rows,
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


def _table(
    dossier: Dossier, columns: tuple[Series, ...], words: Catalogue
) -> tuple[str, tuple[ReceiptRow, ...]]:
    """The caption and the rows: day by day, or by the finest period that keeps to 60 rows."""
    held = [series.within(dossier.window) for series in columns]
    days = sorted({point.day for series in held for point in series.points})
    period, groups = _grouped(days)
    readings = [_by_period(series, PERIODS[period]) for series in held]
    caption = words.say(f"card.table_{period}", label=dossier.series.metric.label)
    rows = (
        ReceiptRow(day, tuple(_cell(values.get(key), words) for values in readings))
        for key, day in groups.items()
    )
    return caption, tuple(rows)


def _grouped(days: Sequence[date]) -> tuple[str, dict[tuple[int, ...], date]]:
    """The finest period that keeps to 60 rows, and the last day of each with a reading."""
    grouped = {period: {key_of(day): day for day in days} for period, key_of in PERIODS.items()}
    few = (period for period, groups in grouped.items() if len(groups) <= MOST_ROWS)
    period = next(few, "years")
    return period, grouped[period]


def _by_period(series: Series, key_of: Period) -> dict[tuple[int, ...], float]:
    """The value of each period: a stock's last reading, the sum of a flow."""
    values: dict[tuple[int, ...], float] = {}
    for point in series.points:
        key = key_of(point.day)
        earlier = values.get(key, 0) if series.metric.kind == "flow" else 0
        values[key] = earlier + point.value
    return values


def _cell(value: float | None, words: Catalogue) -> str:
    return "–" if value is None else words.count(value)
