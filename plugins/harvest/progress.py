"""One line on a terminal that says what is being done, and is gone afterwards."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def line() -> Iterator[Callable[[str], None]]:
    """A function that shows what is being done; silent where nobody watches."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    try:
        yield lambda stage: _show(f"{stage} …")
    finally:
        _show("")


def _show(stage: str) -> None:
    sys.stderr.write(f"\r\x1b[K{stage}")
    sys.stderr.flush()
