"""Atom and RSS as feedgenerator writes them, with what it leaves out or gets from the clock.

A feed takes its last form while it is written, after every other plugin had its turn with the
items: addresses become absolute, and characters that XML has no room for are dropped.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from feedgenerator import Atom1Feed, Rss201rev2Feed

from letters import for_xml
from weblog.addresses import absolute

NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # a feed without posts was never updated


class _Finished:
    """What both forms share: the last touch to every item, and a date that is not today's."""

    feed: dict[str, Any]
    items: list[dict[str, Any]]

    def write(self, outfile: Any, encoding: str) -> None:
        """Write the feed; its items are finished first."""
        self.feed = _clean(self.feed)
        self.items = [_clean(_with_absolute_addresses(item)) for item in self.items]
        super().write(outfile, encoding)  # type: ignore[misc]

    def latest_post_date(self) -> datetime:
        """The newest moment at which an item was written or changed."""
        dates = [item[key] for item in self.items for key in ("pubdate", "updateddate")]
        return max((date for date in dates if date), default=NEVER)


class Atom(_Finished, Atom1Feed):  # type: ignore[misc]
    """An Atom feed (RFC 4287) with all authors of an entry, its language and its replies."""

    def root_attributes(self) -> dict[str, str]:
        """The name of the extension used (RFC 4685), where one is."""
        has_replies = any(item.get("replies") for item in self.items)
        more = {"xmlns:thr": "http://purl.org/syndication/thread/1.0"} if has_replies else {}
        return {**super().root_attributes(), **more}

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        """The entry's language, where it is not the feed's."""
        language = item.get("language") or self.feed["language"]
        return {} if language == self.feed["language"] else {"xml:lang": language}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Write one entry; the second author and the ones after follow at its end."""
        super().add_item_elements(handler, item)
        for name, link in item.get("more_authors", ()):
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            handler.addQuickElement("uri", link)
            handler.endElement("author")
        replies = item.get("replies")
        if replies and replies["atom"]:
            kind, count = "application/atom+xml", str(replies["entries"])
            link = {"rel": "replies", "type": kind, "href": replies["atom"], "thr:count": count}
            handler.addQuickElement("link", None, link)


class Rss(_Finished, Rss201rev2Feed):  # type: ignore[misc]
    """An RSS 2.0 feed: the excerpt is the description, the full text stands beside it."""

    def rss_attributes(self) -> dict[str, str]:
        """The names of the modules used, said once."""
        modules = {
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        }
        if any(item.get("replies") for item in self.items):
            modules["xmlns:slash"] = "http://purl.org/rss/1.0/modules/slash/"
            modules["xmlns:wfw"] = "http://wellformedweb.org/CommentAPI/"
        return {**super().rss_attributes(), **modules}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Write one item; authors by name only, as RSS has a field for addresses alone."""
        super().add_item_elements(handler, item)
        for name, _link in item.get("more_authors", ()):
            handler.addQuickElement("dc:creator", name)
        if item["content"]:
            handler.addQuickElement("content:encoded", item["content"])
        if replies := item.get("replies"):
            handler.addQuickElement("slash:comments", str(replies["count"]))
            if replies["rss"]:
                handler.addQuickElement("wfw:commentRss", replies["rss"])


def _with_absolute_addresses(item: dict[str, Any]) -> dict[str, Any]:
    """The item, its HTML readable away from the site."""
    base = item["link"].partition("?")[0]
    html = {key: item[key] and absolute(item[key], base) for key in ("description", "content")}
    return {**item, **html}


def _clean(value: Any) -> Any:
    """The value without forbidden characters, however deep they lie."""
    if isinstance(value, str):
        return for_xml(value)
    if isinstance(value, dict):
        return {key: _clean(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return tuple(_clean(each) for each in value)
    return value
