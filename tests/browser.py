"""Finds a Chromium for the tests, or installs one: `python tests/browser.py` says which.

Looks for the one named in the environment's CHROMIUM, then for the system's, then for
playwright's own. Where there is none, installs one: with apt-get as root, else with
`playwright install chromium`. Where that fails too, the tests fail; none is skipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ON_MACOS = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)
FLAGS = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
)


class NoBrowser(Exception):
    """There is no Chromium and none could be installed."""


def find() -> Path | None:
    """The first Chromium on this machine, or None."""
    return next((place for place in places() if place.is_file()), None)


def places() -> Iterator[Path]:
    """Where a Chromium may be, the nearest first; playwright is asked only when it must be."""
    yield from named()
    yield from (Path(place) for place in map(shutil.which, NAMES) if place)
    yield from ON_MACOS
    yield from of_playwright()


def named() -> list[Path]:
    """The one that the environment names, which must then be there."""
    wanted = os.environ.get("CHROMIUM")
    if wanted and not Path(wanted).is_file():
        raise NoBrowser(
            f"CHROMIUM={wanted}: no such file; name a browser that is there, or unset it"
        )
    return [Path(wanted)] if wanted else []


def of_playwright() -> list[Path]:
    """Where `playwright install chromium` puts its own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return [Path(playwright.chromium.executable_path)]


def ensure() -> Path:
    """A Chromium, installed now if there was none."""
    found = find()
    if found:
        return found
    tried = [" ".join(command) for command in installers() if not runs(command)]
    found = find()
    if found:
        return found
    raise NoBrowser(
        f"no Chromium was found; tried: {'; '.join(tried) or 'all went well'}; install one"
    )


def installers() -> Iterator[list[str]]:
    """The commands that install a Chromium here, one after the other until one has."""
    if is_root() and shutil.which("apt-get"):
        yield ["apt-get", "update", "-qq"]
        yield ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
    if not any(map(shutil.which, NAMES)):
        yield [sys.executable, "-m", "playwright", "install", "chromium"]


def runs(command: list[str]) -> bool:
    """Did the command end well? It may print as it likes."""
    print("browser:", " ".join(command), file=sys.stderr, flush=True)
    return subprocess.run(command, check=False, stdin=subprocess.DEVNULL).returncode == 0


def is_root() -> bool:
    """Is this the user for whom Chromium's own sandbox does not start?"""
    return hasattr(os, "geteuid") and os.geteuid() == 0


@contextmanager
def opened() -> Iterator:
    """A headless browser that talks to nobody by itself, closed at the end of the block."""
    from playwright.sync_api import sync_playwright

    program = ensure()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=list(FLAGS), chromium_sandbox=not is_root()
        )
        try:
            yield browser
        finally:
            browser.close()


def main() -> int:
    """Prints the browser the tests will use and its version; 2 where there is none."""
    try:
        program = ensure()
        with opened() as browser:
            print(f"browser: {program} ({browser.version})")
    except NoBrowser as problem:
        print(f"browser: {problem}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
