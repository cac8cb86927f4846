"""A line as small as a word."""

from __future__ import annotations

from datetime import date, timedelta
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from checks.contrast import FOR_SHAPES, from_hex, ratio
from drawn import SVG, places
from metrics_insight.charts import pens, sparkline
from metrics_insight.model import Point

VALUES = st.lists(st.floats(-1e15, 1e15), max_size=400)


def series(*values: float, every: int = 1) -> list[Point]:
    return [Point(date(2025, 1, 1) + timedelta(days=every * n), v) for n, v in enumerate(values)]


def line(text: str) -> list[tuple[float, float]]:
    paths = ET.fromstring(text).iter(f"{SVG}path")  # noqa: S314  ours
    return [place for path in paths for way in places(path.get("d")) for place in way]


@given(VALUES, st.text(max_size=300), st.integers(1, 40), st.none() | st.integers(0, 50))
def test_a_sparkline_of_any_series_has_a_title_and_few_bytes(values, title, every, gap):
    text = sparkline.draw(series(*values, every=every), title=title, gap=gap)
    root = ET.fromstring(text)  # noqa: S314  ours
    assert len(text.encode()) < 600
    assert root.get("role") == "img"
    assert root[0].tag == f"{SVG}title"
    for x, y in line(text):
        assert 2 <= x <= sparkline.WIDTH - 2
        assert 2 <= y <= sparkline.HEIGHT - 2


@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=5000))
def test_a_sparkline_shows_the_highest_and_the_lowest_value(values):
    heights = {y for _, y in line(sparkline.draw(series(*values), title="Views"))}
    assert min(heights) == 3 or len(set(values)) == 1
    assert max(heights) == sparkline.HEIGHT - 3


def test_one_point_is_a_dot_that_is_seen_and_none_is_a_dash():
    one, none = (sparkline.draw(points, title="Views") for points in (series(1), []))
    assert 'stroke-width="5"' in one
    assert 'd="M54 12h12"' in none
    assert 'stroke-width="5"' not in none


def test_ten_years_of_days_are_under_600_bytes():
    values = [(n * 7919) % 1000 for n in range(3650)]
    text = sparkline.draw(series(*values), title="Followers on Mastodon, ten years " * 9)
    assert len(text.encode()) < 600


def test_a_gap_stops_a_sparkline():
    points = [*series(1, 2, 3), *series(*range(90))[60:]]
    whole, cut = (sparkline.draw(points, title="Views", gap=gap) for gap in (None, 1))
    assert (whole.count("M"), cut.count("M")) == (2, 3)  # the last is the dot at the end


def test_a_sparkline_is_seen_on_light_and_on_dark_paper():
    colour = from_hex(sparkline.COLOUR)
    for paper in (pens.PAPER.colour, pens.PAPER.dark):
        assert ratio(colour, from_hex(paper)) >= FOR_SHAPES


def test_hostile_titles_are_only_words():
    title = "</title><script>\x00&"
    root = ET.fromstring(sparkline.draw(series(1, 2), title=title))  # noqa: S314  ours
    assert root[0].text == "</title><script>&"
