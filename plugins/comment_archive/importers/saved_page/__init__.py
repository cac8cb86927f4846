"""A page of an old blog, saved from a browser: TypePad's, Movable Type's, and their like.

A page is known by the classes of its parts (`entry-body`, `comment`, `comment-footer` …), which
the templates of those platforms had in common for ten years, and by their older forms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from comment_archive.errors import Unimportable
from comment_archive.importers.reading.letters import text_of
from comment_archive.importers.saved_page.blog import about, address_of
from comment_archive.importers.saved_page.entries import entries, thread_alone
from comment_archive.importers.saved_page.leftovers import leftovers
from comment_archive.importers.saved_page.shallow import MOST_DEEP, shallow
from comment_archive.importers.saved_page.threads import missed, said
from comment_archive.model import Entry, Item, Left, Said

MOST_PAGE = 16 * 1024 * 1024
"""A page is read at once: no larger one (bytes)."""

HTML = re.compile(r"<!doctype\s+html|<html\b|<body\b", re.IGNORECASE)
END = re.compile(r"</(?:body|html)\b", re.IGNORECASE)
FURTHER = 'a[href*="/comments/page/"]'


def recognises(head: bytes) -> bool:
    """Whether a file is a web page."""
    return HTML.search(text_of(head)[:4096]) is not None


def read(path: Path) -> Iterator[Item]:
    """The blog, then the page's posts; the comments belong to the only one."""
    if path.stat().st_size > MOST_PAGE:
        wrong = f"a page of more than {MOST_PAGE // 2**20} MB"
        raise Unimportable(str(path), wrong, "save the page of one post")
    source = text_of(path.read_bytes())
    flat = shallow(source)
    page = LexborHTMLParser(flat)
    address = address_of(page, source)
    comments = tuple(said(page, address))
    found = list(entries(page, address, comments))
    if not found and comments:
        found = [thread_alone(page, address, comments)]
    if not found:
        right = "save the page of a post of a TypePad or Movable Type blog"
        raise Unimportable(str(path), "there is no post and no comment that is known in it", right)
    yield about(page)
    yield from found
    if flat != source:
        why = "the page is absurdly deep: it was made shallow, its words are kept"
        yield Left(f"elements more than {MOST_DEEP} deep", "in the page", why)
    if END.search(source) is None:
        yield Left("the end of the page", "in the page", "the file stops before it")
    yield from _left(page, found, comments)
    if page.css_first(FURTHER) is not None:
        yield Left("further comments", "on other pages", "save each page of the comments too")


def _left(page: LexborHTMLParser, found: list[Entry], comments: tuple[Said, ...]) -> Iterator[Left]:
    """Comments that have no post, or are only named; then words that belong to nothing."""
    homeless = comments if len(found) > 1 else ()
    for one in homeless:
        why = "the page has several posts, and does not say whose it is"
        yield Left(f"the comment {one.id} of {one.author}", "in the page", why)
    for number in missed(page, comments):
        why = "the page names it, and its words stand where no comment does"
        yield Left(f"the comment {number}", "in the page", why)
    if not homeless:
        yield from leftovers(page, found)
