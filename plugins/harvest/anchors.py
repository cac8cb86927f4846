"""What a page of HTML links to and which anchors it has, read in one pass over its tags."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import escape, unescape

# Comments, scripts and styles hold no links; possessive, so that no page can make it slow.
_TAG = re.compile(
    r"<!--.*?-->|<(?P<raw>script|style)\b(?P<own>[^>]*)>.*?</(?P=raw)\s*>"
    r"|<(?P<name>[a-z][a-z0-9:-]*)(?P<given>(?:[^\"'>]++|\"[^\"]*+\"|'[^']*+')*+)>",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+))""")
_SHORT = 1000  # a picture may stand in its own tag, in thousands of letters
_PICTURES = {"og:image", "twitter:image"}
_LINKS = ("href", "src", "poster")


@dataclass(frozen=True)
class Link:
    """An address on a page, entities resolved.

    ``is_of_reader`` is true for one that a reader wrote in a comment (``rel="ugc"``).
    """

    url: str
    is_of_reader: bool = False


@dataclass(frozen=True)
class Page:
    """All links of a page in their order, each once, and the names of its anchors."""

    links: tuple[Link, ...]
    ids: frozenset[str]


def read(html: str) -> Page:
    """The links and anchors of a page."""
    links: dict[Link, None] = {}
    ids: set[str] = set()
    for tag in _TAG.finditer(html):
        given = tag["given"] or tag["own"]
        if given:
            read_tag = _read_tag if len(given) < _SHORT else _read_tag.__wrapped__
            found = read_tag(tag["name"] or tag["raw"], given)
            links.update(dict.fromkeys(found.links))
            ids |= found.ids
    return Page(tuple(links), frozenset(ids))


def rewritten(html: str, change: Callable[[str], str]) -> str:
    """The HTML with the address of each link and picture changed; all else as it was."""

    def attribute(found: re.Match[str]) -> str:
        url = unescape(found[2] or found[3] or found[4] or "").strip()
        changed = change(url) if url and found[1].lower() in _LINKS else url
        return found[0] if changed == url else f'{found[1]}="{escape(changed)}"'

    return _TAG.sub(lambda tag: _ATTRIBUTE.sub(attribute, tag[0]) if tag["name"] else tag[0], html)


@lru_cache(maxsize=8192)  # the pages of a site are alike in their margins and lists
def _read_tag(name: str, given: str) -> Page:
    """What one tag links to, and the anchors it makes."""
    attributes = _attributes(given)
    names = ("id", "name") if name == "a" else ("id",)
    is_of_reader = "ugc" in attributes.get("rel", "").lower().split()
    links = (Link(url.strip(), is_of_reader) for url in _urls(name.lower(), attributes))
    return Page(tuple(links), frozenset(attributes[key] for key in names if key in attributes))


def _attributes(given: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(given):
        value = double or single or bare
        found.setdefault(name.lower(), unescape(value) if "&" in value else value)
    return found


def _urls(name: str, attributes: dict[str, str]) -> Iterator[str]:
    yield from (attributes[key] for key in _LINKS if key in attributes)
    if "srcset" in attributes:
        yield from (part.split()[0] for part in attributes["srcset"].split(", ") if part.strip())
    if name == "object" and "data" in attributes:
        yield attributes["data"]
    if name == "meta" and (attributes.get("property") or attributes.get("name")) in _PICTURES:
        yield attributes.get("content", "")
