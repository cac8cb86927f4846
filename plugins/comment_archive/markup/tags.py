"""Well-formed HTML, as a sanitiser writes it, as text and tags one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import escape, unescape

_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:\s+[a-z-]+="[^"]*")*)\s*/?>')
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')

VOID = frozenset("area br col embed hr img input source track wbr".split())
BLOCKS = frozenset(
    """
    blockquote caption col colgroup dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li
    ol p pre summary table tbody td tfoot th thead tr ul
    """.split()
)


@dataclass(frozen=True)
class Tag:
    """A start tag with its attributes, or an end tag."""

    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    is_end: bool = False

    def __str__(self) -> str:
        if self.is_end:
            return f"</{self.name}>"
        given = "".join(f' {key}="{escape(value)}"' for key, value in self.attributes.items())
        return f"<{self.name}{given}>"

    def value(self, name: str) -> str:
        """An attribute without spaces around it, empty where it is not given."""
        return self.attributes.get(name, "").strip()

    def having(self, **attributes: str) -> Tag:
        """The same tag with some attributes changed."""
        return replace(self, attributes={**self.attributes, **attributes})


Piece = str | Tag


def pieces(html: str) -> Iterator[Piece]:
    """The HTML from left to right: text, still escaped, and tags."""
    end = 0
    for tag in _TAG.finditer(html):
        if tag.start() > end:
            yield html[end : tag.start()]
        given = {key: unescape(value) for key, value in _ATTRIBUTE.findall(tag[3])}
        yield Tag(tag[2], given, bool(tag[1]))
        end = tag.end()
    if end < len(html):
        yield html[end:]


def written(parts: Iterable[Piece]) -> str:
    """The pieces as HTML again."""
    return "".join(map(str, parts))


def text(html: str) -> str:
    """The words of well-formed HTML as a reader sees them, a space between blocks.

    >>> text("<p>One <b>bold</b>&nbsp;word,</p><p>then &lt; two.</p>")
    'One bold word, then < two.'
    """
    seen = (
        one
        if isinstance(one, str)
        else " "
        if one.name in BLOCKS or one.name == "br"
        else one.value("alt")
        for one in pieces(html)
    )
    return " ".join(unescape("".join(seen)).split())
