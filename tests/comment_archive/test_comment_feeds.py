"""Comment feeds, and what the feeds of posts say of comments, as a feed reader gets them."""

from __future__ import annotations

import re
import tempfile
from datetime import timedelta, timezone
from pathlib import Path

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blogs import SITEURL, Blog, post
from checks import feeds
from checks.site import Site
from comment_archive import archive, sanitise
from comment_archive.markup.tags import text
from comment_archive.model import Thread
from old_threads import ATOM, DAY, PAGE, RSS, build, chain, keep, said

SCHEMA = Path(__file__).parents[1] / "schemas" / "atom.rng"
THR = "{http://purl.org/syndication/thread/1.0}"
COMPLETE = "{http://purl.org/syndication/history/1.0}complete"
BOTH = {"PLUGINS": ["weblog", "comment_archive"]}


def full_text(entry) -> str:
    return entry.content[0].value if entry.get("content") else entry.summary


def answered(blog: Blog, feed: str) -> list[tuple[str, str]]:
    found = blog.xml(feed).iter(f"{THR}in-reply-to")
    return [(one.get("ref"), one.get("href")) for one in found]


@pytest.mark.parametrize("alone", [True, False], ids=["alone", "with weblog"])
def test_every_comment_feed_follows_the_rules(tmp_path: Path, alone: bool) -> None:
    """Absolute, dated, self-named, in a language, valid by the grammar of Atom."""
    blog = build(tmp_path, *chain(4), **({} if alone else BOTH))
    site = Site(blog.output, SITEURL)
    found = site.files("feeds/comments/*.xml")
    assert len(found) == 4
    assert [fault for file in found for fault in feeds.faults(file, site)] == []
    for file in found:
        if file.name.endswith("atom.xml"):
            assert feeds.invalid(file.read_bytes(), SCHEMA) == []


def test_with_and_without_the_weblog_plugin_a_comment_feed_is_the_same(tmp_path: Path) -> None:
    posts = {"tea.md": post(title="Tea", date="2010-05-02", guid="old-1")}
    one = build(tmp_path / "a", *chain(3), posts=posts)
    two = build(tmp_path / "b", *chain(3), posts=posts, **BOTH)
    assert one.text(RSS).replace("tag:blog.example,2010-05-02:/2010/05/tea/", "old-1") == two.text(
        RSS
    )


@pytest.mark.parametrize("feed", [ATOM, RSS])
def test_a_feed_tells_what_each_comment_answers(tmp_path: Path, feed: str) -> None:
    blog = build(tmp_path, said("1"), said("2", parent="1"))
    page = f"{SITEURL}/2010/05/tea/"
    assert answered(blog, feed) == [
        ("tag:blog.example,2010-05-02:/2010/05/tea/", page),
        ("tag:blog.example,2026:comment-1", f"{page}#comment-1"),
    ]


def test_a_top_comment_answers_the_post_by_the_id_that_its_own_feed_has(tmp_path: Path) -> None:
    texts = {"tea.md": post(title="Tea", date="2010-05-02", guid="http://old.example/?p=1")}
    blog = build(tmp_path, said(), posts=texts, **BOTH)
    assert answered(blog, ATOM)[0][0] == blog.feed().entries[0].id == "http://old.example/?p=1"


@pytest.mark.parametrize("feed", [ATOM, RSS])
def test_the_feed_of_a_closed_thread_says_that_it_is_complete(tmp_path: Path, feed: str) -> None:
    blog = build(tmp_path, said())
    assert len(list(blog.xml(feed).iter(COMPLETE))) == 1
    whole = feed.replace("tea.", "")
    assert not list(blog.xml(whole).iter(COMPLETE))


