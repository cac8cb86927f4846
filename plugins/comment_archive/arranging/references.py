"""Links, pictures and players of an old text, each led to where it is now or told as dead.

A link to an old post leads to the post, one to a comment to the comment. A picture is shown from
the site's own folder or becomes a link; so does all that another host would have to play.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from comment_archive import sanitise
from comment_archive.arranging import addresses
from comment_archive.arranging.index import Index
from comment_archive.arranging.media import Found, Media
from comment_archive.markup.tags import Piece, Tag, pieces, written

IMAGES = "images/imported"

_PLAYERS = frozenset({"iframe", "embed", "object", "video", "audio", "source"})
_HEADING = re.compile(r"h[1-6]")


@dataclass(frozen=True)
class Text:
    """A text that is being arranged: where it stood, whether it is a comment, what it shows."""

    base: str
    is_comment: bool
    found: dict[str, Found]
    counts: Counter[str]


def arranged(html: str, text: Text, index: Index, media: Media) -> str:
    """Well-formed HTML with its references as the new site has them, still to be sanitised."""
    return written(_Walk(text, index, media).of(html))


class _Walk:
    """One walk over the tags of a text."""

    def __init__(self, text: Text, index: Index, media: Media) -> None:
        self.text, self.index, self.media = text, index, media
        self.links = 0  # how many <a> are open
        self.players: list[str] = []  # what the players around this place have shown already

    def of(self, html: str) -> Iterator[Piece]:
        for one in pieces(html):
            if isinstance(one, str):
                yield one
            elif one.name == "a":
                self.links += -1 if one.is_end else 1
                yield one if one.is_end else self._link(one)
            elif one.name == "img":
                yield from self._picture(one)
            elif one.name in _PLAYERS:
                yield from self._player(one)
            elif _HEADING.fullmatch(one.name):
                yield from self._heading(one)
            else:
                yield one

    def _link(self, tag: Tag) -> Tag:
        url = tag.value("href")
        return tag.having(href=self._target(url)) if url else tag

    def _target(self, url: str) -> str:
        if url.lower().startswith("mailto:"):
            return sanitise.inert(url)
        if url.startswith("#"):
            return self._within(url)
        whole = addresses.joined(self.text.base, url)
        if known := self.index.target(whole):
            self.text.counts["links made internal"] += 1
            return known
        if addresses.host(whole) in self.index.hosts:
            if (file := self.media.find(whole)) and not self.text.is_comment:
                return self._file(file)
            self.text.counts["links to pages that are not in the export"] += 1
        elif not leads_somewhere(whole):
            self.text.counts["links that lead nowhere"] += 1
        return sanitise.inert(whole)

    def _within(self, url: str) -> str:
        known = self.index.target(f"{self.text.base.partition('#')[0]}{url}")
        if "#" in known:
            return known
        self.text.counts["links that lead nowhere"] += 1
        return sanitise.inert(url)

    def _file(self, file: Found) -> str:
        self.text.found[file.name] = file
        return f"{{static}}/{IMAGES}/{file.name}"

    def _picture(self, tag: Tag) -> Iterator[Piece]:
        source, words = tag.value("src"), tag.value("alt") or tag.value("title")
        if {tag.value("width"), tag.value("height")} & {"0", "1"}:
            self.text.counts["counting pixels left out"] += 1
            return
        whole = addresses.joined(self.text.base, source)
        file = None if self.text.is_comment else self.media.find(whole)
        if file and file.is_picture:
            self.text.counts["images shown"] += 1
            yield tag.having(src=self._file(file), alt=tag.value("alt"))
            return
        self.text.counts["images made links"] += 1
        yield from self._as_link(sanitise.inert(whole), words)

    def _player(self, tag: Tag) -> Iterator[Piece]:
        if tag.is_end:
            return
        url = tag.value("src") or tag.value("data")
        if not url or (tag.name in ("source", "embed") and url in self.players):
            return
        self.players.append(url)
        self.text.counts["frames and players made links"] += 1
        whole = sanitise.inert(addresses.joined(self.text.base, url))
        if (file := self.media.find(whole)) and not self.text.is_comment:
            whole = self._file(file)
        yield from self._as_link(whole, tag.value("title"))

    def _as_link(self, url: str, words: str) -> Iterator[Piece]:
        """A link with these words, or with the name of the file; words alone within a link."""
        url = f"https:{url}" if url.startswith("//") else url
        shown = sanitise.line(words) or _name(url)
        if self.links or not (url.startswith("{static}/") or leads_somewhere(url)):
            yield f" {_escaped(shown)} " if shown else ""
        else:
            yield from (Tag("a", {"href": url}), _escaped(shown or url), Tag("a", is_end=True))

    def _heading(self, tag: Tag) -> Iterator[Piece]:
        """A comment has no headings of its own, and a post none beside its title."""
        if self.text.is_comment:
            strong = Tag("strong", is_end=tag.is_end)
            yield from (strong, Tag("p", is_end=True)) if tag.is_end else (Tag("p"), strong)
        else:
            yield Tag("h2", is_end=tag.is_end) if tag.name == "h1" else tag


def leads_somewhere(url: str) -> bool:
    """True for an address of the web, or a path of some site."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return (parts.scheme in ("http", "https") and bool(parts.netloc)) or (
        not parts.scheme and parts.path.startswith("/")
    )


def _name(url: str) -> str:
    """What to call a file or a player that has no words: its file's name, or its host."""
    try:
        parts = urlsplit(url)
        last = unquote(PurePosixPath(parts.path).name, errors="ignore")
        return sanitise.line(last or parts.netloc, 80)
    except ValueError:
        return ""


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
