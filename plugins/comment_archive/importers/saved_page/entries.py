"""The posts of a saved page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from selectolax.lexbor import LexborHTMLParser, LexborNode

from comment_archive.importers.reading.addresses import slug_of
from comment_archive.importers.reading.dates import written, zoned
from comment_archive.importers.saved_page.blog import (
    classes,
    comment_feeds,
    first,
    is_in_the_margin,
    told,
    words_of,
)
from comment_archive.model import Entry, Said, Words

ENTRIES = ("entry", "hentry", "blogbody", "blog-post")
TITLES = (".entry-header", ".entry-title", ".asset-name", ".post-title", "h2", "h3", ".title")
BODIES = (".entry-body", ".asset-body", ".entry-content", ".asset-content", ".post-body")
MORES = (".entry-more", ".asset-more", "#more")
FOOTERS = (".post-footers", ".entry-footer", ".asset-meta", ".asset-footer", ".posted")
BY = re.compile(
    r"(?:Posted|Published|Written|Verfasst|Rédigé|Publié|Publicado|Escrito|Geplaatst|Pubblicato"
    r"|Scritto)\s+(?:by|von|par|por|door|da):?\s+(.{1,200}?)"
    r"\s*(?:\b(?:on|at|am|um|le|el|op|il|em)\b|\||$)"
)
"""The line under a post, as the platform wrote it in its languages."""


def entries(page: LexborHTMLParser, address: str, comments: tuple[Said, ...]) -> Iterator[Entry]:
    """Each post of a page; comments, address and feeds go to one that stands there alone."""
    found = [one for one in _candidates(page) if first(one, *BODIES) is not None]
    alone = len(found) == 1
    for number, node in enumerate(found, start=1):
        yield _entry(page, node, number, address if alone else "", comments if alone else ())


def thread_alone(page: LexborHTMLParser, address: str, comments: tuple[Said, ...]) -> Entry:
    """The comments of a page on which no post was found."""
    title = words_of(page.css_first("title"))
    return Entry(
        place="in the page",
        kind="thread",
        title=title,
        slug=slug_of(address),
        address=address,
        comment_feeds=comment_feeds(page),
        comments=comments,
    )


def _candidates(page: LexborHTMLParser) -> Iterator[LexborNode]:
    for node in page.css(", ".join(f".{name}" for name in ENTRIES)):
        inside = node.parent is not None and _is_within_one(node.parent)
        if not inside and not is_in_the_margin(node) and "comment" not in classes(node):
            yield node


def _is_within_one(node: LexborNode) -> bool:
    above: LexborNode | None = node
    while above is not None:
        if classes(above) & set(ENTRIES):
            return True
        above = above.parent
    return False


def _entry(
    page: LexborHTMLParser, node: LexborNode, number: int, address: str, comments: tuple[Said, ...]
) -> Entry:
    footer = first(node, *FOOTERS)
    permalink = told(first(node, "a.permalink", 'a[rel="bookmark"]'), "href")
    address = address or permalink
    categories = _categories(node)
    more = first(node, *MORES)
    return Entry(
        place=f"post {number}",
        title=_title(page, node),
        slug=slug_of(address),
        moment=_moment(page, node, footer),
        authors=_authors(node, footer),
        category=categories[0] if categories else "",
        categories=categories,
        body=Words(_body(node, more)),
        more=Words((more.inner_html or "").strip() if more is not None else ""),
        address=address,
        addresses=(permalink,) if permalink and permalink != address else (),
        id=told(node, "id").removeprefix("entry-"),
        comment_feeds=comment_feeds(page) if comments or address != permalink else (),
        comments=comments,
    )


def _title(page: LexborHTMLParser, node: LexborNode) -> str:
    """The heading of a post; without one, what the page's title has after the blog's name."""
    heading = words_of(first(node, *TITLES))
    return heading or words_of(page.css_first("title")).partition(": ")[2]


def _body(node: LexborNode, more: LexborNode | None) -> str:
    """The first half of a post: an element that holds both halves is not taken twice."""
    body = first(node, *BODIES)
    inner = (body.inner_html or "") if body is not None else ""
    rest = (more.html or "") if more is not None else ""
    return inner.replace(rest, "", 1).strip() if rest else inner.strip()


def _moment(page: LexborHTMLParser, node: LexborNode, footer: LexborNode | None) -> datetime | None:
    machine = first(node, "abbr.published", "time[datetime]")
    exact = zoned(told(machine, "title") or told(machine, "datetime"))
    day = written(words_of(first(node, ".date-header") or first(page, ".date-header")))
    return exact or written(words_of(footer)) or day


def _authors(node: LexborNode, footer: LexborNode | None) -> tuple[str, ...]:
    name = words_of(first(node, ".vcard .fn", ".vcard.author", ".author"))
    found = BY.search(words_of(footer))
    name = name or (found[1].strip() if found else "")
    return (name,) if name else ()


def _categories(node: LexborNode) -> tuple[str, ...]:
    links = node.css('a[rel="tag"], .entry-categories a')
    return tuple(dict.fromkeys(filter(None, (words_of(link) for link in links))))
