"""The picture: well formed, inside its box, readable at both widths, the same each time."""

from __future__ import annotations

import gzip
import re
from dataclasses import replace
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insights import WORDS, chart, day, panel, span
from metrics_insight.charts import marks, scales, svg
from metrics_insight.charts.widths import shorten, width, wrap
from metrics_insight.insight import Chart, Mark
from metrics_insight.model import Point, Span

LAYOUTS = {"wide": svg.WIDE, "narrow": svg.NARROW}
SVG = "{http://www.w3.org/2000/svg}"
both = pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)


def drawn(one: Chart, layout=svg.WIDE) -> ET.Element:
    return ET.fromstring(svg.draw(one, WORDS, layout=layout).text)  # noqa: S314  ours


def texts(root: ET.Element) -> list[tuple[str, float, float, float, float]]:
    """Every text with its left and right edge, its baseline and its size."""
    found = []
    for one in root.iter(f"{SVG}text"):
        size = float(one.get("font-size", root.get("font-size")))
        wide = width(one.text or "", size, bold=one.get("font-weight") == "bold")
        x, y = float(one.get("x")), float(one.get("y"))
        left = x - wide * {"start": 0, "middle": 0.5, "end": 1}[one.get("text-anchor", "start")]
        found.append((one.text or "", left, left + wide, y, size))
    return found


def places(root: ET.Element) -> list[tuple[float, float]]:
    """Every place that a line goes through."""
    pairs = re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", " ".join(
        one.get("d") for one in root.iter(f"{SVG}path")))  # fmt: skip
    return [(float(x), float(y)) for x, y in pairs]


def assert_inside(one: Chart, layout) -> None:
    root = drawn(one, layout)
    wide, high = float(root.get("width")), float(root.get("height"))
    for text, left, right, y, size in texts(root):
        assert 0 <= left <= right <= wide + 0.5, text
        assert size <= y <= high - 2, text
    assert all(-0.5 <= x <= wide + 0.5 and -0.5 <= y <= high for x, y in places(root))


LONG = "A very long label of a measure that nobody would write but somebody always does " * 3
CASES = {
    "plain": chart(panel(10, 20, 15, 30)),
    "one point": chart(panel(5)),
    "all equal": chart(panel(7, 7, 7)),
    "all zero": chart(panel(0, 0, 0)),
    "negative": chart(panel(-5, -20, -1)),
    "both signs": chart(panel(-5, 20, -1)),
    "negative stock": chart(panel(-500, -510, -505, kind="stock")),
    "huge": chart(panel(1e15, 1e15 - 1, 1e15, kind="stock")),
    "huge span": chart(panel(-1e15, 1e15)),
    "tiny": chart(panel(1e-12, 3e-300, 2e-12)),
    "small": chart(panel(0.0002, 0.0005, 0.0001)),
    "far from zero": chart(panel(1_234_500, 1_234_510, 1_234_550, kind="stock")),
    "long words": chart(
        panel(1, 2), panel(3, 4, label=LONG), title=LONG, note=LONG, source=LONG, alt=LONG
    ),
    "no words": chart(panel(1, 2), title="", note="", source="", alt=""),
    "one long word": chart(panel(1, 2), title="W" * 300, source="W" * 300),
    "four panels": chart(*(panel(1, 2, 3, label=str(n)) for n in range(4)), marks=3),
    "many marks": chart(panel(*range(60)), marks=60),
    "marks on one day": chart(panel(1, 2, 3), marks=30),
    "breaks": chart(panel(1, 2, 3, breaks=(day("03-02"),))),
    "gaps": chart(panel(1, 2, runs=((Point(day("03-01"), 1),), (Point(day("03-09"), 5),)))),
    "chinese": chart(panel(1, 2), title="数字とその文脈" * 20),
}
cases = pytest.mark.parametrize("one", CASES.values(), ids=CASES)


@both
@cases
def test_a_picture_is_well_formed_and_inside_its_box(one, layout):
    assert_inside(one, layout)


@both
@cases
def test_no_text_lies_on_another(one, layout):
    found = [text for text in texts(drawn(one, layout)) if text[0]]
    for number, (text, left, right, y, size) in enumerate(found):
        for other, left2, right2, y2, size2 in found[number + 1 :]:
            apart = right <= left2 + 0.5 or right2 <= left + 0.5
            above = y <= y2 - size2 * 0.7 or y2 <= y - size * 0.7
            assert apart or above, (text, other)


@both
@cases
def test_no_text_is_smaller_than_12_pixels(one, layout):
    assert min(size for *_, size in texts(drawn(one, layout))) >= 12


