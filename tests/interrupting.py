"""Runs a build again and again, each time stopped by a signal at another point of it.

Called as a program: `interrupting.py SITE SIGNAL STEP [two-renames]`. Every line of swap.py and
every call in the other modules of the build is a point; STEP takes each so many-th of them. One
JSON line a point tells where it was, how the build ended, and what the site was afterwards.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from types import FrameType
from typing import Any

from harvest import cli, swap
from harvest import site as sites

BUILD = (
    "build.py",
    "check.py",
    "cli.py",
    "links.py",
    "pressing.py",
    "progress.py",
    "summary.py",
    "interrupts.py",
)


def digest(folder: Path) -> str:
    """What is in a folder, as one word; "none" when it is not there."""
    if not folder.is_dir():
        return "none"
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    told = [(path.relative_to(folder).as_posix(), path.read_bytes()) for path in files]
    return blake2b(repr(told).encode(), digest_size=8).hexdigest()


def counting(at: int, act: Callable[[str], None]) -> Callable[..., Any]:
    """A tracer that acts at the point of that number."""
    passed = 0

    def point(frame: FrameType, event: str) -> None:
        nonlocal passed
        name = Path(frame.f_code.co_filename).name
        if event == ("line" if name == "swap.py" else "call"):
            passed += 1
            if passed == at:
                act(f"{name}:{frame.f_lineno}")

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        path = frame.f_code.co_filename
        if "/harvest/" not in path or not path.endswith((*BUILD, "swap.py")):
            return None
        point(frame, event)
        return trace if path.endswith("swap.py") else None

    return trace


def child(root: Path, at: int, number: int, report: int) -> None:
    """One build in a process of its own, stopped at a point."""
    os.chdir(root)
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)

    def act(place: str) -> None:
        os.write(report, place.encode())
        os.kill(os.getpid(), number)

    sys.settrace(counting(at, act))
    try:
        cli.main(["build"])
    except SystemExit as ended:
        os._exit(int(ended.code or 0))
    except BaseException:  # noqa: BLE001 (nothing but a tidy end may leave the command)
        os._exit(99)
    os._exit(0)


def run(root: Path, at: int, number: int) -> tuple[int, str]:
    """How a build ended that was stopped at a point, and where that was."""
    reading, writing = os.pipe()
    forked = os.fork()
    if forked == 0:
        child(root, at, number, writing)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        place = pipe.read()
    return os.waitstatus_to_exitcode(os.waitpid(forked, 0)[1]), place


def main(root: Path, number: int, step: int) -> None:
    """Stop a build at every point and tell what came of it."""
    good = root / "good"  # the last good site, put back before each build
    for at in range(1, 100_000, step):
        for stale in (root / "output", root / ".harvest"):
            shutil.rmtree(stale, ignore_errors=True)
        shutil.copytree(good, root / "output")
        code, place = run(root, at, number)
        if not place:
            return
        found = {"place": place, "code": code, "output": digest(root / "output")}
        site = sites.find(root)
        found["left"] = sorted(one.name for one in site.workshop.glob("[!.]*"))
        swap.recover(site)
        found["recovered"] = digest(root / "output")
        found["left after"] = sorted(one.name for one in site.workshop.glob("[!.]*"))
        print(json.dumps(found), flush=True)


if __name__ == "__main__":
    if "two-renames" in sys.argv:
        swap._CALLS.clear()
    import pelican  # noqa: F401  (imported once, before the forks)

    main(Path(sys.argv[1]), getattr(signal, sys.argv[2]), int(sys.argv[3]))
