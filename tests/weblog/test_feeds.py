"""Feeds: what a reader and the rules of Atom and RSS 2.0 find in them."""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from feedgenerator import Atom1Feed, Rss201rev2Feed
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from pelican import signals

from blogs import SITEURL, build, post
from letters import for_xml
from weblog import feeds
from weblog.feed_forms import NEVER, Atom, Rss

SCHEMA = etree.RelaxNG(etree.parse(str(Path(__file__).parents[1] / "schemas" / "atom.rng")))
ATOM = "{http://www.w3.org/2005/Atom}"
NAMES = {
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "atom": "http://www.w3.org/2005/Atom",
}
BOTH = pytest.mark.parametrize("path", ["feeds/atom.xml", "feeds/rss.xml"])
HOSTILE = [
    "<script>alert(1)</script>",
    "</title><b>bold</b>",
    "AT&T &amp; &lt;b&gt; \"quoted\" 'single'",
    "]]> <!-- --> <![CDATA[ x",
    "if a < b then c > d",
    "{{ title }}{% raw %} {filename}x",
    "\u202eeltit \u0301\U0001f600",
    "*star* _under_ [x](javascript:alert(1))",
    "100%s %(x)s {0} {x}",
]

WORDS = """First *words*.

![Alt](/images/a.png) <img srcset="b.png 1x, /c.png 2x" src="b.png" alt="b">
A [link](../other/), a [note](#note), a footnote[^1].

[^1]: Noted.
"""


def one(folder: Path, words: str = WORDS, **header: str):
    return build(folder, {"a-post.md": post(words, tags="x, y", category="Craft", **header)})


def rss_faults(root) -> list[str]:
    """What a channel breaks of RSS 2.0's rules."""
    channel = root.find("channel")
    faults = [] if root.get("version") == "2.0" else ["version"]
    faults += [name for name in ("title", "link", "description") if not channel.findtext(name)]
    for item in channel.iter("item"):
        faults += [] if item.findtext("title") or item.findtext("description") else ["item"]
        faults += [] if urlsplit(item.findtext("link")).scheme else ["link"]
        faults += [] if parsedate_to_datetime(item.findtext("pubDate")).tzinfo else ["pubDate"]
        faults += [] if "@" in (item.findtext("author") or "@") else ["author is no address"]
        guid = item.find("guid")
        is_link = guid.get("isPermaLink", "true") == "true"
        faults += ["guid"] if is_link and not urlsplit(guid.text).netloc else []
        faults += [name for name in ("guid", "link", "title") if len(item.findall(name)) > 1]
    return faults


# --- the whole feed -------------------------------------------------------------------------


def test_a_feed_follows_the_grammar_of_atom(tmp_path):
    blog = one(tmp_path)
    for file in blog.output.rglob("*atom.xml"):
        assert SCHEMA.validate(etree.parse(str(file))), SCHEMA.error_log


def test_a_feed_follows_the_rules_of_rss(tmp_path):
    blog = one(tmp_path)
    for file in blog.output.rglob("*rss.xml"):
        assert rss_faults(etree.parse(str(file)).getroot()) == []


@BOTH
def test_a_feed_names_itself_its_page_and_its_language(tmp_path, path):
    read = one(tmp_path).feed(path)
    links = {link.rel: link.href for link in read.feed.links}
    assert links == {"self": f"{SITEURL}/{path}", "alternate": f"{SITEURL}/"}
    assert read.feed.language == "en"


def test_the_feed_of_a_category_leads_to_its_page(tmp_path):
    read = one(tmp_path).feed("feeds/category/craft.atom.xml")
    assert read.feed.link == f"{SITEURL}/category/craft/"
    assert read.feed.title == "A blog - Craft"


def test_no_two_atom_feeds_share_an_id(tmp_path):
    blog = one(tmp_path)
    ids = [etree.parse(str(file)).findtext(f"{ATOM}id") for file in blog.output.rglob("*atom.xml")]
    assert len(ids) == len(set(ids)) == 4


@BOTH
def test_a_feed_without_posts_has_a_date_all_the_same(tmp_path, path):
    read = build(tmp_path, {}).feed(path)
    assert read.feed.updated_parsed[:6] == NEVER.timetuple()[:6]


