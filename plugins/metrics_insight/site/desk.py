"""What one run of Pelican shares between its cards: the data, the templates, the files to write."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader

from catalogue import Catalogue
from metrics_insight import compose, sentences
from metrics_insight.charts import svg
from metrics_insight.model import Chart, Dataset
from mistakes import Mistake

HERE = "insight-file:"
"""What an address of a file of ours begins with, until the address of the site is known."""


@dataclass
class Desk:
    """The one owner of a run's state; laid out anew for each run."""

    folder: Path
    shown: str
    language: str
    templates: tuple[str, ...]
    files: dict[str, bytes] = field(default_factory=dict)
    feed_forms: dict[str, tuple[Any, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Desk:
        """The desk of a site: INSIGHT_DATA names the data folder inside its content."""
        content = Path(settings["PATH"])
        name = str(settings.get("INSIGHT_DATA", "data"))
        overrides = [str(path) for path in settings.get("THEME_TEMPLATES_OVERRIDES", ())]
        own = str(Path(settings.get("THEME", "")) / "templates")
        language = str(settings.get("DEFAULT_LANG", "en"))
        return cls(content / name, f"{content.name}/{name}", language, (*overrides, own))

    @cached_property
    def _gathered(self) -> tuple[Dataset, tuple[Mistake, ...]]:
        return compose.gather(self.folder, self.shown)

    @property
    def dataset(self) -> Dataset:
        """All that could be read of the data folder, read once in a run."""
        return self._gathered[0]

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        """What could not be read of it."""
        return self._gathered[1]

    @property
    def words(self) -> Catalogue:
        """The words of the site's language."""
        return sentences.catalogue(self.language)

    @cached_property
    def environment(self) -> Environment:
        """The templates of cards: a site's own before the theme's before the plugin's."""
        loaders = [FileSystemLoader(self.templates), PackageLoader("metrics_insight", "templates")]
        return Environment(
            loader=ChoiceLoader(loaders), autoescape=True, trim_blocks=True, lstrip_blocks=True
        )

    def picture(self, chart: Chart, name: str, layout: svg.Layout) -> dict[str, Any]:
        """Draw a chart and keep it to be written; its address and size in pixels.

        The file's name carries the hash of its content: another picture, another name.
        """
        drawing = svg.draw(chart, self.words, layout=layout)
        raw = drawing.text.encode("utf-8")
        path = f"charts/{name}-{hashlib.sha256(raw).hexdigest()[:10]}.svg"
        self.files[path] = raw
        return {"address": HERE + path, "width": drawing.width, "height": drawing.height}

    def data_file(self, shown: str) -> str:
        """Keep a data file to be published beside the pages; its address."""
        path = self.folder / Path(shown).name
        self.files[f"data/{path.name}"] = path.read_bytes()
        return f"{HERE}data/{path.name}"

    def write(self, output: Path) -> None:
        """Write every file kept, and none whose bytes are there already."""
        for name, raw in sorted(self.files.items()):
            path = output / name
            if path.is_file() and path.read_bytes() == raw:
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(raw)