def test_an_id_hangs_on_no_title_no_date_and_no_words(tmp_path: Path) -> None:
    one = build(tmp_path / "a", said("7"))
    other = said("7", "<p>No.</p>", author="Ana", moment=DAY + timedelta(days=1))
    two = build(tmp_path / "b", other, posts={"tea.md": post(title="Green tea", date="2010-05-01")})
    assert one.feed(ATOM).entries[0].id == two.feed(ATOM).entries[0].id
    assert one.feed(RSS).entries[0].id == one.feed(ATOM).entries[0].id


def test_an_id_stays_when_the_site_moves_where_the_setting_says_so(tmp_path: Path) -> None:
    blog = build(tmp_path, said("7"), FEED_ID_HOST="first.example")
    assert blog.feed(ATOM).entries[0].id == "tag:first.example,2026:comment-7"


def test_a_comment_keeps_the_id_of_the_feed_that_it_came_from(tmp_path: Path) -> None:
    old = "tag:old.example,2010:c7"
    blog = build(tmp_path, said("7", source_id=old), said("8", source_id="8"))
    assert [one.id for one in blog.feed(ATOM).entries] == [old, "tag:blog.example,2026:comment-8"]


def test_two_comments_with_one_old_id_are_told_apart(tmp_path: Path) -> None:
    blog = build(tmp_path, said("7", source_id="tag:x,1:1"), said("8", source_id="tag:x,1:1"))
    assert len({one.id for one in blog.feed(ATOM).entries}) == 2


def test_links_in_a_feed_hold_anywhere(tmp_path: Path) -> None:
    html = (
        '<p><a href="/about/">a</a> <a href="{filename}/posts/tea.md">t</a> <a href="#x">x</a></p>'
    )
    blog = build(tmp_path, said("1", html))
    told = full_text(blog.feed(ATOM).entries[0])
    page = f"{SITEURL}/2010/05/tea/"
    assert [f'href="{one}"' in told for one in (f"{SITEURL}/about/", page, f"{page}#x")] == [
        True
    ] * 3


def test_a_comment_without_a_date_is_as_new_as_the_one_before(tmp_path: Path) -> None:
    blog = build(tmp_path, said("a", moment=None), said("b"), said("c", moment=None))
    told = [(one.get("published"), one.updated) for one in blog.feed(ATOM).entries]
    assert told == [
        (None, "2010-05-02T00:00:00+00:00"),
        ("2010-05-03T08:15:00+00:00", "2010-05-03T08:15:00+00:00"),
        (None, "2010-05-03T08:15:00+00:00"),
    ]


def test_letters_that_xml_forbids_and_offsets_with_seconds_do_no_harm(tmp_path: Path) -> None:
    zone = timezone(timedelta(minutes=-1, seconds=-15))
    blog = build(
        tmp_path, said("1", moment=DAY.astimezone(zone)), SITENAME="Bell\x07s & <b>", **BOTH
    )
    assert blog.feed(ATOM).entries[0].updated == "2010-05-03T08:15:00+00:00"


def test_the_feed_of_the_site_has_the_newest_comments_of_all_posts(tmp_path: Path) -> None:
    keep(tmp_path / "content", Thread("milk", (said("m", moment=DAY + timedelta(minutes=90)),)))
    texts = {"milk.md": post(title="Milk", date="2010-05-01")}
    blog = build(tmp_path, *chain(5), posts=texts, COMMENT_FEED_ITEMS=4)
    read = blog.feed("feeds/comments/atom.xml")
    assert [one.link.partition("#")[2] for one in read.entries] == [
        "comment-4", "comment-3", "comment-2", "comment-m",
    ]  # fmt: skip
    assert read.feed.title == "A blog - Comments"


def test_a_draft_has_no_feed_and_is_in_none(tmp_path: Path) -> None:
    blog = build(tmp_path, said(), posts={"tea.md": post(title="Tea", status="draft")})
    assert not list((blog.output / "feeds").glob("comments/*"))


def test_feeds_can_be_switched_off(tmp_path: Path) -> None:
    off = dict.fromkeys(("COMMENT_FEED_ATOM", "COMMENT_FEED_RSS", "COMMENT_FEED_ALL_ATOM"))
    blog = build(tmp_path, said(), **off)
    assert [file.name for file in (blog.output / "feeds" / "comments").iterdir()] == ["rss.xml"]
    assert "subscribing" not in blog.text(PAGE)


