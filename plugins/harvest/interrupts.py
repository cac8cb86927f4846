"""Ctrl-C, held off where a step must be whole and never lost where it was pressed."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn


@contextmanager
def remembered() -> Iterator[Callable[[], None]]:
    """Ctrl-C stops the block as ever; the function it gives stops it again had that been lost.

    Python drops an exception that comes while it tidies up an object, KeyboardInterrupt too.
    """
    pressed: list[int] = []

    def stop(number: int, _: object) -> NoReturn:
        pressed.append(number)
        raise KeyboardInterrupt

    def stop_if_pressed() -> None:
        if pressed:
            raise KeyboardInterrupt

    with _handled_by(stop):
        yield stop_if_pressed


@contextmanager
def held_off() -> Iterator[None]:
    """Ctrl-C waits until the block is done."""
    pressed: list[int] = []
    with _handled_by(lambda number, _: pressed.append(number)):
        yield
    if pressed:
        raise KeyboardInterrupt


@contextmanager
def _handled_by(handler: Callable[[int, object], object]) -> Iterator[None]:
    # Python takes signals in its main thread only
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    earlier = signal.signal(signal.SIGINT, handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, earlier)
