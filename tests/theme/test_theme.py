"""Around a post stands what is set and nothing else; every page is right HTML, posts or none."""

from __future__ import annotations

import copy
import re
from pathlib import Path
from typing import Any

import html5lib
import pytest
from pelican import Pelican
from pelican.settings import read_settings

from blogs import post, run, write
from checks.site import tree, words
from harvest import defaults

SETTINGS = {name: value for name, value in vars(defaults).items() if name.isupper()}
PARTS = {
    "photo": ({"PHOTO": "images/a.svg"}, "//aside//img[@class='u-photo']"),
    "about": ({"ABOUT": "Who I am."}, "//aside//*[@class='p-note']"),
    "e-mail": ({"EMAIL_FORM_ADDRESS": "https://a.example/"}, "//aside//form//input[@name='email']"),
    "channels": ({"CHANNELS": {"Talks": [("T", "https://a.example/")]}}, "//h2[text()='Talks']"),
    "honours": ({"HONOURS": {"Boards": ["A board"]}}, "//li[text()='A board']"),
    "badges": ({"BADGES": [("Says", "images/a.svg", "")]}, "//img[@alt='Says']"),
    "tracking": ({"TRACKING_SCRIPT": "https://a.example/a.js"}, "//script[@src]"),
    "menu": ({"MENU": [("Who", "about/")]}, "//nav//a[@href='/about/']"),
    "subtitle": ({"SITESUBTITLE": "In a line"}, "//p[@class='subtitle']"),
    "icon": ({"ICON": "images/a.svg"}, "//link[@rel='icon']"),
}
EVERYTHING = {name: value for settings, _ in PARTS.values() for name, value in settings.items()}
THREE = {
    "one.md": post(title="One <b>", date="2025-01-09", tags="a"),
    "two.md": post(title="Two & more", date="2025-03-03", tags="a, b"),
    "three.md": post(title="Three", date="2025-03-03 12:00"),
    "unfinished.md": "Title: Unfinished\nStatus: draft\n\nWords.\n",
}


def build(folder: Path, posts: dict[str, str], **own: Any) -> dict[str, str]:
    """The pages of a site with Harvest's settings and theme, by address."""
    (folder / "content").mkdir()
    write(folder / "content" / "posts", posts)
    places = {"PATH": str(folder / "content"), "OUTPUT_PATH": str(folder / "output")}
    plugins = {"PLUGINS": ["weblog", "month_calendar"]}
    given = {**copy.deepcopy(SETTINGS), **plugins, **places, **own}
    run(Pelican(read_settings(override=given)))
    output = folder / "output"
    files = {file.relative_to(output).as_posix(): file for file in sorted(output.rglob("*.html"))}
    return {
        "/" + name.removesuffix("index.html"): file.read_text("utf-8")
        for name, file in files.items()
    }


def test_a_heading_with_nothing_under_it_is_not_shown(tmp_path):
    pages = build(tmp_path, THREE, CHANNELS={"Talks": []}, HONOURS={"Awards": [], "Boards": ["A"]})
    assert "Talks" not in pages["/"]
    assert "Awards" not in pages["/"]
    assert "Boards" in pages["/"]


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Three posts and a draft, no word about the author."""
    return build(tmp_path_factory.mktemp("bare"), THREE)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The same with every part set."""
    return build(tmp_path_factory.mktemp("full"), THREE, AUTHOR="Ana", **EVERYTHING)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A site without a post."""
    return build(tmp_path_factory.mktemp("empty"), {})


@pytest.mark.parametrize("part", PARTS)
def test_a_part_is_there_when_it_is_set_and_only_then(
    bare: dict[str, str], full: dict[str, str], part: str
) -> None:
    """On the page of a post, by one setting each."""
    place, path = "/2025/03/two/", PARTS[part][1]
    assert not tree(bare[place]).xpath(path)
    assert tree(full[place]).xpath(path)


@pytest.mark.parametrize("kind", ["bare", "full", "empty"])
def test_every_page_parses_strictly(request: pytest.FixtureRequest, kind: str) -> None:
    """With all parts, with none, and with no post at all; titles are text."""
    for page in request.getfixturevalue(kind).values():
        html5lib.HTMLParser(strict=True).parse(page)
        assert len(tree(page).xpath("//h1")) == 1
        assert not re.search(r"\{\{|\{%|None|Undefined", page)


def test_a_site_without_posts_says_so_and_has_no_margin(empty: dict[str, str]) -> None:
    """No empty box, no calendar of a month that nobody wrote in."""
    assert words(tree(empty["/"]).xpath("//main")[0]).strip().endswith("No posts yet.")
    assert not tree(empty["/"]).xpath("//aside|//table")
    assert "/subscribe/" in empty
    assert "/404.html" in empty


def test_neighbours_stand_around_main(bare: dict[str, str]) -> None:
    """The older on the left, the newer on the right, Main between, whatever is missing."""

    def said(place: str) -> str:
        return words(tree(bare[place]).xpath("//nav[@class='neighbours']")[0])

    assert said("/2025/03/two/") == "« One <b> Main Three »"
    assert said("/2025/01/one/") == "Main Two & more »"
    assert said("/2025/03/three/") == "« Two & more Main"


def test_a_post_shows_the_calendar_of_its_month(bare: dict[str, str]) -> None:
    """Other pages show the newest; a day with two posts leads to the day in its month."""

    def caption(place: str) -> str:
        return words(tree(bare[place]).xpath("//caption")[0])

    shown = {place: caption(place) for place in ("/2025/01/one/", "/2025/01/", "/", "/tag/a/")}
    assert list(shown.values()) == ["January 2025", "January 2025", "March 2025", "March 2025"]
    assert tree(bare["/"]).xpath("//td/a/@href") == ["/2025/03/#day-3"]
    assert tree(bare["/2025/03/"]).xpath("//li[@id='day-3']")


def test_a_draft_is_marked_and_has_no_date_until_it_is_given_one(bare: dict[str, str]) -> None:
    """Pelican gives it the last day there is."""
    page = bare["/drafts/unfinished/"]
    assert tree(page).xpath("//p[@class='draft']")
    assert "9999" not in words(tree(page).xpath("//body")[0])


def test_links_lead_from_a_folder_too(tmp_path: Path) -> None:
    """With RELATIVE_URLS no address begins at the root of a server."""
    page = build(tmp_path, THREE, RELATIVE_URLS=True, **EVERYTHING)["/2025/03/two/"]
    assert not [link for link in tree(page).xpath("//@href|//@src") if link.startswith("/")]


def test_the_site_itself_overrides_a_template_and_a_word(tmp_path: Path) -> None:
    """Its own theme/ holds only what differs."""
    write(tmp_path / "theme", {"templates/_footer.html": "<footer>{{ t('top') }}</footer>\n"})
    write(tmp_path / "theme", {"languages/en.toml": 'top = "Upward"\n'})
    own = [str(tmp_path / "theme" / "templates")]
    page = build(tmp_path, THREE, THEME_TEMPLATES_OVERRIDES=own)["/"]
    assert words(tree(page).xpath("//footer")[0]) == "Upward"


def test_a_site_in_german_speaks_german(tmp_path: Path) -> None:
    """Every word of the theme but Main, which keeps its name."""
    page = tree(build(tmp_path, THREE, DEFAULT_LANG="de")["/2025/03/two/"])
    assert page.get("lang") == "de"
    assert words(page.xpath("//caption")[0]) == "März 2025"
    assert words(page.xpath("//main//time")[0]) == "3. März 2025"
    assert page.xpath("//nav[@class='neighbours']/a[@class='home']/text()") == ["Main"]
