"""A mistake of an author, told on one line: where, what is wrong, what would be right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True)
class Mistake:
    """One fault in one file, ready to be shown.

    ``path`` is relative to the site and written with ``/``; ``line`` counts from 1 and is
    None where the whole file is meant. A ``doubtful`` mistake is a warning: it is shown
    and nothing is stopped by it.
    """

    path: str
    line: int | None
    wrong: str
    right: str = ""
    doubtful: bool = False

    def __str__(self) -> str:
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        told = f"{place}: {self.wrong}; {self.right}" if self.right else f"{place}: {self.wrong}"
        return " ".join(told.split())

    @property
    def place(self) -> tuple[str, int]:
        """Where it is, for sorting: the file, then the line."""
        return self.path, self.line or 0


class Mistakes(Exception):
    """All the mistakes of one file or one site, raised together."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The nearest known word as a question, else the known words as a list.

    >>> did_you_mean("folowers", ["followers", "replies"])
    'did you mean "followers"?'
    >>> did_you_mean("x", ["followers", "replies"])
    'there are: followers, replies'
    """
    choices = sorted(set(known))
    near = get_close_matches(word.lower(), [choice.lower() for choice in choices], n=1, cutoff=0.6)
    for choice in choices:
        if near and choice.lower() == near[0]:
            return f'did you mean "{choice}"?'
    return f"there are: {', '.join(choices)}" if choices else "there are none"
