"""The figure that a curious reader loads: complete, and the same every time."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.contrast import Colour, from_hex, ratio
from insights import WORDS, chart, day, panel, span
from metrics_insight.charts import discs, interactive, readouts, traces
from metrics_insight.insight import Band, Mark, Panel, Shift
from metrics_insight.model import Point

DAYS = tuple(day("03-01") + timedelta(days=n) for n in range(60))
BAND = Band(DAYS[10:13], (1.0, 2.0, 3.0), (4.0, 5.0, 6.0))
SHIFT = Shift(DAYS[11], DAYS[10], DAYS[14], "rate")


def figure(of) -> dict:
    return json.loads(interactive.draw(of, WORDS))


def traces_of(of, **wanted) -> list[dict]:
    found = figure(of)["data"]
    return [one for one in found if all(one.get(key) == value for key, value in wanted.items())]


def told(of, axis: str = "y") -> dict[str, str]:
    """What stands below the value of each day."""
    (asked,) = traces_of(of, meta="readings", yaxis=axis)
    return dict(zip(asked["x"], asked["text"], strict=True))


def test_a_reading_tells_its_day_its_number_and_what_was_counted():
    (asked,) = traces_of(chart(panel(5, 7.5)), meta="readings")
    assert asked["hovertemplate"] == "%{x}<br>views: %{y:,.3~f}%{text}<extra></extra>"
    assert (asked["x"], asked["y"]) == (["2025-03-01", "2025-03-02"], [5, 7.5])
    assert figure(chart(panel(5)))["layout"]["xaxis"]["hoverformat"] == "%-d %B %Y"


def test_a_day_tells_the_expected_range_the_event_and_the_change():
    mark = Mark(3, DAYS[11], moved=True, title="A talk", verdict="moved")
    with_all = chart(panel(*range(60), bands=(BAND,), shifts=(SHIFT,)), marks=0)
    said = told(replace(with_all, marks=(mark,)))
    assert said["2025-03-11"] == "<br>expected 1.0 to 4.0"
    assert said["2025-03-12"].split("<br>")[1:] == [
        "expected 2.0 to 5.0", "rate changed, between 11 March 2025 and 15",
        "March 2025", "3. A talk: moved",
    ]  # fmt: skip
    assert said["2025-03-14"] == ""


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (4922.8, 4949.2, "4,923 to 4,949"),
        (0.04, 1.27, "0.0 to 1.3"),
        (0.001, 0.0042, "0.001 to 0.0042"),
        (-12.5, 3, "\u221212 to 3"),
    ],
)
def test_a_range_is_told_no_finer_than_it_is_known(low, high, said):
    ranged = panel(*range(60), bands=(Band(DAYS[:1], (low,), (high,)),))
    assert told(chart(ranged))["2025-03-01"] == f"<br>expected {said}"


def test_what_falls_on_no_reading_is_told_with_the_next():
    """In a gap, between irregular readings, or after the last: somebody must be able to ask."""
    runs = ((Point(DAYS[0], 1), Point(DAYS[1], 2)), (Point(DAYS[9], 3),))
    marks = tuple(Mark(n + 1, DAYS[at], title=f"T{n}") for n, at in enumerate((0, 4, 9)))
    said = told(replace(chart(panel(1, runs=runs)), marks=marks))
    assert list(said.values()) == ["<br>1. T0", "", "<br>2. T1<br>3. T2"]


def test_a_counter_that_stood_still_is_told_where_it_went_on():
    still = panel(1, 1, 1, 5, stuck=(span("03-01", "03-03"),))
    assert told(chart(still))["2025-03-03"] == (
        "<br>the counter stood still for 3 days up to 3<br>March 2025"
    )


def test_a_line_ends_where_counting_changed():
    runs = ((Point(DAYS[0], 1), Point(DAYS[1], 2)), (Point(DAYS[2], 30), Point(DAYS[3], 31)))
    broken = chart(panel(1, runs=runs, breaks=(DAYS[2],)))
    (line,) = traces_of(broken, mode="lines")
    assert line["y"] == [1, 2, None, 30, 31]
    assert line["x"][2] is None
    assert told(broken)["2025-03-03"] == "<br>counting changed"
    assert [one["x0"] for one in figure(broken)["layout"]["shapes"]] == ["2025-03-03"]


def test_the_days_before_the_window_are_grey_and_join_the_line():
    grey = replace(chart(panel(1, 2, 3, 4)), window=span("03-03", "03-04"))
    before, inside = traces_of(grey, mode="lines")
    assert (before["y"], before["line"]["color"]) == ([1, 2], traces.GREY)
    assert (inside["y"], inside["line"]["color"]) == ([2, 3, 4], traces.LINE)


def test_a_lone_reading_and_irregular_readings_are_dots():
    alone = panel(1, runs=((Point(DAYS[0], 1),), (Point(DAYS[5], 2), Point(DAYS[6], 3))))
    (dotted,) = traces_of(chart(alone), mode="lines+markers")
    assert dotted["marker"]["size"] == [5, 0, 0, 0]
    (irregular,) = traces_of(chart(panel(1, 2, is_daily=False)), mode="lines+markers")
    assert irregular["marker"]["size"] == 5


def test_bands_are_shapes_of_their_own():
    twice = panel(*range(60), bands=(BAND, replace(BAND, days=DAYS[20:23])))
    (band,) = traces_of(chart(twice), fill="toself")
    assert band["y"] == [4, 5, 6, 3, 2, 1, None] * 2
    assert len(band["x"]) == 14


def test_panels_share_one_time_axis_and_do_not_overlap():
    three = figure(chart(panel(1, 2), panel(3, 4), panel(5, 6), marks=2))
    rooms = [three["layout"][axis]["domain"] for axis in ("yaxis3", "yaxis2", "yaxis", "yaxis4")]
    assert all(low < high <= next_low for (low, high), (next_low, _) in pairwise(rooms))
    assert rooms[-1][1] == 1
    assert {one.get("xaxis", "x") for one in three["data"]} == {"x"}
    assert three["layout"]["hoversubplots"] == "axis"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Replies", "Replies, views"),
        ("Views of the front page", "Views of the front page"),
        ("New volunteers of the spring and", "New volunteers of the spring and"),
        ("x" * 300, "x" * 37 + "…"),
    ],
)
def test_the_name_of_a_panel_has_room_on_a_phone(name, said):
    (label,) = figure(chart(panel(1), panel(1, label=name)))["layout"]["annotations"]
    assert label["text"] == said


def test_marks_are_numbered_filled_and_hollow():
    marks = (Mark(1, DAYS[0], moved=True), Mark(2, DAYS[30]))
    (strip,) = traces_of(replace(chart(panel(*range(60))), marks=marks), mode="markers+text")
    assert strip["text"] == ["1", "2"]
    assert strip["marker"]["color"] == [traces.INK, traces.PAPER]


@given(
    st.integers(1, 4000),
    st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60),
)
def test_no_two_discs_touch_on_a_small_phone(days, places):
    """And every mark is on one of them."""
    whole = span("2000-01-01", (day("2000-01-01") + timedelta(days)).isoformat())
    marks = tuple(
        Mark(n + 1, whole.first + timedelta(round(at * days)), moved)
        for n, (at, moved) in enumerate(sorted(places))
    )
    placed = discs.placed(replace(chart(panel(1)), span=whole, window=whole, marks=marks))
    assert [mark for disc in placed for mark in disc.marks] == list(marks)
    pixels = 280 / max(1, whole.days - 1)
    for lane in range(discs.MOST_LANES):
        here = [disc for disc in placed if disc.lane == lane]
        for left, right in pairwise(here):
            apart = (right.day - left.day).days * pixels
            assert apart >= discs._half(1) * 2


def test_two_hundred_marks_on_one_day_are_one_disc_that_names_some():
    crowd = replace(
        chart(panel(*range(60))), marks=tuple(Mark(n + 1, DAYS[5], title="x") for n in range(200))
    )
    (strip,) = traces_of(crowd, mode="markers+text")
    assert strip["text"] == ["1–200"]
    assert told(crowd)["2025-03-06"].endswith("6. x<br>and 194 events more")


NASTY = '<img src=x onerror="alert(1)"> & %{y} $x$ <b>b</b> \x00'


def test_words_of_an_author_are_never_code():
    """Neither for plotly.js's own templates nor for its little HTML."""
    mark = Mark(1, DAYS[0], title=NASTY, verdict=NASTY)
    nasty = replace(chart(panel(1, label=NASTY), panel(2, label=NASTY)), title=NASTY, marks=(mark,))
    nasty = replace(nasty, panels=tuple(replace(one, unit=NASTY) for one in nasty.panels))
    text = interactive.draw(nasty, WORDS)
    assert not re.findall(r"<(?!br>|extra></extra>|/extra>)", text)
    assert text.count("%{y}") == 0
    assert "$" not in text
    assert "\\u0000" not in text


