"""What came of one build of a preview, as the worker tells it to the session."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mistakes import Mistake


@dataclass(frozen=True)
class Outcome:
    """What came of one build."""

    good: bool  # nothing is wrong, as far as is known yet
    shown: bool  # its pages are shown from now on
    mistakes: tuple[Mistake, ...]
    folders: frozenset[Path] = frozenset()  # whatever is saved in these asks for the next build
    plugins: frozenset[Path] = frozenset()  # … and in these for a fresh worker
    content: Path = Path("content")
    drafts: tuple[str, ...] = ()
