"""The tags of an export as records: the channel, an author, a term, an item with its comments.

A record is known by the tags it holds, not by where they stand: a tag that is lost in a damaged
file then costs its own words and no others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from comment_archive.errors import Unimportable
from comment_archive.importers.reading.markup import MOST_WORDS, Event

Kind = Literal["channel", "author", "category", "tag", "item", "fault"]

SPACES = (
    (re.compile(r"wordpress\.org/export/[\d.]+/excerpt"), "excerpt:"),
    (re.compile(r"wordpress\.org/export/"), "wp:"),
    (re.compile(r"purl\.org/rss/1\.0/modules/content"), "content:"),
    (re.compile(r"purl\.org/dc/elements"), "dc:"),
)
TERMS: dict[str, Kind] = {"wp:author": "author", "wp:category": "category", "wp:tag": "tag"}
OF_A_COMMENT = frozenset(
    f"wp:comment_{name}"
    for name in (
        "id author author_email author_url author_IP date date_gmt content approved type parent"
        " user_id karma agent"
    ).split()
)
KNOWN = frozenset(
    (
        "title link pubDate dc:creator guid description content:encoded excerpt:encoded category"
        " wp:post_id wp:post_date wp:post_date_gmt wp:post_modified wp:post_modified_gmt"
        " wp:comment_status wp:ping_status wp:post_name wp:status wp:post_parent wp:menu_order"
        " wp:post_type wp:post_password wp:is_sticky wp:attachment_url wp:meta_key wp:meta_value"
    ).split()
)
"""The fields of an item; those of the channel and of terms may be any."""


@dataclass
class Record:
    """What stands between two tags: its fields by name, the categories, metas and comments of it.

    A "fault" has its ``words`` alone. ``terms`` are (domain, short name, name).
    """

    kind: Kind
    line: int
    fields: dict[str, str] = field(default_factory=dict)
    terms: list[tuple[str, str, str]] = field(default_factory=list)
    metas: list[tuple[str, str]] = field(default_factory=list)
    comments: list[Record] = field(default_factory=list)
    words: str = ""


def records(events: Iterator[Event], path: str) -> Iterator[Record]:
    """The channel's own fields one by one, its authors and terms, and its items, in their order.

    ``path`` is named where a field is too long to be read.
    """
    reader = _Reader(path)
    for event in events:
        yield from reader.take(event)
    yield from reader.end_item()


class _Reader:
    """The one place that knows which records are open while a file is read."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.spaces: dict[str, str] = {}
        self.term: Record | None = None
        self.item: Record | None = None
        self.comment: Record | None = None
        self.field = ""
        self.words: list[str] = []
        self.size = 0
        self.attributes: dict[str, str] = {}

    def take(self, event: Event) -> Iterator[Record]:
        """What is complete after this event."""
        if event.kind == "fault":
            yield Record("fault", event.line, words=event.words)
        elif event.kind == "text":
            yield from self._text(event)
        elif event.kind == "start":
            yield from self._start(event, self._name(event))
        else:
            yield from self._end(event, self._name(event))

    def _name(self, event: Event) -> str:
        """A tag's name with the prefix that WordPress gives it, whichever the file has."""
        for name, address in event.attributes if event.kind == "start" else ():
            if name.startswith("xmlns:"):
                known = (prefix for shape, prefix in SPACES if shape.search(address))
                self.spaces[name[6:] + ":"] = next(known, name[6:] + ":")
        prefix, colon, local = event.name.rpartition(":")
        return self.spaces.get(prefix + colon, prefix + colon) + local

    def _text(self, event: Event) -> Iterator[Record]:
        if self.field:
            self.words.append(event.words)
            self.size += len(event.words)
            if self.size > MOST_WORDS:
                wrong = f"words of more than {MOST_WORDS // 2**20} MB"
                raise Unimportable(self.path, wrong, "no post is that long", event.line)
        elif event.words.strip():
            wrong = f'words in no field, "{" ".join(event.words.split())[:40]}"'
            yield Record("fault", event.line, words=wrong)

    def _start(self, event: Event, name: str) -> Iterator[Record]:
        self.field = ""
        if name == "item":
            yield from self._new_item(event.line)
        elif name == "wp:comment":
            yield from self._comment(event.line)
        elif name in TERMS:
            yield from self._end_term()
            self.term = Record(TERMS[name], event.line)
        elif name == "wp:postmeta" and self.item is not None:
            self.item.metas.append(("", ""))
        else:
            yield from self._unmarked(name, event.line)
            self.field, self.words, self.size = name, [], 0
            self.attributes = dict(event.attributes)

    def _unmarked(self, name: str, line: int) -> Iterator[Record]:
        """A comment or an item that begins without its own tag: by its first field."""
        open_comment = self.comment is not None and "wp:comment_id" not in self.comment.fields
        if name == "wp:comment_id" and not open_comment:
            yield from self._comment(line)
        elif name == "title" and self.item is not None and "title" in self.item.fields:
            yield Record("fault", line, words="an item that begins without <item>")
            yield from self._new_item(line)

    def _new_item(self, line: int) -> Iterator[Record]:
        yield from self._end_term()
        yield from self.end_item()
        self.item = Record("item", line)

    def _comment(self, line: int) -> Iterator[Record]:
        yield from self._end_term()
        self.comment = Record("item", line)
        if self.item is None:
            self.item = Record("item", line)
            yield Record("fault", line, words="a comment outside every item")
        self.item.comments.append(self.comment)

    def _end(self, event: Event, name: str) -> Iterator[Record]:
        if name == self.field:
            yield from self._keep(event, name, "".join(self.words))
            self.field = ""
        elif name == "item":
            yield from self.end_item()
        elif name == "wp:comment":
            self.comment = None
        elif name in TERMS:
            yield from self._end_term()

    def _keep(self, event: Event, name: str, words: str) -> Iterator[Record]:
        """A field, where it belongs by its name, else to the innermost record that is open."""
        if self.term is not None:
            self.term.fields.setdefault(name, words)
        elif self.item is None:
            yield Record("channel", event.line, {name: words})
        elif name in OF_A_COMMENT and self.comment is not None:
            yield from self._put(self.comment, event, name, words)
        elif name == "category":
            told = self.attributes
            self.item.terms.append((told.get("domain", ""), told.get("nicename", ""), words))
        elif name in {"wp:meta_key", "wp:meta_value"}:
            self._meta(name, words)
        else:
            yield from self._put(self.item, event, name, words)

    def _put(self, record: Record, event: Event, name: str, words: str) -> Iterator[Record]:
        """A field in a record; one that is not known, or comes again, is told of."""
        known = name in (OF_A_COMMENT if record is self.comment else KNOWN)
        if words.strip() and (not known or record.fields.get(name, words) != words):
            wrong = f'a field <{name}> that has no place here, "{" ".join(words.split())[:40]}"'
            yield Record("fault", event.line, words=wrong)
        record.fields.setdefault(name, words)

    def _meta(self, name: str, words: str) -> None:
        """One half of the newest pair: the key, or the value."""
        if self.comment is not None or self.item is None or not self.item.metas:
            return
        key, value = self.item.metas[-1]
        self.item.metas[-1] = (words, value) if name == "wp:meta_key" else (key, words)

    def _end_term(self) -> Iterator[Record]:
        term, self.term = self.term, None
        if term is not None:
            yield term

    def end_item(self) -> Iterator[Record]:
        """The item that is open, if one is."""
        item, self.item, self.comment = self.item, None, None
        if item is not None:
            yield item
