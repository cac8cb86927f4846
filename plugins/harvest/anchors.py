"""What a page of HTML links to and which anchors it has, read in one pass over its tags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

# Comments, scripts and styles hold no links; possessive, so that no page can make it slow.
_TAG = re.compile(
    r"<!--.*?-->|<(?P<raw>script|style)\b(?P<own>[^>]*)>.*?</(?P=raw)\s*>"
    r"|<(?P<name>[a-z][a-z0-9:-]*)(?P<given>(?:[^\"'>]++|\"[^\"]*+\"|'[^']*+')*+)>",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+))""")
_WORTH_A_LOOK = re.compile(r"\b(?:href|src|srcset|id|name|poster|data|content)\s*=", re.IGNORECASE)
_PICTURES = {"og:image", "twitter:image"}
_LINKS = ("href", "src", "poster")


@dataclass(frozen=True)
class Link:
    """An address on a page, entities resolved."""

    url: str


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
        name, given = tag["name"] or tag["raw"], tag["given"] or tag["own"]
        if not given or not _WORTH_A_LOOK.search(given):
            continue
        attributes = _attributes(given)
        ids.update(
            attributes[key]
            for key in ("id", "name")
            if key in attributes and (key == "id" or name == "a")
        )
        links.update((Link(url.strip()), None) for url in _urls(name.lower(), attributes))
    return Page(tuple(links), frozenset(ids))


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
