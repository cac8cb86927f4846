"""Feeds: each item of Pelican's Atom and RSS feeds, made to agree with the rules and readers.

Works on Pelican's own feeds through ``feed_generated``, for a writer can only be replaced
once. Pelican hands over items without their posts: a post is found again by its address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from posixpath import join
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from feedgenerator import Atom1Feed, Rss201rev2Feed, get_tag_uri
from feedgenerator.django.utils.encoding import iri_to_uri
from markupsafe import Markup
from pelican import signals

from weblog.feed_forms import Atom, Rss

FORMS = {Atom1Feed: Atom, Rss201rev2Feed: Rss}


@dataclass(frozen=True)
class Feed:
    """What one pair of feeds is about: addresses are paths in the site, None where it is off."""

    kind: str
    name: str
    page: str
    atom: str | None
    rss: str | None


@dataclass(frozen=True)
class Sources:
    """What the feeds of one build are made from: posts and subjects by absolute address."""

    posts: Mapping[str, Any]
    subjects: Mapping[str, Feed]


def register() -> None:
    """Know all posts before the first feed is made; finish each feed when it is."""
    signals.all_generators_finalized.connect(gather)
    signals.feed_generated.connect(finish)


def gather(generators: list[Any]) -> None:
    """Put ``feeds`` into every template, and the posts where `finish` finds them."""
    context = generators[0].context
    context["feeds"] = tuple(_feeds(context))
    posts = {_link(context, post): post for post in _posts(context)}
    for link, post in posts.items():  # other plugins tell of a post by the id it has here
        post.feed_id = _identity(context, post, get_tag_uri(link, post.date))
    context["feed_sources"] = Sources(
        posts=posts,
        subjects={
            _address(context, path, context["FEED_DOMAIN"]): feed
            for feed in context["feeds"]
            for path in (feed.atom, feed.rss)
            if path
        },
    )


def finish(context: Mapping[str, Any], feed: Any) -> None:
    """Give a feed its language, its own identity and items that keep theirs."""
    form = FORMS.get(type(feed))
    if form is None or "feed_sources" not in context:
        return
    sources = context["feed_sources"]
    feed.__class__ = form  # the class knows how to write; Pelican chose it without asking
    feed.feed.update(_channel(context, feed.feed, sources.subjects.get(feed.feed["feed_url"])))
    for item in feed.items:
        post = sources.posts.get(item["link"])
        if post is not None:
            item.update(_entry(context, post, item))
            item.update(_words(context, post, item, form))


def _feeds(context: Mapping[str, Any]) -> Iterator[Feed]:
    """Every pair of feeds of the site that Pelican writes: the site's first."""
    yield Feed("site", context["SITENAME"], "", _site(context, "ATOM"), _site(context, "RSS"))
    for kind, groups in (("category", "categories"), ("tag", "tags"), ("author", "authors")):
        for subject, _posts in sorted(context.get(groups, ()), key=lambda group: group[0].slug):
            atom, rss = (_path(context, f"{kind.upper()}_FEED_{form}") for form in ("ATOM", "RSS"))
            yield Feed(
                kind,
                subject.name,
                subject.url,
                atom and atom.format(slug=subject.slug),
                rss and rss.format(slug=subject.slug),
            )


def _site(context: Mapping[str, Any], form: str) -> str | None:
    return _path(context, f"FEED_{form}") or _path(context, f"FEED_ALL_{form}")


def _path(context: Mapping[str, Any], setting: str) -> str | None:
    """The public address of a feed, which may be another than the file's."""
    path = context.get(setting)
    return str(context.get(f"{setting}_URL", path)) if path else None


def _posts(context: Mapping[str, Any]) -> Iterator[Any]:
    for post in context.get("articles", ()):
        yield from chain([post], post.translations)


def _link(context: Mapping[str, Any], post: Any) -> str:
    """A post's address exactly as Pelican writes it into a feed."""
    ref = "?ref=feed" if context["FEED_APPEND_REF"] else ""
    return _address(context, post.url, context["SITEURL"]) + ref


