"""The picture: inside its box, nothing on another, told in words, the same each time."""

from __future__ import annotations

import gzip
import random
import re
import time
from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import chart_cases
from chart_cases import CASES, charts, crowded, days, flow, runs, stock, whole
from drawn import BAND, BEFORE, CHANGE, LAYOUTS, LINE, RULE, SVG, Picture, picture, read
from insights import WORDS, chart, day, panel, span
from metrics_insight.charts import svg
from metrics_insight.charts.room import Box, Skyline
from metrics_insight.insight import Chart, Mark, Panel, Shift
from metrics_insight.model import Point, Span

both = pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
cases = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


def test_a_line_takes_the_same_columns_whichever_way_it_runs():
    """The lower edge of an expected range runs to the left."""
    way = [(0.3, 5.0), (4.8, 40.0), (5.1, 3.0), (9.2, 12.0)]
    there, back = Skyline([way]), Skyline([way[::-1]])
    boxes = [Box(x, y, x + 0.5, y + 1) for x in range(12) for y in range(0, 45, 2)]
    assert [there.crosses(box) for box in boxes] == [back.crosses(box) for box in boxes]
    assert there.highest(2, 3) == pytest.approx(back.highest(2, 3))
    assert any(back.crosses(box) for box in boxes if box.left > 5)


def assert_inside(one: Picture) -> None:
    for word in one.words:
        assert word.box.left >= 0, word
        assert word.box.right <= one.wide + 0.5, word
        assert word.box.top >= 0, word
        assert word.box.bottom <= one.high, word
    for way in one.ways:
        assert all(-0.5 <= x <= one.wide + 0.5 and -0.5 <= y <= one.high for x, y in way.places)
    for box, _ in one.discs:
        assert 11.9 <= box.left <= box.right <= one.wide - 11.9
        assert 0 <= box.top <= box.bottom <= one.high


def assert_nothing_overlaps(one: Picture) -> None:
    """No word and no disc lies on another, and none on a line of readings."""
    labels = one.labels()
    boxes = [(word.text, word.box) for word in one.words if word.text and word not in labels]
    boxes += [("disc", box) for box, _ in one.discs]
    for (said, box), (other, another) in combinations(boxes, 2):
        assert not box.touches(another, -0.3), (said, other)
    for line in [Skyline([way.places]) for way in one.readings()]:
        for said, box in boxes:
            assert not line.crosses(smaller(box)), said


def smaller(box: Box) -> Box:
    """A box without its last pixel, for a line is as wide as one."""
    return Box(box.left + 1, box.top + 1, box.right - 1, box.bottom - 1)


@both
@cases
def test_a_picture_keeps_to_its_box_and_nothing_lies_on_another(case, layout):
    one = picture(case(), layout)
    assert_inside(one)
    assert_nothing_overlaps(one)
    assert min(word.size for word in one.words) >= 12


@both
@given(charts())
def test_any_chart_that_can_be_described_is_drawn(layout, one):
    drawn = picture(one, layout)
    assert_inside(drawn)
    assert_nothing_overlaps(drawn)
    assert min((word.size for word in drawn.words), default=12) >= 12
    for way in drawn.of(RULE):
        assert len(way.places) == 2
    assert len({way.places[0][1] for way in drawn.of(RULE)}) <= len(one.panels) * 5


def at_random(seed: int) -> Chart:
    """Views with a random set of marks, from none to seventy."""
    chance = random.Random(seed)
    most = chance.choice([3, 9, 12, 30, 70])
    return crowded(*sorted(chance.randrange(180) for _ in range(chance.randint(0, most))))


@both
def test_nothing_overlaps_in_a_hundred_random_sets_of_marks(layout):
    for seed in range(100):
        assert_nothing_overlaps(picture(at_random(seed), layout))


@pytest.mark.long
@both
def test_nothing_overlaps_in_a_thousand_random_sets_of_marks(layout):
    for seed in range(1000, 2000):
        one = picture(at_random(seed), layout)
        assert_nothing_overlaps(one)
        assert_inside(one)


# --- what is said of it -----------------------------------------------------------------


