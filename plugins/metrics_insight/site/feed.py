"""Cards in feeds: the page form between its marks gives way to the form that readers keep."""

from __future__ import annotations

import re
from typing import Any

from metrics_insight.site.cards import END_MARK, KEY_MARK
from metrics_insight.site.desk import HERE, Desk

# A summary that Pelican cut in the middle of a card has lost the mark of its end.
_CARD = re.compile(
    KEY_MARK.format(key=r"(?P<key>[0-9a-f]{12})") + rf".*?({re.escape(END_MARK)}|\Z)", re.DOTALL
)
_PAINTED = re.compile(rf"{re.escape(HERE)}(charts/[^\"\s]+\.png)")
_FIELDS = ("content", "description")


def fit(feed: Any, desk: Desk, siteurl: str) -> None:
    """Swap the cards in every item of a feed that Pelican has made, in place.

    What their form shows is painted: a picture that no feed has would be painted for nobody.
    """
    shown: set[str] = set()
    for item in feed.items:
        for name in _FIELDS:
            if isinstance(item.get(name), str) and "<!--insight " in item[name]:
                item[name] = _CARD.sub(lambda found: _form(found, desk, siteurl, shown), item[name])
    desk.paintings.ask(shown)


def _form(found: re.Match[str], desk: Desk, siteurl: str, shown: set[str]) -> str:
    content, html = desk.feed_forms.get(found["key"], (None, ""))
    if content is None:
        return found[0]
    shown.update(_PAINTED.findall(html))
    # Pelican resolves the placeholders of the author's own links in the card, too.
    return str(content._update_content(html, siteurl))  # noqa: SLF001
