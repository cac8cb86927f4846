"""What stands in the column of a page and was taken neither for a post nor for a comment."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import pairwise

from selectolax.lexbor import LexborHTMLParser, LexborNode

from comment_archive.importers.saved_page.blog import WIDGETS, classes, told
from comment_archive.model import Entry, Left

UNREAD = frozenset("head script style noscript textarea template title iframe select svg".split())
TAGS_AROUND = frozenset("h1 h2 h3 h4 form nav header footer aside button address".split())
AROUND = WIDGETS | frozenset(
    (
        "banner header content-nav nav navigation pager date-header footer separator search"
        " copyright beta gamma delta left right comments-info comments-header comments-head"
        " comments-feed comments-closed comments-open trackbacks trackback entry-header"
        " entry-footer entry-meta post-footers posted comment-footer comment-header comment-meta"
        " comments-post asset-meta asset-header asset-footer"
    ).split()
)
"""What platforms put around posts and comments, and under them."""

COMMENTED = (".comment-content", ".comment-body", ".comment-text", ".comments-body > p")
MARK = re.compile(r"""class="comments?[-" ]|id="comment-|</body""")
TAG = re.compile(r"<[^<>]*>")
WORD = re.compile(r"\w+")


def leftovers(page: LexborHTMLParser, found: list[Entry]) -> Iterator[Left]:
    """Words that belong to nothing that was taken, and comments that a damaged tag hides."""
    for hidden in dict.fromkeys(filter(None, map(_hidden, _all(page)))):
        yield Left(f"words within {hidden}", "in the page", "a tag is damaged, and hides them")
    single, pairs = _taken(found)
    strange: dict[str, None] = {}
    for node in (*_shown(page.body), *_marked(page)):
        text = (node.text_content or "") if node.is_text_node else ""
        words = WORD.findall(text)
        if not (single.issuperset(words) and pairs.issuperset(pairwise(words))):
            strange[" ".join(text.split())] = None
    if strange:
        what = f'words that belong to no post and no comment, "{" … ".join(strange)[:80]}"'
        yield Left(what, "in the page", "nothing that is known here marks them as either")


def _all(page: LexborHTMLParser) -> Iterator[LexborNode]:
    return iter(()) if page.root is None else page.root.traverse(include_text=False)


def _marked(page: LexborHTMLParser) -> Iterator[LexborNode]:
    """The words of whatever is marked as a comment, wherever it stands."""
    for node in page.css(", ".join(COMMENTED)):
        yield from node.traverse(include_text=True)
    for signature in page.css(".comments-post"):
        before = signature.prev
        while before is not None:
            yield from before.traverse(include_text=True)
            before = before.prev


def _taken(found: list[Entry]) -> tuple[set[str], set[tuple[str, str]]]:
    """Every word that was taken, and every two that stand side by side."""
    words = [WORD.findall(unescape(TAG.sub(" \0 ", text))) for text in _texts(found)]
    whole = [WORD.findall(unescape(TAG.sub("", text))) for text in _texts(found)]
    every = [*words, *whole]
    return {one for row in every for one in row}, {two for row in every for two in pairwise(row)}


def _texts(found: list[Entry]) -> Iterable[str]:
    for entry in found:
        yield from (entry.title, entry.body.text, entry.more.text, *entry.authors)
        yield from entry.categories
        for said in entry.comments:
            yield from (said.words.text, said.author, said.title)


def _shown(body: LexborNode | None) -> Iterator[LexborNode]:
    """The nodes of a page's column; what is around it is passed over."""
    waiting = [body] if body is not None else []
    while waiting:
        node = waiting.pop()
        yield node
        if node.is_element_node and node.tag not in UNREAD and not _is_around(node):
            waiting.extend(node.iter(include_text=True, skip_empty=True))


def _is_around(node: LexborNode) -> bool:
    return node.tag in TAGS_AROUND or bool(AROUND & (classes(node) | {told(node, "id")}))


def _hidden(node: LexborNode) -> str:
    """What hides words: an element that is not read, a remark, or a tag without its end."""
    if node.is_comment_node or node.tag in UNREAD:
        shown = "a remark" if node.is_comment_node else f"<{node.tag}>"
        return shown if MARK.search(node.html or "") else ""
    attributes = node.attributes if node.is_element_node else {}
    swallowed = any("<" in name or "<" in (value or "") for name, value in attributes.items())
    return f"the tag <{node.tag}>" if swallowed else ""
