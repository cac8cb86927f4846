"""The newest comments of the archive, for the margin of every page: found once, none read twice."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import nsmallest
from typing import Any

from comment_archive.site import names
from comment_archive.site.shelf import Shelf


@dataclass(frozen=True)
class Recent:
    """What the margin tells of a comment: who wrote it, on which post, and where it is."""

    author: str
    title: str
    url: str


def newest(shelf: Shelf) -> tuple[Recent, ...]:
    """As many as RECENT_COMMENTS says, of posts that lists show; those without a date are none."""
    posts = (post for post in shelf.posts.values() if post.status == "published")
    dated = [
        (-comment.moment.timestamp(), comment.id, comment, post)
        for post in posts
        for comment in post.thread.kept.shown
        if comment.moment and comment.kind == "comment" and not comment.erased
    ]
    found = nsmallest(shelf.options.recent, dated, key=lambda one: one[:2])
    return tuple(_recent(comment, post) for _, _, comment, post in found)


def _recent(comment: Any, post: Any) -> Recent:
    author = comment.author or post.thread.words.say("anonymous")
    return Recent(author, names.title(post), f"{post.url}#comment-{comment.id}")
