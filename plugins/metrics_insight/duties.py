"""What a card's author owes its readers: how sure, who and when, words for a verdict."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from metrics_insight.dossier import Dossier
from metrics_insight.errors import Fault

Part = tuple[str, str, int]
"""A label ("" for the reading), the words below it, and their line in the block."""

_SURE = re.compile(
    r"\b(?:un)?likely\b|\b(?:im)?plausibl[ey]\b|\bcan(?:not|[’']t| not) tell\b", re.IGNORECASE
)
_NAMED_DAYS = (
    "January February March April May June July August September October November December "
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
).replace(" ", "|")
_WHEN = re.compile(
    rf"\b(?:{_NAMED_DAYS}|\d{{4}}-\d\d|(?:19|20)\d\d|Q[1-4]|[Tt]oday|[Tt]onight|[Tt]omorrow)\b"
    r"|\b(?:next|this|every|each|one|a|\d+)\s"
    r"(?:days?|weeks?|months?|quarters?|years?|spring|summer|autumn|winter)\b"
)
_CAPITAL = r"[^\W\d_a-z][\w’'-]*"
_WHO = re.compile(
    rf"\b(?:I|[Ww]e|me|us)\b|(?<=[^\s.!?:] )[(*_]*{_CAPITAL}|\({_CAPITAL}"
    rf"|^\W*{_CAPITAL}(?: {_CAPITAL})?(?: will| shall| has| is|:)"
)
_NOT_A_NAME = re.compile(rf"\b(?:{_NAMED_DAYS})\b")
_NOTHING = re.compile(r"^\W*nothing\b", re.IGNORECASE)


def sureness(parts: Iterable[Part]) -> list[Fault]:
    """A fault for a reading that does not say how sure it is."""
    reading = [(words, line) for label, words, line in parts if not label]
    if not reading or any(_SURE.search(words) for words, _ in reading):
        return []
    right = "write likely, plausible or cannot tell"
    return [Fault("the reading does not say how sure it is", right, reading[0][1])]


def steps(parts: Iterable[Part]) -> Iterable[Fault]:
    """A fault for each next step without a name or a time; nothing to do is a decision."""
    for label, words, line in parts:
        if label != "Next" or _NOTHING.match(words):
            continue
        missing = [
            word
            for word, is_there in (
                ("who", _WHO.search(_NOT_A_NAME.sub("", words))),
                ("when", _WHEN.search(words)),
            )
            if not is_there
        ]
        if missing:
            wrong = f"the next step does not say {' and '.join(missing)}"
            right = "write it as: … (Ana, by 20 March), or: nothing, and that is a decision"
            yield Fault(wrong, right, line)


def verdicts(dossier: Dossier, labels: Sequence[str]) -> Iterable[Fault]:
    """Faults of a verdict: without words or its line, on what nobody claimed, before its day."""
    request, standing = dossier.request, dossier.standing
    line = request.line_of("verdict")
    if request.verdict is None:
        if "Verdict" in labels:
            right = "write verdict: held up, did not hold up or cannot tell above your words"
            yield Fault("the verdict stands in words only, and is not counted", right)
        return
    if "Verdict" not in labels:
        yield Fault("the verdict has no words", "write Verdict: and a line of your own", line)
    if request.check is None:
        wrong = "the verdict is on a reading that nothing could prove wrong"
        yield Fault(wrong, "write a line check: … above it", line)
    elif standing.tested is None:
        wrong = f"the verdict comes before {request.check.day}, the day of the check"
        yield Fault(wrong, "wait for the data, or correct the day", line)


def checks(dossier: Dossier) -> Iterable[Fault]:
    """A fault for a check whose answer was known when the reading was written."""
    check = dossier.request.check
    if check is not None and check.day <= dossier.window.last:
        wrong = f"the check falls on {check.day}, and the window ends on {dossier.window.last}"
        yield Fault(wrong, "name a later day", dossier.request.line_of("check"))