def test_long_titles_break_into_lines_for_a_phone():
    mark = Mark(1, DAYS[0], title="word " * 60)
    lines = told(replace(chart(panel(1)), marks=(mark,)))["2025-03-01"].split("<br>")
    assert max(map(len, lines)) <= readouts.LINE
    assert len("".join(lines)) <= 210


def test_nothing_leaves_the_site_and_nothing_is_advertised():
    config = figure(chart(panel(1)))["layout"]["meta"]["config"]
    assert config["modeBarButtonsToRemove"] == ["sendChartToCloud", "toImage"]
    assert config["plotlyServerURL"] == ""
    assert config["displaylogo"] is config["displayModeBar"] is False


def test_every_colour_has_one_for_the_dark():
    full = chart(panel(*range(60), bands=(BAND,), shifts=(SHIFT,), stuck=(span("03-01", "03-03"),)),
                 panel(1), marks=2, ticks=(DAYS[3],))  # fmt: skip
    used = set(re.findall(r'"(#[0-9a-f]{3,6})"', json.dumps(figure(full)["data"])))
    used |= set(re.findall(r'"(#[0-9a-f]{3,6})"', json.dumps(figure(full)["layout"]["shapes"])))
    assert used <= set(interactive.DARK)


@pytest.mark.parametrize("dark", [False, True])
def test_lines_words_and_edges_are_told_from_the_paper(dark):
    def ink(colour: str) -> Colour:
        return from_hex(interactive.DARK[colour] if dark else colour)

    paper, band = ink(traces.PAPER), ink(traces.BAND)
    assert min(ratio(ink(one), paper) for one in (traces.INK, traces.GREY)) >= 4.5
    assert min(ratio(ink(one), paper) for one in (traces.LINE, traces.CHANGE)) >= 4.5
    assert ratio(ink(traces.EDGE), paper) >= 3
    assert ratio(ink(traces.LINE), band) >= 4


