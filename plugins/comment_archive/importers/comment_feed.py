"""A blog's comment feed, Atom or RSS: the threads of a blog of which little else is left.

feedparser reads it, after the XML was seen to declare no entities and to hold nothing absurd. A
feed is newest first; a thread is put in the order of its dates.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import feedparser

from comment_archive.errors import Unimportable
from comment_archive.importers.reading.addresses import parted, slug_of
from comment_archive.importers.reading.dates import zoned
from comment_archive.importers.reading.letters import pieces, text_of
from comment_archive.importers.reading.markup import NO_CHARACTER, events
from comment_archive.model import About, Entry, Item, Left, Said, Words

MOST_FEED = 32 * 1024 * 1024
"""A feed is read at once: no larger one (bytes)."""

ROOT = re.compile(r"<(?:\w+:)?(feed|rss|RDF)\b")
FIRST = re.compile(r"<(?:\w+:)?(?:entry|item)\b")
OTHERS = ("wordpress.org/export/", "disqus.com", "schemas.google.com/blogger", ".archive</id>")
"""What stands before the first entry of an export in the shape of a feed."""
OF_A_POST = re.compile(r"""Comments (?:on|for):?\s+['"]?(.+?)['"]?(?: \(Atom\))?""")
HIDDEN = {number: 0x10FE00 + number for number in range(0x80, 0x100)}
SHOWN = {hidden: number for number, hidden in HIDDEN.items()}
TAGS = re.compile(r"<[^<>]*>")


def recognises(head: bytes) -> bool:
    """Whether a file is a feed, and no export of a platform in the shape of one."""
    text = FIRST.split(text_of(head), maxsplit=1)[0]
    return ROOT.search(text) is not None and not any(other in text for other in OTHERS)


def read(path: Path) -> Iterator[Item]:
    """The blog, then a thread for each post that the feed's comments answer, oldest first."""
    text, entries, faults = _checked(path)
    yield from faults
    feed = _parsed(text)
    answers = [_is_comment(one, feed["feed"]) for one in feed["entries"]]
    comments = [one for one, answer in zip(feed["entries"], answers, strict=True) if answer]
    if not comments:
        right = "give the feed of the comments: its entries name the post that they answer"
        raise Unimportable(str(path), "there is no comment in it", right)
    for one, answer in zip(feed["entries"], answers, strict=True):
        if not answer:
            yield Left(f'the entry "{_seen(one, "title")[:60]}"', "in the feed", "it is no comment")
    yield from _damage(feed, comments, entries)
    yield from _of(feed["feed"], comments)


def _checked(path: Path) -> tuple[str, int, list[Left]]:
    """The feed's text, how many entries it opens, and what is damaged in it."""
    if path.stat().st_size > MOST_FEED:
        wrong = f"a feed of more than {MOST_FEED // 2**20} MB"
        raise Unimportable(str(path), wrong, "no blog publishes such a feed")
    text = NO_CHARACTER.sub("", "".join(pieces(path)))
    entries = 0
    faults: Counter[tuple[str, str]] = Counter()
    for event in events(iter(pieces(path)), str(path)):
        entries += event.kind == "start" and event.name.rpartition(":")[2] in {"entry", "item"}
        if event.kind == "fault":
            faults[event.words, f"line {event.line}"] += 1
    why = "the feed is damaged: what could be read was read all the same"
    return text[max(text.find("<"), 0) :], entries, [Left(*fault, why) for fault in faults]


