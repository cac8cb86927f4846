"""What a page offers to a curious reader: a button that loads plotly.js and the chart's figure.

INSIGHT_EXPLORE says which plotly.js that is: True (as it is by itself) takes the one in the
Python package, the name of a file takes that (`charts.bundle`), False offers nothing.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from metrics_insight import sentences, wording
from metrics_insight.charts import bundle
from metrics_insight.errors import Fault
from metrics_insight.insight import Chart

logger = logging.getLogger(__name__)

POLICY = {
    "script-src": ("'self'",),
    "connect-src": ("'self'",),
    # plotly.js puts an empty style sheet into the page and fills it by rule: the hash of nothing
    "style-src": ("'self'", "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"),
}
"""What a page with such a button needs beyond a policy without any script."""


@dataclass(frozen=True)
class File:
    """A file that a button needs: where it stands, its bytes, how many go over the wire."""

    path: str
    raw: bytes
    wire: int


@dataclass(frozen=True)
class Offer:
    """What stands behind one button: its files by what they are, and what it says."""

    files: Mapping[str, File]
    says: Mapping[str, str]
    sheet: str


@dataclass
class Explore:
    """What one run of Pelican offers to explore charts with."""

    setting: Any = True
    root: Path = Path()

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Explore:
        """As a site sets it; a file is looked for beside its content."""
        return cls(settings.get("INSIGHT_EXPLORE", True), Path(settings["PATH"]).parent)

    def offer(self, chart: Chart, name: str) -> Offer | None:
        """What it takes to explore a chart; None where the site offers nothing."""
        if not self.shared:
            return None
        files = {**self.shared, "figure": _file(f"{name}-explore", ".json", _drawn(chart))}
        loaded = sum(file.wire for what, file in files.items() if what != "button")
        words = sentences.catalogue(chart.language)
        says = {
            "button": words.say("explore.button", size=wording.size(loaded, words)),
            "loading": words.say("explore.loading"),
            "failed": words.say("explore.failed"),
        }
        return Offer(files, says, self.library.sheet if self.library else "")

    @cached_property
    def library(self) -> bundle.Bundle | None:
        """The plotly.js of the site; none, and one error, where the setting is wrong."""
        try:
            return bundle.of(self.setting, self.root)
        except Fault as fault:
            logger.error("%s", fault.at("pelicanconf.py"))  # noqa: TRY400  a mistake, no bug
            return None

    @cached_property
    def shared(self) -> Mapping[str, File]:
        """The files that all charts share; none where nothing is offered."""
        library = self.library
        if library is None:
            return {}
        path = f"charts/plotly-{library.version}-{library.sha256[:10]}.min.js"
        return {
            "button": _file("explore", ".js", _script("explore.js")),
            "script": _file("chart", ".js", _script("chart.js")),
            "bundle": File(path, library.raw, library.wire),
        }


@lru_cache(maxsize=1024)  # a preview asks for the same charts at every save
def _drawn(chart: Chart) -> bytes:
    from metrics_insight.charts import interactive  # noqa: PLC0415  plotly, 40 ms at the first chart

    return interactive.draw(chart, sentences.catalogue(chart.language)).encode("utf-8")


def _script(name: str) -> bytes:
    return (files("metrics_insight") / "static" / name).read_bytes()


def _file(name: str, ending: str, raw: bytes) -> File:
    """A file whose name carries the hash of its content: other bytes, another name."""
    digest = hashlib.sha256(raw).hexdigest()[:10]
    return File(f"charts/{name}-{digest}{ending}", raw, bundle.wire(raw))
