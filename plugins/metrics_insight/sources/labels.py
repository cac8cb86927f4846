"""What the .toml beside a CSV says of its columns: label, unit, kind, counting changes, the end."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any

from letters import plain
from metrics_insight import given
from metrics_insight.claim import Retired
from metrics_insight.model import KINDS, RUNGS, Event, Kind
from mistakes import Mistake, Mistakes, did_you_mean


@dataclass(frozen=True)
class Told:
    """What the author said of one column; "" where nothing was said."""

    label: str = ""
    unit: str = ""
    kind: Kind | None = None
    rung: str = ""
    counted_by: str = ""
    source: str = ""
    timezone: str = ""
    retired: Retired | None = None
    counting_changes: tuple[tuple[date, str], ...] = ()


@dataclass(frozen=True)
class Labels:
    """What one .toml says: of each column, and of all of them together."""

    shown: str = ""
    text: str = ""
    columns: Mapping[str, Told] = field(default_factory=dict)
    common: Told = Told()

    def of(self, column: str) -> Told:
        """What is said of one column, completed by what is said of all."""
        own = self.columns.get(column, Told())
        words = {
            key.name: getattr(own, key.name) or getattr(self.common, key.name)
            for key in fields(Told)
        }
        return Told(**words)

    def events(self, file: str) -> tuple[Event, ...]:
        """The counting changes as events, each narrowed to the column it stands under."""
        own = [
            Event(day, what, kind="counting", metrics=(f"{file}.{column}",))
            for column, told in self.columns.items()
            for day, what in told.counting_changes
        ]
        common = [
            Event(day, what, kind="counting", metrics=(f"{file}.*",))
            for day, what in self.common.counting_changes
        ]
        return tuple(own + common)


_TABLES = ("retired", "counting_changes")
_KEYS = tuple(key.name for key in fields(Told) if key.name not in _TABLES)
_KNOWN = (*_KEYS, "retired", "counting_change")
_END = {"date", "why"}
_AFTER = {"learned", "instead"}


def read(path: Path, shown: str) -> Labels:
    """What the file says, nothing where there is no such file.

    Keys outside a table hold for every column. Raises `Mistakes` for a file that is no
    TOML, an unknown key, and a value that cannot be meant.
    """
    if not path.is_file():
        return Labels()
    text, tables = _tables(path, shown)
    common = {key: value for key, value in tables.items() if not isinstance(value, dict)}
    mistakes: list[Mistake] = []
    columns = {
        column: _told(table, _Place(shown, text, column), mistakes)
        for column, table in tables.items()
        if isinstance(table, dict)
    }
    told = Labels(shown, text, columns, _told(common, _Place(shown, text), mistakes))
    if mistakes:
        raise Mistakes(mistakes)
    return told


def refuse_unknown(told: Labels, columns: Iterable[str]) -> None:
    """Raise `Mistakes` for a table that is named after no column of the file."""
    known = list(columns)
    wrong = [name for name in told.columns if name not in known]
    if wrong:
        raise Mistakes(
            Mistake(
                told.shown,
                _Place(told.shown, told.text, name).line,
                f'the CSV has no column "{name}"',
                did_you_mean(name, known),
            )
            for name in wrong
        )


@dataclass(frozen=True)
class _Place:
    """A table of the file, "" for what stands above all tables."""

    shown: str
    text: str
    table: str = ""

    @property
    def line(self) -> int | None:
        """The line of its heading."""
        heading = rf"\[+\s*[\"']?{re.escape(self.table)}[\"']?\s*[\].]"
        return self._first(heading, 1)

    def line_of(self, key: str) -> int | None:
        """The line on which a key of the table stands, else its heading."""
        heading = self.line if self.table else 1
        word = re.escape(key)
        return self._first(rf"[\"']?{word}[\"']?\s*=|\[.*{word}", heading or 1) or heading

    def _first(self, pattern: str, start: int) -> int | None:
        lines = enumerate(self.text.split("\n"), 1)
        found = (n for n, line in lines if n >= start and re.match(rf"\s*({pattern})", line))
        return next(found, None)


def _tables(path: Path, shown: str) -> tuple[str, dict[str, Any]]:
    """The file's text and what TOML makes of it."""
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        return text, tomllib.loads(text)
    except OSError as error:
        wrong = f"the file cannot be read ({error.strerror})"
        raise Mistakes([Mistake(shown, None, wrong, "make it readable")]) from error
    except UnicodeDecodeError as error:
        wrong, right = "the file is not UTF-8", "save it as UTF-8"
        raise Mistakes([Mistake(shown, None, wrong, right)]) from error
    except (ValueError, RecursionError) as error:
        raise Mistakes([_no_toml(shown, error)]) from error


