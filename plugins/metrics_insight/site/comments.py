"""Another's reading: a link to an archived comment becomes the comment, with its author's name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

PUBLISHED = "COMMENTS_PUBLISHED"
"""Under this name a plugin that keeps comments puts a mapping of their ids into the settings."""
_LINK = re.compile(r'<a\b[^>]*?\bhref="[^"]*#(?P<id>comment-[\w.:-]+)"', re.IGNORECASE)


@dataclass(frozen=True)
class Comment:
    """A comment as it was published: who wrote it, its words as clean HTML, where it stands."""

    author: str
    html: str
    address: str


def published(settings: Mapping[str, Any]) -> dict[str, Comment]:
    """The comments of the site by id (``comment-…``); none where no plugin keeps any.

    What the plugin gives is ``(author, html, address)`` for each id.
    """
    return {key: Comment(*told) for key, told in settings.get(PUBLISHED, {}).items()}


def quoted(html: str, known: Mapping[str, Comment]) -> str:
    """The prose, and after it each comment that it links to, once, in their order.

    A comment that nobody published stays a link.
    """
    linked = dict.fromkeys(found["id"] for found in _LINK.finditer(html))
    return "\n".join([html, *(_quotation(known[key]) for key in linked if key in known)])


def _quotation(comment: Comment) -> str:
    address, author = escape(comment.address), escape(comment.author)
    return (
        f'<figure>\n<blockquote cite="{address}">\n{comment.html}\n</blockquote>\n'
        f'<figcaption><a href="{address}">{author}</a></figcaption>\n</figure>'
    )
