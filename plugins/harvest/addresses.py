"""Where each source will stand in the built site, reckoned before Pelican runs.

Two files for one address, or an address no disk can hold, are told with both files' names.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from harvest import posts
from harvest.posts import Post
from harvest.site import Site
from mistakes import Mistake

LONGEST = 240  # of 255 bytes that file systems give a name


@dataclass(frozen=True)
class _Claim:
    """A file that wants an address, and where the wish is written."""

    address: str
    path: str
    line: int | None = None
    gives_way: bool = False  # a page of a template alone: an author's own may take its place
    is_firm: bool = True  # written by the author as an address, or a file that is copied

    @property
    def place(self) -> str:
        return self.path if self.line is None else f"{self.path}:{self.line}"


def find(site: Site, sources: tuple[Post, ...]) -> Iterator[Mistake]:
    """Everything wrong with the addresses of these sources."""
    dated = [post for post in sources if post.status != "skip" and post.title.strip()]
    twins = list(_same_slug(site, dated))
    yield from twins
    yield from (mistake for post in dated for mistake in _unfit(post, site))
    told = {mistake.path for mistake in twins}
    claims = [_claim(post, site) for post in dated if post.path not in told and _is_written(post)]
    yield from _collisions([*_fixed(site), *_statics(site), *claims])


def save_as(post: Post, site: Site) -> str:
    """The file the source is written to, as Pelican's settings say."""
    if written := post.given.get("save_as"):
        return str(written)
    default = site.settings["DEFAULT_LANG"]
    pattern = str(
        site.settings[f"{post.kind.upper()}_{'' if post.lang == default else 'LANG_'}SAVE_AS"]
    )
    return pattern.format(**_fields(post, site, pattern))


def _fields(post: Post, site: Site, pattern: str) -> Mapping[str, Any]:
    fields: dict[str, Any] = {"path": post.name, **post.given}
    fields |= {"slug": post.slug, "lang": post.lang, "date": post.date}
    for key in ("category", "author"):
        if f"{{{key}" in pattern:
            words = post.given.get(key) or site.settings.get(key.upper(), "")
            fields[key] = posts.slugged(site, str(words), f"{key.upper()}_REGEX_SUBSTITUTIONS")
    return fields


def _is_written(post: Post) -> bool:
    """Can an address be reckoned? Drafts are never written, a bad date is told elsewhere."""
    return post.status in ("published", "hidden") and (post.kind == "page" or post.date is not None)


def _same_slug(site: Site, sources: list[Post]) -> Iterator[Mistake]:
    first: dict[tuple[str, str, str, bool], Post] = {}
    for post in sources:
        if not post.slug or site.settings[f"{post.kind.upper()}_TRANSLATION_ID"] != "slug":
            continue
        key = (post.kind, post.lang, post.slug, post.status == "draft")
        other = first.setdefault(key, post)
        if other is not post:
            place = _Claim("", other.path, other.line("slug", "title")).place
            wrong = f'the slug "{post.slug}" is taken by {place}'
            yield post.mistake(
                post.line("slug", "title"), wrong, 'give one of the two another "Slug: …"'
            )


def _unfit(post: Post, site: Site) -> Iterator[Mistake]:
    line = post.line("save_as", "slug", "title")
    if not post.slug:
        yield post.mistake(
            line, "the title has no letters for an address", 'add a line "Slug: a-few-words"'
        )
    elif _is_written(post):
        address = posixpath.normpath(save_as(post, site))
        if address.startswith(("/", "..")):
            yield post.mistake(
                line, f'the address "{address}" lies outside the site', "use letters and hyphens"
            )
        elif any(len(part.encode()) > LONGEST for part in address.split("/")):
            yield post.mistake(
                line, "its address is too long for a file name", 'add a shorter "Slug: …"'
            )


def _claim(post: Post, site: Site) -> _Claim:
    line = post.line("save_as", "slug", "title")
    is_firm = bool(post.given.get("save_as"))
    return _Claim(posixpath.normpath(save_as(post, site)), post.path, line, is_firm=is_firm)


def _fixed(site: Site) -> Iterator[_Claim]:
    """The addresses of the pages that templates make without a source."""
    for name in site.settings["DIRECT_TEMPLATES"]:
        address = site.settings.get(f"{name.upper()}_SAVE_AS", f"{name}.html")
        if address:
            yield _Claim(posixpath.normpath(str(address)), f"the {name} page", gives_way=True)


def _statics(site: Site) -> Iterator[_Claim]:
    settings = site.settings
    sources = (
        {name for _, name in posts.named(site)} if settings["STATIC_EXCLUDE_SOURCES"] else set()
    )
    for name in posts.files(site, settings["STATIC_PATHS"], settings["STATIC_EXCLUDES"]):
        if name not in sources:
            facts = posts.facts_of_path(site, name)
            address = facts.get("save_as") or facts.get("path", name)
            yield _Claim(posixpath.normpath(str(address)), site.shown(site.content / name))


def _collisions(claims: list[_Claim]) -> Iterator[Mistake]:
    taken: dict[str, _Claim] = {}
    for claim in claims:
        other = taken.setdefault(claim.address, claim)
        if other is not claim and not (other.gives_way and claim.is_firm):
            yield _both(claim, other)
    for claim in taken.values():
        folder = posixpath.dirname(claim.address)
        while folder and folder not in taken:
            folder = posixpath.dirname(folder)
        if folder:
            yield _both(claim, taken[folder])


def _both(claim: _Claim, other: _Claim) -> Mistake:
    wrong = f'its address "{claim.address}" is taken by {other.place}'
    return Mistake(claim.path, claim.line, wrong, 'give one of the two another "Slug: …" or name')
