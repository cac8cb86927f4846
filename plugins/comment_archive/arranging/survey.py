"""The first reading of an export: a place for every entry and an id for every comment."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b

from comment_archive import sanitise
from comment_archive.arranging import addresses, moments, slugs
from comment_archive.arranging.home import Home
from comment_archive.arranging.index import Index, Placed
from comment_archive.arranging.slugs import Slugs
from comment_archive.model import About, Entry, Item, Said

FIRST_WORDS = 8  # of a post, where it has no title

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
_DRAFTS = {
    "draft": "a draft",
    "private": "private",
    "pending": "waiting for review",
    "protected": "had a password",
    "future": "to be published later",
}


_FOLDERS = {"post": "posts", "page": "pages", "thread": ""}


@dataclass(frozen=True)
class Export:
    """One export: the name of its importer, the name of its file, and how to read it again."""

    importer: str
    name: str
    read: Callable[[], Iterable[Item]]


@dataclass
class Survey:
    """What the first reading gives: the index, and each entry's place in the order read."""

    index: Index
    base: str = ""
    places: list[Placed] = field(default_factory=list)

    @cached_property
    def shared(self) -> frozenset[str]:
        """The slugs of threads that more than one entry of these exports belongs to."""
        times = Counter(place.slug for place in self.places)
        return frozenset(slug for slug, number in times.items() if number > 1)


def survey(exports: Iterable[Export], home: Home, tell: Callable[[int, int], None]) -> Survey:
    """Every entry of the exports placed; nothing of their words is kept."""
    done = Survey(_of_earlier(home), home.base_url)
    done.index.hosts |= addresses.hosts([home.base_url])
    placing = _Placing(home, done.index)
    for export in exports:
        for item in export.read():
            if isinstance(item, About) and item.address:
                done.base = done.base or item.address
                done.index.hosts |= addresses.hosts([item.address])
            elif isinstance(item, Entry):
                done.places.append(placing.of(item, export.importer))
                tell(len(done.places), 0)
    return done


def why_draft(entry: Entry, home: Home) -> str:
    """Why readers will not see an entry; empty where they will."""
    if entry.status != "published":
        return _DRAFTS[entry.status]
    moment = moments.placed(entry.moment, home.zone)
    if moment is None:
        return "" if entry.kind == "page" else "has no date"
    return _DRAFTS["future"] if moment > home.now else ""


def title(entry: Entry) -> str:
    """The title of an entry; its first words where it has none, empty where it has no words."""
    given = sanitise.line(entry.title)
    if given:
        return given
    text = re.sub(r"<[^<>]*>", " ", f"{entry.body.text[:2000]} {entry.more.text[:500]}")
    words = sanitise.line(sanitise.unescaped(text)).split()
    return " ".join(words[:FIRST_WORDS]) + ("…" if len(words) > FIRST_WORDS else "")


def _of_earlier(home: Home) -> Index:
    index = Index()
    for one in home.known:
        if one.folder:
            index.files[one.slug] = f"{one.folder}/{one.slug}.{one.ending}"
        index.learn_addresses(one.slug, one.addresses)
        if one.is_public and one.folder:
            index.public.add(one.slug)
    for name, slug in home.owners.items():
        index.learn_comment(slug, ["", name], name)
    return index


class _Placing:
    """Which keys, slugs and ids are taken so far."""

    def __init__(self, home: Home, index: Index) -> None:
        self.home, self.index = home, index
        self.slugs = Slugs([*home.slugs, *(one.slug for one in home.known)])
        self.known = {one.key: one.slug for one in home.known}
        self.keys: Counter[str] = Counter()
        self.used: dict[str, str] = {}

    def of(self, entry: Entry, importer: str) -> Placed:
        """The entry's place, known from now on to all that links to it."""
        key = self._key(entry, importer)
        old = (entry.address, *entry.addresses)
        there = next((found for url in old if (found := self.index.slug_of(url))), "")
        is_there = there in self.index.files and self.known.get(key) != there
        folder = "" if is_there else _FOLDERS[entry.kind]
        # a thread that came before its post has its name already
        waits = there and there not in self.index.files
        slug = there if is_there or waits else self.known.get(key) or self._slug(entry)
        why = why_draft(entry, self.home) if folder else ""
        if folder:
            ending = "md" if self.home.is_markdown else "html"
            self.index.files[slug] = f"{folder}/{slug}.{ending}"
            if not why:
                self.index.public.add(slug)
        self.index.learn_addresses(slug, old)
        return Placed(key, slug, folder, not why, self._comments(entry, slug), why)

    def _slug(self, entry: Entry) -> str:
        last = addresses.last(entry.address)
        wanted = entry.slug if slugs.safe(entry.slug) else last
        # an entry of no words at all still has a day
        day = entry.moment.strftime("%Y-%m-%d") if entry.moment else ""
        return self.slugs.take(wanted, title(entry), f"post-{day}", is_page=entry.kind == "page")

    def _key(self, entry: Entry, importer: str) -> str:
        """What an entry is known by when its export is read again."""
        by = entry.id or entry.guid or entry.address
        if not by:
            told = (
                entry.slug,
                entry.title,
                str(entry.moment),
                "" if entry.slug else entry.body.text,
            )
            by = blake2b(repr(told).encode(errors="replace"), digest_size=8).hexdigest()
        key = f"{importer}:{entry.kind}:{sanitise.line(by)}"
        self.keys[key] += 1
        return key if self.keys[key] == 1 else f"{key}#{self.keys[key]}"

    def _comments(self, entry: Entry, slug: str) -> tuple[str, ...]:
        return tuple(self._comment(said, slug) for said in entry.comments)

    def _comment(self, said: Said, slug: str) -> str:
        new = next(name for name in _ids(said) if self._is_free(name, slug))
        self.used[new] = slug
        self.index.learn_comment(slug, [said.id, *said.anchors, new], new)
        if said.state == "approved":
            self.index.learn_comment(slug, [""], new)
        return new

    def _is_free(self, name: str, slug: str) -> bool:
        return name not in self.used and self.home.owners.get(name, slug) == slug


def _ids(said: Said) -> Iterator[str]:
    """What a comment may be called: its old id, else by its date, name and words; then numbered."""
    told = (str(said.moment), said.author, said.words.text, said.title)
    own = blake2b(repr(told).encode(errors="replace"), digest_size=6).hexdigest()
    old = said.id.removeprefix("comment-")
    if _ID.fullmatch(old):
        yield old
        yield f"{old}-{own[:6]}"
    yield own
    number = 1
    while True:
        number += 1
        yield f"{own}-{number}"
