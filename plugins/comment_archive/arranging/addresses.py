"""Old addresses in one form, so that two ways to write one of them meet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote, urljoin, urlsplit

_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.IGNORECASE)


def key(url: str) -> str:
    """The address without scheme, "www.", fragment and last slash; empty where it is none.

    >>> key("https://www.Old.example/2010/May/") == key("http://old.example/2010/May#top")
    True
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https", "") or not host:
        return ""
    path = _INDEX.sub("/", unquote(parts.path)).rstrip("/")
    return f"{host}{path}?{parts.query}" if parts.query else f"{host}{path}"


def keys(url: str) -> Iterator[str]:
    """The forms under which an address may be known: with its query, then without."""
    whole = key(url)
    if whole:
        yield whole
        yield whole.partition("?")[0]


def host(url: str) -> str:
    """The host of an address without "www.", empty where there is none."""
    return key(url).partition("/")[0].partition("?")[0]


def joined(base: str, url: str) -> str:
    """The address as a page at ``base`` means it; as it is where that cannot be said."""
    try:
        return urljoin(base, url) if base else url
    except ValueError:
        return url


def fragment(url: str) -> str:
    """What follows the "#", percent-decoded."""
    return unquote(url.partition("#")[2])


def last(url: str) -> str:
    """The last word of an address's path, without the ending of a page."""
    whole = key(url).partition("?")[0]
    return whole.rpartition("/")[2] if "/" in whole else ""


def hosts(urls: Iterable[str]) -> frozenset[str]:
    """The hosts of these addresses."""
    return frozenset(found for url in urls if (found := host(url)))
