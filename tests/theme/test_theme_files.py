"""The files of the theme: small, few, in two languages, with all knobs in one place."""

from __future__ import annotations

import gzip
import re
import tomllib
from pathlib import Path

from harvest.defaults import CSS_FILE, THEME

ROOT = Path(THEME)
TEMPLATES = {file.name: file.read_text("utf-8") for file in (ROOT / "templates").glob("*.html")}
STYLE = (ROOT / "static" / "css" / CSS_FILE).read_text("utf-8")


def phrases(language: str) -> set[str]:
    """The keys of a catalogue, tables of plurals as one."""
    read = tomllib.loads((ROOT / "languages" / f"{language}.toml").read_text("utf-8"))
    tables = {key: value for key, value in read.items() if isinstance(value, dict)}
    groups = {key: value for key, value in tables.items() if "other" not in value}
    inside = {f"{key}.{name}" for key, value in groups.items() for name in value}
    return (read.keys() - groups.keys() - {"locale"}) | inside


def test_the_languages_have_the_same_phrases() -> None:
    """Neither lacks one, neither keeps one that nobody says."""
    assert phrases("en") == phrases("de")


def test_every_phrase_is_said_and_every_phrase_said_is_there() -> None:
    """A key put together in a template counts for all that begin like it."""
    said = {key for text in TEMPLATES.values() for key in re.findall(r'\bt\("([\w.]+)"', text)}
    begun = {key for key in said if key.endswith("_")}
    known = phrases("en")
    assert said - begun <= known
    assert {key for key in known - said if not key.startswith(tuple(begun))} == set()


def test_every_template_says_on_top_what_it_is() -> None:
    """A partial also names what it needs, where it needs anything."""
    assert [name for name, text in TEMPLATES.items() if not text.startswith("{# ")] == []


def test_nothing_is_marked_safe_in_a_template() -> None:
    """HTML of our own comes as Markup; the rest is text and is escaped."""
    assert [name for name, text in TEMPLATES.items() if re.search(r"\|\s*safe\b", text)] == []


def test_the_style_is_one_small_file() -> None:
    """Under 8 kB over the wire, and nothing in it is fetched from anywhere."""
    assert len(gzip.compress(STYLE.encode(), 9)) < 8_000
    assert len(list((ROOT / "static").rglob("*.css"))) == 1
    assert "url(" not in STYLE
    assert "@import" not in STYLE
    assert "@font-face" not in STYLE


def test_dark_changes_knobs_and_no_rule() -> None:
    """Every colour is a knob or mixed from knobs."""
    dark = re.search(r"@media \(prefers-color-scheme: dark\) \{(.*?)\n\}", STYLE, re.DOTALL)
    assert dark
    assert re.findall(r"([^{}]+)\{", dark[1]) == ["\n  :root "]
    rules = STYLE.partition("/* --- elements")[2]
    assert re.findall(r"#[0-9a-f]{3,8}\b", rules.partition("@media print")[0]) == []


def test_every_knob_is_used_and_every_knob_used_is_there() -> None:
    """A knob that turns nothing misleads."""
    assert set(re.findall(r"(--[a-z]+):", STYLE)) == set(re.findall(r"var\((--[a-z]+)\)", STYLE))
