"""A chart as an HTML table of bearable length: the readings, and what was to be expected."""

from __future__ import annotations

import math
from calendar import leapdays, monthrange
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from html import escape

from catalogue import Catalogue
from letters import plain
from metrics_insight.insight import Chart, Panel
from metrics_insight.model import Point

MOST_ROWS = 60
FEW_ROWS = 12
"""For a feed, where nothing scrolls or folds."""
Key = tuple[int, ...]
PERIODS: dict[str, Callable[[date], Key]] = {
    "days": lambda day: (day.toordinal(),),
    "weeks": lambda day: tuple(day.isocalendar()[:2]),
    "months": lambda day: (day.year, day.month),
    "quarters": lambda day: (day.year, (day.month - 1) // 3),
    "years": lambda day: (day.year,),
    "decades": lambda day: (day.year // 10,),
    "centuries": lambda day: (day.year // 100,),
}


def draw(chart: Chart, words: Catalogue, most: int = MOST_ROWS) -> str:
    """The readings of the chart's window as a table with a caption and scoped headers.

    At most 60 rows, or as many as are given: more readings than that are told by week, month,
    quarter, year or longer, of a stock the last reading, of a level the mean, of a flow the
    sum, which says of how many days it is where some of them were not read or are not in the
    window. Beside a measure stands the range that was expected, where there is one for the day
    of the row.
    """
    rows = _Rows(chart, most)
    columns = [column for panel in chart.panels for column in _columns(panel, rows, words)]
    heads = "".join(f'<th scope="col">{_written(column.head)}</th>' for column in columns)
    first = _written(words.say(f"card.columns_{rows.period}"))
    body = "\n".join(_row(key, day, columns, words) for key, day in rows.days.items())
    return (
        f"<table>\n<caption>{_written(caption(chart, words, most))}</caption>\n"
        f'<thead>\n<tr><th scope="col">{first}</th>{heads}</tr>\n</thead>\n'
        f"<tbody>\n{body}\n</tbody>\n</table>"
    )


def caption(chart: Chart, words: Catalogue, most: int = MOST_ROWS) -> str:
    """What the table holds, in the words above it."""
    forms = {"level" if panel.is_level else panel.kind for panel in chart.panels}
    how = words.say(f"card.how_{forms.pop() if len(forms) == 1 else 'mixed'}")
    period, label = _Rows(chart, most).period, chart.panels[0].label
    return words.say(f"card.table_{period}", label=label, how=how)


@dataclass(frozen=True)
class _Column:
    head: str
    cells: dict[Key, str]


@dataclass(frozen=True)
class _Rows:
    """The rows: which period they have, and the last day with a reading of each."""

    chart: Chart
    most: int = MOST_ROWS

    @cached_property
    def _grouped(self) -> tuple[str, dict[Key, date]]:
        points = (point for panel in self.chart.panels for point in _inside(self.chart, panel))
        days = sorted({point.day for point in points})
        grouped = {period: {key(day): day for day in days} for period, key in PERIODS.items()}
        few = (period for period, held in grouped.items() if len(held) <= self.most)
        period = next(few, "centuries")
        return period, grouped[period]

    @property
    def period(self) -> str:
        return self._grouped[0]

    @property
    def days(self) -> dict[Key, date]:
        return self._grouped[1]

    def key(self, day: date) -> Key:
        return PERIODS[self.period](day)


def _inside(chart: Chart, panel: Panel) -> Iterator[Point]:
    return (point for point in panel.points if point.day in chart.window)


def _columns(panel: Panel, rows: _Rows, words: Catalogue) -> Iterator[_Column]:
    """The column of a measure, and after it that of its expected range if there is any."""
    values: dict[Key, list[float]] = {}
    for point in _inside(rows.chart, panel):
        values.setdefault(rows.key(point.day), []).append(point.value)
    told = {key: _cell(panel, rows.period, key, held, words) for key, held in values.items()}
    yield _Column(panel.label, told)
    if rows.period != "days" and panel.kind == "flow":
        return  # the sum of so many ranges is no range of the sum
    ranges = {rows.key(day): ends for day, ends in _expected(panel) if day in rows.days.values()}
    if expected := {key: _range(ends, words) for key, ends in ranges.items() if key in told}:
        yield _Column(words.say("card.columns_expected", label=panel.label), expected)


def _cell(panel: Panel, period: str, key: Key, values: Sequence[float], words: Catalogue) -> str:
    """The value of a period; the sum of a part of it says which part."""
    told = words.count(_told(panel, values))
    if panel.kind == "flow" and panel.is_daily and not panel.is_level:
        days = _days_in(period, key)
        if len(values) < days:
            return words.say("card.part", n=len(values), days=words.number(days), value=told)
    return told


def _days_in(period: str, key: Key) -> int:
    """How many days a period of the calendar has."""
    if period in ("days", "weeks"):
        return 7 if period == "weeks" else 1
    if period in ("months", "quarters"):
        many = 3 if period == "quarters" else 1
        last = many * key[1] + many if period == "quarters" else key[1]
        return sum(monthrange(key[0], month)[1] for month in range(last - many + 1, last + 1))
    years = {"years": 1, "decades": 10, "centuries": 100}[period]
    return 365 * years + leapdays(years * key[0], years * (key[0] + 1))


def _told(panel: Panel, values: Sequence[float]) -> float:
    """The value of a period."""
    if panel.kind == "stock":
        return values[-1]
    return math.fsum(values) / (len(values) if panel.is_level else 1)


def _expected(panel: Panel) -> Iterator[tuple[date, tuple[float, float]]]:
    for band in panel.bands:
        yield from zip(band.days, zip(band.low, band.high, strict=True), strict=True)


def _range(ends: tuple[float, float], words: Catalogue) -> str:
    """A range with as many decimals as its width has sense for."""
    low, high = ends
    size = math.floor(math.log10(high - low)) if high > low else 0
    decimals = min(max(0, 1 - size), 12)
    lowest, highest = (words.number(end, decimals=decimals) for end in (low, high))
    return words.say("card.expected", low=lowest, high=highest)


def _row(key: Key, day: date, columns: Sequence[_Column], words: Catalogue) -> str:
    cells = "".join(f"<td>{_written(column.cells.get(key, '–'))}</td>" for column in columns)
    when = f'<time datetime="{day}">{_written(words.day(day))}</time>'
    return f'<tr><th scope="row">{when}</th>{cells}</tr>'


def _written(words: str) -> str:
    return escape(plain(words))
