"""The addresses of a site that are worth finding, each with the day it last changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from weblog.sharing import Site, page_address


@dataclass(frozen=True)
class Place:
    """One address; ``changed`` is None where nothing says when it was."""

    address: str
    changed: datetime | None = None


def places(context: Mapping[str, Any]) -> tuple[Place, ...]:
    """Every page of the site but drafts, hidden ones and 404, each once; none without SITEURL."""
    if not context["SITEURL"]:
        return ()
    site = Site(context)
    found = chain(_templates(context), _contents(context), _subjects(context), _periods(context))
    once = dict(reversed(list(found)))
    return tuple(Place(site.absolute(path), once[path]) for path in sorted(once))


def _templates(context: Mapping[str, Any]) -> Iterator[tuple[str, datetime | None]]:
    """Home, archives and their like: as new as the newest post."""
    for template in context["DIRECT_TEMPLATES"]:
        file = context.get(f"{template.upper()}_SAVE_AS", f"{template}.html")
        if file and template != "404":
            yield page_address(file), newest(context.get("articles", ()))


def _contents(context: Mapping[str, Any]) -> Iterator[tuple[str, datetime | None]]:
    originals = chain(context.get("articles", ()), context.get("pages", ()))
    for content in chain.from_iterable([each, *each.translations] for each in originals):
        yield content.url, newest([content])


def _subjects(context: Mapping[str, Any]) -> Iterator[tuple[str, datetime | None]]:
    for kind in ("categories", "tags", "authors"):
        for subject, posts in context.get(kind, ()):
            if subject.save_as:
                yield subject.url, newest(posts)


def _periods(context: Mapping[str, Any]) -> Iterator[tuple[str, datetime | None]]:
    for period in chain.from_iterable(context.get("period_archives", {}).values()):
        yield period["url"], newest(period["articles"])


def newest(contents: Iterable[Any]) -> datetime | None:
    """The moment at which the last of them was written or changed."""
    moments = (
        getattr(content, name, None) for content in contents for name in ("date", "modified")
    )
    return max((moment for moment in moments if moment), default=None)
