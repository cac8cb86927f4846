"""Importers: siblings of one signature, one for each platform.

    recognises(head) -> bool           ``head``: the first 64 kB of a file, as bytes
    read(path) -> Iterator[Item]       the file as About, Entry, Left and Attached, in its order

A file is read as a stream where its format allows. An importer invents nothing and cleans
nothing; it raises `errors.Unimportable` with one line where a file cannot be read at all.
What was damaged and read all the same is told as Left.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from comment_archive.errors import Unimportable
from comment_archive.importers import comment_feed, movable_type, saved_page, wordpress
from comment_archive.importers.reading.letters import head_of
from comment_archive.model import Item


class Importer(Protocol):
    """What every importer offers."""

    def recognises(self, head: bytes) -> bool:
        """Whether a file that begins so is one of this platform's."""

    def read(self, path: Path) -> Iterator[Item]:
        """The file's items in its order; Unimportable where there are none."""


BY_NAME: dict[str, Importer] = {
    "movable_type": movable_type,
    "wordpress": wordpress,
    "comment_feed": comment_feed,
    "saved_page": saved_page,
}


def choose(path: Path) -> str:
    """The name of the importer that recognises a file; Unimportable where none does."""
    head = head_of(path)
    if not head.strip():
        raise Unimportable(str(path), "the file is empty", "export it again")
    for name, importer in BY_NAME.items():
        if importer.recognises(head):
            return name
    known = f"name it with --format if it is one of {', '.join(BY_NAME)}"
    raise Unimportable(str(path), "an export of no kind that is known here", known)
