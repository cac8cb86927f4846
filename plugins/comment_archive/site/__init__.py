"""The door for Pelican: threads under posts, comment feeds, links to comments, old addresses.

    initialized                 the settings are checked                         options
    get_generators              the threads are read for this run                shelf
    content_object_init         imported names are made harmless; links to       inert
                                comments lead to them                            quotes
    all_generators_finalized    each thread finds its post; what is newest       thread, recent
                                and what has moved is known                      moved
    article_writer_finalized    the comment feeds are written                    feeds
    feed_generated              … and filled; feeds of posts tell of replies     feeds
    finalized                   old addresses lead on                            moved

Templates get ``article.thread`` and ``page.thread`` (a `Thread`, which shows itself), and
``recent_comments``, ``comment_feeds`` and ``redirects``. Nothing here raises but for settings:
what cannot be read is logged as an error, and the page stays.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pelican import signals
from pelican.contents import Article, Page

from comment_archive import ledger
from comment_archive.site import feeds, in_content, inert, moved, options, quotes, recent
from comment_archive.site.shelf import KEY, Shelf, alias, tell
from comment_archive.site.thread import Thread
from mistakes import Mistake, Mistakes

logger = logging.getLogger(__name__)

_LISTS = ("articles", "hidden_articles", "drafts", "pages", "hidden_pages", "draft_pages")


def register() -> None:
    """Connect the receivers; each is a function of this module, for signals hold them weakly."""
    signals.initialized.connect(check)
    signals.get_generators.connect(put_up)
    signals.content_object_init.connect(receive)
    signals.all_generators_finalized.connect(bring_together)
    signals.article_writer_finalized.connect(write_feeds)
    signals.feed_generated.connect(fill_feed)
    signals.finalized.connect(lead_on)


def check(pelican: Any) -> None:
    """Raise `Mistakes` where a setting of ours cannot be read."""
    options.of(pelican.settings)


def put_up(pelican: Any) -> None:
    """Read the threads, so that a rebuild in the same process reads them again."""
    pelican.settings[KEY] = Shelf.of(pelican.settings)


def receive(content: Any) -> None:
    """Settle what a post or page says and is called, when it is read."""
    shelf = content.settings.get(KEY)
    if shelf is None or not isinstance(content, Article | Page):
        return
    inert.settle(content)
    quotes.answer(content, shelf)


def bring_together(generators: list[Any]) -> None:
    """Give each thread to its post, and templates what they show of all of them."""
    context = generators[0].context
    shelf = generators[0].settings.get(KEY)
    if shelf is None:
        return
    context[KEY] = shelf
    for content in _contents(generators):
        _give_thread(content, shelf, context)
    for slug, thread in shelf.threads.items():
        if thread.shown and slug not in shelf.posts:
            wrong, right = f'no post or page has the slug "{slug}"', "its comments are not shown"
            path = f"{Path(generators[0].settings['PATH']).name}/{alias(slug)}"
            logger.warning("%s", Mistake(path, None, wrong, right, doubtful=True))
    for post in shelf.posts.values():
        post.replies = feeds.replies(post.thread, context)
    context["recent_comments"] = recent.newest(shelf)
    context["comment_feeds"] = {feed.form: feed.path for feed in feeds.of_site(shelf)}
    context["redirects"] = moved.ways(shelf, context, _old_feeds(generators[0].settings))


def write_feeds(generator: Any, writer: Any) -> None:
    """Have Pelican write a feed for each thread, and those of the site."""
    shelf = generator.context.get(KEY)
    if shelf is not None:
        shelf.writer, shelf.context = writer, generator.context
        feeds.write(shelf, generator.context, writer)


def fill_feed(context: Any, feed: Any) -> None:
    """Put the comments into a feed before it is written."""
    shelf = context.get(KEY)
    if shelf is not None:
        feeds.fill(shelf, context, feed)


def lead_on(pelican: Any) -> None:
    """Write what stands at old addresses, when all else of the site has its place."""
    shelf = pelican.settings.get(KEY)
    if shelf is not None and shelf.writer is not None:
        moved.write(shelf, shelf.context, shelf.context["redirects"])


def _contents(generators: list[Any]) -> Iterator[Any]:
    """Every post, then every page; a translation comes with no thread of its own."""
    for name in _LISTS:
        for generator in generators:
            yield from getattr(generator, name, ())


def _give_thread(content: Any, shelf: Shelf, context: dict[str, Any]) -> None:
    kept = shelf.threads.get(content.slug)
    if kept is None or not kept.shown or content.slug in shelf.posts:
        return
    context["generated_content"][alias(content.slug)] = content
    shelf.posts[content.slug] = content
    content.thread = Thread(kept, content, shelf)
    if shelf.options.is_in_content:
        in_content.show(content)


def _old_feeds(settings: Any) -> tuple[str, ...]:
    """The feeds that the old blog had, as its import noted them."""
    try:
        return ledger.read(Path(settings["PATH"])).old_feeds
    except Mistakes as faults:
        tell(faults)
        return ()
