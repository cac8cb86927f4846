"""One line on a terminal that says what is being done, and is gone afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click


@contextmanager
def line() -> Iterator[Callable[[str], None]]:
    """A function that shows what is being done; silent where nobody watches."""
    stream = click.get_text_stream("stderr")
    if not stream.isatty():
        silent: Callable[[str], None] = lambda _: None  # noqa: E731
        yield silent
        return

    def tell(stage: str) -> None:
        stream.write(f"\r\x1b[K{stage} …")
        stream.flush()

    try:
        yield tell
    finally:
        stream.write("\r\x1b[K")
        stream.flush()
