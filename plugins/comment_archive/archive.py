"""Threads as files: content/comments/SLUG.json, a thread a file, a field a line.

The form is published in docs/comments.schema.json. What is read is sanitised again, so that
nothing but the list in `sanitise` decides what reaches a page, whoever wrote the file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args

from comment_archive import sanitise
from comment_archive.model import Comment, CommentKind, State, Thread
from mistakes import Mistake, Mistakes, did_you_mean

FOLDER = "comments"
LEDGER = "imported.json"  # what earlier imports wrote; no thread

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_ANCHOR = re.compile(r"[^\s\"'<>]{1,200}")
_TEXTS = ("id", "author", "html", "url", "title", "parent", "source", "source_id")
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "state": get_args(State),
    "kind": get_args(CommentKind),
}
_KNOWN = frozenset({*_TEXTS, *_CHOICES, "date", "anchors", "erased"})
_NEEDED = ("id", "author", "date", "state", "kind", "html")


def read(folder: Path, shown: str = "") -> dict[str, Thread]:
    """Every thread of a folder by the slug of its post; `Mistakes` with each fault's file and line.

    ``shown`` is the folder as an author knows it. A folder that is not there has no threads.
    """
    threads: dict[str, Thread] = {}
    found: list[Mistake] = []
    for path in files(folder):
        try:
            thread = read_file(path, f"{shown or folder.name}/{path.name}")
            threads[thread.slug] = thread
        except Mistakes as faults:
            found += faults.mistakes
    found += _twice(threads, shown or folder.name)
    if found:
        raise Mistakes(found)
    return threads


def files(folder: Path) -> list[Path]:
    """The files of threads in a folder, by name."""
    found = folder.glob("*.json") if folder.is_dir() else ()
    return sorted(path for path in found if path.name != LEDGER and not path.name.startswith("."))


def read_file(path: Path, shown: str) -> Thread:
    """The thread in one file; `Mistakes` where it is none."""
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError:
        raise Mistakes([Mistake(shown, None, "is not UTF-8", "save the file as UTF-8")]) from None
    except OSError as error:
        raise Mistakes([Mistake(shown, None, f"cannot be read ({error.strerror})")]) from None
    thread = parse(text, shown)
    if thread.slug != path.stem:
        wrong = f'"post" is "{thread.slug}", and the file is named otherwise'
        raise Mistakes([Mistake(shown, _line(text, "post"), wrong, f'write "{path.stem}"')])
    return thread


def parse(text: str, shown: str) -> Thread:
    """The thread that a text holds; `Mistakes` with every fault by its line."""
    try:
        given = json.loads(text)
    except json.JSONDecodeError as error:
        wrong = f"is no JSON: {error.msg} (column {error.colno})"
        raise Mistakes([Mistake(shown, error.lineno, wrong)]) from None
    except RecursionError:
        raise Mistakes([Mistake(shown, None, "is nested too deeply for a thread")]) from None
    found = [Mistake(shown, line, wrong, right) for line, wrong, right in _faults(given, text)]
    if found:
        raise Mistakes(found)
    return Thread(given["post"], tuple(map(_comment, given["comments"])))


def written(thread: Thread) -> str:
    """The text of a thread's file: empty fields left out, a field a line, in one order."""
    comments = [_fields(comment) for comment in thread.comments]
    return (
        json.dumps({"post": thread.slug, "comments": comments}, ensure_ascii=False, indent=1) + "\n"
    )


def _fields(comment: Comment) -> dict[str, Any]:
    optional = {
        "parent": comment.parent,
        "url": comment.url,
        "title": comment.title,
        "anchors": list(comment.anchors),
        "source": comment.source,
        "source_id": comment.source_id,
        "erased": comment.erased.isoformat() if comment.erased else "",
    }
    return {
        "id": comment.id,
        "author": comment.author,
        "date": comment.moment.isoformat() if comment.moment else None,
        "state": comment.state,
        "kind": comment.kind,
        **{key: value for key, value in optional.items() if value},
        "html": comment.html,
    }


def _comment(given: Mapping[str, Any]) -> Comment:
    return Comment(
        id=given["id"],
        author=sanitise.name(given["author"]),
        url=_address(given.get("url", "")),
        moment=datetime.fromisoformat(given["date"]) if given["date"] else None,
        html=sanitise.comment(given["html"]),
        state=given["state"],
        kind=given["kind"],
        title=sanitise.line(given.get("title", "")),
        parent=given.get("parent", ""),
        anchors=tuple(given.get("anchors", ())),
        source=given.get("source", ""),
        source_id=given.get("source_id", ""),
        erased=date.fromisoformat(given["erased"]) if given.get("erased") else None,
    )


