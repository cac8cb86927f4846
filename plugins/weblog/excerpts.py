"""Excerpts: the few plain sentences by which a list, a feed or a search shows a post.

By hand, where the author wrote ``Summary:`` in the header or a line ``<!-- more -->`` in the
text; else by rule: the first paragraphs of prose, whole sentences up to about
SUMMARY_MAX_LENGTH words. `article.summary` is HTML, `article.description` plain text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from itertools import chain
from typing import Any

from markupsafe import Markup
from pelican import signals

from weblog import prose, sentences
from weblog.prose import Run

DESCRIPTION = 200  # characters; search pages and networks show no more
_LISTS = (  # where Pelican's generators keep what will be written
    *("articles", "hidden_articles", "drafts", "pages", "hidden_pages", "draft_pages"),
    *("translations", "hidden_translations", "drafts_translations", "draft_translations"),
)


def register() -> None:
    """Make the excerpts when all plugins have had their turn with the texts."""
    signals.all_generators_finalized.connect(add_excerpts)


def add_excerpts(generators: list[Any]) -> None:
    """Give every post and page its ``summary`` and its ``description``."""
    for content in _contents(generators):
        text = content._content or ""  # noqa: SLF001 - as read, its links not yet resolved
        runs = excerpt(text, content.metadata.get("summary"), _words(content))
        # Pelican resolves a summary's links once for all pages; they may differ from page to page
        content.get_summary = partial(_summary, content, prose.html(runs))
        if not content.metadata.get("description"):
            content.description = shortened(prose.plain(runs), DESCRIPTION)


@lru_cache(maxsize=4096)  # a preview makes all of them again after each save
def excerpt(text: str, summary: str | None = None, words: int = 50) -> tuple[Run, ...]:
    """The excerpt of a text in HTML: by hand if it has one, else by rule."""
    if summary:
        return prose.read(summary).runs
    read = prose.read(text) if prose.may_be_cut(text) else None
    return read.runs if read and read.is_by_hand else by_rule(prose.beginning(text), words)


def by_rule(runs: Iterable[Run], words: int) -> tuple[Run, ...]:
    """The first paragraphs, as whole sentences of about so many words together.

    A paragraph that announces what is left out ("as this table shows:") is not taken, unless
    it is the only one.
    """
    taken: list[Run] = []
    for paragraph in prose.paragraphs(runs):
        said = prose.plain(paragraph)
        if taken and said.endswith(":"):
            continue
        room = words - sentences.words(prose.plain(taken))
        if sentences.words(said) > room:
            return (*taken, *_beginning(paragraph, room, is_first=not taken))
        taken += paragraph
    return tuple(taken)


def shortened(text: str, length: int) -> str:
    """The text, cut after a word and marked with an ellipsis where it is longer.

    >>> shortened("one two three", 9), shortened("one", 9)
    ('one two…', 'one')
    """
    if len(text) <= length:
        return text
    whole_words = text[:length].rpartition(" ")[0] or text[: length - 1]
    return whole_words.rstrip(" ,;:.–—") + "…"


def _beginning(paragraph: tuple[Run, ...], room: int, *, is_first: bool) -> tuple[Run, ...]:
    """The sentences of a paragraph for which there is room; of the first post's words, some."""
    text = "".join(run.text for run in paragraph)
    ends = sentences.ends(text)
    fitting = [end for end in ends if sentences.words(text[:end]) <= room]
    if fitting or not is_first:
        return prose.cut(paragraph, max(fitting, default=0))
    if ends and sentences.words(text[: ends[0]]) <= 2 * room:
        return prose.cut(paragraph, ends[0])
    some = " ".join(text.split(" ")[:room])
    if sentences.words(some) > room:  # a language that does not part its words
        some = some[: 2 * room]
    return prose.cut(paragraph, len(some.rstrip(" ,;:.–—")), end="…")


def _summary(content: Any, excerpt: str, siteurl: str) -> Markup:
    """The excerpt with its links resolved for the page that is being written."""
    resolved = content._update_content(excerpt, siteurl)  # noqa: SLF001 - Pelican has no other door
    return Markup(resolved)  # noqa: S704 - written by prose.html


def _words(content: Any) -> int:
    return int(content.settings.get("SUMMARY_MAX_LENGTH") or 50)


def _contents(generators: list[Any]) -> Iterator[Any]:
    """Every post and page once, whatever became of it."""
    lists = (getattr(generator, name, ()) for generator in generators for name in _LISTS)
    return iter({id(content): content for content in chain.from_iterable(lists)}.values())