def _parsed(text: str) -> Any:
    """The feed as dictionaries. feedparser "mends" words such as "Â¡", so it is not shown them."""
    parsed = feedparser.parse(
        BytesIO(text.translate(HIDDEN).encode()),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    return _restored(parsed)


def _restored(value: Any) -> Any:
    if isinstance(value, str):
        return value.translate(SHOWN)
    if isinstance(value, dict):
        return {name: _restored(one) for name, one in value.items()}
    return [_restored(one) for one in value] if isinstance(value, list) else value


def _damage(feed: Any, comments: list[Any], entries: int) -> Iterator[Left]:
    """What feedparser could not make out."""
    why = "the feed is damaged: what could be read was read all the same"
    if feed["bozo"]:
        told = " ".join(str(feed.get("bozo_exception", "")).split())
        yield Left(f"XML that is not well formed ({told[:80]})", "in the feed", why)
    if len(feed["entries"]) < entries:
        yield Left(f"{entries - len(feed['entries']):,} of {entries:,} entries", "in the feed", why)
    for one in comments:
        if not _words(one).text:
            yield Left("the words of a comment", str(one.get("id", "")) or "in the feed", why)


def _is_comment(one: Any, feed: Any) -> bool:
    of_comments = _seen(feed, "title").startswith("Comments ")
    return of_comments or bool(_answered(one)) or bool(parted(_link(one))[1])


def _of(feed: Any, comments: list[Any]) -> Iterator[Item]:
    """The blog and its threads, the one with the oldest comment first."""
    ids = {str(one.get("id", "")) for one in comments}
    threads: dict[str, list[Any]] = {}
    for one in _oldest_first(comments):
        threads.setdefault(_post(one), []).append(one)
    itself = tuple(
        str(link["href"])
        for link in feed.get("links", ())
        if link.get("rel") == "self" and link.get("href")
    )
    title = _seen(feed, "title")
    of_a_post = len(threads) == 1 and _is_of(next(iter(threads)), str(feed.get("link", "")), itself)
    yield About(
        title="" if of_a_post else re.sub(r"^Comments (?:on|for):? ", "", title),
        address="" if of_a_post else str(feed.get("link", "")),
        feeds=() if of_a_post else itself,
        language=str(feed.get("language", "")),
    )
    for number, (address, thread) in enumerate(threads.items(), start=1):
        yield Entry(
            place=f"thread {number}",
            kind="thread",
            title=_title(thread, title),
            slug=slug_of(address),
            address=address,
            guid=next(filter(None, (_guid(one, ids) for one in thread)), ""),
            comment_feeds=itself if of_a_post else (),
            comments=tuple(_said(one, ids) for one in thread),
        )


def _is_of(post: str, link: str, itself: tuple[str, ...]) -> bool:
    """Whether a feed is that of one post: by what it says it belongs to, or by where it stands."""
    stem = re.sub(r"(?:\.html?|/)$", "", post) + "/"
    return parted(link)[0] == post or any(one.startswith(stem) for one in itself)


def _oldest_first(comments: list[Any]) -> list[Any]:
    """By date where all have one with a zone, or all without; else the feed's order, turned round.

    Entries of one moment keep the order that the feed as a whole has.
    """
    moments = [moment for one in comments if (moment := _moment(one))]
    alike = len({moment.tzinfo is None for moment in moments}) == 1
    rises = alike and moments == sorted(moments)
    ordered = comments if rises and len(set(moments)) > 1 else comments[::-1]
    dated = [(moment, one) for one in ordered if (moment := _moment(one))]
    if not alike or len(dated) < len(comments):
        return ordered
    return [one for _, one in sorted(dated, key=lambda pair: pair[0])]


def _moment(one: Any) -> datetime | None:
    return zoned(str(one.get("published", "") or one.get("updated", "")))


def _answered(one: Any) -> dict[str, str]:
    """What an entry says it is an answer to (RFC 4685), by whichever prefix."""
    found = (value for name, value in one.items() if str(name).endswith("in-reply-to"))
    return next((value for value in found if isinstance(value, dict)), {})


def _link(one: Any) -> str:
    return str(one.get("link", ""))


def _post(one: Any) -> str:
    """The address of the post that a comment stands under."""
    answered = _answered(one)
    return parted(_link(one))[0] or parted(str(answered.get("href", "")))[0]


def _parent(one: Any, ids: set[str]) -> str:
    """The comment that this one answers: one of the feed, or one that has an anchor of its own."""
    answered = _answered(one)
    ref, href = str(answered.get("ref", "")), str(answered.get("href", ""))
    return ref if ref in ids or parted(href)[1] else ""


def _guid(one: Any, ids: set[str]) -> str:
    ref = str(_answered(one).get("ref", ""))
    return "" if _parent(one, ids) else ref


def _seen(one: Any, name: str) -> str:
    """A title or name as a reader sees it: one line without tags."""
    words = str(one.get(name, ""))
    if "html" in str(one.get(f"{name}_detail", {}).get("type", "")):
        words = html.unescape(TAGS.sub("", words))
    return " ".join(words.split())


def _author(one: Any) -> str:
    told = one.get("author_detail", {})
    name = str(told.get("name", "")) or ("" if told.get("email") else str(one.get("author", "")))
    by = _seen(one, "title")
    return name.strip() or (by.removeprefix("By: ").strip() if by.startswith("By: ") else "")


def _title(thread: Sequence[Any], feed_title: str) -> str:
    """The title of the post: what the titles of its comments have beside their authors' names."""
    titles = {_post_title(_seen(one, "title"), _author(one)) for one in thread} - {""}
    if len(titles) == 1:
        return titles.pop()
    of_a_post = OF_A_POST.fullmatch(feed_title)
    return of_a_post[1] if of_a_post and not titles else ""


def _post_title(title: str, author: str) -> str:
    if title.startswith("By: "):
        return ""
    if title.startswith("Comment on "):
        return title.removeprefix("Comment on ").removesuffix(f" by {author}")
    return title.removeprefix(f"{author} on ")


def _said(one: Any, ids: set[str]) -> Said:
    fragment = parted(_link(one))[1]
    url = str(one.get("author_detail", {}).get("href", ""))
    return Said(
        author=_author(one),
        url="" if url.startswith("mailto:") else url,
        moment=_moment(one),
        words=_words(one),
        id=str(one.get("id", "")) or _link(one),
        parent=_parent(one, ids),
        anchors=(fragment,) if fragment else (),
    )


def _words(one: Any) -> Words:
    """The fullest of the words an entry has, in the form that it says."""
    told = [*one.get("content", ()), one.get("summary_detail", {})]
    best = max(told, key=lambda part: len(str(part.get("value", ""))))
    plain = str(best.get("type", "")) == "text/plain"
    return Words(str(best.get("value", "")), "text" if plain else "html")
