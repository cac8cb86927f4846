"""The door for Pelican: cards in pages, cards in feeds, and a post that is never lost."""

from __future__ import annotations

import json
import logging
import re
from pathlib import Path

import feedparser
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html
from markdown import Markdown
from pelican import Pelican
from pelican.settings import read_settings

import demo
from insights import BLOCK, DAYS, build, post
from metrics_insight import block
from metrics_insight import site as door
from metrics_insight.site import markup

FEEDS = {
    "FEED_ALL_ATOM": "feeds/atom.xml",
    "FEED_ALL_RSS": "feeds/rss.xml",
    "RSS_FEED_SUMMARY_ONLY": False,
    "FEED_DOMAIN": "https://blog.example",
    "CATEGORY_FEED_ATOM": None,
}
NOTES = "\n\n[there]: https://x.example\n\n[^1]: A note."
TYPO = BLOCK.replace("site.followers", "site.folowers")


def page(output: Path, name: str) -> html.HtmlElement:
    return html.fromstring((output / f"{name}.html").read_text("utf-8"))


def cards(output: Path, name: str) -> list[html.HtmlElement]:
    return page(output, name).xpath("//section[@class='insight']")


def errors(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR]


@pytest.fixture(scope="module")
def good(tmp_path_factory) -> Path:
    """A site with a card in a post, a page and a translation, and two cards in one post."""
    root = tmp_path_factory.mktemp("good")
    other = BLOCK.replace("03-08", "03-15")
    words = (
        "A [link][there], a note[^1] and <b>html</b>.\n\n"
        "Other reading: *maybe* not.\n\nNext: Ana, by May."
    )
    rich = BLOCK.replace("The reading.", words)
    return build(
        root,
        {
            "one.md": post("One", f"Before.\n\n{rich}\n\nAfter.{NOTES}"),
            "two.md": post("Two", f"{BLOCK}\n\nBetween.\n\n{other}"),
            "eins.md": post("Eins", BLOCK, Slug="one", Lang="de"),
            "pages/about.md": post("About"),
            "draft.md": post("Draft", other.replace("03-28", "03-27"), Status="draft"),
            "plain.md": post("Plain", "No card here."),
        },
        **FEEDS,
    )  # fmt: skip


# --- in the page ------------------------------------------------------------------------


def test_a_post_keeps_its_words_around_the_card(good):
    body = page(good, "one").text_content()
    assert body.index("Before.") < body.index("Why did it rise?") < body.index("After.")


def test_a_card_has_its_parts_in_order(good):
    (card,) = cards(good, "one")
    parts = [(child.tag, child.get("class")) for child in card]
    told = list(dict.fromkeys(parts))  # an observation has as many paragraphs as it needs
    assert told == [
        ("p", "insight-label"), ("h2", None), ("p", "observation"), ("figure", None),
        ("p", "explore"), ("script", None), ("div", "reading"), ("details", "receipt"),
    ]  # fmt: skip
    assert card.get("id") == "insight-site-followers-2025-03-08"
    assert card.get("aria-labelledby") == card.xpath(".//h2/@id")[0]
    assert card.xpath(".//div[@class='reading']/h3/text()") == ["Reading", "Other reading", "Next"]


def test_links_and_footnotes_of_the_post_work_in_the_authors_words(good):
    (reading,) = page(good, "one").xpath("//div[@class='reading']")
    assert reading.xpath(".//a[@href='https://x.example']")
    assert reading.xpath(".//sup//a[@class='footnote-ref']")
    assert page(good, "one").xpath("//div[@class='footnote']//li")
    assert reading.xpath(".//b/text()") == ["html"]
    assert reading.xpath(".//em/text()") == ["maybe"]


def test_two_blocks_are_two_cards_with_words_between(good):
    first, second = cards(good, "two")
    assert first.get("id") != second.get("id")
    assert "Between." in page(good, "two").text_content()


def test_a_page_and_a_translation_have_cards_too(good):
    assert len(cards(good, "pages/about")) == 1
    (card,) = cards(good, "one-de")
    assert card.get("lang") == "en-GB"
    assert card.xpath(".//h2/@lang") == ["de"]
    assert card.xpath(".//div[@class='reading']/div/@lang") == ["de"]


