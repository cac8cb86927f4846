"""The process that builds for a preview: a fresh interpreter, replaced when a program changes.

The old worker is only let go when the new one has a good build, so that a slip in a plugin or
in the settings leaves the last good pages where they were.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from harvest.preview_answer import Answer
from mistakes import Mistake

if TYPE_CHECKING:  # Pelican is for the worker's own process
    from harvest.preview_builds import Built


class WorkerGone(Exception):
    """The worker's process ended by itself."""


class Worker:
    """A process with the ``Builds`` of one site; one question at a time."""

    def __init__(self, root: Path, folder: Path) -> None:
        self._pipe, theirs = multiprocessing.Pipe()
        self._turn = Lock()
        spawn = multiprocessing.get_context("spawn")
        self._process = spawn.Process(target=_work, args=(theirs, root, folder), daemon=True)
        with _deaf_to_the_terminal():
            self._process.start()
        theirs.close()

    def build(self, number: int, on_screen: tuple[str, ...]) -> Built:
        """See ``Builds.build``."""
        built: Built = self._ask("build", number, on_screen)
        return built

    def answer(self, name: str) -> Answer:
        """See ``Builds.answer``."""
        try:
            answer: Answer = self._ask("answer", name)
        except WorkerGone:
            return Answer(503, "503.txt", b"The preview is being started again.\n")
        return answer

    def settle(self, seconds: float) -> tuple[bool, tuple[Mistake, ...]]:
        """See ``Builds.settle``."""
        settled: tuple[bool, tuple[Mistake, ...]] = self._ask("settle", seconds)
        return settled

    def stop(self) -> None:
        """End the process, after the question it is at."""
        with self._turn:
            self._pipe.close()
        self._process.join(timeout=2)
        self._process.kill()

    def _ask(self, question: str, *given: Any) -> Any:
        with self._turn:
            try:
                self._pipe.send((question, given))
                return self._pipe.recv()
            except (EOFError, OSError) as error:
                raise WorkerGone from error


def _work(pipe: Connection, root: Path, folder: Path) -> None:
    """Answer questions until the other end is closed."""
    from harvest.preview_builds import Builds

    builds = Builds(root, folder)
    while True:
        try:
            question, given = pipe.recv()
        except EOFError:
            return
        pipe.send(getattr(builds, question)(*given))


@contextmanager
def _deaf_to_the_terminal() -> Iterator[None]:
    """A process started here does not hear Ctrl-C: the preview ends it, without a traceback."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
