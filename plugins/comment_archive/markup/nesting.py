"""Tags nested deeper than any writer meant, taken away; their words stay where they are."""

from __future__ import annotations

from collections.abc import Iterator

from comment_archive.markup.tags import VOID, Piece, Tag, pieces, written

DEEPEST = 32  # elements around a word; browsers and feed readers slow down beyond some hundreds


def flattened(html: str) -> str:
    """Well-formed HTML whose words lie in no more than `DEEPEST` elements.

    >>> flattened("<i>" * 40 + "x" + "</i>" * 40).count("<i>")
    32
    """
    if html.count("<") <= DEEPEST:
        return html
    return written(_kept(html))


def _kept(html: str) -> Iterator[Piece]:
    depth = 0
    for one in pieces(html):
        if not isinstance(one, Tag) or one.name in VOID:
            yield one
        elif one.is_end:
            yield from [one] if depth <= DEEPEST else [" "]
            depth -= 1
        else:
            depth += 1
            yield from [one] if depth <= DEEPEST else [" "]
