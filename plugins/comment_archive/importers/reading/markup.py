"""XML as events, a piece at a time: no entity is declared, nothing is fetched, no word is lost.

What is wrong in a file is told as an event and read on: a line before the declaration, a control
character, a section that is never closed. Refused is what no export has: a document type with
declarations of its own, tags of a megabyte, words of 32 megabytes, elements 200 deep,
ten thousand faults.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5
from typing import Literal, NamedTuple

from comment_archive.errors import Unimportable

MOST_TAG = 1024 * 1024
MOST_WORDS = 32 * 1024 * 1024
MOST_DEEP = 200
MOST_FAULTS = 10_000

NAME = r"[A-Za-z_][\w:.-]*"
TAG = re.compile(rf"""<(/?)({NAME})((?:[^"'<>]|"[^"<]*"|'[^'<]*')*+)>""")
BROKEN_TAG = re.compile(rf"<(/?)({NAME})([^<>]*)>")
BEGINNING = re.compile(rf"</?(?:{NAME}|\Z)")
ATTRIBUTE = re.compile(rf"""({NAME})\s*=\s*(?:"([^"]*)"|'([^']*)')""")
REFERENCE = re.compile(r"&(#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
ASIDES = {"<!--": "-->", "<?": "?>"}
SECTION, SECTION_END = "<![CDATA[", "]]>"


class Event(NamedTuple):
    """A tag that opens or closes, words, or a fault that was read over (told in ``words``)."""

    kind: Literal["start", "end", "text", "fault"]
    line: int
    name: str = ""
    words: str = ""
    attributes: tuple[tuple[str, str], ...] = ()


class Refused(Exception):
    """What no export has: what is wrong, and in which line."""

    def __init__(self, wrong: str, line: int) -> None:
        self.wrong, self.line = wrong, line
        super().__init__(wrong)


def events(pieces: Iterator[str], path: str) -> Iterator[Event]:
    """The tags and words of an XML file in its order; every tag that opens is closed.

    Unimportable where it holds what no export has.
    """
    ahead = _Ahead(pieces)
    try:
        yield from _counted(_balanced(_lexed(ahead)))
    except Refused as refused:
        right = "export it again: no blog writes such XML"
        raise Unimportable(path, refused.wrong, right, refused.line) from refused
    if ahead.dropped:
        yield Event("fault", ahead.dropped[0], words="a control character")


def _counted(balanced: Iterator[Event]) -> Iterator[Event]:
    faults = 0
    for event in balanced:
        yield event
        faults += event.kind == "fault"
        if faults > MOST_FAULTS:
            raise Refused(f"more than {MOST_FAULTS:,} faults", event.line)


class _Ahead:
    """The text at hand: what was read and not yet taken, and the line it begins in."""

    def __init__(self, pieces: Iterator[str]) -> None:
        self._pieces = pieces
        self.text = ""
        self.at = 0
        self.line = 1
        self.dropped: list[int] = []
        self._behind = 0
        self._lacks: dict[str, int] = {}

    def fill(self) -> bool:
        """Whether there was another piece to add."""
        piece = next(self._pieces, None)
        if piece is None:
            return False
        piece = piece.replace("\r\n", "\n")
        clean = NO_CHARACTER.sub("", piece)
        if len(clean) < len(piece) and not self.dropped:
            first = NO_CHARACTER.search(piece)
            before = piece.count("\n", 0, first.start() if first else 0)
            self.dropped.append(self.line + self.text.count("\n", self.at) + before)
        self.text = self.text[self.at :] + clean
        self._behind += self.at
        self.at = 0
        return True

    def starts(self, words: str) -> bool:
        """Whether the text goes on with these words."""
        while len(self.text) - self.at < len(words) and self.fill():
            pass
        return self.text.startswith(words, self.at)

    def before(self, mark: str, most: int) -> int:
        """How many characters stand before ``mark``; -1 where it does not come within ``most``."""
        here = self._behind + self.at
        searched = max(0, self._lacks.get(mark, 0) - here)
        while (found := self.text.find(mark, self.at + searched)) < 0:
            searched = max(0, len(self.text) - self.at - len(mark) + 1)
            if searched > most or not self.fill():
                self._lacks[mark] = here + searched
                return -1
        return found - self.at

    def take(self, length: int) -> str:
        """The next characters, which are then behind."""
        taken = self.text[self.at : self.at + length]
        self.at += length
        self.line += taken.count("\n")
        return taken


def _lexed(ahead: _Ahead) -> Iterator[Event]:
    yield from _before_all(ahead)
    while ahead.at < len(ahead.text) or ahead.fill():
        aside = next((opens for opens in ASIDES if ahead.starts(opens)), "")
        if ahead.starts(SECTION):
            yield from _section(ahead)
        elif aside and (length := ahead.before(ASIDES[aside], MOST_TAG)) >= 0:
            yield from _aside(ahead, length + len(ASIDES[aside]))
        elif ahead.starts("<!"):
            yield from _declaration(ahead)
        elif ahead.starts("<"):
            yield from _tag(ahead)
        else:
            yield _text(ahead)


def _before_all(ahead: _Ahead) -> Iterator[Event]:
    length = ahead.before("<", MOST_TAG)
    if length > 0 and ahead.take(length).strip("\ufeff \t\r\n"):
        yield Event("fault", 1, words="words before the first tag")


def _section(ahead: _Ahead) -> Iterator[Event]:
    """The words of a CDATA section, as they come."""
    began = ahead.line
    ahead.take(len(SECTION))
    while (length := ahead.before(SECTION_END, 0)) < 0:
        kept = len(SECTION_END) - 1
        if len(ahead.text) - ahead.at > kept:
            yield Event("text", ahead.line, words=ahead.take(len(ahead.text) - ahead.at - kept))
        if not ahead.fill():
            yield Event("text", ahead.line, words=ahead.take(len(ahead.text)))
            yield Event("fault", began, words="a CDATA section without its end")
            return
    words = ahead.take(length)
    ahead.take(len(SECTION_END))
    yield Event("text", began, words=words)
    if SECTION in words:
        yield Event("fault", began, words="a CDATA section within another")


def _aside(ahead: _Ahead, length: int) -> Iterator[Event]:
    """A comment or an instruction, which is passed over; one with tags in it is told of."""
    line = ahead.line
    if "<" in ahead.take(length)[1:]:
        yield Event("fault", line, words="tags within a comment, which were not read")


def _declaration(ahead: _Ahead) -> Iterator[Event]:
    length = ahead.before(">", MOST_TAG)
    words = ahead.text[ahead.at : ahead.at + max(length, 0)]
    if "[" in words or "ENTITY" in words.upper():
        raise Refused("a document type that declares entities", ahead.line)
    if not words.upper().startswith("<!DOCTYPE") or "<" in words[1:]:
        yield Event("fault", ahead.line, words='a "<!" that begins nothing')
        yield Event("text", ahead.line, words=ahead.take(2))
        return
    ahead.take(length + 1)


def _tag(ahead: _Ahead) -> Iterator[Event]:
    """The tag that begins here; a "<" that begins none is words."""
    line = ahead.line
    while (found := TAG.match(ahead.text, ahead.at)) is None and _may_end(ahead):
        if len(ahead.text) - ahead.at > MOST_TAG:
            raise Refused(f"a tag of more than {MOST_TAG // 2**20} MB", line)
        if not ahead.fill():
            break
    if found is None:
        yield Event("fault", line, words="a tag that is damaged")
    found = found or BROKEN_TAG.match(ahead.text, ahead.at)
    if found is None:
        yield Event("text", line, words=ahead.take(1))
        return
    if len(found.group()) > MOST_TAG:
        raise Refused(f"a tag of more than {MOST_TAG // 2**20} MB", line)
    ahead.take(len(found.group()))
    closes, name, rest = found.groups()
    attributes = tuple((key, read(a or b)) for key, a, b in ATTRIBUTE.findall(rest))
    empty = "/" if rest.rstrip().endswith("/") else ""
    yield Event("end" if closes else "start", line, name, empty, attributes)


def _may_end(ahead: _Ahead) -> bool:
    """Whether more text could make a tag of this: no other one begins in what is at hand."""
    looks_like_one = BEGINNING.match(ahead.text, ahead.at) is not None
    return looks_like_one and ahead.text.find("<", ahead.at + 1) < 0


def _text(ahead: _Ahead) -> Event:
    line = ahead.line
    length = ahead.before("<", MOST_WORDS)
    if length < 0 and len(ahead.text) - ahead.at > MOST_WORDS:
        raise Refused(f"words of more than {MOST_WORDS // 2**20} MB", line)
    return Event("text", line, words=read(ahead.take(length if length >= 0 else len(ahead.text))))


def read(words: str) -> str:
    """Words with their references read, once; those that nobody knows stay as they are.

    >>> read("R&amp;amp;D &#8212; &nbsp;&uuml; &nobody; &#0;")
    'R&amp;D — \\xa0ü &nobody; '
    """
    return REFERENCE.sub(_referred, words) if "&" in words else words


def _referred(found: re.Match[str]) -> str:
    name = found[1]
    if not name.startswith("#"):
        return html5.get(f"{name};", found[0])
    number = int(f"0{name[1:]}", 0) if name[1] in "xX" else int(name[1:])
    return NO_CHARACTER.sub("", chr(number)) if number <= 0x10FFFF else ""


def _balanced(lexed: Iterator[Event]) -> Iterator[Event]:
    """The same with each tag closed: in its turn, or where the one around it ends."""
    open_tags: list[str] = []
    line = 1
    for event in lexed:
        line = event.line
        if event.kind == "start":
            yield event
            if event.words:
                yield event._replace(kind="end", words="", attributes=())
            else:
                open_tags.append(event.name)
            if len(open_tags) > MOST_DEEP:
                raise Refused(f"elements more than {MOST_DEEP} deep", line)
        elif event.kind == "end":
            yield from _closed(open_tags, event)
        else:
            yield event
    yield from _cut_short(open_tags, line)


def _closed(open_tags: list[str], event: Event) -> Iterator[Event]:
    if event.name not in open_tags:
        yield Event("fault", event.line, words=f"</{event.name}> without a beginning")
        return
    while (name := open_tags.pop()) != event.name:
        yield Event("end", event.line, name)
        yield Event("fault", event.line, words=f"<{name}> without an end")
    yield event


def _cut_short(open_tags: list[str], line: int) -> Iterator[Event]:
    if open_tags:
        yield Event("fault", line, words="the file stops before its end")
    while open_tags:
        yield Event("end", line, open_tags.pop())
