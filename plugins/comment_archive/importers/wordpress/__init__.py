"""WordPress: its extended RSS (WXR 1.0 to 1.2), read item by item.

The fields are those that the exporter of WordPress writes. Times are taken from the `_gmt` fields;
where these are noughts, from the local ones, without a zone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from comment_archive.errors import Unimportable
from comment_archive.importers.reading.letters import pieces, text_of
from comment_archive.importers.reading.markup import events
from comment_archive.importers.wordpress.items import items_of
from comment_archive.importers.wordpress.records import records
from comment_archive.importers.wordpress.terms import Blog
from comment_archive.model import Entry, Item, Left

EXPORT = re.compile(r"https?://(?:www\.)?wordpress\.org/export/1\.\d/|<wp:wxr_version>")


def recognises(head: bytes) -> bool:
    """Whether a file is RSS with the namespace of WordPress's exports."""
    text = text_of(head)
    return "<rss" in text and EXPORT.search(text) is not None


def read(path: Path) -> Iterator[Item]:
    """The blog, then its posts, pages and files as they stand there, each with its comments."""
    blog, faults = Blog(), Counter[str]()
    first: dict[str, int] = {}
    found = told = False
    for record in records(events(pieces(path), str(path)), str(path)):
        if record.kind == "fault":
            faults[record.words] += 1
            first.setdefault(record.words, record.line)
        elif record.kind != "item":
            blog.learn(record)
        else:
            if not told:
                yield blog.about()
            told = True
            for item in items_of(record, blog):
                found = found or isinstance(item, Entry)
                yield item
    yield from _told(faults, first)
    if not found:
        right = "in WordPress, under Tools, Export, choose all content"
        raise Unimportable(str(path), "there is no post and no page in it", right)


def _told(faults: Counter[str], first: dict[str, int]) -> Iterator[Left]:
    for words, times in faults.items():
        what = words if times == 1 else f"{words}, {times:,} times"
        yield Left(
            what, f"line {first[words]}", "the file is damaged: the words were read all the same"
        )
