"""Old blogs made by hand: entries and comments of invented people, arranged and written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from comment_archive import importing, ledger
from comment_archive.arranging import Export, File, Home, Media, Receipt, arranged
from comment_archive.model import Entry, Item, Said, Words
from comment_archive.settle import Content, Settled, settle

NOW = datetime(2026, 1, 1, tzinfo=UTC)
HOME = Home(zone=ZoneInfo("Europe/London"), now=NOW)
DAY = datetime(2010, 5, 3, 8, 15)
OLD = "http://old.example/2010/05"


def said(text: str = "Yes.", author: str = "Bo Sample", **more: object) -> Said:
    """A comment."""
    given = {"url": "", "moment": DAY, "words": Words(text), **more}
    return Said(author=author, **given)


def entry(
    title: str = "A kettle", body: str = "<p>Words.</p>", *comments: Said, **more: object
) -> Entry:
    """A post with its comments."""
    given = {"place": "line 1", "moment": DAY, **more}
    return Entry(title=title, body=Words(body), comments=comments, **given)


def export(*items: Item) -> Export:
    """An export that can be read again and again."""
    return Export("by_hand", "old.txt", lambda: items)


def files(*items: Item, home: Home = HOME, media: Media | None = None) -> dict[str, str]:
    """What an import of these items would write, as text by file name."""
    made = arranged((export(*items),), home, media or Media(), Receipt(("old.txt",)))
    return {one.name: one.data.decode(errors="replace") for one in made if isinstance(one, File)}


def told(*items: Item, home: Home = HOME, media: Media | None = None) -> Receipt:
    """The receipt of an import of these items."""
    receipt = Receipt(("old.txt",))
    list(arranged((export(*items),), home, media or Media(), receipt))
    return receipt


def settled(content: Path, *items: Item, is_forced: bool = False) -> Settled:
    """The items imported into a folder by all the steps of the command but reading files."""
    place = importing.Place(content, "Europe/London", NOW)
    book = ledger.read(content)
    receipt = Receipt(("old.txt",))
    home = importing.home(importing.Asked(), place, book)

    def last() -> tuple[Iterable[File], ledger.Ledger]:
        return [File("comments/receipts/old.json", receipt.as_json().encode())], book

    made = arranged((export(*items),), home, Media(), receipt)
    return settle(made, Content(content, book, is_forced), last)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(found)}
