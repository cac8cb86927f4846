"""What an export says of the whole blog: its addresses, authors, categories and their parents."""

from __future__ import annotations

import html

from comment_archive.importers.wordpress.records import Record
from comment_archive.model import About

FEEDS = ("feed/", "feed/rss/", "feed/rdf/", "feed/atom/", "comments/feed/", "?feed=rss2")
"""Where WordPress publishes the feeds of a blog, below its address."""


def plain(words: str) -> str:
    """A name or title as a reader sees it: WordPress keeps some of their letters as references."""
    return " ".join(html.unescape(words).split())


class Blog:
    """What was learnt of the blog up to here."""

    def __init__(self) -> None:
        self._channel: dict[str, str] = {}
        self._authors: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._parents: dict[str, str] = {}

    def learn(self, record: Record) -> None:
        """Add a record of the channel, an author or a term."""
        told = record.fields
        if record.kind == "channel":
            self._channel |= {name: words for name, words in told.items() if words.strip()}
        elif record.kind == "author":
            login = told.get("wp:author_login", "").strip()
            self._authors[login] = plain(told.get("wp:author_display_name", "")) or login
        elif record.kind == "category":
            short = told.get("wp:category_nicename", "").strip()
            self._names[short] = plain(told.get("wp:cat_name", "")) or short
            self._parents[short] = told.get("wp:category_parent", "").strip()

    def author(self, login: str) -> str:
        """The name an author writes under; the login where the export tells no name."""
        return self._authors.get(login.strip(), plain(login))

    @property
    def address(self) -> str:
        """The blog's address, with a slash at its end."""
        told = self._channel
        address = (told.get("wp:base_blog_url") or told.get("link") or "").strip()
        return address.rstrip("/") + "/" if address else ""

    def depth(self, short: str) -> int:
        """How many categories a category stands under; a circle ends where it began."""
        seen = [short]
        while (above := self._parents.get(seen[-1])) and above not in seen:
            seen.append(above)
        return len(seen) - 1

    def about(self) -> About:
        """The same as a value."""
        shorts = sorted(self._names, key=self.depth)
        pairs = ((one, self._parents.get(one, "")) for one in shorts)
        return About(
            title=plain(self._channel.get("title", "")),
            address=self.address,
            feeds=tuple(self.address + name for name in FEEDS) if self.address else (),
            authors=tuple(dict.fromkeys(self._authors.values())),
            categories=tuple(dict.fromkeys(self._names[one] for one in shorts)),
            parents=tuple((self._names[a], self._names[b]) for a, b in pairs if b in self._names),
            language=self._channel.get("language", "").strip(),
        )