@lru_cache(maxsize=4096)
def _address(url: str) -> str:
    return sanitise.address(url)


# --- what may be wrong --------------------------------------------------------------------

_Fault = tuple[int | None, str, str]


def _faults(given: Any, text: str) -> Iterator[_Fault]:
    if not isinstance(given, dict) or not isinstance(given.get("comments"), list):
        yield 1, "is no thread", 'write {"post": "its-slug", "comments": […]}'
        return
    if not isinstance(given.get("post"), str) or not given["post"]:
        yield 1, 'has no "post"', "write the slug of its post"
    seen: dict[str, str] = {}
    for number, comment in enumerate(given["comments"], start=1):
        if not isinstance(comment, dict):
            yield None, f"comment {number} is no object", "write its fields between { and }"
            continue
        name = comment.get("id")
        for wrong, right in _of_comment(comment):
            yield _line(text, "id", name), f"comment {number}: {wrong}", right
        if isinstance(name, str) and name in seen:
            wrong = f'comment {number}: the id "{name}" is given again'
            yield _line(text, "id", name), wrong, "give it another"
        elif isinstance(name, str):
            seen[name] = str(comment.get("parent") or "")
    yield from _of_parents(seen, text)


def _of_comment(comment: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name in comment.keys() - _KNOWN:
        yield f'no field "{name}"', did_you_mean(name, _KNOWN)
    for name in _NEEDED:
        if name not in comment:
            yield f'has no "{name}"', "add it"
    for name in _TEXTS:
        if name in comment and not isinstance(comment[name], str):
            yield f'"{name}" is no text', "write it between quotes"
    for name, choices in _CHOICES.items():
        if name in comment and comment[name] not in choices:
            yield f'no {name} "{comment[name]}"', did_you_mean(str(comment[name]), choices)
    yield from _of_names(comment)
    yield from _of_moments(comment)


def _of_names(comment: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    name, anchors = comment.get("id"), comment.get("anchors", [])
    if isinstance(name, str) and not _ID.fullmatch(name):
        yield f'"{name}" is no id', "write letters, digits, hyphens and dots"
    if not isinstance(anchors, list) or not all(
        isinstance(one, str) and _ANCHOR.fullmatch(one) for one in anchors
    ):
        yield '"anchors" is no list of names', 'write it as ["c123"]'


def _of_moments(comment: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    right = "write it as 2010-05-03T08:15:00+01:00, or null"
    if (written := comment.get("date")) is not None:
        try:
            if datetime.fromisoformat(written).tzinfo is None:
                yield f'the date "{written}" has no offset', right
        except (TypeError, ValueError):
            yield f'"{written}" is no date', right
    if written := comment.get("erased"):
        try:
            date.fromisoformat(written)
        except (TypeError, ValueError):
            yield f'"erased" is "{written}", which is no day', "write it as 2025-03-04"


def _of_parents(parents: Mapping[str, str], text: str) -> Iterator[_Fault]:
    for name, parent in parents.items():
        if parent and parent not in parents:
            wrong = f'comment "{name}" answers "{parent}", which is not in this thread'
            yield _line(text, "parent", parent), wrong, did_you_mean(parent, parents)
    for name in in_circles(parents):
        wrong = f'comment "{name}" answers itself by way of others'
        yield _line(text, "id", name), wrong, 'take out its "parent"'


def in_circles(parents: Mapping[str, str]) -> tuple[str, ...]:
    """One id of each circle of comments that answer each other."""
    done: set[str] = set()
    found = []
    for name in parents:
        walked: dict[str, None] = {}
        while name in parents and name not in done and name not in walked:
            walked[name] = None
            name = parents[name]  # noqa: PLW2901 (the walk goes up)
        if name in walked:
            found.append(name)
        done.update(walked)
    return tuple(found)


def _twice(threads: Mapping[str, Thread], shown: str) -> Iterator[Mistake]:
    """An id names one comment of the whole site, so that a post can quote it."""
    first: dict[str, str] = {}
    for slug, thread in threads.items():
        for comment in thread.comments:
            other = first.setdefault(comment.id, slug)
            if other != slug:
                wrong = f'the id "{comment.id}" is taken by a comment in {other}.json'
                yield Mistake(f"{shown}/{slug}.json", None, wrong, "give it another")


def _line(text: str, field: str, value: Any = None) -> int | None:
    """The line of a field with this value, None where it cannot be found."""
    pattern = rf'"{field}"\s*:\s*'
    if isinstance(value, str):
        pattern += (
            f"(?:{re.escape(json.dumps(value, ensure_ascii=False))}|{re.escape(json.dumps(value))})"
        )
    found = re.search(pattern, text)
    return text.count("\n", 0, found.start()) + 1 if found else None
