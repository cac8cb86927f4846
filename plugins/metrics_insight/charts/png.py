"""A chart as a PNG, 1440 pixels wide: for feeds, mails and whoever shows no SVG.

The picture is the light wide SVG, painted with fonts that come with us: the same drawing, the
same painter and the same fonts give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
import struct
import subprocess
import sys
import zlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Any

from catalogue import Catalogue
from metrics_insight.charts import fonts, pens, svg
from metrics_insight.insight import Chart

WIDE = 1440

# The zigzag of an expected range and of the days before, smoothed, would be a sixth of the file:
# the picture is shown at half its width, which smooths it.
_CRISP = "{shape-rendering:crispEdges}"
_STYLE = f".{pens.BAND.name},.{pens.AXIS.name}{_CRISP}"
# Of several panels the lines would be a quarter of it.
_STYLE_OF_MANY = f"{_STYLE}.{pens.LINE.name}{_CRISP}"

_PAINTER = Path(__file__).with_name("painter.py")
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True)
class Sheet:
    """What is to be painted: an SVG, how many pixels wide, the fonts, and a style for paint."""

    picture: str
    wide: int
    fonts: fonts.Fonts
    style: str = _STYLE

    @cached_property
    def key(self) -> str:
        """A hash of all that its bytes rest on: the drawing, the width, the painter, the fonts."""
        rests_on = (self.dressed, str(self.wide), self.style, _painter(), self.fonts.digest)
        return hashlib.sha256("\0".join(rests_on).encode("utf-8")).hexdigest()

    @cached_property
    def dressed(self) -> str:
        """The SVG, each letter in a font that has it."""
        return self.fonts.dressed(self.picture)

    @property
    def missing(self) -> str:
        """The letters of the picture that no font has: they become empty boxes."""
        return self.fonts.missing(self.picture)

    @property
    def asked(self) -> tuple[Any, ...]:
        """What the painter is asked."""
        files = self.fonts.files_for(self.dressed)
        return self.dressed, self.wide, self.style, fonts.FIRST, files


def draw(chart: Chart, words: Catalogue, *, own: Path | None = None) -> bytes:
    """The chart painted; ``own`` is a folder of further fonts."""
    (raw,) = paint([sheet(svg.draw(chart, words), fonts.found(own))])
    return raw


def sheet(drawing: svg.Drawing, at_hand: fonts.Fonts) -> Sheet:
    """A drawing as the sheet of a feed's picture."""
    return Sheet(drawing.text, WIDE, at_hand, _STYLE_OF_MANY if drawing.panels > 1 else _STYLE)


def paint(sheets: Sequence[Sheet]) -> list[bytes]:
    """The PNG of each sheet, several at once where there are cores for it."""
    shares = min(_cores(), len(sheets))
    if shares < 2 or not sys.executable:
        return _painted(sheets)
    with ThreadPoolExecutor(shares) as pool:
        done = pool.map(_painted_aside, [sheets[n::shares] for n in range(shares)])
        parts = [iter(part) for part in done]
    return [next(parts[number % shares]) for number in range(len(sheets))]


def is_whole(raw: bytes) -> bool:
    """Whether these bytes are a PNG from its first chunk to its last, each with its check sum."""
    at = len(_SIGNATURE)
    if not raw.startswith(_SIGNATURE):
        return False
    while at + 12 <= len(raw):
        length = int.from_bytes(raw[at : at + 4], "big")
        end = at + 8 + length
        if raw[end : end + 4] != zlib.crc32(raw[at + 4 : end]).to_bytes(4, "big"):
            return False
        if raw[at + 4 : at + 8] == b"IEND":
            return end + 4 == len(raw)
        at = end + 4
    return False


def size(raw: bytes) -> tuple[int, int]:
    """How wide and how high a PNG is, in pixels."""
    wide, high = struct.unpack_from(">LL", raw, 16)
    return wide, high


@cache
def _painter() -> str:
    return version("resvg_py")


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _painted(sheets: Sequence[Sheet]) -> list[bytes]:
    from metrics_insight.charts import painter  # noqa: PLC0415  most builds paint nothing new

    return [painter.paint(*one.asked) for one in sheets]


def _painted_aside(sheets: Sequence[Sheet]) -> list[bytes]:
    """A share painted by a program of its own; by this one where that cannot be started."""
    asked = json.dumps([one.asked for one in sheets]).encode("utf-8")
    try:
        program = [sys.executable, "-P", str(_PAINTER)]
        ended = subprocess.run(program, input=asked, capture_output=True, check=True)
    except (OSError, subprocess.SubprocessError):
        return _painted(sheets)  # which says what is wrong, if it is the picture
    stream = BytesIO(ended.stdout)
    return [stream.read(int.from_bytes(stream.read(4), "big")) for _ in sheets]
