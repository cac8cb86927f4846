"""Cards of other posts: a block ``card: SLUG#ID`` shows the card with a link to where it stands."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote as percent

from markupsafe import Markup
from pelican.contents import Page

from metrics_insight import ledger
from metrics_insight.claim import Quote
from metrics_insight.errors import Fault, Faults
from metrics_insight.site import authored, posts
from metrics_insight.site.desk import Desk, Made

_OWN = re.compile(r'(?P<start>\b(?:href|src)=")(?P<placeholder>\{\w+\})(?P<path>[^/"][^"]*")')
_WITHIN = re.compile(r'(\bhref=")#')
_ANCHOR = re.compile(r'(<\w[^>]*?)\sid="[^"]*"')


def find(asked: Quote, content: Any, desk: Desk) -> Made:
    """The card that is asked for, that of the same language first; else `Faults`.

    A draft's card can be quoted in drafts only: nobody else could follow the link.
    """
    seen = list(_seen_by(content, desk))
    try:
        ledger.refuse_unknown(asked, [(made.slug, made.id) for made in seen])
    except Fault as fault:
        raise Faults([fault]) from None
    same = [made for made in seen if made.slug == asked.slug and made.id == asked.id]
    language = getattr(content, "lang", "")
    return next((made for made in same if made.content.lang == language), same[0])


def shown(made: Made) -> dict[str, Any]:
    """What the templates of a quotation get: the quoted card, and where it stands."""
    permalink = f"{_address(made.content)}#{made.insight.id}"
    parts = [(label, Markup(rehomed(str(prose), made))) for label, prose in made.known["parts"]]  # noqa: S704
    closing = [
        (label, Markup(rehomed(str(prose), made)), is_verdict)  # noqa: S704
        for label, prose, is_verdict in made.known["closing"]
    ]
    quoted = {
        "title": str(made.content.title),
        "address": permalink,
        "day": posts.day_of(made.content),
        "language": made.known["written"],
    }
    anchor = f"quoted-{made.slug}-{made.id}"
    return {
        **made.known,
        "parts": parts,
        "closing": closing,
        "quoted": quoted,
        "anchor": re.sub(r"[^\w-]+", "-", anchor),
    }


def rehomed(html: str, made: Made) -> str:
    """Prose of one post as it may stand in another: its links lead where they led, no id is twice.

    >>> from types import SimpleNamespace as Some
    >>> post = Some(get_relative_source_path=lambda: "posts/a.md")
    >>> rehomed('<a id="x" href="#fn:1">1</a> <a href="{filename}b.md">b</a>', Some(content=post))
    '<a href="{filename}/posts/a.md#fn:1">1</a> <a href="{filename}/posts/b.md">b</a>'
    """
    source = made.content.get_relative_source_path()
    folder = posixpath.dirname(source)
    html = _ANCHOR.sub(r"\1", authored.unmarked(html))
    html = _OWN.sub(
        lambda one: f"{one['start']}{one['placeholder']}/{_joined(folder, one['path'])}", html
    )
    return _WITHIN.sub(lambda one: f"{one[1]}{_address(made.content)}#", html)


def _seen_by(content: Any, desk: Desk) -> Iterator[Made]:
    """The cards that a post may quote: other posts', no draft's unless it is a draft itself."""
    for made in desk.made:
        if isinstance(made.content, Page):
            continue
        is_hidden = getattr(made.content, "status", "") == "draft"
        both = getattr(content, "status", "") == "draft"
        if made.content is not content and (both or not is_hidden):
            yield made


def _address(content: Any) -> str:
    return "{filename}/" + percent(content.get_relative_source_path())


def _joined(folder: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(folder, path))
