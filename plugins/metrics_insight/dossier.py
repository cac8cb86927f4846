"""All that a finder needs: a request whose names and days are found in the data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from metrics_insight.engine.answer import Analysis
from metrics_insight.engine.effects import Verdict
from metrics_insight.model import Event, Request, Series, Span
from metrics_insight.standing import UNCLAIMED, Standing


@dataclass(frozen=True)
class Dossier:
    """A request with its names and window found in the data.

    ``events`` are those that concern the series. ``reckon`` makes the analysis, which speaks
    of the whole series and of the events that it was given; nothing is reckoned before a
    finder asks for it. What it found is told of the days in ``told``: of a card the window,
    of a whole file its span. Each companion is a dossier of its own, over the same window.
    ``has_log`` says that there is a log at all, which an empty one is too. ``ticks`` are the
    days of the author's own posts, shown and never tested. ``standing`` is what became of what
    the author claimed.
    """

    request: Request
    series: Series
    window: Span
    told: Span
    reckon: Callable[[], Analysis] = field(repr=False, compare=False)
    events: tuple[Event, ...] = ()
    companions: tuple[Dossier, ...] = ()
    has_log: bool = True
    ticks: tuple[date, ...] = ()
    standing: Standing = UNCLAIMED

    @cached_property
    def analysis(self) -> Analysis:
        """What was found in the whole series, reckoned when it is first asked for."""
        return self.reckon()

    @property
    def inside(self) -> tuple[Event, ...]:
        """The events that fall in the window."""
        return tuple(event for event in self.events if event.falls_in(self.window))

    @property
    def judged(self) -> tuple[tuple[Event, Verdict], ...]:
        """The events of the days spoken of, each with its verdict."""
        analysis = self.analysis
        pairs = ((analysis.events[verdict.index], verdict) for verdict in analysis.verdicts)
        return tuple(pair for pair in pairs if pair[0].falls_in(self.told))

    @property
    def changes(self) -> tuple[Event, ...]:
        """The changes in the way of counting, in order of time."""
        return tuple(event for event in self.events if event.is_counting_change)

    @property
    def comparable(self) -> Series:
        """The readings that may be held against the window's first day: since counting changed."""
        days = [event.date for event in self.changes if event.date <= self.window.first]
        since = max(days, default=date.min)
        return self.series.within(Span(since, date.max))
