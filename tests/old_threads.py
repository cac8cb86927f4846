"""Archived threads made by hand for the tests, and small sites that show them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import blogs
from blogs import Blog, post
from comment_archive import archive
from comment_archive.model import Comment, Thread

DAY = datetime(2010, 5, 3, 8, 15, tzinfo=UTC)
SHOWN = {
    "article.html": "<!doctype html><title>{{ article.title }}</title>{{ article.content|safe }}\n"
    "{{ article.thread }}",
    "page.html": "{{ page.content|safe }}{{ page.thread }}",
    "index.html": "{% for one in recent_comments %}{{ one.author }} on {{ one.title }}"
    " {{ one.url }}\n{% endfor %}",
}
ALONE = {"PLUGINS": ["comment_archive"], "RECENT_COMMENTS": 5}


def said(name: str = "1", html: str = "<p>Yes.</p>", **more: Any) -> Comment:
    """A comment by Bo Sample."""
    given = {"author": "Bo Sample", "url": "", "moment": DAY, **more}
    return Comment(id=name, html=html, **given)


def chain(length: int) -> list[Comment]:
    """Comments of which each answers the one before, an hour later."""
    return [
        said(str(n), parent=str(n - 1) if n else "", moment=DAY + timedelta(hours=n))
        for n in range(length)
    ]


def keep(content: Path, *threads: Thread) -> None:
    """Write threads as an import would."""
    folder = content / archive.FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for one in threads:
        (folder / f"{one.slug}.json").write_text(archive.written(one), "utf-8")


def build(
    folder: Path, *comments: Comment, posts: Mapping[str, str] | None = None, **settings: Any
) -> Blog:
    """A blog with the post "tea" and these comments under it, with this plugin alone."""
    if comments:
        keep(folder / "content", Thread("tea", comments))
    given = {"tea.md": post(title="Tea", date="2010-05-02"), **(posts or {})}
    return blogs.build(folder, given, SHOWN, **{**ALONE, **settings})


PAGE = "2010/05/tea/index.html"
ATOM = "feeds/comments/tea.atom.xml"
RSS = "feeds/comments/tea.rss.xml"
