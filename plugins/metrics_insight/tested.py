"""The sentences of what was tested: changes, events, relationships, each with its interval."""

from __future__ import annotations

from collections.abc import Sequence

from catalogue import Catalogue
from metrics_insight.finding import (
    ChangeFound,
    EventMoved,
    EventsSilent,
    EventsTogether,
    Interval,
    KeptPace,
    Slip,
)
from metrics_insight.model import Event, Metric, Span
from metrics_insight.wording import about, between, ends, in_a_sentence, listed, span

PER = 1000
"""A companion is told per so many of the main number."""
MOST_SHARE = 10
"""A share of the expected beyond this says less than the numbers themselves."""


def slip(finding: Slip, words: Catalogue) -> str:
    """What was cleaned: "It fell by 412 in one day, 3 May 2025; …"."""
    key = finding.kind.replace("-", "_")
    amount, days = words.count(abs(finding.amount)), span(finding.span, words)
    if finding.times > 1:
        return words.say(f"slip.many_{key}", n=finding.times, span=days, amount=amount)
    return words.say(f"slip.{key}", span=days, amount=amount)


def change(finding: ChangeFound, words: Catalogue) -> str:
    """A claimed change, what coincides with it, and whether what it brought stayed.

    With an event that moved the number its interval is told, and no second one.
    """
    low, high = (None, None) if finding.moved else (finding.low, finding.high)
    told = words.say(
        f"change.{finding.kind}_{_way(finding)}_{finding.metric.form}",
        began=_began(finding.began, words),
        before=about(finding.before, words),
        after=about(finding.after, words),
        lost=about(abs(finding.after), words),
        interval=_interval(low, high, words),
    )
    return " ".join(filter(None, (told, _explained(finding, words), _stayed(finding, words))))


def moved(finding: EventMoved, words: Catalogue) -> str:
    """An event with which the number moved: by how much against what was to be expected."""
    return " ".join(
        filter(None, (_effect(finding, _when(finding, words), words), _lasted(finding, words)))
    )


def _effect(finding: EventMoved, when: str, words: Catalogue) -> str:
    difference = finding.difference
    way = "more" if difference.value > 0 else "fewer"
    return words.say(
        f"event.{way}_{finding.metric.form}",
        when=when,
        label=finding.metric.label,
        unit=_unit(finding.metric),
        extra=about(abs(difference.value), words),
        expected=about(finding.expected, words),
        interval=_interval(difference.low, difference.high, words),
    )


def _lasted(finding: EventMoved, words: Catalogue) -> str:
    if finding.lasting is None:
        return ""
    passed = "passed_pace" if finding.metric.form == "stock" else "passed"
    key = f"event.{'lasted' if finding.lasting else passed}"
    return words.say(f"{key}_readings" if finding.readings else key)


def together(finding: EventsTogether, words: Catalogue) -> str:
    """Events too close to each other to be told apart: attributed to none."""
    names = {(event.title, event.date) for event in finding.events}
    form = {1: "alone", 2: "two"}.get(len(names), "more")
    return words.say(f"event.together_{form}", events=named(finding.events, words))


def silent(finding: EventsSilent, words: Catalogue) -> str:
    """Events without a visible effect, and the smallest that would have shown."""
    key = "event.silent_beside" if finding.beside_slip else "event.silent"
    told = words.say(key, events=named(finding.events, words))
    limit = _limit(finding, words)
    return f"{told[:-1]}; {limit}" if limit else told


def kept_pace(finding: KeptPace, words: Catalogue) -> str:
    """A companion per 1,000 of the main number, before a day and from it."""
    companion, ratio = finding.companion, finding.ratio
    if ratio is None or finding.before is None or finding.after is None:
        unit = _unit(finding.metric)
        return words.say("pace.unknown", companion=companion.label, unit=unit)
    told = words.say(
        "pace.ratio",
        what=_unit(companion),
        unit=_unit(finding.metric),
        per=words.number(PER),
        before=about(PER * finding.before, words),
        after=about(PER * finding.after, words),
        day=words.day(finding.day),
        days=words.number(finding.days),
        low=words.number(ratio.low, decimals=2),
        high=words.number(ratio.high, decimals=2),
    )
    rung = words.say(f"pace.{companion.rung}") if companion.rung else _unit(companion)
    main = in_a_sentence(finding.metric)
    key = f"pace.{_pace(finding, ratio)}"
    return words.say(key, companion=companion.label, main=main, rung=rung, ratio=told)


