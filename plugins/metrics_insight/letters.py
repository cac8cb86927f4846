"""The letters that a page, a picture and a feed have room for."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)


def plain(words: str) -> str:
    r"""The words without control characters and the like, which HTML and XML forbid.

    >>> plain("bell\x07, tab\t, end")
    'bell, tab\t, end'
    """
    return _FORBIDDEN.sub("", words)
