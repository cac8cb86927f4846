"""What the open browsers should show, and a way to wait for news of it.

Not events but a state: a browser that was away, asleep or late is told the same as one that
was there all along, and works out by itself whether it must load its page again.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import Condition

from mistakes import Mistake


@dataclass(frozen=True)
class State:
    """Which build the pages come from, which the styles, and what is wrong now."""

    pages: int = 0
    styles: int = 0
    mistakes: tuple[Mistake, ...] = ()
    held: bool = False  # back at the last good pages, because of a mistake

    def __str__(self) -> str:
        lines = [{"text": str(mistake), "doubtful": mistake.doubtful} for mistake in self.mistakes]
        shown = {"pages": self.pages, "styles": self.styles, "held": self.held, "mistakes": lines}
        return json.dumps(shown)


class Screens:
    """The one owner of the state, and the list of who looks at which address."""

    def __init__(self) -> None:
        self._news = Condition()
        self._open: Counter[str] = Counter()
        self._ended = False
        self.state = State()

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses that browsers show just now."""
        with self._news:
            return tuple(sorted(+self._open))

    def show_pages(self, number: int, mistakes: Iterable[Mistake]) -> None:
        """Every page is new since this build."""
        self._tell(State(number, number, tuple(mistakes)))

    def show_styles(self, number: int, mistakes: Iterable[Mistake]) -> None:
        """Only the styles are new since this build."""
        self._tell(replace(self.state, styles=number, mistakes=tuple(mistakes), held=False))

    def hold(self, mistakes: Iterable[Mistake]) -> None:
        """The last good pages stay until these mistakes are mended."""
        self._tell(replace(self.state, mistakes=tuple(mistakes), held=True))

    def add(self, mistakes: Iterable[Mistake]) -> None:
        """The pages are new, and this was found in them since."""
        self._tell(
            replace(self.state, mistakes=tuple(dict.fromkeys((*self.state.mistakes, *mistakes))))
        )

    def end(self) -> None:
        """Let everyone go who waits."""
        with self._news:
            self._ended = True
            self._news.notify_all()

    @contextmanager
    def open(self, address: str) -> Iterator[None]:
        """While it lasts, a browser shows this address."""
        with self._news:
            self._open[address] += 1
        try:
            yield
        finally:
            with self._news:
                self._open[address] -= 1

    def news(self, patience: float) -> Iterator[State | None]:
        """The state now, then each new one; None whenever ``patience`` seconds brought none."""
        told: State | None = None
        while not self._ended:
            fresh = self._after(told, patience)
            yield fresh
            told = fresh or told

    def _after(self, told: State | None, patience: float) -> State | None:
        """The state, once it is another than the one told; None when it stays so long."""
        with self._news:
            self._news.wait_for(lambda: self._ended or self.state is not told, patience)
            return None if self.state is told else self.state

    def _tell(self, state: State) -> None:
        with self._news:
            self.state = state
            self._news.notify_all()
