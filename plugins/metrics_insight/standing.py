"""The nouns of the ledger: where a card stands, what its test found, the record of them all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from metrics_insight.claim import Check, Outcome, Retired, Status
from metrics_insight.model import Metric, Point

Reason = Literal["", "no reading", "counting", "zero"]
"""Why a test cannot tell."""


@dataclass(frozen=True)
class Trial:
    """What a check found on its day: the outcome, the value it compared, what that rests on.

    ``readings`` are the metric's and that of the metric it is divided by, ``base`` the same for
    the day since which a change is meant. ``value`` is in the units of the check's limit, None
    where it cannot tell; then ``why`` says why, and ``day`` which day it concerns.
    """

    outcome: Outcome
    value: float | None = None
    readings: tuple[Point, ...] = ()
    base: tuple[Point, ...] = ()
    why: Reason = ""
    day: date | None = None


@dataclass(frozen=True)
class Standing:
    """Where a card stands: its check with the metrics in it, what the test found, the verdict.

    ``tested`` is None until the check is due.
    """

    check: Check | None = None
    metric: Metric | None = None
    per: Metric | None = None
    tested: Trial | None = None
    verdict: Outcome | None = None
    retired: Retired | None = None

    @property
    def status(self) -> Status:
        """One word for it; a metric's end closes what its data can no longer answer."""
        if self.verdict:
            return self.verdict
        if self.retired and (self.check is None or self.check.day > self.retired.day):
            return "retired"
        return "due" if self.tested else "open"

    @property
    def is_against(self) -> bool:
        """Whether the author's verdict is another than that of a test which could tell."""
        if self.verdict is None or self.tested is None or self.tested.outcome == "cannot tell":
            return False
        return self.verdict != self.tested.outcome


UNCLAIMED = Standing()


@dataclass(frozen=True)
class Record:
    """How many readings stand where: verdicts counted as their authors gave them.

    ``against`` counts the verdicts that are others than those of their tests.
    """

    held_up: int = 0
    did_not_hold_up: int = 0
    cannot_tell: int = 0
    against: int = 0
    due: int = 0
    open: int = 0
    retired: int = 0

    @classmethod
    def of(cls, standings: Iterable[Standing]) -> Record:
        """The record of all these cards; one without a check and a verdict claims nothing."""
        held = [one for one in standings if one.check or one.verdict]
        told = [one.status.replace(" ", "_") for one in held]
        against = sum(one.is_against for one in held)
        return cls(**{key: told.count(key) for key in sorted(set(told))}, against=against)

    @property
    def checked(self) -> int:
        """How many were closed with a verdict."""
        return self.held_up + self.did_not_hold_up + self.cannot_tell
