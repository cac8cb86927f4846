"""The header lines of a Markdown source, read exactly as Pelican's reader will read them.

The rules are those of Python-Markdown's meta extension, whose own patterns are used here;
what is added is the line each header stands on, and where reading stopped and why.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from markdown.extensions.meta import BEGIN_RE, END_RE, META_MORE_RE, META_RE

TAB = 4
_PLACEHOLDERS = {0x02: None, 0x03: None}  # Markdown keeps these two for itself and drops them


class Ending(Enum):
    """Why the headers of a source ended."""

    BLANK = "a blank line"
    BROKEN = "a line that is no header"
    FILE = "the end of the file"


@dataclass(frozen=True)
class Header:
    """One header: its name in lower case, its values, and the lines they stand on."""

    name: str
    values: tuple[str, ...]
    lines: tuple[int, ...]

    @property
    def value(self) -> str:
        """The first value, which is the one Pelican takes where only one can be."""
        return self.values[0]

    @property
    def line(self) -> int:
        """The line of the first value."""
        return self.lines[0]


@dataclass(frozen=True)
class Head:
    """All headers of a source by name, the line where they ended, and why."""

    headers: dict[str, Header]
    end: int
    ending: Ending

    def value(self, name: str) -> str:
        """The header's value, empty when it is not given."""
        return self.headers[name].value if name in self.headers else ""

    def line(self, name: str) -> int | None:
        """The header's line, None when it is not given."""
        return self.headers[name].line if name in self.headers else None


def read(text: str) -> Head:
    """The head of a source whose byte-order mark is gone and whose newlines are ``\\n``."""
    found: dict[str, list[tuple[str, int]]] = {}
    if not text.strip():
        return Head({}, 1, Ending.FILE)
    name, number = "", 0
    for number, line in enumerate(_lines(text), start=1):
        if number == 1 and BEGIN_RE.match(line):
            continue
        if not line.strip() or END_RE.match(line):
            return _head(found, number, Ending.BLANK)
        if begun := META_RE.match(line):
            name = begun["key"].lower().strip()
            found.setdefault(name, []).append((begun["value"].strip(), number))
        elif (more := META_MORE_RE.match(line)) and name:
            found[name].append((more["value"].strip(), number))
        else:
            return _head(found, number, Ending.BROKEN)
    return _head(found, number, Ending.FILE)


def _lines(text: str) -> Iterator[str]:
    """The lines as Markdown's own clean-up leaves them, without splitting a long text whole."""
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield text[start:end].translate(_PLACEHOLDERS).expandtabs(TAB)
        start = end + 1


def _head(found: dict[str, list[tuple[str, int]]], end: int, ending: Ending) -> Head:
    headers = {
        name: Header(name, tuple(value for value, _ in given), tuple(line for _, line in given))
        for name, given in found.items()
    }
    return Head(headers, end, ending)
