"""The PNG files of one run: laid out for every card, painted when a feed or a link asks for them.

A painted picture is kept in Pelican's CACHE_PATH by a hash of all that its bytes rest on. The
folder may be deleted at any time, and nothing comes out different.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from metrics_insight.charts import fonts, png
from metrics_insight.errors import Fault
from mistakes import Mistake

logger = logging.getLogger(__name__)

MOST_KEPT = 500
"""How many pictures are kept before those that a run had no use for are let go."""


@dataclass(frozen=True)
class Store:
    """A folder of painted pictures, each under the key of its sheet."""

    folder: Path

    def get(self, key: str) -> bytes | None:
        """The picture of this key; None where there is none, or only the remains of one."""
        try:
            raw = self._file(key).read_bytes()
        except OSError:
            return None
        return raw if png.is_whole(raw) else None

    def put(self, key: str, raw: bytes) -> None:
        """Keep a picture; an OSError where the folder cannot be written."""
        self.folder.mkdir(parents=True, exist_ok=True)
        mark = self.folder / ".gitignore"
        if not mark.exists():
            mark.write_text("*\n", encoding="utf-8")
        aside = self.folder / f"{key}.{os.getpid()}.part"
        aside.write_bytes(raw)
        aside.replace(self._file(key))

    def let_go(self, used: Iterable[str]) -> None:
        """Remove what this run did not use, once there is much of it."""
        files = list(self.folder.glob("*.png")) if self.folder.is_dir() else []
        if len(files) > MOST_KEPT:
            names = {self._file(key).name for key in used}
            for file in files:
                if file.name not in names:
                    file.unlink(missing_ok=True)

    def _file(self, key: str) -> Path:
        return self.folder / f"{key}.png"


@dataclass
class Paintings:
    """What may be painted in this run, by the file's name in the site, and what was asked for."""

    store: Store
    own_fonts: Path | None
    sheets: dict[str, png.Sheet] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    output: Path | None = None
    warned: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Paintings:
        """Those of a site: INSIGHT_FONTS names a folder of fonts inside its content."""
        named = settings.get("INSIGHT_FONTS")
        own = Path(settings["PATH"]) / str(named) if named else None
        return cls(Store(Path(settings.get("CACHE_PATH") or "cache") / "charts"), own)

    @cached_property
    def fonts(self) -> fonts.Fonts:
        """The fonts at hand; a folder of the author's that is wrong is told, and left out."""
        try:
            return fonts.found(self.own_fonts)
        except Fault as fault:
            logger.error("%s", Mistake("INSIGHT_FONTS", None, fault.wrong, fault.right))  # noqa: TRY400
            return fonts.found()

    def lay(self, name: str, sheet: png.Sheet) -> str:
        """Lay out a sheet; the name of its file, which carries the hash of what it will show."""
        path = f"charts/{name}-{sheet.key[:10]}.png"
        self.sheets[path] = sheet
        return path

    def ask(self, paths: Iterable[str]) -> None:
        """These are shown somewhere: paint them with all the others, or at once when that is past.

        A preview makes its feeds when somebody looks at them, after the run has ended.
        """
        wanted = {path for path in paths if path in self.sheets} - self.asked
        self.asked |= wanted
        if self.output is not None:
            self._write(wanted, self.output)

    def write(self, output: Path) -> None:
        """Paint what was asked for into the output, and leave what is there already."""
        self.output = output
        self._write(self.asked, output)
        self.store.let_go(sheet.key for sheet in self.sheets.values())

    def _write(self, paths: Iterable[str], output: Path) -> None:
        wanted = {path: self.sheets[path] for path in sorted(paths)}
        self._tell_missing(wanted.values())
        for path, raw in self._painted(wanted).items():
            file = output / path
            if not (file.is_file() and file.read_bytes() == raw):
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(raw)

    def _painted(self, wanted: Mapping[str, png.Sheet]) -> dict[str, bytes]:
        kept = {path: self.store.get(sheet.key) for path, sheet in wanted.items()}
        new = [path for path, raw in kept.items() if raw is None]
        for path, raw in zip(new, png.paint([wanted[path] for path in new]), strict=True):
            kept[path] = raw
            self._keep(wanted[path].key, raw)
        return {path: raw for path, raw in kept.items() if raw is not None}

    def _keep(self, key: str, raw: bytes) -> None:
        try:
            self.store.put(key, raw)
        except OSError as error:
            wrong = f"pictures cannot be kept for the next build ({error.strerror})"
            self._warn(str(self.store.folder), wrong, "they are painted anew each time")

    def _tell_missing(self, sheets: Iterable[png.Sheet]) -> None:
        letters = sorted({letter for sheet in sheets for letter in sheet.missing})
        if letters:
            some = "".join(letters[:20]) + ("…" if len(letters) > 20 else "")
            right = "name a folder of fonts that have them, as INSIGHT_FONTS"
            self._warn("pictures for feeds", f'no font has the letters "{some}"', right)

    def _warn(self, place: str, wrong: str, right: str) -> None:
        """A warning, of each place once in a run."""
        if place not in self.warned:
            self.warned.add(place)
            logger.warning("%s", Mistake(place, None, wrong, right, doubtful=True))
