"""A card in a feed: what is left of it by readers that clean what they get, and in a mail."""

from __future__ import annotations

from pathlib import Path

import feedparser
import pytest
from lxml import html

from insights import BLOCK, build, post
from metrics_insight.charts import png
from sanitisers import FRESHRSS, MINIFLUX, READERS, cleaned
from server import serving

EVENTS = "date,title,url\n2025-03-10,A talk,https://talk.example/\n2025-03-20,<b>Page</b>,\n"
KINDS = ("FEED_ALL", "CATEGORY_FEED", "AUTHOR_FEED", "TRANSLATION_FEED")
OFF = dict.fromkeys(f"{kind}_{form}" for kind in KINDS for form in ("ATOM", "RSS"))
FEEDS = {"FEED_ALL_ATOM": "feeds/atom.xml", "FEED_ALL_RSS": "feeds/rss.xml",
         "RSS_FEED_SUMMARY_ONLY": False}  # fmt: skip
FILES = {"data/events.csv": EVENTS, "one.md": post("One", f"Before.\n\n{BLOCK}\n\nAfter.")}


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """A site with one card in its feeds."""
    return build(tmp_path_factory.mktemp("feed"), FILES, **FEEDS)


@pytest.fixture(params=["atom", "rss"])
def entry(site, request) -> str:
    """The entry as it is written in either feed."""
    text = (site / f"feeds/{request.param}.xml").read_bytes()
    (found,) = feedparser.parse(text, sanitize_html=False).entries
    return found.content[0].value if "content" in found else found.summary


def told(element: html.HtmlElement) -> str:
    return " ".join("".join(element.itertext()).split())


# --- what readers leave -----------------------------------------------------------------


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_a_strict_reader_leaves_picture_caption_list_and_data_link(entry, reader):
    left = cleaned(entry, reader)
    (image,) = left.xpath("//figure/a[@href]/img[@src and @alt]")
    assert (image.get("width"), image.get("height").isdecimal()) == ("720", True)
    assert left.xpath("//figure/figcaption")[0].text_content().strip()
    assert [told(item).split(",")[0] for item in left.xpath("//ol/li")] == ["A talk", "<b>Page</b>"]
    assert left.xpath("//ol/li/time/@datetime") == ["2025-03-10", "2025-03-20"]
    assert left.xpath("//a[contains(@href, '/data/site.csv')]")


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_a_strict_reader_takes_no_word_away_and_leaves_no_word_of_an_axis(entry, reader):
    whole = html.fragment_fromstring(entry, create_parent="div")
    assert told(cleaned(entry, reader)) == told(whole)
    assert "Mar 2025" not in told(whole)
    assert "axis" not in told(whole)


def test_the_parser_of_many_readers_keeps_the_figure(site):
    (found,) = feedparser.parse((site / "feeds/atom.xml").read_bytes()).entries  # it sanitises
    left = html.fragment_fromstring(found.content[0].value, create_parent="div")
    assert left.xpath("//figure/a/img[@width='720']")
    assert left.xpath("//figcaption")
    assert left.xpath("//ol/li/a[@href='https://talk.example/']")


def test_the_cleaners_do_clean():
    harm = '<script>x</script><p class="c">a<svg><text>Jul</text></svg><img src="y" width="751">'
    mini, fresh = (cleaned(f"{harm}<hr>", reader) for reader in (MINIFLUX, FRESHRSS))
    assert html.tostring(mini) == b'<div><p>aJul<img src="y"></p></div>'
    assert html.tostring(fresh) == b'<div><p>aJul<img src="y" width="751"></p><hr></div>'


# --- the picture ------------------------------------------------------------------------


def test_the_picture_is_a_whole_png_of_twice_the_width_it_is_shown_at(site, entry):
    (image,) = html.fromstring(entry).xpath("//figure/a/img")
    raw = (site / image.get("src").removeprefix("https://blog.example/")).read_bytes()
    assert png.is_whole(raw)
    assert png.size(raw) == (1440, 2 * int(image.get("height")))
    assert len(raw) < 90_000


def test_a_picture_that_no_feed_and_no_link_shows_is_not_painted(tmp_path):
    output = build(tmp_path, FILES, SITEURL="", **OFF)
    assert not list(output.rglob("*.png"))
    assert list(output.rglob("charts/*.svg"))


def test_only_the_posts_that_a_feed_has_room_for_are_painted(tmp_path):
    old = {"old.md": post("Old", BLOCK.replace("03-08", "03-09"), Date="2024-04-01")}
    shown = {**OFF, "FEED_ALL_ATOM": "a.xml", "SITEURL": "", "FEED_MAX_ITEMS": 1}
    output = build(tmp_path, {**FILES, **old}, **shown)
    (painted,) = output.rglob("*.png")
    assert painted.name.startswith("site-followers-2025-03-08-")


# --- in a mail --------------------------------------------------------------------------


MAIL = """<!doctype html><meta charset="utf-8"><table width="600"><tr><td>{}</td></tr></table>"""
MEASURED = """() => { const image = document.images[0], box = image.getBoundingClientRect();
return [image.naturalWidth, box.width / box.height * image.naturalHeight / image.naturalWidth,
        document.documentElement.scrollWidth, document.querySelectorAll("ol li").length] }"""


def test_an_entry_in_a_mail_of_600_pixels_shows_its_picture_whole_and_unstretched(
    site, entry, browser
):
    with serving(site) as address:
        mail = MAIL.format(entry.replace("https://blog.example", address))
        (site / "mail.html").write_text(mail, "utf-8")
        with browser.new_page(viewport={"width": 616, "height": 800}) as page:
            page.goto(f"{address}/mail.html")
            natural, stretched, wide, items = page.evaluate(MEASURED)
    assert (natural, wide, items) == (1440, 616, 2)
    assert stretched == pytest.approx(1, abs=0.01)
