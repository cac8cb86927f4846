"""The pictures and site links a source mentions, checked where they are written.

Only what is surely meant as a link is looked at: code, comments and indented lines are left
to the check of the finished pages, which sees what Markdown made of them.
"""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from html import unescape
from urllib.parse import unquote, urlsplit

from harvest.posts import Post
from harvest.site import Site
from mistakes import Mistake

_WORTH_A_LOOK = re.compile(r"!\[|<img|[{|](?:static|attach|filename)[}|]", re.IGNORECASE)
_FENCE = re.compile(r"(`{3,}|~{3,})")
_CODE = re.compile(r"(?<![`\\])(`+)(?!`)(?:(?!\n[ ]*\n).){1,2000}?(?<!`)\1(?!`)", re.DOTALL)
_COMMENT = re.compile(
    r"<!--.{0,5000}?-->|<(pre|script|style)\b.{0,20000}?</\1>", re.DOTALL | re.IGNORECASE
)
_INDENTED = re.compile(r"^(?: {4}|\t).*$", re.MULTILINE)
# A target may hold spaces, and brackets in pairs; what is stranger is left to the finished pages.
_LINK = re.compile(
    r"(?<!\\)(?P<shown>!?)\[(?P<words>[^\[\]]*)\]\(\s*"
    r"(?:<(?P<enclosed>[^<>\n]++)>"
    r"|(?P<bare>(?:[^\s()<>]|\([^\s()<>]*+\))++(?: ++[^\s()<>\"']++)*+))"
    r"(?=\s*[)\"'])"
)
_IMAGE_TAG = re.compile(r"<img\b[^>]{0,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""\b(?:href|src|poster)\s*=\s*["']([^"'<>]+)["']""", re.IGNORECASE)
_OF_THE_SITE = re.compile(r"[{|](static|attach|filename)[}|](.*)", re.DOTALL)


@dataclass(frozen=True)
class _Mention:
    """A link or picture as written, and the line it stands on."""

    target: str
    line: int


def find(posts: tuple[Post, ...], site: Site) -> Iterator[Mistake]:
    """Missing pictures and link targets in all sources, and pictures without alt text."""
    by_name = {post.name: post for post in posts}
    for post in posts:
        if not post.is_imported and _WORTH_A_LOOK.search(post.text):
            yield from _in_post(post, by_name, site)


def _in_post(post: Post, by_name: dict[str, Post], site: Site) -> Iterator[Mistake]:
    mentions, wordless = _of_html(post.text) if post.is_html else _read(post.text)
    for mention in mentions:
        wrong = _what_is_missing(mention.target, post, by_name, site)
        if wrong:
            yield post.mistake(mention.line, *wrong)
    for picture in wordless:
        wrong_alt = f'the picture "{picture.target}" has no alt text'
        right = "say between the brackets what it shows"
        yield post.mistake(picture.line, wrong_alt, right, doubtful=True)


@lru_cache(maxsize=4096)  # a preview asks again for every post after each save
def _read(text: str) -> tuple[tuple[_Mention, ...], tuple[_Mention, ...]]:
    """What a text links to and shows, and which of its pictures have no words."""
    bare = _without_code(text)
    return tuple(_mentions(bare)), tuple(_wordless(bare))


@lru_cache(maxsize=4096)
def _of_html(text: str) -> tuple[tuple[_Mention, ...], tuple[_Mention, ...]]:
    """The same of a source in HTML, where brackets are brackets."""
    bare = _blanked(text, _COMMENT)
    links = tuple(_mention(one[1], bare, one.start()) for one in _ATTRIBUTE.finditer(bare))
    return links, tuple(_wordless_tags(bare))


def _mention(target: str, text: str, start: int) -> _Mention:
    return _Mention(target, text.count("\n", 0, start) + 1)


def _mentions(text: str) -> Iterator[_Mention]:
    for link in _LINK.finditer(text):
        yield _mention(_target(link), text, link.start())
    for attribute in _ATTRIBUTE.finditer(text):
        yield _mention(attribute[1], text, attribute.start())


def _wordless(text: str) -> Iterator[_Mention]:
    for link in _LINK.finditer(text):
        if link["shown"] and not link["words"].strip():
            yield _mention(_target(link), text, link.start())
    yield from _wordless_tags(text)


def _wordless_tags(text: str) -> Iterator[_Mention]:
    for tag in _IMAGE_TAG.finditer(text):
        # alt="" says that the picture is mere ornament, which is an answer
        if not re.search(r"\balt\s*=", tag[0], re.IGNORECASE):
            source = re.search(r"\bsrc\s*=\s*[\"']?([^\"'\s>]*)", tag[0], re.IGNORECASE)
            yield _mention(source[1] if source else "", text, tag.start())


def _target(link: re.Match[str]) -> str:
    return link["enclosed"] or link["bare"]


def _what_is_missing(
    target: str, post: Post, by_name: dict[str, Post], site: Site
) -> tuple[str, str] | None:
    meant = _OF_THE_SITE.match(target)
    if not meant:
        return None
    for name in _names(meant[2], post):
        if name in by_name or (site.content / name).is_file():
            return _draft(target, by_name.get(name), post)
    name = _names(meant[2], post)[-1]
    return f'"{target}" is not there: no file {site.shown(site.content / name)}', _nearest(
        name, site
    )


def _draft(target: str, linked: Post | None, post: Post) -> tuple[str, str] | None:
    if linked and linked.status == "draft" and post.status != "draft":
        return (
            f'"{target}" links to a draft, which is not published',
            "publish both, or leave the link out",
        )
    return None


def _names(written: str, post: Post) -> list[str]:
    """The names, from the content folder, that Pelican tries for a link."""
    found = []
    for form in (written, unquote(written), unescape(written)):
        try:
            path = urlsplit(form).path
        except ValueError:
            continue
        folder = "" if path.startswith("/") else posixpath.dirname(post.name)
        found.append(posixpath.normpath(posixpath.join(folder, path.lstrip("/"))))
    return found or [written]


def _nearest(name: str, site: Site) -> str:
    folder = site.content / posixpath.dirname(name)
    if not folder.is_dir():
        return f"there is no folder {site.shown(folder)}"
    near = get_close_matches(
        posixpath.basename(name), sorted(one.name for one in folder.iterdir()), n=1
    )
    return f'did you mean "{near[0]}"?' if near else "put the file there, or leave the link out"


def _without_code(text: str) -> str:
    """The text with code, comments and indented lines blanked out, every line where it was."""
    text = _blank_fences(text)
    for pattern in (_COMMENT, _CODE, _INDENTED):
        text = _blanked(text, pattern)
    return text


def _blanked(text: str, pattern: re.Pattern[str]) -> str:
    return pattern.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def _blank_fences(text: str) -> str:
    lines = text.split("\n")
    marks = {number: found[1] for number, line in enumerate(lines) if (found := _FENCE.match(line))}
    closing: dict[str, list[int]] = {}
    for number, mark in marks.items():
        if lines[number].strip() == mark:
            closing.setdefault(mark, []).append(number)
    after = -1
    for number, mark in marks.items():
        ends = closing.get(mark, [])
        place = bisect_right(ends, number)
        if number > after and place < len(ends):
            after = ends[place]
            lines[number : after + 1] = [""] * (after + 1 - number)
    return "\n".join(lines)
