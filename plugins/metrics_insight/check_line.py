"""The line ``check:`` of an insight block: what would prove the reading wrong, and on which day."""

from __future__ import annotations

import math
import re
from datetime import date

from metrics_insight import given
from metrics_insight.claim import Check
from metrics_insight.errors import Fault

RIGHT = "write DATE NAME < NUMBER, such as 2025-06-01 letter.readers < 1250"
_LINE = re.compile(
    r"^(?P<day>\d{4}-\d{2}-\d{2})\s+"
    r"(?P<name>[^\s<>/]+(?:\s+[^\s<>/]+)*?)\s*(?:/\s*(?P<per>[^\s<>/]+(?:\s+[^\s<>/]+)*?)\s*)?"
    r"(?P<sign>[<>])\s*(?P<limit>.+)$"
)
_CHANGE = re.compile(
    r"^(?P<sign>[+−-])\s*(?P<number>[\d.,]+)\s*%\s*since\s+(?P<day>\d{4}-\d{2}-\d{2})$"
)
_NUMBER = re.compile(r"^(?P<sign>[−-]?)\s*(?P<number>\d[\d.,\s]*?)\s*(?P<percent>%?)$")
_DIGITS = re.compile(r"^(\d+|\d{1,3}([,\s\u00a0\u202f]\d{3})+)(\.\d+)?$")


def read(written: str, line: int = 0) -> Check:
    """The check of ``DATE NAME|NAME/NAME < NUMBER`` or ``… < +N % since DATE``; else `Fault`.

    Instead of ``<`` may stand ``>``; of a NAME/NAME the number may be a percentage.
    """
    found = _LINE.match(written)
    if not found:
        raise Fault(f'"{written[:60]}" is no check', RIGHT, line)
    day, per = _day(found["day"], line), found["per"] or ""
    limit, since = _limit(found["limit"].strip(), per=per, line=line)
    if since is not None and since >= day:
        wrong = f"the check looks back from {day} to {since}, which is no earlier"
        raise Fault(wrong, "swap the two days", line)
    below = found["sign"] == "<"
    return Check(day, found["name"], limit, below, per, since, written)


def _limit(written: str, *, per: str, line: int) -> tuple[float, date | None]:
    """The number to compare with, and the day since which a change is meant."""
    if change := _CHANGE.match(written):
        share = _number(change["number"], change["sign"], line) / 100
        return share, _day(change["day"], line)
    number = _NUMBER.match(written)
    if not number:
        wrong = f'"{written[:40]}" is no number to check against'
        raise Fault(wrong, "write digits, such as 1250, or +5 % since DATE", line)
    value = _number(number["number"], number["sign"], line)
    if number["percent"] and not per:
        wrong = f'"{written[:40]}" is a percentage of nothing'
        raise Fault(wrong, "write +5 % since DATE, or NAME/NAME before it", line)
    return (value / 100 if number["percent"] else value), None


def _number(written: str, sign: str, line: int) -> float:
    if not _DIGITS.match(written):
        wrong = f'"{written[:40]}" is no number to check against'
        raise Fault(wrong, "write it as 1250, 1,250 or 12.5", line)
    value = float(re.sub(r"[^\d.]", "", written))
    if not math.isfinite(value) or value > given.LARGEST:
        raise Fault(f'"{written[:40]}" is larger than any count', "write a smaller number", line)
    return -value if sign in ("-", "−") else value


def _day(written: str, line: int) -> date:
    try:
        return given.day(written)
    except ValueError as error:
        raise Fault(str(error).partition(";")[0], "write it as 2025-06-01", line) from None
