"""Comment feeds: one of each post that has comments, and one of the whole site.

Pelican's writer makes an empty feed for each; when it is handed round, before it is written, the
comments are put into it. So the preview, which makes a feed when it is asked for, has them too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from heapq import nsmallest
from itertools import chain
from posixpath import join
from typing import Any
from urllib.parse import urljoin, urlsplit

from feedgenerator import Atom1Feed, Rss201rev2Feed, get_tag_uri
from feedgenerator.django.utils.encoding import iri_to_uri
from markupsafe import escape

from comment_archive.markup.tags import Piece, pieces, written
from comment_archive.model import Comment
from comment_archive.site import names, wording
from comment_archive.site.feed_forms import CommentAtom, CommentRss, PostAtom, PostRss, clean
from comment_archive.site.shelf import Shelf
from comment_archive.site.thread import Thread

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_IRI = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_ADDRESSES = ("href", "cite")
_NOT_ABSOLUTE = re.compile(r'\b(?:href|cite)="(?!https?:|mailto:)')
_NOTHING = dict.fromkeys(  # what Pelican's forms look for in every item
    ("author_email", "comments", "item_copyright", "ttl", "author_link"), None
) | {"enclosures": (), "categories": (), "unique_id_is_permalink": False}


@dataclass(frozen=True)
class Feed:
    """A feed to be written: its path, what it is called, and of which threads it is."""

    path: str
    form: str
    title: str
    threads: tuple[Thread, ...]
    newest: int | None = None  # so many of the newest, the newest first; None: all, in order

    @property
    def is_complete(self) -> bool:
        """Whether all comments that there will ever be are in it: a closed thread's."""
        return self.newest is None


def planned(shelf: Shelf) -> Iterator[Feed]:
    """Every comment feed of the site."""
    for post in shelf.posts.values():
        yield from of_thread(post.thread)
    yield from of_site(shelf)


def of_thread(thread: Thread) -> Iterator[Feed]:
    """The feeds of one thread."""
    for form, path in (("atom", thread.atom), ("rss", thread.rss)):
        if path:
            yield Feed(path, form, thread.title, (thread,))


def of_site(shelf: Shelf) -> Iterator[Feed]:
    """The feeds of all threads that lists lead to."""
    listed = tuple(one.thread for one in shelf.posts.values() if one.status == "published")
    for form in ("atom", "rss"):
        path = shelf.options.feeds[f"COMMENT_FEED_ALL_{form.upper()}"]
        if path and listed:
            yield Feed(path, form, "", listed, shelf.options.newest)


def write(shelf: Shelf, context: Mapping[str, Any], writer: Any) -> None:
    """Hand every feed to Pelican's writer, empty as yet."""
    for feed in planned(shelf):
        put(shelf, context, writer, feed, feed.path)


def put(shelf: Shelf, context: Mapping[str, Any], writer: Any, feed: Feed, path: str) -> None:
    """One feed for a path of the output; its own address is that of the feed."""
    domain = context.get("FEED_DOMAIN")
    shelf.by_feed[writer.urljoiner(domain, feed.path)] = feed
    writer.write_feed([], context, path, feed.path, feed_type=feed.form, feed_title=feed.title)


def fill(shelf: Shelf, context: Mapping[str, Any], feed: Any) -> None:
    """Put the comments into a feed of ours; tell a feed of posts how many answered each."""
    ours = shelf.by_feed.get(feed.feed["feed_url"])
    if ours is not None:
        _Filled(context, ours).into(feed)
    elif "feed_sources" not in context:  # else the weblog plugin finishes the feeds of posts
        _tell_of_replies(shelf, context, feed)


def replies(thread: Thread, context: Mapping[str, Any]) -> dict[str, Any]:
    """What a feed of posts says of a thread: how many comments, and where they can be read."""
    return {
        "count": thread.count,
        "entries": len(thread.entries),
        "page": absolute(context, f"{thread.post.url}#comments"),
        "atom": thread.atom and absolute(context, thread.atom, "FEED_DOMAIN"),
        "rss": thread.rss and absolute(context, thread.rss, "FEED_DOMAIN"),
    }


def absolute(context: Mapping[str, Any], path: str, site: str = "SITEURL") -> str:
    """A path of the site as an address, joined as Pelican's writer joins it."""
    home, relative = context.get(site) or context["SITEURL"], context["RELATIVE_URLS"]
    return str(iri_to_uri(join(home, path) if relative else urljoin(f"{home}/", path)))


def _tell_of_replies(shelf: Shelf, context: Mapping[str, Any], feed: Any) -> None:
    forms = {Atom1Feed: PostAtom, Rss201rev2Feed: PostRss}
    if type(feed) not in forms:
        return
    feed.__class__ = forms[type(feed)]
    by_address = {absolute(context, post.url): post.thread for post in shelf.posts.values()}
    for item in feed.items:
        if thread := by_address.get(item["link"].partition("?")[0]):
            item["replies"] = replies(thread, context)


