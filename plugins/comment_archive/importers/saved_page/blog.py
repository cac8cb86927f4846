"""What a saved page says of the blog it was in, and of its own address."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from comment_archive.model import About

SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(\S+?) -->")
FEED_TYPES = {"application/atom+xml", "application/rss+xml", "application/rdf+xml"}
WIDGETS = {"module", "widget", "sidebar", "module-content"}


def words_of(node: LexborNode | None) -> str:
    """The words of an element on one line; "" where there is none."""
    return " ".join(node.text(deep=True).split()) if node is not None else ""


def told(node: LexborNode | None, name: str) -> str:
    """The value of an attribute; "" where there is none."""
    return ((node.attributes.get(name) if node is not None else "") or "").strip()


def classes(node: LexborNode) -> set[str]:
    """The classes of an element."""
    return set(told(node, "class").split())


def is_in_the_margin(node: LexborNode) -> bool:
    """Whether an element stands in a box of the margin, where other posts are named."""
    above: LexborNode | None = node
    while above is not None:
        if WIDGETS & classes(above):
            return True
        above = above.parent
    return False


def first(node: LexborHTMLParser | LexborNode, *selectors: str) -> LexborNode | None:
    """The first element for the first selector that has one."""
    found = (node.css_first(selector) for selector in selectors)
    return next((one for one in found if one is not None), None)


def address_of(page: LexborHTMLParser, source: str) -> str:
    """The address a page had: what it says itself, else what the browser wrote on top."""
    canonical = told(page.css_first('link[rel="canonical"]'), "href")
    shared = told(page.css_first('meta[property="og:url"]'), "content")
    saved = SAVED_FROM.search(source[:4096])
    permalink = told(first(page, "a.permalink", 'a[rel="bookmark"]'), "href")
    return canonical or shared or permalink or (saved[1] if saved else "")


def feeds(page: LexborHTMLParser) -> tuple[str, ...]:
    """The feeds that a page names, in their order."""
    links = page.css('link[rel="alternate"]')
    return tuple(
        dict.fromkeys(told(one, "href") for one in links if told(one, "type") in FEED_TYPES)
    )


def comment_feeds(page: LexborHTMLParser) -> tuple[str, ...]:
    """Those of them that hold the comments of this page."""
    return tuple(one for one in feeds(page) if "/comments/" in one)


def about(page: LexborHTMLParser) -> About:
    """The blog by its banner and its feeds."""
    banner = first(
        page, "#banner-header", "#header-name", "#banner h1", "#header h1", "#blog-title"
    )
    link = banner.css_first("a") if banner is not None else None
    own = comment_feeds(page)
    return About(
        title=words_of(banner),
        address=told(link, "href"),
        feeds=tuple(one for one in feeds(page) if one not in own),
        language=told(page.css_first("html"), "lang"),
    )
