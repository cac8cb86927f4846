"""The comments of an entry as they are kept: an id, a public name, a moment, sanitised words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from comment_archive import sanitise
from comment_archive.archive import in_circles
from comment_archive.arranging import moments
from comment_archive.arranging.home import Home
from comment_archive.arranging.index import Placed
from comment_archive.model import Comment, Entry, Said, Thread, Words

_LONGEST_ANCHOR = 200


@dataclass(frozen=True)
class Kept:
    """How comments are kept: their importer's name, what makes HTML of words, what is counted."""

    source: str
    worded: Callable[[Words], str]
    counts: Counter[str]


def of(entry: Entry, place: Placed, home: Home, kept: Kept) -> tuple[Comment, ...]:
    """The comments of an entry, in its order."""
    worded, counts = kept.worded, kept.counts
    new = dict(zip((said.id for said in entry.comments), place.comments, strict=True))
    made = [
        _comment(said, name, new, worded)
        for said, name in zip(entry.comments, place.comments, strict=True)
    ]
    parents = {one.id: one.parent for one in made}
    loose = set(in_circles(parents))
    lost = sum(bool(said.parent) and said.parent not in new for said in entry.comments)
    counts["answers whose comment is not in the export"] += lost + len(loose)
    return tuple(
        _finished(replace(one, parent="") if one.id in loose else one, said, kept.source, home)
        for one, said in zip(made, entry.comments, strict=True)
    )


def joined(
    slug: str, fresh: Iterable[Comment], kept: Thread | None, counts: Counter[str]
) -> Thread:
    """A thread of these comments and of those that another export brought before.

    A comment that two exports have is kept once: the one that is there.
    """
    new = {one.id: one for one in fresh}
    before = {one.id: one for one in kept.comments} if kept else {}
    there = {(one.author, one.html): one.id for one in before.values() if one.html}
    twice = {
        name: there[one.author, one.html]
        for name, one in new.items()
        if name not in before and (one.author, one.html) in there
    }
    counts["comments that are there already"] += len(twice)
    both = [new.get(name, one) for name, one in before.items()]
    both += [one for name, one in new.items() if name not in before and name not in twice]
    names = {one.id for one in both}
    found = (replace(one, parent=twice.get(one.parent, one.parent)) for one in both)
    return Thread(
        slug, tuple(one if one.parent in names else replace(one, parent="") for one in found)
    )


def erased(comment: Comment, day: date) -> Comment:
    """The comment without its words and its author; it holds its place in the thread."""
    return replace(comment, author="", url="", title="", html="", erased=day)


def _comment(said: Said, name: str, new: dict[str, str], worded: Callable[[Words], str]) -> Comment:
    return Comment(
        id=name,
        author=sanitise.name(said.author),
        url=sanitise.address(said.url),
        moment=said.moment,
        html=worded(said.words),
        state=said.state,
        kind=said.kind,
        title=sanitise.line(said.title),
        parent=new.get(said.parent, "") if said.parent else "",
    )


def _finished(comment: Comment, said: Said, source: str, home: Home) -> Comment:
    anchors = tuple(
        one
        for one in dict.fromkeys(map(sanitise.anchor, said.anchors))
        if one and one != f"comment-{comment.id}"
    )
    done = replace(
        comment,
        moment=moments.placed(said.moment, home.zone),
        anchors=anchors,
        source=source,
        source_id=sanitise.line(said.id, _LONGEST_ANCHOR),
    )
    return erased(done, home.erased[done.id]) if done.id in home.erased else done
