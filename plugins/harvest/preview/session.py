"""One preview from its first build to Ctrl-C: who builds, what browsers see, what was saved."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from time import monotonic, time

from harvest.preview.answer import Answer, name_of
from harvest.preview.outcome import Outcome
from harvest.preview.screens import Screens
from harvest.preview.watch import Changes, Watch, needs_a_fresh_start
from harvest.preview.worker import Worker
from mistakes import Mistake

_PAUSE = 0.5  # seconds after a save that belong to the browser
_SLICE = 0.02  # seconds of other work between two questions of a browser

Tell = Callable[[str], None]


class Preview:
    """A site on show; the worker builds in ``folder``, which is emptied before and after."""

    def __init__(self, root: Path, folder: Path, tell: Tell) -> None:
        self._root = root
        self._folder = folder
        self._tell = tell
        # higher than in any preview before: a page left open must know that it is old
        self._number = int(time() * 1000)
        self._worker = Worker(root, folder)
        folders = frozenset(root / name for name in ("content", "theme", "plugins"))
        plugins = frozenset({root / "plugins"})
        self._built = Outcome(False, False, (), folders, plugins, root / "content")  # the one shown
        self._has_good_pages = False
        self._refused = False  # a newer worker was, for a mistake in a program
        self._settled = True
        self._watch = Watch(root)
        self.screens = Screens()

    def look(self, name: str) -> Answer:
        """What the last good build answers."""
        return self._worker.answer(name)

    def begin(self, *, watch: bool) -> Outcome:
        """The first build; its pages are shown even with mistakes, there being no better."""
        shutil.rmtree(self._folder, ignore_errors=True)
        if watch:
            self._watch.look_at(self._built.folders)
        built = self._worker.build(self._next(), ())
        self._show(built, frozenset())
        self._tell_mistakes(built.mistakes)
        if watch:
            self._watch.look_at(self._built.folders)
        return built

    def follow(self) -> None:
        """Show every save, and make the other pages in the pauses, until interrupted."""
        while True:
            changes = self._watch.next(None if self._settled else _PAUSE)
            if changes:
                self._saved(changes)
            else:
                self._settle()

    def end(self) -> None:
        """Let the browsers go and the worker end."""
        self._watch.stop()
        self.screens.end()
        self._worker.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _saved(self, changes: Changes) -> None:
        begun = monotonic()
        built = self._after(changes)
        self._show(built, changes)
        names = ", ".join(sorted(self._shown(path) for path in changes))
        if built.good:
            self._tell(f"{names}: shown after {monotonic() - begun:.2f} s")
        self._tell_mistakes(built.mistakes)
        self._watch.look_at(self._built.folders)

    def _after(self, changes: Changes) -> Outcome:
        """The build after these changes, by this worker or a fresh one."""
        if self._refused or self._calls_for_a_fresh_start(changes):
            return self._by_a_fresh_worker()
        built = self._worker.build(self._next(), self._on_screen())
        if not self._worker.is_gone:
            return built
        self._has_good_pages = False
        return self._by_a_fresh_worker()

    def _by_a_fresh_worker(self) -> Outcome:
        """The build of a new worker, who takes over unless the old one has better pages."""
        fresh = Worker(self._root, self._folder)
        built = fresh.build(self._next(), self._on_screen())
        # refused: it runs the programs as they are now, so the next save tries them again
        self._refused = self._has_good_pages and not built.good
        if self._refused:
            built = replace(built, shown=False)
        else:
            fresh, self._worker = self._worker, fresh
        fresh.stop()
        return built

    def _calls_for_a_fresh_start(self, changes: Changes) -> bool:
        content, plugins = self._built.content, self._built.plugins
        return any(needs_a_fresh_start(path, content=content, plugins=plugins) for path in changes)

    def _show(self, built: Outcome, changes: Changes) -> None:
        """Tell the browsers; a build that is not shown leaves the pages as they were."""
        if not built.shown:
            self.screens.hold(built.mistakes)
        elif changes and all(path.suffix == ".css" for path in changes):
            self.screens.show_styles(self._number, built.mistakes)
        else:
            self.screens.show_pages(self._number, built.mistakes)
        if built.shown:
            # folders once watched stay so: a mistake in the settings may hide them for a while
            self._built = replace(built, folders=built.folders | self._built.folders)
        self._has_good_pages |= built.good
        self._settled = not built.shown

    def _settle(self) -> None:
        """Make pages that nobody has asked for yet, as long as nothing is saved."""
        while not self._settled and not self._watch.has_news():
            self._settled, mistakes = self._worker.settle(_SLICE)
            if mistakes:
                self.screens.add(mistakes)
                self._tell_mistakes(mistakes)

    def _on_screen(self) -> tuple[str, ...]:
        names = map(name_of, self.screens.addresses)
        return tuple(name for name in names if name is not None)

    def _next(self) -> int:
        self._number += 1
        return self._number

    def _tell_mistakes(self, mistakes: Iterable[Mistake]) -> None:
        for mistake in mistakes:
            self._tell(f"warning: {mistake}" if mistake.doubtful else str(mistake))

    def _shown(self, path: Path) -> str:
        return (
            path.relative_to(self._root).as_posix()
            if path.is_relative_to(self._root)
            else str(path)
        )