def test_the_pictures_a_page_shows_are_there_in_every_size(good):
    (card,) = cards(good, "one")
    addresses = card.xpath(".//source/@srcset") + card.xpath(".//img/@src")
    assert len(addresses) == 3
    for address in addresses:
        path = good / address.removeprefix("https://blog.example/")
        assert path.read_text("utf-8").startswith("<svg ")
    (image,) = card.xpath(".//img")
    assert image.get("alt") == "Line chart: Followers, 8 to 28 March 2025, from 1,035 to 1,140."
    assert (image.get("width"), card.xpath(".//source/@width")) == ("720", ["320", "540"])


def test_the_data_lie_beside_the_pages_as_they_are(good):
    table, chart = page(good, "one").xpath("//details//a")
    written = {one: good / one.get("href").removeprefix("https://blog.example/")
               for one in (table, chart)}  # fmt: skip
    assert written[table].read_text("utf-8") == DAYS
    assert table.text == f"The data as CSV: site.csv, {len(DAYS)} bytes"
    assert json.loads(written[chart].read_text("utf-8"))["panels"][0]["values"][-1] == 1140
    assert chart.text.startswith("This chart as JSON, ")


def test_a_figure_holds_the_picture_and_its_caption_and_nothing_more(good):
    (card,) = cards(good, "one")
    (figure,) = card.xpath("figure")
    assert [part.tag for part in figure] == ["picture", "figcaption"]
    assert card.xpath("figure/following-sibling::details")
    (link,) = figure.xpath("figcaption/a")
    assert link.text == "site.csv"
    assert figure.xpath("figcaption")[0].text.startswith("No expected range is shown")


def test_what_is_heard_of_a_picture_is_said_nowhere_else_in_the_card(good):
    (card,) = cards(good, "one")
    (alt,) = card.xpath(".//img/@alt")
    assert alt == "Line chart: Followers, 8 to 28 March 2025, from 1,035 to 1,140."
    assert alt not in card.text_content()


def test_pictures_from_the_second_on_are_loaded_when_they_are_near(good):
    assert page(good, "two").xpath("//section//img/@loading") == ["lazy"]
    assert [bool(one.get("loading")) for one in page(good, "two").xpath("//section//img")] == [
        False, True
    ]  # fmt: skip


def test_no_mark_of_ours_and_no_placeholder_is_left(good):
    for path in good.rglob("*.html"):
        text = path.read_text("utf-8")
        assert "insight-file:" not in text
        assert "data-block" not in text
        assert "insight-part" not in text


def test_addresses_are_relative_where_the_site_says_so(tmp_path):
    output = build(tmp_path, {"one.md": post("One")}, SITEURL="", RELATIVE_URLS=True,
                   ARTICLE_SAVE_AS="a/{slug}.html", ARTICLE_URL="a/{slug}.html")  # fmt: skip
    (source,) = page(output, "a/one").xpath("//picture//img/@src")
    assert source.startswith("../charts/")
    assert (output / "a" / source).resolve().is_file()


def test_words_of_the_chart_never_are_in_a_summary(good):
    summaries = " ".join(page(good, "index").xpath("//text()"))
    assert "Mar 2025" not in summaries
    assert "axis starts" not in summaries


def test_the_picture_of_a_draft_that_is_not_written_is_not_written(tmp_path):
    files = {"one.md": post("One"), "draft.md": post("Draft", BLOCK.replace("08", "09"),
                                                     Status="draft")}  # fmt: skip
    shown = build(tmp_path, files, to="shown")
    hidden = build(tmp_path, files, to="hidden", DRAFT_SAVE_AS="", DRAFT_URL="")
    assert (len(list(shown.glob("charts/*"))), len(list(hidden.glob("charts/*")))) == (16, 10)


def test_a_site_may_say_where_its_data_lie_and_override_the_template(tmp_path):
    over = tmp_path / "over"
    over.mkdir()
    (over / "insight.html").write_text("<section class='insight'>mine</section>", "utf-8")
    output = build(
        tmp_path,
        {"numbers/mine.csv": DAYS, "one.md": post("One", BLOCK.replace("site.", "mine."))},
        INSIGHT_DATA="numbers",
        THEME_TEMPLATES_OVERRIDES=[str(over)],
    )
    assert cards(output, "one")[0].text_content() == "mine"


