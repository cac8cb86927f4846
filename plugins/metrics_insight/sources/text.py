"""The text of a data file, whatever program saved it, and its rows with their line numbers."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from metrics_insight.letters import plain
from mistakes import Mistake, Mistakes

_SEPARATORS = (",", ";", "\t")


@dataclass(frozen=True)
class Row:
    """The cells of one row and the line of the file on which it starts."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """A CSV file as text: its header, its rows without the empty ones, its separator."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    separator: str


def read(path: Path, shown: str, *, header: str = "date,followers") -> Sheet:
    """The rows of a CSV file: UTF-8 (else Windows-1252), comma, semicolon or tab, any line ends.

    ``header`` is what an empty file is told to begin with.

    Raises `Mistakes` for a file that is empty or holds no text, and for a row with more
    cells than the header has names.
    """
    text = plain(_decoded(path, shown))
    separator = _separator(text)
    rows = tuple(_rows(text, separator, shown))
    if not rows:
        raise Mistakes([Mistake(shown, None, "the file is empty", f"write {header} first")])
    names = tuple(cell.strip() for cell in rows[0].cells)
    _refuse_same_names(names, shown, rows[0].line)
    wrong = [row for row in rows[1:] if any(cell.strip() for cell in row.cells[len(names) :])]
    if wrong:
        raise Mistakes(_too_long(row, names, shown) for row in wrong)
    return Sheet(names, tuple(_filled(row, len(names)) for row in rows[1:]), separator)


def _decoded(path: Path, shown: str) -> str:
    try:
        raw = path.read_bytes()
    except FileNotFoundError as error:
        raise Mistakes([Mistake(shown, None, "there is no such file")]) from error
    except OSError as error:
        raise Mistakes([Mistake(shown, None, _reason(error), "make it readable")]) from error
    if b"\0" in raw[:4096] and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Mistakes([Mistake(shown, None, "this is no text file", "save it as CSV (UTF-8)")])
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _reason(error: OSError) -> str:
    return f"the file cannot be read ({error.strerror or error})"


def _separator(text: str) -> str:
    first = next((line for line in text.split("\n") if line.strip()), "")
    counts = [first.count(mark) for mark in _SEPARATORS]
    return _SEPARATORS[counts.index(max(counts))]


def _rows(text: str, separator: str, shown: str) -> Iterator[Row]:
    """Every row that holds anything, with the line on which it starts."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield Row(line, tuple(cells))
            line = reader.line_num + 1
    except csv.Error as error:
        wrong = f"the row cannot be read ({error})"
        raise Mistakes([Mistake(shown, line, wrong, 'put " only around a whole cell')]) from error


def _refuse_same_names(header: Sequence[str], shown: str, line: int) -> None:
    """Raise `Mistakes` for two columns of one name, in capitals or not."""
    names = Counter(name.lower() for name in header if name)
    twice = [name for name in header if names[name.lower()] > 1]
    if twice:
        wrong = f'two columns are called "{twice[0]}"'
        raise Mistakes([Mistake(shown, line, wrong, "give each column a name of its own")])


def _too_long(row: Row, header: tuple[str, ...], shown: str) -> Mistake:
    wrong = f"{len(row.cells)} cells, but the header names {len(header)}"
    return Mistake(shown, row.line, wrong, 'a cell that holds the separator needs "…" around it')


def _filled(row: Row, width: int) -> Row:
    cells = tuple(cell.strip() for cell in row.cells[:width])
    return Row(row.line, cells + ("",) * (width - len(cells)))