@cases
def test_a_picture_says_what_it_shows_to_those_who_cannot_see_it(case):
    one = case()
    root = picture(one).root
    assert root.get("role") == "img"
    assert [root[0].get("id"), root[1].get("id")] == root.get("aria-labelledby").split()
    assert (root[0].tag, root[0].text or "") == (f"{SVG}title", one.title)
    assert (root[1].tag, root[1].text or "") == (f"{SVG}desc", one.alt)


@both
@cases
def test_the_same_chart_is_the_same_file(case, layout):
    assert svg.draw(case(), WORDS, layout=layout) == svg.draw(case(), WORDS, layout=layout)


def note(one: Chart) -> str:
    """The line below the title, whole, up to the first label of the axis."""
    layout = replace(svg.WIDE, width=3000)
    return picture(one, layout).words[len([one.title])].text


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (chart(panel(1, 2)), "views"),
        (chart(panel(500, 510, kind="stock")), "views; axis starts above zero"),
        (crowded(10), "views"),
        (chart(panel(1, 2), ticks=(day("03-01"),)), "views; short ticks: own posts"),
        (
            flow(),
            ("views; shaded: expected range; hollow mark: no visible effect; dashed mark: not "
             "tested; "
            "bar on the axis: when it may have begun; short ticks: own posts"),
        ),
        (
            stock(),
            ("followers; axis starts above zero; shaded: expected range; hollow mark: no visible "
            "effect; joined marks: too close to tell apart; bar on the axis: when it may have "
                "begun"),
        ),
        (
            CASES["irregular"](),
            ("views; axis starts above zero; bars: expected range; filled mark: moved beyond the "
            "expected range; bar on the axis: when it may have begun"),
        ),
        (
            CASES["stuck-and-gaps"](),
            ("views; axis starts above zero; dotted: the counter stood still; "
            "joined marks: too close to tell apart"),
        ),
        (
            CASES["marks-on-one-day"](),
            ("views; filled mark: moved beyond the expected range; "
            "a mark with a dash or comma: several events, filled if any of them moved"),
        ),
        (crowded(*[50] * 20, numbers=range(6, 26)),
         "views; a mark with a dash or comma: several events, too close to draw apart"),
    ],
    ids=range(10),
)  # fmt: skip
def test_the_note_explains_what_is_drawn_and_only_that(one, said):
    assert note(one) == said


def test_a_change_whose_word_has_no_room_is_named_in_the_note():
    said = " ".join(picture(CASES["many-changes"](), svg.NARROW).said())
    assert "dotted upright line: counting changed; upright line: rate changed" in said


@pytest.mark.parametrize(
    "words",
    ["<script>alert()</script>", "\"&'<>", "]]>", "a\x07b\x00c\ufffe", "\u202egnirts", "</svg>"],
)
def test_hostile_words_are_only_words(words):
    one = chart(panel(1, 2), panel(3, 4, label=words), title=words, note=words, source=words,
                alt=words, language=words)  # fmt: skip
    root = picture(one).root
    kept = words.replace("\x07", "").replace("\x00", "").replace("\ufffe", "")
    assert (root[0].text, root[1].text) == (kept, kept)
    assert {child.tag.removeprefix(SVG) for child in root.iter()} <= {
        "svg", "title", "desc", "style", "rect", "text", "path", "g",
    }  # fmt: skip


def test_words_that_run_leftward_are_set_apart_and_stand_on_their_side():
    one = CASES["arabic"]()
    text = svg.draw(one, WORDS).text
    assert f"\u2067{one.title}\u2069" in text
    assert "direction" not in text  # not every painter knows it, and it would turn the anchor
    assert max(word.box.right for word in picture(one).words) == pytest.approx(708, abs=1)


def test_nothing_is_loaded_and_nothing_runs():
    text = svg.draw(stock(), WORDS).text.replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"http|url\(|<script|\bon\w+=|@import|href|var\(", text)


# --- what is drawn ----------------------------------------------------------------------


def test_a_gap_is_a_gap_a_lone_reading_is_a_dot_and_a_stuck_stretch_is_dotted():
    one = picture(CASES["stuck-and-gaps"]())
    daily = [way for way in one.readings() if way.kind == LINE]
    assert len(daily) == 3  # before and after the stuck stretch, after the lone reading
    (still,) = [way for way in one.readings() if way.attributes.get("stroke-dasharray")]
    assert still.kind == BEFORE
    dots = [way for way in one.ways if way.attributes.get("stroke-linecap")]
    assert len(dots) == 2  # the lone reading, and the last one


