"""A folder with some files changed, put in the place of the old one in a single step.

The new folder is made aside of hard links and the changed files; then the two change names. Linux
and macOS do that in one call. Elsewhere two renames do it, and ``recover`` puts back what a crash
between them left aside.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

WORKSHOP = ".harvest"  # git-ignored, on the same disk as the folder
_PREVIOUS = "previous"


@contextmanager
def aside(folder: Path) -> Iterator[Path]:
    """An empty folder beside ``folder`` to write in, gone afterwards however the block ends."""
    workshop = folder.parent / WORKSHOP
    workshop.mkdir(parents=True, exist_ok=True)
    mark = workshop / ".gitignore"
    if not mark.exists():
        mark.write_text("*\n", encoding="utf-8")
    recover(folder)
    place = workshop / f"import-{os.getpid()}"
    shutil.rmtree(place, ignore_errors=True)
    try:
        place.mkdir()
        yield place
    finally:
        if folder.exists():  # else the old one still lies in there
            shutil.rmtree(place, ignore_errors=True)


def recover(folder: Path) -> None:
    """Undo what a killed import left: the folder back in its place, what lay aside removed."""
    for place in sorted((folder.parent / WORKSHOP).glob("import-*")):
        if _is_at_work(place):
            continue
        if (place / _PREVIOUS).is_dir() and not folder.exists():
            (place / _PREVIOUS).rename(folder)
        shutil.rmtree(place, ignore_errors=True)


def put_in(staged: Path, names: Iterable[str], removed: Iterable[str], folder: Path) -> None:
    """``folder`` with the files of ``staged`` in it and the removed ones gone; or as it was."""
    folder = folder.resolve()
    place = staged.parent
    twin = place / "twin"
    _linked(folder, twin)
    for name in names:
        (twin / name).parent.mkdir(parents=True, exist_ok=True)
        (staged / name).replace(twin / name)
    for name in removed:
        (twin / name).unlink(missing_ok=True)
    _exchange(twin, folder, place / _PREVIOUS)


def _linked(folder: Path, twin: Path) -> None:
    """A second folder with the same files in it."""
    for top, folders, names in os.walk(folder):
        here = twin / Path(top).relative_to(folder)
        here.mkdir()
        for name in [*names, *(one for one in folders if (Path(top) / one).is_symlink())]:
            _link(Path(top) / name, here / name)
    for top, _, _ in os.walk(folder, topdown=False):
        shutil.copystat(top, twin / Path(top).relative_to(folder))


def _link(old: Path, new: Path) -> None:
    if old.is_symlink():
        new.symlink_to(old.readlink())
        return
    try:
        os.link(old, new)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise
        shutil.copy2(old, new)  # a disk without hard links


def _exchange(twin: Path, folder: Path, previous: Path) -> None:
    if _in_one_step(twin, folder):
        return
    folder.rename(previous)
    try:
        twin.rename(folder)
    except BaseException:
        previous.rename(folder)
        raise


def _in_one_step(one: Path, other: Path) -> bool:
    """Exchange two folders atomically; False where the system or its disk cannot."""
    name, *flags = _CALLS.get(sys.platform, ("",))
    call = getattr(ctypes.CDLL(None, use_errno=True), name, None) if name else None
    if call is None:
        return False
    at = [-100] if name == "renameat2" else []  # AT_FDCWD before each path
    if call(*at, os.fsencode(one), *at, os.fsencode(other), *flags) == 0:
        return True
    if ctypes.get_errno() in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EXDEV):
        return False
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(other))


_CALLS: dict[str, tuple[Any, ...]] = {"linux": ("renameat2", 2), "darwin": ("renamex_np", 2)}


def _is_at_work(place: Path) -> bool:
    """True where the process that made this folder is another one, and still there."""
    try:
        number = int(place.name.removeprefix("import-"))
        os.kill(number, 0)
    except (ValueError, ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return number != os.getpid()
