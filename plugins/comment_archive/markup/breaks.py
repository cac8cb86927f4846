"""Line breaks that count: an empty line is a paragraph, a single one a <br>.

Old platforms kept posts and comments as HTML of phrases and put the paragraphs in when they
showed them. What stands in <pre> is left alone, and so is the space between list items and cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from comment_archive.markup.tags import BLOCKS, VOID, Piece, Tag, pieces, written

_FLOW = frozenset({"blockquote", "details", "div", "figure"})  # where paragraphs may stand
_LISTS = frozenset("colgroup dl ol table tbody tfoot thead tr ul".split())  # no words of their own
_EMPTY_LINES = re.compile(r"\n[ \t\xa0]*(?:\n[ \t\xa0]*)+")


def paragraphed(html: str) -> str:
    r"""Well-formed HTML with its line breaks as tags.

    >>> paragraphed("One <i>and\n\ntwo</i>\nthree")
    '<p>One <i>and</i></p>\n<p><i>two</i><br>\nthree</p>'
    """
    return written(_Paragraphs().of(html)).rstrip("\n")


class _Paragraphs:
    """Where in the text we are: the blocks around it, the phrases open, a paragraph or none."""

    def __init__(self) -> None:
        self.blocks: list[str] = []
        self.phrases: list[Tag] = []
        self.shown = 0  # how many of the open phrases have been written
        self.is_open = False
        self.owed = ""  # a line break that counts only when words follow

    def of(self, html: str) -> Iterator[Piece]:
        for one in pieces(html.replace("\r\n", "\n").replace("\r", "\n")):
            if isinstance(one, str):
                yield from self._text(one)
            elif one.name in BLOCKS:
                yield from self._block(one)
            else:
                yield from self._phrase(one)
        yield from self._ended()

    def _text(self, words: str) -> Iterator[Piece]:
        if "pre" in self.blocks:
            yield from self._begun()
            yield words
            return
        if self.blocks and self.blocks[-1] in _LISTS:
            yield words if words.strip() else "\n"
            return
        for number, part in enumerate(_EMPTY_LINES.split(words)):
            if number:
                yield from self._parted()
            yield from self._lines(part)

    def _lines(self, part: str) -> Iterator[Piece]:
        for number, line in enumerate(part.split("\n")):
            if number and (self.is_open or not self._is_flow()):
                self.owed = self.owed or "<br>\n"
            words = line if self.is_open and not self.owed else line.lstrip(" \t")
            if words:
                yield from self._begun()
                yield words

    def _block(self, tag: Tag) -> Iterator[Piece]:
        yield from self._ended()
        if tag.name in VOID:
            yield tag
        elif tag.is_end:
            if tag.name in self.blocks:
                del self.blocks[len(self.blocks) - 1 - self.blocks[::-1].index(tag.name) :]
            yield tag
        else:
            self.blocks.append(tag.name)
            yield tag

    def _phrase(self, tag: Tag) -> Iterator[Piece]:
        if tag.name == "br":
            self.owed = "<br>\n"
        elif tag.name in VOID:
            yield from self._begun()
            yield tag
        elif not tag.is_end:
            self.phrases.append(tag)
        elif self.phrases:
            yield from self._phrase_ended(tag)

    def _phrase_ended(self, tag: Tag) -> Iterator[Piece]:
        if self.shown == len(self.phrases):
            self.shown -= 1
            yield tag
        self.phrases.pop()

    def _parted(self) -> Iterator[Piece]:
        """An empty line: the next words are another paragraph, or stand apart where none may be."""
        if self._is_flow():
            yield from self._ended()
        else:
            self.owed = "<br><br>\n"

    def _begun(self) -> Iterator[Piece]:
        """Everything that must stand before the next words."""
        if self._is_flow() and not self.is_open:
            self.is_open, self.owed = True, ""
            yield "<p>"
        if self.owed and self.blocks[-1:] != ["pre"]:
            yield self.owed
        self.owed = ""
        yield from self.phrases[self.shown :]
        self.shown = len(self.phrases)

    def _ended(self) -> Iterator[Piece]:
        """The open paragraph closed; phrases that go on are opened again with the next words."""
        for phrase in reversed(self.phrases[: self.shown]):
            yield Tag(phrase.name, is_end=True)
        self.shown, self.owed = 0, ""
        if self.is_open:
            self.is_open = False
            yield "</p>\n"

    def _is_flow(self) -> bool:
        return not self.blocks or self.blocks[-1] in _FLOW
