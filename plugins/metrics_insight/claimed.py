"""The ledger in words: what would prove a reading wrong, what its test says, how it turned out."""

from __future__ import annotations

from catalogue import Catalogue
from metrics_insight import wording
from metrics_insight.claim import Check
from metrics_insight.insight import Account
from metrics_insight.model import Metric
from metrics_insight.standing import Record, Standing, Trial

PER = 1000


def account(standing: Standing, words: Catalogue) -> Account:
    """All that a card says of its check and verdict; "" for each thing there is nothing of."""
    verdict = standing.verdict
    return Account(
        status=standing.status,
        check=check(standing, words),
        state=state(standing, words),
        test=test(standing, words),
        verdict=words.say(f"ledger.{_key(verdict)}") if verdict else "",
        against=words.say("ledger.against") if standing.is_against else "",
    )


def check(standing: Standing, words: Catalogue) -> str:
    """What would prove the reading wrong: "readers below 1,250 on 1 June 2025"."""
    asked = standing.check
    if asked is None or standing.metric is None:
        return ""
    side = "below" if asked.is_below else "above"
    limit = value(asked, asked.limit, words)
    what = subject(asked, standing.metric, standing.per, words)
    if asked.since is None:
        return words.say(f"ledger.{side}", what=what, limit=limit, day=words.day(asked.day))
    since, day = words.day(asked.since), words.day(asked.day)
    return words.say(f"ledger.change_{side}", what=what, limit=limit, since=since, day=day)


def state(standing: Standing, words: Catalogue) -> str:
    """Whether somebody has to do something: open until a day, due, retired; else nothing."""
    asked, ended, status = standing.check, standing.retired, standing.status
    if status == "retired" and ended:
        return words.say("ledger.is_retired", day=words.day(ended.day), why=ended.why)
    if asked is None or status not in ("open", "due"):
        return ""
    return words.say(f"ledger.is_{status}", day=words.day(asked.day))


def test(standing: Standing, words: Catalogue) -> str:
    """What the test found on its day, and what that means for the reading; "" before its day."""
    asked, tested = standing.check, standing.tested
    if asked is None or tested is None or standing.metric is None:
        return ""
    label = subject(asked, standing.metric, standing.per, words)
    if tested.value is None:
        day = words.day(tested.day or asked.day)
        why = words.say(f"ledger.why_{_key(tested.why)}", what=label, day=day)
        return words.say("ledger.cannot", why=why)
    outcome = words.say(f"ledger.test_{_key(tested.outcome)}")
    return words.say("ledger.test", found=found(asked, tested, words), outcome=outcome)


def found(asked: Check, tested: Trial, words: Catalogue) -> str:
    """The value that a test compared, with the days of the readings it rests on."""
    day = words.day(min(point.day for point in tested.readings))
    told = value(asked, tested.value or 0.0, words)
    if asked.since is None:
        return words.say("ledger.found", n=len(tested.readings), value=told, day=day)
    since = words.day(min(point.day for point in tested.base))
    return words.say("ledger.found_change", value=told, since=since, day=day)


def subject(asked: Check, metric: Metric, per: Metric | None, words: Catalogue) -> str:
    """What is compared, inside a sentence: "readers", "replies for every 1,000 readers"."""
    label = wording.in_a_sentence(metric)
    if per is None:
        return label
    number = words.number(_per(asked))
    return words.say("ledger.ratio", label=label, number=number, unit=per.unit)


def value(asked: Check, compared: float, words: Catalogue) -> str:
    """A value as it is compared: in full, so many for every 1,000, or a signed percentage."""
    if asked.since:
        sign = "+" if compared >= 0 else ""
        return words.say("ledger.percent", value=sign + _precise(100 * compared, words))
    return _precise(compared * _per(asked), words) if asked.per else words.count(compared)


def record(told: Record, words: Catalogue) -> tuple[str, ...]:
    """The public record in sentences: the verdicts, beside them those against their tests."""
    if not told.checked:
        return (words.say("ledger.no_record"),)
    said = words.say(
        "ledger.record",
        n=told.checked,
        held=words.number(told.held_up),
        failed=words.number(told.did_not_hold_up),
        unsure=words.number(told.cannot_tell),
    )
    return (said, *([words.say("ledger.record_against", n=told.against)] if told.against else []))


def _per(asked: Check) -> int:
    return 1 if not asked.per else 100 if "%" in asked.written and not asked.since else PER


def _precise(number: float, words: Catalogue) -> str:
    """A reckoned number with three digits at least, and no digit that only division made."""
    return words.count(float(f"{number:.4g}") if abs(number) < 1000 else round(number))


def _key(words: str | None) -> str:
    return (words or "").replace(" ", "_")
