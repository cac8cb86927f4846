"""[Allison](comment:ID) in a post: a link to the comment, and alone in its paragraph a quotation.

The link is written as one to the thread's own file, which Pelican is told to be the post's: so it
is resolved where every other link of the text is, on pages, in lists and in feeds.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from markupsafe import Markup, escape

from comment_archive import mentions
from comment_archive.model import Comment
from comment_archive.site import names, wording
from comment_archive.site.shelf import Shelf, alias
from mistakes import Mistake

logger = logging.getLogger(__name__)

_LINK = (
    r"""<a\s(?P<before>[^<>]*?)href=(?P<q>["'])comment:(?P<id>[^"'<>]*)(?P=q)(?P<after>[^<>]*)>"""
)
_ANY = re.compile(rf"(?P<open><p>\s*)?{_LINK}(?P<words>.*?)</a>(?P<close>\s*</p>)?", re.DOTALL)


def answer(content: Any, shelf: Shelf) -> None:
    """Lead the links to comments in a text to them; an unknown one becomes a visible note."""
    html = getattr(content, "_content", None)
    if not isinstance(html, str) or mentions.SCHEME not in html or _is_imported(content):
        return
    content._content = _ANY.sub(_answered(content, shelf), html)  # noqa: SLF001


def _is_imported(content: Any) -> bool:
    """Nothing in the words of an old blog means anything but itself."""
    return bool(content.metadata.get("imported"))


def _answered(content: Any, shelf: Shelf) -> Callable[[re.Match[str]], str]:
    def one(found: re.Match[str]) -> str:
        name = mentions.named(found["id"])
        opened, closed = found["open"] or "", found["close"] or ""
        known = shelf.said.get(name)
        if known is None:
            wrong, right = mentions.wrong(name, shelf.said)
            logger.error("%s", Mistake(names.shown(content), None, wrong, right))
            told = f"{wrong}; {right}"
            note = Markup(' <strong class="comment-fault" role="note">{}</strong>').format(told)
            return f"{opened}{found['words']}{note}{closed}"
        comment, slug = known
        url = f"{{filename}}/{quote(alias(slug))}#comment-{comment.id}"
        link = f'<a {found["before"]}href="{url}"{found["after"]}>{found["words"]}</a>'
        if opened and closed:
            return _quotation(comment, link, url, str(getattr(content, "lang", "en")))
        return f"{opened}{link}{closed}"

    return one


def _quotation(comment: Comment, link: str, url: str, language: str) -> str:
    """The comment's words, who wrote them and when."""
    at, when = comment.moment, Markup()
    if at:
        shown = wording.day(at, wording.catalogue(language))
        when = Markup(', <time datetime="{}">{}</time>').format(at.isoformat(), shown)
    words = comment.html or f"<p>{escape(wording.catalogue(language).say('removed'))}</p>"
    return (
        f'<figure class="quoted">\n<blockquote cite="{url}">\n{words}\n</blockquote>\n'
        f"<figcaption>{link}{when}</figcaption>\n</figure>"
    )
