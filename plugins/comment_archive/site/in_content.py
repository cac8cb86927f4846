"""Threads at the end of the text itself, for a theme that knows nothing of them."""

from __future__ import annotations

from typing import Any

from pelican import contents


class _WithThread:
    """What a post or page is, its thread after its text on its own page and nowhere else."""

    thread: Any
    _is_summed = False

    @property
    def content(self) -> str:
        """The text with the thread; feeds ask another way and get the text alone."""
        text = super().content  # type: ignore[misc]
        return str(text) if self._is_summed else f"{text}\n{self.thread}"

    def get_summary(self, siteurl: str) -> str:
        """The summary of the text alone."""
        self._is_summed = True
        try:
            return str(super().get_summary(siteurl))  # type: ignore[misc]
        finally:
            self._is_summed = False


# Pelican finds the settings of a text's address by the name of its class.
class Article(_WithThread, contents.Article):  # type: ignore[misc]
    """A post with its thread."""


class Page(_WithThread, contents.Page):  # type: ignore[misc]
    """A page with its thread."""


_KINDS = {contents.Article: Article, contents.Page: Page}


def show(content: Any) -> None:
    """Let the text of a post or page end with its thread."""
    content.__class__ = _KINDS.get(type(content), type(content))