@dataclass(frozen=True)
class _Filled:
    """A feed of comments as it will be written."""

    context: Mapping[str, Any]
    ours: Feed

    def into(self, feed: Any) -> None:
        feed.__class__ = CommentAtom if self.ours.form == "atom" else CommentRss
        feed.feed.update(self._channel(feed.feed["feed_url"]))
        feed.items = list(self._items())

    def _channel(self, address: str) -> dict[str, Any]:
        site = str(self.context["SITENAME"])
        language = str(self.context["DEFAULT_LANG"])
        title = self.ours.title or wording.catalogue(language).say("all_comments", site=site)
        home = absolute(self.context, "") or "/"
        if self.ours.is_complete:
            (thread,) = self.ours.threads
            language, home = thread.language, absolute(self.context, thread.post.url)
        return {
            "id": address,
            "title": clean(title),
            "link": home,
            "language": language,
            "description": clean(title),
            "subtitle": None,
            "author_name": clean(str(self.context.get("AUTHOR") or site)),
            "is_complete": self.ours.is_complete,
            "updated": max((_day(one.post) for one in self.ours.threads), default=NEVER),
        }

    def _items(self) -> Iterator[dict[str, Any]]:
        threads = [_Entries(self.context, one, self.ours.form) for one in self.ours.threads]
        if self.ours.newest is None:
            return chain.from_iterable(one.all() for one in threads)
        said = ((at, one, of) for of in threads for one, at in of.dated())
        newest = nsmallest(self.ours.newest, said, key=lambda one: (-one[0].timestamp(), one[1].id))
        return (of.item(one, at) for at, one, of in newest)


@dataclass(frozen=True)
class _Entries:
    """The comments of one thread as items of a feed of one form."""

    context: Mapping[str, Any]
    thread: Thread
    form: str

    def all(self) -> Iterator[dict[str, Any]]:
        """Every comment and mention, in the order they were made."""
        return (self.item(one, at) for one, at in self.dated())

    def dated(self) -> Iterator[tuple[Comment, datetime]]:
        """The same with their moments; what has none was said about when the one before was."""
        last = _day(self.thread.post)
        for one in self.thread.entries:
            last = _whole_minutes(one.moment) if one.moment else last
            yield one, last

    def item(self, one: Comment, at: datetime) -> dict[str, Any]:
        """One comment as both forms want it."""
        words, url = self.thread.words, self.thread.shelf.options
        author = clean(one.author or words.say("anonymous"))
        title = words.say("author_on", author=author, title=self._title)
        html = self._html(one)
        return {
            **_NOTHING,
            "title": clean(title),
            "link": self._address(one.id),
            "description": html if self.form == "rss" else None,
            "content": html if self.form == "atom" else None,
            "author_name": author,
            "author_link": one.url if url.links_to(one.url) else None,
            "pubdate": at if one.moment else None,
            "updateddate": at,
            "unique_id": self._ids[one.id],
            "answers": [self._answered(one)],
        }

    def _answered(self, one: Comment) -> dict[str, str]:
        """What RFC 4685 says of a comment: the id and address of what it answers."""
        ref, href = self._ids.get(one.parent, self._post_id), self._post
        if one.parent in self._ids:
            href = self._address(one.parent)
        return {"ref": ref, "href": href, "type": "text/html"}

    @cached_property
    def _title(self) -> str:
        return names.title(self.thread.post)

    @cached_property
    def _post(self) -> str:
        return absolute(self.context, self.thread.post.url)

    @cached_property
    def _post_id(self) -> str:
        return _of_post(self.context, self.thread.post)

    def _address(self, name: str) -> str:
        return f"{self._post}#comment-{name}"

    @cached_property
    def _ids(self) -> Mapping[str, str]:
        """What each comment is known by: by the old feed's id, else by one of its own."""
        times = Counter(one.source_id for one in self.thread.entries)
        host = _host(self.context)
        return {
            one.id: one.source_id
            if times[one.source_id] == 1 and _IRI.fullmatch(one.source_id)
            else f"tag:{host},2026:comment-{one.id}"
            for one in self.thread.entries
        }

    def _html(self, one: Comment) -> str:
        """The full text with addresses that hold anywhere."""
        html = one.html or f"<p>{escape(self.thread.words.say('removed'))}</p>"
        if one.title:
            html = f"<p><strong>{escape(one.title)}</strong></p>\n{html}"
        if _NOT_ABSOLUTE.search(html):
            resolved = self.thread.post._update_content(html, self.context["SITEURL"])  # noqa: SLF001
            html = written(_joined(one, self._post) for one in pieces(resolved))
        return clean(html)


def _joined(piece: Piece, base: str) -> Piece:
    if isinstance(piece, str) or piece.is_end:
        return piece
    found = {name: _join(base, piece.value(name)) for name in _ADDRESSES if piece.value(name)}
    return piece.having(**found) if found else piece


def _join(base: str, url: str) -> str:
    try:
        return urljoin(base, url)
    except ValueError:  # no address at all: the link check counts it
        return url


def _of_post(context: Mapping[str, Any], post: Any) -> str:
    """The id of a post in its own feeds: as the weblog plugin gave it, else as Pelican does."""
    given = getattr(post, "feed_id", "")
    return str(given or get_tag_uri(absolute(context, post.url), getattr(post, "date", None)))


def _host(context: Mapping[str, Any]) -> str:
    """Whose ids they are; FEED_ID_HOST keeps the name when a site moves."""
    named = context.get("FEED_ID_HOST") or urlsplit(context["SITEURL"]).hostname
    return str(named or "localhost")


def _day(post: Any) -> datetime:
    """The moment of a post; of a page, which has none, the beginning of time."""
    moment = getattr(post, "date", None)
    return _whole_minutes(moment) if moment and moment.year < 9999 else NEVER


def _whole_minutes(moment: datetime) -> datetime:
    """The moment in a zone that RFC 3339 can write: old local times were off by seconds."""
    offset = moment.utcoffset()
    return moment.astimezone(UTC) if offset is None or offset.total_seconds() % 60 else moment
