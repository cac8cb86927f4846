"""What was read from a post, kept until its bytes change.

Turning Markdown into HTML is most of a build and depends on nothing but the post: cards are
put in later, when Pelican makes an article of what was read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from pelican.plugins import signals
from pelican.readers import BaseReader, Readers

Reading = tuple[str, dict[str, Any]]


class Readings:
    """The readings of one process; from ``connect`` on Pelican's readers ask here first."""

    def __init__(self) -> None:
        self._kept: dict[tuple[type, str], tuple[bytes, Reading]] = {}
        self._remembering = cache(self._class_that_remembers)

    def connect(self) -> None:
        """Stand before every reader that Pelican makes from now on."""
        signals.readers_init.connect(self._stand_before)

    def get(self, kind: type, path: str, read: Callable[[], Reading]) -> Reading:
        """The reading of the file, fresh or kept; the caller may change what it gets."""
        digest = hashlib.blake2b(Path(path).read_bytes()).digest()
        known, reading = self._kept.get((kind, path), (b"", ("", {})))
        if known != digest:
            reading = read()
            self._kept[kind, path] = digest, _copied(reading)
        return _copied(reading)

    def _stand_before(self, readers: Readers) -> None:
        for ending, kind in readers.reader_classes.items():
            if kind and kind is not BaseReader:
                readers.reader_classes[ending] = self._remembering(kind)

    def _class_that_remembers(self, kind: Any) -> type:
        def read(reader: Any, path: str) -> Reading:
            return self.get(kind, path, lambda: kind.read(reader, path))

        # the same name: Pelican writes the reader's name into the metadata
        return type(kind.__name__, (kind,), {"read": read})


def _copied(reading: Reading) -> Reading:
    content, metadata = reading
    return content, {
        key: value.copy() if isinstance(value, list) else value for key, value in metadata.items()
    }
