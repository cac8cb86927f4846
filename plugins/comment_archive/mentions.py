"""Links to archived comments in an author's own text: [Allison](comment:ID)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

from mistakes import did_you_mean

SCHEME = "comment:"

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})\s*(\w*)")
_CODE = re.compile(r"(?<![`\\])(`+)(?!`).{1,2000}?(?<!`)\1(?!`)")
_MENTION = re.compile(
    r"\]\(\s*<?comment:(?P<link>[^\s)>]*)"  # [Allison](comment:ID)
    r"|^ {0,3}\[[^\]]+\]:\s*<?comment:(?P<listed>[^\s>]*)"  # [a]: comment:ID
    r"|\bhref\s*=\s*[\"']comment:(?P<html>[^\"'<>]*)[\"']"
)


@dataclass(frozen=True)
class Mention:
    """A link to a comment as it is written, and its line."""

    id: str
    line: int


def find(text: str) -> Iterator[Mention]:
    """The links to comments in the source of a post, code left out, insight blocks looked into."""
    for number, line in enumerate(_prose(text), start=1):
        for found in _MENTION.finditer(_CODE.sub("", line)):
            yield Mention(named(found["link"] or found["listed"] or found["html"] or ""), number)


def named(written: str) -> str:
    """The id that the rest of a link means."""
    return unquote(unescape(written)).strip().removeprefix("comment-")


def wrong(name: str, known: Collection[str]) -> tuple[str, str]:
    """What is wrong with a link to an unknown comment, and what would be right."""
    if not known:
        return f'no comment "{name}"', "there are no archived comments"
    near = did_you_mean(name, known)
    is_list = near.startswith("there are:")
    right = "its id follows #comment- in the comment's link" if is_list else near
    return f'no comment "{name}"', right


def _prose(text: str) -> Iterator[str]:
    """The lines of a text, those of code empty."""
    fence, is_insight = "", False
    for line in text.split("\n"):
        found = _FENCE.match(line)
        if fence:
            is_end = bool(found and found[1].startswith(fence) and line.strip() == found[1])
            yield line if is_insight and not is_end else ""
            fence = "" if is_end else fence
        elif found:
            fence, is_insight = found[1], found[2] == "insight"
            yield ""
        else:
            yield line
