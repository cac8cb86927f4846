"""Every feed can be read by any reader and says every word of every post."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import pytest
from lxml import etree

import demo
from checks import feeds
from checks.site import Site, tree
from checks.verdict import none
from kinds import cards

SCHEMA = Path(__file__).parents[1] / "schemas" / "atom.rng"


def all_feeds(site: Site) -> list[Path]:
    """Every feed of posts."""
    return [file for file in site.files("feeds/**/*.xml") if "comments" not in file.parts]


def comment_feeds(site: Site) -> list[Path]:
    """Every feed of comments."""
    return site.files("feeds/comments/*.xml")


def entries(file: Path) -> dict[str, dict]:
    """What a feed reader makes of a feed: entries by the place they lead to."""
    read = feedparser.parse(file.read_bytes(), sanitize_html=False)
    return {urlsplit(entry.link).path: entry for entry in read.entries}


def text(entry: dict) -> str:
    """The full text of an entry, as HTML."""
    return entry.content[0].value if entry.get("content") else entry.summary


def test_the_site_and_each_category_tag_and_author_have_both_feeds(published: Site) -> None:
    """Atom and RSS for each, and no other feeds."""
    expected = {"atom.xml", "rss.xml"}
    for kind in ("category", "tag", "author"):
        slugs = [place.split("/")[2] for place in published.pages if place.startswith(f"/{kind}/")]
        expected |= {f"{kind}/{slug}.{form}.xml" for slug in slugs for form in ("atom", "rss")}
    folder = published.folder / "feeds"
    assert {file.relative_to(folder).as_posix() for file in all_feeds(published)} == expected


def test_no_feed_breaks_a_rule(published: Site) -> None:
    """Well-formed, absolute, dated, in a language, self-named; cards in their plain form."""
    found = [*all_feeds(published), *comment_feeds(published)]
    none([fault for file in found for fault in feeds.faults(file, published)])


def test_every_atom_feed_follows_the_schema(published: Site, built: Site) -> None:
    """The grammar of RFC 4287, at home too."""
    for site in (published, built):
        found = [
            file
            for file in (*all_feeds(site), *comment_feeds(site))
            if etree.parse(str(file)).getroot().tag.endswith("}feed")
        ]
        assert found
        none([fault for file in found for fault in feeds.invalid(file.read_bytes(), SCHEMA)])


def test_the_schema_itself_refuses_what_is_wrong() -> None:
    """A feed without its updated is no Atom feed."""
    empty = b'<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><id>tag:a.example,2025:a</id></feed>'
    assert feeds.invalid(empty, SCHEMA)


def test_feeds_written_at_home_are_well_formed_too(built: Site) -> None:
    """`harvest build` writes them; only their addresses wait for publishing."""
    assert all_feeds(built)
    for file in all_feeds(built):
        assert not feedparser.parse(file.read_bytes()).bozo, file


@pytest.mark.parametrize("name", ["atom.xml", "rss.xml"])
def test_the_site_feed_has_the_newest_posts_in_order(published: Site, name: str) -> None:
    """At least the newest twenty, the newest first, and nothing that is not published."""
    read = feedparser.parse((published.folder / "feeds" / name).read_bytes())
    titles = {post.title for post in demo.sources() if post.is_published and post.language == "en"}
    told = [entry.title for entry in read.entries]
    assert len(told) >= min(20, len(titles))
    none([title for title in told if not is_written(title)])
    dates = [entry.published_parsed for entry in read.entries]
    assert dates == sorted(dates, reverse=True)


def is_written(title: str) -> bool:
    """Is this the title of a published post, typographic or plain?"""
    return any(plain(title) == plain(post.title) for post in demo.sources() if post.is_published)


def plain(text: str) -> str:
    """A text without the signs and spaces that each form sets in its own way."""
    return "".join(letter for letter in text if letter.isalnum())


@pytest.mark.parametrize("name", ["atom.xml", "rss.xml"])
def test_a_feed_says_every_word_of_every_post(published: Site, name: str) -> None:
    """Full text: each block of the post's page is in the feed, cards in their own form."""
    told = entries(published.folder / "feeds" / name)
    missing = {
        place: feeds.missing_words(published.posts[place], text(entry))
        for place, entry in told.items()
    }
    assert {place: lost for place, lost in missing.items() if lost} == {}


@pytest.mark.parametrize("name", ["atom.xml", "rss.xml"])
def test_every_card_of_a_post_is_in_the_feed(published: Site, name: str) -> None:
    """With its question, its exact observation and its picture."""
    for place, entry in entries(published.folder / "feeds" / name).items():
        told = tree(text(entry))
        made = cards(published.posts[place])
        assert len(feeds.card_figures(told)) == len(made), place
        said = plain("".join(told.itertext()))
        for card in made:
            for words in card.xpath(
                ".//h2 | .//p[@class='observation'] | .//ol[@class='events']/li"
            ):
                assert plain("".join(words.itertext())) in said, place


def test_an_entry_is_the_same_in_every_feed(published: Site) -> None:
    """One post, one id, wherever it is read."""
    ids: dict[str, set[str]] = {}
    for file in all_feeds(published):
        for place, entry in entries(file).items():
            ids.setdefault(place, set()).add(entry.id)
    assert {place: found for place, found in ids.items() if len(found) != 1} == {}


def test_the_id_of_a_post_hangs_on_no_title(published: Site) -> None:
    """An id that named the title would change with it, and every reader would see a new post."""
    kept = {post.header["guid"] for post in demo.sources() if "guid" in post.header}
    for place, entry in entries(published.folder / "feeds" / "atom.xml").items():
        assert entry.id in kept or place.strip("/").split("/")[-1] in entry.id


def test_an_edited_post_says_when_it_was_edited(published: Site) -> None:
    """Atom's updated is the Modified of the header where there is one, else the date."""
    modified = {plain(post.title): post.header.get("modified") for post in demo.sources()}
    for entry in entries(published.folder / "feeds" / "atom.xml").values():
        edited = modified[plain(entry.title)]
        if edited:
            assert entry.updated[:10] == edited[:10]
        else:
            assert entry.updated == entry.published


def test_every_page_announces_the_feeds_of_the_site(published: Site) -> None:
    """A reader who pastes any address of the site into a feed reader finds them."""
    own = {
        "application/atom+xml": published.absolute("/feeds/atom.xml"),
        "application/rss+xml": published.absolute("/feeds/rss.xml"),
    }
    for place, html in published.pages.items():
        announced = feeds.autodiscovered(html)
        for kind, feed in own.items():
            assert feed in announced[kind], place


def test_a_list_page_announces_its_own_feed_too(published: Site) -> None:
    """A category, a tag and an author can be followed alone."""
    for place, html in published.pages.items():
        kind, _, slug = place.strip("/").partition("/")
        if kind in ("category", "tag", "author") and slug and "/" not in slug:
            announced = feeds.autodiscovered(html)["application/atom+xml"]
            assert published.absolute(f"/feeds/{kind}/{slug}.atom.xml") in announced


def test_the_subscribe_page_names_every_feed(published: Site) -> None:
    """Explained to a person, each with its address; the site's own two to be copied."""
    main = tree(published.pages["/subscribe/"]).find(".//main")
    linked = {published.target(link, "/subscribe/")[0] for link in main.xpath(".//a/@href")}
    none(str(file) for file in all_feeds(published) if file not in linked)
    kinds = ("atom.xml", "rss.xml", "comments/atom.xml", "comments/rss.xml")
    to_copy = {f"/feeds/{kind}" for kind in kinds}
    assert set(map(published.absolute, to_copy)) <= set(main.xpath(".//code/text()"))
