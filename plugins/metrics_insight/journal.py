"""All the cards of a site and where each stands: what a check, a ledger and a review go through."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from pathlib import Path

from metrics_insight import block, compose, duties, ledger, wording
from metrics_insight.claim import Quote
from metrics_insight.dossier import Dossier
from metrics_insight.errors import Fault, Faults, Unread
from metrics_insight.model import Dataset, Post
from metrics_insight.sources import posts as headers
from mistakes import Mistake


@dataclass(frozen=True)
class About:
    """What a site knows of a post or page: its day, its name in addresses, its language."""

    day: date | None = None
    slug: str = ""
    language: str = "en"
    is_draft: bool = False
    is_page: bool = False


@dataclass(frozen=True)
class Source:
    """A post or page in Markdown; ``path`` as an author knows it, ``name`` as links do."""

    path: str
    text: str
    about: About = About()
    told: Post = field(default_factory=lambda: Post(""), compare=False)

    @classmethod
    def of(cls, path: str, text: str, about: About | None) -> Source:
        """The source of a text; what nobody says about it is read in its headers."""
        told = headers.of_text(path, text)
        known = about or About(told.day)
        known = replace(known, slug=known.slug or Path(path).stem)
        return cls(path, text, known, replace(told, day=known.day or told.day))

    @property
    def day(self) -> date | None:
        """Its date."""
        return self.told.day


@dataclass(frozen=True)
class Entry:
    """A card of the site: where it is written, its anchor in the page, all that is known of it."""

    source: Source
    line: int
    anchor: str
    dossier: Dossier

    @property
    def id(self) -> str:
        """Its name in the post."""
        return self.anchor.removeprefix("insight-")

    @property
    def name(self) -> str:
        """By which other posts quote it: SLUG#ID."""
        return f"{self.source.about.slug}#{self.id}"


@dataclass(frozen=True)
class Journal:
    """The cards that could be made, in the order of the sources; the mistakes of all the blocks."""

    entries: tuple[Entry, ...]
    mistakes: tuple[Mistake, ...]
    blocks: int


def sources(posts: Mapping[str, str], about: Mapping[str, About]) -> tuple[Source, ...]:
    """The sources of texts by path, each with what the site knows of it."""
    return tuple(Source.of(path, text, about.get(path)) for path, text in posts.items())


def read(written: Iterable[Source], dataset: Dataset) -> Journal:
    """Every card of these sources, and every mistake in their blocks; doubts are among them."""
    pages = [_read(source, dataset) for source in written]
    entries = [entry for page in pages for entry in page.entries]
    mistakes = [mistake for page in pages for mistake in page.mistakes]
    broken = {page.source.about.slug for page in pages if page.has_faults}
    for page in pages:
        for line, asked in page.quotes:
            try:
                _refuse(asked, page.source, entries)
            except Fault as fault:
                if asked.slug not in broken:  # else what is wrong there is told of by itself
                    mistakes.append(fault.at(page.source.path, line))
    return Journal(tuple(entries), tuple(mistakes), sum(page.blocks for page in pages))


@dataclass
class _Page:
    """What one source gave: its cards, its mistakes, what it quotes."""

    source: Source
    entries: list[Entry] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)
    quotes: list[tuple[int, Quote]] = field(default_factory=list)
    blocks: int = 0
    has_faults: bool = False


def _read(source: Source, dataset: Dataset) -> _Page:
    page = _Page(source)
    lines = source.text.split("\n") if "insight" in source.text.lower() else []
    page.mistakes += [fault.as_doubt(source.path) for fault in block.near_misses(lines)]
    for found in block.find(lines):
        page.blocks += 1
        try:
            if asked := block.quote(found):
                page.quotes.append((found.opens + 1, asked))
            else:
                entry = _entry(source, found, dataset, {one.anchor for one in page.entries})
                page.entries.append(entry)
                page.mistakes += _doubts(entry, found)
        except Faults as faults:
            page.has_faults = True
            page.mistakes += _told(faults, source.path, found.opens + 1)
    return page


def _entry(source: Source, found: block.Block, dataset: Dataset, made: Container[str]) -> Entry:
    request = block.parse(found)
    dossier = compose.resolve(request, dataset, source.day)
    name = compose.identify(dossier)
    compose.refuse_second(request, name, made)
    return Entry(source, found.opens + 1, name, dossier)


def _doubts(entry: Entry, found: block.Block) -> Iterator[Mistake]:
    """What a card leaves its readers without, in a language whose words are known."""
    parts = [(part.label, part.markdown, part.line) for part in block.words(found)]
    labels = [label for label, _, _ in parts]
    spoken = parts if wording.is_spoken(entry.source.about.language) else []
    owed = duties.verdicts(entry.dossier, labels), duties.checks(entry.dossier)
    for fault in chain(duties.sureness(spoken), duties.steps(spoken), *owed):
        yield replace(fault.at(entry.source.path, entry.line), doubtful=True)


def _told(faults: Faults, path: str, line: int) -> Iterator[Mistake]:
    """The faults with their places; a file that could not be read is told once, and elsewhere."""
    told = (fault for fault in faults.faults if not isinstance(fault, Unread))
    return (fault.at(path, line) for fault in told)


def _refuse(asked: Quote, source: Source, entries: Iterable[Entry]) -> None:
    """Raise `Fault` for a quotation of a card that no other post has, or not for all to see."""
    posts = [entry for entry in entries if not entry.source.about.is_page]
    others = [entry for entry in posts if entry.source.path != source.path]
    seen = [one for one in others if source.about.is_draft or not one.source.about.is_draft]
    ledger.refuse_unknown(asked, [(one.source.about.slug, one.id) for one in seen])
