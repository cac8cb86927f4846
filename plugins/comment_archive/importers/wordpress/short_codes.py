"""Short codes as what they stood for: a picture with its words, a link; what is unknown stays.

`[name …]words[/name]` of an unknown plugin leaves its words, `[[name]]` is `[name]`; a code alone
of which nothing is known stays as it is written, for the author to see.
"""

from __future__ import annotations

import re
from html import escape
from typing import NamedTuple

CODE = re.compile(r"\[(\[?)(/?)([A-Za-z][\w-]{0,60})((?:[ =/\t\n][^\[\]]{0,2000})?)\](\]?)")
LITERAL = re.compile(r"<(/?)(pre|code)\b", re.IGNORECASE)
ADDRESS = re.compile(r"""https?://[^\s"'<>\[\]]+""")
PICTURE = re.compile(
    r"\s*((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?)(.*)", re.DOTALL | re.IGNORECASE
)
CAPTION = re.compile(r"""\bcaption=(?:"([^"]*)"|'([^']*)')""")
CAPTIONS = {"caption", "wp_caption"}
MEDIA = {
    "audio",
    "dailymotion",
    "embed",
    "flickr",
    "soundcloud",
    "ted",
    "video",
    "vimeo",
    "youtube",
}


class _Code(NamedTuple):
    name: str
    closes: bool
    inside: str
    start: int
    end: int


def readable(words: str) -> str:
    """The words of a post with their short codes made readable, but for those in code.

    >>> readable('[youtube http://video.example/1] and [[x]] and [note a="b"]kept[/note]')
    '<a href="http://video.example/1">http://video.example/1</a> and [x] and kept'
    """
    codes, escaped = _codes(words)
    ends = _pairs(codes)
    out, at = [], 0
    for code in sorted([*codes, *escaped], key=lambda one: one.start):
        end = ends.get(code.start)
        said = None if code.start < at else _said(code, end, words)
        if said is not None:
            out += [words[at : code.start], said]
            at = end.end if end and _is_whole(code) else code.end
    return "".join([*out, words[at:]])


def _codes(words: str) -> tuple[list[_Code], list[_Code]]:
    codes, escaped = [], []
    literal = _literal(words)
    for found in CODE.finditer(words):
        if any(begin <= found.start() < end for begin, end in literal):
            continue
        opens, slash, name, inside, closes = found.groups()
        if opens and closes:
            escaped.append(_Code("", False, found[0][1:-1], found.start(), found.end()))
        else:
            start, end = found.start() + len(opens), found.end() - len(closes)
            codes.append(_Code(name.lower(), bool(slash), inside, start, end))
    return codes, escaped


def _literal(words: str) -> list[tuple[int, int]]:
    """Where code stands: from each <pre> or <code> to its own end, where it has one."""
    spans: list[tuple[int, int]] = []
    began: re.Match[str] | None = None
    for found in LITERAL.finditer(words):
        if began is None and not found[1]:
            began = found
        elif began is not None and found[1] and found[2].lower() == began[2].lower():
            spans.append((began.start(), found.end()))
            began = None
    return spans


def _pairs(codes: list[_Code]) -> dict[int, _Code]:
    """Where a code starts that has an end, and where an end starts: the end of either."""
    open_codes: dict[str, list[_Code]] = {}
    ends = {}
    for code in codes:
        waiting = open_codes.setdefault(code.name, [])
        if not code.closes:
            waiting.append(code)
        elif waiting:
            ends[waiting.pop().start] = code
            ends[code.start] = code
    return ends


def _is_whole(code: _Code) -> bool:
    """Whether a code takes its inner words with it."""
    return not code.closes and code.name in CAPTIONS | MEDIA


def _said(code: _Code, end: _Code | None, words: str) -> str | None:
    """What a code becomes; None where it stays."""
    if not code.name:
        return code.inside
    inner = words[code.end : end.start] if end else ""
    if code.name in CAPTIONS and end and not code.closes:
        return _captioned(inner, code.inside)
    if code.name in MEDIA and not code.closes:
        found = ADDRESS.search(code.inside) or ADDRESS.search(inner)
        return _link(found[0]) if found else None
    return "" if end else None


def _captioned(inner: str, inside: str) -> str:
    found = PICTURE.fullmatch(inner)
    told = CAPTION.search(inside)
    words = (found[2].strip() if found else "") or (told[1] or told[2] if told else "")
    picture = found[1] if found else inner
    return f"\n\n<figure>{picture}<figcaption>{words}</figcaption></figure>\n\n"


def _link(address: str) -> str:
    shown = escape(address.replace("&amp;", "&"))
    return f'<a href="{shown}">{shown}</a>'
