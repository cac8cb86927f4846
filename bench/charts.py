"""What a chart weighs and costs, beside other tools asked for the same one in the same run.

    python bench/charts.py [--pairs 7] [--write]

Ours and another's drawing are timed in turn, pair by pair, since machines are noisy; told are
the middle ratio and the range of all of them, no seconds. `--write` puts the table into
docs/charts.md. The exit code is 1 where something that must hold does not, and the tools have to
be there: `make peers`.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "bench")]

import chart_peers  # noqa: E402
import plotly.graph_objects as go  # noqa: E402

import chart_cases  # noqa: E402  found by the line above, as all of these
import demo  # noqa: E402
from metrics_insight.charts import interactive, png, sparkline, svg  # noqa: E402
from metrics_insight.insight import Chart  # noqa: E402
from metrics_insight.site.paintings import Paintings  # noqa: E402
from metrics_insight.wording import catalogue  # noqa: E402

WORDS = catalogue("en")
PAGE = ROOT / "docs" / "charts.md"
TABLE = re.compile(r"(?<=<!-- make bench-charts WRITE=1 -->\n).*?(?=\n<!-- to here -->)", re.DOTALL)
HEADS = "| what | measured | must be |\n|---|---|---|"


@dataclass(frozen=True)
class Row:
    """One figure: what it is of, what was measured, what must be, and whether it is so."""

    what: str
    measured: str
    must: str
    holds: bool

    def __str__(self) -> str:
        found = self.measured if self.holds else f"**{self.measured}**: not yet"
        return f"| {self.what} | {found} | {self.must} |"


def main() -> int:
    """Measures all, prints the table, says what does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=7)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--digests", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.digests:
        print(digests())
        return 0
    chart_peers.refuse_missing()
    rows = []
    for row in measured(asked.pairs):
        rows.append(row)
        print(row, flush=True)
    if asked.write:
        table = "\n".join([HEADS, *map(str, rows)])
        PAGE.write_text(TABLE.sub(lambda _: table, PAGE.read_text("utf-8")), "utf-8")
    return 0 if all(row.holds for row in rows) else 1


def measured(pairs: int) -> Iterator[Row]:
    year = chart_cases.year()
    yield from weights(year)
    with chart_peers.all_warm() as peers:
        for name, peer in peers.items():
            ours, theirs = drawer(year), lambda peer=peer: peer(year, "svg")
            yield faster(f"SVG of that year, time of {name}", ours, theirs, 20, pairs)
        for name, peer in peers.items():
            ours, theirs = lambda: png.draw(year, WORDS), lambda peer=peer: peer(year, "png")
            yield faster(f"PNG of that year, time of {name}", ours, theirs, 1.5, pairs)
    yield unchanged(year)
    yield equal()
    with tempfile.TemporaryDirectory() as folder:
        yield from pages(demo.published(Path(folder) / "site"))


# --- bytes ------------------------------------------------------------------------------


def weights(year: Chart) -> Iterator[Row]:
    decade, spark = chart_cases.decade(), chart_cases.decade().panels[0].points
    yield weight("SVG, 365 points, 8 marks, band, break", drawn(year), 10_000)
    yield weight("the same, gzip", zipped(drawn(year)), 3_000)
    yield weight("SVG, ten years of days, 8 marks", drawn(decade), 16_000)
    yield weight("the same, gzip", zipped(drawn(decade)), 5_000)
    small = sparkline.draw(spark, title="Views").encode("utf-8")
    yield weight("sparkline of ten years of days", small, 600)
    yield weight("PNG of the year, 1440 pixels wide", png.draw(year, WORDS), 90_000)


def weight(what: str, raw: bytes, most: int) -> Row:
    size = len(raw)
    return Row(what, f"{size:,} bytes", f"at most {most:,}", size <= most)


def drawn(chart: Chart) -> bytes:
    return svg.draw(chart, WORDS).text.encode("utf-8")


def drawer(chart: Chart) -> Callable[[], object]:
    return lambda: svg.draw(chart, WORDS)


def zipped(raw: bytes) -> bytes:
    """As most hosts send it."""
    return gzip.compress(raw, 6, mtime=0)


# --- time -------------------------------------------------------------------------------


def faster(
    what: str, ours: Callable[[], object], theirs: Callable[[], object], must: float, pairs: int
) -> Row:
    """How many times quicker ours is, in pairs drawn in turn after a first one of each."""
    ours(), theirs()
    ratios = sorted(1 / (seconds(ours) / seconds(theirs)) for _ in range(pairs))
    told = f"{median(ratios):.3g} times ours ({ratios[0]:.3g} to {ratios[-1]:.3g})"
    return Row(what, told, f"at least {must:g} times", median(ratios) >= must)


def seconds(draw: Callable[[], object]) -> float:
    """The time of one drawing: the least disturbed of at least three."""
    taken: list[float] = []
    while len(taken) < 3 or sum(taken) < 0.05:
        start = time.perf_counter()
        draw()
        taken.append(time.perf_counter() - start)
    return min(taken)


