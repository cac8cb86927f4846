"""The nouns of what an author commits to: a check, a verdict, a quotation, a metric's end."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Outcome = Literal["held up", "did not hold up", "cannot tell"]
OUTCOMES: tuple[Outcome, ...] = ("held up", "did not hold up", "cannot tell")
"""What became of a reading: said by its author as a verdict, by the machine of a test."""
Status = Literal["open", "due", "held up", "did not hold up", "cannot tell", "retired"]
STATUSES: tuple[Status, ...] = ("due", "open", *OUTCOMES, "retired")
"""Where a card stands, in the order in which they are told: first what somebody has to do."""


@dataclass(frozen=True)
class Check:
    """What would prove a reading wrong: true on its ``day``, the reading did not hold up.

    The value of ``metric`` on that day, or of ``metric`` divided by ``per``, lies below the
    ``limit`` (``is_below``) or above it. With ``since`` it is the change from that day on, and
    the limit a share: 0.05 for +5 %. ``written`` is the line as the author wrote it.
    """

    day: date
    metric: str
    limit: float
    is_below: bool
    per: str = ""
    since: date | None = None
    written: str = field(default="", compare=False)

    @property
    def names(self) -> tuple[str, ...]:
        """The metrics it needs, as they were written."""
        return (self.metric, self.per) if self.per else (self.metric,)


@dataclass(frozen=True)
class Quote:
    """Another post's card: the post by its slug, the card by its id; ``line`` in the block."""

    slug: str
    id: str
    line: int = field(default=0, compare=False)

    @property
    def written(self) -> str:
        """As an author writes it: SLUG#ID."""
        return f"{self.slug}#{self.id}"


@dataclass(frozen=True)
class Retired:
    """The end of a metric: since when, why, what was learned of it, what is used instead."""

    day: date
    why: str
    learned: str = ""
    instead: str = ""
