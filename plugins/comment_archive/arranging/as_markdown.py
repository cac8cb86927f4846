"""A sanitised body as Markdown that gives the same words, links and pictures back.

What a stranger wrote may look like a fence, a header, a placeholder or a link of ours. The result
is rendered and held against the HTML; a body that Markdown would tell otherwise stays HTML within
the Markdown file, where nothing of it is read as Markdown.
"""

from __future__ import annotations

import re

from comment_archive import sanitise
from comment_archive.markup.tags import Tag, pieces, text, written

_FENCE = re.compile(r"^\s*(?:```|~~~|:::)", re.MULTILINE)
_HEADER = re.compile(r"\A\s*[\w -]+:")
_FENCES = str.maketrans({"`": "&#96;", "~": "&#126;"})


def converted(html: str) -> str:
    """The body for a Markdown source."""
    if not html:
        return ""
    made = _markdown(html)
    is_safe = made and not _FENCE.search(made) and not _HEADER.match(made)
    return made if is_safe and _shown(made) == _told(html) else _enclosed(html)


def _markdown(html: str) -> str:
    from markdownify import markdownify  # noqa: PLC0415 (few imports ask for it)

    try:
        made: str = markdownify(html, heading_style="ATX", bullets="-", escape_misc=True)
    except RecursionError:
        return ""
    return made.strip()


def _shown(made: str) -> tuple[str, list[str]]:
    from markdown import markdown  # noqa: PLC0415

    try:
        return _told(sanitise.rough(markdown(made, extensions=["extra", "sane_lists"])))
    except RecursionError:
        return "", []


def _enclosed(html: str) -> str:
    """The HTML as one block; a fence is read before blocks are, so there is none."""
    inert = (str(one) if isinstance(one, Tag) else one.translate(_FENCES) for one in pieces(html))
    return f"<div>\n{written(inert)}\n</div>"


def _told(html: str) -> tuple[str, list[str]]:
    """What a reader gets: the words, and where the links and pictures lead."""
    addresses = [
        one.value("href") or one.value("src")
        for one in pieces(html)
        if isinstance(one, Tag) and one.name in ("a", "img") and not one.is_end
    ]
    return text(html), addresses
