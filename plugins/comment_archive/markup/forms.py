"""Words in each form of an export as HTML: hostile until it is sanitised."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from comment_archive.markup import strays
from comment_archive.model import Words

LONGEST_TEXTILE = 100_000  # letters; its patterns take long over more
DEEPEST_QUOTE = 20  # Markdown quotes in quotes; its parser calls itself for each

_QUOTES = re.compile(rf"^(?:[ ]{{0,3}}>[ ]?){{{DEEPEST_QUOTE},}}", re.MULTILINE)


def html(words: Words) -> str:
    """The words as HTML; those whose lines count ("lines") still have to be given their breaks."""
    text = words.text.replace("\r\n", "\n").replace("\r", "\n")
    return _AS_HTML[words.form](text)


def _plain(text: str) -> str:
    paragraphs = re.split(r"\n[ \t]*(?:\n[ \t]*)+", escape(text, quote=False).strip("\n"))
    return "\n".join(
        "<p>" + "<br>\n".join(one.strip(" \t").split("\n")) + "</p>"
        for one in paragraphs
        if one.strip()
    )


def _of_markdown(text: str) -> str:
    from markdown import markdown  # noqa: PLC0415 (few exports need it)

    try:
        return strays.escaped(markdown(_QUOTES.sub("> " * DEEPEST_QUOTE, text)))
    except (RecursionError, ValueError, IndexError, AssertionError):
        return _plain(text)


def _of_textile(text: str) -> str:
    from textile import textile  # noqa: PLC0415 (few exports need it)

    if len(text) > LONGEST_TEXTILE:
        return _plain(text)
    try:
        return strays.escaped(textile(text))
    except Exception:  # noqa: BLE001 (whatever it stumbles over, the words are kept)
        return _plain(text)


_AS_HTML: dict[str, Callable[[str], str]] = {
    "html": strays.escaped,
    "lines": strays.escaped,
    "text": _plain,
    "markdown": _of_markdown,
    "textile": _of_textile,
}
