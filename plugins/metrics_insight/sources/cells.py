"""Numbers as people and spreadsheets write them, read only where they can mean one thing."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterable, Mapping

from metrics_insight import given
from metrics_insight.errors import Fault

MISSING = frozenset({"", "-", "–", "—", "−", "n/a", "na", "nan", "null", "none", "#n/a"})

_PLAIN = re.compile(r"^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$")
_COMMA_GROUPS = re.compile(r"^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$")
_DOT_GROUPS = re.compile(r"^[+-]?\d{1,3}(\.\d{3})+(,\d+)?$")
_SPACE_GROUPS = re.compile("^[+-]?\\d{1,3}([ \u00a0\u202f']\\d{3})+([.,]\\d+)?$")
_DECIMAL_COMMA = re.compile(r"^[+-]?\d+,\d+$")
_ONE_GROUP = re.compile(r"^[+-]?[1-9]\d{0,2}[.,]\d{3}$")
# Only one of the two marks can part decimals here, whatever stands in the cells around it.
_COMMA_IS_DECIMAL = re.compile(
    r"^[+-]?(\d*,(\d{1,2}|\d{4,})|0,\d+|\d{4,},\d+|\d{1,3}(\.\d{3})+,\d+|\d{1,3}(\.\d{3}){2,})$"
)
_DOT_IS_DECIMAL = re.compile(
    r"^[+-]?(\d*\.(\d{1,2}|\d{4,})|0\.\d+|\d{4,}\.\d+|\d{1,3}(,\d{3})+\.\d+|\d{1,3}(,\d{3}){2,})$"
)

Plain = Callable[[str], str | None]


def hold_numbers(written: Collection[str]) -> bool:
    """Whether half of the cells that are not missing, or more, look like numbers."""
    if 2 * sum(map(_is_digits, written)) >= len(written):
        return True
    there = [cell for cell in written if not is_missing(cell)]
    return 2 * sum(map(is_number, there)) >= len(there)


def is_number(written: str) -> bool:
    """Whether the cell looks like a number in any of the known ways."""
    ways = (_PLAIN, _COMMA_GROUPS, _DOT_GROUPS, _SPACE_GROUPS, _DECIMAL_COMMA)
    cell = _signed(written)
    return _is_digits(cell) or any(way.match(cell) for way in ways) or _is_infinite(cell)


def is_missing(written: str) -> bool:
    """Whether the cell says that there is no reading."""
    return not written.isdecimal() and written.strip().lower() in MISSING


def read_column(cells: Mapping[int, str]) -> tuple[dict[int, float | None], list[Fault]]:
    """The value of each cell, by line; None for a missing one. 1,311 has thousands.

    Faults: no number, an infinite one, one too large to be a count.
    """
    return _read(cells, _plain)


def read_column_between_semicolons(
    cells: Mapping[int, str],
) -> tuple[dict[int, float | None], list[Fault]]:
    """The same for a file that parts its cells with semicolons, where 12,5 is twelve and a half.

    Faults too: 1,311 and 1.311 where no other cell shows which of the two the mark parts,
    thousands or decimals.
    """
    written = [_signed(cell) for cell in cells.values() if not _is_digits(cell)]
    if _any(_DOT_IS_DECIMAL, written):
        return _read(cells, _plain)
    if _any(_COMMA_IS_DECIMAL, written):
        return _read(cells, _with_decimal_comma)
    return _read(cells, _with_one_meaning)


def _read(cells: Mapping[int, str], read: Plain) -> tuple[dict[int, float | None], list[Fault]]:
    values: dict[int, float | None] = {}
    faults: list[Fault] = []
    for line, cell in cells.items():
        if _is_digits(cell):
            values[line] = float(cell)
            continue
        try:
            values[line] = None if is_missing(cell) else _value(_signed(cell), read)
        except Fault as fault:
            faults.append(Fault(fault.wrong, fault.right, line))
    return values, faults


def _is_digits(cell: str) -> bool:
    """Whether the cell is what nearly all cells are: a few plain digits, which mean one thing."""
    return len(cell) < 16 and cell.isdecimal() and cell.isascii()


def _signed(cell: str) -> str:
    """The cell with a hyphen where it was written with a real minus sign."""
    return cell.strip().replace("\u2212", "-")


def _value(cell: str, read: Plain) -> float:
    spaced = _SPACE_GROUPS.match(cell)
    plain = re.sub("[ \u00a0\u202f']", "", cell).replace(",", ".") if spaced else read(cell)
    if plain is None:
        raise Fault(
            f'"{cell[:40]}" is no number', "write digits only, such as 1311, or leave it empty"
        )
    value = float(plain)
    if not math.isfinite(value) or abs(value) > given.LARGEST:
        raise Fault(
            f'"{cell[:40]}" is too large to be a count', "write the number that was counted"
        )
    return value


def _plain(cell: str) -> str | None:
    """The digits as Python reads them, None where the cell is no number."""
    if _COMMA_GROUPS.match(cell):
        return cell.replace(",", "")
    return cell if _PLAIN.match(cell) else None


def _with_decimal_comma(cell: str) -> str | None:
    if _DOT_GROUPS.match(cell):
        return cell.replace(".", "").replace(",", ".")
    if _DECIMAL_COMMA.match(cell):
        return cell.replace(",", ".")
    return cell if _PLAIN.match(cell) else None


def _with_one_meaning(cell: str) -> str | None:
    if _ONE_GROUP.match(cell):
        mark = "." if "." in cell else ","
        wrong = f'"{cell}" can mean {cell.replace(mark, "")} or {cell.replace(mark, ".")}'
        raise Fault(wrong, f"write it without the {'dot' if mark == '.' else 'comma'}")
    return _with_decimal_comma(cell)


def _any(way: re.Pattern[str], written: Iterable[str]) -> bool:
    return any(way.match(cell) for cell in written)


def _is_infinite(written: str) -> bool:
    return written.lstrip("+-").lower() in {"inf", "infinity"}
