"""The way from an old address to the new one, in the forms that hosts and readers know."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote, unquote, urlsplit

Again = Callable[[str], None]
"""Writes a feed once more, to another path of the output."""

_PLAIN = re.compile(r"[^\x00-\x1f\x7f\\\"<>|\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffd]*")
_PAGES = frozenset({"", ".html", ".htm"})
_FEEDS = frozenset({".xml", ".rdf", ".atom", ".rss"})
_LONGEST = 240  # bytes of one name in a path; file systems allow 255
_LONGEST_PATH = 1000


@dataclass(frozen=True)
class Way:
    """An old path of the site's host, decoded, and the address where it leads now.

    ``inside`` is the path within the site's own folder, empty where it lies outside of it;
    ``source`` the file that names the old address; ``again`` writes the feed that is meant.
    """

    path: str
    query: str
    inside: str
    address: str
    title: str = ""
    language: str = "en"
    source: str = ""
    save_as: str = ""
    again: Again | None = None

    @property
    def line(self) -> str:
        """A line of `_redirects`."""
        return f"{quote(self.path, safe='/~,;=@:!()')} {self.address} 301"

    @property
    def htaccess(self) -> str:
        """A rule of .htaccess, for this path alone and no longer one."""
        path = f"^{re.escape(self.path)}$"
        if not self.query:
            return f'RedirectMatch 301 "{path}" "{self.address}"'
        literal = self.address.replace("%", "\\%")
        return (
            "<IfModule mod_rewrite.c>\n"
            "RewriteEngine On\n"
            f'RewriteCond "%{{REQUEST_URI}}" "{path}"\n'
            f'RewriteCond "%{{QUERY_STRING}}" "^{re.escape(self.query)}$"\n'
            f'RewriteRule "^" "{literal}" [R=301,L,NE,QSD]\n'
            "</IfModule>"
        )

    @property
    def file(self) -> str:
        """The file that a host would look for; empty where no page can stand there."""
        suffix = PurePosixPath(self.inside).suffix.lower()
        if self.again or self.query or not self.inside or suffix not in _PAGES:
            return ""
        is_folder = self.inside.endswith("/") or not suffix
        return f"{self.inside.rstrip('/')}/index.html".lstrip("/") if is_folder else self.inside

    @property
    def copy(self) -> str:
        """The file where the feed can stand once more, for readers that follow no page."""
        is_feed = PurePosixPath(self.inside).suffix.lower() in _FEEDS
        return self.inside if self.again and is_feed and not self.query else ""


def old(urls: Iterable[str], siteurl: str) -> Iterator[tuple[str, str, str]]:
    """Path, query, and the path within the site's folder of each old address that can lead on.

    >>> list(old(["http://old.example/a/b.html", "http://old.example/../x"], "https://new.example"))
    [('/a/b.html', '', 'a/b.html')]
    >>> list(old(["http://old.example/blog/a.html", "/b?p=1"], "https://new.example/blog"))
    [('/blog/a.html', '', 'a.html'), ('/b', 'p=1', '')]
    """
    root = f"{urlsplit(siteurl).path.rstrip('/')}/"
    for url in urls:
        try:
            parts = urlsplit(url)
        except ValueError:
            continue
        path = unquote(parts.path) or "/"
        if is_safe(path) and _PLAIN.fullmatch(parts.query) and len(parts.query) < _LONGEST:
            yield path, parts.query, path[len(root) :] if path.startswith(root) else ""


def is_safe(path: str) -> bool:
    """True for a decoded path that stays below its root and that every disk can hold.

    >>> is_safe("/2010/tea.html"), is_safe("/a/../b"), is_safe("//evil.example/"), is_safe("/.git")
    (True, False, False, False)
    """
    names = path.removesuffix("/").split("/")
    return (
        path.startswith("/")
        and len(path.encode(errors="replace")) <= _LONGEST_PATH
        and bool(_PLAIN.fullmatch(path))
        and all(
            name and not name.startswith(".") and len(name.encode()) <= _LONGEST
            for name in names[1:]
        )
    )