def test_a_counting_break_stops_the_line_and_says_so():
    one = picture(stock())
    assert "counting changed" in one.said()
    (upright,) = [way for way in one.ways if way.attributes.get("stroke-dasharray")]
    (x, top), (same, foot) = upright.places
    assert x == same
    assert foot - top >= 200
    assert not any(a[0] < x < b[0] for way in one.of(LINE) for a, b in pairwise(way.places))


def test_a_mark_that_could_not_be_tested_is_dashed():
    root = picture(CASES["flow"]()).root
    edges = [one.get("stroke-dasharray") for one in root.iter(f"{SVG}rect") if one.get("rx")]
    assert sorted(map(bool, edges)) == [False, False, False, True]


def test_a_change_is_an_upright_line_and_a_bar_on_the_axis_from_its_first_day_to_its_last():
    one = picture(stock())
    upright, bar = one.of(CHANGE)
    assert upright.places[0][0] == upright.places[1][0]
    (left, foot), (right, _) = bar.places
    assert bar.attributes["stroke-width"] == "5"
    assert left < upright.places[0][0] < right
    assert upright.places[1][1] == foot


def test_a_claim_about_readings_that_are_not_daily_is_an_interval_and_has_no_day():
    (bar,) = picture(CASES["irregular"]()).of(CHANGE)
    assert bar.places[0][1] == bar.places[1][1]


@both
def test_the_word_of_a_change_without_a_day_keeps_to_its_interval(layout):
    one = picture(CASES["irregular"](), layout)
    (bar,) = one.of(CHANGE)
    (left, foot), (right, _) = bar.places
    for word in (word for word in one.words if word.text == "rate changed"):
        assert 0 < foot - word.box.bottom < 50
        assert word.box.left < right + 10
        assert word.box.right > left - 10


@both
@pytest.mark.parametrize("at", [0, 3, 150, 175, 179])
def test_the_word_of_a_change_never_touches_the_edge(at, layout):
    on = days(180)
    change = Shift(on[at], on[max(0, at - 3)], on[min(179, at + 3)], "rate")
    one = picture(whole(panel(1, runs=runs(on, range(180)), shifts=(change,)), on=on), layout)
    (word,) = [word for word in one.words if word.text == "rate changed"]
    assert 12 <= word.box.left < word.box.right <= one.wide - 12


def test_bands_lie_under_the_line_and_start_anew():
    one = picture(stock())
    assert len(one.of(BAND)) == 8
    kinds = [way.kind for way in one.ways]
    assert max(n for n, kind in enumerate(kinds) if kind == BAND) < kinds.index(LINE)
    assert all(way.places[0] == way.places[-1] for way in one.of(BAND))


def test_the_days_before_the_window_are_grey_and_the_window_is_in_colour():
    one = replace(chart(panel(1, 4, 3, 8)), window=span("03-03", "03-04"))
    assert [way.kind for way in picture(one).readings()] == [BEFORE, LINE]


def test_the_last_value_stands_at_the_lines_end_in_full():
    one = chart(panel(1_234_500, 1_234_510, 1_234_550, kind="stock"))
    assert "1,234,550" in picture(one).said()


def test_a_last_value_too_long_for_the_paper_is_told_in_short():
    one = CASES["million-millions"]()
    assert "1T" in picture(one, svg.NARROW).said()
    assert "1,000,010,000,000" in picture(one).said()


def test_what_lies_outside_the_span_is_not_on_the_paper():
    one = replace(chart(panel(*range(30))), span=span("03-10", "03-20"))
    marked = replace(one, marks=(Mark(1, day("03-05")), Mark(2, day("03-15"))))
    drawn = picture(marked)
    assert_inside(drawn)
    assert [word.text for word in drawn.labels()] == ["2"]


@pytest.mark.parametrize("panels", [(), (Panel("Views", "views", "flow", True, ()),)])
def test_a_chart_without_readings_says_so(panels):
    on = span("03-01", "03-31")
    one = Chart("Views", "views", "", "", "en", on, on, panels, (Mark(1, on.first),))
    assert "No readings" in picture(one).said()
    assert_nothing_overlaps(picture(one))


