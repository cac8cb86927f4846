"""Movable Type and TypePad: the text export, with its metadata lines and lines of dashes.

Its fields and sections are those of "The Movable Type Import / Export Format". It has no zone, no
state and no id of a comment; the order of the file is the order of a thread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from comment_archive.errors import Unimportable
from comment_archive.importers.movable_type.fields import entry_of
from comment_archive.importers.movable_type.sections import METADATA, SECTION, raw_entries
from comment_archive.importers.reading.letters import lines, text_of
from comment_archive.model import About, Entry, Item

DATED = re.compile(r"(https?://.+?/)\d{4}/\d\d/[^/]+$")
FEEDS = ("atom.xml", "index.xml", "rss.xml", "index.rdf")
"""Where Movable Type and TypePad publish the feeds of a blog, below its address."""


def recognises(head: bytes) -> bool:
    """Whether a file has metadata lines and a section after a line of dashes."""
    text = text_of(head).replace("\r\n", "\n").replace("\r", "\n")
    if text.lstrip("\ufeff \t\n").startswith(("<", "{")):
        return False
    rows = text.split("\n")
    dashed = any(
        row.rstrip() == "-----" and SECTION.fullmatch(after) for row, after in pairwise(rows)
    )
    return dashed and any(METADATA.match(row) for row in rows)


def read(path: Path) -> Iterator[Item]:
    """The entries of an export in its order, each with its comments and trackbacks."""
    found = False
    told = ""
    for raw in raw_entries(lines(path)):
        for item in entry_of(raw):
            found = found or isinstance(item, Entry)
            if isinstance(item, Entry) and (about := _about(item)) and about.address != told:
                told = about.address
                yield about
            yield item
    if not found:
        right = 'an export begins with lines such as "TITLE: …" and goes on with "-----"'
        raise Unimportable(str(path), "there is no entry in it", right)


def _about(entry: Entry) -> About | None:
    """The blog an entry was in, by the usual shape of an entry's address."""
    found = DATED.match(entry.address)
    if found is None:
        return None
    return About(address=found[1], feeds=tuple(found[1] + name for name in FEEDS))
