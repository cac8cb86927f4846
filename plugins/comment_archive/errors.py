"""One family of errors: an export that cannot be read, told on one line."""

from __future__ import annotations

from mistakes import Mistake


class Unimportable(Exception):
    """A file that cannot be brought over: where, what is wrong, what would be right.

    ``line`` counts from 1; None means the file as a whole.
    """

    def __init__(self, path: str, wrong: str, right: str = "", line: int | None = None) -> None:
        self.mistake = Mistake(path, line, wrong, right)
        super().__init__(str(self.mistake))
