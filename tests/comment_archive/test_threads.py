"""Threads under posts, as a reader, a feed reader and a machine get them."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import mf2py
import pytest

from blogs import SITEURL, Blog, post
from checks.site import tree, with_class, words
from comment_archive.model import Thread
from old_threads import DAY, PAGE, build, chain, keep, said


def thread(blog: Blog, page: str = PAGE):
    """The section under a post."""
    return tree(blog.text(page)).xpath(f"//section[{with_class('thread')}]")[0]


def sentences(blog: Blog) -> list[str]:
    return [words(one) for one in thread(blog).xpath("./footer/p")]


def test_the_closed_notice_and_the_feed_are_told_word_for_word(tmp_path: Path) -> None:
    assert sentences(build(tmp_path, said())) == [
        "The comments to this entry are closed.",
        "You can follow this conversation by subscribing to the comment feed for this post.",
    ]


def test_a_post_without_comments_says_nothing_of_them(tmp_path: Path) -> None:
    blog = build(tmp_path, said(state="held"))
    assert "closed" not in blog.text(PAGE)
    assert not hasattr(blog.post("tea"), "thread")
    assert not list((blog.output / "feeds").glob("comments/*"))


def test_only_approved_comments_are_shown(tmp_path: Path) -> None:
    states = ("approved", "held", "spam", "deleted")
    told = words(
        thread(build(tmp_path, *(said(one, f"<p>{one}</p>", state=one) for one in states)))
    )
    assert [one for one in states if one in told] == ["approved"]


def test_an_author_is_linked_without_vouching_for_the_address(tmp_path: Path) -> None:
    blog = build(tmp_path, said(url="http://bo.example/"))
    (link,) = thread(blog).xpath(".//a[@href='http://bo.example/']")
    assert link.get("rel") == "nofollow ugc noopener"
    assert words(link) == "Bo Sample"


@pytest.mark.parametrize(
    "dead", [True, ["bo.example"], ["example"], ["http://www.bo.example/x/"]], ids=str
)
def test_a_dead_address_is_linked_nowhere(tmp_path: Path, dead: object) -> None:
    one = said(url="http://www.bo.example/x")
    blog = build(tmp_path, one, COMMENT_DEAD_ADDRESSES=dead)
    for file in (PAGE, "feeds/comments/tea.atom.xml"):
        assert "bo.example" not in blog.text(file)


def test_another_host_that_ends_alike_stays_linked(tmp_path: Path) -> None:
    blog = build(tmp_path, said(url="http://limbo.example/"), COMMENT_DEAD_ADDRESSES=["bo.example"])
    assert thread(blog).xpath(".//a[@href='http://limbo.example/']")


def test_a_comment_has_its_moment_with_the_zone(tmp_path: Path) -> None:
    (time,) = thread(build(tmp_path, said())).xpath(".//time")
    assert time.get("datetime") == "2010-05-03T08:15:00+00:00"
    assert words(time) == "3 May 2010, 08:15 UTC"


def test_old_anchors_and_new_ones_lead_to_the_comment(tmp_path: Path) -> None:
    blog = build(tmp_path, said("7", anchors=("c7", "comment-6a00e55")), said("8", anchors=("c7",)))
    ids = thread(blog).xpath(".//@id")
    assert len(ids) == len(set(ids))
    first = thread(blog).xpath(".//li[@id='comment-7']")[0]
    assert first.xpath("./span/@id") == ["c7", "comment-6a00e55"]
    assert first.xpath(".//a[@href='#comment-7']")


def test_an_id_of_the_post_itself_is_not_repeated(tmp_path: Path) -> None:
    texts = {"tea.md": post('<p id="c7">Mine.</p>', title="Tea", date="2010-05-02")}
    blog = build(tmp_path, said("7", anchors=("c7", "c8")), posts=texts)
    assert tree(blog.text(PAGE)).xpath("//@id").count("c7") == 1


def test_nameless_and_erased_comments_keep_their_places(tmp_path: Path) -> None:
    gone = said("b", "", author="", parent="a", erased=date(2025, 3, 4))
    blog = build(tmp_path, said("a", author=""), gone, said("c", parent="b"))
    told = words(thread(blog))
    assert "Anonymous" in told
    assert "This comment was removed on request." in told
    assert thread(blog).xpath(".//li[@id='comment-b']//li[@id='comment-c']")


def test_mentions_stand_apart_with_their_titles(tmp_path: Path) -> None:
    ping = said("p", kind="trackback", title="On tea", author="The kettle")
    blog = build(tmp_path, said("a"), ping)
    assert [words(one) for one in thread(blog).xpath("./h2")] == [
        "1 comment",
        "1 mention elsewhere",
    ]
    (item,) = thread(blog).xpath(f"./ol[{with_class('pings')}]/li")
    assert "On tea" in words(item)


def test_there_is_no_form_no_script_and_no_picture(tmp_path: Path) -> None:
    blog = build(tmp_path, *chain(3), JINJA_GLOBALS={"linked_data": str})
    assert not thread(blog).xpath(".//form | .//script | .//img | .//iframe | .//@style")


@pytest.mark.parametrize(
    ("contact", "address", "told"),
    [
        ("ana@blog.example", "mailto:ana@blog.example", "write to ana@blog.example"),
        ("mailto:ana@blog.example", "mailto:ana@blog.example", "write to ana@blog.example"),
        ("about/", f"{SITEURL}/about/", "see about/"),
        ("https://x.example/form", "https://x.example/form", "see https://x.example/form"),
    ],
)
def test_whom_to_ask_for_a_removal(tmp_path: Path, contact: str, address: str, told: str) -> None:
    blog = build(tmp_path, said(), COMMENT_CONTACT=contact)
    assert sentences(blog)[-1] == f"To have a comment of yours removed, {told}."
    assert thread(blog).xpath(f"./footer//a[@href='{address}']")


def test_the_thread_speaks_the_language_of_its_post(tmp_path: Path) -> None:
    texts = {"tee.md": post(title="Tee", date="2010-05-02", lang="de")}
    keep(tmp_path / "content", Thread("tee", (said(),)))
    blog = build(tmp_path, posts=texts)
    section = thread(blog, "de/2010/05/tee/index.html")
    assert (
        words(section.xpath("./footer/p")[0])
        == "Die Kommentare zu diesem Beitrag sind geschlossen."
    )


def test_a_thread_belongs_to_the_post_and_not_to_its_translation(tmp_path: Path) -> None:
    texts = {"tea.de.md": post(title="Tee", date="2010-05-02", lang="de", slug="tea")}
    blog = build(tmp_path, said(), posts=texts)
    assert 'class="thread"' not in blog.text(f"de/{PAGE}")
    assert 'class="thread"' in blog.text(PAGE)


def test_a_page_has_its_comments_too(tmp_path: Path) -> None:
    keep(tmp_path / "content", Thread("about", (said(),)))
    blog = build(tmp_path, posts={"../pages/about.md": "Title: About\n\nWords.\n"})
    assert 'id="comment-1"' in blog.text("pages/about.html")
    assert (blog.output / "feeds/comments/about.atom.xml").is_file()


def test_microformats_say_who_wrote_what_when(tmp_path: Path) -> None:
    blog = build(tmp_path, said("7", url="http://bo.example/"))
    (item,) = mf2py.parse(doc=blog.text(PAGE), url=f"{SITEURL}/2010/05/tea/")["items"]
    assert item["type"] == ["h-cite"]
    told = item["properties"]
    assert told["url"] == [f"{SITEURL}/2010/05/tea/#comment-7"]
    assert told["published"] == ["2010-05-03T08:15:00+0000"]
    assert told["author"][0]["properties"]["name"] == ["Bo Sample"]
    assert told["content"][0]["value"].strip() == "Yes."


def test_machines_are_told_of_each_comment_where_nobody_else_tells_them(tmp_path: Path) -> None:
    blog = build(
        tmp_path, said("a", "<p>One &lt;b&gt;</p>"), said("b", "</script><p>Two</p>", parent="a")
    )
    (script,) = tree(blog.text(PAGE)).xpath("//script[@type='application/ld+json']")
    told = json.loads(script.text)
    assert told["commentCount"] == 2
    assert [one["text"] for one in told["comment"]] == ["One <b>", "Two"]
    assert told["comment"][1]["parentItem"] == {"@id": "#comment-a"}


def test_the_newest_comments_are_named_with_their_posts(tmp_path: Path) -> None:
    newest = said("b", author="", moment=DAY + timedelta(days=1))
    others = [
        said("a"),
        newest,
        said("u", moment=None),
        said("p", kind="pingback"),
        said("s", state="spam"),
    ]
    blog = build(tmp_path, *others, RECENT_COMMENTS=2)
    assert blog.text("index.html").splitlines() == [
        "Anonymous on Tea 2010/05/tea/#comment-b",
        "Bo Sample on Tea 2010/05/tea/#comment-a",
    ]


def test_a_link_to_a_post_of_the_site_is_led_there(tmp_path: Path) -> None:
    html = '<p><a href="{filename}/posts/milk.md">milk</a> and |x| {y}</p>'
    texts = {"milk.md": post(title="Milk", date="2010-05-01")}
    blog = build(tmp_path, said("1", html), posts=texts)
    assert f'href="{SITEURL}/2010/05/milk/"' in blog.text(PAGE)
    assert "and |x| {y}" in blog.text(PAGE)


def test_a_thread_that_cannot_be_read_is_told_and_the_others_are_shown(tmp_path, caplog) -> None:
    folder = tmp_path / "content" / "comments"
    folder.mkdir(parents=True)
    (folder / "milk.json").write_text('{"post": "milk",\n "comments": [}\n', "utf-8")
    blog = build(tmp_path, said(), posts={"milk.md": post(title="Milk")})
    assert "content/comments/milk.json:2: is no JSON" in caplog.text
    assert 'id="comment-1"' in blog.text(PAGE)


def test_a_thread_whose_post_is_gone_is_told(tmp_path: Path, caplog) -> None:
    keep(tmp_path / "content", Thread("gone", (said(),)))
    build(tmp_path)
    assert 'content/comments/gone.json: no post or page has the slug "gone"' in caplog.text


def test_the_template_of_a_site_comes_before_ours(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "thread.html").write_text("<p>{{ thread.count }} of {{ thread.title }}</p>")
    blog = build(tmp_path, *chain(2), THEME_TEMPLATES_OVERRIDES=[str(own)])
    assert "<p>2 of Comments on Tea</p>" in blog.text(PAGE)


def test_a_broken_template_leaves_the_post(tmp_path: Path, caplog) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "thread.html").write_text("{% if %}")
    blog = build(tmp_path, said(), THEME_TEMPLATES_OVERRIDES=[str(own)])
    assert "Plain words." in blog.text(PAGE)
    assert "its thread could not be shown" in caplog.text


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"COMMENT_DEAD_ADDRESSES": "x.example"}, 'write ["x.example"]'),
        ({"OLD_ADDRESSES": ["page"]}, 'did you mean "pages"?'),
        ({"COMMENT_FEED_ATOM": "c.xml"}, 'write "feeds/comments/{slug}.atom.xml"'),
        ({"COMMENT_CONTACT": "javascript:alert(1)"}, "write an e-mail address"),
    ],
)
def test_a_setting_that_cannot_be_read_is_told(tmp_path: Path, settings, told: str) -> None:
    with pytest.raises(Exception, match=r"pelicanconf\.py") as wrong:
        build(tmp_path, said(), **settings)
    assert told in str(wrong.value)


def test_two_builds_are_the_same_to_the_byte(tmp_path: Path) -> None:
    one, two = (build(tmp_path, *chain(5)).text(PAGE) for _ in range(2))
    assert one == two
