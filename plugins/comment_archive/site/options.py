"""The settings of threads on a page, checked once when a build begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from mistakes import Mistake, Mistakes, did_you_mean

MOVED = ("pages", "_redirects", ".htaccess")
FEEDS = {
    "COMMENT_FEED_ATOM": "feeds/comments/{slug}.atom.xml",
    "COMMENT_FEED_RSS": "feeds/comments/{slug}.rss.xml",
    "COMMENT_FEED_ALL_ATOM": "feeds/comments/atom.xml",
    "COMMENT_FEED_ALL_RSS": "feeds/comments/rss.xml",
}


@dataclass(frozen=True)
class Options:
    """What an author may set.

    ``contact`` is an address for removal requests; ``dead`` are hosts and addresses that no
    author's name links to, True for all of them; ``moved`` says how old addresses lead on.
    """

    contact: str = ""
    dead: tuple[str, ...] | bool = ()
    moved: tuple[str, ...] = MOVED
    recent: int = 0
    newest: int = 100
    is_in_content: bool = False
    feeds: Mapping[str, str | None] = field(default_factory=lambda: FEEDS)

    def links_to(self, url: str) -> bool:
        """Whether an author's name may link there."""
        if not url or self.dead is True:
            return False
        host = (urlsplit(url).hostname or "").lower()
        return not any(
            url.rstrip("/") == one.rstrip("/") or host == one or host.endswith(f".{one}")
            for one in (self.dead or ())
        )


def of(settings: Mapping[str, Any]) -> Options:
    """The options of a site; `Mistakes` where one cannot be read."""
    wrong = [*_wrong(settings)]
    if wrong:
        raise Mistakes(wrong)
    dead = settings.get("COMMENT_DEAD_ADDRESSES", ())
    return Options(
        contact=str(settings.get("COMMENT_CONTACT") or ""),
        dead=dead if isinstance(dead, bool) else tuple(dead),
        moved=tuple(settings.get("OLD_ADDRESSES", MOVED)),
        recent=int(settings.get("RECENT_COMMENTS", 0)),
        newest=int(settings.get("COMMENT_FEED_ITEMS", 100)),
        is_in_content=bool(settings.get("COMMENTS_IN_CONTENT", False)),
        feeds=_feeds(settings),
    )


def _feeds(settings: Mapping[str, Any]) -> dict[str, str | None]:
    given = {
        "COMMENT_FEED_ATOM": settings.get("COMMENT_FEED_ATOM", ""),
        "COMMENT_FEED_RSS": settings.get("COMMENT_FEED_RSS", ""),
        "COMMENT_FEED_ALL_ATOM": settings.get("COMMENT_FEED_ALL_ATOM", ""),
        "COMMENT_FEED_ALL_RSS": settings.get("COMMENT_FEED_ALL_RSS", ""),
    }
    return {name: FEEDS[name] if path == "" else path for name, path in given.items()}


def _wrong(settings: Mapping[str, Any]) -> list[Mistake]:
    found = []
    if isinstance(dead := settings.get("COMMENT_DEAD_ADDRESSES", ()), str):
        found.append((f"COMMENT_DEAD_ADDRESSES cannot be {dead!r}", f'write ["{dead}"]'))
    found += [
        (f"OLD_ADDRESSES knows no {one!r}", did_you_mean(str(one), MOVED))
        for one in settings.get("OLD_ADDRESSES", ())
        if one not in MOVED
    ]
    for name in ("COMMENT_FEED_ATOM", "COMMENT_FEED_RSS"):
        path = settings.get(name)
        if path and "{slug}" not in path:
            found.append((f"{name} has no {{slug}}", f'write "{FEEDS[name]}"'))
    contact = str(settings.get("COMMENT_CONTACT") or "")
    if contact and urlsplit(contact).scheme not in ("", "http", "https", "mailto"):
        right = 'write an e-mail address, or one as "about/"'
        found.append((f"COMMENT_CONTACT cannot be {contact!r}", right))
    return [Mistake("pelicanconf.py", None, wrong, right) for wrong, right in found]
