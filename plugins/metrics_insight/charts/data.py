"""The data of a chart, for a program: what it draws, as CSV and as JSON."""

from __future__ import annotations

import csv as tables
import json as notation
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from io import StringIO
from typing import Any

from catalogue import Catalogue
from metrics_insight.insight import Chart, Panel
from metrics_insight.model import Span


def csv(chart: Chart, words: Catalogue) -> str:
    """One row a day: the date, of each panel the value and the range that was expected.

    The columns are named by the panels' labels; a cell is empty where nothing is known. Days
    are ISO, numbers have a decimal point, whatever the language.
    """
    held = [_Columns.of(panel) for panel in chart.panels]
    days = sorted({day for columns in held for day in columns.days})
    written = StringIO()
    rows = tables.writer(written, lineterminator="\n")
    rows.writerow(["date", *(name for panel in chart.panels for name in _names(panel, words))])
    for day in days:
        rows.writerow([day, *(cell for columns in held for cell in columns.at(day))])
    return written.getvalue()


def json(chart: Chart, words: Catalogue) -> str:
    """The whole description: texts, days, values, ranges, changes and marks, by name.

    Each panel has ``days``, and of the same length ``values``, ``low`` and ``high``, null where
    nothing is known. Days are ISO; the texts are in the language of the chart.
    """
    told = {
        "title": chart.title,
        "alt": chart.alt,
        "source": chart.source,
        "language": words.tag.replace("_", "-"),
        "span": _span(chart.span),
        "window": _span(chart.window),
        "panels": [_panel(panel) for panel in chart.panels],
        "marks": [{**asdict(mark), "day": mark.day.isoformat()} for mark in chart.marks],
        "posts": [day.isoformat() for day in chart.ticks],
    }
    return notation.dumps(told, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n"


@dataclass(frozen=True)
class _Columns:
    """The readings and the expected ranges of a panel, by day."""

    values: dict[date, float]
    low: dict[date, float]
    high: dict[date, float]

    @classmethod
    def of(cls, panel: Panel) -> _Columns:
        low = {day: low for band in panel.bands for day, low in _pairs(band.days, band.low)}
        high = {day: high for band in panel.bands for day, high in _pairs(band.days, band.high)}
        return cls({point.day: point.value for point in panel.points}, low, high)

    @property
    def days(self) -> list[date]:
        return sorted({*self.values, *self.low})

    def at(self, day: date) -> tuple[float | int | None, ...]:
        """The value and the lowest and highest expected one, without a needless decimal."""
        return tuple(_plain(column.get(day)) for column in (self.values, self.low, self.high))


def _pairs(days: Sequence[date], values: Sequence[float]) -> Iterator[tuple[date, float]]:
    return zip(days, values, strict=True)


def _names(panel: Panel, words: Catalogue) -> tuple[str, str, str]:
    lowest, highest = (words.say(f"chart.{key}") for key in ("lowest", "highest"))
    return panel.label, f"{panel.label}, {lowest}", f"{panel.label}, {highest}"


def _panel(panel: Panel) -> dict[str, Any]:
    columns = _Columns.of(panel)
    cells = [columns.at(day) for day in columns.days]
    values, low, high = ([row[place] for row in cells] for place in range(3))
    return {
        "label": panel.label,
        "unit": panel.unit,
        "kind": panel.kind,
        "daily": panel.is_daily,
        "days": [day.isoformat() for day in columns.days],
        "values": values,
        "low": low,
        "high": high,
        "breaks": [day.isoformat() for day in panel.breaks],
        "shifts": [
            {
                "kind": shift.kind,
                "day": shift.day.isoformat(),
                "earliest": shift.earliest.isoformat(),
                "latest": shift.latest.isoformat(),
            }
            for shift in panel.shifts
        ],
        "stuck": [_span(span) for span in panel.stuck],
    }


def _span(span: Span) -> dict[str, str]:
    return {"first": span.first.isoformat(), "last": span.last.isoformat()}


def _plain(value: float | None) -> float | int | None:
    """A number as short as it can be told: 3 for 3.0."""
    if value is None:
        return None
    return int(value) if float(value).is_integer() and abs(value) < 2**53 else float(value)
