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
_NUMBER = re.compile(rf"(?<![\w.,/@#-]){written.NUMBER}")
_NEAR = 80
"""So many letters before a number are looked at."""
_TIME = (
    r"\s*(?:days?|weeks?|months?|years?|hours?|minutes?|o’clock|am|pm|january|february|march|april"
    r"|may|june|july|august|september|october|november|december)\b"
)
_VERBS = "to by at reached passed hit were was is are numbered totalled".split()
_ENDS = re.compile(rf"(?:\s?[%‰])?(?![\w/-])(?!{_TIME})", re.IGNORECASE)


@dataclass(frozen=True)
class Naked:
    """A number found beside a metric's word: the words, the number alone, the word, the line."""

    words: str
    number: str
    metric: str
    line: int


def find(text: str, words: frozenset[str], language: str = "en") -> tuple[Naked, ...]:
    """Every number of a post beside one of the words, outside of links, code and quotations."""
    beside = _beside(words, language)
    if not any(beside.find(text)):
        return ()
    return tuple(one for line in prose.lines(text) if _counts(line) for one in _on(line, beside))


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
    value, room = float(said.value), float(said.unit) + abs(float(said.value)) / 10
    near = (point for point in reversed(points) if abs(point.value - value) <= room)
    fitting = (point for point in near if said.holds(named.exact(point.value)))
    return next(((point, True) for point in fitting), (points[-1], False))


def _counts(line: Line) -> bool:
    return not (line.is_header or line.is_silenced or line.text.lstrip().startswith(">"))


def _on(line: Line, beside: _Beside) -> Iterator[Naked]:
    bare = _QUOTED.sub("“”", _LINKED.sub("[]", line.text))
    for words, number, metric in beside.find(bare):
        if not _YEAR.match(number):
            yield Naked(prose.plain(words), number, metric.lower(), line.number)


@dataclass(frozen=True)
class _Beside:
    """What may stand after a number, and what before one, to make it a count of something.

    A text is searched for its numbers and looked at around them: most posts have few.
    """

    after: re.Pattern[str]
    before: re.Pattern[str]
    loose: re.Pattern[str]
    lasts: frozenset[str]

    def find(self, text: str) -> Iterator[tuple[str, str, str]]:
        """The words, the number and the metric's word of each count in a text."""
        for number in _NUMBER.finditer(text):
            near = text[max(number.start() - _NEAR, 0) : number.start()]
            if after := self.after.match(text, number.end()):
                loose = self.loose.search(near)
                words = (loose[0] if loose else "") + text[number.start() : after.end()]
                yield words, number[0], after["word"]
            elif (before := self._before(near)) and (end := _ENDS.match(text, number.end())):
                yield before[0] + text[number.start() : end.end()], number[0], before["word"]

    def _before(self, near: str) -> re.Match[str] | None:
        last = near.rstrip("*_ ").rpartition(" ")[2]
        return self.before.search(near) if last.lower() in self.lasts else None


@lru_cache(maxsize=16)
def _beside(words: frozenset[str], language: str) -> _Beside:
    """A number, at most two words and a metric's word; or the word, a verb and a number."""
    spelling = spellings.of(language)
    known, loosely = _any(words), (*spelling.about, *spelling.nearly, *spelling.over)
    loose = rf"(?:{_any(loosely)})\s+[*_]{{0,3}}"
    word = r"[*_]{0,3}[^\W\d][\w’'-]*[*_]{0,3}\s+"
    after = (
        rf"(?:\s?(?:{_any(spelling.scales)})\b)?(?:\s?[%‰])?[*_]{{0,3}}(?!{_TIME})\s+"
        rf"(?:{word}){{0,2}}?[*_]{{0,3}}(?P<word>{known})\b"
    )
    before = (
        rf"\b(?P<word>{known})\b[*_]{{0,3}}:?\s+(?:{word}){{0,2}}?(?:{_any(_VERBS)})\s+[*_]{{0,3}}"
        rf"(?:{loose})?$"
    )
    return _Beside(
        re.compile(after, re.IGNORECASE),
        re.compile(before, re.IGNORECASE),
        re.compile(rf"(?<!\w){loose}$", re.IGNORECASE),
        frozenset(word.split(" ")[-1] for word in (*_VERBS, *loosely)),
    )


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
