"""The door for Pelican: blocks become cards in pages, and cards of another form in feeds.

    initialized                   the Markdown extension is added       markup
    get_generators                a new desk for this run               desk
    content_object_init           who has blocks or numbers waits       desk
    article_generator_pretaxonomy all posts are known: blocks become    posts, cards
                                  cards, and those of pages when read;
                                  numbers are held against the data     numbers
    all_generators_finalized      the desk is shared with the feeds     desk
    feed_generated                cards take the form of a feed         feed
    finalized                     pictures and data files are written   desk

Nothing here raises: a block that cannot be read is logged as an error (fatal under
``--fatal=errors``), the post stays, and a visible note stands where the card would be.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from pelican import signals
from pelican.contents import Page

from metrics_insight.site import cards, markup, numbers, posts
from metrics_insight.site.desk import Desk
from metrics_insight.site.feed import fit

logger = logging.getLogger(__name__)

DESK = "METRICS_INSIGHT_DESK"


def register() -> None:
    """Connect the receivers; each is a function of this module, for signals hold them weakly."""
    signals.initialized.connect(teach_markdown)
    signals.get_generators.connect(open_desk)
    signals.content_object_init.connect(line_up)
    signals.article_generator_pretaxonomy.connect(know_posts)
    signals.all_generators_finalized.connect(share_desk)
    signals.feed_generated.connect(fit_feed)
    signals.finalized.connect(write_files)


def teach_markdown(pelican: Any) -> None:
    """Add the extension to the Markdown settings of this build."""
    markdown = pelican.settings.setdefault("MARKDOWN", {})
    extensions = list(markdown.get("extensions", ()))
    if not any(isinstance(extension, markup.InsightExtension) for extension in extensions):
        markdown["extensions"] = [*extensions, markup.InsightExtension()]


def open_desk(pelican: Any) -> None:
    """Lay out a new desk, so that a rebuild in the same process reads the data again."""
    pelican.settings[DESK] = Desk.of(pelican.settings)


def line_up(content: Any) -> None:
    """Let a post or page with blocks wait for its cards until all posts are known."""
    desk = content.settings.get(DESK)
    if desk is None:
        return
    if isinstance(content, Page) and "event" in content.metadata:
        logger.warning("%s: a page tells of no event; write it into a post", posts.shown(content))
    written = getattr(content, "_content", None)
    if (isinstance(written, str) and markup.OPENING in written) or numbers.are_in(content):
        desk.waiting.append(content)
        if desk.posts is not None:
            make_cards(desk)


def know_posts(generator: Any) -> None:
    """Take down what the posts tell of events; now every card can be made."""
    desk = generator.settings.get(DESK)
    if desk is not None:
        desk.posts = posts.of(generator)
        make_cards(desk)


def make_cards(desk: Desk) -> None:
    """Put cards where the blocks of all who wait stand."""
    while desk.waiting:
        content = desk.waiting.pop(0)
        try:
            numbers.put(content, desk)
            cards.put(content, desk)
        except Exception:  # Pelican would drop the post, write the rest and exit 0
            logger.exception("%s: its insights could not be made", content.source_path)
    while desk.quoting:
        desk.quoting.pop(0)()


def share_desk(generators: Any) -> None:
    """Put the desk where feeds can see it: Pelican copied the settings before it was laid out."""
    for generator in generators[:1]:
        desk = generator.context[DESK] = generator.settings.get(DESK)
        if desk is not None:
            make_cards(desk)  # of a site whose pages are read, and no posts


def fit_feed(context: Any, feed: Any) -> None:
    """Give the cards in the items of a feed the form that feed readers keep."""
    desk = context.get(DESK)
    if desk is not None:
        fit(feed, desk, context.get("SITEURL", ""))


def write_files(pelican: Any) -> None:
    """Write the pictures of this run, and the data files that its cards link to."""
    desk = pelican.settings.get(DESK)
    if desk is not None:
        desk.write(Path(pelican.output_path))
