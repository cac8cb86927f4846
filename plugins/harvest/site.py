"""The site a command is called in: where it is and what its settings say."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from harvest.faults import Fault
from mistakes import Mistake

SETTINGS_FILE = "pelicanconf.py"
# Pelican's own defaults ask the machine, and keep a folder where nobody looks for one.
STEADY = {"LOCALE": ["C.UTF-8", "C"], "TIMEZONE": "UTC", "CACHE_PATH": ".harvest/cache"}

CLOCKS = (
    ("WITH_FUTURE_DATES", False, 'hide later posts with SITE_DATE = "2025-06-30"'),
    ("DEFAULT_DATE", "fs", "give each post its Date"),
)


@dataclass(frozen=True)
class Site:
    """One site: its folder, its Pelican settings, and where content and output are."""

    root: Path
    settings: Mapping[str, Any]
    content: Path
    output: Path
    warnings: tuple[Mistake, ...] = ()  # what Pelican said about the settings
    is_opened_from_a_folder: bool = False  # its pages are looked at without a server

    @property
    def workshop(self) -> Path:
        """The git-ignored folder for caches and builds aside."""
        return self.root / ".harvest"

    def shown(self, path: Path | str) -> str:
        """The path as an author knows it: from the site's folder, with ``/``."""
        # asked for every post at every save, for which pathlib is too slow
        root = str(self.root)
        full = os.path.abspath(os.path.join(root, path))  # noqa: PTH118
        return "." if full == root else full.removeprefix(f"{root}{os.sep}").replace(os.sep, "/")

    def with_settings(self, **changes: Any) -> Site:
        """The same site with some settings changed."""
        settings = {**self.settings, **changes}
        return replace(self, settings=settings, output=Path(settings["OUTPUT_PATH"]))


def opened_from_a_folder(site: Site) -> Site:
    """The same site with links that open without a server."""
    return replace(site.with_settings(RELATIVE_URLS=True), is_opened_from_a_folder=True)


def find(
    start: Path, *, conf: str = SETTINGS_FILE, overrides: Mapping[str, Any] | None = None
) -> Site:
    """The site that holds ``start``, set up by its file ``conf``; a Fault when there is none."""
    root = find_root(start)
    return read(root, conf=conf, overrides=overrides or {})


def find_root(start: Path) -> Path:
    """The nearest folder from ``start`` upward with a pelicanconf.py."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / SETTINGS_FILE).is_file():
            return folder
    raise Fault(
        f"{start}: no {SETTINGS_FILE} here or above; change to a site's folder, "
        "or make a site with: harvest init DIR"
    )


def read(root: Path, *, conf: str, overrides: Mapping[str, Any]) -> Site:
    """The site in ``root``; a Fault with file and line when its settings cannot be read."""
    from harvest import settings_rules
    from harvest.hearing import taking_down

    with taking_down(root, root) as heard:
        settings = _settings(root / conf, dict(overrides))
    settings_rules.refuse_wrong(settings, conf)
    for name, value, right in CLOCKS:
        if settings.get(name) == value:
            raise Fault(
                f"{conf}: {name} = {value!r} reads a clock, so no two builds are the same; {right}"
            )
    warnings = tuple(replace(mistake, path=conf) for mistake in heard)
    return Site(root, settings, Path(settings["PATH"]), Path(settings["OUTPUT_PATH"]), warnings)


def _settings(path: Path, overrides: dict[str, Any]) -> dict[str, Any]:
    from pelican.settings import get_settings_from_file, read_settings

    if not path.is_file():
        raise Fault(f"{path.name}: this file is missing; it holds the settings for this command")
    with _importing_from(path.parent):
        try:
            given = copied(get_settings_from_file(str(path)))
        except (Exception, SystemExit) as error:
            raise Fault(_told(error, path.parent, path.name)) from error
        try:
            placed = _placed(path.parent, {**STEADY, **given, **overrides})
            _refuse_no_content(Path(placed["PATH"]), path)
            settings: dict[str, Any] = read_settings(None, placed)
        except Fault:
            raise
        except Exception as error:
            raise Fault(f"{path.name}: {error}") from error
    return settings


def _refuse_no_content(content: Path, conf: Path) -> None:
    if not content.is_dir():
        shown = os.path.relpath(content, conf.parent)
        raise Fault(f"{conf.name}: there is no folder {shown}; make it, or name another in PATH")


@contextmanager
def _importing_from(folder: Path) -> Iterator[None]:
    """Lets settings import each other, from the file as it is now and not from a cache."""
    for module in (SETTINGS_FILE, "publishconf.py"):
        sys.modules.pop(module.removesuffix(".py"), None)
    unwritten, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))
        sys.dont_write_bytecode = unwritten


def copied(value: Any) -> Any:
    """Plain containers copied to the bottom: Pelican writes into them, the next build must not."""
    if isinstance(value, dict):
        return {key: copied(item) for key, item in value.items()}
    if isinstance(value, list):
        return [copied(item) for item in value]
    return value


def _placed(root: Path, settings: dict[str, Any]) -> dict[str, Any]:
    """The settings with every path made absolute from the site's folder."""
    placed = {"PATH": "content", "OUTPUT_PATH": "output", **settings}
    for key in ("PATH", "OUTPUT_PATH", "THEME", "CACHE_PATH"):
        path = root / str(placed.get(key, ""))
        # a theme may be a name of Pelican's own instead of a folder
        if key in placed and (key != "THEME" or path.exists()):
            placed[key] = os.path.abspath(path)
    for key in ("PLUGIN_PATHS", "THEME_TEMPLATES_OVERRIDES"):
        placed[key] = [os.path.abspath(root / path) for path in placed.get(key, [])]
    return placed


def _told(error: BaseException, root: Path, name: str) -> str:
    """What went wrong while a settings file ran: file, line and what."""
    if isinstance(error, SyntaxError) and error.filename:
        return f"{Path(error.filename).name}:{error.lineno}: {error.msg}"
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).parent == root]
    place = f"{Path(own[-1].filename).name}:{own[-1].lineno}" if own else name
    return f"{place}: {type(error).__name__}: {error}"
