"""One family of errors: raised without a place where a fault is known, placed where the place is."""

from __future__ import annotations

from collections.abc import Iterable

from mistakes import Mistake


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


class Faults(Exception):
    """All the faults of one text, raised together."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(str(fault) for fault in self.faults))

    def at(self, path: str, first_line: int = 0) -> tuple[Mistake, ...]:
        """The same faults with their places."""
        return tuple(fault.at(path, first_line) for fault in self.faults)
