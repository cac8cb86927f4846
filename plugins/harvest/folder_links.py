"""Links that open from a folder: where a server would answer with index.html, the file itself."""

from __future__ import annotations

import posixpath
from functools import partial
from pathlib import Path
from urllib.parse import quote, urlsplit

from harvest import anchors
from harvest.links import Built


def write(folder: Path) -> None:
    """Every link of a built site that leads to a file of it, written from its page to that file.

    What leads elsewhere or nowhere stays as it is.
    """
    built = Built.read(folder)
    for name in built.pages:
        page = folder / name
        html = page.read_bytes().decode("utf-8", errors="surrogateescape")
        written = anchors.rewritten(html, partial(from_page, built, name))
        if written != html:
            page.write_bytes(written.encode("utf-8", errors="surrogateescape"))


def from_page(built: Built, page: str, url: str) -> str:
    """The address from a page to the file that ``url`` leads to; ``url`` where that is nothing."""
    target = built.target(page, url)
    parts = urlsplit(url) if target else None
    if not target or not parts or not parts.path or _names(parts.path, target):
        return url
    path = quote(posixpath.relpath(target, posixpath.dirname(page) or "."))
    return parts._replace(scheme="", netloc="", path=path).geturl()


def _names(path: str, target: str) -> bool:
    """Whether a path from a page names the file itself, and not its folder."""
    return not path.startswith("/") and path.endswith(quote(posixpath.basename(target)))
