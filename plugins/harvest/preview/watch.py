"""What was saved, as soon as it was: files of the site that changed, and what that calls for."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread

from watchfiles import Change, DefaultFilter, watch

Changes = frozenset[Path]

# from the first change to the report, in ms: an editor's write-and-rename is one save
_STEP = 10
_MADE = frozenset({"output", ".harvest"})


def needs_a_fresh_start(path: Path, *, content: Path, plugins: Iterable[Path]) -> bool:
    """True for what a running Python reads only once: a program, a setting, a catalogue."""
    if path.suffix == ".py" or any(path.is_relative_to(folder) for folder in plugins):
        return True
    return path.suffix == ".toml" and not path.is_relative_to(content)


class Watch:
    """Reports what was saved in some folders and in the settings beside them."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._folders: frozenset[Path] = frozenset()
        self._saved: SimpleQueue[Changes] = SimpleQueue()
        self._retired = Event()
        self._stop = Event()

    def look_at(self, folders: Iterable[Path]) -> None:
        """From now on watch these folders with all below them, and the root's own programs."""
        wanted = frozenset(folder for folder in folders if folder.is_dir())
        if wanted == self._folders:
            return
        old, self._retired, self._folders = self._retired, Event(), wanted
        begun = [self._begin([self._root], _Programs(), recursive=False)]
        if wanted:
            begun.append(self._begin(sorted(wanted), _Sources(self._root), recursive=True))
        for one in begun:
            one.wait()
        old.set()

    def next(self, timeout: float | None = None) -> Changes:
        """All that was saved since last asked; empty if nothing was within ``timeout`` seconds."""
        try:
            changes = self._saved.get(timeout=timeout)
        except Empty:
            return frozenset()
        while not self._saved.empty():
            changes |= self._saved.get()
        return changes

    def has_news(self) -> bool:
        """True when something was saved since last asked."""
        return not self._saved.empty()

    def stop(self) -> None:
        """Watch nothing any more."""
        self._stop.set()
        self._folders = frozenset()

    def _begin(self, folders: list[Path], wanted: DefaultFilter, *, recursive: bool) -> Event:
        begun = Event()
        seen = watch(
            *folders,
            watch_filter=wanted,
            step=_STEP,
            debounce=20 * _STEP,
            rust_timeout=200,
            yield_on_timeout=True,  # the first report, of nothing, tells that it has begun
            stop_event=self._stop,
            recursive=recursive,
            raise_interrupt=False,
        )
        given = (seen, begun, self._retired)
        Thread(target=self._report, args=given, daemon=True).start()
        return begun

    def _report(
        self, seen: Iterable[set[tuple[Change, str]]], begun: Event, retired: Event
    ) -> None:
        for changes in seen:
            begun.set()
            saved = {Path(path) for change, path in changes if not _passed_by(change, path)}
            if saved:
                self._saved.put(frozenset(saved))
            elif retired.is_set():  # and nothing is on its way any more
                return


def _passed_by(change: Change, path: str) -> bool:
    """True for a file that came and went within one save, as some editors make them."""
    return change is Change.added and not Path(path).exists()


class _Sources(DefaultFilter):
    """What people write: nothing that is made, hidden or an editor's own."""

    def __init__(self, root: Path) -> None:
        super().__init__()
        self._root = root

    def __call__(self, change: Change, path: str) -> bool:
        full = Path(path)
        parts = (
            full.relative_to(self._root).parts
            if full.is_relative_to(self._root)
            else full.parts[-1:]
        )
        hidden = _MADE.intersection(parts[:1]) or any(part.startswith(".") for part in parts)
        return not hidden and super().__call__(change, path)


class _Programs(DefaultFilter):
    """The settings: Python beside pelicanconf.py."""

    def __call__(self, change: Change, path: str) -> bool:
        return path.endswith(".py") and super().__call__(change, path)
