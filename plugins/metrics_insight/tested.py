"""The sentences of what was tested: changes, events, relationships, each with its interval."""

from __future__ import annotations

from collections.abc import Sequence

from catalogue import Catalogue
from metrics_insight.finding import ChangeFound, EventMoved, EventsSilent, Interval, KeptPace, Slip
from metrics_insight.model import Event, Metric, Span
from metrics_insight.wording import about, in_a_sentence, listed, span

PER = 1000
"""A companion is told per so many of the main number."""


def slip(finding: Slip, words: Catalogue) -> str:
    """What was cleaned: "It fell by 412 in one day, 3 May 2025; …"."""
    key = finding.kind.replace("-", "_")
    amount = words.count(abs(finding.amount))
    return words.say(f"slip.{key}", span=span(finding.span, words), amount=amount)


def change(finding: ChangeFound, words: Catalogue) -> str:
    """A claimed change, what coincides with it, and whether what it brought stayed."""
    falls = finding.after < finding.before
    told = words.say(
        f"change.{finding.kind}_{'fall' if falls else 'rise'}_{finding.metric.kind}",
        began=_began(finding.began, words),
        before=about(finding.before, words),
        after=about(finding.after, words),
        interval=_interval(finding.low, finding.high, words),
    )
    return " ".join(filter(None, (told, _explained(finding, words), _stayed(finding, words))))


def moved(finding: EventMoved, words: Catalogue) -> str:
    """An event with which the number moved: by how much against what was to be expected."""
    difference = finding.difference
    told = words.say(
        f"event.{'more' if difference.value > 0 else 'fewer'}",
        n=finding.days,
        event=_named(finding.event, words),
        label=in_a_sentence(finding.metric),
        extra=about(abs(difference.value), words),
        expected=about(finding.expected, words),
        interval=_interval(difference.low, difference.high, words),
    )
    lasting = {True: "event.lasted", False: "event.passed", None: ""}[finding.lasting]
    return f"{told} {words.say(lasting)}" if lasting else told


def silent(finding: EventsSilent, words: Catalogue) -> str:
    """Events without a visible effect, and the smallest that would have shown."""
    told = words.say("event.silent", events=named(finding.events, words))
    shares = sorted(share for share in finding.smallest if share < 10)
    if not shares:
        return told
    low, high = (f"{words.number(100 * share)}%" for share in (shares[0], shares[-1]))
    key = "event.smallest" if low == high else "event.smallest_range"
    return f"{told[:-1]}; {words.say(key, low=low, high=high)}"


def kept_pace(finding: KeptPace, words: Catalogue) -> str:
    """A companion per 1,000 of the main number, before and after the largest change."""
    label, unit = finding.companion.label, _unit(finding.metric)
    if finding.ratio is None or finding.before is None or finding.after is None:
        return words.say("pace.unknown", companion=label, unit=unit)
    return words.say(
        f"pace.{_pace(finding, finding.ratio)}",
        companion=label,
        unit=unit,
        per=words.number(PER),
        before=about(PER * finding.before, words),
        after=about(PER * finding.after, words),
        low=words.number(finding.ratio.low, decimals=2),
        high=words.number(finding.ratio.high, decimals=2),
    )


def named(events: Sequence[Event], words: Catalogue) -> str:
    """Events by title and day, in a row."""
    return listed([_named(event, words) for event in events], words)


def _named(event: Event, words: Catalogue) -> str:
    return words.say("event.named", title=event.title, day=words.day(event.date))


def _began(days: Span, words: Catalogue) -> str:
    key = "change.on" if days.first == days.last else "change.between"
    return words.say(
        key, span=span(days, words), first=words.day(days.first), last=words.day(days.last)
    )


def _interval(low: float | None, high: float | None, words: Catalogue) -> str:
    if low is None or high is None:
        return ""
    return words.say("interval.difference", low=about(low, words), high=about(high, words))


def _explained(finding: ChangeFound, words: Catalogue) -> str:
    """The event that coincides, those it is not attributed to, or the question for one."""
    titles = [words.say("event.title", title=title) for title in finding.explained or finding.near]
    if finding.explained:
        return words.say("change.explained", events=listed(titles, words))
    if finding.near:
        return words.say("change.near", n=len(titles), events=listed(titles, words))
    return words.say("change.unexplained")


def _stayed(finding: ChangeFound, words: Catalogue) -> str:
    if finding.stayed is None or finding.after <= finding.before:
        return ""
    return words.say("change.stayed" if finding.stayed else "change.left")


def _unit(metric: Metric) -> str:
    return metric.unit or in_a_sentence(metric)


def _pace(finding: KeptPace, ratio: Interval) -> str:
    if not finding.claimed:
        return "alike"
    return "behind" if ratio.value < 1 else "ahead"
