"""An item of an export as a post, a page, a file, or something that is left out by name."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime

from comment_archive.importers.reading.dates import plain as day_of
from comment_archive.importers.reading.dates import zoned
from comment_archive.importers.wordpress.records import Record
from comment_archive.importers.wordpress.short_codes import readable
from comment_archive.importers.wordpress.terms import Blog, plain
from comment_archive.model import (
    Attached,
    CommentKind,
    Entry,
    Form,
    Item,
    Left,
    Said,
    State,
    Status,
    Words,
)

STATUSES: dict[str, Status] = {
    "": "published",
    "publish": "published",
    "inherit": "published",
    "pending": "pending",
    "private": "private",
    "future": "future",
}
STATES: dict[str, State] = {
    "1": "approved",
    "approve": "approved",
    "approved": "approved",
    "spam": "spam",
    "trash": "deleted",
    "post-trashed": "deleted",
}
KINDS: dict[str, CommentKind] = {"pingback": "pingback", "trackback": "trackback"}
ORDINARY = {"", "comment", "review", "pingback", "trackback", "webmention"}
TECHNICAL = {
    "nav_menu_item": "a menu item, no text",
    "revision": "an earlier version of a post",
    "custom_css": "a part of the old theme",
    "customize_changeset": "a part of the old theme",
    "oembed_cache": "a copy of another page",
    "user_request": "a letter about somebody's data",
    "wp_block": "a block for reuse, no post of its own",
    "wp_template": "a part of the old theme",
    "wp_template_part": "a part of the old theme",
    "wp_global_styles": "a part of the old theme",
    "wp_navigation": "a menu, no text",
    "wp_font_family": "a part of the old theme",
    "wp_font_face": "a part of the old theme",
}
MORE = re.compile(r"<!--more.{0,200}?-->", re.DOTALL)
BLOCK = re.compile(r"<!--\s+/?wp:")


def items_of(record: Record, blog: Blog) -> Iterator[Item]:
    """What an item becomes: a file, an entry with its comments, or what is left out and why."""
    kind = record.fields.get("wp:post_type", "post").strip()
    place = f"line {record.line}"
    why = TECHNICAL.get(kind) or _binned(record)
    if why:
        yield Left(_called(record, kind), place, why)
        return
    if kind == "attachment":
        address = record.fields.get("wp:attachment_url") or record.fields.get("guid", "")
        yield Attached(address.strip(), plain(record.fields.get("title", "")), place)
    if kind != "attachment" or record.comments:
        yield from _doubts(record, place)
        yield _entry(record, blog, place, kind)


def _binned(record: Record) -> str:
    status = record.fields.get("wp:status", "").strip()
    return {"trash": "it lay in the bin", "auto-draft": "it was never saved"}.get(status, "")


def _called(record: Record, kind: str) -> str:
    """An item's name for a receipt, with the comments that go with it."""
    number = record.fields.get("wp:post_id", "").strip()
    title = plain(record.fields.get("title", ""))
    named = f'{kind} {number} "{title[:60]}"' if title else f"{kind} {number}"
    many = len(record.comments)
    return f"{named} with {many} comment{'' if many == 1 else 's'}" if many else named


def _doubts(record: Record, place: str) -> Iterator[Left]:
    if record.fields.get("wp:post_password", "").strip():
        yield Left("a password", place, "nothing here keeps one: the post comes in as a draft")
    for comment in record.comments:
        kind = comment.fields.get("wp:comment_type", "").strip()
        if kind not in ORDINARY:
            where, why = f"line {comment.line}", "it may not be for readers: the comment is held"
            yield Left(f'the comment type "{kind[:60]}"', where, why)


