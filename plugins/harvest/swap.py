"""A site built aside put in the place of the old one: at every moment one of the two is there.

Linux and macOS can exchange two folders in one step. Elsewhere two renames do it, and
``recover`` puts back what a crash between them left aside.
"""

from __future__ import annotations

import ctypes
import errno
import filecmp
import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from harvest import interrupts
from harvest.faults import Fault, of_machine
from harvest.site import Site

_ASIDE, _PREVIOUS = "aside-", "previous"
_HISTORIES = (".git", ".hg", ".svn")


@contextmanager
def aside(site: Site) -> Iterator[Path]:
    """An empty folder to build in, gone afterwards however the block ends."""
    workshop = _workshop(site)
    try:
        _refuse_dangerous(site)
        workshop.mkdir(parents=True, exist_ok=True)
        _ignored_by_git(workshop)
        recover(site)
    except OSError as error:
        raise of_machine(error, site.shown(error.filename or workshop)) from error
    folder = _free_name(workshop)
    # the name is known before the folder is there: no Ctrl-C can come between the two
    try:
        with _made_and_held(folder, site):
            yield folder
        with interrupts.held_off():
            _remove(folder)
    except BaseException:  # a Ctrl-C before the removal was whole ends here too
        with interrupts.held_off():
            _remove(folder)
        raise


def swap_in(folder: Path, site: Site) -> None:
    """The site in ``folder`` becomes the output; files that did not change keep their times."""
    try:
        _refuse_strange(folder, site)
        _keep_retained(folder, site)
        _keep_times(folder, site.output)
        with interrupts.held_off():
            _exchange(folder, site.output, _workshop(site) / _PREVIOUS)
    except OSError as error:
        raise of_machine(error, site.shown(site.output)) from error


def recover(site: Site) -> None:
    """Undo what a killed build left: the old site back in its place, folders aside removed."""
    workshop = _workshop(site)
    previous = workshop / _PREVIOUS
    if previous.exists() and not site.output.exists():
        previous.rename(site.output)
    _remove(previous)
    for folder in workshop.glob(f"{_ASIDE}*") if workshop.is_dir() else ():
        if not _is_held(folder):
            _remove(folder)


def _free_name(workshop: Path) -> Path:
    names = (workshop / f"{_ASIDE}{os.getpid()}-{number}" for number in count(1))
    return next(folder for folder in names if not folder.exists())


def _workshop(site: Site) -> Path:
    """Where to build: on the same disk as the output, or it could not be swapped in."""
    parent = next(folder for folder in site.output.parents if folder.is_dir())
    if parent.stat().st_dev == site.root.stat().st_dev:
        return site.workshop
    return parent / ".harvest"


def _ignored_by_git(workshop: Path) -> None:
    mark = workshop / ".gitignore"
    if not mark.exists():
        mark.write_text("*\n", encoding="utf-8")


def _refuse_dangerous(site: Site) -> None:
    """No build may take away the site itself, and none is begun that could not be swapped in."""
    output = site.output
    for kept in (site.root, site.content, Path(site.settings["THEME"])):
        if kept.resolve().is_relative_to(output.resolve()):
            raise Fault(
                f"{site.shown(output)}: holds {site.shown(kept)}, which a build would replace; "
                "name another folder"
            )
    if output.resolve().is_relative_to(site.content.resolve()):
        raise Fault(f"{site.shown(output)}: lies in the content folder; name another folder")
    if output.exists() and not output.is_dir():
        raise Fault(f"{site.shown(output)}: is a file; name a folder")
    if output.exists() and not os.access(output, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, "no permission", str(output))


def _refuse_strange(folder: Path, site: Site) -> None:
    """A folder that holds something else than an earlier site is not replaced."""
    old = {one.name for one in site.output.iterdir()} if site.output.is_dir() else set()
    new = {one.name for one in folder.iterdir()}
    lost = [
        name for name in _HISTORIES if name in old - new - set(site.settings["OUTPUT_RETENTION"])
    ]
    if lost:
        name = lost[0]
        raise Fault(
            f"{site.shown(site.output / name)}: would be lost; "
            f'keep it with OUTPUT_RETENTION = ["{name}"]'
        )
    if old and not old & new:
        raise Fault(
            f"{site.shown(site.output)}: holds other things than a site; "
            "empty it or name another folder"
        )


def _keep_retained(folder: Path, site: Site) -> None:
    for name in site.settings["OUTPUT_RETENTION"]:
        kept, place = site.output / name, folder / name
        if place.exists() or not kept.exists():
            continue
        if kept.is_dir():
            shutil.copytree(kept, place, symlinks=True)
        else:
            shutil.copy2(kept, place)


def _keep_times(folder: Path, output: Path) -> None:
    """Files with the same bytes keep their time, so that rsync sends only what changed."""
    for top, _, names in os.walk(folder):
        before = output / os.path.relpath(top, folder)
        for name in names if before.is_dir() else ():
            old, new = before / name, Path(top, name)
            if old.is_file() and filecmp.cmp(old, new, shallow=False):
                times = old.stat()
                os.utime(new, ns=(times.st_atime_ns, times.st_mtime_ns))
    filecmp.clear_cache()


def _exchange(folder: Path, output: Path, previous: Path) -> None:
    output = output.resolve()
    if not output.exists():
        output.parent.mkdir(parents=True, exist_ok=True)
        folder.rename(output)
    elif not _in_one_step(folder, output):
        output.rename(previous)
        try:
            folder.rename(output)
        except BaseException:
            previous.rename(output)
            raise
        _remove(previous)


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


def _remove(folder: Path) -> None:
    """The folder and all in it gone, read-only parts too."""
    if folder.exists():
        shutil.rmtree(folder, onerror=_made_writable)


def _made_writable(remove: Callable[[str], Any], name: str, _: Any) -> None:
    path = Path(name)
    for stubborn in (path.parent, path):
        if stubborn.exists() and not stubborn.is_symlink():
            stubborn.chmod(stat.S_IRWXU)
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    elif path.exists():
        remove(name)


@contextmanager
def _made_and_held(folder: Path, site: Site) -> Iterator[None]:
    """The folder, with a lock on it that ends with this process: others leave it alone."""
    try:
        folder.mkdir()
    except OSError as error:
        raise of_machine(error, site.shown(folder.parent)) from error
    lock = _locked(folder)
    try:
        yield
    finally:
        if lock is not None:
            os.close(lock)


def _is_held(folder: Path) -> bool:
    lock = _locked(folder)
    if lock is None:
        return True
    os.close(lock)
    return False


def _locked(folder: Path) -> int | None:
    try:
        import fcntl
    except ImportError:  # Windows: no leftovers are recognised, none are removed
        return None
    try:
        opened = os.open(folder, os.O_RDONLY)
    except FileNotFoundError:  # its own build took it away a moment ago
        return None
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(opened)
        return None
    return opened
