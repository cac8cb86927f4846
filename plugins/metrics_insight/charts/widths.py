"""How wide a text will be: budgeted for DejaVu Sans, the widest of the usual system fonts."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate

# Advance widths in hundredths of the font size, for the characters from space to tilde.
# Read from the metrics of DejaVu Sans 2.37, regular and bold.
_REGULAR = (
    32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64,
    64, 64, 34, 34, 84, 84, 84, 53, 100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75, 79,
    60, 79, 69, 63, 61, 73, 68, 99, 69, 61, 69, 39, 34, 39, 84, 50, 50, 61, 63, 55, 63, 62, 35, 63,
    63, 28, 28, 58, 28, 97, 63, 61, 63, 63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84,
)  # fmt: skip
_BOLD = (
    35, 46, 52, 84, 70, 100, 87, 31, 46, 46, 52, 84, 38, 42, 38, 37, 70, 70, 70, 70, 70, 70, 70, 70,
    70, 70, 40, 40, 84, 84, 84, 58, 100, 77, 76, 73, 83, 68, 68, 82, 84, 37, 37, 77, 64, 100,
    84, 85, 73, 85, 77, 72, 68, 81, 77, 110, 77, 72, 73, 46, 37, 46, 84, 50, 50, 67, 72, 59, 72, 68,
    44, 72,
    71, 34, 34, 67, 34, 104, 71, 69, 72, 72, 49, 60, 48, 71, 65, 92, 65, 65, 58, 71, 37, 71, 84,
)  # fmt: skip
_OFTEN = {"\u00a0": 35, "\u202f": 20, "–": 50, "−": 84, "’": 38, "‘": 38, "·": 38}
# The widest usual letter of what begins at a code point: Latin with signs, Greek, Cyrillic,
# Hebrew, Arabic, Indic and others, East Asian, punctuation and signs, East Asian, pictures.
_FROM = (0x7F, 0x370, 0x400, 0x530, 0x590, 0x600, 0x700, 0x1100, 0x2000, 0x2E80, 0x1F000)
_WIDEST = (100, 86, 109, 100, 71, 100, 105, 105, 100, 105, 135)
_WIDEST_BOLD = (117, 100, 133, 115, 76, 112, 115, 105, 105, 105, 135)
_WITHOUT_WIDTH = {"Mn", "Me", "Cf", "Cc"}

# A word, or a letter of a script that is written without spaces, with the space after it.
_BREAKABLE = re.compile(r"(?:[\u2e80-\uffdc]|[^\s\u2e80-\uffdc]+)\s*")


@lru_cache(maxsize=4096)  # the same words stand on many charts, wide and narrow
def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of ``text`` in pixels at a font size in pixels."""
    return sum(_advance(letter, bold) for letter in text) * size / 100


def wrap(text: str, size: float, room: float, *, most: int, bold: bool = False) -> list[str]:
    """The text in at most ``most`` lines of ``room`` pixels; what does not fit ends in "…"."""
    lines: list[str] = []
    for piece in _BREAKABLE.findall(text.strip()):
        longer = lines[-1] + piece if lines else piece
        if lines and width(longer.rstrip(), size, bold=bold) <= room:
            lines[-1] = longer
        else:
            lines.append(piece)
    if len(lines) > most:
        lines = [*lines[: most - 1], "".join(lines[most - 1 :])]
    return [shorten(" ".join(line.split()), size, room, bold=bold) for line in lines]


def shorten(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """The text, cut with "…" where it is wider than ``room`` pixels."""
    if width(text, size, bold=bold) <= room:
        return text
    widths = list(accumulate(_advance(letter, bold) for letter in text))
    left = room * 100 / size - _advance("…", bold)
    return text[: bisect_right(widths, left)].rstrip() + "…"


def runs_leftward(text: str) -> bool:
    """Whether the first letter with a direction is of a script written from right to left."""
    kinds = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind != "L" for kind in kinds if kind in {"L", "R", "AL"}), False)


@lru_cache(maxsize=4096)
def _advance(letter: str, bold: bool) -> int:  # noqa: FBT001  a column of the table
    table = _BOLD if bold else _REGULAR
    place = ord(letter) - 32
    if 0 <= place < len(table):
        return table[place]
    if letter in _OFTEN:
        return _OFTEN[letter]
    if unicodedata.category(letter) in _WITHOUT_WIDTH:
        return 0
    place = ord(unicodedata.normalize("NFD", letter)[0]) - 32  # é is as wide as e
    if 0 <= place < len(table):
        return table[place]
    script = max(0, bisect_right(_FROM, ord(letter)) - 1)
    return (_WIDEST_BOLD if bold else _WIDEST)[script]
