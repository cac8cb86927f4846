"""A drawn chart read back: every word with its box, every line with its places, every disc."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from insights import WORDS
from metrics_insight.charts import svg
from metrics_insight.charts.room import Box
from metrics_insight.charts.widths import width
from metrics_insight.insight import Chart

SVG = "{http://www.w3.org/2000/svg}"
LAYOUTS = {"wide": svg.WIDE, "middle": svg.MIDDLE, "narrow": svg.NARROW}
LINE, BEFORE, RULE, CHANGE, BAND, LINK = "l", "b", "r", "c", "s", "k"
MARKS = str.maketrans("", "", "\u2067\u2069")  # what sets words that run leftward apart


@dataclass(frozen=True)
class Word:
    """A line of words, its font size and its box: what stands on the baseline, and below it."""

    text: str
    box: Box
    size: float
    kind: str


@dataclass(frozen=True)
class Way:
    """A line: its class, its attributes and its places."""

    kind: str
    places: tuple[tuple[float, float], ...]
    attributes: dict[str, str] = field(compare=False)


@dataclass
class Picture:
    """What was drawn."""

    root: ET.Element
    wide: float
    high: float
    words: list[Word] = field(default_factory=list)
    ways: list[Way] = field(default_factory=list)
    discs: list[tuple[Box, str]] = field(default_factory=list)

    def said(self) -> list[str]:
        """Its words."""
        return [word.text for word in self.words]

    def of(self, *kinds: str) -> list[Way]:
        """Its lines of some classes."""
        return [way for way in self.ways if way.kind in kinds]

    def readings(self) -> list[Way]:
        """The strokes of readings, whether before the window, inside it or stuck."""
        thick = {"2", "1.2"}
        return [way for way in self.ways if way.attributes.get("stroke-width") in thick]

    def labels(self) -> list[Word]:
        """The words inside discs."""
        boxes = [box for box, _ in self.discs]
        return [word for word in self.words if any(inside(word.box, box) for box in boxes)]


def picture(chart: Chart, layout: svg.Layout = svg.WIDE, words=WORDS) -> Picture:
    """A chart drawn and read back."""
    return read(svg.draw(chart, words, layout=layout).text)


def read(text: str) -> Picture:
    """An SVG file of ours."""
    root = ET.fromstring(text)  # noqa: S314  ours
    found = Picture(root, float(root.get("width")), float(root.get("height")))
    _walk(root, found, 0.0, {"font-size": root.get("font-size")})
    return found


def inside(one: Box, other: Box) -> bool:
    """Whether a box lies in another."""
    return (
        one.left >= other.left - 0.1
        and one.right <= other.right + 0.1
        and one.top >= other.top - 2
        and one.bottom <= other.bottom + 2
    )


def places(route: str) -> list[tuple[tuple[float, float], ...]]:
    """The lines of a path, in places counted from the edge."""
    found: list[list[tuple[float, float]]] = []
    for command, numbers in re.findall(r"([Mlhvz])([^Mlhvz]*)", route):
        values = [float(one) for one in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", numbers)]
        if command == "M":
            found.append([(values[0], values[1])])
        elif command == "z":
            found[-1].append(found[-1][0])
        for dx, dy in _steps(command, values):
            x, y = found[-1][-1]
            found[-1].append((x + dx, y + dy))
    return [tuple(one) for one in found]


def _steps(command: str, values: list[float]) -> list[tuple[float, float]]:
    if command == "l":
        return list(zip(values[::2], values[1::2], strict=True))
    return [(one, 0) if command == "h" else (0, one) for one in values if command in "hv"]


def _walk(element: ET.Element, found: Picture, top: float, given: dict[str, str]) -> None:
    moved = re.match(r"translate\(0 (-?\d+)\)", element.get("transform", ""))
    top += float(moved[1]) if moved else 0.0
    given = {**given, **element.attrib}
    match element.tag.removeprefix(SVG):
        case "text":
            found.words.append(_word(element, given, top))
        case "path":
            found.ways += [
                Way(given["class"], tuple((x, y + top) for x, y in one), dict(element.attrib))
                for one in places(element.get("d"))
            ]
        case "rect" if element.get("rx"):
            found.discs.append((_disc(element, top), given["class"]))
    for child in element:
        _walk(child, found, top, given)


def _word(element: ET.Element, given: dict[str, str], top: float) -> Word:
    text, size = (element.text or "").translate(MARKS), float(given["font-size"])
    wide = width(text, size, bold=given.get("font-weight") == "bold")
    x, y = float(given["x"]), float(given["y"]) + top
    left = x - wide * {"start": 0, "middle": 0.5, "end": 1}[given.get("text-anchor", "start")]
    return Word(text, Box(left, y - 0.75 * size, left + wide, y + 0.2 * size), size, given["class"])


def _disc(element: ET.Element, top: float) -> Box:
    x, y, wide, high = (float(element.get(key)) for key in ("x", "y", "width", "height"))
    edge = 0.75 if element.get("stroke") else 0
    return Box(x - edge, y + top - edge, x + wide + edge, y + top + high + edge)
