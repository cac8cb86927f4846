"""Pelican, run once in this process into a folder aside, the same on every machine."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pelican
from pelican.generators import ArticlesGenerator, PagesGenerator
from pelican.plugins import signals

from harvest import fast, hearing, steady, theme_faults
from harvest.posts import Post
from harvest.site import Site, copied
from mistakes import Mistake

_DRAFTS = tuple(
    f"DRAFT_{page}{lang}{key}"
    for page in ("", "PAGE_")
    for lang in ("", "LANG_")
    for key in ("SAVE_AS", "URL")
)


@dataclass(frozen=True)
class Pressed:
    """What one run of Pelican made: how many of each, which source each page is from.

    ``later`` are posts after SITE_DATE, ``untold`` translations of what is not published,
    ``unchecked`` posts that are no Markdown and that no check of ours has seen.
    """

    posts: int = 0
    translations: int = 0
    hidden: int = 0
    drafts: int = 0
    later: int = 0
    pages: int = 0
    untold: int = 0
    unchecked: int = 0
    of_page: Mapping[str, str] = field(default_factory=dict)
    mistakes: tuple[Mistake, ...] = ()


def press(site: Site, folder: Path, expected: tuple[Post, ...]) -> Pressed:
    """The site written into ``folder``; a post that is expected and not there is a mistake."""
    generators: list[Any] = []
    with hearing.taking_down(site.root, site.content) as heard, _steadily(generators.extend):
        try:
            pelican.Pelican({**copied(site.settings), **_aside(folder)}).run()
        except Exception as error:
            mistake = theme_faults.told(error, site)
            if mistake is None:
                raise
            return Pressed(mistakes=(*heard, mistake))
    return _pressed(site, folder, generators, expected, heard)


def _aside(folder: Path) -> dict[str, Any]:
    """The settings that differ from the author's: where to write, and that drafts are not."""
    return {
        "OUTPUT_PATH": str(folder),
        "DELETE_OUTPUT_DIRECTORY": False,
        "CACHE_CONTENT": False,
        "LOAD_CONTENT_CACHE": False,
        "STATIC_CREATE_LINKS": False,
        "DEBUG": False,
        **dict.fromkeys(_DRAFTS, ""),
    }


@contextmanager
def _steadily(take: Callable[[Any], None]) -> Iterator[None]:
    """Pelican quiet, quick and steady, its drafts unwritten, its generators handed over."""

    def finished(generators: Any) -> None:
        take(generators)
        settle()
        for generator in generators:
            for draft in _lists(generator, "draft"):
                # a header may give a draft an address of its own
                vars(draft).pop("override_save_as", None)

    signals.all_generators_finalized.connect(finished)
    try:
        with fast.paths() as settle, steady.held(), fast.replaced(pelican.console, "quiet", True):
            yield
    finally:
        signals.all_generators_finalized.disconnect(finished)


def _lists(generator: Any, kind: str) -> list[Any]:
    """All articles or pages of one kind that a generator holds, translations too."""
    return [
        one
        for name, many in vars(generator).items()
        if name.startswith(kind) and isinstance(many, list)
        for one in many
    ]


def _pressed(
    site: Site,
    folder: Path,
    generators: list[Any],
    expected: tuple[Post, ...],
    heard: list[Mistake],
) -> Pressed:
    posts = next(one for one in generators if isinstance(one, ArticlesGenerator))
    pages = next(one for one in generators if isinstance(one, PagesGenerator))
    public = [
        *posts.articles, *posts.translations, *posts.hidden_articles, *posts.hidden_translations,
    ]  # fmt: skip
    written = [
        *public,
        *pages.pages, *pages.translations, *pages.hidden_pages, *pages.hidden_translations,
    ]  # fmt: skip
    of_page = {os.path.normpath(one.save_as): site.shown(one.source_path) for one in written}
    lost = [
        *_unread(posts.context["generated_content"], expected, heard),
        *_unwritten(folder, of_page),
    ]
    checked = {post.path for post in expected}
    # weblog makes a draft of a post dated after SITE_DATE; the author did not
    later = sum(getattr(draft, "is_after_site_date", False) for draft in posts.drafts)
    return Pressed(
        posts=len(posts.articles),
        translations=len(posts.translations),
        hidden=len(posts.hidden_articles),
        drafts=len(posts.drafts) - later,
        later=later,
        pages=len(pages.pages),
        untold=len(posts.hidden_translations) + len(posts.drafts_translations),
        unchecked=sum(
            site.shown(one.source_path) not in checked for one in (*public, *_lists(posts, "draft"))
        ),
        of_page=of_page,
        mistakes=(*heard, *lost),
    )


def _unread(
    known: Mapping[str, Any], expected: tuple[Post, ...], heard: list[Mistake]
) -> Iterator[Mistake]:
    told = {mistake.path for mistake in heard if not mistake.doubtful}
    for post in expected:
        if known.get(post.name) is None and post.path not in told and post.status != "skip":
            yield post.mistake(None, "Pelican left this post out and did not say why")


def _unwritten(folder: Path, of_page: Mapping[str, str]) -> Iterator[Mistake]:
    for name, path in of_page.items():
        if not (folder / name).is_file():
            yield Mistake(path, None, f'its page "{name}" was not written')
