"""The newest posts, for the margin of every page: made once, so that no page reads all posts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pelican import signals


@dataclass(frozen=True)
class Recent:
    """What the margin tells of a post."""

    title: str
    url: str


def register() -> None:
    """Give templates ``recent_posts``, as many as RECENT_POSTS says."""
    signals.article_generator_finalized.connect(_add_recent)


def _add_recent(generator: Any) -> None:
    newest = generator.articles[: generator.settings.get("RECENT_POSTS", 0)]
    generator.context["recent_posts"] = tuple(Recent(str(post.title), post.url) for post in newest)
