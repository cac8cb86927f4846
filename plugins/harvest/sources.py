"""From a page of the built site back to the source and line where something is written."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import quote, unquote, urlsplit

from harvest.posts import Post


@dataclass(frozen=True)
class Sources:
    """The sources of a site by their path, and the source of each page that has one."""

    posts: Mapping[str, Post]
    of_page: Mapping[str, str]

    def is_imported(self, page: str, place: tuple[str, int] | None) -> bool:
        """True for what stands in a post of an old blog, or on its page and in no other source."""
        path = place[0] if place else self.of_page.get(page, "")
        return path in self.posts and self.posts[path].is_imported

    def place(self, page: str, url: str) -> tuple[str, int] | None:
        """Where the link on that page is written; None when no source has it."""
        own = self.posts.get(self.of_page.get(page, ""))
        if own and (line := _line(own.text, _as_is(url)) or _line(own.text, _forms(url), _INSIDE)):
            return own.path, line
        # a list page shows parts of other sources; only the link as it stands counts there
        exact = [form for form in _as_is(url) if len(form) > 3]
        for post in self.posts.values():
            if line := _line(post.text, exact):
                return post.path, line
        return None


def _as_is(url: str) -> Iterator[str]:
    yield from dict.fromkeys((url, unquote(url), quote(url, safe="/#?&=:%{}|"), escape(url)))


def _forms(url: str) -> Iterator[str]:
    """What an author may have written for this address, from the surest to the vaguest."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return
    if parts.fragment:
        yield f"#{parts.fragment}"
        yield f"#{unquote(parts.fragment)}"
    if last := posixpath.basename(parts.path.rstrip("/")):
        yield unquote(last)


_WHOLE = r"(?<![\w/.-])"  # "/may/" does not stand in "/2025/may/"
_INSIDE = r"(?<=[(/\"'}|:<])|(?<=[\w/.])(?=#)"  # the end of a link, no word of the prose


def _line(text: str, forms: Iterable[str], before: str = _WHOLE) -> int | None:
    for form in forms:
        found = re.search(rf"(?:{before}){re.escape(form)}(?![\w/-])", text) if form else None
        if found:
            return text.count("\n", 0, found.start()) + 1
    return None
