"""A thread arranged for reading: numbered from top to bottom, answers under what they answer.

Deep answers stand under the last level that a narrow page has room for, and say whom they
answer; a chain of a thousand answers is a list, not a staircase.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from comment_archive.model import Comment, Thread

LEVELS = 4  # of indention; what is deeper stands on the last
NAMES_OF_THE_PAGE = frozenset({"comments", "comments-heading", "top"})


@dataclass(frozen=True)
class Shown:
    """A comment as a page shows it; ``answers`` is set where its place does not tell it."""

    number: int
    comment: Comment
    anchors: tuple[str, ...] = ()
    answers: Shown | None = None
    replies: list[Shown] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The name of its place on the page."""
        return f"comment-{self.comment.id}"


@dataclass(frozen=True)
class Conversation:
    """What readers see of a thread: comments as trees, mentions of other sites apart.

    ``first`` and ``last`` are the earliest and latest moment of a comment, None where none has
    a date.
    """

    comments: tuple[Shown, ...]
    pings: tuple[Shown, ...]
    count: int
    first: datetime | None
    last: datetime | None


def arranged(thread: Thread, taken: Collection[str] = ()) -> Conversation:
    """The thread as a conversation; ``taken`` are the names that the page around it has."""
    said = [one for one in thread.shown if one.kind == "comment"]
    heard = [one for one in thread.shown if one.kind != "comment"]
    moments = [one.moment for one in said if one.moment]
    anchors = _anchors([*said, *heard], taken)
    comments = _trees(said, anchors)
    pings = tuple(
        Shown(number, one, anchors[one.id]) for number, one in enumerate(heard, len(said) + 1)
    )
    first, last = min(moments, default=None), max(moments, default=None)
    return Conversation(comments, pings, len(said), first, last)


def initials(name: str) -> str:
    """The first letters of the first and the last name; empty where there is no letter.

    >>> initials("Petra van Vogelsang"), initials("bo"), initials("✿ 42 ✿"), initials("")
    ('PV', 'B', '4', '')
    """
    words = [word for word in map(_letters, name.split()) if word]
    return "".join(word[0] for word in (words[0], words[-1])[: len(words)]).upper() if words else ""


def _letters(word: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFC", word) if one.isalnum())


def _trees(said: list[Comment], anchors: dict[str, tuple[str, ...]]) -> tuple[Shown, ...]:
    roots: list[Shown] = []
    above: list[Shown] = []  # the comments that the next one may stand under, a level each
    known: dict[str, Shown] = {}
    for number, (one, depth) in enumerate(_in_order(said), start=1):
        level = min(depth, LEVELS - 1)
        answers = known[one.parent] if depth > level else None
        shown = known[one.id] = Shown(number, one, anchors[one.id], answers)
        del above[level:]
        (above[-1].replies if above else roots).append(shown)
        above.append(shown)
    return tuple(roots)


def _in_order(said: Iterable[Comment]) -> Iterator[tuple[Comment, int]]:
    """Every comment with its depth, an answer after what it answers; no recursion, no loss."""
    said = list(said)
    known = {one.id for one in said}
    below: dict[str, list[Comment]] = defaultdict(list)
    for one in said:
        below[one.parent if one.parent in known else ""].append(one)
    waiting = [(one, 0) for one in reversed(below[""])]
    while waiting:
        one, depth = waiting.pop()
        yield one, depth
        waiting += [(answer, depth + 1) for answer in reversed(below[one.id])]


def _anchors(shown: list[Comment], taken: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The old names of each comment, each name once on the page."""
    used = {*taken, *NAMES_OF_THE_PAGE, *(f"comment-{one.id}" for one in shown)}
    found = {}
    for one in shown:
        own = [name for name in dict.fromkeys(one.anchors) if name not in used]
        own = [name for name in own if not name.startswith("site-")]  # names of the theme
        used.update(own)
        found[one.id] = tuple(own)
    return found
