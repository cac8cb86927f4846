"""The one line that closes a build: what was published, what was not, how to look at it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from harvest.build import Report
from harvest.site import Site


def sentence(report: Report, site: Site) -> str:
    """For example: 99 of 100 posts published; 1 draft. 5 cards, 0 warnings."""
    made = report.pressed
    sources = [post for post in report.checked.posts if post.kind == "article"]
    total = len(sources) - made.translations
    skipped = sum(post.status == "skip" for post in sources)
    later = total - made.posts - made.hidden - made.drafts - skipped
    unpublished = [
        _counted(made.drafts, "draft"),
        _counted(made.hidden, "hidden post"),
        _counted(skipped, "skipped post"),
        _later(later, site.settings.get("SITE_DATE")),
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


def _exactly(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _counted(number: int, noun: str) -> str:
    return _exactly(number, noun) if number else ""


def _later(number: int, site_date: Any) -> str:
    if number <= 0:
        return ""
    day = site_date.date() if isinstance(site_date, datetime) else site_date
    after = f" dated after {day}" if isinstance(day, (date, str)) else " left out by a plugin"
    return f"{number}{after}"
