"""The posts of a run of Pelican as the cards need them: their days, and the events they tell of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import quote

from metrics_insight.model import Post
from metrics_insight.sources import posts


def of(generator: Any) -> tuple[Post, ...]:
    """The posts that the world sees, in the order of their files; translations are left out.

    A draft, a hidden post and one that a plugin hides by its date tell nothing to the cards of
    others, for a reader could not follow the link; with INSIGHT_DRAFTS, in a preview, they do.
    """
    seen = list(generator.articles)
    if generator.settings.get("INSIGHT_DRAFTS"):
        seen += chain(generator.hidden_articles, generator.drafts)
    return tuple(sorted(map(_post, seen), key=lambda post: post.file))


def shown(content: Any) -> str:
    """The name of a source as an author knows it."""
    return f"{Path(content.settings['PATH']).name}/{content.get_relative_source_path()}"


def day_of(content: Any) -> date | None:
    """The post's date; a draft without one has Pelican's far future, which is none."""
    moment = getattr(content, "date", None)
    return moment.date() if moment is not None and moment.year < 9999 else None


def _post(article: Any) -> Post:
    # Pelican knows a post's address when all are read, and fills it in when a page is written
    address = "{filename}/" + quote(article.get_relative_source_path())
    told = tuple(_told(article))
    return Post(shown(article), str(article.title), day_of(article), address, posts.told(told))


def _told(article: Any) -> Iterator[tuple[int, str]]:
    """The ``Event:`` headers as Pelican read them, each with its line where that is known."""
    written = article.metadata.get("event")
    if written is None:
        return
    values = written if isinstance(written, list) else str(written).split("\n")
    lines = [line for line, _ in _headers(article).get("event", [])]
    known = lines if len(lines) == len(values) else [0] * len(values)
    yield from zip(known, (str(value).strip() for value in values), strict=True)


def _headers(article: Any) -> dict[str, list[posts.Header]]:
    try:
        text = Path(article.source_path).read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return {}
    return posts.headers(text)
