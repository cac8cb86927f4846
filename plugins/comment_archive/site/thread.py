"""The thread of a post as templates have it: {{ article.thread }} and what it can be asked."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from jinja2 import TemplateError
from markupsafe import Markup, escape

from catalogue import Catalogue
from comment_archive.markup.tags import text
from comment_archive.model import Comment
from comment_archive.model import Thread as Kept
from comment_archive.site import conversation, names, wording
from comment_archive.site.conversation import Conversation, Shown
from comment_archive.site.shelf import Shelf

MOST_LINKED = 200  # comments told to machines; a page of thousands would double

logger = logging.getLogger(__name__)
_ESCAPES = {ord(each): f"\\u{ord(each):04x}" for each in "<>&\u2028\u2029"}


@dataclass(frozen=True)
class Thread:
    """The closed thread of one post or page.

    As text it is its HTML, so that ``{{ article.thread }}`` shows it with and without
    autoescaping; an address is a path in the site, empty where that feed is off.
    """

    kept: Kept
    post: Any
    shelf: Shelf

    @cached_property
    def conversation(self) -> Conversation:
        """What readers see, arranged."""
        return conversation.arranged(self.kept, names.of(self.post))

    @property
    def count(self) -> int:
        """How many comments readers see; mentions elsewhere are not counted."""
        return self.conversation.count

    @property
    def entries(self) -> tuple[Comment, ...]:
        """The comments and mentions of its feeds, in the order they were made."""
        return self.kept.shown

    @property
    def counted(self) -> str:
        """The count in words of the post's language: 4 comments."""
        return self.words.say("count", n=self.count)

    @property
    def words(self) -> Catalogue:
        """The phrases of the post's language."""
        return wording.catalogue(self.language)

    @property
    def language(self) -> str:
        """The language of the post."""
        return str(getattr(self.post, "lang", "en"))

    @property
    def title(self) -> str:
        """What its feeds are called."""
        return self.words.say("comments_on", title=names.title(self.post))

    @property
    def atom(self) -> str:
        """The path of its Atom feed."""
        return self._feed("COMMENT_FEED_ATOM")

    @property
    def rss(self) -> str:
        """The path of its RSS feed."""
        return self._feed("COMMENT_FEED_RSS")

    @property
    def linked_data(self) -> list[dict[str, Any]]:
        """Its comments as schema.org's Comment, the first of a very long thread."""
        return [_linked(one) for one in self.entries[:MOST_LINKED] if one.html]

    @property
    def linked_json(self) -> Markup:
        """The same as JSON that no word in it can break out of, for a page that has none yet."""
        if "linked_data" in self.post.settings["JINJA_GLOBALS"]:  # the post's own data hold them
            return Markup()
        told = {
            "@context": "https://schema.org",
            "@type": "BlogPosting",
            "headline": names.title(self.post),
            "commentCount": self.count,
            "comment": self.linked_data,
        }
        text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        return Markup(text.translate(_ESCAPES))  # noqa: S704 - nothing that HTML reads is left

    def __str__(self) -> str:
        return self.__html__()

    def __html__(self) -> str:
        """The HTML of the thread, its links as the page that is being written needs them."""
        site = self.post.get_siteurl()
        page = Page(self, site)
        try:
            template = self.shelf.environment.get_template("thread.html")
            return template.render(thread=self, page=page, SITEURL=site, **page.given())
        except TemplateError as error:  # Pelican would stop, or drop the post
            logger.error("%s: its thread could not be shown (%s)", self.post.source_path, error)  # noqa: TRY400
            return ""

    def _feed(self, setting: str) -> str:
        pattern = self.shelf.options.feeds[setting]
        is_public = getattr(self.post, "status", "") in ("published", "hidden")
        return pattern.format(slug=self.kept.slug) if pattern and is_public else ""


@dataclass(frozen=True)
class Page:
    """What a template asks of a comment: its words, its author, its moment."""

    thread: Thread
    site: str

    def given(self) -> Mapping[str, Any]:
        """What every page says around the comments."""
        words, told = self.thread.words, self.thread.conversation
        return {
            "conversation": told,
            "say": words.say,
            "span": wording.span(told.first, told.last, words),
            "contact": self._contact(),
            "follow": self._follow(),
        }

    def html(self, one: Shown) -> Markup:
        """The words of a comment, sanitised when they were read."""
        html = one.comment.html
        if "{" in html or "|" in html:  # a link to another post of the site
            html = self.thread.post._update_content(html, self.site)  # noqa: SLF001
        return Markup(html)  # noqa: S704 - nothing but the list of `sanitise` is in it

    def name(self, one: Shown) -> str:
        """The author's name, or that there is none."""
        return one.comment.author or self.thread.words.say("anonymous")

    def initials(self, one: Shown) -> str:
        """The letters in place of a picture."""
        return conversation.initials(one.comment.author)

    def url(self, one: Shown) -> str:
        """Where the author's name leads, empty where nowhere."""
        url = one.comment.url
        return url if self.thread.shelf.options.links_to(url) else ""

    def moment(self, one: Shown) -> str:
        """When it was written, with the zone."""
        at = one.comment.moment
        return wording.moment(at, self.thread.words) if at else self.thread.words.say("undated")

    def _follow(self) -> Markup:
        """The sentence that leads to the feed, empty where there is none."""
        words, path = self.thread.words, self.thread.atom or self.thread.rss
        if not path:
            return Markup()
        link = Markup('<a href="{}/{}">{}</a>').format(self.site, path, words.say("comment_feed"))
        return _filled(words.say("follow", feed="{feed}"), feed=link)

    def _contact(self) -> Markup:
        """Whom to ask for a removal, empty where the setting is."""
        words, given = self.thread.words, self.thread.shelf.options.contact
        if not given:
            return Markup()
        parts = urlsplit(given)
        if "@" in given and not parts.netloc:
            mail = given.removeprefix("mailto:")
            link = Markup('<a href="mailto:{}">{}</a>').format(mail, mail)
            return _filled(words.say("contact", contact="{contact}"), contact=link)
        url = given if parts.netloc else f"{self.site}/{given.lstrip('/')}"
        link = Markup('<a href="{}">{}</a>').format(url, given)
        return _filled(words.say("contact_page", contact="{contact}"), contact=link)


def _filled(sentence: str, **links: Markup) -> Markup:
    return escape(sentence).format(**links)


def _linked(one: Comment) -> dict[str, Any]:
    told = {
        "@type": "Comment",
        "@id": f"#comment-{one.id}",
        "datePublished": one.moment.isoformat() if one.moment else None,
        "author": {"@type": "Person", "name": one.author} if one.author else None,
        "text": text(one.html),
        "parentItem": {"@id": f"#comment-{one.parent}"} if one.parent else None,
    }
    return {key: value for key, value in told.items() if value}