@cases
def test_a_picture_says_what_it_shows_to_those_who_cannot_see_it(one):
    root = drawn(one)
    labels = root.get("aria-labelledby").split()
    assert root.get("role") == "img"
    assert [root[0].get("id"), root[1].get("id")] == labels
    assert (root[0].tag, root[0].text or "") == (f"{SVG}title", one.title)
    assert (root[1].tag, root[1].text or "") == (f"{SVG}desc", one.alt)


@both
@cases
def test_the_same_chart_is_the_same_file(one, layout):
    assert svg.draw(one, WORDS, layout=layout) == svg.draw(one, WORDS, layout=layout)


def test_the_dark_colours_are_one_style_and_the_light_ones_on_each_stroke():
    root = drawn(CASES["many marks"])
    (style,) = root.iter(f"{SVG}style")
    assert style.text.startswith("@media(prefers-color-scheme:dark){")
    assert style.text.count("{") == style.text.count("}")
    classes = {one.get("class") for one in root.iter() if one.get("class")}
    assert all(f".{name}{{" in style.text for name in classes)
    for one in root.iter():
        if one.tag.removeprefix(SVG) in {"text", "path", "rect"}:
            assert one.get("fill", "none") != "none" or one.get("stroke")
    assert "var(" not in style.text


def test_nothing_is_loaded_and_nothing_runs():
    text = svg.draw(CASES["many marks"], WORDS).text.replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"http|url\(|<script|\bon\w+=|@import|href", text)


@pytest.mark.parametrize(
    "words",
    ["<script>alert()</script>", "\"&'<>", "]]>", "a\x07b\x00c\ufffe", "\u202egnirts", "</svg>"],
)
def test_hostile_words_are_only_words(words):
    one = chart(panel(1, 2), panel(3, 4, label=words), title=words, note=words, source=words,
                alt=words, language=words)  # fmt: skip
    root = drawn(one)
    kept = words.replace("\x07", "").replace("\x00", "").replace("\ufffe", "")
    assert root[0].text == kept
    assert root[1].text == kept
    assert {child.tag.removeprefix(SVG) for child in root.iter()} <= {
        "svg", "title", "desc", "style", "rect", "text", "path",
    }  # fmt: skip


def test_ten_years_of_days_stay_a_small_file():
    days = [date(2015, 1, 1) + timedelta(days=n) for n in range(3650)]
    points = tuple(Point(one, (n * 7919) % 1000) for n, one in enumerate(days))
    text = svg.draw(chart(panel(1, runs=(points,))), WORDS).text
    assert len(gzip.compress(text.encode())) < 12_000
    assert len(text) < 40_000


def test_a_thinned_line_keeps_its_highest_and_lowest_reading():
    points = tuple(
        Point(date(2015, 1, 1) + timedelta(days=n), 999 if n == 1500 else n % 5)
        for n in range(3650)
    )
    one = chart(panel(1, runs=(points,)))
    top = min(y for _, y in places(drawn(one)) if y > 60)
    alone = chart(panel(1, runs=(points[1500:1501],)), window=one.window, span=one.span)
    assert top <= min(y for _, y in places(drawn(alone)) if y > 60)


def test_the_days_before_the_window_are_grey_and_the_window_is_in_colour():
    one = chart(panel(1, 2, 3, 4))
    root = drawn(replace(one, window=span("03-03", "03-04")))
    assert len([p for p in root.iter(f"{SVG}path") if p.get("stroke-width") == "2"]) == 2


def test_the_last_value_stands_at_the_lines_end_in_full():
    assert "1,234,550" in [text for text, *_ in texts(drawn(CASES["far from zero"]))]


def test_the_labels_of_an_axis_differ():
    for one in CASES.values():
        labels = [t.text for t in drawn(one).iter(f"{SVG}text") if t.get("text-anchor") == "end"]
        per_panel = len(one.panels)
        assert per_panel > 1 or len(labels) == len(set(labels))


def test_an_axis_that_leaves_out_zero_says_where_it_starts():
    notes = [text for text, *_ in texts(drawn(CASES["far from zero"]))]
    assert "views; axis starts at 1,234,500" in notes


def test_a_leader_between_two_readings_ends_on_the_line():
    ends = (Point(day("03-01"), 0), Point(day("03-11"), 100))
    one = replace(
        chart(panel(1, kind="stock", is_daily=False, runs=(ends,))),
        marks=(Mark(1, day("03-06")),),
    )
    ways = {path.get("stroke-width"): path.get("d") for path in drawn(one).iter(f"{SVG}path")}
    leader = next(p.get("d") for p in drawn(one).iter(f"{SVG}path") if p.get("d").count("L") == 2)
    heights = [float(y) for y in re.findall(r"[ML]-?[\d.]+ (-?[\d.]+)", ways["1.2"])]
    assert float(leader.split()[-1]) == pytest.approx(sum(heights) / 2, abs=0.2)