def test_an_empty_feed_is_valid_too(tmp_path):
    blog = build(tmp_path, {})
    assert SCHEMA.validate(blog.xml()), SCHEMA.error_log
    assert rss_faults(blog.xml("feeds/rss.xml")) == []


def test_a_feed_without_an_address_of_the_site_is_well_formed(tmp_path):
    blog = build(tmp_path, {"a.md": post("[x](/x/)")}, SITEURL="")
    assert blog.feed().entries[0].id == "tag:localhost,2025-03-03:/2025/03/a/"


def test_the_feeds_are_named_to_templates(tmp_path):
    blog = one(tmp_path)
    named = [(feed.kind, feed.name, feed.page, feed.atom) for feed in blog.context["feeds"]]
    assert named == [
        ("site", "A blog", "", "feeds/atom.xml"),
        ("category", "Craft", "category/craft/", "feeds/category/craft.atom.xml"),
        ("tag", "x", "tag/x.html", "feeds/tag/x.atom.xml"),
        ("tag", "y", "tag/y.html", "feeds/tag/y.atom.xml"),
        ("author", "Ana Sample", "author/ana-sample/", None),
    ]


# --- one entry ------------------------------------------------------------------------------


@BOTH
def test_an_entry_has_the_full_text_and_the_excerpt(tmp_path, path):
    entry = one(tmp_path).feed(path).entries[0]
    assert "Noted." in entry.content[0].value
    assert entry.summary.startswith("<p>First <em>words</em>.</p>")


@BOTH
def test_every_address_in_a_text_is_absolute(tmp_path, path):
    text = one(tmp_path).feed(path).entries[0].content[0].value
    here = f"{SITEURL}/2025/03/a-post/"
    assert f'src="{SITEURL}/images/a.png"' in text
    assert f'srcset="{here}b.png 1x, {SITEURL}/c.png 2x"' in text
    assert f'href="{SITEURL}/2025/03/other/"' in text
    assert f'href="{here}#note"' in text
    assert not re.findall(r'(?:href|src)="(?!https:)', text)


@BOTH
def test_an_id_changes_with_neither_words_nor_title(tmp_path, path):
    first = one(tmp_path / "1").feed(path).entries[0].id
    then = one(tmp_path / "2", "Other.", title="Another", modified="2025-04-01").feed(path)
    assert first == then.entries[0].id == "tag:blog.example,2025-03-03:/2025/03/a-post/"


@BOTH
def test_a_guid_in_the_header_is_the_id(tmp_path, path):
    assert one(tmp_path, guid="urn:old:7").feed(path).entries[0].id == "urn:old:7"


def test_ids_outlive_a_move_to_another_host(tmp_path):
    blog = build(tmp_path, {"a.md": post()}, FEED_ID_HOST="old.example")
    assert blog.feed().entries[0].id == "tag:old.example,2025-03-03:/2025/03/a/"


def test_updated_is_the_modified_of_the_header(tmp_path):
    blog = one(tmp_path, modified="2025-04-01 10:00")
    assert blog.feed().entries[0].updated == "2025-04-01T10:00:00+00:00"
    assert blog.feed().feed.updated == "2025-04-01T10:00:00+00:00"


def test_updated_is_never_before_published(tmp_path):
    entry = one(tmp_path, modified="2025-01-01").feed().entries[0]
    assert entry.updated == entry.published


def test_dates_have_whole_minutes_of_zone(tmp_path):
    blog = build(tmp_path, {"a.md": post(date="1840-01-01")}, TIMEZONE="Europe/Berlin")
    assert blog.feed().entries[0].published == "1839-12-31T23:06:32+00:00"
    assert SCHEMA.validate(blog.xml()), SCHEMA.error_log


@BOTH
def test_all_authors_are_named(tmp_path, path):
    entry = one(tmp_path, authors="Ana Sample, Bo Sample").feed(path).entries[0]
    assert [author.name for author in entry.authors if author] == ["Ana Sample", "Bo Sample"]


def test_a_post_without_an_author_has_the_sites(tmp_path):
    blog = build(tmp_path, {"a.md": post()}, AUTHOR=None)
    assert SCHEMA.validate(blog.xml()), SCHEMA.error_log


