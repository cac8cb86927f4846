"""What the preview answers to one address: a page, a file, another address, or nothing."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

# the machine's own list of types differs from machine to machine
_TYPES = mimetypes.MimeTypes()
for ending, kind in {
    ".avif": "image/avif",
    ".ics": "text/calendar",
    ".md": "text/markdown",
    ".toml": "application/toml",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}.items():
    _TYPES.add_type(kind, ending)

_FEEDS = {"atom": "application/atom+xml", "rss": "application/rss+xml"}


@dataclass(frozen=True)
class Answer:
    """One answer: the body or the file that holds it, made by the build of that ``number``."""

    status: int
    name: str = ""  # of the file within the site, for the content type
    body: bytes = b""
    file: Path | None = None
    elsewhere: str = ""  # the address to go to instead
    number: int = 0

    @property
    def kind(self) -> str:
        """The content type, with its encoding where it is text."""
        return content_type(self.name)


NOTHING = Answer(404, "404.txt", b"There is nothing here.\n")
STRANGER = Answer(421, "421.txt", b"This preview is for this machine: ask for localhost.\n")


def content_type(name: str) -> str:
    """The content type of a file of that name.

    >>> content_type("index.html"), content_type("feeds/atom.xml"), content_type("x.unheard")
    ('text/html; charset=utf-8', 'application/atom+xml; charset=utf-8', 'application/octet-stream')
    """
    parts = name.rsplit("/", 1)[-1].split(".")
    feed = next((_FEEDS[part] for part in parts if part in _FEEDS and parts[-1] == "xml"), None)
    kind = feed or _TYPES.guess_type(name)[0] or "application/octet-stream"
    is_text = kind.startswith("text/") or kind.endswith(("xml", "json", "javascript", "toml"))
    return f"{kind}; charset=utf-8" if is_text else kind


def name_of(address: str) -> str | None:
    """The file's name an address asks for; None for one that leads out of the site.

    >>> name_of("/2025/03/may/?q=1"), name_of("/theme/main.css"), name_of("/%2e%2e/secret")
    ('2025/03/may/', 'theme/main.css', None)
    """
    name = unquote(urlsplit(address).path).lstrip("/")
    steps = name.split("/")
    return None if ".." in steps or "\\" in name or "\0" in name else name


def find(name: str, look: Callable[[str], Answer | None]) -> Answer:
    """The answer for a name: the file, a folder's index, the folder with its slash, else 404."""
    if not name or name.endswith("/"):
        found = look(f"{name}index.html")
    else:
        found = look(name)
        if found is None and look(f"{name}/index.html"):
            return Answer(302, elsewhere=f"{name.rsplit('/', 1)[-1]}/")
    if found:
        return found
    missing = look("404.html")
    return replace(missing, status=404) if missing else NOTHING


def look_in(folder: Path, name: str) -> Answer:
    """The answer of a plain folder of files; nothing outside of it is ever sent."""

    def look(name: str) -> Answer | None:
        file = (folder / name).resolve()
        is_inside = file.is_file() and file.is_relative_to(folder)
        return Answer(200, name, file=file) if is_inside else None

    return find(name, look)
