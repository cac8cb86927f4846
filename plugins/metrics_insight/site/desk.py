"""What one run of Pelican shares between its cards: the data, the templates, the files to write."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from jinja2 import BytecodeCache, ChoiceLoader, Environment, FileSystemLoader, PackageLoader

from metrics_insight import compose, sentences
from metrics_insight.charts import data, png, svg
from metrics_insight.insight import Chart, Insight
from metrics_insight.model import Dataset, Post
from metrics_insight.site.explore import POLICY, Explore
from metrics_insight.site.paintings import Paintings

logger = logging.getLogger(__name__)

HERE = "insight-file:"
"""What an address of a file of ours begins with, until the address of the site is known."""


@dataclass
class Kept:
    """A file to be written, and the posts and pages that show it."""

    raw: bytes
    owners: list[Any] = field(default_factory=list)

    @property
    def is_shown(self) -> bool:
        """Whether any of them is written: a draft may have no place in the output."""
        return any(getattr(owner, "save_as", "") for owner in self.owners)


@dataclass(frozen=True)
class Made:
    """A card that stands in a post or page, and what its templates were given."""

    content: Any
    insight: Insight
    known: Mapping[str, Any]

    @property
    def slug(self) -> str:
        """The name of its post."""
        return str(getattr(self.content, "slug", ""))

    @property
    def id(self) -> str:
        """Its own name in the post."""
        return self.insight.id.removeprefix("insight-")


@dataclass
class Desk:
    """The one owner of a run's state; laid out anew for each run.

    Posts and pages wait for their cards until all ``posts`` are known, whose events every
    card may show; ``quoting`` waits until the cards in them are ``made``.
    """

    folder: Path
    shown: str
    language: str
    templates: tuple[str, ...]
    paintings: Paintings
    explore: Explore
    compiled: BytecodeCache | None = None
    files: dict[str, Kept] = field(default_factory=dict)
    feed_forms: dict[str, tuple[Any, str]] = field(default_factory=dict)
    posts: tuple[Post, ...] | None = None
    waiting: list[Any] = field(default_factory=list)
    made: list[Made] = field(default_factory=list)
    quoting: list[Callable[[], None]] = field(default_factory=list)

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Desk:
        """The desk of a site: INSIGHT_DATA names the data folder inside its content."""
        content = Path(settings["PATH"])
        name = str(settings.get("INSIGHT_DATA", "data"))
        overrides = [str(path) for path in settings.get("THEME_TEMPLATES_OVERRIDES", ())]
        own = str(Path(settings.get("THEME", "")) / "templates")
        language = str(settings.get("DEFAULT_LANG", "en"))
        compiled = settings.get("JINJA_ENVIRONMENT", {}).get("bytecode_cache")
        return cls(
            content / name,
            f"{content.name}/{name}",
            language,
            (*overrides, own),
            Paintings.of(settings),
            Explore.of(settings),
            compiled,
        )

    @cached_property
    def dataset(self) -> Dataset:
        """All that could be read of data and posts; what could not is logged, once in a run."""
        dataset = compose.gather(self.folder, self.shown, self.posts or ())
        for mistake in dataset.mistakes:
            logger.error("%s", mistake)
        return dataset

    @cached_property
    def environment(self) -> Environment:
        """The templates of cards: a site's own before the theme's before the plugin's."""
        loaders = [FileSystemLoader(self.templates), PackageLoader("metrics_insight", "templates")]
        return Environment(
            loader=ChoiceLoader(loaders),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=self.compiled,
        )

    def picture(self, chart: Chart, name: str, layout: svg.Layout, owner: Any) -> dict[str, Any]:
        """Draw a chart and keep it to be written; the drawing, its address and size in pixels.

        The file's name carries the hash of its content: another picture, another name.
        """
        drawing = svg.draw(chart, sentences.catalogue(chart.language), layout=layout)
        raw = drawing.text.encode("utf-8")
        path = f"charts/{name}-{hashlib.sha256(raw).hexdigest()[:10]}.svg"
        self._keep(path, raw, owner)
        return _shown(path, drawing)

    def painting(self, drawing: svg.Drawing, name: str) -> dict[str, Any]:
        """Lay a drawing out to be painted if a feed shows it; its address and size in pixels."""
        return _shown(self.paintings.lay(name, png.sheet(drawing, self.paintings.fonts)), drawing)

    def data_file(self, shown: str, owner: Any) -> str:
        """Keep a data file to be published beside the pages; its address."""
        path = self.folder / Path(shown).name
        self._keep(f"data/{path.name}", path.read_bytes(), owner)
        return f"{HERE}data/{quote(path.name)}"

    def chart_data(self, chart: Chart, name: str, owner: Any) -> str:
        """Keep the data of a chart as JSON beside its pictures; its address."""
        raw = data.json(chart, sentences.catalogue(chart.language)).encode("utf-8")
        path = f"charts/{name}-{hashlib.sha256(raw).hexdigest()[:10]}.json"
        self._keep(path, raw, owner)
        return HERE + path

    def size(self, address: str) -> int:
        """How many bytes the kept file has that stands at an address."""
        return len(self.files[unquote(address.removeprefix(HERE))].raw)

    def exploration(self, chart: Chart, name: str, owner: Any) -> dict[str, Any] | None:
        """Keep what it takes to explore a chart: addresses, and what the button says.

        The page that shows it may then load and run it; None where the site offers nothing.
        """
        offer = self.explore.offer(chart, name)
        if offer is None:
            return None
        owner.policy_additions = POLICY
        for file in offer.files.values():
            self._keep(file.path, file.raw, owner)
        addresses = {what: HERE + file.path for what, file in offer.files.items()}
        return {**addresses, "says": offer.says, "sheet": offer.sheet}

    def share(self, address: str, owner: Any) -> None:
        """Let another post or page show the kept file that stands at an address."""
        kept = self.files.get(unquote(address.removeprefix(HERE)))
        if kept:
            kept.owners.append(owner)

    def write(self, output: Path) -> None:
        """Write every file that a written page shows, and none whose bytes are there already."""
        for name, kept in sorted(self.files.items()):
            path = output / name
            if not kept.is_shown or (path.is_file() and path.read_bytes() == kept.raw):
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(kept.raw)
        self.paintings.write(output)

    def _keep(self, name: str, raw: bytes, owner: Any) -> None:
        self.files.setdefault(name, Kept(raw)).owners.append(owner)


def _shown(path: str, drawing: svg.Drawing) -> dict[str, Any]:
    size = {"width": drawing.width, "height": drawing.height}
    return {"address": HERE + path, "drawing": drawing, **size}
