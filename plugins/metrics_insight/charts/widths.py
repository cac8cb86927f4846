"""How wide a text will be: budgeted for DejaVu Sans, the widest of the usual system fonts."""

from __future__ import annotations

from functools import lru_cache

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
_OTHER_NARROW = 75
_OTHER_WIDE = 105
_FIRST_WIDE = 0x1100


@lru_cache(maxsize=4096)  # the same words stand on many charts, wide and narrow
def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of ``text`` in pixels at a font size in pixels."""
    table = _BOLD if bold else _REGULAR
    return sum(_advance(letter, table) for letter in text) * size / 100


def wrap(text: str, size: float, room: float, *, most: int, bold: bool = False) -> list[str]:
    """The text in at most ``most`` lines of ``room`` pixels; what does not fit ends in "…"."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size, bold=bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return [shorten(line, size, room, bold=bold) for line in lines]


def shorten(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """The text, cut with "…" where it is wider than ``room`` pixels."""
    if width(text, size, bold=bold) <= room:
        return text
    while text and width(text + "…", size, bold=bold) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def _advance(letter: str, table: tuple[int, ...]) -> int:
    place = ord(letter) - 32
    if 0 <= place < len(table):
        return table[place]
    return _OTHER_WIDE if ord(letter) >= _FIRST_WIDE else _OTHER_NARROW
