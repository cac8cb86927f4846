"""The code fences of a Markdown text; one inside a comment or another fence is none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_FENCE = re.compile(r"^(?P<indent> {0,3})(?P<fence>`{3,}|~{3,})(?P<word>[^`]*)$")


def whole(lines: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Every fence outside of HTML comments: where it opens and closes, and its word."""
    for opens, closes, opening in pieces(lines):
        if opening:
            yield opens, closes, opening["word"].strip()


def pieces(lines: Sequence[str]) -> Iterator[tuple[int, int, re.Match[str] | None]]:
    """A text cut into its fences, HTML comments and other lines: where each begins and ends.

    A fence comes with its opening line.
    """
    at = 0
    while at < len(lines):
        opening, end = None, at
        if lines[at].lstrip().startswith("<!--"):
            end = _end_of_comment(lines, at)
        elif opening := _FENCE.match(lines[at]):
            end = _closing_fence(lines, at, opening["fence"])
        yield at, end, opening
        at = end + 1


def _end_of_comment(lines: Sequence[str], at: int) -> int:
    ends = (number for number in range(at, len(lines)) if "-->" in lines[number])
    return next(ends, at)


def _closing_fence(lines: Sequence[str], at: int, fence: str) -> int:
    closing = re.compile(rf"^ {{0,3}}{re.escape(fence[0])}{{{len(fence)},}}\s*$")
    return next((n for n in range(at + 1, len(lines)) if closing.match(lines[n])), len(lines))
