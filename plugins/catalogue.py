"""The words of one language: phrases with plurals from a TOML file, numbers and dates by Babel.

A shared leaf like `mistakes`: the theme's strings and the sentences of an insight are each
one such file, so that a second language is one more file. A phrase is a string with
``{names}`` to fill in, or a table of plural forms (``one``, ``other`` …) chosen by ``n``.
The file's own key ``locale`` names the Babel locale of its numbers and dates.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from babel import Locale, localedata
from babel.dates import format_date
from babel.numbers import (
    format_compact_decimal,
    format_decimal,
    format_scientific,
    get_decimal_symbol,
    get_group_symbol,
)

LARGEST = 1e15


@dataclass(frozen=True)
class Catalogue:
    """Phrases by key, and the locale in which numbers and dates among them are written."""

    phrases: Mapping[str, Any]
    tag: str
    fallback: Catalogue | None = field(default=None, compare=False)

    def say(self, key: str, *, n: float | None = None, **words: object) -> str:
        """The phrase ``key`` with its names filled in; ``n`` chooses the plural form.

        ``{n}`` stands for the number as the language writes it. Raises `KeyError` for a key
        that neither this language nor its fallback has.
        """
        phrase = self.phrases.get(key)
        if phrase is None:
            if self.fallback is None:
                raise KeyError(key)
            return self.fallback.say(key, n=n, **words)
        if isinstance(phrase, Mapping):
            form = self._locale.plural_form(abs(n or 0))
            phrase = phrase.get(form, phrase["other"])
        return str(phrase).format(**({} if n is None else {"n": self.number(n)}), **words)

    def number(self, value: float, *, decimals: int = 0) -> str:
        """A number with the language's separators: 1,311 or 12.5; minus as a real minus sign.

        What is larger than anything that was ever counted is told as 1.5E20.
        """
        if abs(value) > LARGEST:
            return format_scientific(value, "0.##E0", locale=self.tag).replace("-", "\u2212")
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        return _decimal(round(value, decimals) + 0.0, pattern, self.tag).replace("-", "\u2212")

    def count(self, value: float) -> str:
        """A counted value in full: 1,311; what was not counted in wholes keeps its decimals, 12.5.

        At most three of them, more only where a value is so small that nothing would be left.
        """
        small = 0 < abs(value) < 0.01
        most = min(2 - math.floor(math.log10(abs(value))), 15) if small else 3
        near = round(value, most)
        return self.number(
            value, decimals=next(n for n in range(most + 1) if round(near, n) == near)
        )

    def short(self, value: float) -> str:
        """A large round number as an axis carries it: 1.5M; up to three digits of it are kept."""
        return _compact(value, self.tag).replace("-", "\u2212")

    def day(self, day: date, pattern: str = "d MMMM y") -> str:
        """A day in a CLDR pattern, by default 3 March 2025."""
        return _date(day, pattern, self.tag)

    @cached_property
    def _locale(self) -> Locale:
        return Locale.parse(self.tag)


def load(path: Path, fallback: Catalogue | None = None) -> Catalogue:
    """The catalogue in one TOML file; tables of phrases are joined to keys with dots."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    tag = str(tables.pop("locale", path.stem))
    return Catalogue(dict(_flat(tables, "")), tag, fallback)


def is_known(tag: str) -> bool:
    """Whether there is such a language at all, whatever words there are in it.

    >>> is_known("de-AT"), is_known("xx")
    (True, False)
    """
    return localedata.exists(tag.replace("_", "-").partition("-")[0].lower())


@dataclass(frozen=True)
class Separators:
    """What stands between thousands and before decimals in a language."""

    group: str
    decimal: str


@lru_cache(maxsize=64)
def separators(tag: str) -> Separators:
    """How a language parts the digits of a number, English where it is not known.

    >>> separators("de"), separators("xx")
    (Separators(group='.', decimal=','), Separators(group=',', decimal='.'))
    """
    known = tag.replace("-", "_") if is_known(tag) else "en"
    known = known if localedata.exists(known) else known.partition("_")[0].lower()
    group = get_group_symbol(known, numbering_system="latn")
    return Separators(group, get_decimal_symbol(known, numbering_system="latn"))


def _flat(tables: Mapping[str, Any], prefix: str) -> list[tuple[str, Any]]:
    """Every phrase with its full key; a table that has ``other`` is one phrase in plural forms."""
    found: list[tuple[str, Any]] = []
    for key, value in tables.items():
        if isinstance(value, dict) and "other" not in value:
            found += _flat(value, f"{prefix}{key}.")
        else:
            found.append((prefix + key, value))
    return found


@lru_cache(maxsize=4096)
def _decimal(value: float, pattern: str, tag: str) -> str:
    return format_decimal(value, format=pattern, locale=tag)


@lru_cache(maxsize=4096)
def _compact(value: float, tag: str) -> str:
    return format_compact_decimal(value, locale=tag, fraction_digits=2)


@lru_cache(maxsize=4096)
def _date(day: date, pattern: str, tag: str) -> str:
    return format_date(day, format=pattern, locale=tag)
