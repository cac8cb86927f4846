"""SITE_DATE: the day as of which the site is shown; posts dated after it are not.

Unset, no post is hidden by its date. A hidden post becomes a draft, as Pelican itself would
make it if it looked at the clock; pages have no day on which they appear.
"""

from __future__ import annotations

from datetime import date, datetime, time
from functools import lru_cache
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

from pelican import signals
from pelican.contents import Article

from mistakes import Mistake, Mistakes


def register() -> None:
    """Judge each post when it is read; count when all are."""
    signals.initialized.connect(check)
    signals.content_object_init.connect(hide)
    signals.article_generator_finalized.connect(count)


def check(pelican: Any) -> None:
    """Raise `Mistakes` when SITE_DATE is no date."""
    site_date = pelican.settings.get("SITE_DATE")
    if site_date is not None:
        last_moment(site_date, pelican.settings.get("TIMEZONE", "UTC"))


def hide(content: Any) -> None:
    """Make a post dated after SITE_DATE a draft, marked ``is_after_site_date``."""
    site_date = content.settings.get("SITE_DATE")
    if site_date is None or not isinstance(content, Article) or content.status == "draft":
        return
    zone = content.settings.get("TIMEZONE", "UTC")
    if hasattr(content, "date") and content.date > last_moment(site_date, zone):
        content.status = "draft"
        content.is_after_site_date = True


def count(generator: Any) -> None:
    """Put ``posts_after_site_date``, the files of the posts hidden, into every template."""
    drafts = chain(generator.drafts, generator.drafts_translations)
    hidden = (post for post in drafts if getattr(post, "is_after_site_date", False))
    generator.context["posts_after_site_date"] = tuple(
        sorted(post.relative_source_path for post in hidden)
    )


@lru_cache
def last_moment(site_date: str | date, zone: str) -> datetime:
    """The last moment that is shown: of a day without a time, its end.

    >>> last_moment("2025-03-01", "UTC").isoformat()
    '2025-03-01T23:59:59.999999+00:00'
    """
    try:
        moment = datetime.fromisoformat(str(site_date))
    except ValueError:
        wrong = f'SITE_DATE = "{site_date}" is no date'
        raise Mistakes([Mistake("pelicanconf.py", None, wrong, 'write "2025-06-30"')]) from None
    if len(str(site_date)) <= len("2025-06-30"):
        moment = datetime.combine(moment, time.max)
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))
