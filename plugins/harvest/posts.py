"""The sources of a site: every post and page in Markdown or HTML, read once as Pelican will."""

from __future__ import annotations

import fnmatch
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from pelican.readers import (
    HTMLReader,
    MarkdownReader,
    RstReader,
    default_metadata,
    parse_path_metadata,
    path_metadata,
)
from pelican.utils import slugify

from harvest import dates, headers, html_headers
from harvest.site import Site
from letters import first_not_xml
from mistakes import Mistake

_HTML = tuple(f".{ending}" for ending in HTMLReader.file_extensions)


@dataclass(frozen=True)
class Post:
    """One source: a post ("article") or a page, its text and what is said about it.

    ``path`` is how an author knows the file, ``name`` how Pelican does (from the content
    folder). ``given`` holds every fact as written, from the settings, the path and the headers.
    """

    path: str
    name: str
    kind: str
    text: str
    head: headers.Head
    given: Mapping[str, Any]
    slug: str

    @property
    def title(self) -> str:
        """The title as written."""
        return str(self.given.get("title", ""))

    @property
    def status(self) -> str:
        """published, hidden, draft or skip; or whatever else was written."""
        return str(self.given.get("status", "")).strip().lower() or "published"

    @property
    def lang(self) -> str:
        """The language it is written in."""
        return str(self.given["lang"])

    @property
    def date(self) -> datetime | None:
        """The moment it is dated, None where it has none that can be read."""
        return _moment(self.given.get("date"))

    @property
    def is_html(self) -> bool:
        """True for a source in HTML, in which nothing is Markdown."""
        return self.name.endswith(_HTML)

    @property
    def is_imported(self) -> bool:
        """True for a post or page of an old blog: its dead links are counted, no mistakes."""
        return bool(self.given.get("imported"))

    def line(self, *names: str) -> int | None:
        """The line of the first of these headers that is there."""
        return next((line for name in names if (line := self.head.line(name))), None)

    def mistake(
        self, line: int | None, wrong: str, right: str = "", *, doubtful: bool = False
    ) -> Mistake:
        """A mistake in this file."""
        return Mistake(self.path, line, wrong, right, doubtful)


def read(site: Site) -> tuple[tuple[Post, ...], tuple[Mistake, ...]]:
    """Every readable source of the site by path, and what is wrong with the bytes of the others."""
    posts, mistakes = [], []
    for kind, name in named(site):
        path = site.content / name
        try:
            text = decoded(path.read_bytes(), site.shown(path))
        except OSError as error:
            mistakes.append(Mistake(site.shown(path), None, f"cannot be read ({error.strerror})"))
        except Unreadable as fault:
            mistakes.append(fault.mistake)
        else:
            posts.append(_post(site, kind, name, text))
    return tuple(posts), tuple(mistakes)


class Unreadable(Exception):
    """A file whose bytes are no text."""

    def __init__(self, mistake: Mistake) -> None:
        super().__init__(str(mistake))
        self.mistake = mistake


