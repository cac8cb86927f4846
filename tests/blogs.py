"""Tiny blogs for the tests of the weblog plugin: a few posts, a theme of one line a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import feedparser
from lxml import etree
from pelican import Pelican, signals
from pelican.settings import read_settings

SITEURL = "https://blog.example"
ADDRESSES = {
    "ARTICLE_URL": "{date:%Y}/{date:%m}/{slug}/",
    "ARTICLE_SAVE_AS": "{date:%Y}/{date:%m}/{slug}/index.html",
    "ARTICLE_LANG_URL": "{lang}/{date:%Y}/{date:%m}/{slug}/",
    "ARTICLE_LANG_SAVE_AS": "{lang}/{date:%Y}/{date:%m}/{slug}/index.html",
    "CATEGORY_URL": "category/{slug}/",
    "AUTHOR_URL": "author/{slug}/",
    "SLUGIFY_SOURCE": "basename",
}
FEEDS = {
    "FEED_ATOM": "feeds/atom.xml",
    "FEED_RSS": "feeds/rss.xml",
    "CATEGORY_FEED_ATOM": "feeds/category/{slug}.atom.xml",
    "CATEGORY_FEED_RSS": "feeds/category/{slug}.rss.xml",
    "TAG_FEED_ATOM": "feeds/tag/{slug}.atom.xml",
    "TAG_FEED_RSS": "feeds/tag/{slug}.rss.xml",
    "FEED_ALL_ATOM": None,
    "AUTHOR_FEED_ATOM": None,
    "AUTHOR_FEED_RSS": None,
    "TRANSLATION_FEED_ATOM": None,
    "RSS_FEED_SUMMARY_ONLY": False,
}
PLAIN = {
    "PLUGINS": ["weblog"],
    "SITEURL": SITEURL,
    "SITENAME": "A blog",
    "AUTHOR": "Ana Sample",
    "TIMEZONE": "UTC",
    "LOCALE": ["C"],
    "DIRECT_TEMPLATES": ["index"],
    "ARTICLE_PATHS": ["posts"],
    "STATIC_PATHS": [],
    "JINJA_ENVIRONMENT": {"trim_blocks": True, "lstrip_blocks": True, "autoescape": True},
}


@dataclass(frozen=True)
class Blog:
    """A blog that was built: its folder, and what its parts are read as."""

    output: Path
    context: Mapping[str, Any]

    def text(self, path: str) -> str:
        """A file of the output."""
        return (self.output / path).read_text("utf-8")

    def feed(self, path: str = "feeds/atom.xml") -> Any:
        """A feed as a reader has it, its HTML untouched."""
        read = feedparser.parse((self.output / path).read_bytes(), sanitize_html=False)
        assert not read.bozo, read.bozo_exception
        return read

    def xml(self, path: str = "feeds/atom.xml") -> etree._Element:
        """A file of XML as a tree."""
        return etree.fromstring((self.output / path).read_bytes())

    def post(self, slug: str, language: str = "en") -> Any:
        """A post as templates have it, a draft too."""
        originals = [*self.context["articles"], *self.context["drafts"]]
        posts = [each for one in originals for each in (one, *one.translations)]
        return next(each for each in posts if (each.slug, each.lang) == (slug, language))


def build(
    folder: Path,
    posts: Mapping[str, str],
    templates: Mapping[str, str] | None = None,
    **settings: Any,
) -> Blog:
    """A blog of these posts (file name: text); templates and settings are added to plain ones."""
    write(folder / "content" / "posts", posts)
    (folder / "content" / "pages").mkdir(parents=True, exist_ok=True)
    write(folder / "theme" / "templates", {"article.html": "{{ article.title }}"})
    write(folder / "theme" / "templates", templates or {})
    (folder / "theme" / "static").mkdir(exist_ok=True)
    own = {
        "PATH": str(folder / "content"),
        "OUTPUT_PATH": str(folder / "output"),
        "THEME": str(folder / "theme"),
    }
    pelican = Pelican(read_settings(override={**PLAIN, **ADDRESSES, **FEEDS, **own, **settings}))
    return Blog(folder / "output", run(pelican))


def run(pelican: Pelican) -> Mapping[str, Any]:
    """Build, and give what the templates were given."""
    seen: dict[str, Any] = {}

    def keep(generators: list[Any]) -> None:
        seen["context"] = generators[0].context

    with signals.all_generators_finalized.connected_to(keep):
        pelican.run()
    return seen["context"]


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Write the files of a folder."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8", newline="")


def post(
    words: str = "Plain words.", *, title: str = "A title", date: str = "2025-03-03", **header: str
) -> str:
    """A post in Markdown with a header of these lines."""
    lines = {"Title": title, "Date": date, **{name.capitalize(): v for name, v in header.items()}}
    return "".join(f"{name}: {value}\n" for name, value in lines.items()) + f"\n{words}\n"
