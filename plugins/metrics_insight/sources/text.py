"""The text of a data file, whatever program saved it, and its rows with their line numbers."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from letters import plain
from metrics_insight.errors import Fault, in_short
from mistakes import Mistake, Mistakes

_SEPARATORS = (",", ";", "\t")


class Row(NamedTuple):
    """The cells of one row and the line of the file on which it starts."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """A CSV file as text: its header, its rows without the empty ones, its separator.

    ``mistakes`` tells of the rows with more cells than the header has names; they are left
    out of ``rows``.
    """

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    separator: str
    mistakes: tuple[Mistake, ...] = ()

    @contextmanager
    def telling_all(self) -> Iterator[None]:
        """Raises the sheet's own mistakes together with those that the block raises."""
        try:
            yield
        except Mistakes as found:
            both = sorted((*self.mistakes, *found.mistakes), key=lambda mistake: mistake.place)
            raise Mistakes(both) from found
        if self.mistakes:
            raise Mistakes(self.mistakes)


def read(path: Path, shown: str, *, header: str = "date,followers") -> Sheet:
    """The rows of a CSV file: UTF-8 (else Windows-1252), comma, semicolon or tab, any line ends.

    ``header`` is what an empty file is told to begin with.

    Raises `Mistakes` for a file that is empty, holds no text, or has two columns of one name.
    """
    text = plain(_decoded(path, shown))
    separator = _separator(text)
    rows = _rows(text, separator, shown)
    first = next(rows, None)
    if first is None:
        raise Mistakes([Mistake(shown, None, "the file is empty", f"write {header} first")])
    _refuse_same_names(first.cells, shown, first.line)
    width = len(first.cells)
    filled, too_long = [], []
    for row in rows:
        if len(row.cells) == width:
            filled.append(row)
        elif "".join(row.cells[width:]):
            too_long.append(_too_long(row, first.cells))
        else:
            filled.append(_filled(row, width))
    mistakes = tuple(fault.at(shown) for fault in in_short(too_long))
    return Sheet(first.cells, tuple(filled), separator, mistakes)


def rename(header: Sequence[str], name: str) -> str:
    """What to do where no column has the name needed: the nearest one to call so, or nothing."""
    near = get_close_matches(name, header, n=1)
    return f'call the column "{near[0]}" {name}' if near else ""


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
    """Every row that holds anything, its cells stripped, with the line on which it starts."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for cells in reader:
            if "".join(cells).strip():
                yield Row(line, tuple(map(str.strip, cells)))
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


def _too_long(row: Row, header: tuple[str, ...]) -> Fault:
    wrong = f"{len(row.cells)} cells, but the header names {len(header)}"
    return Fault(wrong, 'a cell that holds the separator needs "…" around it', row.line)


def _filled(row: Row, width: int) -> Row:
    return Row(row.line, row.cells[:width] + ("",) * (width - len(row.cells)))