@pytest.mark.parametrize("alone", [True, False], ids=["alone", "with weblog"])
def test_the_feeds_of_posts_tell_of_their_comments(tmp_path: Path, alone: bool) -> None:
    texts = {"milk.md": post(title="Milk", date="2010-05-01")}
    ping = said("p", kind="pingback")
    blog = build(tmp_path, said(), ping, posts=texts, **({} if alone else BOTH))
    tea, milk = blog.feed().entries
    (link,) = [one for one in tea.links if one.rel == "replies"]
    assert (link.href, link.type) == (f"{SITEURL}/{ATOM}", "application/atom+xml")
    assert link["thr:count"] == "2"
    assert not [one for one in milk.links if one.rel == "replies"]
    assert feeds.invalid((blog.output / "feeds/atom.xml").read_bytes(), SCHEMA) == []
    tea, milk = blog.feed("feeds/rss.xml").entries
    assert (tea.slash_comments, tea.wfw_commentrss) == ("1", f"{SITEURL}/{RSS}")
    assert "slash_comments" not in milk


@pytest.mark.parametrize("feed", ["feeds/atom.xml", "feeds/rss.xml"])
def test_a_feed_of_posts_without_comments_is_as_it_was(tmp_path: Path, feed: str) -> None:
    with_plugin = build(tmp_path / "a", **BOTH).text(feed)
    assert with_plugin == build(tmp_path / "b", PLUGINS=["weblog"]).text(feed)


# --- the round trip -------------------------------------------------------------------------

LETTERS = st.characters(blacklist_categories=("Cs", "Cc", "Cn", "Co"), blacklist_characters="{}|")


def is_read_as_written(words: str) -> bool:
    """The reader takes Latin-1 letters that would be UTF-8 for a mistake, and mends it."""
    return not re.search("[\xc2-\xf4][\x80-\xbf]", words)


NAMES = st.text(LETTERS, max_size=12).map(sanitise.name).filter(is_read_as_written)
WORDS = st.text(LETTERS, min_size=1, max_size=40).filter(str.strip).filter(is_read_as_written)


@st.composite
def threads(draw: st.DrawFn) -> Thread:
    """A thread as an import would keep it: words sanitised, answers to what is there."""
    made = []
    for number in range(draw(st.integers(1, 8))):
        html = sanitise.comment(f"<p>{_escaped(draw(WORDS))}</p>")
        parent = str(draw(st.integers(0, number - 1))) if number and draw(st.booleans()) else ""
        kind = draw(st.sampled_from(["comment", "comment", "pingback"]))
        at = DAY + timedelta(minutes=draw(st.integers(-10_000, 10_000)))
        moment = draw(st.sampled_from([at, at, None]))
        made.append(
            said(str(number), html, author=draw(NAMES), parent=parent, kind=kind, moment=moment)
        )
    return Thread("tea", tuple(made))


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@given(threads())
@settings(max_examples=30)
def test_a_feed_reader_gets_the_same_comments_in_the_same_order_word_for_word(kept: Thread) -> None:
    with tempfile.TemporaryDirectory() as folder:
        blog = build(Path(folder), *kept.comments)
        shown = archive.read(Path(folder) / "content" / "comments")["tea"].shown
        for feed in (ATOM, RSS):
            read = feedparser.parse((blog.output / feed).read_bytes(), sanitize_html=False)
            assert not read.bozo
            assert [one.link.partition("#comment-")[2] for one in read.entries] == [
                one.id for one in shown
            ]
            assert [text(full_text(one)) for one in read.entries] == [
                text(one.html) for one in shown
            ]
            assert [one.author for one in read.entries] == [
                " ".join((one.author or "Anonymous").split()) for one in shown
            ]
