"""The fonts that pictures are painted with: those of two packages, then an author's own folder.

The fonts of the machine are never asked, so that a picture is the same wherever it is painted.
Arimo has Latin, Greek, Cyrillic and Hebrew letters, IBM Plex Sans Arabic the Arabic ones.
"""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from html import escape
from pathlib import Path
from unicodedata import category

import fontpkg_arimo
import fontpkg_ibm_plex_sans_arabic

from metrics_insight.errors import Fault

FIRST = "Arimo"

_PACKED = (
    fontpkg_arimo.ROOT / "files" / "Arimo[wght].ttf",
    fontpkg_ibm_plex_sans_arabic.ROOT / "files" / "IBMPlexSansArabic-Regular.ttf",
    fontpkg_ibm_plex_sans_arabic.ROOT / "files" / "IBMPlexSansArabic-Bold.ttf",
)
_ENDINGS = {".ttf", ".otf", ".ttc"}
_TEXT = re.compile(r"(<text\b[^>]*>)(.*?)(?=</text>)", re.DOTALL)
_MARKUP = re.compile(r"(<[^>]*>|&[^;]*;)")


@dataclass(frozen=True)
class Font:
    """One file: the family it belongs to, and which letters it has, as spans of code points."""

    family: str
    file: Path
    spans: tuple[tuple[int, int], ...]

    def has(self, letter: str) -> bool:
        """Whether the font has a picture of this letter."""
        return any(first <= ord(letter) <= last for first, last in self.spans)


@dataclass(frozen=True)
class Fonts:
    """The fonts at hand, in the order in which they are asked for a letter."""

    fonts: tuple[Font, ...]

    def files_for(self, dressed: str) -> tuple[str, ...]:
        """Where those lie that a dressed picture is painted with: a font is slow to open."""
        needed = (
            font.file
            for font in self.fonts
            if font.family == FIRST or f'font-family="{escape(font.family)}"' in dressed
        )
        return tuple(map(str, needed))

    @cached_property
    def digest(self) -> str:
        """A hash of all their bytes: other fonts, other pictures."""
        files = (hashlib.sha256(font.file.read_bytes()).digest() for font in self.fonts)
        return hashlib.sha256(b"".join(files)).hexdigest()

    def family_of(self, letter: str) -> str | None:
        """The first family that has the letter; None where none has."""
        return next((font.family for font in self.fonts if font.has(letter)), None)

    def dressed(self, picture: str) -> str:
        """The SVG text with a family named for each line, or run of letters, that the first lacks.

        A painter left to look by itself forgets that a line is bold, and drops letters where
        two fonts count their glyphs differently.
        """
        return _TEXT.sub(lambda found: found[1] + self._line(found[2]), picture)

    def missing(self, picture: str) -> str:
        """The letters in the SVG text that no font has, each once, in order."""
        lines = (found[2] for found in _TEXT.finditer(picture))
        letters = {one for line in lines if not line.isascii() for one in _MARKUP.sub("", line)}
        return "".join(
            one for one in sorted(letters) if _is_seen(one) and self.family_of(one) is None
        )

    def _line(self, line: str) -> str:
        if line.isascii():
            return line
        seen = set(filter(_is_seen, _MARKUP.sub("", line)))
        able = (font.family for font in self.fonts if all(map(font.has, seen)))
        family = next(able, None)
        if family is not None:
            return _in_family(line, family)
        # words at the even places, markup and entities between them
        parts = _MARKUP.split(line)
        parts[::2] = ("".join(_spans(self._runs(part))) for part in parts[::2])
        return "".join(parts)

    def _runs(self, words: str) -> Iterator[tuple[str, str]]:
        """Letters one after another with their family; an accent goes with the letter it is on."""
        family = FIRST
        for letter in words:
            if not category(letter).startswith("M"):
                family = self.family_of(letter) or FIRST
            yield family, letter


