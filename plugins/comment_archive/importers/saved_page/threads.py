"""The comments and trackbacks of a saved page, in its order; trackbacks come after."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from comment_archive.importers.reading.addresses import joined
from comment_archive.importers.reading.dates import written, zoned
from comment_archive.importers.saved_page.blog import (
    classes,
    first,
    is_in_the_margin,
    told,
    words_of,
)
from comment_archive.model import Said, Words

COMMENTS = '.comment, [id^="comment-"]'
CONTENTS = (".comment-content", ".comment-body", ".comment-text")
FOOTERS = (".comment-footer", ".comment-header", ".comments-post", ".posted", ".comment-meta")
OLD_FOOTERS = ".comments-post, .posted, .comment-footer"
NUMBER = re.compile(r"(?:comments?-?|c)(\w+)$")
PERMALINK = re.compile(r"#(?:comments?-|c)\w+|[?&]cid=")
LABEL = re.compile(r"^[^:|]{1,30}:\s*")
BEFORE_DATE = re.compile(r"^(.*?)(?:\s*\||\s+(?:at|on|am|le|el|op)\b|,)\s*$", re.DOTALL)
FROM = re.compile(r"^from\s+(.{1,200}?):\s+", re.DOTALL)


class _Signature(NamedTuple):
    """What stands under a comment: who, where they live, when."""

    author: str
    url: str
    moment: datetime | None


def said(page: LexborHTMLParser, address: str) -> Iterator[Said]:
    """Each comment of a page once, then each trackback."""
    # an element that two selectors find comes twice
    once = {one.mem_id: one for one in page.css(COMMENTS)}
    modern = [one for one in once.values() if _is_whole(one)]
    if modern:
        yield from (_comment(one, address) for one in modern)
    else:
        yield from _old(page, address)
    for node in page.css(".trackback"):
        if not is_in_the_margin(node) and node.css_first(".trackback-footer") is not None:
            yield _trackback(node)


def missed(page: LexborHTMLParser, comments: tuple[Said, ...]) -> list[str]:
    """The ids of comments that stand or are linked to in a page and were not taken."""
    taken = {one.id for one in comments}
    named = [_number(one) for one in page.css(COMMENTS)]
    for link in page.css('a[href*="#comment-"]'):
        if "cid=" in told(link, "href") or not is_in_the_margin(link):
            found = NUMBER.match(told(link, "href").rpartition("#")[2])
            named.append(found[1] if found else "")
    return [one for one in dict.fromkeys(named) if one and one not in taken]


def _is_whole(node: LexborNode) -> bool:
    """Whether an element is a comment: it has an id or a part of one, and is no box of them."""
    if is_in_the_margin(node):
        return False
    if _number(node):
        return bool(words_of(node))
    return "comment" in classes(node) and first(node, *CONTENTS) is not None


def _comment(node: LexborNode, address: str) -> Said:
    number = _number(node)
    signature = _signed(first(node, *FOOTERS), address)
    return Said(
        author=signature.author,
        url=signature.url,
        moment=signature.moment,
        words=Words(_words(node)),
        id=number,
        parent=_parent(node),
        anchors=_anchors(node, number),
    )


def _number(node: LexborNode) -> str:
    found = NUMBER.match(told(node, "id"))
    return found[1] if found else ""


def _anchors(node: LexborNode, number: str) -> tuple[str, ...]:
    """The names a page could be entered by: the comment's id, and the empty links within it."""
    own = [told(node, "id")]
    for link in node.css("a"):
        if link.attributes.get("href") is None:
            own += [told(link, "id"), told(link, "name")]
    return tuple(dict.fromkeys(one for one in own if one and (not number or number in one)))


def _parent(node: LexborNode) -> str:
    above = node.parent
    while above is not None:
        if "comment" in classes(above) and _number(above):
            return _number(above)
        above = above.parent
    return ""


