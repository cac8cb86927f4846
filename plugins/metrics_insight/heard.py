"""A picture in words: for whoever does not see it, and for beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from catalogue import Catalogue
from metrics_insight import wording
from metrics_insight.insight import Mark, Panel
from metrics_insight.model import Span

MOST_ALT = 250
MOST_LABEL = 90
MOST_DAYS = 3
"""More changes than these are counted, not dated."""


def alt(panels: Sequence[Panel], marks: Sequence[Mark], window: Span, words: Catalogue) -> str:
    """What the picture shows, in one sentence of at most 250 characters.

    Kind, measure, span, start and end; then as much of what happened as there is room for: how
    many marked events moved it, lasting changes, changes in counting, the panels below.
    """
    told = [_shape(panels[0], window, words)]
    for clause in _happened(panels, marks, window, words):
        if len("; ".join([*told, clause])) < MOST_ALT:
            told.append(clause)
    return words.say("alt.sentence", told="; ".join(told))


def caption(panels: Sequence[Panel], words: Catalogue) -> str:
    """What the expected range is, or why there is none; the signs are explained in the picture."""
    forms = {panel.kind if panel.is_daily else "irregular" for panel in panels if panel.bands}
    if not forms:
        return words.say("caption.none")
    return words.say(f"caption.band_{forms.pop() if len(forms) == 1 else 'mixed'}")


def _shape(panel: Panel, window: Span, words: Catalogue) -> str:
    points = [point for point in panel.points if point.day in window]
    values = [point.value for point in points]
    label = _short(panel.label, MOST_LABEL)
    days = wording.span(window, words)
    if not values:
        return words.say("alt.empty", label=label, span=days)
    form = (panel.kind if panel.is_daily else "irregular") if len(values) > 1 else "alone"
    ends = {
        "start": _start(panel, window),
        "end": values[-1],
        "low": min(values),
        "high": max(values),
    }
    counts = {key: words.count(value) for key, value in ends.items()}
    return words.say(f"alt.{form}", n=len(points), label=label, span=days, **counts)


def _start(panel: Panel, window: Span) -> float:
    """Where the line inside the window starts: a running total at what it was just before."""
    run = next(run for run in panel.runs if run[-1].day >= window.first)
    inside = next(n for n, point in enumerate(run) if point.day >= window.first)
    return run[max(0, inside - 1) if panel.kind == "stock" else inside].value


def _happened(
    panels: Sequence[Panel], marks: Sequence[Mark], window: Span, words: Catalogue
) -> Iterator[str]:
    """What happened, a clause each, the most telling first."""
    main = panels[0]
    if events := [mark for mark in marks if mark.day not in main.breaks]:
        yield _attributed(events, words)
    lasting = [shift.day for shift in main.shifts if shift.kind == "rate"]
    for key, found in (("lasting", lasting), ("counting", main.breaks)):
        if days := [day for day in found if day in window]:
            yield _dated(key, days, words)
    if main.stuck and any(span.last >= window.first for span in main.stuck):
        yield words.say("alt.stuck")
    if len(panels) > 1:
        labels = wording.listed([_short(one.label, MOST_LABEL) for one in panels[1:]], words)
        yield words.say("alt.below", labels=labels)


def _attributed(events: Sequence[Mark], words: Catalogue) -> str:
    """How many marked events moved the number; none did only of those that were tested."""
    moved, tested = (sum(one) for one in zip(*((m.moved, m.tested) for m in events), strict=True))
    if moved:
        return words.say("alt.moved", n=len(events), moved=moved)
    if 0 < tested < len(events):
        return words.say("alt.still_tested", n=tested, all=len(events))
    return words.say("alt.still" if tested else "alt.untested", n=len(events))


def _dated(key: str, days: Sequence[date], words: Catalogue) -> str:
    """What happened on some days; of many only how many they are."""
    if len(days) > MOST_DAYS:
        return words.say(f"alt.{key}_often", n=len(days))
    return words.say(f"alt.{key}", days=wording.listed([words.day(day) for day in days], words))


def _short(label: str, most: int) -> str:
    return label if len(label) <= most else label[: most - 1].rstrip() + "…"
