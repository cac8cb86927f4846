"""Dates and numbers are read where they can mean one thing only."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics_insight.sources import cells, days


def column(*written: str) -> dict[int, str]:
    return dict(enumerate(written, 2))


def dates(*written: str) -> list[str]:
    found, faults = days.read_column(column(*written))
    assert not faults, faults
    return [str(found[line]) for line in sorted(found)]


def bad_dates(*written: str) -> list[tuple[int, str]]:
    _, faults = days.read_column(column(*written))
    return [(fault.line, fault.wrong) for fault in faults]


def numbers(*written: str) -> list[float | None]:
    values, faults = cells.read_column(column(*written))
    assert not faults, faults
    return list(values.values())


def between_semicolons(*written: str) -> list[float | None]:
    values, faults = cells.read_column_between_semicolons(column(*written))
    assert not faults, faults
    return list(values.values())


def bad_numbers(*written: str) -> list[str]:
    return [fault.wrong for fault in cells.read_column(column(*written))[1]]


def bad_between_semicolons(*written: str) -> list[str]:
    return [fault.wrong for fault in cells.read_column_between_semicolons(column(*written))[1]]


@pytest.mark.parametrize(
    "written",
    [
        "2025-03-04", "2025-3-4", "2025/03/04", "2025.03.04", "04.03.2025", "4.3.2025",
        "2025-03-04T12:30", "2025-03-04 23:59:59", "2025-03-04T00:00:00Z", "4 March 2025",
        "4 Mar 2025", "4-Mar-2025", "March 4, 2025", "Mar 4 2025",
        "2025-03-04 00:00:00+01:00",
    ],
)  # fmt: skip
def test_a_date_that_means_one_day_is_read(written):
    assert dates(written) == ["2025-03-04"]


def test_september_has_a_fourth_letter():
    assert dates("4 Sept 2025", "5 Sep 2025") == ["2025-09-04", "2025-09-05"]


def test_another_row_may_show_which_number_is_the_day():
    assert dates("03/04/2025", "13/04/2025") == ["2025-04-03", "2025-04-13"]
    assert dates("03/04/2025", "04/13/2025") == ["2025-03-04", "2025-04-13"]


def test_a_slashed_date_that_is_the_same_both_ways_is_read():
    assert dates("04/04/2025", "05/05/2025") == ["2025-04-04", "2025-05-05"]


def test_a_date_that_can_mean_two_things_is_a_fault():
    wrong = 'the date "03/04/2025" can mean 2025-04-03 or 2025-03-04'
    assert bad_dates("03/04/2025", "05/06/2025") == [(2, wrong)]
    assert bad_dates("03/04/2025", "soon") == [(3, '"soon" is no date'), (2, wrong)]
    assert bad_dates("03/04/2025", "04/04/2025", "2025-04-05") == [(2, wrong)]


def test_dates_that_contradict_each_other_are_one_fault_with_both_lines():
    assert bad_dates("13/04/2025", "04/14/2025") == [
        (3, ('the date "13/04/2025" of line 2 begins with the day, "04/14/2025" of line 3 with '
             "the month")),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ("", "the date is missing"),
        ("45719", '"45719" is a spreadsheet\'s day number, which can mean two dates'),
        ("31.02.2025", '"31.02.2025" is no date'),
        ("0225-03-04", 'the date "0225-03-04" lies outside the years 1500 to 2499'),
        ("9999-12-31", 'the date "9999-12-31" lies outside the years 1500 to 2499'),
        (
            "4.3.25",
            'the date "4.3.25" has a year of two digits, which can mean two centuries',
        ),
        (
            "01-Jan-25",
            'the date "01-Jan-25" has a year of two digits, which can mean two centuries',
        ),
        (
            "13/02/25 0:00",
            'the date "13/02/25 0:00" has a year of two digits, which can mean two centuries',
        ),
        ("yesterday", '"yesterday" is no date'),
    ],
)
def test_what_is_no_date_is_a_fault(written, wrong):
    assert bad_dates(written) == [(2, wrong)]


def test_a_second_way_of_writing_in_one_column_is_a_fault():
    wrong = 'the date "05.03.2025" is written in another way than the rest of its column'
    assert bad_dates("2025-03-04", "05.03.2025") == [(3, wrong)]


@pytest.mark.parametrize(
    ("written", "line", "right"),
    [
        (("2025-03-04", "05.03.2025", "2025-03-06"), 3, "2025-03-04 or 2025-03-31"),
        (("2025-03-04", "05.03.2025", "06.03.2025"), 2, "05.03.2025 or 2025-03-31"),
    ],
)
def test_a_date_of_another_way_is_told_the_way_of_the_others(written, line, right):
    ((fault),) = days.read_column(column(*written))[1]
    assert (fault.line, fault.right) == (line, f"write all of them in one way, {right}")


def test_a_day_is_the_same_in_every_unmistakable_way_of_writing():
    ways = ("%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y", "%d %B %Y", "%B %d, %Y")
    some = [date(2024, 2, 29), date(2025, 12, 1), date(1999, 9, 9)]
    assert all(dates(*(d.strftime(way) for d in some)) == [str(d) for d in some] for way in ways)


@given(st.lists(st.text(max_size=12) | st.dates().map(str) | st.integers(0, 60000).map(str)))
def test_every_cell_of_dates_is_a_day_or_a_fault(written):
    found, faults = days.read_column(column(*written))
    assert {*found, *(fault.line for fault in faults)} == set(column(*written))


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1311", 1311), ("-5", -5), ("+5", 5), ("\u22125", -5), ("12.5", 12.5), (".5", 0.5),
        ("1,311", 1311), ("1,311,000.5", 1311000.5), ("1 311", 1311), ("1\u00a0311,5", 1311.5),
        ("1'311", 1311), ("1e3", 1000), ("0", 0), (" 7 ", 7), ("-0", 0),
        ("", None), ("-", None), ("n/a", None), ("NaN", None), ("#N/A", None), ("null", None),
    ],
)  # fmt: skip
def test_a_number_is_read_as_people_and_spreadsheets_write_it(written, value):
    assert numbers(written) == [value]


@pytest.mark.parametrize(
    ("written", "values"),
    [
        (("12,5", "1.311"), [12.5, 1311]),
        (("1.311,5",), [1311.5]),
        (("1.311.000", "1.311"), [1311000, 1311]),
        (("12.5", "1.311"), [12.5, 1.311]),
        (("1,311,000", "1,311"), [1311000, 1311]),
        (("1311", "7"), [1311, 7]),
        (("0,125",), [0.125]),
    ],
)
def test_between_semicolons_the_column_shows_which_mark_parts_decimals(written, values):
    assert between_semicolons(*written) == values


@pytest.mark.parametrize("written", ["1.311", "1,311", "-1.311"])
def test_between_semicolons_a_lone_mark_before_three_digits_can_mean_two_numbers(written):
    (wrong,) = bad_between_semicolons(written, "7")
    assert wrong.startswith(f'"{written}" can mean ')


@pytest.mark.parametrize("written", ["12 %", "€5", "1,31", "12,5", "1.2.3", "ten", "0x10", "1_000"])
def test_what_is_no_number_is_a_fault(written):
    assert bad_numbers(written) == [f'"{written}" is no number']


@pytest.mark.parametrize("written", ["inf", "-Infinity"])
def test_infinity_is_no_count(written):
    assert bad_numbers(written) == [f'"{written}" is no number']


@pytest.mark.parametrize("written", ["1e308", "1e400", "9" * 400])
def test_a_number_too_large_to_be_counted_is_a_fault(written):
    assert bad_numbers(written) == [f'"{written[:40]}" is too large to be a count']


@given(st.integers(-(10**14), 10**14))
def test_a_whole_number_is_the_same_with_and_without_its_thousands(value):
    assert numbers(f"{value:,}", str(value)) == [value, value]


@given(st.lists(st.text(max_size=9) | st.floats().map(str), max_size=5))
def test_every_cell_is_a_finite_number_a_gap_or_a_fault(written):
    for read in (cells.read_column, cells.read_column_between_semicolons):
        values, faults = read(column(*written))
        assert {*values, *(fault.line for fault in faults)} == set(column(*written))


def test_days_with_and_without_a_time_are_one_way_of_writing():
    found, faults = days.read_column({2: "2025-03-01", 3: "2025-03-02 10:00", 4: " 2025-3-3"})
    assert [day.day for day in found.values()] == [1, 2, 3]
    assert faults == []


def test_digits_of_any_script_are_read_and_too_many_are_not():
    values, faults = cells.read_column({2: "12", 3: "１２", 4: "1" * 16, 5: "٣"})
    assert values == {2: 12.0, 3: 12.0, 5: 3.0}
    assert [fault.line for fault in faults] == [4]
