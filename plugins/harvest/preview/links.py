"""The links of a preview's pages, each page parsed once and held against the others."""

from __future__ import annotations

import hashlib

from harvest import anchors, links
from harvest.preview.site import LazySite
from mistakes import Mistake


class LinkCheck:
    """Reads pages as they are made; tells every broken link when all are."""

    def __init__(self) -> None:
        self._read: dict[str, tuple[bytes, anchors.Page]] = {}

    def read(self, name: str, body: bytes) -> None:
        """Take note of a page's links and anchors, unless it is the page already known."""
        if not name.endswith(".html"):
            return
        digest = hashlib.blake2b(body).digest()
        if self._read.get(name, (b"",))[0] != digest:
            self._read[name] = digest, anchors.read(body.decode("utf-8", errors="replace"))

    def mistakes(self, site: LazySite) -> tuple[Mistake, ...]:
        """Every link of the site that leads nowhere, at its line where it is written."""
        pages = {name: self._read[name][1] for name in site.pages if name in self._read}
        built = links.Built(frozenset(site.names()), pages, "")
        return links.told(built.broken(), site.sources)
