"""The neighbours of a post: the one written before it and the one written after."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

from pelican import signals


def register() -> None:
    """Know the neighbours when all posts are known."""
    signals.article_generator_finalized.connect(add_neighbours)


def add_neighbours(generator: Any) -> None:
    """Give every post ``previous_post`` and ``next_post``; a draft or hidden post has none."""
    unlisted = chain(generator.hidden_articles, generator.hidden_translations)
    drafts = chain(generator.drafts, generator.drafts_translations)
    for post in chain(generator.translations, unlisted, drafts):
        post.previous_post = post.next_post = None
    posts = in_order(generator.articles)
    for before, post, after in zip([None, *posts], posts, [*posts[1:], None], strict=False):
        for each in (post, *post.translations):
            each.previous_post = in_language(before, each.lang)
            each.next_post = in_language(after, each.lang)


def in_order(posts: Iterable[Any]) -> list[Any]:
    """The posts, oldest first; those of one moment by slug, as a newest-first list has them."""
    by_slug = sorted(posts, key=lambda post: post.slug)
    return sorted(by_slug, key=lambda post: post.date, reverse=True)[::-1]


def in_language(post: Any, language: str) -> Any:
    """The post in this language, or as it is where there is no such translation."""
    if post is None:
        return None
    return next((each for each in post.translations if each.lang == language), post)
