"""One page of each kind a reader meets, found on a built site by its address and its parts."""

from __future__ import annotations

import re

from checks.site import Site, tree, with_class, words

BY_ADDRESS = {
    "home": "/",
    "second page": "/page/2/",
    "page": "/about/",
    "archives": "/archives/",
    "year": r"/\d{4}/",
    "month": r"/\d{4}/\d\d/",
    "categories": "/categories/",
    "category": "/category/[^/]+/",
    "tags": "/tags/",
    "tag": "/tag/[^/]+/",
    "authors": "/authors/",
    "author": "/author/[^/]+/",
    "subscribe": "/subscribe/",
    "not found": r"/404\.html",
    "translation": r"/[a-z]{2}/\d{4}/\d\d/[^/]+/",
}
AMONG_POSTS = ("post with cards", "plain post", "long post", "post with comments")
KINDS = (*BY_ADDRESS, *AMONG_POSTS)


def page_of(site: Site, kind: str) -> str:
    """The address of a page of this kind; a kind that the site lacks is a fault of the site."""
    if kind in BY_ADDRESS:
        found = [place for place in site.pages if re.fullmatch(BY_ADDRESS[kind], place)]
    else:
        of_kind = (with_cards, plain, longest, with_comments)
        found = dict(zip(AMONG_POSTS, of_kind, strict=True))[kind](site)
    assert found, f"the demo has no {kind}"
    return found[0]


def with_cards(site: Site) -> list[str]:
    """Posts with an insight card, the most cards first."""
    many = {place: len(cards(html)) for place, html in site.posts.items() if cards(html)}
    return sorted(many, key=lambda place: (-many[place], place))


def with_comments(site: Site) -> list[str]:
    """Posts with a closed thread, the longest thread first."""
    many = {place: html.count('class="u-comment') for place, html in site.posts.items()}
    return sorted((place for place in many if many[place]), key=lambda place: -many[place])


def plain(site: Site) -> list[str]:
    """Posts of words alone: no card, no picture; the shortest first."""
    bare = {place: text for place, text in site.posts.items() if not body(text).xpath(".//img")}
    return sorted(bare, key=lambda place: (len(bare[place]), place))


def longest(site: Site) -> list[str]:
    """Posts, the one with the most words first."""
    return sorted(site.posts, key=lambda place: (-len(words(body(site.posts[place]))), place))


def cards(html: str) -> list:
    """The insight cards of a page, notes of a fault aside."""
    return tree(html).xpath(f"//section[{with_class('insight')}]")


def body(html: str):
    """The words of a post or page, as an element."""
    return tree(html).xpath(f"//*[{with_class('e-content')}]")[0]
