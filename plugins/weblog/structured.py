"""A page told to machines, as JSON-LD: a post as BlogPosting, the home page as the blog.

Written into ``<script type="application/ld+json">``, which is data: no policy refuses it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import pass_context
from markupsafe import Markup
from pelican import signals

from weblog.sharing import Person, Sharing, Site

# What would end the script element, or the line, is written as an escape of JSON.
_ESCAPES = {ord(each): f"\\u{ord(each):04x}" for each in "<>&\u2028\u2029"}


@dataclass(frozen=True)
class Linked:
    """The linked data of a site's pages, and what templates call it by."""

    site: Site

    @pass_context
    def linked_data(self, context: Mapping[str, Any]) -> Markup:
        """The JSON of the page being written, empty where there is nothing to tell."""
        post = context.get("article")
        if post is not None:
            told = posting(self.site.article(post), self._blog())
            if thread := getattr(post, "thread", None):  # of a plugin that keeps comments
                told |= {"commentCount": thread.count, "comment": thread.linked_data}
            return written(told)
        if context.get("output_file") == self.site.settings["INDEX_SAVE_AS"]:
            return written(home(self.site.page(context), self._blog()))
        return Markup()

    def _blog(self) -> str:
        return self.site.absolute("")


def register() -> None:
    """Offer the data when the settings are known."""
    signals.initialized.connect(offer)


def offer(pelican: Any) -> None:
    """Add the global ``linked_data``."""
    site = Site(pelican.settings)
    pelican.settings["JINJA_GLOBALS"]["linked_data"] = Linked(site).linked_data


def posting(post: Sharing, blog: str) -> dict[str, Any]:
    """A post as schema.org's BlogPosting."""
    return _told(
        {
            "@context": "https://schema.org",
            "@type": "BlogPosting",
            "headline": post.title,
            "description": post.description,
            "url": post.address,
            "mainEntityOfPage": post.address,
            "datePublished": post.published and post.published.isoformat(),
            "dateModified": post.modified and post.modified.isoformat(),
            "author": [_person(author) for author in post.authors],
            "image": post.picture,
            "inLanguage": post.language,
            "articleSection": post.section,
            "keywords": list(post.tags),
            "isPartOf": _told({"@type": "Blog", "name": post.site, "url": blog}),
        }
    )


def home(page: Sharing, blog: str) -> dict[str, Any]:
    """The home page: a web site, and the blog that it is."""
    about = {
        "name": page.site,
        "description": page.description,
        "url": blog,
        "image": page.picture,
        "inLanguage": page.language,
    }
    return {
        "@context": "https://schema.org",
        "@graph": [_told({"@type": kind, **about}) for kind in ("WebSite", "Blog")],
    }


def written(data: Mapping[str, Any]) -> Markup:
    r"""The data as JSON that no text in it can break out of.

    >>> str(written({"headline": "</script>"}))
    '{"headline":"\\u003c/script\\u003e"}'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_ESCAPES))  # noqa: S704 - nothing that HTML reads is left


def _person(author: Person) -> dict[str, str]:
    return _told({"@type": "Person", "name": author.name, "url": author.address})


def _told(data: Mapping[str, Any]) -> dict[str, Any]:
    """The data without what is not known."""
    return {key: value for key, value in data.items() if value}
