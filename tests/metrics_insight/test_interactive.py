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


def test_the_ear_gets_whole_sentences_where_the_eye_gets_lines():
    """A comma stands between two remarks only, never where a line is wrapped."""
    title = "A talk, long enough to be told in two lines, and then in a third"
    mark = Mark(1, DAYS[11], title=title, verdict="moved")
    with_all = chart(panel(*range(60), bands=(BAND,), shifts=(SHIFT,)), marks=0)
    (asked,) = traces_of(replace(with_all, marks=(mark,)), meta="readings")
    assert asked["customdata"][11] == (
        ", expected 2.0 to 5.0"
        ", rate changed, between 11 March 2025 and 15 March 2025"
        f", 1. {title}: moved"
    )
    assert asked["customdata"][20] == asked["text"][20] == ""


@pytest.mark.parametrize("kind", ["rate", "jump", "spike"])
def test_a_change_between_readings_has_no_day(kind):
    """Only the days between which it was: on the axis, in the words, and never upright."""
    shift = replace(SHIFT, kind=kind)
    irregular = chart(panel(*range(60), is_daily=False, shifts=(shift,)))
    (bar,) = figure(irregular)["layout"]["shapes"]
    assert (bar["x0"], bar["x1"]) == ("2025-03-11", "2025-03-15")
    assert bar["y0"] == bar["y1"] == 0
    (asked,) = traces_of(irregular, meta="readings")
    (said,) = filter(None, asked["customdata"])
    assert said.endswith("between 11 March 2025 and 15 March 2025")
    assert len(figure(chart(panel(*range(60), shifts=(shift,))))["layout"]["shapes"]) == 2


def test_the_chart_says_of_itself_what_the_picture_says():
    """The note line, the words beside changes and the source."""
    full = replace(
        chart(
            panel(*range(60), bands=(BAND,), shifts=(SHIFT,), breaks=(DAYS[40],)),
            panel(*range(60), label="Others"),
            marks=0,
        ),
        marks=(Mark(1, DAYS[20], moved=True), Mark(2, DAYS[24])),
        source="Source: a file, as of 3 May 2025",
        ticks=(DAYS[3],),
    )  # fmt: skip
    layout = figure(full)["layout"]
    note = layout["title"]["subtitle"]["text"]
    told = " ".join([note, *(one["text"] for one in layout["annotations"])])
    for said in (
        "views", "shaded: expected range", "joined marks", "bar on the axis", "short ticks",
        "rate changed", "counting changed",
    ):  # fmt: skip
        assert said in told
    assert layout["meta"]["source"] == "Source: a file, as of 3 May 2025"


@pytest.mark.parametrize("low", [0, 100_000])
def test_an_axis_without_zero_is_called_so(low):
    stock = chart(*[panel(*range(low + 1, low + 61), kind="stock")] * 2)
    layout = figure(stock)["layout"]
    note = layout["title"]["subtitle"]["text"]
    assert note.count("axis starts above zero") == (2 if layout["yaxis"]["range"][0] > 0 else 0)
    assert layout["meta"]["zero"] == ([] if low else ["y", "y2"])


def test_an_axis_has_the_labels_of_the_picture():
    layout = figure(chart(panel(500_000, 1_100_000)))["layout"]
    assert layout["yaxis"]["ticktext"][:2] == ["0", "500K"]


def test_marks_a_week_apart_are_joined_as_in_the_picture():
    marks = (Mark(1, DAYS[0]), Mark(2, DAYS[7]), Mark(3, DAYS[30]))
    one, *others = discs.placed(replace(chart(panel(*range(60))), marks=marks))
    assert [disc.joined for disc in (one, *others)] == [False, True, False]
    shapes = figure(replace(chart(panel(*range(60))), marks=marks))["layout"]["shapes"]
    links = [shape for shape in shapes if shape["line"]["width"] == 5]
    assert [(link["x0"], link["x1"]) for link in links] == [("2025-03-01", "2025-03-08")]


def test_a_mark_that_could_not_be_tested_has_a_dashed_edge():
    marks = (Mark(1, DAYS[0]), Mark(2, DAYS[30], tested=False))
    marked = replace(chart(panel(*range(60))), marks=marks)
    tested, untested = traces_of(marked, mode="markers+text")
    assert (tested["text"], untested["text"]) == (["1"], ["2"])
    assert "dash" not in tested["marker"]["line"]
    assert untested["marker"]["line"]["dash"] == traces.UNTESTED


def test_irregular_readings_have_bars_of_a_width_one_can_see():
    irregular = panel(*range(60), is_daily=False, bands=(Band(DAYS[:1], (1.0,), (4.0,)),))
    edge, inside = traces_of(chart(irregular), meta="band")
    assert edge["y"] == inside["y"] == [1, 4, None]
    assert edge["line"]["width"] > inside["line"]["width"] >= 6


def test_a_counter_that_stood_still_is_a_dotted_line():
    still = panel(1, 2, 2, 5, stuck=(span("03-02", "03-03"),))
    dotted = next(one for one in traces_of(chart(still)) if one.get("line", {}).get("dash"))
    assert dotted["y"] == [1, 2, 2]


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