@both
@pytest.mark.parametrize("first", ["2024-01-17", "2024-05-20", "2024-06-01", "2024-06-30"])
@pytest.mark.parametrize("count", [200, 300, 365, 430])
def test_no_month_loses_its_name_to_a_neighbour(first, count, layout):
    on = days(count, first)
    drawn = svg.draw(whole(panel(1, runs=runs(on, range(count))), on=on), WORDS, layout=layout)
    one = read(drawn.text)
    ticks = next(way.attributes["d"] for way in reversed(one.ways) if "v4" in way.attributes["d"])
    named = [word for word in one.words if re.fullmatch(r"[A-Z][a-z]{2,3}", word.text)]
    assert len(named) == ticks.count("v4") >= 3
    assert any(re.fullmatch(r"\d{4}", word.text) for word in one.words)


# --- how much it weighs -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "most", "packed"),
    [
        (stock(), 10_000, 3_000),
        (chart_cases.year(), 10_000, 3_000),
        (chart_cases.decade(), 16_000, 5_000),
        (chart_cases.decade(band=True), 16_000, 5_000),
    ],
    ids=["stock", "year", "decade", "decade with a band"],
)
@both
def test_a_picture_stays_small(one, most, packed, layout):
    raw = svg.draw(one, WORDS, layout=layout).text.encode()
    assert len(raw) <= most
    assert len(gzip.compress(raw, mtime=0)) <= packed


def test_a_picture_is_drawn_in_a_moment():
    one = stock()
    svg.draw(one, WORDS)
    taken = []
    for _ in range(5):
        start = time.process_time()
        svg.draw(one, WORDS)
        taken.append(time.process_time() - start)
    assert min(taken) < 0.05  # about 4 ms; a busy machine is slower


@both
@given(st.integers(0, 10**6))
def test_every_column_of_pixels_shows_its_lowest_and_its_highest_value(layout, seed):
    chance = random.Random(seed)
    on = days(3650, "2014-01-01")
    values = [chance.choice([1, 40, 50, 60, 999]) * chance.random() for _ in on]
    one = whole(panel(1, runs=runs(on, values)), on=on)
    (way,) = picture(one, layout).readings()
    drawn: dict[int, list[float]] = {}
    for x, y in way.places:
        drawn.setdefault(int(x), []).append(y)
    left, right = way.places[0][0], way.places[-1][0]
    heights = scaled(one, layout, way.places)
    wanted: dict[int, list[float]] = {}
    plot = svg.plots.lay_out(one, WORDS, layout)[0]
    for point in one.panels[0].points:
        wanted.setdefault(int(plot.time(point.day)), []).append(point.value)
    assert int(left) == min(wanted)
    assert int(right) == max(wanted)
    for column, held in wanted.items():
        assert min(drawn[column]) == pytest.approx(heights(max(held)), abs=0.11)
        assert max(drawn[column]) == pytest.approx(heights(min(held)), abs=0.11)


def scaled(one: Chart, layout: svg.Layout, way) -> object:
    """From a value to its height, counted from the upper edge of the paper."""
    scale = svg.plots.lay_out(one, WORDS, layout)[0].scale
    highest = max(point.value for point in one.panels[0].points)
    top = min(y for _, y in way) - scale(highest)
    return lambda value: scale(value) + top


def test_a_chart_can_be_made_of_two_lists():
    one = Chart.of(["2025-03-01", "2025-03-02", "2025-03-04"], [3, None, 5], title="Visits",
                   unit="visits", events=[(day("03-02"), "A talk")])  # fmt: skip
    assert one.panels[0].runs == ((Point(day("03-01"), 3),), (Point(day("03-04"), 5),))
    assert one.span == Span(day("03-01"), day("03-04"))
    assert [mark.title for mark in one.marks] == ["A talk"]
    assert_nothing_overlaps(picture(one))


def test_a_chart_without_a_day_or_with_a_number_that_is_none_is_refused_in_one_line():
    with pytest.raises(ValueError, match=r"^a chart needs a day at least$"):
        Chart.of([], [], title="Visits")
    for value in (float("nan"), float("inf")):
        with pytest.raises(ValueError, match=r"^a value of Views is not a finite number$"):
            panel(1, value)
