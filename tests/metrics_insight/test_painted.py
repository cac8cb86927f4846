"""Pictures as PNG: whole, of the right size, the same bytes again, in any script a font has."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue import Catalogue
from insights import WORDS, chart, panel
from metrics_insight.charts import fonts, painter, png, social, svg
from metrics_insight.charts.fonts import Fonts
from metrics_insight.errors import Fault
from metrics_insight.insight import Band

AT_HAND = fonts.found()
YEAR = [1000 + 3 * n + n % 7 for n in range(365)]


def sheet(words: str, wide: int = 300) -> png.Sheet:
    """A picture of a line of words."""
    return png.Sheet(
        '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="30">'
        f'<text x="5" y="20">{words}</text></svg>',
        wide,
        AT_HAND,
    )


def painted(words: str) -> bytes:
    return png.paint([sheet(words)])[0]


# --- the picture ------------------------------------------------------------------------


def test_a_usual_chart_is_a_whole_png_1440_wide_and_under_90_kb():
    raw = png.draw(chart(panel(*YEAR, kind="stock"), marks=8), WORDS)
    drawing = svg.draw(chart(panel(*YEAR, kind="stock"), marks=8), WORDS)
    assert png.is_whole(raw)
    assert png.size(raw) == (1440, 2 * drawing.height)
    assert len(raw) <= 90_000


def test_a_year_of_weeks_with_its_expected_range_is_under_90_kb_too():
    weekly = [900 + (n * 7919) % 120 + 20 * (n % 7) for n in range(365)]
    one = panel(*weekly)
    days = tuple(point.day for point in one.points)
    low, high = (tuple(edge + 20.0 * (n % 7) for n in range(365)) for edge in (800, 1000))
    one = replace(one, bands=(Band(days[30:], low[30:], high[30:]),))
    assert len(png.draw(chart(one, marks=8), WORDS)) <= 90_000


def test_the_same_chart_is_the_same_bytes_in_another_process_too():
    one = chart(panel(*YEAR), marks=3)
    code = (
        "import hashlib, sys; sys.path[:0] = ['tests']; from test_painted import *; "
        "print(hashlib.sha256(png.draw(chart(panel(*YEAR), marks=3), WORDS)).hexdigest())"
    )
    room = Path(__file__).parent
    ended = subprocess.run(
        [sys.executable, "-c", code.replace("'tests'", f"{str(room)!r}, {str(room.parent)!r}")],
        capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert ended.stdout.strip() == hashlib.sha256(png.draw(one, WORDS)).hexdigest()


def test_several_pictures_painted_at_once_are_those_painted_one_by_one():
    sheets = [sheet(f"Picture {number}") for number in range(7)]
    assert png.paint(sheets) == [painter.paint(*one.asked) for one in sheets]
    assert png.paint([]) == []


def test_a_picture_that_cannot_be_painted_raises_and_does_not_go_missing():
    with pytest.raises(ValueError, match="unknown token"):
        png.paint([png.Sheet("no picture", 10, AT_HAND)] * 2)


def test_where_no_further_program_can_be_started_this_one_paints(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    sheets = [sheet("One"), sheet("Two")]
    assert png.paint(sheets) == [painter.paint(*one.asked) for one in sheets]


@pytest.mark.parametrize("more", [{"picture": "<svg/>"}, {"wide": 301}, {"fonts": Fonts(())}])
def test_the_key_changes_with_drawing_width_and_fonts(more):
    one = sheet("One")
    given = {"picture": one.picture, "wide": one.wide, "fonts": one.fonts}
    assert png.Sheet(**{**given, **more}).key != one.key
    assert png.Sheet(**given).key == one.key


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_a_png_with_one_bad_byte_or_cut_short_is_not_whole(place, change):
    raw = WHOLE
    at = place % len(raw)
    assert png.is_whole(raw)
    assert not png.is_whole(raw[:at])
    assert not png.is_whole(raw[:at] + bytes([raw[at] ^ change]) + raw[at + 1 :])


WHOLE = painted("Whole")


# --- letters ----------------------------------------------------------------------------

SCRIPTS = {
    "Latin": "Ångström ẵ",
    "Greek": "Ακόλουθοι",
    "Cyrillic": "Подписчики",
    "Hebrew": "עוקבים",
    "Arabic": "متابعون",
}


@pytest.mark.parametrize("words", SCRIPTS.values(), ids=SCRIPTS)
def test_each_script_that_the_manual_promises_is_painted(words):
    assert sheet(words).missing == ""
    assert painted(words) != painted("漢" * len(words))


@pytest.mark.parametrize("words", ["漢字", "ไทย", "हिन्दी", "ქართული", "😀"])
def test_letters_that_no_font_has_are_named(words):
    kept = [letter for letter in words if letter in sheet(f"Followers {words}").missing]
    assert kept
    assert set(kept) <= set(words)


def test_letters_of_two_scripts_in_one_line_are_all_painted():
    """A painter left to itself drops letters of the one or the other."""
    line = sheet("Followers متابعون שלום 5").dressed
    assert '>Followers <tspan font-family="IBM Plex Sans Arabic">متابعون</tspan> שלום 5<' in line


def test_a_line_that_one_font_can_write_whole_is_written_in_that_font():
    """A painter left to itself forgets that the line is bold."""
    line = sheet("\u2067متابعون mastodon, 5\u2069").dressed
    whole = '<tspan font-family="IBM Plex Sans Arabic">\u2067متابعون mastodon, 5\u2069</tspan>'
    assert whole in line
    assert sheet("Подписчики 5").dressed == sheet("Подписчики 5").picture


def test_markup_and_entities_of_a_line_stay():
    line = 'ש &amp; ب<tspan x="3">ت &lt;</tspan>'
    assert sheet(line).dressed.count("&amp;") == 1
    assert '<tspan x="3"><tspan font-family="IBM Plex Sans Arabic">ت</tspan> &lt;' in (
        sheet(line).dressed
    )


def test_a_line_of_plain_letters_is_left_alone():
    assert sheet("Followers, 5 &lt; 7").dressed == sheet("Followers, 5 &lt; 7").picture


def test_a_folder_of_further_fonts_is_asked_after_ours(tmp_path):
    own = fonts.found(tmp_path)
    assert own == AT_HAND
    copy = tmp_path / "sub" / "mine.TTF"
    copy.parent.mkdir()
    copy.write_bytes(AT_HAND.fonts[0].file.read_bytes())
    (tmp_path / "README.md").write_text("Not a font.", "utf-8")
    own = fonts.found(tmp_path)
    assert own.fonts[-1].file == copy
    assert own.fonts[-1].family == "Arimo"
    assert own.digest != AT_HAND.digest


def test_a_folder_that_is_not_there_and_a_file_that_is_no_font_are_told(tmp_path):
    with pytest.raises(Fault, match='no folder of fonts "gone"; make it'):
        fonts.found(tmp_path / "gone")
    for raw in (b"", b"no font", AT_HAND.fonts[0].file.read_bytes()[:2000], b"ttcf" + b"\xff" * 40):
        (tmp_path / "bad.ttf").write_bytes(raw)
        with pytest.raises(Fault, match="is no font that can be read"):
            fonts.found(tmp_path)


# --- the picture of a shared link ---------------------------------------------------------


@pytest.mark.parametrize("title", ["Why?", "A title of many words " * 9, "W" * 300, "שלום", ""])
def test_the_picture_of_a_link_has_its_size_whatever_the_title(title):
    raw = social.draw(chart(panel(*YEAR), marks=9), WORDS, title=title, site="A blog")
    assert png.size(raw) == (1200, 630)
    assert len(raw) < 90_000


def test_the_picture_of_a_link_says_title_site_measure_and_source():
    picture = shared("A < title", "A & site")
    for words in ("A &lt; title", "A &amp; site", "Views, March 2025", "Source: site.csv"):
        assert f">{words}<" in picture


def test_a_long_title_is_cut_between_words():
    words = "A title that says very much, " + "and goes on " * 9
    cut = re.search(r">([^<]*) …<", shared(words))[1]
    assert f"{cut} " in words


def test_the_chart_of_a_link_lies_inside_the_picture():
    for title in ("Short", "Long " * 40):
        picture = shared(title)
        left, top, scale = map(float, PLACED.search(picture).groups())
        wide, high = map(float, SIZED.findall(picture)[1])
        assert left >= 0
        assert left + wide * scale <= 1200
        assert top + high * scale <= 630 - 50


PLACED = re.compile(r"translate\(([\d.]+) ([\d.]+)\) scale\(([\d.]+)\)")
SIZED = re.compile(r'<svg [^>]*?width="(\d+)" height="(\d+)"')


def shared(title: str, site: str = "A blog", words: Catalogue = WORDS) -> str:
    """The SVG of a link's picture."""
    one = chart(panel(*YEAR), marks=9)
    return social.sheet(one, words, title=title, site=site, at_hand=AT_HAND).picture
