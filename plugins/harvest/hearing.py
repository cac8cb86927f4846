"""What Pelican says while it runs, taken down as mistakes: each once, each with a place."""

from __future__ import annotations

import logging
import os
import re
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from pelican.log import LimitFilter

from harvest.faults import FULL
from mistakes import Mistake

# Said better, with a line, by harvest's own checks; or no fault in a site that is built at home.
_SAID_BETTER = (
    "Unable to find '%s'",
    "Replacement Indicator",
    "Empty alt attribute",
    "Feeds generated without SITEURL",
)
# Pelican goes on after these; the page would be incomplete.
_GRAVE = ("A problem occurred copying file", "While copying", "Could not process")
_ADDRESS = re.compile(r" at 0x[0-9a-f]+")


@contextmanager
def taking_down(root: Path, content: Path) -> Iterator[list[Mistake]]:
    """A list that fills with what is logged in the block, from warnings upward."""
    heard: list[Mistake] = []
    log = logging.getLogger()
    handlers, level, log.handlers = log.handlers, log.level, [_Hearing(root, content, heard)]
    threshold = _unlimited()
    log.setLevel(logging.WARNING)
    logging.captureWarnings(True)
    try:
        yield heard
    finally:
        logging.captureWarnings(False)
        log.handlers, LimitFilter._threshold = handlers, threshold  # noqa: SLF001
        log.setLevel(level)


def _unlimited() -> int:
    """Lifts Pelican's limit of five messages of a kind; gives the limit that was."""
    # a filter of the whole process: without this the next build would not hear it again
    LimitFilter._raised_messages.clear()  # noqa: SLF001
    LimitFilter._group_count.clear()  # noqa: SLF001
    threshold: int = LimitFilter._threshold  # noqa: SLF001
    LimitFilter._threshold = sys.maxsize  # noqa: SLF001
    return threshold


class _Hearing(logging.Handler):
    def __init__(self, root: Path, content: Path, heard: list[Mistake]) -> None:
        super().__init__(logging.WARNING)
        self._root, self._content, self._heard = root, content, heard

    def emit(self, record: logging.LogRecord) -> None:
        message = str(record.msg)
        if message.startswith(_SAID_BETTER):
            return
        _raise_if_the_disk_refused(sys.exc_info()[1])
        is_error = record.levelno >= logging.ERROR or message.startswith(_GRAVE)
        mistake = _told(record) or _mistake(record, self._root, self._content)
        mistake = replace(mistake, doubtful=not is_error)
        if mistake not in self._heard:
            self._heard.append(mistake)


def _raise_if_the_disk_refused(error: BaseException | None) -> None:
    """Pelican logs a full disk and goes on; a site with holes in it may not be swapped in."""
    if isinstance(error, OSError) and error.errno in FULL:
        raise error


def _told(record: logging.LogRecord) -> Mistake | None:
    """The mistake that a plugin of ours logs as it is, with its place; None for other words."""
    given = record.args if isinstance(record.args, tuple) else ()
    return given[0] if len(given) == 1 and isinstance(given[0], Mistake) else None


def _mistake(record: logging.LogRecord, root: Path, content: Path) -> Mistake:
    error = record.exc_info[1] if record.exc_info else sys.exc_info()[1]
    file = _file_named(record, root, content)
    message = record.getMessage()
    if file and message.startswith("Could not process"):
        message = "Pelican could not read this post and would leave it out"
    elif file:
        message = re.sub(rf"\S*{re.escape(Path(file).name)}", "this file", message)
    if error is not None:
        message = f"{message}: {_in_short(error)}"
    message = message.replace(f"{root}{os.sep}", "")
    return Mistake(file or "the build", None, _ADDRESS.sub("", message))


def _in_short(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    where = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}: {error}{where}"


def _file_named(record: logging.LogRecord, root: Path, content: Path) -> str | None:
    """The file of the site that a log record speaks of."""
    given = record.args if isinstance(record.args, tuple) else ()
    for one in given:
        text = str(one)
        for base in (content, root):
            if text and "\n" not in text and len(text) < 4096 and "\0" not in text:
                path = base / text
                if path.is_file() and path.is_relative_to(root):
                    return path.relative_to(root).as_posix()
    return None
