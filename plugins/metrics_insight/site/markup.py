"""The Markdown extension: blocks become marked sections, numbers with a metric link are marked.

The block itself is carried along unread, so that what Markdown makes of a post depends on
the post alone; the author's words are ordinary Markdown of the same document, with its
footnotes and link references.
"""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import unescape
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.inlinepatterns import LinkInlineProcessor
from markdown.preprocessors import Preprocessor

from metrics_insight import block

OPENING = '<section class="insight" data-block="'
_CLOSING = "</section><!--/insight-->"
_PART = "<!--insight-part {label}-->"
_OPENED = re.compile(rf'{re.escape(OPENING)}(?P<block>[\w=-]*)">')
_PART_MARK = re.compile(r"<!--insight-part ([A-Za-z ]*)-->")
_FENCE = re.compile("^(`{3,}|~{3,})")
NUMBER = '<data class="metric" value="metric:'
_NUMBERED = re.compile(rf'{re.escape(NUMBER)}(?P<target>[^"]*)">(?P<words>.*?)</data>', re.DOTALL)
_NUMBER_LINK = r"\[(?<!!\[)(?=[^\n]*\]\(\s*<?[Mm][Ee][Tt][Rr][Ii][Cc]:)"


class InsightExtension(Extension):
    """Adds a preprocessor for blocks, and a pattern for numbers with a metric link."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  the name Markdown asks for
        """Register blocks between headers (27) and fences (25), numbers before links (160)."""
        md.preprocessors.register(_Blocks(md), "insight", 26)
        md.inlinePatterns.register(_Numbers(_NUMBER_LINK, md), "metric", 165)


@dataclass(frozen=True)
class Marked:
    """A block as it stands in the HTML of a post: its lines, and the author's prose by label."""

    start: int
    end: int
    block: block.Block
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Number:
    """A marked number in the HTML of a post: its words as HTML, and what its link names.

    One ``is_in_a_link`` of the author's can have no link of its own.
    """

    words: str
    target: str
    is_in_a_link: bool


def marked(html: str) -> Iterator[Marked]:
    """The blocks in the HTML of a post, in their order."""
    for found in _OPENED.finditer(html):
        carried = _carried(found["block"])
        words, closing, _ = html[found.end() :].partition(_CLOSING)
        if carried is None:
            continue  # HTML of the author that only looks like ours
        if not closing or OPENING in words:
            # some HTML of the author, left open among the words, has swallowed the end
            yield Marked(found.start(), found.end(), replace(carried, is_closed=False), ())
            continue
        pieces = _PART_MARK.split(words)
        parts = tuple(zip(pieces[1::2], (piece.strip() for piece in pieces[2::2]), strict=True))
        yield Marked(found.start(), found.end() + len(words) + len(closing), carried, parts)


def with_numbers(html: str, write: Callable[[Number], str]) -> str:
    """The HTML with each marked number written anew."""
    if NUMBER not in html:
        return html
    return _NUMBERED.sub(lambda found: write(_number(found)), html)


def _number(found: re.Match[str]) -> Number:
    before = found.string[: found.start()]
    is_in_a_link = before.rfind("<a ") > before.rfind("</a>")
    return Number(found["words"], "metric:" + unescape(found["target"]), is_in_a_link)


def _spelled_out(fence: re.Match[str]) -> str:
    return "".join(f"&#{ord(letter)};" for letter in fence[0])


def _carry(found: block.Block) -> str:
    """A block as letters that no Markdown extension touches."""
    text = json.dumps([found.is_closed, *found.lines])
    return urlsafe_b64encode(text.encode("utf-8")).decode("ascii")


def _carried(letters: str) -> block.Block | None:
    """The block that `_carry` wrote, None for letters of somebody else."""
    try:
        is_closed, *lines = json.loads(urlsafe_b64decode(letters))
    except (ValueError, TypeError):
        return None
    return block.Block(tuple(lines), 0, len(lines), is_closed)


class _Numbers(LinkInlineProcessor):
    def handleMatch(  # type: ignore[override]  # noqa: N802  the name Markdown asks for
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        element, start, end = super().handleMatch(m, data)
        if not isinstance(element, Element):
            return None, None, None
        target = element.get("href", "")
        if not target.lower().startswith("metric:"):
            return None, None, None  # an ordinary link, for the pattern after this one
        number = Element("data", {"class": "metric", "value": "metric:" + target[7:]})
        number.text = element.text
        return number, start, end


class _Blocks(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        blocks = block.find(lines)
        if not blocks:
            return lines
        done: list[str] = []
        at = 0
        for found in blocks:
            done += self._settled(lines[at : found.opens])
            done += self._section(found)
            at = found.closes + 1
        return done + self._settled(lines[at:])

    def _settled(self, lines: Sequence[str]) -> list[str]:
        """The lines with their code fences converted, and a stray fence made plain text.

        Left to the whole text, a fence that nobody closed would swallow the card after it.
        """
        known = "fenced_code_block" in self.md.preprocessors
        done = self.md.preprocessors["fenced_code_block"].run(list(lines)) if known else lines
        return [_FENCE.sub(_spelled_out, line) for line in done]

    def _section(self, found: block.Block) -> Iterator[str]:
        store = self.md.htmlStash.store
        yield from ("", store(f'{OPENING}{_carry(found)}">'), "")
        for part in block.words(found):
            yield from (store(_PART.format(label=part.label)), "")
            yield from (*self._settled(part.markdown.split("\n")), "")
        yield from (store(_CLOSING), "")
