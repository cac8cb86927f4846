"""The one line that closes a build or a check: what was published, what was found."""

from __future__ import annotations

from harvest.build import Report
from harvest.check import Checked
from harvest.site import Site


def sentence(report: Report, site: Site) -> str:
    """For example: 99 of 100 posts published; 1 draft. 5 cards, 0 warnings."""
    made = report.pressed
    sources = [post for post in report.checked.posts if post.kind == "article"]
    total = len(sources) + made.unchecked - made.translations - made.untold
    skipped = sum(post.status == "skip" for post in sources)
    left_out = total - made.posts - made.hidden - made.drafts - made.later - skipped
    unpublished = [
        _counted(made.drafts, "draft"),
        _counted(made.hidden, "hidden post"),
        _counted(skipped, "skipped post"),
        f"{made.later} dated after {site.settings.get('SITE_DATE')}" if made.later else "",
        f"{left_out} left out by a plugin" if left_out > 0 else "",
    ]
    beside = [_counted(made.translations, "translation"), _counted(made.pages, "page")]
    parts = [
        f"{made.posts} of {_exactly(total, 'post')} published",
        ", ".join(filter(None, unpublished)),
        ", ".join(filter(None, beside)),
    ]
    counts = (
        f"{_exactly(report.checked.cards, 'card')}, {_exactly(len(report.warnings), 'warning')}"
    )
    return f"{'; '.join(filter(None, parts))}. {counts}."


def of_check(checked: Checked) -> str:
    """For example: 99 posts and 1 page, 5 cards: 1 mistake, 0 warnings."""
    articles = sum(post.kind == "article" for post in checked.posts)
    pages = len(checked.posts) - articles
    read = f"{_exactly(articles, 'post')} and {_exactly(pages, 'page')}"
    found = (
        f"{_exactly(len(checked.errors), 'mistake')}, {_exactly(len(checked.warnings), 'warning')}"
    )
    return f"{read}, {_exactly(checked.cards, 'card')}: {found}"


def _exactly(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _counted(number: int, noun: str) -> str:
    return _exactly(number, noun) if number else ""