def found(folder: Path | None = None) -> Fonts:
    """The fonts of the packages, and those in a folder of the author's where one is named.

    A Fault names a folder that is not there, or a file in it that is no font.
    """
    return Fonts((*_packed(), *(_own(folder) if folder else ())))


@cache
def _packed() -> tuple[Font, ...]:
    return tuple(map(_read, _PACKED))


def _own(folder: Path) -> Iterator[Font]:
    if not folder.is_dir():
        raise Fault(f'there is no folder of fonts "{folder.name}"', "make it, or name another")
    for file in sorted(folder.rglob("*")):
        if file.suffix.lower() in _ENDINGS:
            try:
                yield _read(file)
            except (struct.error, IndexError, ValueError, UnicodeDecodeError) as error:
                raise Fault(
                    f'"{file.name}" is no font that can be read', "take it out of the folder"
                ) from error


def _spans(runs: Iterable[tuple[str, str]]) -> Iterator[str]:
    last, letters = FIRST, ""
    for family, letter in (*runs, ("", "")):
        if family != last and letters:
            yield _in_family(letters, last)
            letters = ""
        last, letters = family, letters + letter


def _in_family(line: str, family: str) -> str:
    name = escape(family)
    return line if family == FIRST else f'<tspan font-family="{name}">{line}</tspan>'


def _is_seen(letter: str) -> bool:
    """No space, no control, no accent: what stands for itself."""
    return category(letter)[0] not in "CZM" or category(letter) == "Co"


# --- what an OpenType file says: https://learn.microsoft.com/typography/opentype/spec/otff --


def _read(file: Path) -> Font:
    raw = file.read_bytes()
    start = struct.unpack_from(">L", raw, 12)[0] if raw[:4] == b"ttcf" else 0
    count = struct.unpack_from(">H", raw, start + 4)[0]
    records = (struct.unpack_from(">4sLLL", raw, start + 12 + 16 * n) for n in range(count))
    tables = {tag: raw[at : at + length] for tag, _, at, length in records}
    if not {b"cmap", b"name"} <= tables.keys():
        raise ValueError(file.name)
    return Font(_family(tables[b"name"]), file, tuple(_coverage(tables[b"cmap"])))


def _family(table: bytes) -> str:
    """The typographic family, else the plain one, as the record for Windows writes it."""
    count, words = struct.unpack_from(">HH", table, 2)
    names: dict[tuple[int, int], str] = {}
    for n in range(count):
        platform, _, language, kind, length, at = struct.unpack_from(">6H", table, 6 + 12 * n)
        if platform == 3 and kind in (1, 16):
            text = table[words + at : words + at + length].decode("utf-16-be")
            names.setdefault((kind, language), text)
    english = {kind: text for (kind, language), text in names.items() if language == 0x409}
    plain = english or {kind: text for (kind, _), text in names.items()}
    if not plain:
        raise ValueError("no name")
    return plain.get(16) or plain[1]


def _coverage(table: bytes) -> Iterator[tuple[int, int]]:
    """The spans of code points in the widest of the maps from letters to glyphs."""
    count = struct.unpack_from(">H", table, 2)[0]
    places = [struct.unpack_from(">HHL", table, 4 + 8 * n)[2] for n in range(count)]
    formats = {struct.unpack_from(">H", table, at)[0]: at for at in places}
    if 12 in formats:
        at = formats[12]
        for n in range(struct.unpack_from(">L", table, at + 12)[0]):
            first, last, _ = struct.unpack_from(">LLL", table, at + 16 + 12 * n)
            yield first, last
    elif 4 in formats:
        at = formats[4]
        half = struct.unpack_from(">H", table, at + 6)[0]
        ends = struct.unpack_from(f">{half // 2}H", table, at + 14)
        starts = struct.unpack_from(f">{half // 2}H", table, at + 16 + half)
        yield from ((first, last) for first, last in zip(starts, ends, strict=True) if last < 65535)
    else:
        raise ValueError("no map of letters")
