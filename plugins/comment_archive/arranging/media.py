"""The files of the old blog, from a folder or a ZIP: found by their old address, known by content.

Nothing is unpacked: a file is read when a post shows it, no further than the limits allow.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol
from urllib.parse import unquote, urlsplit

from comment_archive.arranging import slugs
from comment_archive.errors import Unimportable

LARGEST = 100 * 2**20  # bytes of one file
LARGEST_TOGETHER = 4 * 2**30  # bytes of all files read from one ZIP
MOST_FILES = 200_000  # names in one folder or ZIP
STEEPEST = 500  # bytes from one byte of a ZIP; pictures hardly shrink at all

# What a file is, by how it begins and not by what it calls itself. No SVG: it may hold script.
_KINDS = (
    (".jpg", rb"\xff\xd8\xff"),
    (".png", rb"\x89PNG\r\n\x1a\n"),
    (".gif", rb"GIF8[79]a"),
    (".webp", rb"RIFF....WEBP"),
    (".avif", rb"....ftypavi[fs]"),
    (".bmp", rb"BM....\x00\x00\x00\x00"),
)
_OTHER_KINDS = (
    (".pdf", rb"%PDF-"),
    (".mp3", rb"ID3|\xff[\xfb\xf3\xf2]"),
    (".ogg", rb"OggS"),
    (".wav", rb"RIFF....WAVE"),
    (".mp4", rb"....ftyp(?:isom|mp4|M4|qt|avc1|iso)"),
    (".webm", rb"\x1aE\xdf\xa3"),
)
PICTURES = frozenset(ending for ending, _ in _KINDS)
# Sizes that platforms add to a picture's name: -300x200, -320wi, -pi, -800w, -scaled.
_SIZE = re.compile(r"-(?:\d+x\d+|\d+w[i]?|\d+h|p[i]|scaled|popup|thumb)$", re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    """A file for the new site: its name with the ending of what it is, and where it was."""

    name: str
    where: str

    @property
    def is_picture(self) -> bool:
        """True where a page can show it."""
        return PurePosixPath(self.name).suffix in PICTURES


class Store(Protocol):
    """A folder or a ZIP: the names in it, and the bytes of one of them."""

    def names(self) -> Iterable[str]:
        """Every file's name, with "/"."""

    def read(self, name: str, most: int = LARGEST) -> bytes:
        """The first bytes of a file; Unimportable where it is too large."""


class Folder:
    """A folder of files; what a link in it leads out of the folder to is not there."""

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()

    def names(self) -> Iterable[str]:
        """Every file's name below the folder."""
        for path in sorted(self.path.rglob("*")):
            if path.is_file() and path.resolve().is_relative_to(self.path):
                yield path.relative_to(self.path).as_posix()

    def read(self, name: str, most: int = LARGEST) -> bytes:
        """The first bytes of a file; Unimportable where it is too large."""
        with (self.path / name).open("rb") as file:
            data = file.read(most + 1)
        if most == LARGEST and len(data) > LARGEST:
            raise _too_large(str(self.path / name))
        return data[:most]


class Zip:
    """A ZIP file, read with a limit on what comes out whatever it says of itself."""

    def __init__(self, path: Path) -> None:
        self.path, self.total = path, 0
        try:
            self.file = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            wrong = f"is no ZIP that can be read ({error})"
            raise Unimportable(str(path), wrong, "give a folder or another ZIP") from None
        self.packed = {one.filename: one for one in self.file.infolist() if not one.is_dir()}

    def names(self) -> Iterable[str]:
        """Every file's name in it; what is locked with a password is not there."""
        return sorted(name for name, one in self.packed.items() if not one.flag_bits & 1)

    def read(self, name: str, most: int = LARGEST) -> bytes:
        """The first bytes of a file; Unimportable where it is a bomb or damaged."""
        one = self.packed[name]
        if one.file_size > LARGEST or one.file_size > STEEPEST * max(one.compress_size, 1):
            raise _too_large(f"{self.path}: {name}")
        try:
            with self.file.open(one) as file:
                data = file.read(min(most, LARGEST) + 1)
        except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as error:
            raise Unimportable(f"{self.path}: {name}", f"cannot be unpacked ({error})") from None
        except Exception as error:  # noqa: BLE001 (zlib and lzma have errors of their own)
            raise Unimportable(f"{self.path}: {name}", f"cannot be unpacked ({error})") from None
        self.total += len(data)
        if self.total > LARGEST_TOGETHER:
            limit = LARGEST_TOGETHER // 2**30
            raise Unimportable(str(self.path), f"holds more than {limit} GiB", "unpack it yourself")
        if most == LARGEST and len(data) > LARGEST:
            raise _too_large(f"{self.path}: {name}")
        return data[:most]


