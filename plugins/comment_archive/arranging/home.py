"""The site that takes an old blog in: what it knows already, and how its author wants it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo

from comment_archive.model import Thread


@dataclass(frozen=True)
class Known:
    """An entry that an earlier import brought: its identity, its file, its old addresses."""

    key: str
    slug: str
    folder: str
    addresses: tuple[str, ...] = ()
    is_public: bool = True
    ending: str = "html"


@dataclass(frozen=True)
class Home:
    """What arranging may ask of the site; it opens no file by itself.

    ``slugs`` are taken by the site's own posts and pages, ``owners`` says which thread has a
    comment's id, ``thread`` gives the thread that is kept for a slug, ``address`` the address
    of an entry on the new site by its folder, slug, day and category.
    """

    zone: tzinfo
    now: datetime
    base_url: str = ""
    language: str = "en"
    is_markdown: bool = False
    slugs: frozenset[str] = frozenset()
    known: tuple[Known, ...] = ()
    owners: Mapping[str, str] = field(default_factory=dict)
    erased: Mapping[str, date] = field(default_factory=dict)
    thread: Callable[[str], Thread | None] = lambda _: None
    address: Callable[[str, str, datetime | None, str], str] = (
        lambda folder, slug, _day, _category: f"{folder}/{slug}"
    )


@dataclass(frozen=True)
class File:
    """A file for the content folder: its name from there, with "/", and its bytes."""

    name: str
    data: bytes