def _address(context: Mapping[str, Any], path: str, site: str) -> str:
    """A path of the site as an address, joined as Pelican's writer joins it."""
    relative = context["RELATIVE_URLS"]
    return str(iri_to_uri(join(site, path) if relative else urljoin(f"{site}/", path)))


def _channel(
    context: Mapping[str, Any], channel: Mapping[str, Any], about: Feed | None
) -> dict[str, Any]:
    """What is said of the whole feed; its id is its own address, as no two may share one."""
    changed: dict[str, Any] = {
        "language": context["DEFAULT_LANG"],
        "id": channel["feed_url"],
        "author_name": str(context.get("AUTHOR") or context["SITENAME"]),
        "description": channel["description"] or context["SITENAME"],
    }
    if about is not None:
        name = "" if about.kind == "site" else f" - {about.name}"
        changed["link"] = _address(context, about.page, context["SITEURL"]) or "/"
        changed["title"] = _text(context, context["SITENAME"] + name)
    return changed


def _entry(context: Mapping[str, Any], post: Any, item: Mapping[str, Any]) -> dict[str, Any]:
    """What is said about a post: title, identity, dates, people, subjects."""
    written = _whole_minutes(item["pubdate"])
    changed = item["updateddate"] and _whole_minutes(item["updateddate"])
    people = [
        (author.name, _address(context, author.url, context["SITEURL"]))
        for author in getattr(post, "authors", ())
    ]
    name, link = people[0] if people else (None, None)
    return {
        "title": _text(context, post.title) or post.slug,
        "unique_id": post.feed_id,
        "unique_id_is_permalink": False,
        "pubdate": written,
        "updateddate": max(written, changed or written),
        "author_name": name,
        "author_link": link,
        "more_authors": tuple(people[1:]),
        "categories": _once(item["categories"]),
        "language": post.lang,
        "replies": getattr(post, "replies", None),  # of a plugin that keeps comments
    }


def _words(
    context: Mapping[str, Any], post: Any, item: Mapping[str, Any], form: type
) -> dict[str, Any]:
    """The excerpt and the full text; Pelican puts only one of them into an RSS item."""
    excerpt = str(post.summary) or None
    if form is Rss and context["RSS_FEED_SUMMARY_ONLY"]:
        return {"description": excerpt}
    is_elsewhere = form is Rss and not item["content"]
    full = item["description"] if is_elsewhere else item["content"]
    return {"description": excerpt, "content": full}


def _identity(context: Mapping[str, Any], post: Any, tag: str) -> str:
    """The header ``Guid:``, else Pelican's tag URI: the day, the host and the address.

    It changes with the file's name and the day, not with the words; FEED_ID_HOST keeps the
    host in it when a site moves.
    """
    guid = str(getattr(post, "guid", "")).strip()
    if guid:
        return guid
    host = context.get("FEED_ID_HOST") or urlsplit(context["SITEURL"]).hostname or "localhost"
    day_and_path = tag.partition(",")[2]
    return re.sub(r'[\s<>"{}|\\^`]', lambda found: quote(found[0]), f"tag:{host},{day_and_path}")


def _text(context: Mapping[str, Any], title: str) -> str:
    """A title as text: where templates do not escape, a title is HTML and may have markup."""
    is_text = context["JINJA_ENVIRONMENT"].get("autoescape", False)
    text = title if is_text else Markup(title).striptags()  # noqa: S704 - no markup is left of it
    return " ".join(text.split())


def _whole_minutes(moment: datetime) -> datetime:
    """The moment in a zone that RFC 3339 can write: old local times were off by seconds."""
    offset = moment.utcoffset()
    return moment.astimezone(UTC) if offset is None or offset.total_seconds() % 60 else moment


def _once(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names, each once whatever its capitals, in their order."""
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(name.casefold(), name)
    return tuple(first.values())
