"""The manual names what there is, all of it, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pelican.settings
import pytest

import demo
import manual
from harvest import defaults
from harvest.cli import main as harvest
from metrics_insight import block
from metrics_insight.sources import events, labels

SOURCES = sorted((demo.ROOT / "plugins").rglob("*.py"))
TEMPLATES = [
    *sorted((demo.ROOT / "theme" / "templates").glob("*.html")),
    *sorted((demo.ROOT / "plugins" / "weblog" / "templates").iterdir()),
]
STYLES = (demo.ROOT / "theme" / "static" / "css" / "harvest.css").read_text("utf-8")
TEXTS = {page: page.read_text("utf-8") for page in manual.PAGES}
MANUAL = "\n".join(page.read_text("utf-8") for page in manual.DOCS)

# upper case in the manual that is no setting: variables of make and the environment, examples
OTHERS = {"PORT", "SERVER", "PYTHON", "DEBUG", "RELATIVE", "TITLE", "UPGRADE", "CHROMIUM"} | {
    "FOLDER", "FILE", "SLUG", "COLUMN", "DATE", "FIRST", "RULE", "HTML", "README",
    "CNAME", "MYCODE", "PYTHON_VERSION", "CI_PAGES_URL",
}  # fmt: skip
# what only a program writes into Pelican's settings or hands to templates
INTERNAL = {"METRICS_INSIGHT_DESK"}
# Pelican's own, though not among its defaults: it follows SITEURL
PELICANS = {"FEED_DOMAIN"}


def ours() -> set[str]:
    """Every setting that our code or theme reads and Pelican does not have by itself."""
    read = {name for path in SOURCES for name in _read_by_code(path.read_text("utf-8"))}
    shown = {name for path in TEMPLATES for name in _read_by_template(path.read_text("utf-8"))}
    return (read | shown) - pelican.settings.DEFAULT_CONFIG.keys() - INTERNAL - PELICANS


def _read_by_code(text: str) -> Iterator[str]:
    return iter(re.findall(r'(?:settings|context)(?:\.get\(|\[)"([A-Z][A-Z_]+)"', text))


def _read_by_template(text: str) -> Iterator[str]:
    for code in re.findall(r"{[{%](.*?)[}%]}", text, re.DOTALL):
        bare = re.sub(r'"[^"]*"', "", code)
        yield from re.findall(r"\b[A-Z][A-Z_]{2,}\b", bare)


def named(text: str) -> set[str]:
    """Every word of a page that looks like a setting and is set as code."""
    words = re.findall(r"(?<![\w{$.-])[A-Z][A-Z_]{3,}\b", "\n".join(_pieces(text)))
    return set(words)


@pytest.mark.parametrize("page", manual.PAGES, ids=lambda page: page.name)
def test_every_link_inside_leads_to_a_file_and_a_heading(page: Path) -> None:
    broken = [link for link in manual.links(TEXTS[page]) if not leads_somewhere(page, link)]
    assert broken == []


def leads_somewhere(page: Path, link: str) -> bool:
    """Is there the file, and in it the heading? Links to elsewhere are not asked."""
    if re.match(r"https?:", link):
        return True
    name, _, anchor = link.partition("#")
    target = (page.parent / name).resolve() if name else page
    if not target.is_file():
        return False
    return not anchor or anchor in manual.headings(target.read_text("utf-8"))


def test_every_page_of_the_manual_can_be_reached_from_the_first() -> None:
    reached = {
        (demo.ROOT / link).resolve() for link in manual.links(TEXTS[demo.ROOT / "README.md"])
    }
    assert {page for page in manual.PAGES if page.name != "README.md"} <= reached


@pytest.mark.parametrize("page", manual.DOCS, ids=lambda page: page.name)
def test_every_page_of_the_manual_is_short_and_begins_with_what_the_reader_gets(page: Path) -> None:
    if page.name not in ("calibration.md", "decisions.md"):  # records, not pages to learn from
        assert TEXTS[page].split("\n\n")[1].startswith("What you get: ")
        assert len(manual.prose(TEXTS[page]).split()) < 1500


def test_every_setting_that_the_code_reads_is_explained() -> None:
    addresses = re.compile(r"(ARCHIVES|CATEGORIES|TAGS|AUTHORS|SUBSCRIBE)_(URL|SAVE_AS)")
    unsaid = sorted(ours() - named(MANUAL))
    assert [name for name in unsaid if not addresses.fullmatch(name)] == []


def test_every_setting_that_is_explained_exists() -> None:
    set_by_us = {name for name in vars(defaults) if name.isupper()}
    known = ours() | set_by_us | pelican.settings.DEFAULT_CONFIG.keys() | OTHERS
    said = set().union(
        *(named(text) for page, text in TEXTS.items() if page.name != "CHANGELOG.md")
    )
    assert sorted(said - known) == []


def test_every_default_that_waits_to_be_set_is_explained() -> None:
    """Those that stand commented out at the end of harvest/defaults.py."""
    text = Path(defaults.__file__).read_text("utf-8")
    waiting = set(re.findall(r"^# ([A-Z_]+) = ", text, re.MULTILINE))
    assert len(waiting) > 10
    assert sorted(waiting - named(MANUAL)) == []


@pytest.mark.parametrize(
    ("what", "names"),
    [
        ("lines of a block", block.KEYS),
        ("labels in a block", [f"{label}:" for label in block.LABELS]),
        ("keys of a .toml", labels._KNOWN),
        ("columns of the log", events.COLUMNS),
    ],
)
def test_every_word_an_author_may_write_about_numbers_is_explained(what, names) -> None:
    text = (demo.ROOT / "docs" / "numbers.md").read_text("utf-8")
    unsaid = [name for name in names if f"`{name}`" not in text and f".{name}]]" not in text]
    assert unsaid == [], what


def test_every_knob_of_the_style_sheet_is_explained_and_no_other() -> None:
    first_rule = STYLES.partition(":root {")[2].partition("}")[0]
    knobs = set(re.findall(r"^  (--\w+):", first_rule, re.MULTILINE))
    inner = {"--reach", "--out", "--hair", "--tint"}  # mixed from the others, or set by the width
    said = set(re.findall(r"`(--\w+)`", (demo.ROOT / "docs" / "theming.md").read_text("utf-8")))
    assert said == knobs - inner


def test_every_command_and_option_named_in_the_manual_exists() -> None:
    context = harvest.make_context("harvest", [], resilient_parsing=True)
    for page, text in TEXTS.items():
        for name, rest in re.findall(r"\bharvest ([a-z]+)((?: [^`|\n]*)?)", _code(text)):
            command = harvest.get_command(context, name)
            assert command, f"{page.name}: harvest {name}"
            options = {option for one in command.params for option in one.opts}
            used = set(re.findall(r"(?<=\s)(--[a-z]+)", rest.partition("&&")[0]))
            assert used <= options | {"--help"}, f"{page.name}: harvest {name} {used - options}"


def _pieces(text: str) -> list[str]:
    """All that a page sets as code, in a line or in a block."""
    return re.findall(r"`([^`\n]+)`", manual.prose(text)) + [
        one.text for one in manual.blocks(text)
    ]


def _code(text: str) -> str:
    lines = [line for piece in _pieces(text) for line in piece.splitlines()]
    return "\n".join(line for line in lines if re.match(r"(\$ |- |make )?.*\bharvest [a-z]", line))


def test_the_manual_names_no_registry() -> None:
    hosts = re.compile(r"pypi\.|pythonhosted|npmjs|registry\.|conda\.|index-url", re.IGNORECASE)
    assert [page.name for page, text in TEXTS.items() if hosts.search(text)] == []
