"""The strokes an SVG picture is made of: text, lines, areas and dots, to a tenth of a pixel.

Colours are written on each element for light paper; the names of the classes let one small
style sheet turn them over for dark paper, and a reader that refuses the sheet still sees
the light picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from letters import plain
from metrics_insight.charts.room import Place, Way
from metrics_insight.charts.widths import runs_leftward

TITLE_SIZE, TEXT_SIZE = 15, 12
FONT = "system-ui,'DejaVu Sans',Verdana,sans-serif"


@dataclass(frozen=True)
class Pen:
    """A colour on light paper, and the class and the colour that turn it over on dark paper.

    ``paints`` says what the class paints: "fill" or "stroke".
    """

    name: str
    colour: str
    dark: str
    paints: str = "stroke"

    @property
    def rule(self) -> str:
        """Its line of the style sheet for dark paper."""
        return f".{self.name}{{{self.paints}:{self.dark}}}"


PAPER = Pen("p", "#fff", "#16181c", "fill")
INK = Pen("i", "#1a1a1a", "#e8e6e3", "fill")
GREY = Pen("g", "#595959", "#b4b8bf", "fill")
END = Pen("e", "#0b5fa5", "#6cb6ff", "fill")
ALARM = Pen("a", "#b3470b", "#ffa06b", "fill")
RULE = Pen("r", "#e2e2e2", "#34383f")
AXIS = Pen("b", "#595959", "#b4b8bf")
LINE = Pen("l", "#0b5fa5", "#6cb6ff")
CHANGE = Pen("c", "#b3470b", "#ffa06b")
LINK = Pen("k", "#1a1a1a", "#e8e6e3")
BAND, BAND_EDGE = Pen("s", "#d3e4f5", "#20384f", "fill"), Pen("s", "#7591ad", "#6f8aa6")
DISC, DISC_EDGE = Pen("d", "#fff", "#16181c", "fill"), Pen("d", "#595959", "#b4b8bf")

_RULES = (PAPER, INK, GREY, END, ALARM, RULE, AXIS, LINE, CHANGE, LINK)
_RULES_OF_TWO = ((BAND, BAND_EDGE), (DISC, DISC_EDGE))
DARK = (
    "@media(prefers-color-scheme:dark){"
    + "".join(pen.rule for pen in _RULES)
    + "".join(f".{a.name}{{fill:{a.dark};stroke:{b.dark}}}" for a, b in _RULES_OF_TWO)
    + "}"
)


@dataclass(frozen=True)
class Line:
    """A line of words, and where its baseline starts, ends or has its middle."""

    words: str
    at: Place

    @property
    def drawn(self) -> str:
        """The element without its colour, which stands on what is around it."""
        return f'<text x="{number(self.at[0])}" y="{number(self.at[1])}">{_kept(self.words)}</text>'


def texts(lines: Sequence[Line], pen: Pen, *, anchor: str = "start", bold: bool = False) -> str:
    """Several lines of words of one kind, "" for none."""
    if not lines:
        return ""
    inside = "".join(line.drawn for line in lines)
    return f'<g class="{pen.name}" fill="{pen.colour}"{_extra(anchor, bold)}>{inside}</g>'


def text(
    words: str,
    at: Place,
    pen: Pen,
    *,
    size: int = TEXT_SIZE,
    anchor: str = "start",
    bold: bool = False,
) -> str:
    """A line of words; ``at`` is where its baseline starts, ends or has its middle."""
    extra = _extra(anchor, bold) + ("" if size == TEXT_SIZE else f' font-size="{size}"')
    return (
        f'<text class="{pen.name}" x="{number(at[0])}" y="{number(at[1])}" '
        f'fill="{pen.colour}"{extra}>{_kept(words)}</text>'
    )


def way(places: Way, pen: Pen, *, thick: float = 1, dash: str = "") -> str:
    """A line through the places."""
    return ways([places], pen, thick=thick, dash=dash)


def ways(lines: Iterable[Way], pen: Pen, *, thick: float = 1, dash: str = "") -> str:
    """Several lines of one kind."""
    extra = "" if thick == 1 else f' stroke-width="{number(thick)}" stroke-linejoin="round"'
    extra += f' stroke-dasharray="{dash}"' if dash else ""
    through = "".join(route(one) for one in lines)
    return f'<path class="{pen.name}" d="{through}" fill="none" stroke="{pen.colour}"{extra}/>'


def areas(outlines: Iterable[Way], inside: Pen, edge: Pen) -> str:
    """Closed areas of one kind, each with its edge."""
    through = "".join(f"{route(one[:-1])}z" for one in outlines)
    return (
        f'<path class="{inside.name}" d="{through}" fill="{inside.colour}" stroke="{edge.colour}"/>'
    )


def dots(places: Sequence[Place], pen: Pen) -> str:
    """A round dot at each place."""
    through = "".join(f"M{number(x)} {number(y)}h0" for x, y in places)
    return (
        f'<path class="{pen.name}" d="{through}" stroke="{pen.colour}" stroke-width="5" '
        'stroke-linecap="round"/>'
    )


def ticks(ends: Sequence[Place], high: float, pen: Pen) -> str:
    """A short stroke down from each of the places, or up where ``high`` is negative."""
    through = "".join(f"M{number(x)} {number(y)}v{number(high)}" for x, y in ends)
    return f'<path class="{pen.name}" d="{through}" stroke="{pen.colour}"/>'


def hollow(at: Place, half: float, radius: float, *, dash: str = "") -> str:
    """A hollow disc, or a pill where its label is wider."""
    paint = f'fill="{DISC.colour}" stroke="{DISC_EDGE.colour}" stroke-width="1.5"'
    paint += f' stroke-dasharray="{dash}"' if dash else ""
    return _disc(DISC, paint, at, half - 0.75, radius - 0.75)


def filled(at: Place, half: float, radius: float) -> str:
    """The same in ink."""
    return _disc(INK, f'fill="{INK.colour}"', at, half, radius)


def _disc(pen: Pen, paint: str, at: Place, half: float, radius: float) -> str:
    x, y = at
    return (
        f'<rect class="{pen.name}" x="{number(x - half)}" y="{number(y - radius)}" '
        f'width="{number(2 * half)}" height="{number(2 * radius)}" rx="{number(radius)}" {paint}/>'
    )


def _extra(anchor: str, bold: bool) -> str:  # noqa: FBT001  two attributes of an element
    said = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return said + (' font-weight="bold"' if bold else "")


def _kept(words: str) -> str:
    """Words as they stand in the file; those that run leftward are set apart.

    Unicode's own marks do it: every painter knows those, and the anchor keeps its side.
    """
    kept = written(words)
    return f"\u2067{kept}\u2069" if runs_leftward(kept) else kept


def written(words: str) -> str:
    """Words as XML carries them, in an element or an attribute."""
    return escape(plain(words))


def route(places: Way) -> str:
    """A path through the places: the first as it is, each other by its distance from the last.

    All are rounded to a tenth of a pixel before distances are taken, so that none drifts.
    """
    fixed = [(round(x * 10), round(y * 10)) for x, y in places]
    (x0, y0), parts = fixed[0], []
    for x, y in fixed[1:]:
        if x != x0 or y != y0:
            parts.append(_tenths(x - x0) + _tenths(y - y0))
            x0, y0 = x, y
    start = (_tenths(fixed[0][0]) + _tenths(fixed[0][1])).lstrip()
    return f"M{start}" + (f"l{''.join(parts).lstrip()}" if parts else "h0")


def number(value: float) -> str:
    """A coordinate with at most one decimal."""
    return _tenths(round(value * 10)).lstrip()


@lru_cache(maxsize=32768)
def _tenths(tenths: int) -> str:
    """Tenths as a number, with the sign or the space that parts it from the one before."""
    whole, rest = divmod(abs(tenths), 10)
    told = f"{whole or ''}.{rest}" if rest else f"{whole}"
    return f"-{told}" if tenths < 0 else f" {told}"
