"""Colours: seen on light and dark paper, apart for every eye, and never alone."""

from __future__ import annotations

from itertools import combinations

import pytest

from chart_cases import CASES
from checks.contrast import FOR_SHAPES, FOR_TEXT, from_hex, linear, ratio
from drawn import SVG, picture
from metrics_insight.charts import pens

SCHEMES = {"light": "colour", "dark": "dark"}
schemes = pytest.mark.parametrize("scheme", SCHEMES.values(), ids=SCHEMES)

# How the three kinds of missing cones see linear red, green and blue: Viénot, Brettel and
# Mollon (1999) for the first two, Brettel, Viénot and Mollon (1997), simplified, for the third.
SEEN = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": ((0.11238, 0.88762, 0), (0.11238, 0.88762, 0), (0.00401, -0.00401, 1)),
    "no green": ((0.29275, 0.70725, 0), (0.29275, 0.70725, 0), (-0.02234, 0.02234, 1)),
    "no blue": ((1, 0.14461, -0.14461), (0, 0.85924, 0.14076), (0, 0.85924, 0.14076)),
}


def contrast(one: pens.Pen, other: pens.Pen, scheme: str) -> float:
    return ratio(from_hex(getattr(one, scheme)), from_hex(getattr(other, scheme)))


@schemes
@pytest.mark.parametrize("pen", [pens.INK, pens.GREY, pens.END, pens.ALARM])
def test_words_are_read_on_paper(pen, scheme):
    assert round(contrast(pen, pens.PAPER, scheme), 1) >= 5.5


@schemes
def test_the_numbers_of_discs_are_read(scheme):
    assert contrast(pens.PAPER, pens.INK, scheme) >= FOR_TEXT  # filled
    assert contrast(pens.INK, pens.DISC, scheme) >= FOR_TEXT  # hollow
    assert contrast(pens.DISC_EDGE, pens.PAPER, scheme) >= FOR_SHAPES


@schemes
@pytest.mark.parametrize("pen", [pens.LINE, pens.AXIS, pens.CHANGE, pens.LINK])
def test_lines_are_seen_on_paper_and_on_a_band(pen, scheme):
    assert round(contrast(pen, pens.PAPER, scheme), 1) >= 5.5
    assert contrast(pen, pens.BAND, scheme) >= 4


@schemes
def test_the_edge_of_a_band_is_seen_on_paper_and_does_not_drown_the_line(scheme):
    assert contrast(pens.BAND_EDGE, pens.PAPER, scheme) >= FOR_SHAPES
    assert contrast(pens.LINE, pens.BAND, scheme) > contrast(pens.BAND_EDGE, pens.BAND, scheme)


@schemes
@pytest.mark.parametrize("eye", SEEN.values(), ids=SEEN)
def test_line_change_and_grey_are_apart_for_every_eye(eye, scheme):
    colours = {pen: lab(getattr(pen, scheme), eye) for pen in (pens.LINE, pens.CHANGE, pens.AXIS)}
    for (one, here), (other, there) in combinations(colours.items(), 2):
        far = sum((a - b) ** 2 for a, b in zip(here, there, strict=True)) ** 0.5
        assert far >= 20, (one, other, far)


def lab(colour: str, eye) -> tuple[float, float, float]:
    """A colour as an eye sees it, in CIELAB."""
    light = [linear(part / 255) for part in from_hex(colour)]
    red, green, blue = (
        min(1.0, max(0.0, sum(a * b for a, b in zip(row, light, strict=True)))) for row in eye
    )
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_dark_colours_are_one_style_and_the_light_ones_on_each_stroke(case):
    root = picture(case()).root
    (style,) = root.iter(f"{SVG}style")
    assert style.text == pens.DARK
    assert style.text.count("{") == style.text.count("}")
    coloured = [one for one in root.iter() if one.get("class")]
    assert all(f".{one.get('class')}{{" in style.text for one in coloured)
    for one in coloured:
        assert one.get("fill", "none") != "none" or one.get("stroke")
    alone = [one for one in root.iter() if one.get("fill") and not one.get("class")]
    assert alone == []


def test_nothing_is_told_by_colour_alone():
    """Grey days are named in the note, changes by their word, a break is dotted, moves filled."""
    one = picture(CASES["stock"]())
    assert {"rate changed", "counting changed"} <= set(one.said())
    assert {kind for _, kind in one.discs} == {"d", "i"}
    dashes = [way.attributes.get("stroke-dasharray") for way in one.ways]
    assert dashes.count("2 3") == 1
