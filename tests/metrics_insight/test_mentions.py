"""Saved feeds: a mention is an event by its date, its title and its link."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from insights import day
from metrics_insight.model import Dataset
from metrics_insight.sources import feeds
from mistakes import Mistakes

NAME = "content/data/mentions/m.xml"
LINK = "https://x.example/1"


def atom(*entries: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>Mentions</title><id>m</id>{''.join(entries)}</feed>"
    )


def entry(title: str = "Named", on: str = "2025-03-03T10:00:00Z", link: str = LINK) -> str:
    moment = f"<published>{on}</published>" if on else ""
    return f'<entry><title>{title}</title><link href="{link}"/><id>1</id>{moment}</entry>'


def rss(*items: str) -> str:
    return f'<rss version="2.0"><channel><title>M</title>{"".join(items)}</channel></rss>'


def item(inside: str, on: str = "Mon, 03 Mar 2025 10:00:00 GMT") -> str:
    return f"<item>{inside}<pubDate>{on}</pubDate></item>"


def read(folder, text: str | bytes) -> Dataset:
    (folder / "m.xml").write_bytes(text if isinstance(text, bytes) else text.encode())
    return feeds.read(folder / "m.xml", NAME)


def told(folder, text: str) -> list[tuple[str, str]]:
    return [(f"{one.date:%m-%d}", one.title) for one in read(folder, text).events]


def test_an_entry_of_a_year_that_nothing_is_counted_in_has_no_date(tmp_path):
    entry = "<entry><title>Far</title><updated>9999-12-31T00:00:00Z</updated></entry>"
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>M</title>{entry}</feed>'
    assert told(tmp_path, feed) == []
    assert len(doubts(tmp_path, feed)) == 1


def doubts(folder, text: str) -> list[str]:
    return [str(one).removeprefix(f"{NAME}: ") for one in read(folder, text).doubts]


@pytest.mark.parametrize(
    "text", [atom(entry()), rss(item(f"<title>Named</title><link>{LINK}</link>"))]
)
def test_an_entry_is_an_event_of_the_kind_mention(tmp_path, text):
    (one,) = read(tmp_path, text).events
    assert (one.date, one.title, one.kind, one.url) == (day("03-03"), "Named", "mention", LINK)
    assert (one.file, one.metrics) == (NAME, ())


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2025-03-03T23:30:00-05:00", "03-03"),
        ("2025-03-03T00:30:00+09:00", "03-03"),
        ("2025-03-03", "03-03"),
        ("Mon, 03 Mar 2025 23:30:00 -0500", "03-03"),
    ],
)
def test_a_mention_is_on_the_day_that_its_entry_writes(tmp_path, on, expected):
    assert told(tmp_path, atom(entry(on=on))) == [(expected, "Named")]


def test_an_entry_that_was_only_updated_has_that_day(tmp_path):
    text = atom(entry(on="").replace("</entry>", "<updated>2025-03-05T10:00:00Z</updated></entry>"))
    assert told(tmp_path, text) == [("03-05", "Named")]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Fish &amp; chips", "Fish & chips"),
        ("  Two\n  lines ", "Two lines"),
        ("<![CDATA[5 < 6]]>", "5 < 6"),
        ("bell\u200b", "bell\u200b"),
        ("W" * 300, "W" * 119 + "…"),
    ],
)
def test_a_title_is_plain_words(tmp_path, title, expected):
    assert told(tmp_path, atom(entry(title))) == [("03-03", expected)]


@pytest.mark.parametrize(
    "title",
    [
        "&lt;b&gt;Big&lt;/b&gt; &lt;script&gt;alert(1)&lt;/script&gt;",
        "&lt;img src=x onerror=alert(1)&gt;Big",
        "&lt;a href='javascript:alert(1)'&gt;Big&lt;/a&gt;",
    ],
)
def test_html_in_a_title_leaves_only_its_words(tmp_path, title):
    marked = entry("T").replace("<title>T", f'<title type="html">{title}')
    assert told(tmp_path, atom(marked)) == [("03-03", "Big")]


def test_without_a_title_it_is_the_first_words_and_else_the_link(tmp_path):
    words = item("<description>&lt;p&gt;Read &lt;i&gt;this&lt;/i&gt;&lt;/p&gt;</description>")
    assert told(tmp_path, rss(words)) == [("03-03", "Read this")]
    assert told(tmp_path, rss(item(f"<link>{LINK}</link>"))) == [("03-03", LINK)]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "{filename}/x.md", ""])
def test_an_address_that_is_no_link_is_left_out(tmp_path, link):
    (one,) = read(tmp_path, atom(entry(link=link))).events
    assert one.url == ""


def test_entries_without_a_date_are_named_on_one_line(tmp_path):
    text = atom(
        entry("A", on=""), entry("B", on="soon"), entry("C", on=""), entry("D", on=""), entry()
    )
    assert doubts(tmp_path, text) == [
        'no date, so left out: "A", "B", "C" and 1 more; log what matters in events.csv'
    ]
    assert len(read(tmp_path, text).events) == 1


def test_an_entry_of_nothing_but_a_date_is_named(tmp_path):
    assert doubts(tmp_path, rss(item(""))) == [
        'no title, so left out: "2025-03-03"; log what matters in events.csv'
    ]


def test_a_feed_cut_short_is_a_doubt_that_says_how_much_was_read(tmp_path):
    (doubt,) = doubts(tmp_path, atom(entry(), entry())[:-10])
    assert doubt.startswith("the feed is broken (")
    assert doubt.endswith("; 2 entries were read; save it again, whole")


def test_a_feed_without_entries_holds_nothing(tmp_path):
    assert read(tmp_path, atom()) == Dataset()


@pytest.mark.parametrize(
    ("raw", "wrong"),
    [
        (b"", "this is no Atom or RSS feed"),
        (b"https://x.example/feed", "this is no Atom or RSS feed"),
        (b"<html><body>Not found</body></html>", "this is no Atom or RSS feed"),
        (b"\xff\xfe", "this is no Atom or RSS feed"),
        (b'{"version": "https://jsonfeed.org/version/1.1"}', "a feed in JSON is not read"),
    ],
)
def test_what_is_no_feed_is_one_line(tmp_path, raw, wrong):
    with pytest.raises(Mistakes) as raised:
        read(tmp_path, raw)
    assert [str(one) for one in raised.value.mistakes] == [
        f"{NAME}: {wrong}; save the feed itself, as Atom or RSS"
    ]


def test_the_words_in_a_file_are_never_taken_for_the_name_of_another(tmp_path, monkeypatch):
    (tmp_path / "other.xml").write_text(atom(entry("Secret")), "utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Mistakes):
        read(tmp_path, b"other.xml")


def test_entities_neither_grow_nor_reach_other_files(tmp_path):
    (tmp_path / "secret.txt").write_text("SECRET", "utf-8")
    bomb = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    text = atom(entry("&l9; &f;")).replace(
        "<feed", f'<!DOCTYPE f [<!ENTITY l0 "ha">{bomb}'
        f'<!ENTITY f SYSTEM "file://{tmp_path}/secret.txt">]><feed', 1)  # fmt: skip
    found = read(tmp_path, text)
    assert all(len(one.title) < 200 and "SECRET" not in one.title for one in found.events)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=80).map(lambda words: atom(entry(words, words))))
def test_any_feed_is_read_or_told_on_one_line(tmp_path, text):
    raw = text if isinstance(text, bytes) else text.encode("utf-8", "replace")
    try:
        found = read(tmp_path, raw)
    except Mistakes as mistakes:
        found = Dataset(mistakes=mistakes.mistakes)
    assert all(one.title for one in found.events)
    assert all("\n" not in str(one) for one in (*found.mistakes, *found.doubts))
