"""Absolute addresses in HTML: for feeds, where a text is read far from its page."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape, unescape
from html.parser import HTMLParser
from itertools import accumulate
from urllib.parse import urljoin, urlsplit

# The attributes that hold one address, and those that hold a list of pictures.
_ONE = frozenset({"action", "cite", "data", "formaction", "href", "longdesc", "poster", "src"})
_LIST = frozenset({"imagesrcset", "srcset"})

_ATTRIBUTE = re.compile(
    r"""(?P<name>[^\s"'<>/=]+)(?P<equals>\s*=\s*)(?P<value>"[^"]*"|'[^']*'|[^\s>"'][^\s>]*)"""
)
_CANDIDATE = re.compile(r"(?P<address>[^\s,](?:\S*[^\s,])?)(?P<size>[^,]*)")


@lru_cache(maxsize=1024)  # a post stands in the feeds of its category, its tags and its authors
def absolute(html: str, base: str) -> str:
    """The HTML with each address in it resolved against ``base``; all else stays as written.

    What is absolute already stays, so that doing it twice changes nothing.

    >>> absolute('<a href="/b/">b</a>', "https://a.example/p/")
    '<a href="https://a.example/b/">b</a>'
    >>> absolute('<img srcset="c.png, d.png 2x">', "https://a.example/p/")
    '<img srcset="https://a.example/p/c.png, https://a.example/p/d.png 2x">'
    """
    tags = _StartTags(html)
    pieces, end = [], 0
    for start, text in tags.found:
        pieces += [html[end:start], _ATTRIBUTE.sub(lambda match: _resolved(match, base), text)]
        end = start + len(text)
    return "".join([*pieces, html[end:]])


class _StartTags(HTMLParser):
    """Where each start tag stands in a text, and how it is written there."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[tuple[int, str]] = []
        self._lines = [0, *accumulate(len(line) + 1 for line in html.split("\n"))]
        self.feed(html)
        self.close()

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line, column = self.getpos()
        if attrs:
            self.found.append((self._lines[line - 1] + column, self.get_starttag_text() or ""))


def _resolved(match: re.Match[str], base: str) -> str:
    """One attribute, its addresses resolved; any other attribute as it was."""
    name, value = match["name"].lower(), unescape(match["value"].strip("\"'"))
    if name in _ONE:
        found = _join(base, value.strip())
    elif name in _LIST:
        found = _CANDIDATE.sub(lambda one: _join(base, one["address"]) + one["size"], value)
    else:
        return match[0]
    return match[0] if found == value else f'{match["name"]}="{escape(found)}"'


def _join(base: str, address: str) -> str:
    try:
        return address if urlsplit(address).scheme else urljoin(base, address)
    except ValueError:  # "http://[" is no address: the author's own link check tells it
        return address
