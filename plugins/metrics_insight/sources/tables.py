"""A CSV of counts, wide (a date column and one column a metric) or long (date,metric,value)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from metrics_insight.model import Dataset, Metric, Series
from metrics_insight.sources import cells, days, kinds, labels, text
from mistakes import Mistake, Mistakes, did_you_mean

DATE_NAMES = ("date", "day", "datum", "tag", "fecha", "time", "timestamp")
LONG = {"date", "metric", "value"}


@dataclass(frozen=True)
class _Column:
    """One column as written: its cells by the line on which they stand."""

    name: str
    cells: Mapping[int, str]


def read(path: Path, shown: str) -> Dataset:
    """The series of one CSV file, named ``FILE.COLUMN``, with what its .toml says of them.

    Rows may come in any order; the same day twice with two values is a doubt, and the
    value further down counts. Raises `Mistakes` for a file without a date column, without
    rows, or with a cell that cannot be read.
    """
    sheet = text.read(path, shown)
    date_name = _date_column(sheet, shown)
    if not sheet.rows:
        raise Mistakes([Mistake(shown, 1, "the file has a header only", "add a row of data")])
    told = labels.read(path.with_suffix(".toml"), str(Path(shown).with_suffix(".toml").as_posix()))
    at, faults = days.read_column(_cells(sheet, date_name))
    columns, doubts = _columns(sheet, date_name, shown)
    series = []
    for column in columns:
        read_values, wrong = cells.read_column(column.cells, decimal_comma=sheet.separator == ";")
        faults += wrong
        readings = {line: value for line, value in read_values.items() if line in at}
        one, twice = _series(column.name, path.stem, at, readings, shown)
        doubts += twice
        series.append(one)
    if faults:
        raise Mistakes(fault.at(shown) for fault in sorted(faults, key=lambda fault: fault.line))
    labels.refuse_unknown(told, [column.name for column in columns])
    described = tuple(_described(one, told.of(one.metric.column), shown) for one in series)
    return Dataset(described, told.events(path.stem), tuple(doubts))


def _date_column(sheet: text.Sheet, shown: str) -> str:
    for name in sheet.header:
        if name.lower() in DATE_NAMES:
            return name
    right = "call the column with the days date"
    near = did_you_mean("date", sheet.header) if sheet.header else ""
    wrong = "no column is called date"
    raise Mistakes([Mistake(shown, 1, wrong, near if near.startswith("did") else right)])


def _cells(sheet: text.Sheet, name: str) -> dict[int, str]:
    place = sheet.header.index(name)
    return {row.line: row.cells[place] for row in sheet.rows}


def _columns(sheet: text.Sheet, date_name: str, shown: str) -> tuple[list[_Column], list[Mistake]]:
    if {name.lower() for name in sheet.header} == LONG:
        return _long_columns(sheet), []
    others = [
        _Column(name, _cells(sheet, name)) for name in sheet.header if name and name != date_name
    ]
    numeric = [column for column in others if _is_numeric(column)]
    if not numeric:
        raise Mistakes([Mistake(shown, 1, "no column holds numbers", "add one, such as followers")])
    doubts = [
        Mistake(shown, 1, f'the column "{column.name}" holds words and is left out', doubtful=True)
        for column in others
        if column not in numeric and any(column.cells.values())
    ]
    return numeric, doubts


def _long_columns(sheet: text.Sheet) -> list[_Column]:
    place = {name.lower(): index for index, name in enumerate(sheet.header)}
    columns: dict[str, dict[int, str]] = {}
    for row in sheet.rows:
        columns.setdefault(row.cells[place["metric"]], {})[row.line] = row.cells[place["value"]]
    return [_Column(name, written) for name, written in columns.items()]


def _is_numeric(column: _Column) -> bool:
    written = [cell for cell in column.cells.values() if not cells.is_missing(cell)]
    return not written or 2 * sum(cells.is_number(cell) for cell in written) >= len(written)


def _series(
    name: str,
    file: str,
    at: Mapping[int, date],
    readings: Mapping[int, float | None],
    shown: str,
) -> tuple[Series, list[Mistake]]:
    found: dict[date, tuple[float | None, int]] = {}
    doubts: list[Mistake] = []
    for line, value in sorted(readings.items()):
        day = at[line]
        earlier, line_before = found.get(day, (None, 0))
        if earlier is not None and value is not None and earlier != value:
            doubts.append(_twice(name, day, (line_before, line), (earlier, value), shown))
        if value is not None or day not in found:
            found[day] = value, line
    ordered = sorted(found)
    values = tuple(found[day][0] for day in ordered)
    return Series(Metric(f"{file}.{name}"), tuple(ordered), values), doubts


def _twice(
    name: str, day: date, lines: Sequence[int], values: Sequence[float], shown: str
) -> Mistake:
    wrong = (
        f'"{name}" has two values for {day}: {values[0]:g} on line {lines[0]}, '
        f"{values[1]:g} on line {lines[1]}"
    )
    return Mistake(shown, lines[1], wrong, "the one further down is used", doubtful=True)


def _described(series: Series, told: labels.Told, shown: str) -> Series:
    column = series.metric.column
    guessed = tuple(key for key in ("label", "unit", "kind") if not getattr(told, key))
    metric = Metric(
        name=series.metric.name,
        label=told.label or column.replace("_", " ").strip().capitalize(),
        unit=told.unit or column.replace("_", " ").strip(),
        kind=told.kind or kinds.guess(column, [point.value for point in series.points]),
        rung=told.rung,
        counted_by=told.counted_by,
        source=told.source,
        timezone=told.timezone,
        file=shown,
        guessed=guessed,
    )
    return replace(series, metric=metric)
