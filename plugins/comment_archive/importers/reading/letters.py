"""Bytes as letters: a file that went through several servers is decoded line by line."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from comment_archive.errors import Unimportable

HEAD = 64 * 1024
MOST_LINE = 16 * 1024 * 1024
"""No line of an export is longer (bytes); one that is, is refused."""

PIECE = 64 * 1024
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
UTF_8 = codecs.BOM_UTF8
NO_ASCII = bytes(range(128, 256))
WINDOWS = {
    byte: bytes([byte]).decode("cp1252")
    for byte in range(0x80, 0xA0)
    if byte not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
}
DECLARED = re.compile(rb"""(?:\bencoding|\bcharset)\s*=\s*["']?\s*([A-Za-z0-9._-]+)""")
GUESSED = {"utf-8", "ascii", "iso8859-1", "cp1252"}
"""What a file says of itself when nobody looked: these are told apart line by line."""


def head_of(path: Path) -> bytes:
    """The first 64 kB of a file; Unimportable where it cannot be opened."""
    try:
        with path.open("rb") as file:
            return file.read(HEAD)
    except OSError as error:
        why = error.strerror or "it cannot be opened"
        raise Unimportable(str(path), why, "name a file that can be read") from error


def declared(head: bytes) -> str:
    """The encoding that the head of an XML or HTML file names, or "" for those that we tell apart.

    >>> declared(b'<?xml version="1.0" encoding="KOI8-R"?>')
    'koi8-r'
    >>> declared(b'<meta charset=utf-8>')
    ''
    """
    found = DECLARED.search(head[:4096])
    try:
        name = codecs.lookup(found.group(1).decode()).name if found else "utf-8"
        b"".decode(name)
    except (LookupError, ValueError):
        return ""
    return "" if name in GUESSED or name.startswith("utf-16") else name


def decode(raw: bytes, codec: str = "") -> str:
    """The text of one line: as ``codec`` says, else UTF-8, else Windows-1252 or Latin-1.

    >>> decode("café’s".encode()), decode(b"caf\\xe9\\x92s \\x9d")
    ('café’s', 'café’s \\x9d')
    """
    for name in filter(None, (codec, "utf-8")):
        try:
            return raw.decode(name)
        except ValueError:
            continue
    return raw.decode("latin-1").translate(WINDOWS)


def text_of(raw: bytes) -> str:
    """A whole small file as text, line ends as they are."""
    if raw.startswith(UTF_16):
        return raw.decode("utf-16", "replace")
    codec = declared(raw)
    return "".join(
        decode(line, codec) for line in raw.removeprefix(UTF_8).splitlines(keepends=True)
    )


def lines(path: Path) -> Iterator[str]:
    """The lines of a text file without their ends, whichever of the three kinds these are."""
    with path.open("rb") as file:
        head = file.read(HEAD)
        file.seek(0)
        for number, line in enumerate(_lines(file, head), start=1):
            if len(line) >= MOST_LINE:
                wrong = f"a line of more than {MOST_LINE // 2**20} MB"
                raise Unimportable(str(path), wrong, "no export has such lines", number)
            text = line if isinstance(line, str) else decode(line)
            yield text.removesuffix("\n").removesuffix("\r")


def _lines(file: BinaryIO, head: bytes) -> Iterator[str | bytes]:
    if head.startswith(UTF_16):
        wide = io.TextIOWrapper(file, "utf-16", errors="replace", newline="\n")
        return iter(lambda: wide.readline(MOST_LINE), "")
    if b"\r" in head and b"\n" not in head:
        old = io.TextIOWrapper(file, "latin-1", newline="\r")
        return iter(lambda: old.readline(MOST_LINE).encode("latin-1"), b"")
    file.seek(len(UTF_8) if head.startswith(UTF_8) else 0)
    return iter(lambda: file.readline(MOST_LINE), b"")


def pieces(path: Path) -> Iterator[str]:
    """A file's text in pieces of about 64 kB, however long its lines are."""
    with path.open("rb") as file:
        head = file.read(HEAD)
        file.seek(len(UTF_8) if head.startswith(UTF_8) else 0)
        if head.startswith(UTF_16):
            wide = io.TextIOWrapper(file, "utf-16", errors="replace", newline="")
            yield from iter(lambda: wide.read(PIECE), "")
        else:
            yield from _gathered(_whole_letters(file), declared(head))


def _whole_letters(file: BinaryIO) -> Iterator[bytes]:
    rest = b""
    while raw := file.readline(PIECE):
        raw = rest + raw
        whole = len(raw.rstrip(NO_ASCII))
        rest = raw[whole:]
        yield raw[:whole]
    yield rest


def _gathered(lines: Iterator[bytes], codec: str) -> Iterator[str]:
    gathered: list[str] = []
    size = 0
    for line in lines:
        gathered.append(decode(line, codec))
        size += len(line)
        if size >= PIECE:
            yield "".join(gathered)
            gathered, size = [], 0
    yield "".join(gathered)
