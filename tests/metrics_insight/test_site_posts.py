"""Posts and cards: what posts tell reaches every card, and posts stand as ticks below it."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

import demo
from insights import BLOCK, WORDS, build, chart, day, panel, post
from metrics_insight.charts import svg

TOLD = "Title: {title}\nDate: {date}\nSlug: {slug}\n{more}\n\nWords.\n"


def ordinary(title: str, date: str = "2025-03-20", more: str = "") -> str:
    """A post without a card."""
    return TOLD.format(title=title, date=date, slug=title.lower(), more=more)


def events(output: Path, name: str = "one") -> list[str]:
    """The events that the card of a page lists."""
    tree = html.fromstring((output / f"{name}.html").read_text("utf-8"))
    return [one.text_content().partition(" 2025")[0] for one in tree.xpath("//ol/li[@value]")]


def titles(output: Path, name: str = "one") -> list[str]:
    return [re.sub(r" \d+ March.*", "", one) for one in events(output, name)]


def said(caplog: pytest.LogCaptureFixture, level: int) -> list[str]:
    return [one.getMessage() for one in caplog.records if one.levelno == level]


# --- whose events count -----------------------------------------------------------------


def test_an_event_header_reaches_the_cards_of_every_post_and_page(tmp_path):
    more = (
        "Event: 2025-03-10 Front page\nEvent: 2025-03-12 site.followers Second\n"
        "    2025-03-14 Third"
    )
    output = build(tmp_path, {
        "a.md": post("One"), "z.md": ordinary("Late", more=more), "pages/about.md": post("About"),
        "eins.md": post("Eins", Slug="one", Lang="de"),
    })  # fmt: skip
    for name in ("one", "one-de", "pages/about"):
        assert titles(output, name) == ["Front page", "Second", "Third"]


def test_the_title_of_an_event_links_to_its_post_wherever_it_is(tmp_path):
    files = {
        "a.md": post("One"), "b & c's.md": ordinary("Odd", more="Event: 2025-03-10 Here"),
        "deep/d.md": ordinary("Deep", more="Event: 2025-03-11 There"),
    }  # fmt: skip
    output = build(tmp_path, files)
    links = html.fromstring((output / "one.html").read_text("utf-8")).xpath("//li[@value]/a/@href")
    assert links == ["https://blog.example/odd.html", "https://blog.example/deep.html"]
    near = build(tmp_path, files, to="near", RELATIVE_URLS=True, SITEURL="",
                 ARTICLE_SAVE_AS="p/{slug}.html", ARTICLE_URL="p/{slug}.html")  # fmt: skip
    links = html.fromstring((near / "p/one.html").read_text("utf-8")).xpath("//li[@value]/a/@href")
    assert all((near / "p" / link).is_file() for link in links)


def test_the_order_of_posts_changes_no_byte_of_a_card(tmp_path):
    told = [ordinary(f"P{n}", more=f"Event: 2025-03-1{n} Event {n}") for n in range(4)]
    cards = []
    for run, order in (("a", "abcd"), ("b", "dcba")):
        files = {f"{name}.md": text for name, text in zip(order, told, strict=True)}
        output = build(tmp_path / run, {"one.md": post("One"), **files})
        cards.append({
            name: raw for name, raw in demo.contents(output).items()
            if name == "one.html" or name.startswith("charts/")
        })  # fmt: skip
    assert cards[0] == cards[1]


HIDDEN = {
    "draft.md": ordinary("Draft", more="Status: draft\nEvent: 2025-03-10 Of a draft"),
    "hidden.md": ordinary("Hidden", more="Status: hidden\nEvent: 2025-03-11 Of a hidden post"),
    "later.md": ordinary("Later", "2025-06-01", "Event: 2025-03-12 Of a later post"),
    "shown.md": ordinary("Shown", more="Event: 2025-03-13 Of a post"),
}


def test_what_the_world_does_not_see_tells_the_world_nothing(tmp_path):
    settings = {"PLUGINS": ["weblog", "metrics_insight"], "SITE_DATE": "2025-05-01"}
    output = build(tmp_path, {"one.md": post("One"), **HIDDEN}, **settings)
    assert titles(output) == ["Of a post"]
    preview = build(tmp_path, {"one.md": post("One"), **HIDDEN}, to="preview",
                    INSIGHT_DRAFTS=True, **settings)  # fmt: skip
    assert titles(preview) == ["Of a draft", "Of a hidden post", "Of a later post", "Of a post"]


def test_a_translation_does_not_tell_its_events_again(tmp_path):
    output = build(tmp_path, {
        "one.md": post("One", Event="2025-03-10 Front page"),
        "eins.md": post("Eins", Slug="one", Lang="de", Event="2025-03-10 Titelseite"),
    })  # fmt: skip
    assert titles(output) == ["Front page"]


def test_events_of_posts_in_other_formats_count_too(tmp_path):
    rst = "Rest\n####\n\n:date: 2025-03-20\n:event: 2025-03-10 In reST\n\nWords.\n"
    page = (
        "<html><head><title>H</title><meta name='date' content='2025-03-20'>"
        "<meta name='event' content='2025-03-11 In HTML'></head><body>x</body></html>"
    )
    output = build(tmp_path, {"one.md": post("One"), "r.rst": rst, "h.html": page})
    assert titles(output) == ["In reST", "In HTML"]


# --- when something is wrong ------------------------------------------------------------


def test_a_bad_header_is_logged_once_with_its_line_and_costs_no_card(tmp_path, caplog):
    files = {
        "one.md": post("One"), "two.md": post("Two"),
        "bad.md": ordinary("Bad", more="Event: soon Nothing\nEvent: 2025-03-10 Good"),
    }  # fmt: skip
    output = build(tmp_path, files)
    assert said(caplog, logging.ERROR) == [
        'content/bad.md:4: "soon" is no date; write it as 2025-03-31'
    ]
    assert titles(output) == ["Good"]


def test_a_page_that_tells_of_an_event_is_named(tmp_path, caplog):
    files = {"one.md": post("One"), "pages/p.md": "Title: P\nEvent: 2025-03-10 X\n\nWords.\n"}
    output = build(tmp_path, files)
    assert "content/pages/p.md: a page tells of no event; write it into a post" in said(
        caplog, logging.WARNING
    )
    assert titles(output) == []


def test_a_language_without_sentences_is_said_once_and_costs_no_card(tmp_path, caplog):
    files = {f"{name.lower()}.md": post(name, Lang="tlh") for name in ("One", "Two")}
    output = build(tmp_path, files, DEFAULT_LANG="tlh")
    told = [line for line in said(caplog, logging.WARNING) if "cards" in line]
    assert told == [
        'the build: cards have no sentences in "tlh" and speak English there; there are: en'
    ]
    assert 'lang="en-GB"' in (output / "one.html").read_text("utf-8")


def test_one_post_in_another_language_is_no_fault_but_one_in_none_is(tmp_path, caplog):
    files = {"one.md": post("One", Lang="fr"), "two.md": post("Two", Lang="xx")}
    output = build(tmp_path, files)
    assert [line for line in said(caplog, logging.WARNING) if "cards" in line] == [
        'the build: cards have no sentences in "xx" and speak English there; there are: en'
    ]
    assert 'lang="en-GB"' in (output / "one-fr.html").read_text("utf-8")


def test_a_site_of_pages_only_has_its_cards(tmp_path):
    output = build(tmp_path, {"pages/about.md": post("About")})
    assert "Why did it rise?" in (output / "pages/about.html").read_text("utf-8")


# --- ticks ------------------------------------------------------------------------------


def feet(text: str) -> list[tuple[float, float]]:
    """Where the ticks of posts stand in a picture."""
    return [(float(x), float(y)) for x, y in re.findall(r"M([\d.]+) ([\d.]+)v-4", text)]


def test_own_posts_are_ticks_on_the_chart_and_in_no_list(tmp_path):
    files = {
        "one.md": post("One"), "a.md": ordinary("A"), "b.md": ordinary("B", "2025-03-22"),
        "c.md": ordinary("C"), "old.md": ordinary("Old", "2024-01-01"),
    }  # fmt: skip
    output = build(tmp_path, files)
    pictures = output.glob("charts/*.svg")
    (wide,) = [path for path in pictures if not re.search("-(narrow|middle)-", path.name)]
    assert len(feet(wide.read_text("utf-8"))) == 2
    assert "short ticks: own posts" in wide.read_text("utf-8")
    assert titles(output) == []


def test_own_posts_asked_for_are_marks_and_no_ticks(tmp_path):
    asked = BLOCK.replace("question", "events: posts\nquestion")
    output = build(tmp_path, {"one.md": post("One", asked), "a.md": ordinary("A")})
    assert titles(output) == ["A"]
    assert not any(feet(path.read_text("utf-8")) for path in output.glob("charts/*.svg"))


def test_a_chart_without_posts_says_nothing_of_ticks():
    text = svg.draw(chart(panel(10, 20, 15)), WORDS).text
    assert not feet(text)
    assert "ticks" not in text


@pytest.mark.parametrize("layout", [svg.WIDE, svg.NARROW], ids=["wide", "narrow"])
@given(st.sets(st.integers(0, 29)))
def test_ticks_stand_on_the_axis_under_their_days(layout, some):
    days = [day(f"03-{n + 1:02}") for n in some]
    one = chart(panel(*range(30)), panel(*range(5, 35), label="Clicks"), ticks=tuple(days))
    text = svg.draw(one, WORDS, layout=layout).text
    found = feet(text)
    assert len(found) == len(some)
    axis = max(float(y) for y in re.findall(r'class="b" d="M[\d.]+ ([\d.]+)l', text))
    assert {y for _, y in found} <= {axis}
    assert [x for x, _ in found] == sorted(x for x, _ in found)
