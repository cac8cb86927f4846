"""Numbers with a metric link in a built site: told to machines, linked, and never in the way."""

from __future__ import annotations

import logging
from pathlib import Path

import feedparser
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html
from markdown import Markdown

from insights import BLOCK, build, post
from metrics_insight.site import markup

FEEDS = {"FEED_ALL_ATOM": "feeds/atom.xml", "FEED_DOMAIN": "https://blog.example"}
LINK = "[1,040 followers](metric:site.followers@2025-03-08)"
CSV = "https://blog.example/data/site.csv"


def numbers(output: Path, name: str) -> list[tuple[str, str, str]]:
    """The value, address and words of every number of a page."""
    page = html.fromstring((output / f"{name}.html").read_text("utf-8"))
    return [
        (one.get("value"), one.xpath("string(a/@href)"), one.text_content())
        for one in page.xpath("//data")
    ]


def errors(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR]


@pytest.fixture(scope="module")
def good(tmp_path_factory) -> Path:
    """A site with numbers wherever an author may write them."""
    reading = BLOCK.replace("The reading.", f"Of {LINK}, *likely*.")
    return build(
        tmp_path_factory.mktemp("good"),
        {
            "a.md": post("A", "It had [**1,040** *followers*](metric:followers@2025-03-08 'x')."),
            "card.md": post("Card", reading),
            "de.md": post("A", "Es waren [1.040](metric:followers@2025-03-08).", Lang="de"),
            "pages/about.md": post("About", LINK),
            "draft.md": post("Draft", LINK, Status="draft"),
            "short.md": post("Short", "Nothing here.", Summary=f"Of {LINK}."),
            "code.md": post("Code", f"`{LINK}`\n\n```\n{LINK}\n```\n\n    {LINK}\n"),
            "list.md": post("List", f"- [5 more](metric:followers@2025-03-08..2025-03-09)\n\n"
                                    f"| a |\n|---|\n| {LINK} |\n\nNote.[^1]\n\n[^1]: {LINK}"),
        },
        **FEEDS,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("a", "1,040 followers"),
        ("a-de", "1.040"),
        ("card", "1,040 followers"),
        ("pages/about", "1,040 followers"),
        ("drafts/draft", "1,040 followers"),
    ],
)
def test_a_number_carries_its_recorded_value_and_leads_to_what_was_counted(good, page, words):
    assert numbers(good, page) == [("1040", CSV, words)]


def test_a_number_stands_in_lists_tables_and_notes(good):
    assert [value for value, _, _ in numbers(good, "list")] == ["5", "1040", "1040"]


def test_the_marks_of_the_author_stay_around_the_number(good):
    page = (good / "a.html").read_text("utf-8")
    assert f'<a href="{CSV}"><strong>1,040</strong> <em>followers</em></a></data>.' in page


def test_code_is_left_as_it_is(good):
    assert numbers(good, "code") == []
    page = html.fromstring((good / "code.html").read_text("utf-8"))
    assert page.text_content().count(LINK) == 3


def test_a_summary_has_its_numbers_too(good):
    assert ("1040", CSV, "1,040 followers") in numbers(good, "index")


def test_a_number_in_a_feed_leads_to_the_site(good):
    feed = feedparser.parse((good / "feeds/atom.xml").read_bytes(), sanitize_html=False)
    texts = {entry.title: entry.content[0].value for entry in feed.entries}
    shown = f'<data value="1040"><a href="{CSV}">1,040 followers</a></data>'
    assert shown in texts["Card"]
    assert all("metric:" not in text for title, text in texts.items() if title != "Code")


def test_what_was_counted_is_published_beside_the_pages(good):
    assert (good / "data/site.csv").is_file()


def test_a_number_within_a_link_of_the_author_has_none_of_its_own(tmp_path):
    output = build(tmp_path, {"a.md": post("A", f"[See {LINK}](y.html), {LINK}")})
    page = (output / "a.html").read_text("utf-8")
    assert '<data value="1040">1,040 followers</data></a>, <data value="1040"><a ' in page


def test_a_wrong_number_keeps_the_post_and_its_words_and_is_an_error(tmp_path, caplog):
    body = "Before.\n\nOf [**1,000** followers](metric:followers@2025-03-08), [x](metric:y@z)."
    output = build(tmp_path, {"a.md": post("A", body)})
    assert "<p>Of <strong>1,000</strong> followers, x.</p>" in (output / "a.html").read_text()
    assert [one for one in errors(caplog) if "a.md" in one] == [
        (
            'content/a.md:7: "1,000 followers" is wrong: site.followers was 1,040 on 2025-03-08; '
            'write "1,040 followers"'
        ),
        'content/a.md:7: no metric "y"; there are: followers, site.followers',
    ]


def test_a_file_that_cannot_be_read_is_told_once_and_the_words_stay(tmp_path, caplog):
    body = f"Of {LINK}, [1](metric:else.likes@2025-03-08)."
    broken = {"a.md": post("A", body), "data/site.csv": "date,followers\nsoon,1\n"}
    output = build(tmp_path, broken)
    assert "<p>Of 1,040 followers, 1.</p>" in (output / "a.html").read_text()
    assert [one.split(": ")[0] for one in errors(caplog)] == [
        "content/data/site.csv:2", "content/a.md:5",
    ]  # fmt: skip


def test_other_links_are_those_of_markdown():
    text = (
        '[a](b "c") [a [b](c) d][e] ![metric:](x) [x] (metric:y) [u](http://metric:8)\n\n[e]: f\n'
    )
    plain, ours = Markdown(), Markdown(extensions=[markup.InsightExtension()])
    assert ours.convert(text) == plain.convert(text)


@given(st.text(alphabet="[]()`<>!\\*_ \n\"'#-:metric@1,&", max_size=100))
@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
def test_markdown_of_any_text_with_a_metric_link_keeps_its_words(text):
    ours = Markdown(extensions=[markup.InsightExtension()])
    done = ours.convert(f"{text}\n\nEnd [1,040 of them](metric:a@b)\n")
    back = markup.with_numbers(done, lambda number: f"<i>{number.words}</i>")
    assert "1,040 of them" in back
