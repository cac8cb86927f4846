"""A number in prose held against what was recorded, at the precision at which it is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from metrics_insight import wording
from metrics_insight.errors import Fault
from metrics_insight.model import Dataset
from metrics_insight.numbers import named, spellings, written
from metrics_insight.numbers.named import Recorded
from metrics_insight.numbers.written import Written


@dataclass(frozen=True)
class Checked:
    """A number that is right: what was recorded, and what is doubtful about it."""

    recorded: Recorded
    doubt: Fault | None = None


def check(words: str, target: str, dataset: Dataset, language: str = "en") -> Checked:
    """What the words of a metric link rest on. Raises `Fault` where they say something else."""
    recorded = named.find(target, dataset)
    said = written.read(" ".join(words.split()), language)
    truth = _in_units_of(said, recorded)
    if recorded.is_difference and said.is_falling:
        truth = -truth
    if not said.holds(truth):
        told = recorded.told(wording.catalogue(language))
        right = _turned(said, recorded.value) if _turns(said, recorded) else said.right(truth)
        raise Fault(f'"{_short(words)}" is wrong: {told}', f'write "{right}"')
    return Checked(recorded, recorded.doubt)


def _in_units_of(said: Written, recorded: Recorded) -> Fraction:
    """The recorded value in the units in which the author wrote: of a share per 100, per 1,000."""
    if said.per == 1 or recorded.nature in ("share", "level"):
        return recorded.value * said.per
    if recorded.nature == "percent" and said.per == 100:
        return recorded.value
    share = f"metric:{recorded.name}/OTHER@{recorded.days[-1]}"
    wrong = f"{recorded.name} is no share"
    right = "write it in its own units" if recorded.is_difference else f"or name what of: {share}"
    raise Fault(f'"{_short(str(said))}" is one, and {wrong}', right)


def _turns(said: Written, recorded: Recorded) -> bool:
    """Whether the words speak of more where it fell, or of fewer where it rose."""
    more = spellings.of(said.language).more
    rises = bool(more) and more in f"{said.head} {said.tail}".lower().split()
    fell = recorded.value < 0
    return recorded.is_difference and (rises if fell else said.is_falling)


def _turned(said: Written, difference: Fraction) -> str:
    """The difference in words that say which way it went: 120 fewer."""
    spelling = spellings.of(said.language)
    word = spelling.fewer if difference < 0 else spelling.more
    tail = f" {word}" if word else ""
    plain = replace(said, head="", tail=tail, scale=1, per=1, decimals=0, looseness="exact")
    return plain.right(abs(difference) if word else difference)


def _short(words: str, most: int = 60) -> str:
    shown = " ".join(words.split())
    return shown if len(shown) <= most else shown[: most - 1] + "…"
