"""A line as small as a word: an SVG of at most 600 bytes, to stand inside a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from metrics_insight.charts import pens
from metrics_insight.charts.room import Way
from metrics_insight.model import Point

MOST_BYTES = 600
WIDTH, HEIGHT = 120, 24
COLOUR = "#3a86c8"  # one for both schemes: 3 : 1 on light and on dark paper

_EDGE = 3
_NOTHING = f"M{WIDTH // 2 - 6} {HEIGHT // 2}h12"
_LONGEST_TITLE = 120
_FINEST = 2 * (WIDTH - 2 * _EDGE)


def draw(points: Sequence[Point], *, title: str, gap: int | None = None) -> str:
    """The points in order of time as an `<svg>`, for a file or for the middle of a page.

    ``title`` is its name by ear, cut where it is long. With ``gap`` the line stops where
    more than so many days lie between two points. The highest and the lowest value are
    always drawn, the last value is a dot, and no point at all a dash; however long the
    series, the bytes are few.
    """
    runs = _runs(points, gap)
    columns = _FINEST
    text = _written(runs, title, columns)
    while len(text.encode("utf-8")) > MOST_BYTES and columns > 1:
        columns = columns * 3 // 4
        text = _written(runs, title, columns)
    return text


def _runs(points: Sequence[Point], gap: int | None) -> list[list[Point]]:
    runs: list[list[Point]] = [[points[0]]] if points else []
    for before, point in pairwise(points):
        if gap is not None and (point.day - before.day).days > gap:
            runs.append([])
        runs[-1].append(point)
    return runs


def _written(runs: Sequence[Sequence[Point]], title: str, columns: int) -> str:
    ways = _ways(runs)
    lines = "".join(pens.route(_fewer(way, columns)) for way in ways) or _NOTHING
    dot = _dot(*ways[-1][-1]) if ways else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" role="img">'
        f"<title>{_name(title)}</title>"
        f'<g fill="none" stroke="{COLOUR}" stroke-linecap="round" stroke-linejoin="round">'
        f'<path d="{lines}" stroke-width="1.5"/>{dot}</g></svg>'
    )


def _dot(x: float, y: float) -> str:
    return f'<path d="M{pens.number(x)} {pens.number(y)}h0" stroke-width="5"/>'


def _name(title: str) -> str:
    """The title as the file carries it, cut to its bytes before a letter is cut in two."""
    kept = title
    while len(pens.written(kept).encode("utf-8")) > _LONGEST_TITLE:
        kept = kept[:-2].rstrip() + "…"
    return pens.written(kept)


def _ways(runs: Sequence[Sequence[Point]]) -> list[list[tuple[int, int]]]:
    """Whole pixels: the days from left to right, the values from the lowest to the highest."""
    values = [point.value for run in runs for point in run]
    if not values:
        return []
    first, low = runs[0][0].day, min(values)
    days = max(1, (runs[-1][-1].day - first).days)
    spread = (max(values) - low) or 1.0
    return [
        [
            (
                round(_EDGE + (WIDTH - 2 * _EDGE) * (point.day - first).days / days),
                round(HEIGHT - _EDGE - (HEIGHT - 2 * _EDGE) * ((point.value - low) / spread)),
            )
            for point in run
        ]
        for run in runs
    ]


def _fewer(way: Way, columns: int) -> Way:
    """The highest and the lowest place of each column, in the order in which they came."""
    cells: dict[int, list[int]] = {}
    for number, (x, _) in enumerate(way):
        cells.setdefault(int(x * columns / WIDTH), []).append(number)
    kept: set[int] = set()
    for numbers in cells.values():
        kept |= {min(numbers, key=lambda n: way[n][1]), max(numbers, key=lambda n: way[n][1])}
    return [way[number] for number in sorted(kept)]
