"""A post or page of the old blog as a source of the new site: its headers and its body."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from comment_archive import sanitise
from comment_archive.arranging import as_markdown, moments, pages
from comment_archive.arranging.home import File, Home
from comment_archive.arranging.index import Placed
from comment_archive.arranging.survey import title
from comment_archive.model import Entry, Words

Worded = Callable[[Words], str]
LONGEST_WORD = 80  # letters of a category, tag or author: each has a page of its own


def of(entry: Entry, place: Placed, source: str, home: Home, worded: Worded) -> File:
    """The file of a post or page."""
    halves = (entry.body, entry.more)
    body = "\n".join(part for one in halves if (part := worded(one)))
    head = headers(entry, place, source, home)
    head["summary"] = " ".join(worded(entry.excerpt).split())
    if home.is_markdown:
        written = pages.markdown(head, as_markdown.converted(body))
        return File(f"{place.folder}/{place.slug}.md", written.encode())
    return File(f"{place.folder}/{place.slug}.html", pages.html(head, body).encode())


def headers(entry: Entry, place: Placed, source: str, home: Home) -> dict[str, str]:
    """The headers of a source, in the order they stand there; some may be empty."""
    names = categories(entry)
    tags = named((*entry.tags, *names[1:]))
    old = dict.fromkeys(filter(None, map(sanitise.address, (entry.address, *entry.addresses))))
    feeds = dict.fromkeys(filter(None, map(sanitise.address, entry.comment_feeds)))
    return {
        "title": title(entry) or place.slug,
        "date": _written(moments.placed(entry.moment, home.zone)),
        "modified": _written(moments.placed(entry.modified, home.zone)),
        "slug": place.slug,
        "authors": pages.listed(named(map(sanitise.name, entry.authors))),
        "category": names[0] if names and place.folder == "posts" else "",
        "tags": pages.listed(tags),
        "status": "" if place.is_public else "draft",
        "lang": _language(entry.language, home),
        "guid": sanitise.line(entry.guid, 500),
        "imported": sanitise.line(f"{source} {entry.id}".strip()),
        "old_categories": pages.listed(names),
        "old_urls": " ".join(old),
        "old_comment_feeds": " ".join(feeds),
    }


def categories(entry: Entry) -> tuple[str, ...]:
    """All categories of an entry, the one that Pelican will take first."""
    return named((entry.category, *entry.categories))


def named(given: Iterable[str]) -> tuple[str, ...]:
    """Names that can have a page: each once, on one line, with a letter or digit for an address."""
    found: dict[str, str] = {}
    for one in given:
        name = sanitise.line(one, LONGEST_WORD).replace(";", ",")
        if any(letter.isalnum() for letter in name):
            found.setdefault(name.casefold(), name)
    return tuple(found.values())


def _written(moment: datetime | None) -> str:
    return moment.isoformat(" ", "seconds") if moment else ""


def _language(language: str, home: Home) -> str:
    """A language of its own is named; the site's is not, for it would change the address."""
    short = language.strip().lower().partition("-")[0].partition("_")[0]
    return short if short.isalpha() and short != home.language.partition("-")[0] else ""
