"""The other languages of a post or a page, in the order of their codes.

Pelican finds them in the order in which it read the files, which is by chance.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

from pelican import signals


def register() -> None:
    """Put translations into order before anyone shows them."""
    signals.article_generator_pretaxonomy.connect(order_posts)
    signals.page_generator_finalized.connect(order_pages)


def order_posts(generator: Any) -> None:
    """Order the translations of every post, a draft's too."""
    hidden = chain(generator.hidden_articles, generator.hidden_translations)
    drafts = chain(generator.drafts, generator.drafts_translations)
    order(chain(generator.articles, generator.translations, hidden, drafts))


def order_pages(generator: Any) -> None:
    """Order the translations of every page, a draft's too."""
    hidden = chain(generator.hidden_pages, generator.hidden_translations)
    drafts = chain(generator.draft_pages, generator.draft_translations)
    order(chain(generator.pages, generator.translations, hidden, drafts))


def order(contents: Iterable[Any]) -> None:
    """Sort each content's ``translations`` by language, then by file."""
    for content in contents:
        content.translations.sort(key=lambda other: (other.lang, other.relative_source_path))
