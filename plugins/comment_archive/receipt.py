"""The receipt of an import: everything that was in the export, and what became of it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from comment_archive.model import Comment, Left

STATES = ("approved", "held", "spam", "deleted")
SHOWN = 20  # lines of each list on a terminal; the file has them all


@dataclass(frozen=True)
class Row:
    """One post or page: where it was, where it is, how many comments it has, why it is a draft."""

    old: str
    new: str
    file: str
    comments: int
    draft: str = ""


@dataclass
class Receipt:
    """What was found so far. It holds no words of anybody and says nothing of the clock."""

    exports: tuple[str, ...]
    counts: Counter[str] = field(default_factory=Counter)
    comments: Counter[str] = field(default_factory=Counter)
    references: Counter[str] = field(default_factory=Counter)
    authors: dict[str, None] = field(default_factory=dict)
    categories: dict[str, None] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    old_feeds: dict[str, None] = field(default_factory=dict)

    def add_comments(self, comments: Iterable[Comment]) -> int:
        """Count the comments of an entry; how many readers will see of them."""
        shown = 0
        for one in comments:
            self.comments[one.state if one.kind == "comment" else f"{one.kind}s"] += 1
            shown += one.state == "approved"
            self.counts["erased comments that stay removed"] += one.erased is not None
            self.counts["comments without a name"] += not one.author and one.erased is None
            self.counts["comments without a date"] += one.moment is None
        return shown

    def as_dict(self) -> dict[str, Any]:
        """The receipt as plain values, for JSON."""
        return {
            "exports": list(self.exports),
            "counts": {**dict.fromkeys(_ALWAYS, 0), **_told(self.counts)},
            "comments": {
                **dict.fromkeys((*STATES, "trackbacks", "pingbacks"), 0),
                **_told(self.comments),
            },
            "references": _told(self.references),
            "authors": list(self.authors),
            "categories": list(self.categories),
            "old_feeds": list(self.old_feeds),
            "media_missing": self.missing,
            "left_out": [asdict(one) for one in self.left],
            "entries": [asdict(one) for one in self.rows],
        }

    def as_json(self) -> str:
        """The receipt as it is stored."""
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=1) + "\n"

    def as_text(self) -> str:
        """The receipt for a terminal."""
        return "\n".join(_lines(self))


_ALWAYS = ("posts", "drafts", "future", "private", "pending", "protected", "undated", "pages")
_PLURALS = (
    ("posts", "post", "posts"),
    ("drafts", "draft", "drafts"),
    ("future", "future post, now a draft", "future posts, now drafts"),
    ("private", "private post, now a draft", "private posts, now drafts"),
    ("pending", "post waiting for review, now a draft", "posts waiting for review, now drafts"),
    ("protected", "post with a password, now a draft", "posts with a password, now drafts"),
    ("undated", "post without a date, now a draft", "posts without a date, now drafts"),
    ("pages", "page", "pages"),
    ("threads", "thread of a post that is not there", "threads of posts that are not there"),
)


def _told(counts: Counter[str]) -> dict[str, int]:
    return {name: number for name, number in sorted(counts.items()) if number}


def _lines(receipt: Receipt) -> Iterator[str]:
    counts = receipt.counts
    told = [_counted(counts[name], one, many) for name, one, many in _PLURALS if counts[name]]
    yield f"{', '.join(receipt.exports)}: {', '.join(told) or 'no post'}"
    by_state = [
        f"{receipt.comments[state]:,} {state}" for state in STATES if receipt.comments[state]
    ]
    total = sum(receipt.comments[state] for state in STATES)
    yield f"{_counted(total, 'comment', 'comments')}" + (
        f": {', '.join(by_state)}" if total else ""
    )
    for kind in ("trackback", "pingback"):
        if number := receipt.comments[f"{kind}s"]:
            yield _counted(number, kind, f"{kind}s")
    for title, names in (("authors", receipt.authors), ("categories", receipt.categories)):
        if names:
            yield f"{len(names):,} {title}: {', '.join(names)}"
    known = {name for name, *_ in _PLURALS}
    for name, number in {**_told(counts), **_told(receipt.references)}.items():
        if name not in known:
            yield f"{name}: {number:,}"
    yield from _listed(
        "now a draft", [f"{row.file}: {row.draft}" for row in receipt.rows if row.draft]
    )
    yield from _listed("not in the media", receipt.missing)
    left = [f"{one.place}: {one.what} ({one.why})" for one in receipt.left]
    yield from _listed("left out or mended", left)
    moved = [f"{row.old} -> {row.new}" for row in receipt.rows if row.old and not row.draft]
    yield from _listed("old address and new one", moved)


def _listed(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield f"{title}:"
        yield from (f"  {line}" for line in lines[:SHOWN])
    if len(lines) > SHOWN:
        yield f"  … and {len(lines) - SHOWN:,} more, in the receipt's file"


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
