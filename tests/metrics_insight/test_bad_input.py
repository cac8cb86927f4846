"""Files as they come: each gives a result, or one line with file and row; never a traceback."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from html5lib import HTMLParser

from insights import DAYS
from logs import VALID, counts, day, total
from metrics_insight import commands


def table(rows, header: str = "date,followers") -> str:
    return "\n".join([header, *rows]) + "\n"


def analyse(folder: Path, text: str | bytes, *words: str, log: str = "") -> Result:
    raw = text if isinstance(text, bytes) else text.encode("utf-8")
    (folder / "series.csv").write_bytes(raw)
    if log:
        (folder / "events.csv").write_text(log, "utf-8")
        words = (*words, "--events", str(folder / "events.csv"))
    return CliRunner().invoke(commands.analyse, [str(folder / "series.csv"), *words])


def read(ended: Result) -> dict:
    assert ended.exit_code == 0, ended.output
    found = json.loads(ended.stdout)
    VALID.validate(found)
    return found


def as_json(folder: Path, text: str | bytes, *words: str, log: str = "") -> dict:
    return read(analyse(folder, text, *words, "--format", "json", log=log))


def refused(ended: Result, place: str) -> str:
    assert (ended.exit_code, ended.stdout) == (2, "")
    (line,) = ended.stderr.splitlines()
    assert re.search(rf"{re.escape(place)}: ", line)
    return line


GAINS = counts(150, 30)
VALUES = total(GAINS)
ROWS = [f"{day(n)},{value}" for n, value in enumerate(VALUES)]


def test_rows_in_any_order_are_the_same_series(tmp_path):
    sorted_one = as_json(tmp_path, table(ROWS))
    assert as_json(tmp_path, table(reversed(ROWS))) == sorted_one


def test_a_day_with_two_values_stands_under_cleaned_and_is_a_warning(tmp_path):
    ended = analyse(tmp_path, table([*ROWS, f"{day(20)},5"]), "--format", "json")
    (cleaned, *_) = [one for one in read(ended)["cleaned"] if one["kind"] == "duplicate"]
    assert (cleaned["from"], cleaned["amount"]) == (str(day(20)), 5 - VALUES[20])
    assert "has two values for 2024-01-21" in ended.stderr


@pytest.mark.parametrize(
    ("text", "place", "told"),
    [
        (table(["2025-03-01,1", "02.03.2025,2"]), "series.csv:3", "written in another way"),
        (table(["2025-03-01,1", "2025-03-02,inf"]), "series.csv:3", "is no number"),
        (table(["2025-03-01,1", "2025-03-02,1e308"]), "series.csv:3", "too large to be a count"),
        ("", "series.csv", "the file is empty"),
        ("\n\n", "series.csv", "the file is empty"),
        ("date,followers\n", "series.csv:1", "the file has a header only"),
        (table(["2025-03-01,many", "2025-03-02,few"]), "series.csv:1", "no column holds numbers"),
        (table(["2025-03-01,1", "2025-03-02,2", "2025-03-03,few"]), "series.csv:4", "is no number"),
        (table(["soon,1", "2025-03-02,2"]), "series.csv:2", "is no date"),
        (table(["2025-02-30,1", "2025-03-02,2"]), "series.csv:2", "is no date"),
        (table([",1", "2025-03-02,2"]), "series.csv:2", "the date is missing"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_one_line_with_file_and_row(tmp_path, text, place, told):
    assert told in refused(analyse(tmp_path, text), place)


def test_nan_is_a_gap(tmp_path):
    rows = [*ROWS[:50], f"{day(50)},NaN", f"{day(51)},", *ROWS[52:]]
    found = as_json(tmp_path, table(rows))
    assert found["rows"] == len(rows)
    assert found["gaps"] == [{"from": str(day(50)), "to": str(day(51))}]


def test_a_negative_stock_is_analysed_as_any_other(tmp_path):
    below = as_json(tmp_path, table(f"{day(n)},{v - 10**6}" for n, v in enumerate(VALUES)))
    above = as_json(tmp_path, table(ROWS))
    same = ("kind", "rows", "gaps", "cleaned", "changes", "events", "usual")
    assert [below[key] for key in same] == [above[key] for key in same]


def test_one_row_is_told_as_what_it_is(tmp_path):
    found = as_json(tmp_path, table(["2025-03-01,5"]))
    assert (found["rows"], found["first"], found["last"]) == (1, "2025-03-01", "2025-03-01")
    assert (found["usual"], found["changes"]) == (None, [])


def test_an_event_outside_the_series_keeps_its_place_and_its_verdict(tmp_path):
    log = f"date,title,kind\n1999-01-01,Old,\n{day(100)},Talk,post\n2099-01-01,New,launch\n"
    found = as_json(tmp_path, table(ROWS), log=log)
    assert [(one["index"], one["title"], one["verdict"]) for one in found["events"]] == [
        (0, "Old", "too little history"),
        (1, "Talk", "no visible effect"),
        (2, "New", "too little history"),
    ]


def test_an_event_without_a_date_is_one_line_with_file_and_row(tmp_path):
    log = f"date,title\n{day(90)},Talk\n,Fair\n"
    assert "the date is missing" in refused(analyse(tmp_path, DAYS, log=log), "events.csv:3")


def test_a_date_in_the_future_is_a_date(tmp_path):
    found = as_json(tmp_path, table([*ROWS, "2199-01-01,99999"]))
    assert (found["last"], found["gaps"][-1]["to"]) == ("2199-01-01", "2198-12-31")
    refused(analyse(tmp_path, table([*ROWS, "9999-12-31,1"])), f"series.csv:{len(ROWS) + 2}")


def test_a_mark_of_its_bytes_and_windows_line_ends_change_nothing(tmp_path):
    plain = as_json(tmp_path, table(ROWS))
    windows = b"\xef\xbb\xbf" + table(ROWS).replace("\n", "\r\n").encode()
    assert as_json(tmp_path, windows) == plain


def test_a_column_of_words_is_named_and_left_out(tmp_path):
    ended = analyse(tmp_path, table([f"{row},calm" for row in ROWS], "date,followers,weather"))
    assert ended.exit_code == 0
    assert 'series.csv:2: the column "weather" holds words ("calm") and is left out' in ended.stderr


@pytest.mark.parametrize("asked", ["--metric", "--with"])
def test_a_column_of_words_that_is_asked_for_is_one_line_with_its_row(tmp_path, asked):
    text = table([f"{ROWS[0]},", *(f"{row},calm" for row in ROWS[1:])], "date,followers,weather")
    told = refused(analyse(tmp_path, text, asked, "weather"), "series.csv:3")
    assert told.endswith(
        'the column "weather" holds words ("calm") and is left out; name one with numbers: '
        "followers"
    )


def test_a_column_is_not_held_against_itself(tmp_path):
    told = refused(analyse(tmp_path, table(ROWS), "--with", "followers"), "--with")
    assert '"followers" is shown twice' in told


@pytest.mark.parametrize("language", ["xx", "../en", "", "EN?"])
def test_a_language_without_sentences_is_one_line(tmp_path, language):
    told = refused(analyse(tmp_path, table(ROWS), "--language", language), "--language")
    assert told == f'--language: there are no sentences in "{language}"; there are: en'


def test_english_of_any_country_is_english(tmp_path):
    for language in ("en_US", "EN", "en-AU"):
        assert analyse(tmp_path, table(ROWS), "--language", language).exit_code == 0


def test_a_guess_is_said_beside_the_json_and_not_where_the_kind_is_stated(tmp_path):
    guessed = analyse(tmp_path, table(ROWS), "--format", "json")
    assert guessed.stderr == (
        "The kind is a guess: running total (stock). State it with --kind stock or --kind flow.\n"
    )
    assert analyse(tmp_path, table(ROWS), "--format", "json", "--kind", "stock").stderr == ""
    assert read(analyse(tmp_path, table(ROWS), "--format", "json", "--kind", "flow"))["kind"] == (
        "flow"
    )


def test_columns_held_against_it_may_be_several(tmp_path):
    rows = [f"{row},{50 + n % 7},{n % 3}" for n, row in enumerate(ROWS)]
    text = table(rows, "date,followers,replies,gifts")
    found = as_json(tmp_path, text, "--with", "replies", "--with", "gifts")
    assert [(one["metric"], one["per"]) for one in found["relationships"]] == [
        ("replies", "followers"), ("gifts", "followers"),
    ]  # fmt: skip


@pytest.mark.parametrize("text", [table(ROWS), table(["2025-03-01,5"]), table(["2025-03-01,"])])
def test_the_page_stands_alone(tmp_path, text):
    log = f"date,title\n{day(100)},<b>Talk</b>\n"
    ended = analyse(tmp_path, text, "--format", "html", log=log)
    if ended.exit_code == 2:
        refused(ended, "series.csv")
        return
    HTMLParser(strict=True).parse(ended.stdout.strip())
    assert "<script" not in ended.stdout
    addresses = re.findall(r'(?:src|srcset|href)="([^"]*)"', ended.stdout)
    assert [one[:24] for one in addresses] == ["data:image/svg+xml,%3Csv"] * 3
    assert not re.findall(r"https?://", ended.stdout.replace("http://www.w3.org/2000/svg", ""))
    assert ("&lt;b&gt;Talk" in ended.stdout) == (len(text) > 100)
    assert "<b>Talk" not in ended.stdout


@pytest.mark.long
@pytest.mark.parametrize("twice", [1, 2])
@pytest.mark.timeout(900)
def test_a_million_rows_are_a_result(tmp_path, twice):
    """A million rows by the hour are 114 years of days; by the day they leave the calendar.

    That takes seconds; one that does not end is stopped as every test is.
    """
    days = [f"{1600 + n // 360:04}-{n // 30 % 12 + 1:02}-{min(n % 30 + 1, 28):02}"
            for n in range(300_000)]  # fmt: skip
    rows = (f"{days[n * 3 // 10 // twice]},{n}" for n in range(1_000_000))
    ended = analyse(tmp_path, table(rows), "--format", "json", "--kind", "stock")
    assert read(ended)["kind"] == "stock"
