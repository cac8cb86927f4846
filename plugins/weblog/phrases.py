"""The theme's words, dates and numbers, each in the language of the page they stand on.

A language is one file, `languages/en.toml` in the theme; a site adds or overrides phrases in
`languages/` beside its own templates (THEME_TEMPLATES_OVERRIDES). What a second language
lacks stays English, and that is said once.
"""

from __future__ import annotations

import logging
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from jinja2 import pass_context
from markupsafe import Markup, escape
from pelican import signals

import catalogue
from catalogue import Catalogue
from mistakes import Mistake, Mistakes, did_you_mean

ENGLISH = "en"
NOTHING = Catalogue({}, ENGLISH)

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Phrases:
    """The catalogues of a theme, and what templates call them by."""

    catalogues: Mapping[str, Catalogue]
    default: str = ENGLISH
    file: str = "languages/en.toml"  # where a phrase that is missing would stand

    def of(self, language: str) -> Catalogue:
        """The catalogue of a language, of its family ("de" for "de-at"), else the English one."""
        family = language.lower().partition("-")[0]
        known = (self.catalogues.get(tag) for tag in (language.lower(), family, ENGLISH))
        return next((each for each in known if each is not None), NOTHING)

    @pass_context
    def language(self, context: Mapping[str, Any]) -> str:
        """The language of the page: that of its post, else the site's."""
        content = context.get("article") or context.get("page")
        return str(getattr(content, "lang", "") or self.default)

    @pass_context
    def t(self, context: Any, key: str, *, n: float | None = None, **words: object) -> str:
        """A phrase as text, ``{names}`` filled in; HTML only if a word given is `Markup`."""
        spoken = self.of(self.language(context))
        try:
            if not any(hasattr(word, "__html__") for word in words.values()):
                return spoken.say(key, n=n, **words)
            gaps = {name: "{" + name + "}" for name in words}
            return Markup(escape(spoken.say(key, n=n, **gaps))).format(**words)  # noqa: S704
        except (KeyError, IndexError, ValueError) as fault:
            raise Mistakes([self._mistake(key, fault)]) from None

    @pass_context
    def day(self, context: Any, moment: date) -> str:
        """A day as the language writes it: 3 March 2025."""
        return _written(moment, "long", self._locale(context))

    @pass_context
    def month(self, context: Any, moment: date) -> str:
        """A month and its year: March 2025."""
        return _written(moment, "yMMMM", self._locale(context))

    @pass_context
    def month_name(self, context: Any, moment: date) -> str:
        """The name of a month: March."""
        return _written(moment, "LLLL", self._locale(context))

    @pass_context
    def weekday(self, context: Any, moment: date, width: str = "wide") -> str:
        """The name of a weekday: Monday; ``width`` may be "short" or "narrow"."""
        pattern = {"wide": "cccc", "short": "ccc", "narrow": "ccccc"}[width]
        return _written(moment, pattern, self._locale(context))

    @pass_context
    def number(self, context: Any, value: float, decimals: int = 0) -> str:
        """A number as the language writes it: 1,311."""
        return self.of(self.language(context)).number(value, decimals=decimals)

    def _locale(self, context: Any) -> str:
        return self.of(self.language(context)).tag

    def _mistake(self, key: str, fault: Exception) -> Mistake:
        known = self.of(ENGLISH).phrases
        if key in known:
            wrong = f'the phrase "{key}" cannot be filled in: {fault}'
            return Mistake(self.file, None, wrong, "name what the template gives, close each brace")
        return Mistake(self.file, None, f'there is no phrase "{key}"', did_you_mean(key, known))


def register() -> None:
    """Give the templates their words when the settings are known."""
    signals.initialized.connect(offer)


def offer(pelican: Any) -> None:
    """Add the globals ``t`` and ``language`` and the filters for dates and numbers."""
    settings = pelican.settings
    phrases = load(_folders(settings), settings["DEFAULT_LANG"].lower())
    filters = ("day", "month", "month_name", "weekday", "number")
    settings["JINJA_GLOBALS"] |= {
        "t": phrases.t,
        "language": phrases.language,
        "phrases": phrases,
    }
    settings["JINJA_FILTERS"] |= {name: getattr(phrases, name) for name in filters}
    settings["JINJA_FILTERS"] |= {"iso": iso, "iso_day": iso_day, "language_name": language_name}


def load(folders: Iterable[Path], default: str = ENGLISH) -> Phrases:
    """The phrases of all languages in the folders; a later folder overrides an earlier."""
    files = [file for folder in folders for file in sorted(folder.glob("*.toml"))]
    found: dict[str, Catalogue] = {}
    for file in files:
        language = file.stem.lower()
        found[language] = _over(found.get(language), _read(file), file.stem)
    english = found.get(ENGLISH)
    for language in sorted(found.keys() - {ENGLISH}) if english else ():
        _warn_of_gaps(language, found[language], english or NOTHING)
        found[language] = replace(found[language], fallback=english)
    first = next((str(file) for file in files if file.stem == ENGLISH), "languages/en.toml")
    return Phrases(found, default, first)


def iso(moment: date) -> str:
    """The moment as HTML's ``datetime`` wants it, in its own time zone."""
    return moment.isoformat()


def iso_day(moment: date) -> str:
    """The day of a moment: 2025-03-03."""
    return moment.isoformat()[:10]


def language_name(language: str) -> str:
    """The name of a language in itself: Deutsch.

    >>> language_name("de"), language_name("pt-br"), language_name("tlh")
    ('Deutsch', 'Português (Brasil)', 'tlh')
    """
    try:
        name = str(Locale.parse(language, sep="-").get_display_name())
    except (UnknownLocaleError, ValueError):
        return language
    return name[:1].upper() + name[1:]


def _folders(settings: Mapping[str, Any]) -> tuple[Path, ...]:
    """The theme's own folder first, then those of whoever overrides it."""
    overrides = settings["THEME_TEMPLATES_OVERRIDES"]
    stronger = (Path(folder).parent / "languages" for folder in reversed(overrides))
    return (Path(settings["THEME"]).expanduser() / "languages", *stronger)


def _read(file: Path) -> Catalogue:
    try:
        return catalogue.load(file)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise Mistakes([Mistake(file.as_posix(), None, f"this is no TOML: {fault}")]) from None


def _over(below: Catalogue | None, above: Catalogue, stem: str) -> Catalogue:
    """Two files of one language as one; the locale is that of the last which names any."""
    if below is None:
        return above
    tag = below.tag if above.tag == stem else above.tag
    return Catalogue({**below.phrases, **above.phrases}, tag)


def _warn_of_gaps(language: str, found: Catalogue, english: Catalogue) -> None:
    gaps = sorted(english.phrases.keys() - found.phrases.keys())
    if gaps:
        logger.warning("languages/%s.toml: no %s; they stay English", language, ", ".join(gaps))


def _written(moment: date, form: str, locale: str) -> str:
    return _date(moment.date() if isinstance(moment, datetime) else moment, form, locale)


@lru_cache(maxsize=4096)  # a margin shows the same dates on every page
def _date(day: date, form: str, locale: str) -> str:
    if form == "yMMMM":  # the order of month and year is the language's; it has no name as "long"
        return format_skeleton(
            form, datetime(day.year, day.month, day.day, tzinfo=UTC), locale=locale
        )
    return format_date(day, form, locale=locale)
