"""The knobs of the theme stand apart from each other in both schemes, and agree with the charts."""

from __future__ import annotations

import pytest

from checks.contrast import FOR_SHAPES, FOR_TEXT, from_hex, ratio
from checks.screen import colour, visit
from checks.site import Site
from kinds import page_of

ON_PAPER = [("ink", 7), ("grey", FOR_TEXT), ("link", FOR_TEXT), ("mark", FOR_TEXT)]
ON_TINT = [("ink", 7), ("grey", FOR_TEXT), ("link", FOR_TEXT)]
CHART = {  # the colours that charts are drawn with: design section 8
    "light": {"paper": "#ffffff", "grey": "#595959", "link": "#0b5fa5", "mark": "#b3470b"},
    "dark": {"paper": "#16181c", "grey": "#b4b8bf", "link": "#6cb6ff", "mark": "#ffa06b"},
}


@pytest.fixture(params=["light", "dark"])
def scheme(request) -> str:
    """Each of the two schemes."""
    return request.param


@pytest.fixture
def painted(browser, built: Site, home: str, scheme: str):
    """The colour of a knob as the browser paints it in the scheme."""
    with visit(browser, home, "/", color_scheme=scheme) as here:
        yield lambda knob: colour(here.page, f"var(--{knob})")


def test_what_is_read_stands_out_from_its_ground(painted) -> None:
    """Words on paper and on the tint behind code; words of the post more than asked."""
    pairs = [(knob, "paper", least) for knob, least in ON_PAPER]
    pairs += [(knob, "tint", least) for knob, least in ON_TINT]
    weak = {
        f"{knob} on {ground}": ratio(painted(knob), painted(ground))
        for knob, ground, least in pairs
        if ratio(painted(knob), painted(ground)) < least
    }
    assert weak == {}


def test_the_focus_stands_out_from_the_paper(painted) -> None:
    """Its outline is drawn in the link's colour."""
    assert ratio(painted("link"), painted("paper")) >= FOR_SHAPES


def test_a_chart_lies_on_the_page_without_an_edge(painted, scheme: str) -> None:
    """Paper, grey, line and change have the very colours that charts are drawn with."""
    told = {knob: painted(knob) for knob in CHART[scheme]}
    assert told == {knob: from_hex(value) for knob, value in CHART[scheme].items()}


def test_the_charts_of_the_demo_hold_both_schemes(built: Site) -> None:
    """Light as it stands, dark by the system's setting: the same paper as the page's."""
    charts = built.files("charts/*.svg")
    assert charts
    for chart in charts:
        text = chart.read_text("utf-8")
        assert "prefers-color-scheme" in text, chart.name
        assert CHART["dark"]["paper"] in text, chart.name


def test_code_is_readable_in_both_schemes(browser, built: Site, home: str, scheme: str) -> None:
    """Every colour of highlighted code against the ground it stands on."""
    spans = """
      [...document.querySelectorAll(".highlight span")].map(span => getComputedStyle(span).color)
    """
    ground = "getComputedStyle(document.querySelector('.highlight pre')).backgroundColor"
    with visit(browser, home, page_of(built, "long post"), color_scheme=scheme) as here:
        colours = set(here.page.evaluate(spans))
        behind = colour(here.page, here.page.evaluate(ground))
        assert colours
        for value in colours:
            assert ratio(colour(here.page, value), behind) >= FOR_TEXT, value
