"""A number as an author wrote it: its value, how precisely it claims it, and in which form.

Written out it is exact; scales (1.3k), decimals, percent and per thousand round at their last
digit; "about" at the last that is no zero. "Nearly" stands at most 5 % above what was recorded
and never below it, "over" below it by at most one unit of its last digit that is no zero.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from catalogue import Separators, separators
from metrics_insight.errors import Fault
from metrics_insight.numbers import spellings
from metrics_insight.numbers.spellings import Looseness, Spelling

SPACES = " \u00a0\u2009\u202f"
NUMBER = rf"[-\u2212+]?\d{{1,40}}(?:[.,'’\u066b\u066c]\d{{1,40}}|[{SPACES}]\d{{3}}(?!\d))*"
"""What may be a number, signs and separators in it; which of them mean what is settled later."""
MINUS = "\u2212"
NEARLY = Fraction(105, 100)
FINEST = 20
"""So many digits further than the author wrote, at most, does a correction go."""

_NUMBER = re.compile(rf"(?<!\w){NUMBER}")
_MARK = re.compile(r"[^\d]")


@dataclass(frozen=True)
class Written:
    """One number in some words; ``per`` is what the share is of, 1 where it is none.

    ``amount`` is the number before its scale, ``head`` and ``tail`` the words around its digits.
    """

    amount: Fraction
    decimals: int = 0
    scale: int = 1
    per: int = 1
    looseness: Looseness = "exact"
    is_falling: bool = False
    head: str = ""
    tail: str = ""
    group: str = ","
    point: str = "."
    word: bool = False
    language: str = "en"

    @property
    def value(self) -> Fraction:
        """What it says, in units of the metric, or of ``per``."""
        return self.amount * self.scale

    @property
    def unit(self) -> Fraction:
        """The size of the digit at which it was rounded; 0 for a number that is written out."""
        if self.looseness == "exact":
            is_whole = self.scale == self.per == 1 and not self.decimals
            return Fraction(0) if is_whole else self._smallest
        return _last_unit(self.amount, self.decimals) * self.scale

    @property
    def _smallest(self) -> Fraction:
        return self.scale * Fraction(1, 10**self.decimals)

    def holds(self, truth: Fraction) -> bool:
        """Whether it can be said of the recorded value."""
        said, size = abs(self.value), abs(truth)
        if self.looseness in ("about", "exact"):
            return abs(self.value - truth) * 2 <= self.unit
        if self.value * truth < 0:
            return False
        if self.looseness == "nearly":
            return size <= said <= size * NEARLY
        return said < size <= said + self.unit

    def right(self, truth: Fraction) -> str:
        """The words with the recorded value, in the form that the author chose."""
        return next((str(one) for one in self._candidates(truth) if one.holds(truth)), "")

    def __str__(self) -> str:
        return f"{self.head}{self._digits()}{self.tail}"

    def _candidates(self, truth: Fraction) -> Iterator[Written]:
        if self.word and truth in range(len(spellings.of(self.language).small)):
            yield replace(self, amount=truth)
        is_plain = self.looseness == "exact" and self.scale == self.per == 1
        if is_plain and truth.denominator == 1:
            yield self._with(truth, 0)
        if is_plain and not self.decimals:
            yield self._with(truth, _decimals(truth))
            return
        places = round(math.log10(self.unit / self.scale))
        for place in range(places, places - FINEST, -1):
            amount = self._rounded(truth / self.scale, Fraction(10) ** place)
            if amount or not truth:
                yield self._with(amount, max(self.decimals, -place))
        amount = truth / self.scale
        yield replace(self._with(amount, _decimals(amount)), looseness="exact", head="")

    def _with(self, amount: Fraction, decimals: int) -> Written:
        return replace(self, amount=round(amount, decimals), decimals=decimals, word=False)

    def _rounded(self, amount: Fraction, unit: Fraction) -> Fraction:
        sign, steps = (-1 if amount < 0 else 1), abs(amount) / unit
        if self.looseness == "nearly":
            return sign * math.ceil(steps) * unit
        if self.looseness == "over":
            return sign * max(math.ceil(steps) - 1, 0) * unit
        return sign * round(steps) * unit

    def _digits(self) -> str:
        if self.word:
            return spellings.of(self.language).small[int(self.amount)]
        shifted = str(round(abs(self.amount) * 10**self.decimals)).zfill(self.decimals + 1)
        cut = len(shifted) - self.decimals
        whole, rest = shifted[:cut], shifted[cut:]
        if self.group:
            whole = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", self.group, whole)
        sign = MINUS if self.amount < 0 else ""
        return sign + whole + (self.point + rest if rest else "")


def read(words: str, language: str = "en") -> Written:
    """The one number in some words. Raises `Fault` where there is none, or more than one."""
    spelling, marks = spellings.of(language), separators(language)
    found = list(_NUMBER.finditer(words))
    first = found[0] if found else None
    if first is None:
        return _in_words(words, spelling, language)
    scale, per, end = _scaled(words[first.end() :], spelling)
    per, end = _of_so_many(words, first.end(), end, spelling, marks) if per == 1 else (per, end)
    more = next((one for one in found[1:] if one.start() >= first.end() + end), None)
    if more:
        wrong = f'"{_short(words)}" holds two numbers'
        raise Fault(wrong, "link each by itself")
    looseness, unchecked = spelling.loosens(words[: first.start()])
    if unchecked:
        wrong = f'"{unchecked} {first[0]}" is a bound, and no value can be held against it'
        raise Fault(wrong, f"write the number, or {spelling.about[0]} … or {spelling.over[0]} …")
    amount, decimals, group = _value(first[0], marks)
    return Written(
        amount, decimals, scale, per, looseness,
        is_falling=amount >= 0 and spelling.falls(words),
        head=words[: first.start()],
        tail=words[first.end() :],
        group=group, point=marks.decimal, language=language,
    )  # fmt: skip


def _in_words(words: str, spelling: Spelling, language: str) -> Written:
    """A small number that is spelled out: three replies."""
    pattern = r"\b(" + "|".join(spelling.small) + r")\b" if spelling.small else r"(?!)"
    found = list(re.finditer(pattern, words, re.IGNORECASE))
    if len(found) != 1:
        wrong = f'"{_short(words)}" holds no number that can be checked'
        raise Fault(wrong, "put the number between the brackets: [1,311 followers](metric:…)")
    first = found[0]
    looseness, _ = spelling.loosens(words[: first.start()])
    amount = Fraction(spelling.small.index(first[0].lower()))
    head, tail = words[: first.start()], words[first.end() :]
    return Written(
        amount, looseness=looseness, is_falling=spelling.falls(words), head=head, tail=tail,
        group=separators(language).group, point=separators(language).decimal,
        word=first[0].islower(), language=language,
    )  # fmt: skip


def _scaled(after: str, spelling: Spelling) -> tuple[int, int, int]:
    """The scale and the share that follow a number, and where their words end."""
    scale, at = 1, 0
    for word in sorted(spelling.scales, key=len, reverse=True):
        gap = rf"[{SPACES}]?" if len(word) > 1 or word in "kKM" else ""
        flags = re.IGNORECASE if len(word) > 2 else re.NOFLAG
        if found := re.match(rf"{gap}{re.escape(word)}(?!\w)", after, flags):
            scale, at = spelling.scales[word], found.end()
            break
    for per, signs, words in ((100, "%٪", spelling.percent), (1000, "‰", spelling.permille)):
        spelled = "|".join(map(re.escape, words))
        found = re.match(rf"[\s{SPACES}-]?(?:[{signs}]|(?:{spelled})\b)", after[at:], re.IGNORECASE)
        if found:
            return scale, per, at + found.end()
    return scale, 1, at


def _of_so_many(
    words: str, start: int, end: int, spelling: Spelling, marks: Separators
) -> tuple[int, int]:
    """So many per 1,000: the number of which it is a share, and where its words end."""
    per = "|".join(map(re.escape, sorted(spelling.per, key=len, reverse=True)))
    units = "|".join(spelling.units) or "(?!)"
    pattern = rf"\s(?:[^\W\d][\w’'-]*\s){{0,4}}?(?:{per})\s(?:({NUMBER})|({units})\b)"
    found = re.match(pattern, words[start + end :], re.IGNORECASE)
    if not found:
        return 1, end
    if found[2]:
        return spelling.units[found[2].lower()], end + found.end()
    amount, decimals, _ = _value(found[1], marks)
    is_round = not decimals and re.fullmatch("10+", str(amount))  # "in 2014" is no share
    return (int(amount), end + found.end()) if is_round else (1, end)


def _value(written: str, marks: Separators) -> tuple[Fraction, int, str]:
    """The number that digits with separators mean, its decimals and what groups its thousands."""
    sign = -1 if written[0] in f"-{MINUS}" else 1
    plain = "".join(_plain(letter) for letter in written.lstrip(f"+-{MINUS}"))
    whole, point, rest = plain, "", ""
    if plain.count(marks.decimal) == 1 and not _MARK.search(plain.partition(marks.decimal)[2]):
        whole, point, rest = plain.partition(marks.decimal)
    groups = _MARK.split(whole)
    used = set(_MARK.findall(whole))
    sizes = [len(one) for one in groups]
    is_grouped = len(used) == 1 and marks.decimal not in used and whole[0] != "0"
    if used and not (is_grouped and sizes[0] <= 3 and sizes[-1] == 3 and {*sizes[1:]} <= {2, 3}):
        right = f"in this language 1311 and a half is 1{marks.group}311{marks.decimal}5"
        raise Fault(f'"{written}" is no number', right)
    ungrouped = "" if len(whole) > 3 else marks.group
    group = next((one for one in written if one in used), used.pop()) if used else ungrouped
    return sign * Fraction("".join(groups) + (f".{rest}" if point else "")), len(rest), group


def _plain(letter: str) -> str:
    """A digit of any script as 0 to 9, any space as one, a separator as Europe writes it."""
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    return {"’": "'", "\u066c": ",", "\u066b": "."}.get(letter, " " if letter in SPACES else letter)


def _last_unit(amount: Fraction, decimals: int) -> Fraction:
    """The size of the last digit that is no zero, of a number with so many decimals."""
    digits, place = int(abs(amount) * 10**decimals), -decimals
    while digits and digits % 10 == 0:
        digits, place = digits // 10, place + 1
    return Fraction(10) ** place


def _decimals(truth: Fraction) -> int:
    """With how many decimals a value is written in full; where that has no end, with few."""
    for places in range(7):
        if round(truth, places) == truth:
            return places
    return max(1, 1 - math.floor(math.log10(abs(truth))))


def _short(words: str, most: int = 60) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"
