"""Old addresses lead on: a small page with the new one, a line for a host, a rule for Apache.

An old address keeps its path, whatever its host was: it works again where the old domain shows
this site. Nothing is written outside the output, and over nothing that the site has itself.
"""

from __future__ import annotations

import logging
import posixpath
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from pelican.utils import order_content
from pelican.writers import FileOverwriteFailedError

from comment_archive import ledger
from comment_archive.site import feeds, names, wording
from comment_archive.site.shelf import Shelf
from comment_archive.site.way import Again, Way, old
from mistakes import Mistake

logger = logging.getLogger(__name__)

_TAKEN = (FileExistsError, NotADirectoryError, IsADirectoryError, FileOverwriteFailedError)


def ways(shelf: Shelf, context: Mapping[str, Any], old_feeds: Iterable[str]) -> tuple[Way, ...]:
    """Every old address that leads on, each once; two posts that claim one are named."""
    found: dict[tuple[str, str], Way] = {}
    for one in chain(_of_texts(shelf, context), _of_site(shelf, context, old_feeds)):
        first = found.setdefault((one.path, one.query), one)
        if first.address != one.address:
            wrong = f'the old address "{one.path}" is that of {first.source}, too'
            _warn(one, wrong, "take it out of one of them")
    return tuple(found[key] for key in sorted(found) if key[0] != found[key].address)


def write(shelf: Shelf, context: Mapping[str, Any], found: tuple[Way, ...]) -> None:
    """Write the small pages, the copies of feeds and the files for hosts."""
    statics = {str(one.get_url_setting("save_as")) for one in context.get("staticfiles", ())}
    if "pages" in shelf.options.moved:
        for one in found:
            _put(one, shelf, context, statics)
    for name in ("_redirects", ".htaccess"):
        if found and name in shelf.options.moved and name not in statics:
            _put_rules(name, shelf, context, found)


def _warn(way: Way, wrong: str, right: str) -> None:
    logger.warning("%s", Mistake(way.source, None, wrong, right, doubtful=True))


def _put(way: Way, shelf: Shelf, context: Mapping[str, Any], statics: set[str]) -> None:
    file = way.file or way.copy
    try:
        if file in statics:
            raise FileExistsError
        if way.file:
            page = shelf.environment.get_template("moved.html")
            say = wording.catalogue(way.language).say
            to = _from(way, context["RELATIVE_URLS"])
            canonical = urljoin(context["SITEURL"], way.address) if context["SITEURL"] else to
            shelf.writer.write_file(
                file, page, context, moved=way, to=to, canonical=canonical, say=say
            )
        elif file and way.again:
            way.again(file)
    except _TAKEN:
        wrong = f'the old address "{way.path}" is the place of something else of this site'
        _warn(way, wrong, "nothing leads on from there")


def _put_rules(name: str, shelf: Shelf, context: Mapping[str, Any], found: tuple[Way, ...]) -> None:
    env = shelf.environment.overlay(autoescape=False, keep_trailing_newline=True)
    template = env.get_template(name.removeprefix("."))
    try:
        shelf.writer.write_file(name, template, context, redirects=found)
    except FileOverwriteFailedError:  # the weblog plugin wrote it, these rules in it
        logger.debug("%s was written before", name)


def _from(way: Way, is_relative: bool) -> str:  # noqa: FBT001 - a setting of Pelican
    """The address as the small page writes it."""
    if not is_relative:
        return way.address
    return quote(posixpath.relpath(way.save_as, posixpath.dirname(way.file) or "."))


# --- what was where -----------------------------------------------------------------------


def _of_texts(shelf: Shelf, context: Mapping[str, Any]) -> Iterator[Way]:
    """The old addresses of posts and pages, and of their comment feeds."""
    for text in _texts(context):
        source = names.shown(text)
        for path, query, inside in old(_listed(text, "old_urls"), context["SITEURL"]):
            title, language = names.title(text), str(text.lang)
            yield Way(
                path, query, inside, _address(context, text.url), title, language, source,
                save_as=str(text.save_as),
            )  # fmt: skip
        thread = getattr(text, "thread", None)
        if thread:
            yield from _of_feeds(
                _listed(text, "old_comment_feeds"),
                {feed.form: _again(shelf, context, feed) for feed in feeds.of_thread(thread)},
                context,
                source,
            )


def _of_site(shelf: Shelf, context: Mapping[str, Any], old_feeds: Iterable[str]) -> Iterator[Way]:
    """The old feeds of the whole blog: of its posts, and of its comments."""
    groups: tuple[list[str], list[str]] = ([], [])
    for url in old_feeds:
        groups["comment" in url.lower()].append(url)
    of_comments = {feed.form: _again(shelf, context, feed) for feed in feeds.of_site(shelf)}
    source = f"{Path(context['PATH']).name}/{ledger.NAME}"
    yield from _of_feeds(groups[0], _of_posts(shelf, context), context, source)
    yield from _of_feeds(groups[1], of_comments, context, source)


def _of_feeds(
    urls: Iterable[str],
    here: Mapping[str, tuple[str, Again]],
    context: Mapping[str, Any],
    source: str,
) -> Iterator[Way]:
    """The old addresses of a feed that is here in these forms."""
    for path, query, inside in old(urls, context["SITEURL"]):
        wanted = "atom" if "atom" in f"{path}?{query}".lower() else "rss"
        known = here.get(wanted) or next(iter(here.values()), None)
        if known:
            address, again = known
            yield Way(path, query, inside, _address(context, address), source=source, again=again)


def _again(shelf: Shelf, context: Mapping[str, Any], feed: feeds.Feed) -> tuple[str, Again]:
    return feed.path, lambda path: feeds.put(shelf, context, shelf.writer, feed, path)


def _of_posts(shelf: Shelf, context: Mapping[str, Any]) -> dict[str, tuple[str, Again]]:
    """The site's own feeds as Pelican makes them: form, address, and how to write one again."""
    found: dict[str, tuple[str, Again]] = {}
    for form in ("atom", "rss"):
        for name in (f"FEED_{form.upper()}", f"FEED_ALL_{form.upper()}"):
            if (path := context.get(name)) and form not in found:
                url = str(context.get(f"{name}_URL", path))
                posts = _posts(context, with_translations=name.startswith("FEED_ALL"))
                found[form] = url, partial(_write_posts, shelf, posts, url, form)
    return found


def _posts(context: Mapping[str, Any], *, with_translations: bool) -> list[Any]:
    posts = list(context["articles"])
    if not with_translations:
        return posts
    posts += [one for post in posts for one in post.translations]
    return list(order_content(posts, context["ARTICLE_ORDER_BY"]))


def _write_posts(shelf: Shelf, posts: list[Any], url: str, form: str, path: str) -> None:
    shelf.writer.write_feed(posts, shelf.context, path, url, feed_type=form)


def _texts(context: Mapping[str, Any]) -> Iterator[Any]:
    """Every post and page that the world sees, translations too."""
    for name in ("articles", "hidden_articles", "pages", "hidden_pages"):
        for text in context.get(name, ()):
            yield from (text, *text.translations)


def _listed(text: Any, name: str) -> tuple[str, ...]:
    given = text.metadata.get(name, "")
    return tuple(" ".join(given if isinstance(given, list) else [str(given)]).split())


def _address(context: Mapping[str, Any], url: str) -> str:
    """A path of the site from the root of its host."""
    root = urlsplit(context["SITEURL"]).path.rstrip("/")
    return f"{root}/{quote(url.lstrip('/'), safe='/%:?&=#@+,;~')}"
