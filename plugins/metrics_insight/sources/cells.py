"""Numbers as people and spreadsheets write them, read only where they can mean one thing."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from metrics_insight.errors import Fault

MISSING = frozenset({"", "-", "–", "—", "n/a", "na", "nan", "null", "none", "#n/a"})
LARGEST = 1e15

_PLAIN = re.compile(r"^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$")
_COMMA_GROUPS = re.compile(r"^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$")
_DOT_GROUPS = re.compile(r"^[+-]?\d{1,3}(\.\d{3})+(,\d+)?$")
_SPACE_GROUPS = re.compile("^[+-]?\\d{1,3}([ \u00a0\u202f']\\d{3})+([.,]\\d+)?$")
_DECIMAL_COMMA = re.compile(r"^[+-]?\d+,\d+$")
_ONE_DOT_GROUP = re.compile(r"^[+-]?\d{1,3}\.\d{3}$")


def is_number(written: str) -> bool:
    """Whether the cell looks like a number in any of the known ways."""
    ways = (_PLAIN, _COMMA_GROUPS, _DOT_GROUPS, _SPACE_GROUPS, _DECIMAL_COMMA)
    return any(way.match(written.strip()) for way in ways) or _is_infinite(written)


def is_missing(written: str) -> bool:
    """Whether the cell says that there is no reading."""
    return written.strip().lower() in MISSING


def read_column(
    cells: Mapping[int, str], *, decimal_comma: bool
) -> tuple[dict[int, float | None], list[Fault]]:
    """The value of each cell, by line; None for a missing one.

    ``decimal_comma`` says that the file parts its cells with semicolons, where 12,5 is
    twelve and a half. Faults: no number, an infinite one, one too large to be a count,
    1.311 where it can mean two things.
    """
    values: dict[int, float | None] = {}
    faults: list[Fault] = []
    dots_group = decimal_comma and any("," in cell for cell in cells.values())
    for line, cell in cells.items():
        try:
            values[line] = _value(cell.strip(), decimal_comma, dots_group)
        except Fault as fault:
            faults.append(Fault(fault.wrong, fault.right, line))
    return values, faults


def _value(cell: str, decimal_comma: bool, dots_group: bool) -> float | None:
    if is_missing(cell):
        return None
    plain = _plain(cell, decimal_comma, dots_group)
    if plain is None or _is_infinite(cell):
        raise Fault(
            f'"{cell[:40]}" is no number', "write digits only, such as 1311, or leave it empty"
        )
    value = float(plain)
    if not math.isfinite(value) or abs(value) > LARGEST:
        raise Fault(
            f'"{cell[:40]}" is too large to be a count', "write the number that was counted"
        )
    return value


def _plain(cell: str, decimal_comma: bool, dots_group: bool) -> str | None:
    """The digits as Python reads them, None where the cell is no number."""
    if _SPACE_GROUPS.match(cell):
        cell = re.sub("[ \u00a0\u202f']", "", cell)
        return cell.replace(",", ".")
    if decimal_comma:
        return _with_decimal_comma(cell, dots_group)
    if _COMMA_GROUPS.match(cell):
        return cell.replace(",", "")
    return cell if _PLAIN.match(cell) else None


def _with_decimal_comma(cell: str, dots_group: bool) -> str | None:
    if _ONE_DOT_GROUP.match(cell) and not dots_group:
        wrong = f'"{cell}" can mean {cell.replace(".", "")} or {cell.replace(".", ",")}'
        raise Fault(wrong, "write it without the dot, or with a comma")
    if _DOT_GROUPS.match(cell):
        return cell.replace(".", "").replace(",", ".")
    if _DECIMAL_COMMA.match(cell):
        return cell.replace(",", ".")
    return cell if _PLAIN.match(cell) else None


def _is_infinite(written: str) -> bool:
    return written.strip().lstrip("+-").lower() in {"inf", "infinity"}
