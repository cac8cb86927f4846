"""The checker of feeds finds what a reader would miss, strip or show wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest

from checks import feeds
from checks.builders import page, site

CARD = (
    '<figure><a href="https://blog.example/a/#i"><img src="https://blog.example/charts/a.svg" '
    'alt="A line." width="720"></a><figcaption>Source.</figcaption></figure>'
    '<p><a href="https://blog.example/data/a.csv">Data</a></p>'
)
ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>A</title>
<link href="https://blog.example/"/><link rel="self" href="https://blog.example/feeds/atom.xml"/>
<id>https://blog.example/</id><updated>2025-03-02T10:00:00+01:00</updated>
<entry><title>One</title><link href="https://blog.example/2025/03/one/"/>
<id>tag:blog.example,2025:one</id><author><name>Ana</name></author>
<published>2025-03-01T10:00:00+01:00</published><updated>2025-03-02T10:00:00+01:00</updated>
<summary>Words.</summary><content type="html">&lt;p&gt;Words.&lt;/p&gt;</content></entry></feed>"""
RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>A</title><link>https://blog.example/</link><description>B</description>
<language>en</language><lastBuildDate>Sat, 01 Mar 2025 10:00:00 +0100</lastBuildDate>
<atom:link rel="self" href="https://blog.example/feeds/rss.xml"/>
<item><title>One</title><link>https://blog.example/2025/03/one/</link>
<guid isPermaLink="false">tag:blog.example,2025:one</guid><dc:creator>Ana</dc:creator>
<pubDate>Sat, 01 Mar 2025 10:00:00 +0100</pubDate><description>Words.</description></item>
</channel></rss>"""


def told(folder: Path, name: str, text: str) -> list[str]:
    """The faults of one feed on a site of its own."""
    whole = site(folder, {f"feeds/{name}.xml": text})
    return feeds.faults(folder / f"feeds/{name}.xml", whole)


@pytest.mark.parametrize(("name", "text"), [("atom", ATOM), ("rss", RSS)])
def test_a_right_feed_has_no_fault(tmp_path: Path, name: str, text: str) -> None:
    """A feed that is right is left alone."""
    assert told(tmp_path, name, text) == []


@pytest.mark.parametrize(
    ("name", "right", "wrong", "fault"),
    [
        ("atom", ' xml:lang="en"', "", "no language"),
        ("atom", "feeds/atom.xml", "atom.xml", "rel=self"),
        ("atom", "tag:blog.example,2025:one", "one", "no absolute IRI"),
        ("atom", 'href="https://blog.example/2025', 'href="/2025', "not absolute"),
        ("atom", "<author><name>Ana</name></author>", "", "no author"),
        ("atom", "<updated>2025-03-02T10:00:00+01:00</updated>\n<entry>",
         "<updated>2025-03-03T10:00:00+01:00</updated>\n<entry>", "not its newest"),
        ("atom", "<updated>2025-03-02T10:00:00+01:00</updated>\n<summary>",
         "<updated>2025-02-02T10:00:00+01:00</updated>\n<summary>", "before published"),
        ("atom", "<updated>2025-03-02T10:00:00+01:00</updated>\n<summary>",
         "<updated>2025-03-02T10:00:00</updated>\n<summary>", "without updated"),
        ("atom", "&lt;p&gt;Words.&lt;/p&gt;", "", "without its text"),
        ("rss", "<description>B</description>", "", "no description"),
        ("rss", "<language>en</language>", "", "no language"),
        ("rss", "Sat, 01 Mar 2025 10:00:00 +0100</pub", "2025-03-01</pub", "pubDate"),
        ("rss", 'isPermaLink="false"', "", "called a link"),
        ("rss", "feeds/rss.xml", "rss.xml", "rel=self"),
        ("rss", 'version="2.0"', 'version="0.91"', "not RSS 2.0"),
    ],
)  # fmt: skip
def test_a_fault_of_a_feed_is_told(
    tmp_path: Path, name: str, right: str, wrong: str, fault: str
) -> None:
    """Each rule of the two standards is held."""
    text = {"atom": ATOM, "rss": RSS}[name]
    assert right in text
    assert any(fault in line for line in told(tmp_path, name, text.replace(right, wrong)))


def test_a_feed_that_is_not_well_formed_is_told() -> None:
    """A bare ampersand stops many readers."""
    assert "not well-formed" in feeds.read_back(ATOM.replace("Words.", "R & D").encode())[0]


def test_two_entries_of_one_id_are_told() -> None:
    """A reader would show only one of them."""
    start, end = ATOM.index("<entry>"), ATOM.index("</feed>")
    twice = ATOM.replace("</feed>", ATOM[start:end] + "</feed>")
    assert feeds.read_back(twice.encode()) == ["id tag:blog.example,2025:one stands 2 times"]


def test_a_right_card_has_no_fault() -> None:
    """A figure with a linked picture, its caption, and the data beside it."""
    assert feeds.content_faults(CARD) == []


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        ('<a href="https://blog.example/a/#i"><img', "<img", "not figure > a > img"),
        (' alt="A line."', "", "no alt"),
        (' width="720"', "", "no width"),
        ("<figcaption>Source.</figcaption>", "", "no caption"),
        ("/data/a.csv", "/a.csv", "no link to its data"),
        ("<figure>", '<figure class="chart">', "a class in the card"),
        ("<figcaption>", '<figcaption class="small">', "a class in the card"),
        ("<p>", "<details><p>", "<details> in the text"),
        ("https://blog.example/charts", "/charts", "not absolute: /charts/a.svg"),
        ('href="https://blog.example/a/#i"', 'href="#i"', "not absolute: #i"),
        ("<img ", '<img srcset="https://blog.example/b.svg" ', "srcset"),
        ("<p>", "<svg></svg><p>", "<svg> in the text"),
        ("<p>", "<button>Explore</button><p>", "<button> in the text"),
    ],
)
def test_a_card_that_readers_would_strip_is_told(right: str, wrong: str, fault: str) -> None:
    """Feed readers and mail programs show the plain form only."""
    assert right in CARD
    assert any(fault in told for told in feeds.content_faults(CARD.replace(right, wrong)))


def test_a_paragraph_the_feed_lost_is_told() -> None:
    """The feed has every word of the post; the card has its own form there."""
    post = page(
        '<div class="e-content"><p>One  two.</p><p>Three.</p>'
        '<section class="insight"><p>Only here.</p></section></div>'
    )
    assert feeds.missing_words(post, "<p>One two.</p>") == ["Three."]


def test_a_note_may_stand_beside_its_line_or_at_the_end() -> None:
    """Where the page and the feed put it differs; its words do not."""
    note = '<span class="note"><sup>1</sup> Aside. <a class="back">^</a></span>'
    post = page(f'<div class="e-content"><p>One<sup>1</sup>{note}</p></div>')
    end = '<ol><li>Aside. <a class="footnote-backref">^</a></li></ol>'
    assert feeds.missing_words(post, f"<p>One<sup>1</sup></p>{end}") == []
    assert feeds.missing_words(post, "<p>One<sup>1</sup></p>") == ["Aside."]
