"""The plain prose of a text: its paragraphs, lists and quotations without anything else.

Read from HTML into runs of text, each with the elements that stand around it, so that it can
be cut anywhere and is still whole HTML when written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import escape
from html.parser import HTMLParser
from itertools import count, groupby, takewhile


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


_BLOCKS = _names("p ul ol li dl dt dd blockquote")
_INLINE = _names(
    "a abbr b bdi bdo cite code data del dfn em i ins kbd mark q rp rt ruby s samp small span "
    "strong sub sup time u var"
)
_LEFT_OUT = _names(
    "aside audio button canvas details embed figure form h1 h2 h3 h4 h5 h6 iframe math nav "
    "noscript object picture pre script select style svg table template textarea title video"
)
_LEFT_OUT_CLASSES = _names("insight footnote toc highlight headerlink")
_VOID = _names("area base br col embed hr img input link meta param source track wbr")
_KEPT_ATTRIBUTES = _names("cite datetime dir href hreflang lang title value")
_MORE = re.compile(r"<[!/]-*\s*more\b")  # whatever HTML may take for the comment


@dataclass(frozen=True)
class Element:
    """An element around text; its number tells two alike from one another."""

    number: int
    name: str
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Run:
    """A piece of text and the elements around it, the outermost first."""

    text: str
    around: tuple[Element, ...]


@dataclass(frozen=True)
class Prose:
    """All the prose of a text; ``is_by_hand`` where the author wrote ``<!-- more -->``."""

    runs: tuple[Run, ...]
    is_by_hand: bool


def read(html: str) -> Prose:
    """The prose of a text, up to ``<!-- more -->`` where it stands.

    Left out are insight cards but for the author's reading, code, tables, figures, headings,
    tables of contents, notes and the references to them; a link within the page is left as its
    words.
    """
    reader = _Reader()
    runs = tuple(reader.read(html))
    return Prose(runs, reader.is_over)


def beginning(html: str) -> Iterator[Run]:
    """The runs of ``read(html)`` one by one: no more of the text is read than is asked for."""
    return _Reader().read(html)


def may_be_cut(html: str) -> bool:
    """False where the author surely wrote no ``<!-- more -->``."""
    return bool(_MORE.search(html))


def paragraphs(runs: Iterable[Run]) -> Iterator[tuple[Run, ...]]:
    """The paragraphs that stand for themselves, not within a list or a quotation."""
    for outermost, paragraph in groupby(runs, key=lambda run: run.around[0]):
        if outermost.name == "p":
            yield tuple(paragraph)


def plain(runs: Iterable[Run]) -> str:
    """The words alone; a paragraph or item is parted from the next by a space.

    >>> plain(read("<p>One <em>two</em></p><ul><li>three</li></ul>").runs)
    'One two three'
    """
    pieces, block = [], None
    for run in runs:
        here = _block(run)
        pieces.append(run.text if here == block else " " + run.text)
        block = here
    return " ".join("".join(pieces).split())


def cut(runs: Iterable[Run], length: int, end: str = "") -> tuple[Run, ...]:
    """The first ``length`` characters of the runs; ``end`` is put after the last one."""
    kept: list[Run] = []
    for run in runs:
        if length <= 0:
            break
        kept.append(replace(run, text=run.text[:length]))
        length -= len(run.text)
    if kept:
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip() + end)
    return tuple(kept)


def html(runs: Iterable[Run]) -> str:
    """The runs as HTML, every element closed, one block after another on a line of its own.

    >>> html(read('<p id="x">A &lt; <b>b</b><sup id="fnref:1">1</sup></p> loose').runs)
    '<p>A &lt; <b>b</b></p>\\n<p>loose</p>'
    """
    pieces: list[str] = []
    open_now: tuple[Element, ...] = ()
    for run in runs:
        pairs = zip(open_now, run.around, strict=False)
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        pieces += _ends(open_now[same:])
        if pieces and not same:
            pieces.append("\n")
        pieces += [_start(element) for element in run.around[same:]]
        pieces.append(escape(run.text, quote=False))
        open_now = run.around
    return "".join([*pieces, *_ends(open_now)])


def _block(run: Run) -> Element:
    return next(element for element in reversed(run.around) if element.name in _BLOCKS)


def _start(element: Element) -> str:
    written = "".join(f' {name}="{escape(value)}"' for name, value in element.attributes)
    return f"<{element.name}{written}>"


def _ends(elements: tuple[Element, ...]) -> Iterator[str]:
    return (f"</{element.name}>" for element in reversed(elements))


@dataclass
class _Open:
    """An element that is open in the source: its name, and what is kept of it."""

    name: str
    kept: Element | None
    is_left_out: bool


class _Reader(HTMLParser):
    """Collects the runs of prose while it goes through a text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.runs: list[Run] = []
        self.is_over = False
        self._open: list[_Open] = []
        self._numbers = count()
        self._loose: Element | None = None  # the paragraph that text outside of any is put in
        self._in_card = 0
        self._around_reading: list[tuple[list[_Open], int]] = []  # the card it stands in

    def read(self, html: str) -> Iterator[Run]:
        """The runs of a text, read to the end of its first paragraph, then on in growing steps."""
        end = told = 0
        while end < len(html):
            # each step doubles what was read: the parser begins an open comment anew each time
            start, end = end, (html.find("</p>", 2 * end) + 1 or len(html)) + 3
            self.feed(html[start:end])
            yield from self.runs[told:]
            told = len(self.runs)
        self.close()
        yield from self.runs[told:]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            if tag == "br":
                self.handle_data(" ")
            return
        if tag in _BLOCKS:
            self._close_paragraph()
        attributes = {name: value or "" for name, value in attrs}
        within = bool(self._open) and self._open[-1].is_left_out
        kept = self._kept(tag, attributes)
        self._open.append(_Open(tag, kept, within or _is_left_out(tag, attributes)))

    def handle_endtag(self, tag: str) -> None:
        names = [each.name for each in self._open]
        if tag in names:
            del self._open[len(names) - 1 - names[::-1].index(tag) :]

    def handle_comment(self, data: str) -> None:
        words = data.split()
        if words == ["more"]:
            self.is_over = True
        elif words[:1] == ["insight"]:
            self._in_card += 1
        elif words == ["/insight"]:
            self._in_card = max(0, self._in_card - 1)
        elif words == ["reading"] and self._in_card:
            self._around_reading.append((self._open, self._in_card))
            self._open, self._in_card = [], 0
        elif words == ["/reading"] and self._around_reading:
            self._open, self._in_card = self._around_reading.pop()
            self._loose = None

    def handle_data(self, data: str) -> None:
        left_out = self._in_card or (self._open and self._open[-1].is_left_out)
        if self.is_over or left_out:
            return
        around = tuple(each.kept for each in self._open if each.kept)
        if any(element.name in _BLOCKS for element in around):
            self._loose = None
        elif data.strip() or self._loose:
            self._loose = self._loose or Element(next(self._numbers), "p")
            around = (self._loose, *around)
        if around and around[0].name in _BLOCKS:
            self._add(data, around)

    def _add(self, data: str, around: tuple[Element, ...]) -> None:
        """Keep text, with white space as a browser shows it; space between blocks is nothing."""
        text = re.sub(r"[ \t\n\r\f]+", " ", data)
        is_first = not self.runs or _block(self.runs[-1]) != _block(Run("", around))
        text = text.lstrip() if is_first else text
        if text:
            self.runs.append(Run(text, around))

    def _kept(self, tag: str, attributes: dict[str, str]) -> Element | None:
        if tag not in _BLOCKS | _INLINE:
            return None
        named = tuple(pair for pair in attributes.items() if pair[0] in _KEPT_ATTRIBUTES)
        is_needless = tag == "span" and not named
        is_within_page = tag == "a" and attributes.get("href", "#").startswith("#")
        return None if is_needless or is_within_page else Element(next(self._numbers), tag, named)

    def _close_paragraph(self) -> None:
        """A block ends a paragraph left open, as browsers have it."""
        if any(each.name == "p" for each in self._open):
            self.handle_endtag("p")
        self._loose = None


def _is_left_out(tag: str, attributes: dict[str, str]) -> bool:
    classes = set(attributes.get("class", "").split())
    is_reference = tag == "sup" and attributes.get("id", "").startswith("fnref")
    return tag in _LEFT_OUT or is_reference or bool(classes & _LEFT_OUT_CLASSES)