# --- marks ------------------------------------------------------------------------------


@st.composite
def mark_sets(draw) -> list[Mark]:
    days = sorted(draw(st.lists(st.integers(0, 99), max_size=70)))
    return [Mark(n, day("03-01") + timedelta(days=d)) for n, d in enumerate(days, 1)]


@settings(deadline=None)
@given(mark_sets(), st.sampled_from([360, 720]))
def test_discs_never_overlap_stay_inside_and_name_every_mark_once(some, wide):
    time = scales.TimeScale(Span(day("03-01"), day("03-01") + timedelta(days=99)), 60, wide - 60)
    discs = marks.place(some, time, 12, wide - 12)
    assert marks.lanes(discs) <= marks.MOST_LANES
    for number, one in enumerate(discs):
        assert one.x - one.half >= 12 - 0.01
        assert one.x + one.half <= wide - 12 + 0.01
        for other in discs[number + 1 :]:
            assert one.lane != other.lane or abs(one.x - other.x) >= one.half + other.half
    named = []
    for disc in discs:
        first, _, last = disc.label.partition("–")
        named += range(int(first), int(last or first) + 1)
    assert sorted(named) == [mark.number for mark in some]


def test_a_mark_alone_stands_over_its_day():
    time = scales.TimeScale(span("03-01", "03-31"), 60, 660)
    (disc,) = marks.place([Mark(1, day("03-16"))], time, 12, 708)
    assert (disc.x, disc.lane, disc.label) == (time(day("03-16")), 0, "1")


# --- scales and widths ------------------------------------------------------------------

VALUES = st.lists(
    st.floats(-1e15, 1e15, allow_nan=False) | st.integers(-1000, 1000).map(float), min_size=1
)


@given(VALUES, st.sampled_from(["stock", "flow"]), st.integers(3, 6))
def test_a_value_scale_holds_all_values_with_few_round_ticks(values, kind, most):
    scale = scales.value_scale(values, kind, 200, 0, most)
    assert 2 <= len(scale.ticks) <= most
    slack = 1e-9 * max(1.0, *(abs(value) for value in values))
    assert scale.low - slack <= min(values) <= max(values) <= scale.high + slack
    assert kind == "stock" or scale.low <= 0 <= scale.high
    assert all(-1 <= scale(value) <= 201 for value in values)


@given(st.dates(date(1500, 1, 1), date(2499, 12, 31)), st.integers(0, 300_000), st.integers(4, 9))
def test_a_time_axis_has_few_ticks_in_the_span_and_tells_the_year(first, days, most):
    last = min(first + timedelta(days=days), date(2499, 12, 31))
    ticks = scales.time_ticks(Span(first, last), most)
    assert 1 <= len(ticks) <= most
    assert all(first <= tick.day <= last for tick in ticks)
    assert "y" in ticks[0].pattern


@pytest.mark.parametrize(
    ("first", "last", "most", "labels"),
    [
        ("2025-03-01", "2025-03-04", 9, ["1 Mar 2025", "2 Mar", "3 Mar", "4 Mar"]),
        ("2024-12-30", "2025-01-02", 9, ["30 Dec 2024", "31 Dec", "1 Jan 2025", "2 Jan"]),
        ("2024-11-15", "2025-02-15", 5, ["Dec 2024", "Jan 2025", "Feb"]),
        ("2025-05-02", "2025-06-30", 4, ["2 May 2025", "30 May", "27 Jun"]),
        ("2010-03-01", "2025-03-01", 9, ["2012", "2014", "2016", "2018", "2020", "2022", "2024"]),
    ],
)
def test_a_time_axis_is_labelled_as_one_would_by_hand(first, last, most, labels):
    ticks = scales.time_ticks(span(first, last), most)
    assert [WORDS.day(tick.day, tick.pattern) for tick in ticks] == labels


@given(st.text(max_size=60), st.integers(20, 300))
def test_a_shortened_text_fits_its_room(text, room):
    assert width(shorten(text, 12, room), 12) <= room


@given(st.text(max_size=200), st.integers(60, 300), st.integers(1, 3))
def test_wrapped_lines_fit_their_room(text, room, most):
    lines = wrap(text, 12, room, most=most)
    assert len(lines) <= most
    assert all(width(line, 12) <= room for line in lines)


def test_a_text_that_fits_is_left_as_it_is():
    assert shorten("1 to 28 March 2025", 12, 300) == "1 to 28 March 2025"
    assert wrap("one two", 12, 300, most=2) == ["one two"]
