"""The strokes an SVG picture is made of: text, lines and dots, with one decimal at most.

Colours are written on each element for light paper; the names of the classes let one small
style sheet turn them over for dark paper, and a reader that refuses the sheet still sees
the light picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from letters import plain

PAPER = "#fff"
TITLE_SIZE, TEXT_SIZE = 15, 12
FONT = "system-ui,'DejaVu Sans',Verdana,sans-serif"
DARK = (
    "@media(prefers-color-scheme:dark){"
    ".p{fill:#16181c}.i{fill:#e8e6e3}.g{fill:#b4b8bf}.r{stroke:#34383f}.b{stroke:#b4b8bf}"
    ".l{stroke:#6cb6ff}.e{fill:#6cb6ff}.c{stroke:#ffa06b}.d{fill:#16181c;stroke:#b4b8bf}}"
)

Place = tuple[float, float]


@dataclass(frozen=True)
class Pen:
    """A colour on light paper, and the class that turns it over on dark paper."""

    name: str
    colour: str


INK = Pen("i", "#1a1a1a")
GREY = Pen("g", "#595959")
RULE = Pen("r", "#e2e2e2")
AXIS = Pen("b", "#595959")
LINE = Pen("l", "#0b5fa5")
END = Pen("e", "#0b5fa5")
CHANGE = Pen("c", "#b3470b")


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
    extra = "" if anchor == "start" else f' text-anchor="{anchor}"'
    extra += ' font-weight="bold"' if bold else ""
    extra += "" if size == TEXT_SIZE else f' font-size="{size}"'
    return (
        f'<text class="{pen.name}" x="{number(at[0])}" y="{number(at[1])}" '
        f'fill="{pen.colour}"{extra}>{written(words)}</text>'
    )


def way(places: Sequence[Place], pen: Pen, *, thick: float = 1, dashed: bool = False) -> str:
    """A line through the places."""
    through = "L".join(f"{number(x)} {number(y)}" for x, y in places)
    extra = "" if thick == 1 else f' stroke-width="{number(thick)}" stroke-linejoin="round"'
    extra += ' stroke-dasharray="2 3"' if dashed else ""
    return f'<path class="{pen.name}" d="M{through}" fill="none" stroke="{pen.colour}"{extra}/>'


def dots(places: Sequence[Place], pen: Pen) -> str:
    """A round dot at each place."""
    through = "".join(f"M{number(x)} {number(y)}h0" for x, y in places)
    return (
        f'<path class="{pen.name}" d="{through}" stroke="{pen.colour}" stroke-width="5" '
        'stroke-linecap="round"/>'
    )


def ticks(feet: Sequence[Place], high: float, pen: Pen) -> str:
    """A short upright stroke on each of the places."""
    through = "".join(f"M{number(x)} {number(y)}v-{number(high)}" for x, y in feet)
    return f'<path class="{pen.name}" d="{through}" stroke="{pen.colour}"/>'


def hollow(label: str, at: Place, half: float, radius: float) -> str:
    """A hollow disc, or a pill where the label is wider, with its number inside."""
    shape = f'fill="{PAPER}" stroke="{GREY.colour}" stroke-width="1.5"'
    return _disc("d", shape, at, half, radius) + _inside(label, at, INK)


def filled(label: str, at: Place, half: float, radius: float) -> str:
    """The same disc in ink, its number in the colour of the paper."""
    shape = f'fill="{INK.colour}"'
    return _disc("i", shape, at, half, radius) + _inside(label, at, Pen("p", PAPER))


def _disc(name: str, shape: str, at: Place, half: float, radius: float) -> str:
    x, y = at
    return (
        f'<rect class="{name}" x="{number(x - half)}" y="{number(y - radius)}" '
        f'width="{number(2 * half)}" height="{number(2 * radius)}" rx="{number(radius)}" {shape}/>'
    )


def _inside(label: str, at: Place, pen: Pen) -> str:
    return text(label, (at[0], at[1] + 4.3), pen, anchor="middle", bold=True)


def written(words: str) -> str:
    """Words as XML carries them, in an element or an attribute."""
    return escape(plain(words))


def number(value: float) -> str:
    """A coordinate with at most one decimal."""
    return f"{value:.1f}".removesuffix(".0")