def named(events: Sequence[Event], words: Catalogue) -> str:
    """Events by title and day, in a row; one that was logged twice stands once."""
    return listed(list(dict.fromkeys(_named(event, words) for event in events)), words)


def _named(event: Event, words: Catalogue) -> str:
    return words.say("event.named", title=event.title, day=words.day(event.date))


def _began(days: Span, words: Catalogue) -> str:
    """On a day, or between two: between 5 and 6 February 2012."""
    key = between(days)
    return words.say(
        "change.on" if key == "one_day" else f"change.between_{key}",
        span=span(days, words),
        **ends(days, words),
    )


def _way(finding: ChangeFound) -> str:
    """Which way it went; of a single day, whether it brought or took."""
    if finding.kind == "jump":
        return "loss" if finding.after < 0 else "gain"
    return "fall" if finding.after < finding.before else "rise"


def _when(finding: EventMoved, words: Catalogue) -> str:
    event, around = _named(finding.event, words), finding.readings
    if around is None:
        return words.say("event.days", days=words.number(finding.days), event=event)
    first, last = words.day(around.first), words.day(around.last)
    return words.say("event.readings", first=first, last=last, event=event)


def _limit(finding: EventsSilent, words: Catalogue) -> str:
    """The smallest effect that would have shown, else the widest interval, else nothing."""
    days = finding.days
    key = "event.over_days" if days else "event.over_readings"
    over = words.say(key, days=words.number(days or 0))
    shares = sorted(finding.smallest)
    if shares and shares[-1] < 1:
        low, high = (about(100 * share, words) for share in (shares[0], shares[-1]))
        share = words.say("event.share" if low == high else "event.shares", low=low, high=high)
        return words.say(f"event.smallest_{finding.metric.form}", over=over, share=share)
    if shares and shares[-1] < MOST_SHARE:
        times = dict.fromkeys(about(1 + share, words) for share in (shares[0], shares[-1]))
        several = words.say("event.times", low=next(iter(times)), high=list(times)[-1])
        key = f"event.smallest_times_{finding.metric.form}"
        return words.say(key, over=over, times=several if len(times) > 1 else next(iter(times)))
    if finding.between is None:
        return ""
    low, high = (about(one, words) for one in finding.between)
    if low == high:
        return ""
    return words.say("event.unseen", over=over, low=low, high=high)


def _interval(low: float | None, high: float | None, words: Catalogue) -> str:
    if low is None or high is None:
        return ""
    return words.say("interval.difference", low=about(low, words), high=about(high, words))


def _explained(finding: ChangeFound, words: Catalogue) -> str:
    """The event that coincides, those it is not attributed to, or the question for one."""
    if finding.moved and len(finding.explained) == 1:
        return _with_event(finding.moved[0], words)
    titles = [words.say("event.title", title=title) for title in finding.explained or finding.near]
    if finding.explained:
        told = words.say("change.explained", events=listed(titles, words))
        return " ".join((told, *(moved(one, words) for one in finding.moved)))
    if finding.near and finding.together:
        return ""
    if finding.near:
        if len(titles) == 2:
            return words.say("change.near_two", events=listed(titles, words))
        return words.say("change.near", n=len(titles), events=listed(titles, words))
    return words.say("change.unexplained")


def _with_event(finding: EventMoved, words: Catalogue) -> str:
    """The one event that coincides, and by how much the number moved from its day."""
    event, around = _named(finding.event, words), finding.readings
    if around is None:
        when = words.say("change.with_days", event=event, days=words.number(finding.days))
    else:
        first, last = words.day(around.first), words.day(around.last)
        when = words.say("change.with_readings", event=event, first=first, last=last)
    return " ".join(filter(None, (_effect(finding, when, words), _lasted(finding, words))))


def _stayed(finding: ChangeFound, words: Catalogue) -> str:
    if finding.stayed is None or finding.after <= finding.before:
        return ""
    return words.say("change.stayed" if finding.stayed else "change.left")


def _unit(metric: Metric) -> str:
    return metric.unit or in_a_sentence(metric)


def _pace(finding: KeptPace, ratio: Interval) -> str:
    if not finding.claimed:
        return "alike"
    way = "behind" if ratio.value < 1 else "ahead"
    return f"{'grew' if finding.grew else 'still'}_{'more' if finding.rose else 'no_more'}_{way}"
