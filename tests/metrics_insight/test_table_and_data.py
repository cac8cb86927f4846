"""The readings of a chart as a table for people, and as CSV and JSON for programs."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import timedelta
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from insights import WORDS, chart, day, dossier, metric, panel, series, span, stock
from metrics_insight import compose, wording
from metrics_insight.charts import data, table
from metrics_insight.insight import Band, Mark, Shift
from metrics_insight.model import Point


def described(about):
    return compose.card(about, "en").chart


def drawn(one) -> html.HtmlElement:
    return html.fromstring(table.draw(one, WORDS))


def heads(one) -> list[str]:
    return [cell.text_content() for cell in drawn(one).xpath(".//thead//th")]


def cells(one) -> list[list[str]]:
    rows = drawn(one).xpath(".//tbody/tr")
    return [[cell.text_content() for cell in row.xpath("td")] for row in rows]


def band(*ends: tuple[float, float], first: str = "03-01") -> Band:
    days = tuple(day(first) + timedelta(n) for n in range(len(ends)))
    return Band(days, tuple(low for low, _ in ends), tuple(high for _, high in ends))


# --- the table --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("readings", "rows", "caption"),
    [
        (60, 60, "Views: the readings of these days"),
        (61, 10, "Views by week: the sum of each"),
        (700, 24, "Views by month: the sum of each"),
        (3650, 40, "Views by quarter: the sum of each"),
        (9000, 25, "Views by year: the sum of each"),
        (30000, 9, "Views by decade: the sum of each"),
    ],
)
def test_a_long_table_is_told_by_longer_periods(readings, rows, caption):
    one = described(dossier(series(*range(readings), first="1950-01-01")))
    assert (len(cells(one)), drawn(one).findtext("caption")) == (rows, caption)


def test_a_table_of_many_centuries_has_no_more_rows_than_others():
    days = [day(f"{year:04}-03-01") for year in range(3, 2000)]
    one = panel(1, runs=(tuple(Point(one, 1.0) for one in days),))
    assert len(cells(chart(one))) == 20


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=400))
def test_the_rows_of_a_flow_add_up_to_what_was_said(values):
    rows = cells(chart(panel(*values)))
    assert sum(int(row[0].split()[-1].replace(",", "")) for row in rows) == sum(values)


@pytest.mark.parametrize(
    ("count", "first", "last"),
    [
        (65, "2 of 7 days: 2", "7"),  # from Saturday 1 March 2025
        (700, "31", "29 of 31 days: 29"),
        (3650, "31 of 90 days: 31", "57 of 90 days: 57"),
        (9000, "306 of 365 days: 306", "293 of 365 days: 293"),
    ],
)
def test_the_sum_of_a_part_of_a_period_says_which_part(count, first, last):
    told = [row[0] for row in cells(chart(panel(*[1] * count)))]
    assert (told[0], told[-1]) == (first, last)


def test_a_missing_day_is_no_day_of_a_sum():
    (run,) = panel(*[1] * 79).runs
    gappy = panel(1, runs=(run[:70], run[72:]))
    assert "5 of 7 days: 5" in [row[0] for row in cells(chart(gappy))]
    assert not any("of" in row[0] for row in cells(chart(panel(*[1] * 100, kind="stock"))))


def test_of_a_stock_the_last_reading_of_a_week_is_told():
    one = chart(panel(*range(500), kind="stock"))
    assert cells(one)[-1] == ["499"]
    assert table.caption(one, WORDS).endswith(": the last reading of each")


def test_of_a_level_the_mean_of_a_week_is_told():
    one = chart(panel(*range(70), is_level=True))  # 1 March 2025 is a Saturday
    assert cells(one)[:2] == [["0.5"], ["5"]]
    assert table.caption(one, WORDS).endswith(": the mean of each")


def test_measures_of_two_kinds_say_how_each_is_told():
    one = chart(panel(*range(100)), panel(*range(100), kind="stock"))
    assert table.caption(one, WORDS) == (
        "Views by week: running totals as last read, indices as means, all else summed"
    )


def test_a_day_that_only_a_companion_has_is_a_row_with_a_dash():
    about = dossier(series(1, None, 3), beside=(stock(7, 8, 9),))
    assert cells(described(about)) == [["1", "7"], ["–", "8"], ["3", "9"]]


def test_the_table_is_of_the_window_and_not_of_the_days_before():
    about = dossier(series(*range(20)), span("03-11", "03-13"))
    assert cells(described(about)) == [["10"], ["11"], ["12"]]


def test_every_header_has_a_scope_and_every_day_is_one_that_programs_read():
    one = drawn(chart(panel(1, 2)))
    assert one.xpath(".//thead//th/@scope") == ["col", "col"]
    assert one.xpath(".//tbody//th/@scope") == ["row", "row"]
    assert one.xpath(".//time/@datetime") == ["2025-03-01", "2025-03-02"]


def test_beside_a_measure_stands_its_expected_range():
    one = chart(panel(5, 6, bands=(band((3.21, 8.4), (100.26, 200.61)),)))
    assert heads(one) == ["Date", "Views", "Expected, Views"]
    assert cells(one) == [["5", "3.2 to 8.4"], ["6", "100 to 201"]]


def test_a_day_without_a_range_has_a_dash():
    one = chart(panel(5, 6, bands=(band((3, 18)),)))
    assert cells(one) == [["5", "3 to 18"], ["6", "–"]]


def test_the_sum_of_a_week_has_no_range_and_the_total_on_its_last_day_has_one():
    ends = [(n - 50.0, n + 50.0) for n in range(100)]
    assert heads(chart(panel(*range(100), bands=(band(*ends),)))) == [
        "Last reading of the week",
        "Views",
    ]
    total = chart(panel(*range(100), kind="stock", bands=(band(*ends),)))
    assert cells(total)[-1] == ["99", "49 to 149"]


def test_words_in_a_table_are_words():
    text = table.draw(chart(panel(1, label="<b>&\x07</b>")), WORDS)
    assert "&lt;b&gt;&amp;&lt;/b&gt;" in text
    assert "\x07" not in text


# --- for programs -----------------------------------------------------------------------


def told(one) -> dict:
    return json.loads(data.json(one, WORDS))


def test_the_json_of_a_chart_has_its_days_values_and_ranges_with_nothing_for_gaps():
    below = panel(7, 8, label="Replies", runs=panel(7).runs)
    one = chart(panel(1, 2.5, 3, bands=(band((0, 4), (0, 4.5)),)), below)
    first, second = told(one)["panels"]
    assert first["days"] == ["2025-03-01", "2025-03-02", "2025-03-03"]
    assert (first["values"], first["low"], first["high"]) == (
        [1, 2.5, 3],
        [0, 0, None],
        [4, 4.5, None],
    )
    assert (second["label"], second["values"], second["low"]) == ("Replies", [7], [None])


def test_the_json_of_a_chart_has_its_changes_and_marks():
    at = day("03-02")
    shifts = (Shift(at, day("03-01"), day("03-03"), "rate"),)
    marks = (Mark(1, at, moved=True, title="Talk", verdict="moved"),)
    below = panel(1, 2, 3, shifts=shifts, stuck=(span("03-01", "03-02"),), breaks=(at,))
    one = told(replace(chart(below), marks=marks))
    (shown,) = one["panels"]
    assert shown["shifts"] == [
        {"kind": "rate", "day": "2025-03-02", "earliest": "2025-03-01", "latest": "2025-03-03"}
    ]
    assert shown["stuck"] == [{"first": "2025-03-01", "last": "2025-03-02"}]
    assert shown["breaks"] == ["2025-03-02"]
    assert one["marks"] == [
        {"number": 1, "day": "2025-03-02", "moved": True, "title": "Talk", "verdict": "moved",
         "tested": True}
    ]  # fmt: skip


def test_the_csv_of_a_chart_reads_back_to_its_values():
    below = panel(7, label='Re"plies, all', kind="stock")
    one = chart(panel(1, 2.5, bands=(band((0, 4)),)), below)
    rows = list(csv.reader(StringIO(data.csv(one, WORDS))))
    assert rows == [
        ["date", "Views", "Views, lowest expected", "Views, highest expected", 'Re"plies, all',
         'Re"plies, all, lowest expected', 'Re"plies, all, highest expected'],
        ["2025-03-01", "1", "0", "4", "7", "", ""],
        ["2025-03-02", "2.5", "", "", "", "", ""],
    ]  # fmt: skip


@given(st.lists(st.floats(-1e15, 1e15), min_size=1, max_size=50))
def test_no_digit_of_a_value_is_lost_on_the_way_to_a_program(values):
    one = chart(panel(*values))
    assert told(one)["panels"][0]["values"] == values
    rows = list(csv.reader(StringIO(data.csv(one, WORDS))))[1:]
    assert [float(row[1]) for row in rows] == values


def test_a_panel_without_a_reading_is_told_as_empty():
    one = chart(panel(1), panel(1, runs=()))
    assert told(one)["panels"][1]["values"] == []


@pytest.mark.parametrize(
    ("count", "size"),
    [
        (1, "one byte"),
        (640, "640 bytes"),
        (42_400, "42 kB"),
        (999_499, "999 kB"),
        (1_470_000, "1.5 MB"),
    ],
)
def test_the_size_of_a_file_is_told_in_two_or_three_digits(count, size):
    assert wording.size(count, WORDS) == size


def test_the_label_of_a_metric_names_its_columns():
    about = dossier(series(1, 2, of=metric("flow", "Visits", "visits")))
    assert heads(described(about)) == ["Date", "Visits"]
