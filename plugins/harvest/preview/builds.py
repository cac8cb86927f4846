"""The builds of one preview: the newest, the last good one, and what is wrong with the newest.

Lives in the worker's process, which holds Pelican and the plugins warm. A build costs the
reading of what changed and the pages that somebody looks at; the rest is made in the pauses.
"""

from __future__ import annotations

import gc
import sys
import traceback
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from functools import cached_property, partial
from html import escape
from pathlib import Path
from time import monotonic

from harvest import hearing, theme_faults
from harvest import site as sites
from harvest.check import check, errors, in_order
from harvest.faults import Fault
from harvest.preview.answer import Answer, find
from harvest.preview.links import LinkCheck
from harvest.preview.outcome import Outcome
from harvest.preview.readings import Readings
from harvest.preview.site import LazySite, Press, for_preview
from mistakes import Mistake

_PAGE = '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>Preview</title>\n'


class Builds:
    """Builds the site in ``root`` again and again; answers from the last good build."""

    def __init__(self, root: Path, folder: Path) -> None:
        self._root = root
        self._folder = folder
        self._number = 0
        self._readings = Readings()
        self._readings.connect()
        self._shown: LazySite | None = None
        self._shown_is_good = False
        self._said_at_first: tuple[Mistake, ...] = ()  # of plugins that cannot be registered
        self._last_good: dict[str, bytes] = {}
        self._unmade: list[str] = []
        self._links = LinkCheck()

    def build(self, number: int, on_screen: tuple[str, ...]) -> Outcome:
        """Build once more; the new pages are shown unless there is a mistake."""
        fresh, mistakes = self._tried(number, on_screen)
        good = fresh is not None and not errors(mistakes)
        shown = fresh is not None and (good or not self._shown_is_good)
        if fresh and shown:
            self._shown, self._shown_is_good, self._number = fresh, good, number
            self._unmade = list(fresh.pages)
        return self._outcome(in_order(mistakes), good=good, shown=shown)

    def answer(self, name: str) -> Answer:
        """The page or file of that name; at a mistake in making it, as it was before."""
        if self._shown is None:
            return _sorry("There is no page yet.", self._number)
        try:
            return find(name, partial(self._look, self._shown, self._number))
        except Exception as error:  # noqa: BLE001 (a template may raise anything)
            return self._as_before(name, error)

    def settle(self, seconds: float) -> tuple[bool, tuple[Mistake, ...]]:
        """Go on for so long with pages not asked for yet; whether all is done, and new mistakes."""
        until, site = monotonic() + seconds, self._shown
        found: list[Mistake] = []
        while site and self._unmade and monotonic() < until:
            name = self._unmade.pop()
            found.extend(self._errors_in([name], site, self._number))
            self._links.read(name, self._last_good.get(name, b""))
        if site and not self._unmade:
            gc.collect()
            found.extend(self._links.mistakes(site))
        return not self._unmade, in_order(found)

    @cached_property
    def _site(self) -> sites.Site:
        return sites.find(self._root)

    @cached_property
    def _press(self) -> Press:
        with self._listening() as heard:
            press = Press(for_preview(self._site, self._folder).settings)
        self._said_at_first = tuple(heard)
        return press

    def _tried(
        self, number: int, on_screen: Iterable[str]
    ) -> tuple[LazySite | None, list[Mistake]]:
        """The site as it would be, with every mistake that shows before all pages are made."""
        try:
            checked = check(self._site)
            if checked.errors and self._shown_is_good:
                return None, list(checked.mistakes)
            heard = self._run()
        except Fault as fault:
            place, _, wrong = str(fault).partition(": ")
            return None, [Mistake(place, None, wrong)]
        except Exception as error:  # noqa: BLE001 (a plugin may raise anything)
            return None, [self._told(error)]
        fresh = self._press.site(checked.posts, self._site.shown)
        # what the check has said with a line, Pelican says again without
        said = checked.mistakes if checked.errors else (*checked.mistakes, *heard)
        return fresh, [*said, *self._errors_in(on_screen, fresh, number)]

    def _run(self) -> list[Mistake]:
        press = self._press
        with self._listening() as heard:
            press.run()
        return [*self._said_at_first, *heard]

    def _listening(self) -> AbstractContextManager[list[Mistake]]:
        return hearing.taking_down(self._site.root, self._site.content)

    def _errors_in(self, names: Iterable[str], site: LazySite, number: int) -> Iterator[Mistake]:
        for name in names:
            try:
                find(name, partial(self._look, site, number))
            except Exception as error:  # noqa: BLE001 (a template may raise anything)
                yield self._told(error)

    def _look(self, site: LazySite, number: int, name: str) -> Answer | None:
        page = site.pages.get(name)
        if page:
            self._last_good[name] = page.body
            return Answer(200, name, page.body, number=number)
        file = site.source_of(name)
        return Answer(200, name, file=file, number=number) if file else None

    def _as_before(self, name: str, error: Exception) -> Answer:
        before = self._last_good.get(name) or self._last_good.get(f"{name}index.html")
        if before is None:
            return _sorry(str(self._told(error)), self._number)
        return Answer(200, "index.html", before, number=self._number)

    def _told(self, error: Exception) -> Mistake:
        """The exception as a mistake at its template, else at the innermost file of the site."""
        mistake = theme_faults.told(error, self._site) if "_site" in vars(self) else None
        if mistake:
            return mistake
        frames = traceback.extract_tb(error.__traceback__)
        own = [frame for frame in frames if _is_written_in(self._root, Path(frame.filename))]
        place = Path(own[-1].filename).relative_to(self._root).as_posix() if own else "the build"
        return Mistake(place, own[-1].lineno if own else None, f"{type(error).__name__}: {error}")

    def _outcome(self, mistakes: tuple[Mistake, ...], *, good: bool, shown: bool) -> Outcome:
        folders = {self._root / name for name in ("content", "theme")}
        plugins, content = {self._root / "plugins"}, self._root / "content"
        if "_press" in vars(self):
            settings, content = self._press.settings, Path(self._press.path)
            plugins.update(map(Path, settings["PLUGIN_PATHS"]), _sources_of(settings["PLUGINS"]))
            folders.update(map(Path, settings["THEME_TEMPLATES_OVERRIDES"]))
            folders.update((content, Path(self._press.theme)))
        drafts = self._shown.drafts if self._shown else ()
        watched = frozenset(folders | plugins)
        return Outcome(good, shown, mistakes, watched, frozenset(plugins), content, drafts)


def _sources_of(plugins: Iterable[str]) -> Iterator[Path]:
    """Where the plugins are written, without those that are installed for good."""
    for name in plugins:
        file = getattr(sys.modules.get(name), "__file__", None)
        if file and "site-packages" not in Path(file).parts:
            yield Path(file).parent


def _is_written_in(root: Path, file: Path) -> bool:
    inside = file.relative_to(root).parts if file.is_relative_to(root) else (".",)
    return not any(part.startswith(".") for part in inside)


def _sorry(line: str, number: int) -> Answer:
    """A page where there is none to show; the bar on it tells the rest."""
    return Answer(500, "500.html", f"{_PAGE}<p>{escape(line)}</p>\n".encode(), number=number)
