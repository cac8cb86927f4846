"""`harvest chart`: any column of any CSV in five forms, or one line that says why not."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

import pytest
from click.testing import CliRunner, Result

import demo
import drawn
from chart_cases import ARABIC
from metrics_insight import analyse, commands, forms
from metrics_insight.charts import pens, png
from metrics_insight.model import Series
from mistakes import Mistakes

TAXI = demo.ROOT / "content" / "data" / "taxi.csv"
LOG = demo.ROOT / "content" / "data" / "events.csv"
AUTUMN = ("--window", "2014-11-01..2014-12-14")
READINGS = "date,followers\n2025-03-01,1062\n2025-03-29,1124\n"


def chart(*words: str | Path) -> Result:
    return CliRunner().invoke(commands.chart, [str(word) for word in words])


def file(folder: Path, text: str, name: str = "series.csv") -> Path:
    (folder / name).write_text(text, "utf-8")
    return folder / name


def drawn_as(ending: str, folder: Path, *words: str | Path) -> bytes:
    """What the command writes into a file of that ending."""
    ended = chart(*words, "-o", folder / f"out{ending}")
    assert ended.exit_code == 0, ended.output
    return (folder / f"out{ending}").read_bytes()


def refused(ended: Result) -> str:
    """The one line of a command that gives no picture."""
    assert (ended.exit_code, ended.stdout) == (2, "")
    (line,) = ended.stderr.splitlines()
    return line


# --- five forms -------------------------------------------------------------------------


def test_without_a_file_it_says_the_svg(tmp_path):
    ended = chart(TAXI, *AUTUMN)
    assert ended.exit_code == 0
    assert ended.stdout_bytes == drawn_as(".svg", tmp_path, TAXI, *AUTUMN)
    assert drawn.read(ended.stdout).wide == 720


def test_every_form_shows_the_window_the_events_and_the_companions(tmp_path):
    letter = TAXI.with_name("letter.csv")
    words = (letter, "--with", "replies", "--events", LOG, "--window", "2025-05-01..2025-05-28")
    picture = drawn.read(drawn_as(".svg", tmp_path, *words).decode())
    assert picture.said()[0].endswith("1 to 28 May 2025")
    assert [word.text for word in picture.labels()] == ["1"]
    figure = json.loads(drawn_as(".json", tmp_path, *words))
    assert figure["layout"]["xaxis"]["range"][1] == "2025-05-28"
    heads = drawn_as(".csv", tmp_path, *words).decode().splitlines()[0]
    assert heads.startswith("date,Letter subscribers (illustrative),")
    assert "Replies (illustrative)" in heads
    assert png.size(drawn_as(".png", tmp_path, *words))[0] == png.WIDE
    assert b"1,912 silent addresses removed" in drawn_as(".html", tmp_path, *words)


def test_without_a_window_it_draws_the_whole_series(tmp_path):
    rows = drawn_as(".csv", tmp_path, TAXI).decode().splitlines()
    assert [rows[1][:10], rows[-1][:10], len(rows)] == ["2014-07-01", "2015-01-31", 216]


def test_what_it_wrote_is_told_with_its_size(tmp_path):
    ended = chart(TAXI, *AUTUMN, "-o", tmp_path / "taxi.svg")
    kilobytes = round((tmp_path / "taxi.svg").stat().st_size / 1000)
    assert ended.stdout == f"{tmp_path}/taxi.svg: {kilobytes} kB\n"


def test_a_guessed_kind_is_told_and_a_stated_one_is_not(tmp_path):
    series = file(tmp_path, READINGS)
    assert chart(series).stderr.startswith("The kind is a guess: running total (stock).")
    assert chart(series, "--kind", "stock").stderr == ""


def test_a_narrow_one_is_for_phones(tmp_path):
    assert drawn.read(chart(TAXI, *AUTUMN, "--narrow").stdout).wide == 320


def test_a_title_of_ones_own_stands_above_every_form_that_has_one(tmp_path):
    title = "Taxis & <others>"
    assert drawn.read(chart(TAXI, "--title", title).stdout).said()[0] == title
    figure = json.loads(drawn_as(".json", tmp_path, TAXI, "--title", title))
    assert "Taxis" in figure["layout"]["title"]["text"]
    page = drawn_as(".html", tmp_path, TAXI, "--title", title).decode()
    assert unquote(page).count(f'<title id="t">{escape(title)}</title>') == 3


def test_a_picture_says_the_name_of_its_file_and_not_where_it_lay(tmp_path):
    words = drawn.read(chart(file(tmp_path, READINGS)).stdout).said()
    assert "Source: series.csv, as of 29 March 2025" in words


@pytest.mark.parametrize("ending", forms.ENDINGS)
def test_two_runs_are_equal_to_the_byte(ending, tmp_path):
    first, second = (drawn_as(ending, tmp_path, TAXI, *AUTUMN) for _ in range(2))
    assert first == second
    assert len(first) > 1000


# --- the page ---------------------------------------------------------------------------


def test_the_page_fetches_nothing_and_runs_nothing(tmp_path):
    page = drawn_as(".html", tmp_path, TAXI, "--events", LOG).decode()
    assert "<script" not in page
    assert "@import" not in page
    addresses = re.findall(r'(?:src|srcset|href)="([^"]*)"', page)
    assert len(addresses) == 3
    assert all(re.fullmatch(r"data:image/svg\+xml,[^\s\"<>#]+", one) for one in addresses)


def test_the_pictures_of_the_page_are_those_of_the_command(tmp_path):
    page = drawn_as(".html", tmp_path, TAXI, "--events", LOG).decode()
    narrow, _, wide = re.findall(r'(?:src|srcset)="data:image/svg\+xml,([^"]*)"', page)
    for address, words in ((wide, ()), (narrow, ("--narrow",))):
        assert f"{unquote(address)}\n" == chart(TAXI, "--events", LOG, *words).stdout


def test_the_page_is_small(tmp_path):
    assert len(drawn_as(".html", tmp_path, TAXI, "--events", LOG)) < 60_000


@pytest.mark.parametrize("width", [360, 390, 576, 577, 768, 769, 1024, 1280])
def test_the_words_of_a_page_s_chart_are_large_enough(tmp_path, browser, width):
    drawn_as(".html", tmp_path, TAXI, "--events", LOG)
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto((tmp_path / "out.html").as_uri())
    scale = page.evaluate("(i => i.width / i.naturalWidth)(document.querySelector('img'))")
    page.close()
    assert 12 <= pens.TEXT_SIZE * scale <= 17


def test_the_page_is_wide_narrow_dark_and_on_paper_light(tmp_path, browser):
    drawn_as(".html", tmp_path, TAXI, "--events", LOG)
    page = browser.new_page(viewport={"width": 1000, "height": 800}, color_scheme="dark")
    said: list[str] = []
    page.on("console", lambda one: said.append(one.text))
    page.on("request", lambda one: said.append(one.url) if one.url.startswith("http") else None)
    page.goto((tmp_path / "out.html").as_uri())
    shown = "document.querySelector('img').naturalWidth"
    assert page.evaluate(shown) == 720
    dark = page.locator("img").screenshot()
    page.emulate_media(color_scheme="light")
    light = page.locator("img").screenshot()
    page.emulate_media(color_scheme="dark", media="print")
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 320, "height": 800})
    page.wait_for_function(f"{shown} == 320")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert dark != light
    assert said == []
    page.close()


# --- what cannot be ---------------------------------------------------------------------


@pytest.mark.parametrize("name", ["out.jpg", "out.SVGZ", "out.", "out"])
def test_an_ending_that_names_no_form_is_told_with_those_that_do(name, tmp_path):
    line = refused(chart(TAXI, "-o", tmp_path / name))
    assert line.startswith(f"{tmp_path / name}: ")
    assert line.endswith("of a chart; there are: .svg, .png, .json, .html, .csv")
    assert list(tmp_path.iterdir()) == []


def test_an_ending_may_be_written_large(tmp_path):
    assert drawn_as(".SVG", tmp_path, TAXI).startswith(b"<svg")


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["--narrow", "-o", "a.png"], "--narrow: only an .svg is narrow; leave it out"),
        (["--fonts", "."], "--fonts: only a .png has its own; leave it out"),
        (["--fonts", "no", "-o", "a.png"],
         '--fonts: there is no folder of fonts "no"; make it, or name another'),
        (["--metric", "folowers"],
         f'{TAXI}: no metric "folowers"; there are: passengers, taxi.passengers'),
        (["--window", "2014-11..2014-12"], None),
        (["--window", "1999-01-01..1999-02-01"], None),
        (["--language", "xx"], '--language: there are no sentences in "xx"; there are: en'),
        (["--events", "no.csv"], None),
        (["--with", "passengers"], '--with: "passengers" is shown twice; name it once'),
        (["-o", "no/such/folder/a.svg"],
         ("no/such/folder/a.svg: it cannot be written (No such file or directory); "
          "name a place that can")),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_one_line(words, line, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    told = refused(chart(TAXI, *words))
    assert told == (line or told)
    assert list(tmp_path.iterdir()) == []


def test_letters_that_no_font_has_are_told_where_they_are_painted(tmp_path):
    series = file(tmp_path, READINGS.replace("followers", "読者"))
    ended = chart(series, "--kind", "stock", "-o", tmp_path / "a.png")
    assert ended.exit_code == 0
    assert ended.stderr == (
        'warning: --fonts: no font has the letters "者読"; name a folder of fonts that have them\n'
    )
    assert chart(series, "--kind", "stock").stderr == ""


def test_a_report_without_readings_is_one_line_for_programs_too():
    with pytest.raises(Mistakes, match="there is no reading to draw"):
        forms.write(analyse(Series.of([], [])), None, forms.Look())


# --- bad input --------------------------------------------------------------------------


def rows(*values: object, first: str = "2025-03-01", every: int = 1) -> str:
    """A CSV with a value a day, or every so many days."""
    start = date.fromisoformat(first)
    days = [start + timedelta(days=every * n) for n in range(len(values))]
    return "".join(["date,x\n", *(f"{day},{one}\n" for day, one in zip(days, values, strict=True))])


LONG_LABEL = "An astonishingly long name of a column " * 8
PICTURES = {
    "one point": rows(7),
    "two days": rows(7, 8),
    "all equal": rows(*[7] * 60),
    "all zero": rows(*[0] * 60),
    "negative": rows(-5, 20, -1, -30, 12),
    "a million millions": rows(10**12, 10**12 + 3_000_000, "1e12"),
    "tiny": rows(0.00001, 0.00002, 0.00004),
    "NaN among numbers": rows(1, "NaN", 3, "nan", 5),
    "a cell empty now and then": rows(*[n if n % 3 else "" for n in range(90)]),
    "fifty years": rows(*[100 + n % 50 for n in range(18_263)], first="1970-01-01"),
    "fifty years, a reading a year": rows(*range(50), first="1970-01-01", every=365),
    "a label of 300 letters": rows(*range(40)).replace("x", LONG_LABEL[:300], 1),
    "an Arabic label": rows(*range(40)).replace("x", f'"{ARABIC}"', 1),
    "a label that is markup": rows(*range(40)).replace("x", "<script>alert(1)</script>&", 1),
    "letters that XML forbids": rows(*range(40)).replace("x", "a\x0bb", 1),
}
LINES = {
    "an empty file": "",
    "a header alone": "date,x\n",
    "all cells empty": rows(*[""] * 9),
    "all NaN": rows(*["NaN"] * 9),
    "words for numbers": rows("many", "few"),
    "no date": "x\n1\n",
    "infinite": rows(1, "inf"),
    "no CSV at all": "\x89PNG\r\n\x1a\n" * 40,
}


@pytest.mark.parametrize("ending", forms.ENDINGS)
@pytest.mark.parametrize("name", PICTURES)
def test_a_series_that_has_a_reading_has_every_form(name, ending, tmp_path):
    """Never a traceback, never a blank file: each is read back, and shows its readings."""
    raw = drawn_as(ending, tmp_path, file(tmp_path, PICTURES[name]))
    if ending == ".svg":
        picture = drawn.read(raw.decode())
        assert picture.readings() or "<circle" in raw.decode() or b"h0" in raw
        assert all(word.text.strip() for word in picture.words)
    elif ending == ".png":
        assert png.is_whole(raw)
        assert png.size(raw)[0] == png.WIDE
    elif ending == ".json":
        assert json.loads(raw)["data"]
    elif ending == ".csv":
        assert len(raw.splitlines()) > 1
    else:
        assert b"<table>" in raw
        assert b"alert(1)</script>" not in raw


@pytest.mark.parametrize("name", LINES)
def test_a_file_without_a_reading_is_one_line(name, tmp_path):
    assert refused(chart(file(tmp_path, LINES[name]))).startswith(str(tmp_path / "series.csv"))


@pytest.mark.parametrize("ending", forms.ENDINGS)
def test_two_hundred_events_on_one_day_are_drawn(ending, tmp_path):
    series = file(tmp_path, rows(*[50 + n % 7 for n in range(120)]))
    told = [f"2025-05-01,Event {n}\n" for n in range(200)]
    log = file(tmp_path, "".join(["date,title\n", *told]), "log.csv")
    raw = drawn_as(ending, tmp_path, series, "--kind", "flow", "--events", log)
    if ending == ".svg":
        assert "1–200" in drawn.read(raw.decode()).said()


def test_an_arabic_label_is_whole_and_set_apart(tmp_path):
    text = chart(file(tmp_path, PICTURES["an Arabic label"])).stdout
    assert ET.fromstring(text) is not None  # noqa: S314  ours
    assert f"\u2067{ARABIC[:8]}" in text


def test_a_long_label_is_shortened_and_the_numbers_stay(tmp_path):
    picture = drawn.read(chart(file(tmp_path, PICTURES["a label of 300 letters"])).stdout)
    assert len(picture.said()[0]) < 200
    assert any(word.text == "39" for word in picture.words)
