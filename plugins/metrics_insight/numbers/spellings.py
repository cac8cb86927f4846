"""The words around a number that change what it claims, language by language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

Looseness = Literal["exact", "about", "nearly", "over"]


@dataclass(frozen=True)
class Spelling:
    """How a language says about, nearly and over, a fall, large scales, shares and small numbers.

    ``unchecked`` are bounds (at least, under) that no single value can be held against.
    """

    about: tuple[str, ...]
    nearly: tuple[str, ...]
    over: tuple[str, ...]
    unchecked: tuple[str, ...]
    falling: tuple[str, ...]
    scales: dict[str, int]
    percent: tuple[str, ...]
    permille: tuple[str, ...]
    per: tuple[str, ...]
    units: dict[str, int]
    small: tuple[str, ...] = ()
    more: str = ""
    fewer: str = ""

    def loosens(self, before: str) -> tuple[Looseness, str]:
        """What the words that end right before a number make of it; the last word, if unchecked."""
        said = f" {before.lower().rstrip()}"
        if word := _last(said, self.unchecked):
            return "exact", word
        looseness: tuple[Looseness, ...] = ("about", "nearly", "over")
        return next((one for one in looseness if _last(said, getattr(self, one))), "exact"), ""

    def falls(self, words: str) -> bool:
        """Whether the words speak of a fall: 120 fewer, lost 120."""
        said = " ".join(re.findall(r"\w+", words.lower()))
        return any(re.search(rf"\b{word}\b(?! than)", said) for word in self.falling)


def _words(words: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in words.split(","))


def _last(said: str, words: Iterable[str]) -> str:
    return next((word for word in words if said.endswith((f" {word}", f"({word}"))), "")


_SCALES = {"k": 10**3, "K": 10**3, "M": 10**6}
_ENGLISH = Spelling(
    about=_words("about, around, roughly, approximately, circa, ca., c., some, ~"),
    nearly=_words("nearly, almost, close to, just under"),
    over=_words("over, more than, above, just over"),
    unchecked=_words("under, below, less than, fewer than, at least, at most, up to"),
    falling=_words("fewer, less, lost, lose, loses, down, fell, falls, fall, dropped, shrank"),
    scales={
        **_SCALES, "m": 10**6, "bn": 10**9, "B": 10**9,
        "thousand": 10**3, "million": 10**6, "billion": 10**9,
    },
    percent=_words("percent, per cent, per hundred"),
    permille=_words("per mille, per thousand"),
    per=_words("per, in, in every, for every, out of"),
    units={"hundred": 100, "thousand": 1000, "million": 10**6},
    small=_words(
        "zero, one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve"
    ),
    more="more",
    fewer="fewer",
)  # fmt: skip
_SPELLINGS = {
    "en": _ENGLISH,
    "de": Spelling(
        about=_words("etwa, rund, ungefähr, circa, zirka, ca., an die, ~"),
        nearly=_words("fast, knapp, beinahe, nahezu"),
        over=_words("über, mehr als, gut"),
        unchecked=_words("unter, weniger als, mindestens, höchstens, bis zu"),
        falling=_words("weniger, verlor, verloren, minus, sank, fiel"),
        scales={
            **_SCALES, "Tsd.": 10**3, "Tausend": 10**3, "tausend": 10**3, "Mio.": 10**6,
            "Millionen": 10**6, "Million": 10**6, "Mrd.": 10**9, "Milliarden": 10**9,
        },
        percent=_words("prozent, v. h., von hundert"),
        permille=_words("promille, von tausend"),
        per=_words("je, pro, auf, von, auf je"),
        units={"hundert": 100, "tausend": 1000},
        small=_words("null, eins, zwei, drei, vier, fünf, sechs, sieben, acht, neun, zehn, elf, "
                     "zwölf"),
        more="mehr",
        fewer="weniger",
    ),
    "fr": Spelling(
        about=_words("environ, à peu près, autour de, ~"),
        nearly=_words("près de, presque, quasi"),
        over=_words("plus de"),
        unchecked=_words("moins de, au moins, au plus, jusqu’à, jusqu'à"),
        falling=_words("moins, perdu, perdus, baisse"),
        scales={**_SCALES, "mille": 10**3, "million": 10**6, "millions": 10**6},
        percent=_words("pour cent"),
        permille=_words("pour mille"),
        per=_words("pour, sur"),
        units={"cent": 100, "mille": 1000},
    ),
    "es": Spelling(
        about=_words("unos, unas, alrededor de, aproximadamente, ~"),
        nearly=_words("casi, cerca de"),
        over=_words("más de"),
        unchecked=_words("menos de, al menos, como mucho, hasta"),
        falling=_words("menos, perdió, bajó"),
        scales={**_SCALES, "mil": 10**3, "millón": 10**6, "millones": 10**6},
        percent=_words("por ciento"),
        permille=_words("por mil"),
        per=_words("por, por cada, de cada"),
        units={"cien": 100, "mil": 1000},
    ),
}  # fmt: skip


@cache
def of(language: str) -> Spelling:
    """The words of a language; English where none are known."""
    return _SPELLINGS.get(language.replace("_", "-").partition("-")[0].lower(), _ENGLISH)
