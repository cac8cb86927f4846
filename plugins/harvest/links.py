"""Every internal link of a built site, held against the files and anchors that are there."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import unquote, urlsplit

from harvest import anchors
from harvest.anchors import Link, Page
from harvest.sources import Sources
from mistakes import Mistake, did_you_mean


@dataclass(frozen=True)
class Broken:
    """A link that leads nowhere: the page it is on, the link, and what would be right."""

    page: str
    link: Link
    wrong: str
    right: str
    doubtful: bool = False


def check(folder: Path, sources: Sources, siteurl: str = "") -> tuple[Mistake, ...]:
    """A mistake for each broken link, at the source's line where it is written if there is one."""
    built = Built.read(folder, siteurl)
    return told(built.broken(), sources)


@dataclass(frozen=True)
class Built:
    """A built site as a reader's browser knows it: its files, its pages, its address."""

    files: frozenset[str]
    pages: Mapping[str, Page]
    siteurl: str

    @classmethod
    def read(cls, folder: Path, siteurl: str = "") -> Built:
        """The site in ``folder``, every page of it parsed once."""
        files = frozenset(_files(folder))
        pages = {
            name: anchors.read((folder / name).read_text(encoding="utf-8", errors="replace"))
            for name in sorted(files)
            if name.endswith((".html", ".htm"))
        }
        return cls(files, pages, siteurl.rstrip("/"))

    def broken(self) -> Iterator[Broken]:
        """Every broken link, page by page."""
        seen: dict[tuple[str, str], tuple[str, str, bool] | None] = {}
        for name, page in self.pages.items():
            folder = posixpath.dirname(name)
            for link in page.links:
                # a link from the root means the same on every page
                key = (
                    "" if link.url.startswith("/") else name if link.url[:1] in "#?" else folder,
                    link.url,
                )
                if key not in seen:
                    seen[key] = self._fault(name, link.url)
                if fault := seen[key]:
                    yield Broken(name, link, *fault)

    def target(self, page: str, url: str) -> str | None:
        """The file of the site that an address on a page leads to; None where there is none."""
        try:
            path, _ = self._inside(url)
        except ValueError:
            return None
        return None if path is None else self._file(page, path)

    def _fault(self, page: str, url: str) -> tuple[str, str, bool] | None:
        """What is wrong with an address on a page, and what would be right; None if nothing is."""
        if url.lower().startswith(("{", "|", "%7b", "%7c")):
            return f'"{url}" leads nowhere', "no such file in the content folder", False
        try:
            path, fragment = self._inside(url)
        except ValueError:
            return f'"{url}" is not an address', "", False
        if path is None:
            return None
        target = self._file(page, path)
        if target is None:
            return self._nowhere(page, url, path)
        if not self._has_anchor(target, fragment):
            right = did_you_mean(fragment, self.pages[target].ids) if fragment else ""
            return f'"{url}" leads to no anchor "{fragment}" on {shown(target)}', right, False
        return None

    def _inside(self, url: str) -> tuple[str | None, str]:
        """The path and fragment of an address within the site; no path for one outside."""
        parts = urlsplit(url)
        if not parts.scheme and not parts.netloc:
            home = urlsplit(self.siteurl).path
            below = (
                parts.path.removeprefix(home) if parts.path.startswith(home + "/") else parts.path
            )
            return below, unquote(parts.fragment)
        bare = url.partition("#")[0].partition("?")[0]
        if self.siteurl and (bare + "/").startswith(self.siteurl + "/"):
            return bare[len(self.siteurl) :] or "/", unquote(parts.fragment)
        return None, ""

    def _file(self, page: str, path: str) -> str | None:
        """The file that a server would answer with, None when there is none."""
        if not path:
            return page
        for form in (unquote(path), path):
            joined = (
                form.lstrip("/")
                if form.startswith("/")
                else posixpath.join(posixpath.dirname(page), form)
            )
            name = posixpath.normpath(joined) if joined else "."
            index = "index.html" if name == "." else f"{name}/index.html"
            if name in self.files and not form.endswith("/"):
                return name
            if index in self.files:
                return index
        return None

    def _has_anchor(self, target: str, fragment: str) -> bool:
        known = self.pages.get(target)
        if known is None or not fragment or fragment.startswith(":~:"):
            return True
        return fragment in known.ids or fragment.lower() == "top"

    def _nowhere(self, page: str, url: str, path: str) -> tuple[str, str, bool]:
        everything = [f"/{shown(name)}" for name in sorted(self.files)]
        full = posixpath.normpath(posixpath.join("/", posixpath.dirname(page), unquote(path)))
        near = get_close_matches(full + "/" * path.endswith("/"), everything, n=1, cutoff=0.7)
        right = "put a page or file there, or leave the link out"
        right = f'did you mean "{near[0]}"?' if near else right
        return f'"{url}" leads nowhere', right, False


def shown(name: str) -> str:
    """A file's address as a reader sees it."""
    return name.removesuffix("index.html")


def _files(folder: Path) -> Iterator[str]:
    for top, _, names in os.walk(folder):
        inner = os.path.relpath(top, folder).replace(os.sep, "/")
        yield from (name if inner == "." else f"{inner}/{name}" for name in names)


def told(broken: Iterable[Broken], sources: Sources) -> tuple[Mistake, ...]:
    """Each fault once: where it is written, else on the first page that shows it."""
    written: dict[tuple[tuple[str, int], str], Mistake] = {}
    unwritten: dict[tuple[str, str], list[Broken]] = {}
    said: set[str] = set()
    imported: dict[tuple[str, str], Mistake] = {}
    # a list shows the beginnings of posts: what is told on a post's own page is not told again
    for one in sorted(broken, key=lambda one: one.page not in sources.of_page):
        place = sources.place(one.page, one.link.url)
        if sources.is_imported(one.page, place) or one.link.is_of_reader:
            path = place[0] if place else sources.of_page.get(one.page, f"page {one.page}")
            line = place[1] if place else None
            imported.setdefault((path, one.link.url), Mistake(path, line, one.wrong))
            said.add(one.wrong)
        elif place:
            written.setdefault((place, one.link.url), _of_source(place, one, sources))
            said.add(one.wrong)
        elif one.wrong not in said:
            unwritten.setdefault((one.wrong, one.right), []).append(one)
    themed = (_of_theme(ones) for ones in unwritten.values())
    return (*written.values(), *themed, *_of_import(tuple(imported.values())))


def _of_import(found: tuple[Mistake, ...]) -> Iterator[Mistake]:
    """One doubt for all dead links of old posts and comments: an archive is kept as it was."""
    if found:
        first, more = found[0], len(found) - 1
        also = f", and {more:,} more in what was imported" if more else " (it was imported)"
        wrong = f"{first.wrong}{also}"
        yield Mistake(first.path, first.line, wrong, "they stop nothing", doubtful=True)


def _of_source(place: tuple[str, int], one: Broken, sources: Sources) -> Mistake:
    if sources.of_page.get(one.page) == place[0]:
        return Mistake(*place, one.wrong, one.right, one.doubtful)
    right = "write it from the root of the site, or with {filename}"
    wrong = f"{one.wrong} when it is shown on {shown(one.page) or 'the first page'}"
    return Mistake(*place, wrong, right if one.link.url[:1] != "/" else one.right, doubtful=True)


def _of_theme(ones: list[Broken]) -> Mistake:
    first, pages = ones[0], {one.page for one in ones}
    more = f" (and on {len(pages) - 1} more)" if len(pages) > 1 else ""
    return Mistake(f"page {first.page}", None, f"{first.wrong}{more}", first.right, first.doubtful)
