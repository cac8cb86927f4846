"""The days of an event that repeats, as far as the data go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from dateutil.rrule import rrulestr

from metrics_insight.errors import Fault
from metrics_insight.model import Span

_KNOWN = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY")
_LOG = "log the days that matter in events.csv"


class TooOften(Fault):
    """A repetition that is left out, which stops nothing."""


def days_of(
    title: str,
    first: date,
    rules: Sequence[Mapping[str, Any]],
    over: Span | None,
    *,
    added: Iterable[date] = (),
    left_out: Iterable[date] = (),
) -> list[date]:
    """The days from ``first`` on that lie in ``over``, by the rules and the days added to them.

    Raises `TooOften` for what comes more often than once a week, for then no day is without
    it, and `Fault` for a rule that cannot be read.
    """
    if over is None:
        return []
    found = {day for rule in rules for day in _by_rule(title, first, rule, over)}
    found |= {day for day in (first, *added) if day in over}
    kept = sorted(found - set(left_out))
    if 7 * (len(kept) - 1) > over.days:
        raise TooOften(f'"{title}" repeats more often than once a week and is left out', _LOG)
    return kept


def _by_rule(title: str, first: date, rule: Mapping[str, Any], over: Span) -> list[date]:
    frequency = str((rule.get("FREQ") or ["?"])[0]).upper()
    if frequency not in _KNOWN:
        raise TooOften(f'"{title}" repeats {frequency.lower()} and is left out', _LOG)
    ends = [_last_day(until) for until in rule.get("UNTIL", ())]
    last = min([*ends, over.last])
    try:
        every = rrulestr(_written(rule), dtstart=datetime.combine(first, time.min))
        found = every.xafter(datetime.combine(over.first, time.min), inc=True)
        near = (moment.date() for moment in islice(found, over.days))
        return [day for day in near if day <= last]
    except (ValueError, TypeError, KeyError, IndexError, OverflowError) as error:
        raise Fault(f'how "{title}" repeats cannot be read ({error})', _LOG) from error


def _written(rule: Mapping[str, Any]) -> str:
    """The rule without its end, which is held against days: times and zones would mix."""
    kept = {key: value for key, value in rule.items() if key.upper() != "UNTIL"}
    return ";".join(f"{key}={','.join(map(str, _texts(value)))}" for key, value in kept.items())


def _texts(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _last_day(until: Any) -> date:
    return until.date() if isinstance(until, datetime) else until
