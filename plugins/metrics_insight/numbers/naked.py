"""Numbers beside a metric's word without a link: a reader cannot check them, nor can a build."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from metrics_insight import wording
from metrics_insight.errors import Fault
from metrics_insight.model import Dataset, Metric, Point, Series
from metrics_insight.numbers import named, prose, spellings, written
from metrics_insight.numbers.prose import Line

WORDS = frozenset(
    "follower followers subscriber subscribers reader readers viewer viewers view views like likes "
    "visitor visitors visit visits click clicks download downloads share shares reply replies "
    "member members fan fans repost reposts boost boosts mention mentions impression impressions "
    "listener listeners play plays donor donors".split()
)
_SHORTEST = 3
_YEAR = re.compile(r"(?:1[5-9]|2[0-4])\d\d$")
_LINKED = re.compile(
    r"!?\[(?:[^\[\]]|\[[^\[\]]*\])*\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]]*\])"
)
_QUOTED = re.compile(
    r"“[^”]*”|„[^“”]*[“”]|«[^»]*»|(?<!\w)\"[^\"]*\"(?!\w)|<(?:q|blockquote)\b.*?</"
)
_MARKS = re.compile(r"[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}|<[^<>]*>")
_TIME = (
    r"\s*(?:days?|weeks?|months?|years?|hours?|minutes?|o’clock|am|pm|january|february|march|april"
    r"|may|june|july|august|september|october|november|december)\b"
)
_BEFORE = r"(?:to|by|at|reached|passed|hit|were|was|is|are|numbered|totalled)"


@dataclass(frozen=True)
class Naked:
    """A number found beside a metric's word: the words, the number alone, the word, the line."""

    words: str
    number: str
    metric: str
    line: int


def find(text: str, words: frozenset[str], language: str = "en") -> tuple[Naked, ...]:
    """Every number of a post beside one of the words, outside of links, code and quotations."""
    pattern = _pattern(words, language)
    if not pattern.search(_MARKS.sub("", text)):
        return ()
    found = (one for line in prose.lines(text) if _counts(line) for one in _on(line, pattern))
    return tuple(found)


def vocabulary(dataset: Dataset) -> frozenset[str]:
    """The words that say what is counted: the common ones and those of the site's own labels."""
    return WORDS.union(*(words_of(series.metric) for series in dataset.series))


@lru_cache(maxsize=512)
def words_of(metric: Metric) -> frozenset[str]:
    """The words by which prose calls a metric: of its unit and column the last, of its label some.

    From "New volunteers (illustrative)" and "Twitter followers of @docker" it takes the plural
    before the first "of", "in" or bracket.
    """
    head = re.split(r"\W(?:of|in|from|at|on|by|for|to)\W|[(@“\"]", metric.label.lower())[0]
    said = re.findall(r"[^\W\d_]+", head)
    lasts = [re.findall(r"[^\W\d_]+", one.lower())[-1:] for one in (metric.unit, metric.column)]
    plural = [word for word in said if word.endswith("s")] or said[-1:]
    found = {*plural, *(word for last in lasts for word in last)}
    return frozenset(word for word in found if len(word) >= _SHORTEST)


def told(found: Naked, dataset: Dataset, likely: Sequence[str], day: date | None) -> Fault:
    """What to write instead, with the recorded value where the metric can be guessed.

    ``likely`` are the metrics that the post names elsewhere, ``day`` is the post's.
    """
    wrong = f'"{found.words}" stands without its context'
    silence = "or <!-- no context --> on the line"
    series = guess(found.metric, dataset, likely)
    if series is None:
        return Fault(wrong, f"write [{found.words}](metric:NAME@DATE), {silence}", found.line)
    point, fits = _reading(series, found, day)
    link = f"[{found.words}](metric:{series.metric.name}@{point.day if fits else 'DATE'})"
    had = f"was {wording.catalogue('en').count(point.value)} on {point.day}"
    return Fault(wrong, f"write {link} ({series.metric.name} {had}), {silence}", found.line)


def guess(word: str, dataset: Dataset, likely: Iterable[str]) -> Series | None:
    """The metric that a word means: the only one of that name, or the only one the post names."""
    known = [one for one in dataset.series if one.points and word in words_of(one.metric)]
    near = {one.metric.name for name in likely for one in dataset.named(name)}
    chosen = [one for one in known if one.metric.name in near] if len(known) > 1 else known
    return chosen[0] if len(chosen) == 1 else None


def _reading(series: Series, found: Naked, day: date | None) -> tuple[Point, bool]:
    """The newest reading up to a day that the number fits; else the newest, and False."""
    points = [point for point in series.points if day is None or point.day <= day]
    points = points or list(series.points)
    try:
        said = written.read(found.words)
    except Fault:
        return points[-1], False
    fitting = (point for point in reversed(points) if said.holds(named.exact(point.value)))
    return next(((point, True) for point in fitting), (points[-1], False))


def _counts(line: Line) -> bool:
    return not (line.is_header or line.is_silenced or line.text.lstrip().startswith(">"))


def _on(line: Line, pattern: re.Pattern[str]) -> Iterator[Naked]:
    bare = _MARKS.sub("", _QUOTED.sub("“”", _LINKED.sub("[]", line.text)))
    for found in pattern.finditer(bare):
        first = found["number"] is not None
        number = found["number"] if first else found["later"]
        if not _YEAR.match(number):
            word = (found["word"] if first else found["earlier"]).lower()
            yield Naked(" ".join(found[0].split()), number, word, line.number)


@lru_cache(maxsize=16)
def _pattern(words: frozenset[str], language: str) -> re.Pattern[str]:
    """A number, at most two words and a metric's word; or the word, a verb and a number."""
    spelling = spellings.of(language)
    loosely = (*spelling.about, *spelling.nearly, *spelling.over)
    loose = "|".join(map(re.escape, sorted(loosely, key=len, reverse=True)))
    known = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    scales = "|".join(map(re.escape, sorted(spelling.scales, key=len, reverse=True)))
    number = rf"{written.NUMBER}(?:\s?(?:{scales})\b)?(?:\s?[%‰])?"
    between = r"(?:[^\W\d][\w’'-]*\s+){0,2}?"
    return re.compile(
        rf"(?:(?<!\w)(?:{loose})\s+)?(?<![\w.,/@#-])(?P<number>{number})(?!{_TIME})\s+{between}"
        rf"(?P<word>{known})\b"
        rf"|\b(?P<earlier>{known})\b:?\s+(?:[^\W\d][\w’'-]*\s+){{0,2}}?{_BEFORE}\s+"
        rf"(?:(?:{loose})\s+)?(?P<later>{number})(?![\w/-])(?!{_TIME})",
        re.IGNORECASE,
    )
