"""Painted pictures from one build to the next: kept, mended, thrown away, never another byte."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from lxml import html

import demo
from insights import BLOCK, build, post
from metrics_insight.charts import fonts, painter, png
from metrics_insight.site import paintings
from metrics_insight.site.paintings import Paintings, Store

FILES = {"one.md": post("One"), "two.md": post("Two", BLOCK.replace("03-08", "03-15"))}


@pytest.fixture
def counted(monkeypatch) -> list[int]:
    """How many pictures each call had painted, as long as the test runs."""
    calls: list[int] = []
    paint = png.paint

    def counting(sheets):
        calls.append(len(sheets))
        return paint(sheets)

    monkeypatch.setattr(png, "paint", counting)
    return calls


def pngs(output: Path) -> dict[str, bytes]:
    """The painted pictures of a site."""
    return {name: raw for name, raw in demo.contents(output).items() if name.endswith(".png")}


def kept(root: Path) -> list[Path]:
    """The pictures in the cache."""
    return sorted((root / "cache" / "charts").glob("*.png"))


def warnings(caplog) -> list[str]:
    return [one.getMessage() for one in caplog.records if "pictures" in one.getMessage()]


def test_a_second_build_paints_nothing_and_is_the_same(tmp_path, counted):
    one = build(tmp_path, FILES, to="a")
    assert sum(counted) == 4  # two for the feed, two for shared links
    two = build(tmp_path, FILES, to="b")
    assert sum(counted) == 4
    assert pngs(one) == pngs(two)
    assert len(pngs(one)) == 4


def test_a_cache_thrown_away_changes_no_byte(tmp_path, counted):
    one = build(tmp_path, FILES, to="a")
    for file in kept(tmp_path):
        file.unlink()
    assert pngs(build(tmp_path, FILES, to="b")) == pngs(one)
    assert sum(counted) == 8


@pytest.mark.parametrize("remains", [b"", b"\x89PNG\r\n\x1a\n", b"no picture", None])
def test_a_broken_picture_in_the_cache_is_painted_anew(tmp_path, counted, remains):
    one = build(tmp_path, FILES, to="a")
    first, *_ = kept(tmp_path)
    whole = first.read_bytes()
    first.write_bytes(whole[:-20] if remains is None else remains)
    assert pngs(build(tmp_path, FILES, to="b")) == pngs(one)
    assert sum(counted) == 5
    assert first.read_bytes() == whole


def test_another_version_of_the_painter_paints_anew(tmp_path, counted, monkeypatch):
    one = build(tmp_path, FILES, to="a")
    monkeypatch.setattr(png, "_painter", lambda: "99")
    two = build(tmp_path, FILES, to="b")
    assert sum(counted) == 8
    assert not pngs(one).keys() & pngs(two).keys()  # an address never changes what it shows


def test_changed_data_paint_only_what_shows_them(tmp_path, counted):
    build(tmp_path, FILES, to="a")
    more = {**FILES, "two.md": post("Two", BLOCK.replace("03-08", "03-16"))}
    build(tmp_path, more, to="b")
    assert sum(counted) == 6


def test_a_cache_that_cannot_be_written_is_one_warning_and_all_pictures(tmp_path, caplog):
    (tmp_path / "cache").write_text("A file where a folder should be.", "utf-8")
    output = build(tmp_path, FILES)
    assert len(pngs(output)) == 4
    (told,) = warnings(caplog)
    assert told.endswith("they are painted anew each time")
    assert "cannot be kept for the next build (" in told


def test_the_cache_keeps_itself_out_of_git(tmp_path):
    build(tmp_path, FILES)
    assert (tmp_path / "cache/charts/.gitignore").read_text("utf-8") == "*\n"
    assert not list((tmp_path / "cache").rglob("*.part"))


def test_what_no_run_uses_is_let_go_once_there_is_much_of_it(tmp_path, monkeypatch):
    store = Store(tmp_path)
    for number in range(4):
        store.put(f"{number}", b"")
    store.let_go(["1"])
    assert len(list(tmp_path.glob("*.png"))) == 4
    monkeypatch.setattr(paintings, "MOST_KEPT", 3)
    store.let_go(["1", "7"])
    assert [file.name for file in tmp_path.glob("*.png")] == ["1.png"]


def test_letters_without_a_font_are_told_in_one_line_once(tmp_path, caplog):
    toml = '[followers]\nlabel = "漢字 followers"\n'
    build(tmp_path, {**FILES, "data/site.toml": toml})
    (told,) = warnings(caplog)
    assert told == (
        'pictures for feeds: no font has the letters "字漢"; '
        "name a folder of fonts that have them, as INSIGHT_FONTS"
    )


def test_a_font_of_the_author_is_found_by_its_setting(tmp_path, caplog):
    folder = tmp_path / "content" / "fonts"
    folder.mkdir(parents=True)
    (folder / "own.ttf").write_bytes(fonts.found().fonts[1].file.read_bytes())
    build(tmp_path, FILES, INSIGHT_FONTS="fonts", STATIC_PATHS=[])
    assert not [one for one in caplog.records if one.levelno >= logging.ERROR]


def test_a_setting_that_names_no_folder_is_an_error_and_costs_no_picture(tmp_path, caplog):
    output = build(tmp_path, FILES, INSIGHT_FONTS="gone")
    told = [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR]
    assert told == ['INSIGHT_FONTS: there is no folder of fonts "gone"; make it, or name another']
    assert len(pngs(output)) == 4


def test_what_is_asked_for_after_the_run_is_painted_at_once(tmp_path):
    """A preview makes a feed when somebody looks at it."""
    late = Paintings(Store(tmp_path / "cache"), None)
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    sheet = png.Sheet(svg, 18, late.fonts)
    path = late.lay("late", sheet)
    late.write(tmp_path / "output")
    assert not (tmp_path / "output" / path).exists()
    late.ask([path, "charts/unknown.png"])
    assert (tmp_path / "output" / path).read_bytes() == painter.paint(*sheet.asked)


# --- links that are shared --------------------------------------------------------------


def head(output: Path, name: str) -> dict[str, str]:
    """The Open Graph values of a page, as a theme of somebody else prints them."""
    tree = html.fromstring((output / f"{name}.html").read_text("utf-8"))
    return {one.get("property"): one.get("content") for one in tree.xpath("//meta[@property]")}


@pytest.fixture
def themed(tmp_path) -> dict[str, object]:
    """Settings with a theme that prints what `weblog` says of sharing."""
    folder = tmp_path / "over"
    folder.mkdir()
    printed = (
        "{% for name, content in sharing().properties %}"
        '<meta property="{{ name }}" content="{{ content|e }}">{% endfor %}'
    )
    for name in ("article.html", "page.html"):
        (folder / name).write_text(printed, "utf-8")
    plugins = ["weblog", "metrics_insight"]
    return {"THEME_TEMPLATES_OVERRIDES": [str(folder)], "PLUGINS": plugins, "SITENAME": "A blog"}


def test_a_post_with_a_card_is_shared_with_its_first_chart(tmp_path, themed):
    output = build(tmp_path, FILES, **themed)
    told = head(output, "one")
    path = told["og:image"].removeprefix("https://blog.example/")
    assert png.size((output / path).read_bytes()) == (1200, 630)
    assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
    assert told["og:image:alt"].startswith("Line chart: Followers")


def test_a_page_with_a_card_is_too(tmp_path, themed):
    output = build(tmp_path, {"pages/about.md": post("About")}, **themed)
    assert "-social-" in head(output, "pages/about")["og:image"]


def test_two_cards_of_a_post_make_one_picture_of_the_first(tmp_path, themed):
    body = f"{BLOCK}\n\n{BLOCK.replace('03-08', '03-15')}"
    output = build(tmp_path, {"one.md": post("One", body)}, **themed)
    (painted,) = output.glob("charts/*-social-*")
    assert "2025-03-08" in painted.name


def test_a_picture_of_the_posts_own_comes_first_and_no_other_is_painted(tmp_path, themed):
    output = build(tmp_path, {"one.md": post("One", Picture="images/own.png")}, **themed)
    assert head(output, "one")["og:image"] == "https://blog.example/images/own.png"
    assert "og:image:width" not in head(output, "one")
    assert not list(output.glob("charts/*-social-*"))


def test_a_post_without_a_card_keeps_the_picture_of_the_site(tmp_path, themed):
    output = build(tmp_path, {"one.md": post("One", "Words.")}, SITE_PICTURE="site.png", **themed)
    assert head(output, "one")["og:image"] == "https://blog.example/site.png"


def test_without_an_address_of_the_site_no_picture_is_made_for_links(tmp_path, themed):
    output = build(tmp_path, FILES, SITEURL="", **themed)
    assert "og:image" not in head(output, "one")
    assert not list(output.glob("charts/*-social-*"))


def test_a_title_that_is_html_is_written_as_text(tmp_path):
    files = {"one.md": post("Fish &amp; <em>chips</em>", Slug="one")}
    one = build(tmp_path, files, to="a")
    two = build(tmp_path, {"one.md": post("Fish & chips", Slug="one")}, to="b",
                JINJA_ENVIRONMENT={"autoescape": True})  # fmt: skip
    assert pngs(one) == pngs(two)
