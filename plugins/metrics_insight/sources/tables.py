"""A CSV of counts, wide (a date column and one column a metric) or long (date,metric,value)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from metrics_insight.errors import Fault, in_short
from metrics_insight.model import Dataset, Metric, Series
from metrics_insight.sources import cells, days, kinds, labels, text
from mistakes import Mistake, Mistakes

DATE_NAMES = ("date", "day", "datum", "tag", "fecha", "time", "timestamp")
LONG = {"date", "metric", "value"}
MOST_TOLD = 3
COUNTS = "the one further down counts, unless only the other fits the days around"
FEWEST_DAYS = 10
FAR = 5 * 366
"""So many days between one row and all others, and more than these take up, are a slip."""
_WORDS = "holds words"


@dataclass(frozen=True)
class _Column:
    """One column as written: its cells by the line on which they stand."""

    name: str
    cells: Mapping[int, str]


def read(path: Path, shown: str) -> Dataset:
    """The series of one CSV file, named ``FILE.COLUMN``, with what its .toml says of them.

    Rows may come in any order. The same day twice with two values is a doubt, and the value
    further down counts, unless the engine finds that only the other fits. A first or last row
    years from all others is a doubt too. Raises `Mistakes` for a file without a date column,
    without rows, or with a cell that cannot be read.
    """
    sheet = text.read(path, shown)
    with sheet.telling_all():
        return _read(sheet, path, shown)


def _read(sheet: text.Sheet, path: Path, shown: str) -> Dataset:
    date_name = _date_column(sheet, shown)
    if not sheet.rows and not sheet.mistakes:
        raise Mistakes([Mistake(shown, 1, "the file has a header only", "add a row of data")])
    columns, doubts = _columns(sheet, date_name, shown)
    told, mistakes = _labels(path, shown, columns)
    at, wrong_days = days.read_column(_cells(sheet, date_name))
    faults = in_short(wrong_days)
    semicolons = sheet.separator == ";"
    read_cells = cells.read_column_between_semicolons if semicolons else cells.read_column
    series = []
    for column in columns:
        read_values, wrong = read_cells(column.cells)
        faults += in_short(wrong)
        readings = {line: value for line, value in read_values.items() if line in at}
        one, twice = _series(Metric(path.stem, column.name), at, readings)
        doubts += [fault.as_doubt(shown) for fault in twice]
        series.append(_described(one, told.of(column.name), shown))
    doubts += [fault.as_doubt(shown) for fault in _far_rows(at)]
    mistakes += [fault.at(shown) for fault in sorted(faults, key=lambda fault: fault.line)]
    if mistakes:
        raise Mistakes(mistakes)
    return Dataset(tuple(series), told.events(path.stem), doubts=tuple(doubts))


def _labels(
    path: Path, shown: str, columns: Sequence[_Column]
) -> tuple[labels.Labels, list[Mistake]]:
    """What the .toml beside the CSV says, and what is wrong with it."""
    beside = Path(shown).with_suffix(".toml").as_posix()
    try:
        told = labels.read(path.with_suffix(".toml"), beside)
        labels.refuse_unknown(told, [column.name for column in columns])
    except Mistakes as found:
        return labels.Labels(), list(found.mistakes)
    return told, []


def _date_column(sheet: text.Sheet, shown: str) -> str:
    for name in sheet.header:
        if name.lower() in DATE_NAMES:
            return name
    right = text.rename(sheet.header, "date") or "call the column with the days date"
    raise Mistakes([Mistake(shown, 1, "no column is called date", right)])


def _cells(sheet: text.Sheet, name: str) -> dict[int, str]:
    place = sheet.header.index(name)
    return {row.line: row.cells[place] for row in sheet.rows}


def _columns(sheet: text.Sheet, date_name: str, shown: str) -> tuple[list[_Column], list[Mistake]]:
    if {name.lower() for name in sheet.header} == LONG:
        return _long_columns(sheet, shown), []
    others = [
        _Column(name, {row.line: row.cells[place] for row in sheet.rows})
        for place, name in enumerate(sheet.header)
        if name != date_name
    ]
    numeric = [
        column for column in others if column.name and cells.hold_numbers(column.cells.values())
    ]
    if not numeric:
        raise Mistakes([Mistake(shown, 1, "no column holds numbers", "add one, such as followers")])
    left_out = [column for column in others if column not in numeric and any(column.cells.values())]
    return numeric, [_left_out(column, shown) for column in left_out]


def _left_out(column: _Column, shown: str) -> Mistake:
    if not column.name:
        wrong, right = "a column has no name and is left out", "name it in the first line"
        return Mistake(shown, 1, wrong, right, doubtful=True)
    line, words = next((at, cell) for at, cell in column.cells.items() if not _is_known(cell))
    wrong = f'the column "{column.name}" {_WORDS} ("{words[:20]}") and is left out'
    return Mistake(shown, line, wrong, doubtful=True)


def left_out(name: str, data: Dataset) -> Mistake | None:
    """The doubt that says of a column that it holds words, None where none does."""
    begins = f'the column "{name}" {_WORDS}'
    return next((doubt for doubt in data.doubts if doubt.wrong.startswith(begins)), None)


def _is_known(cell: str) -> bool:
    return cells.is_missing(cell) or cells.is_number(cell)


def _long_columns(sheet: text.Sheet, shown: str) -> list[_Column]:
    place = {name.lower(): index for index, name in enumerate(sheet.header)}
    columns: dict[str, dict[int, str]] = {}
    for row in sheet.rows:
        columns.setdefault(row.cells[place["metric"]], {})[row.line] = row.cells[place["value"]]
    if "" in columns:
        right = "write its name, such as followers"
        nameless = (Fault("the metric is missing", right, line) for line in columns[""])
        raise Mistakes(fault.at(shown) for fault in in_short(nameless))
    return [_Column(name, written) for name, written in columns.items()]


def _series(
    metric: Metric, at: Mapping[int, date], readings: Mapping[int, float | None]
) -> tuple[Series, list[Fault]]:
    found: dict[date, tuple[float | None, int]] = {}
    twice: list[tuple[int, int]] = []
    repeated: dict[date, float] = {}
    for line, value in readings.items():
        day = at[line]
        earlier, line_before = found.get(day, (None, 0))
        if earlier is not None and value is not None and earlier != value:
            twice.append((line_before, line))
            repeated[day] = value - earlier
        if value is not None or day not in found:
            found[day] = value, line
    ordered = sorted(found)
    values = tuple(found[day][0] for day in ordered)
    steps = tuple(sorted(repeated.items()))
    series = Series(metric, tuple(ordered), values, repeated=steps)
    if len(twice) > MOST_TOLD:  # a file by the hour, perhaps
        wrong = f'"{metric.column}" has several values a day, {len(twice)} times'
        right = "the last of a day counts, unless only an earlier one fits; write one row a day"
        return series, [Fault(wrong, right, twice[0][1])]
    return series, [
        _twice(metric, at[second], (first, second), readings) for first, second in twice
    ]


def _twice(
    metric: Metric, day: date, lines: tuple[int, int], readings: Mapping[int, float | None]
) -> Fault:
    first, second = (f"{readings[line]:.15g} on line {line}" for line in lines)
    wrong = f'"{metric.column}" has two values for {day}: {first}, {second}'
    return Fault(wrong, COUNTS, lines[1])


def _far_rows(at: Mapping[int, date]) -> list[Fault]:
    """The first or last day where it lies years from all others, as a mistyped year does."""
    ordered = sorted(set(at.values()))
    if len(ordered) < FEWEST_DAYS:
        return []
    found = []
    for end, next_to_it, other in ((-1, -2, 0), (0, 1, -1)):
        away = abs((ordered[end] - ordered[next_to_it]).days)
        if away > max(FAR, abs((ordered[next_to_it] - ordered[other]).days)):
            line = next(line for line, day in at.items() if day == ordered[end])
            wrong = f"{ordered[end]} lies {away // 365} years from all other days"
            found.append(Fault(wrong, "if the year is wrong, correct it", line))
    return found


def _described(series: Series, told: labels.Told, shown: str) -> Series:
    column = series.metric.column
    guessed = tuple(key for key in ("label", "unit", "kind") if not getattr(told, key))
    metric = Metric(
        table=series.metric.table,
        column=column,
        label=told.label or column.replace("_", " ").strip().capitalize(),
        unit=told.unit or column.replace("_", " ").strip(),
        kind=told.kind or kinds.guess(column, [point.value for point in series.points]),
        rung=told.rung,
        counted_by=told.counted_by,
        source=told.source,
        timezone=told.timezone,
        file=shown,
        guessed=guessed,
        retired=told.retired,
    )
    return replace(series, metric=metric)
