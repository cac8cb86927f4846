"""Old addresses, however damaged: none of these functions raises."""

from __future__ import annotations

import re
from urllib.parse import unquote, urljoin

HOST = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*")
ENDING = re.compile(r"\.(?:html?|php|aspx?)$")


def parted(address: str) -> tuple[str, str]:
    """An address without its fragment, and the fragment.

    >>> parted("http://a.example/b.html#c1")
    ('http://a.example/b.html', 'c1')
    """
    page, _, fragment = address.partition("#")
    return page, fragment


def slug_of(address: str) -> str:
    """The last part of an address, without what it ends in.

    >>> slug_of("http://[a.example/2009/04/what%20then.html?x=1"), slug_of("http://a.example/")
    ('what then', '')
    """
    path = re.split(r"[?#]", HOST.sub("", address), maxsplit=1)[0]
    return ENDING.sub("", unquote(path.rstrip("/").rpartition("/")[2]))


def joined(base: str, address: str) -> str:
    """An address as seen from a page; what is no address stays as it is."""
    try:
        return urljoin(base, address)
    except ValueError:
        return address
