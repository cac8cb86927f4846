"""A CSV file, whatever program saved it: wide or long, its dates and numbers, its mistakes."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from insights import read
from mistakes import Mistakes

WIDE = "date,followers,replies\n2025-03-01,100,1\n2025-03-02,,2\n2025-03-03,120,3\n"


def values(dataset) -> dict[str, list[float | None]]:
    return {one.metric.name: list(one.values) for one in dataset.series}


def mistakes(folder, text, **more) -> list[str]:
    with pytest.raises(Mistakes) as raised:
        read(folder, text, **more)
    return [str(mistake) for mistake in raised.value.mistakes]


def told_of(folder, raw) -> list[str] | None:
    """The mistakes of a file, None where it is read."""
    try:
        read(folder, raw)
    except Mistakes as found:
        return [str(mistake) for mistake in found.mistakes]
    return None


def doubts(folder, text, **more) -> list[str]:
    found = read(folder, text, **more).doubts
    assert all(doubt.doubtful for doubt in found)
    return [str(doubt) for doubt in found]


def test_a_wide_file_has_one_metric_a_column_and_gaps_stay_gaps(tmp_path):
    assert values(read(tmp_path, WIDE)) == {
        "site.followers": [100, None, 120],
        "site.replies": [1, 2, 3],
    }


def test_a_long_file_has_one_metric_a_name(tmp_path):
    text = "date,metric,value\n2025-03-01,a,1\n2025-03-01,b,5\n2025-03-02,a,2\n"
    assert values(read(tmp_path, text)) == {"site.a": [1, 2], "site.b": [5]}


@pytest.mark.parametrize(
    "raw",
    [
        WIDE.encode(),
        b"\xef\xbb\xbf" + WIDE.encode(),
        WIDE.replace("\n", "\r\n").encode(),
        WIDE.replace("\n", "\r").encode(),
        WIDE.encode("utf-16"),
        WIDE.replace(",", "\t").encode(),
        WIDE.replace(",", ";").encode(),
        ("\n\n" + WIDE.replace("\n", "\n\n")).encode(),
        WIDE.rstrip("\n").encode(),
        WIDE.replace("date", " Date ").encode(),
        b'"date","followers","replies"\n"2025-03-01","100","1"\n2025-03-02,"",2\n2025-03-03,120,3'
,
        WIDE.replace("\n", ",,\n").encode(),
    ],
)  # fmt: skip
def test_the_same_table_is_read_whatever_saved_it(tmp_path, raw):
    assert values(read(tmp_path, raw)) == values(read(tmp_path, WIDE))


def test_excel_saves_semicolons_decimal_commas_and_dotted_dates(tmp_path):
    text = "Datum;Umsatz\r\n01.03.2025;1.311,50\r\n02.03.2025;12,5\r\n"
    (one,) = read(tmp_path, text).series
    assert [str(d) for d in one.days] == ["2025-03-01", "2025-03-02"]
    assert one.values == (1311.5, 12.5)


def test_windows_letters_are_read_where_the_file_is_no_utf_8(tmp_path):
    (one,) = read(tmp_path, "date,Anhänger\n2025-03-01,5\n".encode("cp1252")).series
    assert one.metric.column == "Anhänger"


def test_a_column_may_hold_a_dot_in_its_name(tmp_path):
    (one,) = read(tmp_path, "date,v1.2\n2025-03-01,5\n", toml='["v1.2"]\nlabel = "V"\n').series
    assert (one.metric.name, one.metric.column, one.metric.label) == ("site.v1.2", "v1.2", "V")


def test_rows_may_come_in_any_order(tmp_path):
    head, *rows = WIDE.strip().split("\n")
    for order in permutations(rows):
        assert values(read(tmp_path, "\n".join([head, *order]))) == values(read(tmp_path, WIDE))


def test_a_cell_may_hold_line_ends_and_the_next_row_keeps_its_line(tmp_path):
    text = 'date,a,note\n2025-03-01,1,"two\nlines"\n2025-03-02,x,fine\n2025-03-03,2,\n'
    assert mistakes(tmp_path, text)[0].startswith('content/data/site.csv:4: "x" is no number')


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "content/data/site.csv: the file is empty; write date,followers first"),
        ("date,a\n", "content/data/site.csv:1: the file has a header only; add a row of data"),
        ("day of it,a\n2025-03-01,1\n",
         "content/data/site.csv:1: no column is called date; call the column with the days date"),
        ("dates,a\n2025-03-01,1\n",
         'content/data/site.csv:1: no column is called date; call the column "dates" date'),
        ("date,note\n2025-03-01,hello\n",
         "content/data/site.csv:1: no column holds numbers; add one, such as followers"),
        ("date,a,A\n2025-03-01,1,2\n",
         'content/data/site.csv:1: two columns are called "a"; give each column a name of its own'),
        ("date,a\n2025-03-01,1,2\n",
         ("content/data/site.csv:2: 3 cells, but the header names 2; "
         'a cell that holds the separator needs "…" around it')),
        ("date,metric,value\n2025-03-01,,2\n",
         "content/data/site.csv:2: the metric is missing; write its name, such as followers"),
        ('date,a\n2025-03-01,"1"2\n',
         ("content/data/site.csv:2: the row cannot be read (',' expected after '\"'); "
         'put " only around a whole cell')),
    ],
)  # fmt: skip
def test_a_mistake_is_one_line_with_file_and_line(tmp_path, text, told):
    assert mistakes(tmp_path, text) == [told]


def test_a_picture_is_no_csv(tmp_path):
    assert mistakes(tmp_path, b"\x89PNG\0\0") == [
        "content/data/site.csv: this is no text file; save it as CSV (UTF-8)"
    ]


def test_all_mistakes_of_a_file_are_told_at_once_by_line(tmp_path):
    text = "date,a,b\n2025-03-01,x,1\nsoon,2,y\n2025-03-03,3,3\n2025-03-04,3,3\n"
    lines = [told.split(":")[1] for told in mistakes(tmp_path, text)]
    assert lines == ["2", "3", "3"]


def test_the_mistakes_of_the_toml_are_told_with_those_of_the_csv(tmp_path):
    told = mistakes(tmp_path, "date,a\n2025-03-01,x\n2025-03-02,1\n", toml="[b]\n")
    assert told == [
        (
            'content/data/site.csv:2: "x" is no number; write digits only, such as 1311, '
            "or leave it empty"
        ),
        'content/data/site.toml:1: the CSV has no column "b"; there are: a',
    ]


def test_ten_mistakes_of_a_kind_are_told_each_and_more_once_with_their_count(tmp_path):
    rows = [f"2025-03-{n:02},{'x' if n <= 11 else 1},{n}" for n in range(1, 28)]
    assert len(mistakes(tmp_path, "\n".join(["date,a,b", *rows[1:]]))) == 10
    assert mistakes(tmp_path, "\n".join(["date,a,b", *rows, "soon,y,z"])) == [
        (
            'content/data/site.csv:2: "x" is no number, and 11 more like it down to line 29; '
            "write digits only, such as 1311, or leave it empty"
        ),
        'content/data/site.csv:29: "soon" is no date; write it as 2025-03-31',
        (
            'content/data/site.csv:29: "z" is no number; write digits only, such as 1311, '
            "or leave it empty"
        ),
    ]


def test_a_mistake_of_every_row_is_told_once(tmp_path):
    rows = "".join(f"{n % 28 + 1:02}/02/25,{n},7\n" for n in range(3000))
    assert mistakes(tmp_path, "date,a\n" + rows) == [
        (
            "content/data/site.csv:2: 3 cells, but the header names 2, and 2,999 more like it "
            'down to line 3001; a cell that holds the separator needs "…" around it'
        )
    ]
    assert mistakes(tmp_path, "date,a,b\n" + rows) == [
        (
            'content/data/site.csv:2: the date "01/02/25" has a year of two digits, which can mean '
            "two centuries, and 2,999 more like it down to line 3001; write it as 2025-03-31"
        )
    ]


def test_a_row_that_is_too_long_hides_no_other_mistake(tmp_path):
    text = "date,a\n2025-01-01,1\n2025-01-02,x\nsoon,7\n2025-01-04,1,2\n2025-01-05\n"
    lines = [told.split(":")[1] for told in mistakes(tmp_path, text, toml="[b]\n")]
    assert lines == ["3", "4", "5", "1"]
    told = mistakes(tmp_path, "dates,a\n2025-01-01,1,2\n")
    assert [one.split(":")[1] for one in told] == ["1", "2"]


def test_a_day_with_two_values_is_a_doubt_and_the_lower_one_is_used(tmp_path):
    text = "date,a\n2025-03-01,1311234\n2025-03-01,7.5\n"
    assert doubts(tmp_path, text) == [
        (
            'content/data/site.csv:3: "a" has two values for 2025-03-01: 1311234 on line 2, '
            "7.5 on line 3; the one further down counts, unless only the other fits the days around"
        )
    ]
    assert values(read(tmp_path, text)) == {"site.a": [7.5]}


def test_a_day_twice_with_one_value_or_a_gap_is_no_doubt(tmp_path):
    assert doubts(tmp_path, "date,a\n2025-03-01,5\n2025-03-01,5\n2025-03-01,\n") == []


def test_a_file_by_the_hour_is_one_doubt(tmp_path):
    rows = "".join(f"2025-03-01T{hour:02}:00,{hour}\n" for hour in range(24))
    assert doubts(tmp_path, "date,a\n" + rows) == [
        (
            'content/data/site.csv:3: "a" has several values a day, 23 times; '
            "the last of a day counts, unless only an earlier one fits; write one row a day"
        )
    ]


def test_a_column_of_words_and_one_without_a_name_are_left_out_and_named(tmp_path):
    assert doubts(tmp_path, "date,a,note,\n2025-03-01,1,hi,9\n2025-03-02,2,,8\n") == [
        'content/data/site.csv:2: the column "note" holds words ("hi") and is left out',
        "content/data/site.csv:1: a column has no name and is left out; name it in the first line",
    ]


def test_not_a_number_is_a_gap(tmp_path):
    assert values(read(tmp_path, "date,a\n2025-03-01,NaN\n2025-03-02,3\n")) == {"site.a": [None, 3]}


def test_one_row_is_a_series(tmp_path):
    assert values(read(tmp_path, "date,a\n2025-03-01,5\n")) == {"site.a": [5]}


def test_a_hundred_thousand_rows_are_all_read(tmp_path):
    rows = (f"{1700 + n // 300}-{n % 12 + 1:02}-{n % 25 + 1:02},{n}" for n in range(100_000))
    read_all = read(tmp_path, "date,followers\n" + "\n".join(rows))
    assert len(read_all.series[0].days) == 100_000


@pytest.mark.parametrize(
    ("name", "values", "kind"),
    [
        ("followers", (5, 3, 8), "stock"),
        ("page_views", (1, 2, 3, 4, 5, 6, 7), "flow"),
        ("x", (100, 101, 103, 104, 106, 107, 109), "stock"),
        ("x", (100, 90, 105, 80, 106, 90, 109), "flow"),
        ("x", (1, 2), "flow"),
    ],
)
def test_the_kind_is_guessed_by_name_and_by_whether_values_fall(tmp_path, name, values, kind):
    rows = "".join(f"2025-03-{n:02},{value}\n" for n, value in enumerate(values, 1))
    (one,) = read(tmp_path, f"date,{name}\n{rows}").series
    assert (one.metric.kind, "kind" in one.metric.guessed) == (kind, True)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))
    | st.lists(
        st.sampled_from(
            ["date", "a", ",", ";", "\n", "2025-03-01", "1/2/2025", "7", "1,5", '"', "\t", "metric",
             "value", "\r", "1.311", "45000", "x", "NaN", "inf", "\ufeff", "\0", "1e308"]
        ),
        max_size=40,
    ).map(lambda parts: "".join(parts).encode())
)  # fmt: skip
def test_any_bytes_are_a_table_or_mistakes_of_one_line_each(tmp_path, raw):
    told = told_of(tmp_path, raw)
    assert told is None or told
    assert all("\n" not in line for line in told or ())


DAYS = "".join(f"2025-03-{day:02},{day}\n" for day in range(1, 21))


@pytest.mark.parametrize("far", ["2099-03-01", "1925-03-01"])
def test_a_row_years_from_all_others_is_a_doubt(tmp_path, far):
    (told,) = doubts(tmp_path, f"date,a\n{DAYS}{far},30\n")
    assert told.startswith(f"content/data/site.csv:22: {far} lies ")
    assert told.endswith("years from all other days; if the year is wrong, correct it")


def test_a_long_gap_in_a_log_of_as_many_years_is_no_doubt(tmp_path):
    years = "".join(f"{year}-01-01,{year}\n" for year in (*range(1980, 2000), 2010))
    assert doubts(tmp_path, f"date,a\n{years}") == []