# --- in the feed ------------------------------------------------------------------------


@pytest.fixture(params=["feeds/atom.xml", "feeds/rss.xml"])
def entry(good, request):
    """The post One as a feed reader has it."""
    feed = feedparser.parse((good / request.param).read_bytes(), sanitize_html=False)
    assert not feed.bozo
    found = next(one for one in feed.entries if one.title == "One")
    return html.fromstring(found.content[0].value if "content" in found else found.summary)


def test_a_feed_has_the_form_that_readers_keep(entry):
    assert not entry.xpath("//section | //picture | //details | //button | //summary")
    assert not entry.xpath("//*[@class and not(starts-with(@class, 'footnote'))]")
    (image,) = entry.xpath("//figure/a/img")
    assert image.get("src").startswith("https://blog.example/charts/")
    assert image.getparent().get("href") == image.get("src")
    assert image.get("alt").startswith("Line chart: ")


def test_a_feed_has_all_words_of_the_card(entry):
    told = entry.text_content()
    for words in ("Before.", "Why did it rise?", "Followers rose by", "maybe", "Next", "After."):
        assert words in told
    assert "<!--" not in html.tostring(entry, encoding="unicode")


def test_a_summary_cut_in_the_middle_of_a_card_has_the_form_of_a_feed(tmp_path):
    output = build(tmp_path, {"one.md": post("One")},
                   **{**FEEDS, "RSS_FEED_SUMMARY_ONLY": True}, SUMMARY_MAX_LENGTH=12)  # fmt: skip
    (found,) = feedparser.parse(
        (output / "feeds/rss.xml").read_bytes(), sanitize_html=False
    ).entries
    assert "class=" not in found.summary
    assert "<!--insight" not in found.summary
    assert "Why did it rise?" in found.summary


def test_a_feed_of_the_weblog_plugin_has_the_same_form(tmp_path):
    output = build(tmp_path, {"one.md": post("One", f"Before.\n\n{BLOCK}")},
                   PLUGINS=["weblog", "metrics_insight"], **FEEDS)  # fmt: skip
    for name in ("atom", "rss"):
        (found,) = feedparser.parse(
            (output / f"feeds/{name}.xml").read_bytes(), sanitize_html=False
        ).entries
        told = found.content[0].value if "content" in found else found.summary
        assert "<figure" in told
        assert 'class="insight' not in told
        assert "https://blog.example/charts/" in told


# --- when something is wrong ------------------------------------------------------------


def test_a_bad_block_keeps_the_post_logs_file_and_line_and_shows_a_note(tmp_path, caplog):
    output = build(tmp_path, {"one.md": post("One", f"Before.\n\n{TYPO}\n\nAfter."),
                              "two.md": post("Two")})  # fmt: skip
    assert [one for one in errors(caplog) if "folowers" in one] == [
        'content/one.md:8: no metric "site.folowers"; did you mean "site.followers"?'
    ]
    body = page(output, "one").text_content()
    assert all(words in body for words in ("Before.", "The reading.", "After."))
    (note,) = page(output, "one").xpath("//div[@class='insight insight-fault']")
    assert note.get("role") == "note"
    assert note.text_content().strip() == (
        'There is no insight here yet: no metric "site.folowers"; did you mean "site.followers"?'
    )
    assert len(cards(output, "two")) == 1


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("```insight\n```", "this insight block is empty"),
        ("```insight\nmetric: site.followers\n\nThe end.", "this insight block is never closed"),
        (BLOCK.replace("2025-03-28", "2026-03-28"), "reaches outside the data"),
        (BLOCK.replace("The reading.", "```0\n```\nThe end."), "fence is not closed within"),
        (BLOCK + "\n\n" + BLOCK, "two cards of this post are called"),
    ],
)
def test_whatever_is_wrong_with_a_block_the_words_stay(tmp_path, caplog, body, told):
    output = build(tmp_path, {"one.md": post("One", f"Before.\n\n{body}")})
    assert any(told in one for one in errors(caplog))
    assert "Before." in page(output, "one").text_content()
    if "The end." in body:
        assert "The end." in page(output, "one").text_content()


