"""Words that name a cause, beside a metric in an author's reading: no count can show one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from metrics_insight.errors import Fault
from metrics_insight.numbers import prose

WORDS = (
    "caused", "causes", "thanks to", "drove", "drives", "driven by", "because of", "due to",
    "led to", "leads to", "resulted in", "results in", "brought about", "impact", "impacted",
    "boosted", "owing to", "as a result of", "went viral", "triggered", "fuelled",
)  # fmt: skip
RIGHT = (
    'a count shows that two things came together, never that one made the other: write "after", '
    '"while" or "coincides with", and how sure you are: likely, plausible or cannot tell'
)

_SPELLED = "|".join(word.replace(" ", r"\s+") for word in WORDS)
_CAUSE = re.compile(rf"\b({_SPELLED})\b", re.IGNORECASE)
_BLOCK = re.compile(r"(?:```|~~~)\s*insight")
_SENTENCE = re.compile(r"(?<=[.!?…])[”’\"*_)]*\s+|\n\s*\n")


def find(text: str, words: frozenset[str]) -> Iterator[Fault]:
    """A doubt for each such word in a sentence of an insight block that speaks of a metric.

    ``words`` are those of metrics; so is a number whose metric link the sentence holds.
    """
    if not (_BLOCK.search(text) and _CAUSE.search(text)):
        return
    for line in prose.lines(text):
        if line.is_in_block and not line.is_silenced:
            for sentence in _SENTENCE.split(line.text):
                found = _CAUSE.search(sentence)
                if found and (_metric(words).search(sentence) or "](metric:" in sentence):
                    yield Fault(f'"{found[0]}" names a cause', RIGHT, line.number)


@lru_cache(maxsize=16)
def _metric(words: frozenset[str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(words))) + r")\b", re.IGNORECASE)
