"""An import from end to end: exports read, arranged, written all at once, told in a receipt.

What it needs to know of the site and of the day is handed in; only `commands` asks for them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from pathlib import Path
from zoneinfo import ZoneInfo

from comment_archive import archive, importers, ledger
from comment_archive import erase as erasing
from comment_archive.arranging import Export, File, Home, Receipt, arranged, slugs
from comment_archive.arranging import media as files_of_old
from comment_archive.errors import Unimportable
from comment_archive.ledger import Ledger
from comment_archive.model import Thread
from comment_archive.settle import Content, Settled, settle
from mistakes import Mistake, Mistakes

RECEIPTS = f"{archive.FOLDER}/receipts"
_SOURCES = (".md", ".markdown", ".mkd", ".mdown", ".html", ".htm", ".rst")
_SLUG = re.compile(
    rb"""^\s*:?slug:\s*(?P<plain>[^\r\n]+)|<meta\s+name="slug"\s+content="(?P<meta>[^"]*)\"""",
    re.IGNORECASE | re.MULTILINE,
)
Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Place:
    """The site an import goes to: its content folder, its zone, its language, and the moment."""

    content: Path
    zone: str
    now: datetime
    language: str = "en"
    address: Callable[[str, str, datetime | None, str], str] = Home.address


@dataclass(frozen=True)
class Asked:
    """What the author asked for."""

    form: str | None = None
    base_url: str = ""
    media: Path | None = None
    is_markdown: bool = False
    is_dry: bool = False
    is_forced: bool = False


@dataclass(frozen=True)
class Done:
    """What an import found and wrote."""

    receipt: Receipt
    settled: Settled
    is_dry: bool
    path: str

    @property
    def warnings(self) -> tuple[str, ...]:
        """What was left as the author made it, a line each."""
        kept = [
            f"{name}: was edited since it was imported and stays" for name in self.settled.edited
        ]
        kept += [f"{name}: was deleted since and stays away" for name in self.settled.deleted]
        return tuple(f"{one}; to import it anew: --force" for one in kept)

    def as_text(self) -> str:
        """The receipt, and what was written."""
        return f"{self.receipt.as_text()}\n{self._written()}"

    def as_json(self) -> str:
        """The same for programs."""
        done = self.settled
        written = {"new": done.new, "changed": done.changed, "same": done.same}
        kept = {"edited": done.edited, "deleted": done.deleted, "replaced": done.replaced}
        told = {**self.receipt.as_dict(), "dry_run": self.is_dry, "files": {**written, **kept}}
        return json.dumps(told, ensure_ascii=False, indent=1)

    def _written(self) -> str:
        done = self.settled
        if done.is_quiet:
            return f"Nothing changed: {done.same:,} files were there already."
        told = (
            f"{len(done.new):,} new files, {len(done.changed):,} changed, {done.same:,} as before"
        )
        if self.is_dry:
            return f"Nothing was written. It would be: {told}."
        return f"{told}. The receipt: {self.path}"


def run(
    exports: Iterable[Path], asked: Asked, place: Place, tell: Tell = lambda _done, _all: None
) -> Done:
    """The exports brought over; Unimportable or Mistakes where they cannot be."""
    paths = tuple(exports)
    chosen = tuple(_export(path, asked.form) for path in paths)
    book = _ledger(place.content, is_forced=asked.is_forced)
    media = files_of_old.opened(asked.media) if asked.media else files_of_old.Media()
    receipt = Receipt(tuple(path.name for path in paths))
    name = f"{RECEIPTS}/{_name(paths)}.json"

    def last() -> tuple[Iterable[File], Ledger]:
        feeds = tuple(receipt.old_feeds)
        return [File(name, receipt.as_json().encode())], book.having(feeds=feeds)

    items = arranged(chosen, home(asked, place, book), media, receipt, tell)
    content = Content(place.content, book, asked.is_forced, asked.is_dry)
    return Done(receipt, settle(items, content, last), asked.is_dry, f"{place.content.name}/{name}")


def erase(author: str | None, name: str | None, place: Place, *, is_dry: bool) -> str:
    """The words of a person removed, in one sentence; Mistakes where there are none."""
    book = ledger.read(place.content)
    folder = place.content / archive.FOLDER
    threads = archive.read(folder, f"{place.content.name}/{archive.FOLDER}")
    meant = erasing.by_name(author) if author else erasing.by_id(name or "")
    day = place.now.date()
    changed, names = erasing.erased(threads, meant, day)
    if not names:
        wanted = f'by "{author}"' if author else f'with the id "{name}"'
        wrong = f"holds no comment {wanted}" if threads else "holds no threads"
        shown = f"{place.content.name}/{archive.FOLDER}"
        raise Mistakes([Mistake(shown, None, wrong, _nearest(author or name or "", threads))])
    book = replace(book, erased={**book.erased, **dict.fromkeys(names, day)})
    told = f"{len(names):,} {'comment' if len(names) == 1 else 'comments'}"
    if is_dry:
        return f"Nothing was written. It would remove the words of {told}: {', '.join(names)}"
    files = erasing.files(changed)
    # a thread that its author edited stays edited: no later import may write over it
    ours = [one for one in files if _is_ours(place.content, book, one.name)]
    theirs = [one for one in files if one not in ours]
    settle((), Content(place.content, book), lambda: (ours, book), theirs)
    return (
        f"Removed the words of {told}: {', '.join(names)}. Look for the name in other texts, too."
    )


def _is_ours(content: Path, book: Ledger, name: str) -> bool:
    return book.wrote(name, (content / name).read_bytes())


def _export(path: Path, form: str | None) -> Export:
    if not path.is_file():
        what = "is a folder" if path.is_dir() else "there is no such file"
        raise Unimportable(str(path), what, "name the file of an export")
    try:
        chosen = form or importers.choose(path)
    except OSError as error:
        raise Unimportable(str(path), f"cannot be read ({error.strerror})") from None
    return Export(chosen, path.name, lambda: importers.BY_NAME[chosen].read(path))


def _ledger(content: Path, *, is_forced: bool) -> Ledger:
    try:
        return ledger.read(content)
    except Mistakes:
        if is_forced:
            return Ledger()
        raise


def home(asked: Asked, place: Place, book: Ledger) -> Home:
    """What arranging may ask of the site: its names, its threads, and what was imported before."""
    folder = place.content / archive.FOLDER
    shown = f"{place.content.name}/{archive.FOLDER}"
    owners: dict[str, str] = {}
    erased = dict(book.erased)
    for path in archive.files(folder):
        thread = archive.read_file(path, f"{shown}/{path.name}")
        owners |= dict.fromkeys((one.id for one in thread.comments), thread.slug)
        erased |= {one.id: one.erased for one in thread.comments if one.erased}

    def kept(slug: str) -> Thread | None:
        path = folder / f"{slug}.json"
        return archive.read_file(path, f"{shown}/{path.name}") if path.is_file() else None

    return Home(
        zone=ZoneInfo(place.zone),
        now=place.now,
        base_url=asked.base_url,
        language=place.language,
        is_markdown=asked.is_markdown,
        slugs=frozenset(
            chain(_slugs(place.content), (path.stem for path in archive.files(folder)))
        ),
        known=tuple(book.entries.values()),
        owners=owners,
        erased=erased,
        thread=kept,
        address=place.address,
    )


def _slugs(content: Path) -> Iterator[str]:
    """The slugs that the site's own sources have, by their names and headers."""
    for path in content.rglob("*") if content.is_dir() else ():
        if path.suffix.lower() in _SOURCES and path.is_file():
            yield path.stem
            with path.open("rb") as file:
                if found := _SLUG.search(file.read(4096)):
                    yield (found["plain"] or found["meta"]).decode(errors="replace").strip()


def _name(paths: tuple[Path, ...]) -> str:
    return slugs.safe("-".join(path.stem for path in paths)) or "import"


def _nearest(wanted: str, threads: dict[str, Thread]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415

    known = {one.author for thread in threads.values() for one in thread.comments}
    known |= {one.id for thread in threads.values() for one in thread.comments}
    near = get_close_matches(wanted, sorted(known), n=1, cutoff=0.7)
    return f'did you mean "{near[0]}"?' if near else "names and ids stand in its files"