def test_a_card_on_a_broken_file_says_so_and_the_file_is_logged_once(tmp_path, caplog):
    files = {"data/site.csv": "date,followers\nsoon,1\n", "one.md": post("One"),
             "two.md": post("Two")}  # fmt: skip
    output = build(tmp_path, files)
    broken = 'content/data/site.csv:2: "soon" is no date; write it as 2025-03-31'
    assert errors(caplog).count(broken) == 1
    assert "before content/data/site.csv is mended" in page(output, "one").text_content()


def test_a_bad_block_is_fatal_where_errors_are(tmp_path):
    for name, text in {"data/site.csv": DAYS, "one.md": post("One", TYPO)}.items():
        (tmp_path / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / name).write_text(text, "utf-8")
    (tmp_path / "conf.py").write_text('PLUGINS = ["metrics_insight"]\nTHEME = "simple"\n', "utf-8")
    words = ("content", "-s", "conf.py", "-o", "out")
    assert demo.run("pelican", *words, at=tmp_path).returncode == 0
    assert demo.run("pelican", *words, "--fatal=errors", at=tmp_path).returncode != 0


def test_a_fault_of_the_program_costs_the_card_and_not_the_post(tmp_path, caplog, monkeypatch):
    def broken(*_: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr("metrics_insight.site.cards.compose.compose", broken)
    output = build(tmp_path, {"one.md": post("One", f"Before.\n\n{BLOCK}")})
    assert "Before." in page(output, "one").text_content()
    assert "a fault of the program (oh)" in page(output, "one").text_content()
    assert any("could not be made" in one for one in errors(caplog))


def test_an_error_in_a_sites_own_template_of_cards_is_told_by_its_line(tmp_path, caplog):
    own = tmp_path / "theme" / "insight.html"
    own.parent.mkdir()
    for text, told in TEMPLATES.items():
        own.write_text(f"<p>\n{text}\n", "utf-8")
        caplog.clear()
        files = {"one.md": post("One", f"Before.\n\n{BLOCK}"), "two.md": post("Two")}
        output = build(tmp_path, files, THEME_TEMPLATES_OVERRIDES=[str(own.parent)])
        assert set(errors(caplog)) == {f"theme/insight.html:2: template error: {told}"}
        assert "Before." in page(output, "one").text_content()
        assert "a template has an error" in page(output, "one").text_content()


TEMPLATES = {
    "{{ insight.": "expected name or number",
    "{{ 1 // 0 }}": "ZeroDivisionError: integer division or modulo by zero",
    '{% include "gone.html" %}': 'no template "gone.html"',
}


def test_html_that_only_looks_like_ours_is_left_alone(tmp_path, caplog):
    fake = '<section class="insight" data-block="!!"><p>x</p></section><!--/insight-->'
    other = fake.replace("!!", "abcd")
    output = build(tmp_path, {"one.md": post("One", f"{fake}\n\n{other}\n\n{BLOCK}")})
    assert not errors(caplog)
    assert len(page(output, "one").xpath("//h2[.='Why did it rise?']")) == 1


def test_a_post_with_windows_line_ends_and_a_mark_of_its_bytes_has_its_card(tmp_path, caplog):
    raw = b"\xef\xbb\xbf" + post("One", TYPO + "\n\n" + BLOCK).replace("\n", "\r\n").encode()
    output = build(tmp_path, {"one.md": raw})
    assert len(cards(output, "one")) == 1
    assert any(one.startswith("content/one.md:6: no metric") for one in errors(caplog))


@pytest.mark.parametrize("stray", ["```", "~~~", "```python", "``` a b\n```", "<div>", "<!--"])
def test_a_stray_fence_around_a_card_swallows_nothing(tmp_path, stray):
    output = build(tmp_path, {"one.md": post("One", f"{BLOCK}\n\n{stray}\n\nAfter.")})
    assert len(cards(output, "one")) == 1
    assert "After." in (output / "one.html").read_text("utf-8")
    longer = f"````\ncode\n`````\n\n````\n\n{BLOCK}\n\n```\nmore\n```\n\nAfter."
    output = build(tmp_path, {"one.md": post("One", longer)})
    assert "After." in (output / "one.html").read_text("utf-8")


@pytest.mark.parametrize(
    "body",
    [
        f"````\n{BLOCK}\n````",
        f"<!--\n{BLOCK}\n-->",
        BLOCK.replace("```insight", "```insight now"),
        "    " + BLOCK.replace("\n", "\n    "),
    ],
)
def test_a_block_that_is_only_shown_is_no_card(tmp_path, body, caplog):
    output = build(tmp_path, {"one.md": post("One", body)})
    assert not cards(output, "one")
    assert not errors(caplog)


def test_a_long_post_with_a_card_at_its_end_is_read(tmp_path):
    output = build(tmp_path, {"one.md": post("One", "A paragraph of words.\n\n" * 9000 + BLOCK)})
    assert len(cards(output, "one")) == 1


def test_hostile_words_are_escaped(tmp_path):
    label = '<script>alert(1)</script>"&'
    output = build(tmp_path, {
        "data/site.toml": f"[followers]\nlabel = '{label}'\nsource = '{label}'\n",
        "data/events.csv": "date,title,url\n2025-03-10,<img src=x>,https://x.example/?a=\"\"b\n",
        "one.md": post("One", BLOCK.replace("Why did it rise?", "<b>Why</b>?")),
    })  # fmt: skip
    text = (output / "one.html").read_text("utf-8")
    assert "<script>alert" not in text
    assert "<img src=x>" not in text
    assert "&lt;b&gt;Why&lt;/b&gt;?" in text


# --- built again ------------------------------------------------------------------------


def contents(folder: Path) -> dict[str, bytes]:
    return {name: raw for name, raw in demo.contents(folder).items() if "feeds" not in name}


def test_nothing_piles_up_over_two_builds_in_one_process(tmp_path):
    files = {"one.md": post("One"), "two.md": post("Two", TYPO)}
    one, two = build(tmp_path, files, to="a"), build(tmp_path, files, to="b")
    assert contents(one) == contents(two)


def test_a_second_build_sees_the_changed_data(tmp_path):
    build(tmp_path, {"one.md": post("One")})
    output = build(tmp_path, {"one.md": post("One"), "data/site.csv": DAYS.replace("1140", "2000")})
    assert "2,000" in page(output, "one").text_content()


def test_the_signals_hold_their_receivers():
    settings_ = read_settings(override={"PLUGINS": ["metrics_insight"]})
    pelican = Pelican(settings_)
    door.teach_markdown(pelican)
    door.teach_markdown(pelican)
    kept = [one for one in pelican.settings["MARKDOWN"]["extensions"]
            if isinstance(one, markup.InsightExtension)]  # fmt: skip
    assert len(kept) == 1


# --- the Markdown extension -------------------------------------------------------------


def converted(text: str) -> str:
    extension = markup.InsightExtension()
    return Markdown(extensions=["meta", "extra", "codehilite", extension]).convert(text)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.text(max_size=80)
    | st.lists(
        st.sampled_from(["```insight", "```", "metric: a", "", "Next: x", "words", "<div>", "- a",
                         "[^1]: n", "> q", "~~~", "<!--", "-->", "    x", "</section>"]),
        max_size=14,
    ).map("\n".join)
)  # fmt: skip
def test_any_text_with_a_block_is_converted_and_the_block_arrives_unread(text):
    body = f"Before.\n\n```insight\nmetric: a\n\n{text}\n```\n"
    got = converted(body)
    found = list(markup.marked(got))
    assert "Before." in got
    assert found
    assert found[0].block.lines[0] == "metric: a"
    assert len(found) == len(block.find(body.split("\n")))
    assert "wzxhzdk" not in got


def test_a_card_carries_its_block_through_markdown_letter_by_letter():
    lines = ('metric: *a* _b_ `c` [d](e) <f> & \\ "g"', "title: ü — 数字")
    body = "```insight\n" + "\n".join(lines) + "\n\nWords.\n```"
    (found,) = markup.marked(converted(body))
    assert found.block.lines[:2] == lines
    assert [re.sub("</?p>", "", words) for _, words in found.parts] == ["Words."]
