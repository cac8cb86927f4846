"""SVG text painted as PNG: the one module that knows resvg, and a program that paints a share.

The binding to resvg keeps the interpreter to itself while it paints, so that threads would
wait for each other; as a program of its own, one runs on each core.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import BinaryIO

import resvg_py


def paint(text: str, wide: int, style: str, family: str, files: Sequence[str]) -> bytes:
    """The PNG of an SVG, ``wide`` pixels wide, with the fonts of these files and no other.

    ``style`` is a style sheet; ``family`` stands in for names that no file has.
    """
    painted: bytes = resvg_py.svg_to_bytes(
        svg_string=text,
        width=wide,
        style_sheet=style,
        skip_system_fonts=True,
        font_files=list(files),
        font_family=family,
        serif_family=family,
        sans_serif_family=family,
        monospace_family=family,
    )
    return painted


def paint_share(asked: BinaryIO, painted: BinaryIO) -> None:
    """Paint a JSON list of the arguments of `paint`; each PNG is preceded by its length."""
    for given in json.load(asked):
        raw = paint(*given)
        painted.write(len(raw).to_bytes(4, "big") + raw)


if __name__ == "__main__":
    paint_share(sys.stdin.buffer, sys.stdout.buffer)
