"""The lines of an export as entries and their sections: which dashes part, and which are words.

`-----` parts where a section's name, the end of the entry or the end of the file follows;
`--------` where a `-----` stands before it and metadata or the end of the file after it. All
other dashes are words of the text they stand in.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

SECTION = re.compile(r"(BODY|EXTENDED BODY|EXCERPT|KEYWORDS|COMMENT|PING):\s*")
METADATA = re.compile(
    r"(AUTHOR|TITLE|BASENAME|STATUS|ALLOW COMMENTS|CONVERT BREAKS|ALLOW PINGS|NO ENTRY"
    r"|PRIMARY CATEGORY|CATEGORY|DATE|TAGS|UNIQUE URL):(.*)",
)
PART, END = "-----", "--------"
FURTHEST = 1000
"""So many empty lines may stand between a line of dashes and what follows it."""


@dataclass
class Section:
    """A section of an entry: its name, the line it begins in, its lines."""

    name: str
    line: int
    lines: list[str] = field(default_factory=list)


@dataclass
class RawEntry:
    """An entry as it stands in the file: its metadata lines and its sections."""

    line: int = 0
    metadata: list[str] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)

    def take(self, number: int, line: str) -> None:
        """Add a line to the section that is open; the first one of a section names it."""
        self.line = self.line or number
        section = self.sections[-1] if self.sections else None
        named = SECTION.fullmatch(line)
        if section is None:
            self.metadata.append(line)
        elif named and not section.name:
            section.name = named[1]
        else:
            section.lines.append(line)


Kind = Literal["words", "part", "end"]


class _Ahead:
    """Lines with a look at those to come."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._ahead: deque[str] = deque()

    def __iter__(self) -> Iterator[str]:
        while (line := self.peek(0)) is not None:
            self._ahead.popleft()
            yield line

    def peek(self, place: int) -> str | None:
        """The line so many places ahead; None behind the last one."""
        while len(self._ahead) <= place:
            line = next(self._lines, None)
            if line is None:
                return None
            self._ahead.append(line)
        return self._ahead[place]

    def next_words(self, place: int) -> tuple[int, str | None]:
        """The first line from there on that is not empty, and its place; None at the end."""
        while (line := self.peek(place)) is not None and not line.strip():
            if place > FURTHEST:
                return place, "\n"
            place += 1
        return place, line


def raw_entries(lines: Iterator[str]) -> Iterator[RawEntry]:
    """The entries of an export, one after the other."""
    raw = RawEntry()
    for number, (kind, line) in enumerate(_marked(lines), start=1):
        if kind == "end" and raw.line:
            yield raw
            raw = RawEntry()
        elif kind == "part" and raw.line:
            raw.sections.append(Section("", number + 1))
        elif raw.line or line.strip():
            raw.take(number, line)
    if raw.line:
        yield raw


def _marked(lines: Iterator[str]) -> Iterator[tuple[Kind, str]]:
    """Each line with what it is: words, the end of a section, the end of an entry."""
    ahead = _Ahead(lines)
    parted = False
    for line in ahead:
        kind: Kind = "words"
        dashes = line.rstrip()
        if dashes == PART and _parts(ahead):
            kind = "part"
        elif dashes == END and parted and _metadata_or_end(ahead, 0):
            kind = "end"
        parted = kind == "part" or (parted and not dashes)
        yield kind, line


def _parts(ahead: _Ahead) -> bool:
    following = ahead.peek(0)
    if following is not None and SECTION.fullmatch(following):
        return True
    place, words = ahead.next_words(0)
    if words is None:
        return True
    return words.rstrip() == END and _metadata_or_end(ahead, place + 1)


def _metadata_or_end(ahead: _Ahead, place: int) -> bool:
    words = ahead.next_words(place)[1]
    return words is None or METADATA.match(words) is not None