def unchanged(year: Chart) -> Row:
    """A second build of the same chart, with the folder that the first one left."""
    with tempfile.TemporaryDirectory() as folder:
        first, second = (timed_build(year, Path(folder), number) for number in (1, 2))
    share = second / first
    told = f"{100 * share:.1f}% of painting it, none painted"
    return Row("PNG of an unchanged chart, time", told, "at most 5%", share <= 0.05)


def timed_build(chart: Chart, folder: Path, number: int) -> float:
    """What one build takes for one PNG; from the second on it may not paint."""
    paintings = Paintings.of({"PATH": str(folder), "CACHE_PATH": str(folder / "cache")})
    sheet = png.sheet(svg.draw(chart, WORDS), paintings.fonts)
    painter = png.paint
    if number > 1:
        png.paint = lambda sheets: painter(sheets) if not sheets else sys.exit("painted again")
    try:
        start = time.perf_counter()
        paintings.ask([paintings.lay("chart", sheet)])
        paintings.write(folder / f"output-{number}")
        return time.perf_counter() - start
    finally:
        png.paint = painter


# --- the same at every run --------------------------------------------------------------


def equal() -> Row:
    """Two interpreters, each with another order of its sets."""
    runs = [
        subprocess.run(
            [sys.executable, __file__, "--digests"], env={"PYTHONHASHSEED": seed},
            capture_output=True, check=True, encoding="utf-8",
        ).stdout
        for seed in ("1", "2")
    ]  # fmt: skip
    same = runs[0] == runs[1]
    told = "the same" if same else "different"
    return Row("bytes of two runs: SVG, JSON, PNG of every kind", told, "the same", same)


def digests() -> str:
    """A hash of each form of each kind of chart."""
    found = hashlib.sha256()
    for case in chart_cases.CASES.values():
        chart = case()
        found.update(drawn(chart) + interactive.draw(chart, WORDS).encode("utf-8"))
    for chart in (chart_cases.year(), chart_cases.irregular()):
        found.update(png.draw(chart, WORDS))
    return found.hexdigest()


# --- pages ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sent:
    """What goes over the wire for a page with one card: all of it, its script, its chart."""

    whole: int
    script: int
    figure: Path


def pages(output: Path) -> Iterator[Row]:
    """Every post of the demo with one card, as its host sends it, and its chart by plotly alone."""
    found = [sent for page in sorted(output.rglob("index.html")) if (sent := weighed(page, output))]
    if not found:
        sys.exit("bench/charts.py: the demo has no post with one card")
    heaviest = max(one.whole for one in found)
    what = f"demo pages with one card ({len(found)}), style sheet, both pictures, script, gzip"
    told = f"{min(one.whole for one in found):,} to {heaviest:,} bytes"
    yield Row(what, told, "at most 20,000", heaviest <= 20_000)
    script = max(one.script for one in found)
    yield Row("script before the press, gzip", f"{script:,} bytes", "at most 1,500", script <= 1500)
    ratios = sorted(alone(one.figure) / one.whole for one in found)
    told = f"{median(ratios):.3g} times ours ({ratios[0]:.3g} to {ratios[-1]:.3g})"
    what = "the same chart by plotly's default page (to_html), gzip"
    yield Row(what, told, "at least 70 times", ratios[0] >= 70)
    painted = [path.read_bytes() for path in output.glob("charts/*.png")]
    yield weight("heaviest PNG of the demo", max(painted, key=len), 90_000)


def weighed(page: Path, output: Path) -> Sent | None:
    """A post with exactly one card, and all that a browser may load for it before a press."""
    text = page.read_text("utf-8")
    figures = re.findall(r'"[^"]*?(charts/[^"/]+-explore-[^"/]+\.json)"', text)
    if 'class="insight"' not in text or len(set(figures)) != 1 or is_list(text):
        return None
    names = set(re.findall(r'(?:src|srcset|href)="[^"]*?/((?:charts|theme)/[^" ]+)"', text))
    loaded = [name for name in names if name.endswith((".svg", ".css", ".js"))]
    sizes = {name: len(zipped((output / name).read_bytes())) for name in loaded}
    script = sum(size for name, size in sizes.items() if name.endswith(".js"))
    whole = len(zipped(text.encode("utf-8"))) + sum(sizes.values())
    return Sent(whole, script, output / figures[0])


def is_list(text: str) -> bool:
    """Whether a page shows posts and is none."""
    return text.count('class="h-entry') != 1


def alone(figure: Path) -> int:
    """The chart as a page that plotly writes by itself, over the wire."""
    kept = json.loads(figure.read_text("utf-8"))
    page = go.Figure(kept["data"], kept["layout"]).to_html()
    return len(zipped(page.encode("utf-8")))


if __name__ == "__main__":
    sys.exit(main())
