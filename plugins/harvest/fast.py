"""What Pelican reckons again for every page, reckoned once a build; not a byte comes out different.

Each entry replaces one function of a library while a build runs. The result of each rests
on its arguments alone, or on values that no longer change once all content has been read.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import Any

from markdown import Markdown
from markdown.extensions import codehilite
from markdown.extensions.meta import MetaPreprocessor
from pelican import contents, readers, urlwrappers
from pelican.contents import Article, Content, Page
from pelican.utils import DateFormatter, slugify
from pygments.formatters import get_formatter_by_name
from pygments.lexers import get_lexer_by_name

from harvest.site import copied

# A build makes much and throws little away: looking for cycles at every 700 objects finds none.
_OBJECTS = 100_000
_KEEP_NOTHING = ("markdown.extensions.", "weblog.", "metrics_insight.")


@contextmanager
def paths() -> Iterator[Callable[[], None]]:
    """The quick ways in place; call what it gives when all content has been read."""
    with ExitStack() as ways:
        ways.enter_context(_seldom_collecting())
        for owner, name, quick in _replacements():
            ways.enter_context(replaced(owner, name, quick))
        yield lambda: _addresses_settled(ways)


def _replacements() -> Iterator[tuple[Any, str, Callable[..., Any]]]:
    """Where each function stands, and its quick form."""
    yield codehilite, "get_lexer_by_name", _remembered(get_lexer_by_name)
    yield codehilite, "get_formatter_by_name", _remembered(get_formatter_by_name)
    yield readers, "Markdown", _reset(Markdown)
    yield contents, "slugify", _remembered_slug(slugify)
    yield urlwrappers, "slugify", _remembered_slug(slugify)
    yield DateFormatter, "__call__", _remembered_date(DateFormatter.__call__)
    yield Content, "get_relative_source_path", _remembered_path(Content.get_relative_source_path)


def _addresses_settled(ways: ExitStack) -> None:
    """From here on a post's address is reckoned once; before, a plugin may still change it."""
    for kind in (Article, Page):
        quick = _remembered_address(kind.get_url_setting)
        ways.enter_context(replaced(kind, "get_url_setting", quick))


@contextmanager
def replaced(owner: Any, name: str, quick: Any) -> Iterator[None]:
    """Another value for one attribute while the block runs."""
    own = vars(owner).get(name)
    setattr(owner, name, quick)
    try:
        yield
    finally:
        if own is None:
            delattr(owner, name)
        else:
            setattr(owner, name, own)


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    usual = gc.get_threshold()
    gc.set_threshold(_OBJECTS, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _remembered(make: Callable[..., Any]) -> Callable[..., Any]:
    known = cache(make)

    def quick(*given: Any, **options: Any) -> Any:
        try:
            return known(*given, **options)
        except TypeError:  # an option that cannot be a key
            return make(*given, **options)

    return quick


def _reset(make: Callable[..., Markdown]) -> Callable[..., Markdown]:
    """One Markdown for all posts with the same options, emptied before each of them."""
    known: list[tuple[dict[str, Any], Markdown]] = []

    def quick(**options: Any) -> Markdown:
        if not _leaves_nothing(options):
            return make(**options)
        for others, markdown in known:
            if others == options and not markdown.parser.state:
                # Pelican took it out at the post before, for some headers are Markdown too
                markdown.preprocessors.register(MetaPreprocessor(markdown), "meta", 27)
                return markdown.reset()
        known.append((copied(options), make(**options)))
        return known[-1][1]

    return quick


def _leaves_nothing(options: Mapping[str, Any]) -> bool:
    """Whether every extension is known to keep nothing of a post after ``reset()``."""
    names = (
        one if isinstance(one, str) else type(one).__module__
        for one in options.get("extensions", ())
    )
    # with UNIQUE_IDS the footnotes number the texts that were read
    numbers_texts = "UNIQUE_IDS" in str(options)
    return all(name.startswith(_KEEP_NOTHING) for name in names) and not numbers_texts


def _remembered_slug(make: Callable[..., str]) -> Callable[..., str]:
    known: dict[Any, str] = {}

    def quick(value: str, regex_subs: Iterable[tuple[str, str]] = (), **options: bool) -> str:
        key = (value, tuple(map(tuple, regex_subs)), *sorted(options.items()))
        if key not in known:
            known[key] = make(value, regex_subs, **options)
        return known[key]

    return quick


def _remembered_date(form: Callable[..., str]) -> Callable[..., str]:
    known: dict[Any, str] = {}

    def quick(self: DateFormatter, date: Any, pattern: str) -> str:
        # equal moments in two zones are one key to a dict, and not one text
        key = (self.locale, type(date), date, getattr(date, "tzinfo", None), pattern)
        if key not in known:
            known[key] = form(self, date, pattern)
        return known[key]

    return quick


def _remembered_path(find: Callable[..., str | None]) -> Callable[..., str | None]:
    known: dict[tuple[str, str | None], str | None] = {}

    def quick(self: Any, source_path: str | None = None) -> str | None:
        key = (self.settings["PATH"], source_path or self.source_path)
        if key not in known:
            known[key] = find(self, source_path)
        return known[key]

    return quick


def _remembered_address(find: Callable[..., str]) -> Callable[..., str]:
    def quick(self: Any, key: str) -> str:
        known: dict[str, str] = self.__dict__.setdefault("_addresses", {})
        if key not in known:
            known[key] = find(self, key)
        return known[key]

    return quick
