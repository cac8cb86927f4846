"""The files of a built site, by address."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import html5lib

POST_DEPTH = 3  # /2025/03/slug/


@dataclass(frozen=True)
class Site:
    """A folder of files and the absolute address they are published under ("" while at home)."""

    folder: Path
    url: str = ""

    @cached_property
    def pages(self) -> dict[str, str]:
        """The text of every HTML page by its address ("/", "/about/", "/404.html")."""
        return {place: text for place, text in self._html.items() if not leads_on(text)}

    @cached_property
    def moved(self) -> dict[str, str]:
        """The small pages at old addresses, which only lead to the new ones."""
        return {place: text for place, text in self._html.items() if leads_on(text)}

    @cached_property
    def _html(self) -> dict[str, str]:
        files = sorted(self.folder.rglob("*.html"))
        return {address(file, self.folder): file.read_text("utf-8") for file in files}

    @cached_property
    def posts(self) -> dict[str, str]:
        """The pages that are posts, translations too."""
        return {place: text for place, text in self.pages.items() if is_post(place)}

    def files(self, pattern: str) -> list[Path]:
        """The files that match, sorted."""
        return sorted(self.folder.rglob(pattern))

    def absolute(self, place: str) -> str:
        """The address as it is written for the world."""
        return self.url + place

    def target(self, link: str, page: str) -> tuple[Path, str] | None:
        """The file and fragment a link on a page means; None where it leads off the site."""
        home = f"{self.url or 'http://here.invalid'}/"
        whole = urlsplit(urljoin(urljoin(home, page.lstrip("/")), link))
        if whole.scheme not in ("http", "https") or whole.netloc != urlsplit(home).netloc:
            return None
        path = unquote(whole.path).removeprefix(urlsplit(home).path).lstrip("/")
        name = path + "index.html" if path == "" or path.endswith("/") else path
        return self.folder / name, unquote(whole.fragment)


def leads_on(html: str) -> bool:
    """Is this a page that only leads to another address?"""
    return '<meta http-equiv="refresh"' in html


def address(file: Path, folder: Path) -> str:
    """The address of a file: index.html is the folder's."""
    return "/" + file.relative_to(folder).as_posix().removesuffix("index.html")


def is_post(place: str) -> bool:
    """Is this the address of a post (/2025/03/slug/, or /de/2025/03/slug/)?"""
    parts = place.strip("/").split("/")
    start = parts[-POST_DEPTH:-1]
    return len(start) == POST_DEPTH - 1 and all(part.isdigit() for part in start)


@lru_cache(maxsize=1024)
def tree(html: str):
    """The page as lxml elements without namespaces, read as a browser reads it."""
    builder = html5lib.getTreeBuilder("lxml")
    return html5lib.HTMLParser(tree=builder, namespaceHTMLElements=False).parse(html).getroot()


def words(element) -> str:
    """The text of an element with single spaces."""
    return " ".join("".join(element.itertext()).split())


def with_class(name: str) -> str:
    """The XPath condition for an element of this class."""
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"