def decoded(data: bytes, path: str) -> str:
    """The text, byte-order mark removed and newlines ``\\n``; Unreadable with its line."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        wrong = f"byte 0x{data[error.start]:02X} is not UTF-8"
        raise Unreadable(
            Mistake(path, _line_of(data, error.start), wrong, "save the file as UTF-8")
        ) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    at = first_not_xml(text)  # such a letter would break every feed the post is in
    if at is not None:
        wrong = f"an invisible control character (U+{ord(text[at]):04X})"
        line = text.count("\n", 0, at) + 1
        raise Unreadable(Mistake(path, line, wrong, "delete it; feeds cannot carry it"))
    return text


def _line_of(data: bytes, start: int) -> int:
    return data[:start].replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1


def named(site: Site) -> list[tuple[str, str]]:
    """Kind and name of every source in Markdown or HTML, in an order that never changes."""
    return _of_endings(site, [*MarkdownReader.file_extensions, *HTMLReader.file_extensions])


def unchecked(site: Site) -> Iterator[Mistake]:
    """A warning where Pelican reads posts or pages of other formats, which no check here does."""
    names = [name for _, name in _of_endings(site, RstReader.file_extensions)]
    if names:
        more = f", and {len(names) - 1:,} more like it" if len(names) > 1 else ""
        wrong = f"this is neither Markdown nor HTML, and only its finished page is checked{more}"
        path = site.shown(site.content / names[0])
        yield Mistake(path, None, wrong, "write it in Markdown", doubtful=True)


def _of_endings(site: Site, endings: Iterable[str]) -> list[tuple[str, str]]:
    settings, readers = site.settings, site.settings.get("READERS", {})
    extensions = tuple(f".{ending}" for ending in endings if readers.get(ending, 1))
    found = []
    for kind in ("article", "page"):
        paths, excluded = settings[f"{kind.upper()}_PATHS"], settings[f"{kind.upper()}_EXCLUDES"]
        found += [
            (kind, name) for name in files(site, paths, excluded) if name.endswith(extensions)
        ]
    return found


def files(site: Site, paths: Sequence[str], excluded: Sequence[str]) -> list[str]:
    """The names, from the content folder, of the files Pelican finds in these paths, sorted."""
    ignored = site.settings["IGNORE_FILES"]
    shut = {os.path.normpath(site.content / path) for path in excluded}
    found: set[str] = set()
    for path in paths:
        top = site.content / path if path else site.content
        walk = (
            _walk(str(top), ignored, shut)
            if top.is_dir()
            else iter([str(top)] if top.is_file() else [])
        )
        found.update(Path(os.path.relpath(file, site.content)).as_posix() for file in walk)
    return sorted(name for name in found if not _is_ignored(Path(name).name, ignored))


def _walk(top: str, ignored: Sequence[str], shut: set[str]) -> Iterator[str]:
    for folder, folders, names in os.walk(top, followlinks=True):
        folders[:] = [
            one
            for one in folders
            if not _is_ignored(one, ignored) and os.path.normpath(Path(folder, one)) not in shut
        ]
        yield from (str(Path(folder, name)) for name in names)


def _is_ignored(name: str, ignored: Sequence[str]) -> bool:
    return any(fnmatch.fnmatch(name, pattern) for pattern in ignored)


def _post(site: Site, kind: str, name: str, text: str) -> Post:
    head = html_headers.read(text) if name.endswith(_HTML) else headers.read(text)
    written = {key: header.value for key, header in head.headers.items() if header.value.strip()}
    given = {"lang": site.settings["DEFAULT_LANG"], **facts_of_path(site, name), **written}
    return Post(
        site.shown(site.content / name), name, kind, text, head, given, _slug(site, name, given)
    )


def facts_of_path(site: Site, name: str) -> dict[str, Any]:
    """What the settings and the path say about a file before it is opened, as Pelican takes it."""
    settings = site.settings
    facts: dict[str, Any] = dict(default_metadata(settings))
    facts.update(path_metadata(str(site.content / name), name, settings))
    facts.update(parse_path_metadata(name, settings))
    return facts


def _slug(site: Site, name: str, given: Mapping[str, Any]) -> str:
    if slug := str(given.get("slug", "")).strip():
        return slug
    by_title = site.settings["SLUGIFY_SOURCE"] == "title"
    words = given.get("title", "") if by_title else Path(name).stem
    return slugged(site, str(words), "SLUG_REGEX_SUBSTITUTIONS")


def slugged(site: Site, words: str, rules: str) -> str:
    """The words as they stand in an address, by the rules of one of Pelican's settings."""
    settings = site.settings
    slug: str = slugify(
        words,
        regex_subs=settings.get(rules, settings.get("SLUG_REGEX_SUBSTITUTIONS", [])),
        preserve_case=settings.get("SLUGIFY_PRESERVE_CASE", False),
        use_unicode=settings.get("SLUGIFY_USE_UNICODE", False),
    )
    return slug


@lru_cache(maxsize=4096)
def _moment(written: Any) -> datetime | None:
    if isinstance(written, datetime) or written is None:
        return written
    try:
        return dates.read(str(written).replace("_", " "))
    except dates.NotADate:
        return None