class Media:
    """All files of the old blog by the end of their path, the longest match first."""

    def __init__(self, store: Store | None = None) -> None:
        self.store = store
        self._by_last: dict[str, list[str]] = {}
        self._names: dict[str, str] = {}  # each name given, and which file it was given to
        for number, name in enumerate(store.names() if store else ()):
            if number >= MOST_FILES:
                raise Unimportable("--media", f"holds more than {MOST_FILES:,} files")
            for form in _forms(PurePosixPath(name).name):
                self._by_last.setdefault(form, []).append(name)

    def find(self, url: str) -> Found | None:
        """The file that an old address showed; None where there is none that a site may show."""
        try:
            path = PurePosixPath(unquote(urlsplit(url).path, errors="ignore"))
        except ValueError:
            return None
        for form in _forms(path.name):
            if names := self._by_last.get(form):
                return self._known(max(names, key=lambda name: (_alike(name, path), name)))
        return None

    def read(self, found: Found) -> bytes:
        """The bytes of a file that was found."""
        assert self.store is not None  # noqa: S101 (what was found was found there)
        return self.store.read(found.where)

    def _known(self, where: str) -> Found | None:
        assert self.store is not None  # noqa: S101 (names come from it)
        ending = kind(self.store.read(where, 64))
        if not ending:
            return None
        stem = slugs.safe(_stem(PurePosixPath(where).name)) or "picture"
        number, name = 1, f"{stem}{ending}"
        while self._names.setdefault(name, where) != where:
            number += 1
            name = f"{stem}-{number}{ending}"
        return Found(name, where)


def opened(path: Path) -> Media:
    """The files of a folder or a ZIP; Unimportable where it is neither."""
    if path.is_dir():
        return Media(Folder(path))
    if path.is_file():
        return Media(Zip(path))
    raise Unimportable(str(path), "there is no such folder or ZIP", "name the one with the files")


def kind(head: bytes) -> str:
    """The ending that fits how a file begins; empty for what a site does not take over."""
    for ending, pattern in (*_KINDS, *_OTHER_KINDS):
        if re.match(pattern, head, re.DOTALL):
            return ending
    return ""


def _stem(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return stem if dot and 1 <= len(ending) <= 4 else name


def _forms(name: str) -> list[str]:
    """What a file may be called: in full, without its ending, without a size."""
    name = name.lower()
    stem = _stem(name)
    return list(dict.fromkeys(form for form in (name, stem, _SIZE.sub("", stem)) if form))


def _alike(name: str, path: PurePosixPath) -> tuple[int, bool]:
    """How many of the last parts of two paths are one, and whether the whole name is."""
    pairs = zip(reversed(PurePosixPath(name).parts[:-1]), reversed(path.parts[:-1]), strict=False)
    same = 0
    for one, other in pairs:
        if one.lower() != other.lower():
            break
        same += 1
    return same, PurePosixPath(name).name.lower() == path.name.lower()


def _too_large(place: str) -> Unimportable:
    return Unimportable(
        place, f"is larger than {LARGEST // 2**20} MiB, or a bomb", "take it out of the media"
    )
