"""What an old blog becomes: files with safe names, links that lead somewhere, drafts named."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from by_hand import DAY, HOME, OLD, entry, files, said, told
from comment_archive.arranging import slugs
from comment_archive.arranging.media import Media
from comment_archive.markup.tags import text
from comment_archive.model import About, Attached, Left, Words

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


class Drawer:
    """A media store in memory."""

    def __init__(self, **kept: bytes) -> None:
        self.kept = {name.replace("__", "/").replace("_", "."): data for name, data in kept.items()}

    def names(self):
        return list(self.kept)

    def read(self, name: str, most: int = 10**9) -> bytes:
        return self.kept[name][:most]


def body(*items, name: str = "posts/a-kettle.html", **more) -> str:
    return files(*items, **more)[name].partition("<body>\n")[2].partition("\n</body>")[0]


def thread(*items, slug: str = "a-kettle", **more) -> list[dict]:
    return json.loads(files(*items, **more)[f"comments/{slug}.json"])["comments"]


# --- names --------------------------------------------------------------------------------


@given(st.text(max_size=300))
def test_a_slug_is_a_name_on_every_disk_and_leaves_no_folder(wanted: str) -> None:
    made = slugs.Slugs().take(wanted)
    assert made
    assert len(made.encode()) <= 120
    assert not set(made) & set('/\\:*?"<>|.\0 ')
    assert made.partition("-")[0] not in ("con", "nul", "prn", "aux") or "-" in made
    assert PurePosixPath("posts", f"{made}.html").parts == ("posts", f"{made}.html")


@pytest.mark.parametrize(
    "slug",
    [
        "../../etc/x",
        "/etc/x",
        "..",
        "a\0b",
        "CON",
        "x" * 300,
        "🥄",
        "\u202etxt",
        "%2e%2e%2fx",
        "C:\\x",
    ],
)
def test_nothing_is_written_outside_the_folder(slug: str) -> None:
    for name in files(entry("T", "<p>x</p>", said(), slug=slug, kind="page")):
        assert ".." not in PurePosixPath(name).parts
        assert not name.startswith("/")
        assert PurePosixPath(name).parts[0] in ("pages", "comments")


def test_two_posts_with_one_slug_get_two_names() -> None:
    made = files(entry("One", slug="x"), entry("Two", slug="X"), entry("Three", slug="x/"))
    assert list(made) == ["posts/x.html", "posts/x-2.html", "posts/x-3.html"]


def test_two_forms_of_a_letter_are_one_name() -> None:
    made = files(entry("One", slug="caf\u00e9"), entry("Two", slug="cafe\u0301"))
    assert len({name.casefold() for name in made}) == 2


def test_a_page_takes_no_name_that_the_site_uses_itself() -> None:
    assert list(files(entry("T", slug="archives", kind="page"))) == ["pages/archives-page.html"]


def test_a_name_of_the_sites_own_posts_is_taken() -> None:
    home = replace(HOME, slugs=frozenset({"a-kettle"}))
    assert list(files(entry(), home=home)) == ["posts/a-kettle-2.html"]


# --- what becomes a draft -----------------------------------------------------------------


@pytest.mark.parametrize("status", ["draft", "private", "pending", "protected", "future"])
def test_what_was_not_public_is_a_draft_and_named(status: str) -> None:
    assert (
        '<meta name="status" content="draft">' in files(entry(status=status))["posts/a-kettle.html"]
    )
    receipt = told(entry(status=status))
    assert receipt.counts["drafts" if status == "draft" else status] == 1
    assert receipt.rows[0].draft.endswith("(A kettle)")


def test_a_post_of_a_day_to_come_is_a_draft() -> None:
    assert told(entry(moment=datetime(2031, 1, 1))).counts["future"] == 1


def test_a_post_without_a_date_is_a_draft_and_a_page_is_not() -> None:
    assert told(entry(moment=None)).counts["undated"] == 1
    assert told(entry(moment=None, kind="page")).counts["pages"] == 1


def test_a_post_without_title_takes_its_first_words() -> None:
    page = files(entry("", "<p>One two three four five six &amp; seven eight nine</p>"))
    assert 'content="One two three four five six &amp; seven…"' in next(iter(page.values()))


# --- headers ------------------------------------------------------------------------------


def test_one_category_is_taken_and_the_others_are_tags() -> None:
    page = files(entry(category="Tea", categories=("Hall", "Tea"), tags=("a, b",)))[
        "posts/a-kettle.html"
    ]
    assert '<meta name="category" content="Tea">' in page
    assert '<meta name="tags" content="a, b; Hall">' in page
    assert '<meta name="old_categories" content="Tea; Hall">' in page


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_title_and_no_category_gets_out_of_its_header(title: str, category: str) -> None:
    page = files(entry(title, category=category, slug="x"))["posts/x.html"]
    head = page.partition("</head>")[0].split("\n")[2:-1]
    assert all(line.startswith("<meta name=") and line.count('"') == 4 for line in head)


def test_a_local_time_is_in_the_zone_of_the_blog() -> None:
    assert 'content="2010-05-03 08:15:00+01:00"' in files(entry())["posts/a-kettle.html"]


# --- comments -----------------------------------------------------------------------------


def test_a_comment_without_id_gets_one_from_date_name_and_words() -> None:
    first, again = (thread(entry("A kettle", "", said("Yes."), said("No."))) for _ in range(2))
    assert [one["id"] for one in first] == [one["id"] for one in again]
    alone = thread(entry("A kettle", "", said("No.")))
    assert alone[0]["id"] == first[1]["id"]


def test_two_comments_of_the_same_words_are_two() -> None:
    one, two = thread(entry("A kettle", "", said(), said()))
    assert two["id"] == f"{one['id']}-2"


def test_an_id_that_another_post_has_is_made_different() -> None:
    items = entry("One", "", said("a", id="7")), entry("Two", "", said("b", id="7"))
    assert thread(*items, slug="one")[0]["id"] == "7"
    assert thread(*items, slug="two")[0]["id"].startswith("7-")


def test_answers_keep_their_parents_and_lose_those_that_are_nowhere() -> None:
    items = [said("a", id="1"), said("b", id="2", parent="1"), said("c", id="3", parent="9")]
    assert [one.get("parent") for one in thread(entry("A kettle", "", *items))] == [None, "1", None]
    assert (
        told(entry("A kettle", "", *items)).references["answers whose comment is not in the export"]
        == 1
    )


def test_comments_that_answer_each_other_in_a_circle_are_kept() -> None:
    items = [said("a", id="1", parent="2"), said("b", id="2", parent="1")]
    made = thread(entry("A kettle", "", *items))
    assert sum("parent" not in one for one in made) == 1


def test_a_thread_alone_joins_the_post_of_its_address() -> None:
    post = entry("A kettle", "", said("a"), slug="a-kettle", address=f"{OLD}/k.html")
    feed = entry(
        "",
        "",
        said("b", moment=datetime(2010, 6, 1)),
        kind="thread",
        address="https://www.old.example/2010/05/k.html",
    )
    assert [text(one["html"]) for one in thread(post, feed)] == ["a", "b"]


def test_a_thread_without_its_post_is_kept_and_named() -> None:
    receipt = told(
        entry("", "", said("b"), kind="thread", slug="a-kettle", address=f"{OLD}/k.html")
    )
    assert receipt.counts["threads"] == 1


@given(
    st.lists(
        st.tuples(st.text(max_size=30), st.text(min_size=1, max_size=80), st.booleans()),
        max_size=12,
    )
)
def test_no_comment_is_lost_whatever_is_in_it(given_ones) -> None:
    comments = [
        said(words, author, id=str(n % 5) if old else "")
        for n, (author, words, old) in enumerate(given_ones)
    ]
    comments = [replace(one, words=Words(one.words.text, "text")) for one in comments]
    made = thread(entry("A kettle", "x", *comments)) if comments else []
    assert len(made) == len({one["id"] for one in made}) == len(comments)


# --- links --------------------------------------------------------------------------------

TWO = (
    entry(
        "A kettle",
        f'<p><a href="{OLD}/pot.html#comment-6a0">her</a></p>',
        slug="a-kettle",
        address=f"{OLD}/k.html",
    ),
    entry("A pot", "", said(id="6a0", anchors=("c6a0",)), slug="a-pot", address=f"{OLD}/pot.html"),
)


@pytest.mark.parametrize(
    ("href", "leads_to"),
    [
        (f"{OLD}/pot.html", "{filename}/posts/a-pot.html"),
        ("https://www.old.example/2010/05/pot.html?x=1", "{filename}/posts/a-pot.html"),
        ("pot.html", "{filename}/posts/a-pot.html"),
        ("/2010/05/pot.html#comment-6a0", "{filename}/posts/a-pot.html#comment-6a0"),
        (f"{OLD}/pot.html#c6a0", "{filename}/posts/a-pot.html#comment-6a0"),
        (f"{OLD}/pot.html#comment-999", "{filename}/posts/a-pot.html#comments"),
        (f"{OLD}/pot.html#comments", "{filename}/posts/a-pot.html#comments"),
        ("http://else.example/pot.html", "http://else.example/pot.html"),
        (f"{OLD}/gone.html", f"{OLD}/gone.html"),
    ],
)
def test_a_link_between_old_posts_leads_to_the_new_one(href: str, leads_to: str) -> None:
    first = replace(TWO[0], body=Words(f'<p><a href="{href}">x</a></p>'))
    assert f'href="{leads_to}"' in body(first, TWO[1])


def test_a_link_to_a_draft_stays_as_it_was() -> None:
    made = body(TWO[0], replace(TWO[1], status="draft"))
    assert f'href="{OLD}/pot.html#comment-6a0"' in made


def test_links_of_comments_are_led_to_new_posts_too() -> None:
    link = said(f'<a href="{OLD}/pot.html">x</a>')
    assert (
        "{filename}/posts/a-pot.html"
        in thread(replace(TWO[0], comments=(link,)), TWO[1])[0]["html"]
    )


# --- pictures -----------------------------------------------------------------------------


def test_a_picture_of_a_dead_host_is_a_link_with_its_words_and_counted() -> None:
    post = entry("A kettle", '<p><img src="http://old.example/k.jpg" alt="A kettle, open"></p>')
    assert (
        body(post) == '<p><a href="http://old.example/k.jpg" rel="noopener">A kettle, open</a></p>'
    )
    assert told(post).references["images made links"] == 1


def test_a_picture_in_the_media_is_shown() -> None:
    media = Media(Drawer(up__2012__spoon_png=PNG))
    post = entry(
        "A kettle", '<img src="http://old.example/up/2012/spoon-300x200.png" alt="A spoon">'
    )
    made = files(post, media=media)
    assert 'src="{static}/images/imported/spoon.png"' in made["posts/a-kettle.html"]
    assert "images/imported/spoon.png" in made


@pytest.mark.parametrize("data", [b"<svg onload=x>", b"<html>", b"MZ..", b""])
def test_a_picture_that_is_none_is_not_taken_over(data: bytes) -> None:
    made = files(entry("A kettle", '<img src="/k.png" alt="k">'), media=Media(Drawer(k_png=data)))
    assert list(made) == ["posts/a-kettle.html"]


def test_frames_and_players_are_links() -> None:
    post = entry(
        "A kettle",
        '<iframe src="//video.example/v/1" title="A talk"></iframe><video><source src="http://old.example/a.mp4">no</video>',
    )
    assert body(post) == (
        '<a href="https://video.example/v/1" rel="noopener">A talk</a>'
        '<a href="http://old.example/a.mp4" rel="noopener">a.mp4</a>no'
    )


def test_a_comment_shows_no_picture_even_of_the_media() -> None:
    comment = said('<img src="/k.png" alt="A k">')
    assert (
        "<img"
        not in thread(entry("A kettle", "", comment), media=Media(Drawer(k_png=PNG)))[0]["html"]
    )


def test_attached_files_are_found_or_named() -> None:
    media = Media(Drawer(k_png=PNG))
    receipt = told(
        Attached("http://old.example/k.png"), Attached("http://old.example/l.png"), media=media
    )
    assert receipt.counts["media found"] == 1
    assert receipt.missing == ["http://old.example/l.png"]


# --- Markdown -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "html",
    [
        '<p>Plain <em>words</em> and <a href="http://x.example/">a link</a>.</p>',
        "<p>```insight</p><p>metric: x</p>",
        "<pre>```insight\nmetric: x\n```</pre>",
        "<p>Title: not a header</p>",
        "<p>[x](comment:7) and [1](metric:y) {filename}/z *a* _b_ `c`</p>",
        "<p># no heading</p><p>1. no list</p><p>- nor this</p>",
        "<table><tbody><tr><td>a</td><td>b | c</td></tr></tbody></table>",
        "<p>[^1]: foot</p><p>*[HTML]: abbr</p><p>[x]: http://y.example</p>",
    ],
)
def test_markdown_on_request_gives_the_same_words_back(html: str) -> None:
    from markdown import markdown

    made = files(entry("A kettle", html), home=replace(HOME, is_markdown=True))["posts/a-kettle.md"]
    shown = markdown(made.partition("\n\n")[2], extensions=["extra", "sane_lists"])
    assert text(shown) == text(html)
    assert "\n```insight" not in made


# --- the receipt --------------------------------------------------------------------------


def test_the_receipt_counts_all_that_was_there() -> None:
    items = [
        About(authors=("Ana Sample",), categories=("Tea",), feeds=("http://old.example/atom.xml",)),
        entry(
            "A kettle",
            "",
            said(),
            said("x", state="spam"),
            said("y", kind="trackback"),
            authors=("Ana Sample",),
            category="Tea",
            slug="a-kettle",
            address=f"{OLD}/k.html",
        ),
        Left("a menu", "item 3", "no text"),
    ]
    given = told(*items).as_dict()
    assert given["counts"]["posts"] == 1
    assert given["comments"] == {
        "approved": 1,
        "held": 0,
        "spam": 1,
        "deleted": 0,
        "trackbacks": 1,
        "pingbacks": 0,
    }
    assert given["authors"] == ["Ana Sample"]
    assert given["categories"] == ["Tea"]
    assert given["left_out"] == [{"what": "a menu", "place": "item 3", "why": "no text"}]
    assert given["entries"][0]["old"] == f"{OLD}/k.html"
    assert given["old_feeds"] == ["http://old.example/atom.xml"]


def test_a_draft_of_the_day_is_dated_by_its_export() -> None:
    assert str(DAY.date()) in files(entry())["posts/a-kettle.html"]