def _entry(record: Record, blog: Blog, place: str, kind: str) -> Entry:
    told = record.fields
    body, more = _halves(told.get("content:encoded", ""))
    guid, link = told.get("guid", "").strip(), told.get("link", "").strip()
    others = (guid, *_numbered(record, blog), *_renamed(record, link))
    addresses = (one for one in others if one.startswith("http") and one != link)
    login = told.get("dc:creator", "")
    category, categories = _categories(record, blog)
    tags = (plain(name) for domain, _, name in record.terms if domain == "post_tag")
    return Entry(
        place=place,
        kind="post" if kind == "post" else "page",
        status=_status(record),
        title=plain(told.get("title", "")),
        slug=told.get("wp:post_name", "").strip(),
        moment=_moment(told, "wp:post_date"),
        modified=_moment(told, "wp:post_modified"),
        authors=(blog.author(login),) if login.strip() else (),
        body=body,
        more=more,
        excerpt=Words(told.get("excerpt:encoded", ""), "lines"),
        address=link,
        addresses=tuple(dict.fromkeys(addresses)),
        guid=guid,
        id=told.get("wp:post_id", "").strip(),
        comment_feeds=_comment_feeds(link),
        comments=tuple(_said(one) for one in record.comments),
        category=category,
        categories=categories,
        tags=tuple(dict.fromkeys(tags)),
    )


def _status(record: Record) -> Status:
    if record.fields.get("wp:post_password", "").strip():
        return "protected"
    return STATUSES.get(record.fields.get("wp:status", "").strip(), "draft")


def _categories(record: Record, blog: Blog) -> tuple[str, tuple[str, ...]]:
    """The first category of a post, then all of them, the parents before their children."""
    found = [(short, plain(name)) for domain, short, name in record.terms if domain != "post_tag"]
    ordered = sorted(found, key=lambda one: blog.depth(one[0]))
    return found[0][1] if found else "", tuple(dict.fromkeys(name for _, name in ordered))


def _moment(told: dict[str, str], name: str) -> datetime | None:
    """The moment of a post or comment: in UTC where that is told, else as local to the blog."""
    universal = day_of(told.get(f"{name}_gmt", ""))
    if universal is not None:
        return universal.replace(tzinfo=UTC)
    published = zoned(told.get("pubDate", "")) if name == "wp:post_date" else None
    return day_of(told.get(name, "")) or published


def _halves(words: str) -> tuple[Words, Words]:
    """A post before and after its "more", its short codes made readable."""
    form: Form = "html" if BLOCK.search(words) else "lines"
    halves = [*MORE.split(readable(words), maxsplit=1), ""]
    return Words(halves[0], form), Words(halves[1], form)


def _numbered(record: Record, blog: Blog) -> tuple[str, ...]:
    """The address by number, under which every post of WordPress can be found too."""
    number = record.fields.get("wp:post_id", "").strip()
    kind = "page_id" if record.fields.get("wp:post_type", "").strip() == "page" else "p"
    return (f"{blog.address}?{kind}={number}",) if blog.address and number else ()


def _renamed(record: Record, link: str) -> Iterator[str]:
    """The addresses a post had under the short names it gave up."""
    short = record.fields.get("wp:post_name", "").strip()
    for key, old in record.metas:
        if key == "_wp_old_slug" and short and link.rstrip("/").endswith(f"/{short}"):
            yield link.rstrip("/").removesuffix(short) + old.strip() + "/"


def _comment_feeds(link: str) -> tuple[str, ...]:
    """Where WordPress publishes the comments of a post that has an address of words."""
    return (f"{link}feed/", f"{link}feed/atom/") if link.endswith("/") and "?" not in link else ()


def _said(record: Record) -> Said:
    told = record.fields
    number = told.get("wp:comment_id", "").strip()
    parent = told.get("wp:comment_parent", "").strip()
    kind = told.get("wp:comment_type", "").strip()
    state = STATES.get(told.get("wp:comment_approved", "").strip(), "held")
    return Said(
        author=plain(told.get("wp:comment_author", "")),
        url=html.unescape(told.get("wp:comment_author_url", "").strip()),
        moment=_moment(told, "wp:comment_date"),
        words=Words(told.get("wp:comment_content", ""), "lines"),
        state=state if kind in ORDINARY or state != "approved" else "held",
        kind=KINDS.get(kind, "comment"),
        id=number,
        parent="" if parent == "0" else parent,
        anchors=(f"comment-{number}",) if number else (),
    )
