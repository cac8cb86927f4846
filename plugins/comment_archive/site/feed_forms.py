"""Comment feeds in Atom and RSS: what each comment answers, and that nothing more will come.

`thr:in-reply-to` is RFC 4685, `fh:complete` RFC 5005. A feed that Pelican made is given one of
these classes before it is written; every field that they write stands in the feed by then.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from feedgenerator import Atom1Feed, Rss201rev2Feed

THREADS = "http://purl.org/syndication/thread/1.0"
HISTORY = "http://purl.org/syndication/history/1.0"
SLASH = "http://purl.org/rss/1.0/modules/slash/"
COMMENT_API = "http://wellformedweb.org/CommentAPI/"

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """The text without the letters that XML 1.0 forbids even when escaped."""
    return _NOT_XML.sub("", text)


class _Of:
    """What the feeds of comments have in common: the moment of the newest, and an end."""

    feed: dict[str, Any]
    items: list[dict[str, Any]]

    def latest_post_date(self) -> datetime:
        """The newest moment; of an empty feed the one that it was given."""
        moments = [item["updateddate"] for item in self.items]
        newest: datetime = max(moments, default=self.feed["updated"])
        return newest

    def _add_end(self, handler: Any) -> None:
        if self.feed.get("is_complete"):
            handler.addQuickElement("fh:complete", None, {"xmlns:fh": HISTORY})


class CommentAtom(_Of, Atom1Feed):  # type: ignore[misc]
    """An Atom feed of comments."""

    def root_attributes(self) -> dict[str, str]:
        """The names of the extensions used, said once."""
        return {**super().root_attributes(), "xmlns:thr": THREADS}

    def add_root_elements(self, handler: Any) -> None:
        """What is said of the whole feed."""
        super().add_root_elements(handler)
        self._add_end(handler)

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Write one comment and what it answers."""
        super().add_item_elements(handler, item)
        for answered in item["answers"]:
            handler.addQuickElement("thr:in-reply-to", None, answered)


class CommentRss(_Of, Rss201rev2Feed):  # type: ignore[misc]
    """An RSS feed of comments."""

    def rss_attributes(self) -> dict[str, str]:
        """The names of the extensions used, said once."""
        return {**super().rss_attributes(), "xmlns:thr": THREADS}

    def add_root_elements(self, handler: Any) -> None:
        """What is said of the whole feed."""
        super().add_root_elements(handler)
        self._add_end(handler)

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Write one comment and what it answers."""
        super().add_item_elements(handler, item)
        for answered in item["answers"]:
            handler.addQuickElement("thr:in-reply-to", None, answered)


class PostAtom(Atom1Feed):  # type: ignore[misc]
    """Pelican's Atom feed of posts with how many answered, for a site without better feeds."""

    def root_attributes(self) -> dict[str, str]:
        """The names of the extensions used, said once."""
        return {**super().root_attributes(), "xmlns:thr": THREADS}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Write one post and where its comments are."""
        super().add_item_elements(handler, item)
        add_replies(handler, item.get("replies"))


class PostRss(Rss201rev2Feed):  # type: ignore[misc]
    """Pelican's RSS feed of posts with the same."""

    def rss_attributes(self) -> dict[str, str]:
        """The names of the extensions used, said once."""
        return {**super().rss_attributes(), "xmlns:slash": SLASH, "xmlns:wfw": COMMENT_API}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Write one post and where its comments are."""
        super().add_item_elements(handler, item)
        add_comments(handler, item.get("replies"))


def add_replies(handler: Any, replies: Mapping[str, Any] | None) -> None:
    """The link to an entry's comment feed, with their number."""
    if replies and replies["atom"]:
        given = {
            "rel": "replies",
            "type": "application/atom+xml",
            "href": replies["atom"],
            "thr:count": str(replies["entries"]),
        }
        handler.addQuickElement("link", None, given)


def add_comments(handler: Any, replies: Mapping[str, Any] | None) -> None:
    """An item's number of comments and the address of their feed."""
    if replies:
        handler.addQuickElement("slash:comments", str(replies["count"]))
        if replies["rss"]:
            handler.addQuickElement("wfw:commentRss", replies["rss"])
