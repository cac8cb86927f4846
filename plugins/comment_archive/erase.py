"""The words of a person, removed on request: the thread keeps its shape, for good."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from comment_archive import archive
from comment_archive.arranging import threads
from comment_archive.arranging.home import File
from comment_archive.model import Comment, Thread


def erased(
    kept: Mapping[str, Thread], is_meant: Callable[[Comment], bool], day: date
) -> tuple[dict[str, Thread], tuple[str, ...]]:
    """The threads that change and the ids of the comments that lose their words."""
    changed: dict[str, Thread] = {}
    names: list[str] = []
    for slug, thread in kept.items():
        meant = {one.id for one in thread.comments if one.erased is None and is_meant(one)}
        if meant:
            names += [one.id for one in thread.comments if one.id in meant]
            comments = (
                threads.erased(one, day) if one.id in meant else one for one in thread.comments
            )
            changed[slug] = replace(thread, comments=tuple(comments))
    return changed, tuple(names)


def by_name(name: str) -> Callable[[Comment], bool]:
    """Every comment under this name; letters of either case are one, and so are spaces."""
    wanted = _folded(name)
    return lambda comment: bool(wanted) and _folded(comment.author) == wanted


def by_id(name: str) -> Callable[[Comment], bool]:
    """The comment with this id."""
    wanted = name.removeprefix("#").removeprefix("comment-")
    return lambda comment: comment.id in (name, wanted)


def files(changed: Mapping[str, Thread]) -> list[File]:
    """The changed threads as files."""
    return [
        File(f"{archive.FOLDER}/{slug}.json", archive.written(thread).encode())
        for slug, thread in changed.items()
    ]


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