@BOTH
def test_a_category_that_is_a_tag_too_stands_once(tmp_path, path):
    blog = build(tmp_path, {"a.md": post(category="Craft", tags="craft, other")})
    assert [tag.term for tag in blog.feed(path).entries[0].tags] == ["Craft", "other"]


def test_a_translation_is_in_no_feed_of_the_site(tmp_path):
    texts = {"a.md": post(), "a.de.md": post(title="Deutsch", lang="de", slug="a")}
    blog = build(tmp_path, texts)
    assert [entry.title for entry in blog.feed().entries] == ["A title"]


def test_a_post_in_another_language_says_so(tmp_path):
    blog = build(tmp_path, {"a.md": post(lang="de")})
    assert blog.xml().find(f"{ATOM}entry").get("{http://www.w3.org/XML/1998/namespace}lang") == "de"


def test_other_sites_may_keep_summaries_only(tmp_path):
    blog = build(tmp_path, {"a.md": post(WORDS)}, RSS_FEED_SUMMARY_ONLY=True)
    assert blog.xml("feeds/rss.xml").find(".//content:encoded", NAMES) is None


# --- beside other plugins -------------------------------------------------------------------

PAGE = "<!--insight k--><p>page</p><!--/insight-->"
FEED = '<p><a href="/data/">feed</a></p>'


def swap(context, feed):
    """Another plugin's turn: its form for the page becomes its form for the feed."""
    for item in feed.items:
        for key in ("description", "content"):
            text = item[key] or ""
            item[key] = re.sub("<!--insight k-->.*?<!--/insight-->", FEED, text, flags=re.DOTALL)


@BOTH
@pytest.mark.parametrize("is_first", [True, False])
def test_another_plugin_may_swap_what_it_wrote_before_or_after(tmp_path, path, is_first):
    """And its addresses become absolute, whoever came first."""
    if is_first:
        signals.feed_generated.disconnect(feeds.finish)
    with signals.feed_generated.connected_to(swap):
        text = one(tmp_path, f"Words.\n\n{PAGE}\n").feed(path).entries[0].content[0].value
    assert f'<p><a href="{SITEURL}/data/">feed</a></p>' in text
    assert "page" not in text


# --- hostile words --------------------------------------------------------------------------


@pytest.mark.parametrize("title", HOSTILE)
def test_a_title_is_text_and_comes_back_as_it_was(tmp_path, title):
    blog = build(tmp_path, {"a.md": post(title=title)})
    assert blog.xml().findtext(f".//{ATOM}entry/{ATOM}title") == title
    assert blog.xml("feeds/rss.xml").findtext(".//item/title") == title
    assert SCHEMA.validate(blog.xml()), SCHEMA.error_log


def test_where_templates_do_not_escape_a_title_is_html(tmp_path):
    blog = build(tmp_path, {"a.md": post(title="Fish &amp; <em>chips</em>")}, JINJA_ENVIRONMENT={})
    assert blog.feed().entries[0].title == "Fish & chips"


@BOTH
def test_characters_that_xml_forbids_are_dropped(tmp_path, path):
    blog = build(tmp_path, {"a.md": post("A\x0bb\x08c\ufffe.", title="T\x1bt", tags="x\x07")})
    entry = blog.feed(path).entries[0]
    assert entry.title == "Tt"
    assert entry.content[0].value == "<p>Abc.</p>"


@given(st.text())
def test_what_is_left_can_stand_in_xml(text):
    kept = for_xml(text).replace("&", "").replace("<", "").replace(">", "")
    etree.fromstring(f"<a>{kept}</a>")


@pytest.mark.parametrize("form", [(Atom1Feed, Atom), (Rss201rev2Feed, Rss)])
@given(words=st.text(), link=st.text())
def test_any_words_make_a_well_formed_feed(form, words, link):
    plain, ours = form
    feed = plain(title=words, link=link, description=words, feed_url=link, language="en")
    feed.add_item(words, link, words, unique_id=words, content=words, pubdate=NEVER)
    feed.items[0]["more_authors"] = ((words, link),)
    feed.__class__ = ours
    feed.write(written := StringIO(), "utf-8")
    etree.fromstring(written.getvalue().encode())
