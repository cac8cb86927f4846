"""What the first reading of an export finds: every entry's new name, every old address and comment.

Only names are kept, no words, so that an export of any length is arranged in little memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from comment_archive.arranging import addresses

_NUMBER = re.compile(r"^(?:comments?|c)?[-_]?(?P<id>.+)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry's place in the new site: its identity, its slug, whether readers will see it."""

    key: str
    slug: str
    folder: str  # "posts", "pages", or empty for a thread whose post is not there
    is_public: bool
    comments: tuple[str, ...] = ()  # the new id of each of its comments, in their order
    why: str = ""  # why it became a draft


@dataclass
class Index:
    """Old names and the new ones."""

    hosts: set[str] = field(default_factory=set)
    by_address: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)  # slug -> "posts/slug.html"
    public: set[str] = field(default_factory=set)
    of_comment: dict[tuple[str, str], str] = field(default_factory=dict)  # slug, old name -> id

    def learn_addresses(self, slug: str, urls: Iterable[str]) -> None:
        """Lead these old addresses to a post; the first that claims one keeps it."""
        for url in urls:
            if key := addresses.key(url):
                self.by_address.setdefault(key, slug)
                self.hosts.add(addresses.host(url))

    def learn_comment(self, slug: str, names: Iterable[str], new: str) -> None:
        """Lead the old names of a comment to its id; an empty one says that there is a thread."""
        for name in names:
            self.of_comment.setdefault((slug, _bare(name)), new)

    def slug_of(self, url: str) -> str:
        """The slug of the post that an old address led to, empty where it is not known."""
        return next(
            (found for key in addresses.keys(url) if (found := self.by_address.get(key))), ""
        )

    def target(self, url: str) -> str:
        """Where a link to an old address leads now, for Pelican to fill in; empty if unknown."""
        slug = self.slug_of(url)
        if not slug or slug not in self.public or slug not in self.files:
            return ""
        page = f"{{filename}}/{self.files[slug]}"
        old = addresses.fragment(url)
        if not old:
            return page
        if new := self.of_comment.get((slug, _bare(old))):
            return f"{page}#comment-{new}"
        is_of_thread = re.match(r"(?:comments?$|comment[-_]|c\w)", old, re.IGNORECASE)
        return f"{page}#comments" if is_of_thread and self._has_thread(slug) else page

    def _has_thread(self, slug: str) -> bool:
        return (slug, "") in self.of_comment


def _bare(name: str) -> str:
    """An anchor without what platforms put before a comment's id."""
    found = _NUMBER.match(name)
    return found["id"] if found else name
