"""The process that builds for a preview: a fresh interpreter, replaced when a program changes.

The old worker is only let go when the new one has a good build, so that a slip in a plugin or
in the settings leaves the last good pages where they were.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock
from typing import Any

from harvest.preview.answer import Answer
from harvest.preview.outcome import Outcome
from mistakes import Mistake


class WorkerGone(Exception):
    """The worker's process ended by itself."""


_GONE = Mistake("the build", None, "its process ended without a word", "see what it printed")


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

    @property
    def is_gone(self) -> bool:
        """True when the process has ended by itself, and its pages with it."""
        return not self._process.is_alive()

    def build(self, number: int, on_screen: tuple[str, ...]) -> Outcome:
        """See ``Builds.build``."""
        try:
            built: Outcome = self._ask("build", number, on_screen)
        except WorkerGone:
            self._process.join(timeout=2)
            return Outcome(good=False, shown=False, mistakes=(_GONE,))
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
        try:
            settled: tuple[bool, tuple[Mistake, ...]] = self._ask("settle", seconds)
        except WorkerGone:
            return True, ()
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
    os.chdir(root)  # some settings of Pelican rest on it
    # looking for garbage in the middle of a build costs a tenth of it; `settle` does it after
    gc.set_threshold(100_000, 50, 1000)
    from harvest.preview.builds import Builds  # and with it Pelican, in this process only

    builds = Builds(root, folder)
    while True:
        try:
            question, given = pipe.recv()
            pipe.send(getattr(builds, question)(*given))
        except (EOFError, ConnectionError):
            return


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