def test_the_figure_is_one_that_plotly_reads_and_draws_again():
    full = chart(panel(*range(60), bands=(BAND,)), panel(1, 2), marks=3, ticks=(DAYS[3],))
    text = interactive.draw(full, WORDS)
    assert text == interactive.draw(full, WORDS)
    again = go.Figure(json.loads(text)).to_plotly_json()
    assert json.loads(json.dumps(again)) == json.loads(text)
    assert "bdata" not in text


values = st.none() | st.floats(-1e12, 1e12) | st.integers(-(10**12), 10**12).map(float)


@given(st.lists(values, max_size=30), st.sampled_from(["stock", "flow"]), st.booleans())
def test_any_readings_make_a_figure(readings, kind, daily):
    points = [Point(DAYS[n], v) for n, v in enumerate(readings) if v is not None]
    runs = tuple((point,) for point in points)
    any_ = chart(panel(1), marks=1)
    drawn = figure(replace(any_, panels=(Panel("Views", "views", kind, daily, runs),)))
    assert sum(len(one["x"]) for one in drawn["data"] if one.get("meta")) == len(points)


def test_months_and_separators_are_those_of_the_language():
    told = figure(chart(panel(1)))["layout"]["meta"]["format"]
    assert (told["thousands"], told["decimal"]) == (",", ".")
    assert (told["months"][2], told["shortDays"][0]) == ("March", "Sun")
    assert len(told["shortMonths"]) == 12
    assert len(told["days"]) == 7
