"""What single settings must be, so that a slip is told by its name and not by where it hurts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from harvest import defaults
from harvest.faults import Fault


def refuse_wrong(settings: Mapping[str, Any], conf: str) -> None:
    """A Fault for the first setting of another kind than it must be; unset ones are fine."""
    # another theme may mean another thing by the same name
    is_ours = settings.get("THEME") == defaults.THEME
    for name, (is_right, example) in {**_RULES, **(_OF_THE_THEME if is_ours else {})}.items():
        value = settings.get(name)
        if value is not None and not is_right(value):
            raise Fault(f"{conf}: {name} is {value!r}; write it as {name} = {example}")


def _is_zone(value: Any) -> bool:
    try:
        return bool(ZoneInfo(value))
    except (KeyError, ValueError, TypeError, OSError):
        return False


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and value >= 0


def _is_words(value: Any) -> bool:
    return isinstance(value, str)


def _is_groups(value: Any) -> bool:
    """Headings, and under each a list of words and of pairs of words and address."""
    return isinstance(value, Mapping) and all(
        _is_words(heading) and _is_list(items) and all(map(_is_item, items))
        for heading, items in value.items()
    )


def _is_item(value: Any) -> bool:
    return _is_words(value) or _is_row(2)(value)


def _is_rows(length: int) -> Callable[[Any], bool]:
    return lambda value: _is_list(value) and all(map(_is_row(length), value))


def _is_row(length: int) -> Callable[[Any], bool]:
    return lambda value: _is_list(value) and len(value) == length and all(map(_is_words, value))


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple)


Rules = Mapping[str, tuple[Callable[[Any], bool], str]]

_RULES: Rules = {
    "TIMEZONE": (_is_zone, '"Europe/Berlin"'),
    "DEFAULT_LANG": (_is_words, '"en"'),
    "SITENAME": (_is_words, '"A blog"'),
    "SITEURL": (_is_words, '"https://blog.example"'),
    "RECENT_POSTS": (_is_count, "5"),
    "SUMMARY_MAX_LENGTH": (_is_count, "50"),
}
_OF_THE_THEME: Rules = {
    "CHANNELS": (_is_groups, '{"Videos": [("Title", "https://video.example")]}'),
    "HONOURS": (_is_groups, '{"Awards": ["A prize, 2023"]}'),
    "MENU": (_is_rows(2), '[("About", "about/")]'),
    "BADGES": (_is_rows(3), '[("What it says", "images/badge.svg", "https://…")]'),
    "PHOTO": (_is_words, '"images/ana.jpg"'),
    "ABOUT": (_is_words, '"One or two sentences."'),
    "ABOUT_URL": (_is_words, '"about/"'),
}
