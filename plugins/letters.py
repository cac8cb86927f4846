"""The letters that a page, a picture and a feed have room for.

A shared leaf like `mistakes`: what an author writes is held against XML where it is read,
and freed of what XML or HTML forbid where it is written.
"""

from __future__ import annotations

import re

# XML 1.0, section 2.2: these may not stand in a document even when escaped
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# the control characters and the code points that are no letters, which HTML forbids besides
_NOT_HTML = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)


def plain(words: str) -> str:
    r"""The words without control characters and the like, which HTML and XML forbid.

    >>> plain("bell\x07, tab\t, end")
    'bell, tab\t, end'
    """
    return _NOT_HTML.sub("", words)


def for_xml(text: str) -> str:
    r"""The text without the characters that XML 1.0 forbids even when escaped.

    >>> for_xml("bell\x07 and \ufffe")
    'bell and '
    """
    return _NOT_XML.sub("", text)


def first_not_xml(text: str) -> int | None:
    r"""Where the first character stands that no feed can carry, None where there is none.

    >>> first_not_xml("bell\x07")
    4
    """
    found = _NOT_XML.search(text)
    return found.start() if found else None
