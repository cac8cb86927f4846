"""What a link to a page is shown with elsewhere: address, title, description, picture.

Templates get ``sharing()``; its ``properties`` are the Open Graph values, its ``card`` those
for networks that read their own names. The picture is the post's header ``Picture:``, else
what a plugin has made for it, else the site's SITE_PICTURE. A plugin offers one as the attribute
``social_picture`` on a post or page: a mapping with ``path`` (in the site), ``alt``, ``width`` and
``height``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote, urljoin

from jinja2 import pass_context
from pelican import signals

from weblog.excerpts import DESCRIPTION, shortened

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Person:
    """An author: the name, and the address of the page about the posts."""

    name: str
    address: str


@dataclass(frozen=True)
class Sharing:
    """A page as others show it; addresses are absolute, or "" while the site has none."""

    kind: str
    title: str
    description: str
    address: str
    picture: str
    picture_alt: str
    picture_size: tuple[int, int] | None
    site: str
    language: str
    published: datetime | None = None
    modified: datetime | None = None
    authors: tuple[Person, ...] = ()
    section: str = ""
    tags: tuple[str, ...] = ()

    @property
    def properties(self) -> Pairs:
        """Open Graph: property and content, empty ones left out."""
        wide, high = self.picture_size if self.picture and self.picture_size else ("", "")
        pairs = [
            ("og:type", self.kind),
            ("og:title", self.title),
            ("og:description", self.description),
            ("og:url", self.address),
            ("og:image", self.picture),
            ("og:image:width", str(wide)),
            ("og:image:height", str(high)),
            ("og:image:alt", self.picture and self.picture_alt),
            ("og:site_name", self.site),
            ("article:published_time", self.published.isoformat() if self.published else ""),
            ("article:modified_time", self.modified.isoformat() if self.modified else ""),
            *(("article:author", author.address) for author in self.authors),
            ("article:section", self.section),
            *(("article:tag", tag) for tag in self.tags),
        ]
        return tuple((name, value) for name, value in pairs if value)

    @property
    def card(self) -> Pairs:
        """The card: a large picture where there is one; the rest is read from Open Graph."""
        return (("twitter:card", "summary_large_image" if self.picture else "summary"),)


@dataclass(frozen=True)
class Site:
    """What of the settings every page is shared with; the address stays absolute throughout."""

    settings: Mapping[str, Any]

    @pass_context
    def sharing(self, context: Mapping[str, Any], title: str = "") -> Sharing:
        """How the page being written is shared; ``title`` for one that is no post or page."""
        content = context.get("article") or context.get("page")
        if content is None:
            return self.page(context, title)
        return self.article(content) if "article" in context else self.content(content, "website")

    def page(self, context: Mapping[str, Any], title: str = "") -> Sharing:
        """A list or the home page."""
        subject = next((context[kind] for kind in _SUBJECTS if context.get(kind)), None)
        name = title or (str(subject) if subject else self.settings["SITENAME"])
        about = str(self.settings.get("SITESUBTITLE") or "")
        file = str(context.get("output_file") or "")
        return Sharing(
            kind="website",
            title=str(name),
            description=shortened(about, DESCRIPTION),
            address=self.absolute(page_address(file)),
            language=self.settings["DEFAULT_LANG"],
            site=self.settings["SITENAME"],
            **self._picture(None),
        )

    def content(self, content: Any, kind: str, **more: Any) -> Sharing:
        """A page or a post, by what both have."""
        return Sharing(
            kind=kind,
            title=str(content.title),
            description=str(getattr(content, "description", "")),
            address=self.absolute(content.url),
            language=content.lang,
            site=self.settings["SITENAME"],
            **self._picture(content),
            **more,
        )

    def article(self, post: Any) -> Sharing:
        """A post, with its dates and people."""
        return self.content(
            post,
            "article",
            published=post.date,
            modified=max(post.date, getattr(post, "modified", post.date)),
            authors=tuple(self._people(post)),
            section=str(getattr(post, "category", "")),
            tags=tuple(str(tag) for tag in getattr(post, "tags", ())),
        )

    def absolute(self, path: str) -> str:
        """The address of a path of the site, "" as long as SITEURL is not set."""
        site = self.settings["SITEURL"]
        return urljoin(f"{site}/", quote(path, safe="/%:?&=#@+,;~")) if site else ""

    def _picture(self, content: Any) -> dict[str, Any]:
        """The post's own, else the one made for it, else the site's."""
        made: Mapping[str, Any] = getattr(content, "social_picture", None) or {}
        size = None
        if own := getattr(content, "picture", ""):
            path, alt = own, getattr(content, "picture_alt", "")
        elif made:
            path, alt, size = made["path"], made["alt"], (made["width"], made["height"])
        else:
            path = self.settings.get("SITE_PICTURE")
            alt = self.settings.get("SITE_PICTURE_ALT")
        address = self.absolute(str(path).lstrip("/")) if path else ""
        return {"picture": address, "picture_alt": str(alt or ""), "picture_size": size}

    def _people(self, post: Any) -> Iterator[Person]:
        for author in getattr(post, "authors", ()):
            yield Person(author.name, self.absolute(author.url))


_SUBJECTS = ("category", "tag", "author")


def register() -> None:
    """Offer the values when the settings are known."""
    signals.initialized.connect(offer)


def offer(pelican: Any) -> None:
    """Add the global ``sharing``."""
    pelican.settings["JINJA_GLOBALS"]["sharing"] = Site(pelican.settings).sharing


def page_address(file: str) -> str:
    """The address of a file as it is linked: a folder instead of its index.

    >>> page_address("tag/growth/index.html"), page_address("404.html"), page_address("index.html")
    ('tag/growth/', '404.html', '')
    """
    path = PurePosixPath(file.replace("\\", "/"))
    return f"{path.parent}/".removeprefix("./") if path.name == "index.html" else str(path)
