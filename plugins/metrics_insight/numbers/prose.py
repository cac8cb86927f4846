"""The prose of a post in Markdown: its lines without headers, code and comments, and its links.

Only what is surely code is left out; what Markdown makes of stranger text is seen when the
page is made.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

from metrics_insight.numbers.named import SCHEME

SILENCE = re.compile(r"<!--\s*no context\s*-->", re.IGNORECASE)

_HEADER = re.compile(r" {0,3}(?P<key>[A-Za-z0-9_-]+):|(?P<more> {4,})\S|-{3}|\.{3}")
_FENCE = re.compile(r"^(?:[ \t>]|[-*+][ \t]|\d+[.)][ \t])*(?P<fence>`{3,}|~{3,})(?P<word>[^`\n]*)$")
_ITEM = re.compile(r"^ {0,3}(?:[-*+]|\d+[.)]|:|\[\^[^\]]+\]:)\s")
_HIDDEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?P<tag>pre|script|style|code|textarea)\b.*?(?:</(?P=tag)\s*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_CODE = re.compile(
    r"(?<![`\\])(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=ticks)(?!`)", re.DOTALL
)
_WORDS = r"(?:[^\[\]\\]|\\.|!?\[[^\[\]]*\](?:\([^()\s]*\))?)*"
_LINK = re.compile(
    rf"(?P<before>[!\\]?)\[(?P<words>{_WORDS})\]\(\s*"
    rf"(?:<(?P<enclosed>{SCHEME}[^<>\n]*)>|(?P<bare>{SCHEME}(?:[^\s()<>]|\([^\s()<>]*\))*))"
    r"\s*(?:\"[^\"\n]*\"|'[^'\n]*')?\s*\)",
    re.IGNORECASE,
)
_MEANT = re.compile(rf"(?:\]\(\s*<?|\]:\s*<?|<(?![/a-z]+ )){SCHEME}", re.IGNORECASE)
_TAGS = re.compile(r"<[^<>]*>")
_MARKS = re.compile(r"\\(?P<kept>[!-/:-@\[-`{-~])|[*_`]")


@dataclass(frozen=True)
class Line:
    """A line of prose: its number in the file, its text without code, and as it was.

    Code and comments are blanks as long as they were. ``is_silenced`` by ``<!-- no context -->``.
    """

    number: int
    text: str
    raw: str
    is_header: bool = False
    is_in_block: bool = False
    is_silenced: bool = False


@dataclass(frozen=True)
class Link:
    """A metric link: its words without marks, its target, the line; with no target it is none."""

    words: str
    target: str
    line: int


@lru_cache(maxsize=512)  # a preview asks again for every post after each save
def lines(text: str) -> tuple[Line, ...]:
    """The lines that hold prose, of a post or page with its headers."""
    raw = text.split("\n")
    body = _body(raw)
    bare = _without_code(raw, body)
    hidden = _blanked("\n".join(line for line, _ in bare)).split("\n")
    return tuple(
        Line(n + 1, line, raw[n], n < body, bare[n][1], bool(SILENCE.search(raw[n])))
        for n, line in enumerate(hidden)
        if line.strip() and not (n < body and not _is_summary(raw, n))
    )


def links(text: str) -> tuple[Link, ...]:
    """The metric links in a post, and what was meant as one and is none."""
    if SCHEME not in text.lower():
        return ()
    prose = lines(text)
    joined, raw = ("\n".join(getattr(line, name) for line in prose) for name in ("text", "raw"))
    starts = [0]
    for line in prose:
        starts.append(starts[-1] + len(line.text) + 1)
    return tuple(
        Link(words, target, prose[bisect_right(starts, at) - 1].number)
        for at, words, target in _found(joined, raw)
    )


def plain(words: str) -> str:
    r"""Words of Markdown or HTML as they are read.

    >>> plain("**1,311** <i>followers</i> &amp; \\*more\\*")
    '1,311 followers & *more*'
    """
    bare = _MARKS.sub(lambda found: found["kept"] or "", _TAGS.sub("", words))
    return " ".join(unescape(bare).split())


def _found(text: str, raw: str) -> Iterator[tuple[int, str, str]]:
    taken: set[int] = set()  # where an address begins that belongs to a link
    for found in _LINK.finditer(text):
        if found["before"] == "!":
            continue
        name = "enclosed" if found["enclosed"] else "bare"
        taken.add(found.start(name) + len(SCHEME))
        if not found["before"]:
            words = raw[slice(*found.span("words"))]
            yield found.start(), plain(words), unescape(found["enclosed"] or found["bare"])
    for found in _MEANT.finditer(text):
        if found.end() not in taken:
            yield found.start(), found[0], ""


def _body(raw: list[str]) -> int:
    """How many lines the headers of a post have."""
    for n, line in enumerate(raw):
        found = _HEADER.match(line)
        if not found or (found["more"] and not n):
            return n
    return len(raw)


def _is_summary(raw: list[str], n: int) -> bool:
    """Whether a header line belongs to the summary, which is Markdown as the body is."""
    while n and raw[n].startswith("    "):
        n -= 1
    return raw[n].lstrip().lower().startswith("summary:")


def _without_code(raw: list[str], body: int) -> list[tuple[str, bool]]:
    """Each line, "" where it is code or the header of an insight block; and whether in a block."""
    done = [(line, False) for line in raw[:body]]
    at, is_list = body, False
    while at < len(raw):
        line = raw[at]
        opening = _FENCE.match(line)
        if opening:
            end = _closing(raw, at, opening["fence"])
            is_block = opening["word"].strip() == "insight" and not line.startswith(" ")
            done += _of_block(raw[at : end + 1]) if is_block else [("", False)] * (end + 1 - at)
            at = end + 1
            continue
        if line.strip() and not line.startswith(("    ", "\t")):
            is_list = bool(_ITEM.match(line)) or (is_list and line.startswith(" "))
        is_after_blank = not raw[at - 1].strip() or not done or not done[-1][0]
        is_code = line.startswith(("    ", "\t")) and is_after_blank and not is_list
        done.append(("" if is_code else line, False))
        at += 1
    return done[: len(raw)]


def _of_block(block: list[str]) -> list[tuple[str, bool]]:
    """The lines of an insight block: its header left out, its words with the code in them."""
    blank = next((n for n, line in enumerate(block) if not line.strip()), len(block))
    inner = block[blank:-1]
    words = [(line, True) for line, _ in _without_code(inner, 0)]
    return [("", True)] * blank + words + [("", True)] * (len(block) - blank - len(inner))


def _closing(raw: list[str], at: int, fence: str) -> int:
    closing = re.compile(rf"^[ \t>]*{re.escape(fence[0])}{{{len(fence)},}}\s*$")
    return next((n for n in range(at + 1, len(raw)) if closing.match(raw[n])), len(raw) - 1)


def _blanked(text: str) -> str:
    for hidden in (_HIDDEN, _CODE):
        text = hidden.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    return text