def _words(node: LexborNode) -> str:
    """The words of a comment; without a full element of their own, all but the signature."""
    content = first(node, *CONTENTS)
    inner = (content.inner_html or "").strip() if content is not None else ""
    if inner:
        return inner
    words = node.inner_html or ""
    for footer in node.css(", ".join(FOOTERS)):
        words = words.replace(footer.html or "", "", 1)
    return words.strip()


def _signed(footer: LexborNode | None, address: str) -> _Signature:
    if footer is None:
        return _Signature("", "", None)
    links = [one for one in footer.css("a") if told(one, "href")]
    permalink = next((one for one in links if PERMALINK.search(told(one, "href"))), None)
    names = [one for one in links if one != permalink and words_of(one)]
    when = words_of(permalink)
    machine = first(footer, "abbr.published", "time[datetime]")
    moment = zoned(told(machine, "title") or told(machine, "datetime"))
    author = words_of(first(footer, ".vcard .fn", ".vcard.author", ".author"))
    url = told(names[0], "href") if names else ""
    return _Signature(
        author or (words_of(names[0]) if names else _unlinked(words_of(footer), when)),
        "" if url.startswith("mailto:") else joined(address, url) if url else "",
        moment or written(when) or written(words_of(footer)),
    )


def _unlinked(line: str, when: str) -> str:
    """The name in a line such as "Posted by: Bo | December 1, 2009": what is left of it."""
    line = LABEL.sub("", line, count=1)
    before = line.rpartition(when)[0] if when else _before_date(line)
    found = BEFORE_DATE.match(before.rstrip() + " ")
    return (found[1] if found else before).strip(" |")


def _before_date(line: str) -> str:
    """The front of a line of which the rest is a date."""
    cuts = [found.end() for found in re.finditer(r"\s*\|\s*|\s+(?:at|on|am|le|el|op)\s+", line)]
    dated = (cut for cut in cuts if written(line[cut:]) is not None)
    return line[: next(dated, len(line))]


def _trackback(node: LexborNode) -> Said:
    header = first(node, ".trackback-header")
    footer = first(node, ".trackback-footer")
    link = first(header, "a") if header is not None else None
    words = " ".join(words_of(one) for one in node.css("p") if one != footer)
    found = FROM.match(words)
    number = told(node, "id").removeprefix("trackback-")
    return Said(
        author=found[1] if found else "",
        url=told(link, "href"),
        moment=written(words_of(footer)),
        words=Words(words[found.end() :] if found else words, "text"),
        kind="trackback",
        title=words_of(header),
        id=number,
        anchors=tuple(filter(None, (told(node, "id"),))),
    )


# --- the templates of before 2006 ------------------------------------------------------------


def _old(page: LexborHTMLParser, address: str) -> Iterator[Said]:
    """Comments without an element of their own: words, then a line "Posted by: …" after them."""
    body = page.body
    begun = False
    for node in body.traverse() if body is not None else ():
        begun = begun or "comments" in {told(node, "id"), told(node, "name")}
        signs = classes(node) & {"comments-post", "posted", "comment-footer"}
        if begun and signs and not is_in_the_margin(node):
            yield _old_comment(node, address)


def _old_comment(footer: LexborNode, address: str) -> Said:
    words: list[str] = []
    anchors: list[str] = []
    node = footer.prev
    while node is not None and not _ends_another(node):
        name = told(node, "id") or told(node, "name")
        if NUMBER.match(name) and name != "comments":
            anchors.append(name)
        words.append(node.html or "")
        node = node.prev
    signature = _signed(footer, address)
    number = NUMBER.match(anchors[-1]) if anchors else None
    return Said(
        author=signature.author,
        url=signature.url,
        moment=signature.moment,
        words=Words("".join(reversed(words)).strip()),
        id=number[1] if number else "",
        anchors=tuple(dict.fromkeys(anchors)),
    )


def _ends_another(node: LexborNode) -> bool:
    heading = (node.tag or "") in {"h1", "h2", "h3", "h4", "h5", "h6"}
    another = bool(classes(node) & {"comments-post", "posted", "comment-footer", "comments-head"})
    return heading or another
