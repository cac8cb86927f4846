"""The nouns: what an export holds, as it was written there, and a thread as it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

State = Literal["approved", "held", "spam", "deleted"]
CommentKind = Literal["comment", "pingback", "trackback"]
EntryKind = Literal["post", "page", "thread"]
Status = Literal["published", "draft", "private", "pending", "protected", "future"]
Form = Literal["html", "lines", "markdown", "textile", "text"]
"""How words are written: HTML; HTML whose line breaks count; Markdown; Textile; plain text."""


# --- what an export holds -----------------------------------------------------------------


@dataclass(frozen=True)
class Words:
    """Words of somebody else, nothing cleaned: hostile until they are sanitised."""

    text: str
    form: Form = "html"


@dataclass(frozen=True)
class Said:
    """A comment as the export has it. ``moment`` without a zone is a local time of the blog.

    ``id`` and ``parent`` are those of the old platform, ``anchors`` the names under which pages
    linked to it. An e-mail or IP address has no place here: an importer never hands one on.
    """

    author: str
    url: str
    moment: datetime | None
    words: Words
    state: State = "approved"
    kind: CommentKind = "comment"
    title: str = ""
    id: str = ""
    parent: str = ""
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    """A post or page with its comments in the order of the thread.

    A "thread" has comments alone: those of a feed, for a post known by its ``address``.
    ``body`` and ``more`` are the two halves of a post that was cut. ``category`` is the first,
    ``categories`` are all with the parents before their children. ``place`` is where in the
    export it stands ("line 12", "item 3"). A "future" post was waiting for its day when the
    export was made. ``keywords`` are those for search engines, which no reader saw.
    """

    place: str
    kind: EntryKind = "post"
    status: Status = "published"
    title: str = ""
    slug: str = ""
    moment: datetime | None = None
    modified: datetime | None = None
    authors: tuple[str, ...] = ()
    category: str = ""
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    keywords: str = ""
    body: Words = Words("")
    more: Words = Words("")
    excerpt: Words = Words("")
    address: str = ""
    addresses: tuple[str, ...] = ()
    guid: str = ""
    id: str = ""
    comment_feeds: tuple[str, ...] = ()
    comments: tuple[Said, ...] = ()
    language: str = ""


@dataclass(frozen=True)
class About:
    """What an export says of the whole blog; a later one adds to an earlier one.

    ``parents`` are pairs: a category, and the one that it stands under.
    """

    title: str = ""
    address: str = ""
    feeds: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    parents: tuple[tuple[str, str], ...] = ()
    language: str = ""
    zone: str = ""


@dataclass(frozen=True)
class Left:
    """Something of the export that was not brought over: what, where, and why."""

    what: str
    place: str
    why: str


@dataclass(frozen=True)
class Attached:
    """A file of the old blog's media library: its old address, and what it is called."""

    address: str
    title: str = ""
    place: str = ""


Item = About | Entry | Left | Attached


# --- a thread as it is kept ---------------------------------------------------------------


@dataclass(frozen=True)
class Comment:
    """A comment as it is kept: its words are sanitised HTML, its author only a public name.

    ``moment`` has an offset, or is None where the export gave no time that can be read.
    ``source`` names the importer, ``source_id`` the old platform's id. ``erased`` is the day on
    which the words were removed on request.
    """

    id: str
    author: str
    url: str
    moment: datetime | None
    html: str
    state: State = "approved"
    kind: CommentKind = "comment"
    title: str = ""
    parent: str = ""
    anchors: tuple[str, ...] = ()
    source: str = ""
    source_id: str = ""
    erased: date | None = None


@dataclass(frozen=True)
class Thread:
    """The comments of one post, in their order; ``slug`` names the post."""

    slug: str
    comments: tuple[Comment, ...] = ()

    @property
    def shown(self) -> tuple[Comment, ...]:
        """Those that readers see: approved, and the erased ones that hold the thread in shape."""
        return tuple(one for one in self.comments if one.state == "approved")