def _told(table: Mapping[str, Any], place: _Place, mistakes: list[Mistake]) -> Told:
    for key, value in table.items():
        wrong = _wrong(key, value)
        if wrong:
            mistakes.append(Mistake(place.shown, place.line_of(key), *wrong))
    if mistakes:
        return Told()
    said = {key: plain(table[key]).strip() for key in _KEYS if key in table and key != "kind"}
    changes = tuple(
        (_as_day(change["date"]), plain(str(change["what"])))
        for change in table.get("counting_change", ())
    )
    kind, ended = table.get("kind"), _retired(table.get("retired"))
    return Told(kind=kind, retired=ended, counting_changes=changes, **said)


def _retired(written: Any) -> Retired | None:
    if not written:
        return None
    words = {key: plain(written[key]).strip() for key in ("why", *sorted(_AFTER & written.keys()))}
    return Retired(_as_day(written["date"]), **words)


def _wrong(key: str, value: Any) -> tuple[str, str] | None:
    """What is wrong with one entry and what would be right, None where nothing is."""
    if key not in _KNOWN:
        return f'there is no key "{key}"', did_you_mean(key, _KNOWN)
    if key == "counting_change":
        whole = isinstance(value, list) and all(_is_change(change) for change in value)
        right = 'write [[COLUMN.counting_change]] with date = 2025-03-31 and what = "…" below it'
        return None if whole else ("a counting change needs a date and what changed", right)
    if key == "retired":
        right = 'write [COLUMN.retired] with date = 2025-03-31, why = "…", learned and instead'
        return None if _is_end(value) else ("a retired metric needs a date and why", right)
    return _wrong_words(key, value)


def _wrong_words(key: str, value: Any) -> tuple[str, str] | None:
    if not isinstance(value, str):
        return f'"{key}" is no text', f'write {key} = "…"'
    if key == "kind" and value not in KINDS:
        return f'"{value}" is no kind', 'write "stock" (a running total) or "flow" (so many a day)'
    if key == "rung" and value not in RUNGS:
        return f'"{value}" is no rung', f"write one of {', '.join(RUNGS)}"
    return None


def _is_change(change: Any) -> bool:
    if not isinstance(change, dict) or not {"date", "what"} <= change.keys():
        return False
    return _as_day(change["date"]) != date.min


def _is_end(end: Any) -> bool:
    if not isinstance(end, dict) or not _END <= end.keys() <= _END | _AFTER:
        return False
    told = (value for key, value in end.items() if key != "date")
    return _as_day(end["date"]) != date.min and all(isinstance(one, str) for one in told)


def _as_day(written: Any) -> date:
    """A day from a TOML date or text, `date.min` where it is none."""
    try:
        return given.day(written)
    except ValueError:
        return date.min


def _no_toml(shown: str, error: Exception) -> Mistake:
    place = re.search(r"\(at line (\d+), column \d+\)", str(error))
    wrong = re.sub(r"\s*\(at .*\)", "", str(error))
    return Mistake(
        shown, int(place[1]) if place else None, wrong, 'write key = "value" on each line'
    )
