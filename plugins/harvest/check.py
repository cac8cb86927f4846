"""Everything wrong with the content of a site, found before Pelican runs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from harvest import addresses, header_rules, posts, references
from harvest.posts import Post
from harvest.site import Site
from mistakes import Mistake


@dataclass(frozen=True)
class Checked:
    """The sources of a site, every mistake in them by place, and how many cards they ask for."""

    posts: tuple[Post, ...]
    mistakes: tuple[Mistake, ...]
    cards: int

    @property
    def errors(self) -> tuple[Mistake, ...]:
        """What stops a build."""
        return errors(self.mistakes)

    @property
    def warnings(self) -> tuple[Mistake, ...]:
        """What is shown and stops nothing."""
        return tuple(mistake for mistake in self.mistakes if mistake.doubtful)


def errors(mistakes: Iterable[Mistake]) -> tuple[Mistake, ...]:
    """Those of the mistakes that stop a build."""
    return tuple(mistake for mistake in mistakes if not mistake.doubtful)


def in_order(mistakes: Iterable[Mistake]) -> tuple[Mistake, ...]:
    """Each mistake once, by file and line."""
    return tuple(sorted(dict.fromkeys(mistakes), key=lambda mistake: mistake.place))


def check(site: Site) -> Checked:
    """Every post, page, number and event of the site, read once."""
    # the plugin's commands are only wanted here, and bring their own libraries with them
    from comment_archive.commands import check as check_threads
    from comment_archive.commands import check_mentions
    from metrics_insight import commands as insights

    sources, mistakes = posts.read(site)
    read = tuple(post for post in sources if post.status != "skip")
    found_in_cards = insights.check(
        site.root,
        {post.path: post.text for post in read if not post.is_html},
        data=site.shown(site.content / site.settings.get("INSIGHT_DATA", "data")),
        about=about(read),
        settings=site.settings,
    )
    found = [*site.warnings, *mistakes, *_in_content(read, site), *found_in_cards.mistakes]
    shown = site.shown(site.content)
    found += check_threads(site.content, shown)
    found += check_mentions(
        site.content, shown, {post.path: post.text for post in read if not post.is_imported}
    )
    found += [*insights.check_settings(site.settings), *posts.unchecked(site)]
    return Checked(sources, in_order(found), found_in_cards.cards)


def about(read: Iterable[Post]) -> dict[str, Any]:
    """What the cards of each post need to know of it."""
    from metrics_insight.commands import About

    return {
        post.path: About(
            day=post.date.date() if post.date else None,
            slug=post.slug,
            language=post.lang,
            is_draft=post.status == "draft",
            is_page=post.kind == "page",
        )
        for post in read
    }


def _in_content(read: tuple[Post, ...], site: Site) -> Iterable[Mistake]:
    for post in read:
        yield from header_rules.find(post, site)
    yield from addresses.find(site, read)
    yield from references.find(read, site)
