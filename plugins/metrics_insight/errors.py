"""One family of errors: raised where a fault is known, placed where the place is known."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from mistakes import Mistake

MOST_ALIKE = 10


class Fault(Exception):
    """One thing that is wrong, with what would be right.

    ``line`` counts from 1 in the text at hand (a block, a file); 0 means the text as a whole.
    """

    def __init__(self, wrong: str, right: str = "", line: int = 0) -> None:
        self.wrong, self.right, self.line = wrong, right, line
        super().__init__(f"{wrong}; {right}" if right else wrong)

    def at(self, path: str, first_line: int = 0) -> Mistake:
        """The same fault with its place: ``line`` counted on from ``first_line`` of the file."""
        return Mistake(path, (self.line + first_line) or None, self.wrong, self.right)

    def as_doubt(self, path: str) -> Mistake:
        """The same as a warning, which stops nothing."""
        return replace(self.at(path), doubtful=True)


class Unread(Fault):
    """A fault that lies in another file, which could not be read and is told of by itself."""


class Faults(Exception):
    """All the faults of one text, raised together."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(str(fault) for fault in self.faults))

    def at(self, path: str, first_line: int = 0) -> tuple[Mistake, ...]:
        """The same faults with their places."""
        return tuple(fault.at(path, first_line) for fault in self.faults)


def in_short(faults: Iterable[Fault]) -> list[Fault]:
    """Each of a few faults, and of more than ten of a kind the first, with how many more there are.

    Of a kind are those that differ in what they quote and in numbers only.
    """
    kinds: dict[tuple[str, str], list[Fault]] = {}
    for fault in sorted(faults, key=lambda fault: fault.line):
        kind = re.sub(r'".*"|\d+', "", fault.wrong, flags=re.DOTALL), fault.right
        kinds.setdefault(kind, []).append(fault)
    return [one for alike in kinds.values() for one in _first(alike)]


def _first(alike: list[Fault]) -> list[Fault]:
    if len(alike) <= MOST_ALIKE:
        return alike
    first, more = alike[0], f"{len(alike) - 1:,} more like it down to line {alike[-1].line}"
    return [Fault(f"{first.wrong}, and {more}", first.right, first.line)]
