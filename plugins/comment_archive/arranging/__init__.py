"""What an export holds, arranged for a site: files and a receipt, not a byte written yet.

An export is read twice: the first reading gives every post its name and every comment its id,
so that in the second a link to a post further down is led to where that post will be.

    survey      the first reading            index       old addresses and the new ones
    slugs       names for files              addresses   old addresses in one form
    entries     headers and body of a post   threads     the comments of a post
    words       sanitised HTML               references  links, pictures and players
    media       files of the old blog        pages       a source of Pelican
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from comment_archive import archive, sanitise
from comment_archive.arranging import entries, moments, references, threads, words
from comment_archive.arranging.home import File, Home, Known
from comment_archive.arranging.index import Placed
from comment_archive.arranging.media import Found, Media
from comment_archive.arranging.survey import Export, Survey, survey, title
from comment_archive.model import About, Attached, Comment, Entry, Left, Words
from comment_archive.receipt import Receipt, Row

Tell = Callable[[int, int], None]


def arranged(
    exports: tuple[Export, ...],
    home: Home,
    media: Media,
    receipt: Receipt,
    tell: Tell = lambda _done, _all: None,
) -> Iterator[File | Known]:
    """Every file of the exports for the content folder, and what to remember of each entry.

    Files come one by one, in the order of the exports; ``receipt`` is filled on the way and
    whole when the last has come.
    """
    return _Arranging(survey(exports, home, tell), home, media, receipt, tell).of(exports)


class _Arranging:
    """The second reading: entry by entry, each with the place that the first one gave it."""

    def __init__(
        self,
        surveyed: Survey,
        home: Home,
        media: Media,
        receipt: Receipt,
        tell: Tell,
    ) -> None:
        self.surveyed, self.index, self.tell = surveyed, surveyed.index, tell
        self.home = replace(home, base_url=surveyed.base)
        self.media, self.receipt = media, receipt
        self.ending = "md" if home.is_markdown else "html"
        self.found: dict[str, Found] = {}
        self.threads: dict[str, tuple[Comment, ...]] = {}

    def of(self, exports: Iterable[Export]) -> Iterator[File | Known]:
        places = iter(self.surveyed.places)
        for export in exports:
            for item in export.read():
                if isinstance(item, Entry):
                    yield from self._entry(item, next(places), export.importer)
                else:
                    self._other(item)
        for found in self.found.values():
            yield File(f"{references.IMAGES}/{found.name}", self.media.read(found))
        self.receipt.counts["media found"] += len(self.found)

    def _other(self, item: About | Left | Attached) -> None:
        if isinstance(item, Left):
            self.receipt.left.append(item)
        elif isinstance(item, About):
            self.receipt.old_feeds.update(
                dict.fromkeys(filter(None, map(sanitise.address, item.feeds)))
            )
            self.receipt.categories.update(dict.fromkeys(entries.named(item.categories)))
        elif found := self.media.find(item.address):
            self.found[found.name] = found
        else:
            self.receipt.missing.append(sanitise.line(item.address, 500))
            self.receipt.counts["media missing"] += 1

    def _entry(self, entry: Entry, place: Placed, source: str) -> Iterator[File | Known]:
        self.tell(len(self.receipt.rows) + 1, len(self.surveyed.places))
        name = f"{archive.FOLDER}/{place.slug}.json"
        if place.folder:
            post = entries.of(
                entry, place, source, self.home, self._worded(entry, is_comment=False)
            )
            name = post.name
            yield post
        shown = 0
        if entry.comments:
            kept = threads.Kept(
                source, self._worded(entry, is_comment=True), self.receipt.references
            )
            comments = threads.of(entry, place, self.home, kept)
            shown = self.receipt.add_comments(comments)
            yield self._thread(place.slug, comments)
        self._count(entry, place, name, shown)
        if place.folder or place.slug not in self.index.files:
            old = tuple(filter(None, (entry.address, *entry.addresses)))
            yield Known(place.key, place.slug, place.folder, old, place.is_public, self.ending)

    def _worded(self, entry: Entry, *, is_comment: bool) -> Callable[[Words], str]:
        """How words of an entry are kept."""
        base = entry.address or self.home.base_url
        text = references.Text(base, is_comment, self.found, self.receipt.references)
        return lambda given: words.kept(given, text, self.index, self.media)

    def _thread(self, slug: str, comments: tuple[Comment, ...]) -> File:
        kept = self.home.thread(slug)
        if earlier := self.threads.get(slug):  # two exports with comments of one post
            kept = threads.joined(slug, earlier, kept, self.receipt.references)
        thread = threads.joined(slug, comments, kept, self.receipt.references)
        if slug in self.surveyed.shared:
            self.threads[slug] = thread.comments
        return File(f"{archive.FOLDER}/{slug}.json", archive.written(thread).encode())

    def _count(self, entry: Entry, place: Placed, name: str, shown: int) -> None:
        receipt = self.receipt
        counts = receipt.counts
        counts[_counted_as(entry, place, self.index.files)] += 1
        if place.folder:
            counts["without a title, named by their first words"] += not sanitise.line(entry.title)
            counts["categories made tags"] += len(entries.categories(entry)[1:])
            counts["without an old id for feeds"] += not entry.guid
            receipt.authors.update(dict.fromkeys(entries.named(map(sanitise.name, entry.authors))))
            receipt.categories.update(dict.fromkeys(entries.categories(entry)))
        moment = moments.placed(entry.moment, self.home.zone)
        category = next(iter(entries.categories(entry)), "")
        new = (
            self.home.address(place.folder, place.slug, moment, category) if place.is_public else ""
        )
        old = sanitise.address(entry.address)
        draft = f"{place.why} ({title(entry)})" if place.why else ""
        receipt.rows.append(Row(old, new if place.folder else "", name, shown, draft))


def _counted_as(entry: Entry, place: Placed, files: dict[str, str]) -> str:
    """What an entry is called in the receipt."""
    if not place.folder and entry.kind != "thread":
        return "posts that are there already"
    if entry.kind == "thread":
        return "threads joined to their post" if place.slug in files else "threads"
    if not place.why:
        return f"{entry.kind}s"
    words = {"to be published later": "future", "has no date": "undated", "a draft": "drafts"}
    words |= {"waiting for review": "pending", "had a password": "protected", "private": "private"}
    return words[place.why]


__all__ = ["Export", "File", "Home", "Known", "Media", "Receipt", "arranged"]
