"""The report of one series: all findings, and the same as plain values for JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np

from metrics_insight.engine import effects
from metrics_insight.engine.baseline import Baseline
from metrics_insight.engine.change import Change, overlap
from metrics_insight.engine.cleaning import Item
from metrics_insight.engine.effects import FALSE_DISCOVERIES, Verdict
from metrics_insight.engine.paces import Paces
from metrics_insight.engine.relationships import Relationship
from metrics_insight.model import Event


@dataclass(frozen=True)
class Usual:
    """What is usual now: gains a day, the range of a calm week's days, the days it rests on."""

    per_day: float
    low: float
    high: float
    days: int


@dataclass(frozen=True)
class Analysis:
    """All findings of one series, in numbers and days counted from ``first``.

    ``is_daily`` says that it was read day by day, and not by the steps between its readings.
    ``ground`` is what it was read from, and ``seasons`` the lasting changes that come every
    year, which nobody is told: both for whoever draws what was to be expected.
    """

    metric: str
    kind: str
    rows: int
    first: date | None
    last: date | None
    gaps: tuple[tuple[int, int], ...]
    cleaned: tuple[Item, ...]
    usual: Usual | None
    changes: tuple[Change, ...]
    events: tuple[Event, ...]
    verdicts: tuple[Verdict, ...]
    relationships: tuple[Relationship, ...]
    is_daily: bool = True
    ground: Baseline | Paces | None = field(default=None, repr=False, compare=False)
    seasons: tuple[Change, ...] = field(default=(), repr=False, compare=False)

    def as_dict(self) -> dict[str, Any]:
        """The report as plain values for JSON, with the names the schema publishes."""
        return {
            "metric": self.metric,
            "kind": self.kind,
            "rows": self.rows,
            "first": _iso(self.first),
            "last": _iso(self.last),
            "gaps": [{"from": self._day(a), "to": self._day(b)} for a, b in self.gaps],
            "cleaned": [self._item(item) for item in self.cleaned],
            "usual": self._usual(),
            "changes": [self._change(change) for change in self.changes],
            "events": [self._event(verdict) for verdict in self.verdicts],
            "relationships": [_relationship(held) for held in self.relationships],
            "sentences": [],
            "tested": {
                "events": sum(bool(verdict.effects) for verdict in self.verdicts),
                "windows": sum(len(verdict.effects) for verdict in self.verdicts),
                "false_discovery_rate": FALSE_DISCOVERIES,
            },
        }

    def explained_by(self, change: Change) -> list[int]:
        """The events that moved the number where this change stands."""
        return [v.index for v in self.verdicts if v.verdict == "moved" and _meets(v, change)]

    def _usual(self) -> dict[str, Any] | None:
        """The usual day, None where it or its range is beyond any number."""
        told = vars(self.usual).copy() if self.usual else None
        return told if told and np.isfinite(list(told.values())).all() else None

    def _day(self, index: int) -> str:
        return ((self.first or date.min) + timedelta(days=index)).isoformat()

    def _item(self, item: Item) -> dict[str, Any]:
        days = {"from": self._day(item.first), "to": self._day(item.last)}
        return {"kind": item.kind, **days, "amount": _plain(item.amount)}

    def _change(self, change: Change) -> dict[str, Any]:
        low, high = change.interval or (None, None)
        return {
            "date": self._day(change.day),
            "earliest": self._day(change.earliest),
            "latest": self._day(change.latest),
            "kind": change.kind,
            "before": _plain(change.before),
            "after": _plain(change.after),
            "low": _plain(low),
            "high": _plain(high),
            "explained_by": self.explained_by(change),
        }

    def _event(self, verdict: Verdict) -> dict[str, Any]:
        event = self.events[verdict.index]
        return {
            "index": verdict.index,
            "date": event.date.isoformat(),
            "title": event.title,
            "kind": event.kind,
            "verdict": verdict.verdict,
            "lasting": None if verdict.lasting is None else bool(verdict.lasting),
            "effects": [_effect(effect) for effect in verdict.effects],
            "smallest_visible": _plain(verdict.smallest_visible),
        }


def _meets(verdict: Verdict, change: Change) -> bool:
    return verdict.change is not None and overlap(verdict.change, change)


def _effect(effect: effects.Effect) -> dict[str, Any]:
    return {
        "days": effect.days,
        "extra": _plain(effect.extra),
        "low": _plain(effect.low),
        "high": _plain(effect.high),
        "expected": _plain(effect.expected),
        "p": _plain(effect.p),
        "claimed": bool(effect.claimed),
    }


def _relationship(held: Relationship) -> dict[str, Any]:
    numbers = {
        key: _plain(getattr(held, key)) for key in ("before", "after", "ratio", "low", "high")
    }
    return {"metric": held.metric, "per": held.per, **numbers, "claimed": bool(held.claimed)}


def _plain(value: float | None) -> float | None:
    return float(value) if value is not None and np.isfinite(value) else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
