"""[Allison](comment:ID): a link, a quotation, a note where there is no such comment."""

from __future__ import annotations

from pathlib import Path

import pytest

import small_sites
from blogs import SITEURL, post
from checks.site import tree, words
from comment_archive import mentions
from comment_archive.model import Thread
from old_threads import DAY, build, keep, said

ALLISON = said("a-100", "<p>One <em>cup</em>.</p>\n<ul><li>or two</li></ul>", author="Allison")
ADDRESS = f"{SITEURL}/2010/05/tea/#comment-a-100"
MILK = "2010/05/milk/index.html"


def milk(folder: Path, text: str, **settings: object):
    """A blog with a post of this text beside the thread under "tea"."""
    texts = {"milk.md": post(text, title="Milk", date="2010-05-04")}
    return build(folder, ALLISON, posts=texts, **settings)


def test_a_link_to_a_comment_leads_to_it(tmp_path: Path) -> None:
    page = tree(milk(tmp_path, "As [Allison](comment:a-100) said.").text(MILK))
    (link,) = page.xpath("//p/a")
    assert (link.get("href"), words(link)) == (ADDRESS, "Allison")


def test_alone_in_its_paragraph_it_is_a_quotation(tmp_path: Path) -> None:
    page = tree(milk(tmp_path, "Before.\n\n[Allison](comment:a-100)\n\nAfter.").text(MILK))
    (quoted,) = page.xpath("//figure[@class='quoted']/blockquote")
    assert quoted.get("cite") == ADDRESS
    assert words(quoted) == "One cup. or two"
    (caption,) = page.xpath("//figure/figcaption")
    assert words(caption) == "Allison, 3 May 2010"
    assert caption.xpath("./a/@href") == [ADDRESS]
    assert caption.xpath("./time/@datetime") == [DAY.isoformat()]


def test_a_quotation_is_in_the_feed_with_addresses_that_hold(tmp_path: Path) -> None:
    blog = milk(tmp_path, "[Allison](comment:a-100)", PLUGINS=["weblog", "comment_archive"])
    told = blog.feed().entries[0].content[0].value
    assert "<em>cup</em>" in told
    assert f'cite="{ADDRESS}"' in told


@pytest.mark.parametrize("written", ["comment:comment-a-100", "comment:a-100"])
def test_the_id_may_be_copied_with_what_stands_before_it(tmp_path: Path, written: str) -> None:
    assert f'href="{ADDRESS}"' in milk(tmp_path, f"See [her]({written}).").text(MILK)


def test_an_unknown_comment_is_a_visible_note_and_an_error(tmp_path: Path, caplog) -> None:
    page = milk(tmp_path, "As [Allison](comment:a-101) said.").text(MILK)
    told = 'no comment "a-101"; did you mean "a-100"?'
    assert told in words(tree(page))
    assert "As Allison" in words(tree(page))
    assert f"content/posts/milk.md: {told}" in caplog.text


def test_a_comment_that_nobody_sees_cannot_be_quoted(tmp_path: Path) -> None:
    keep(tmp_path / "content", Thread("tea", (ALLISON, said("x", state="spam"))))
    texts = {"milk.md": post("[x](comment:x)", title="Milk", date="2010-05-04")}
    assert "no comment" in build(tmp_path, posts=texts).text(MILK)


def test_code_is_left_alone(tmp_path: Path) -> None:
    page = milk(tmp_path, "`[a](comment:a-101)`\n\n    [a](comment:a-101)\n").text(MILK)
    assert words(tree(page)).count("[a](comment:a-101)") == 2
    assert "no comment" not in page


def test_nothing_in_an_imported_post_is_a_link_to_a_comment(tmp_path: Path) -> None:
    html = (
        '<html><head><meta name="title" content="Old"><meta name="date" content="2009-01-01">'
        '<meta name="imported" content="x"></head>'
        '<body><p><a href="comment:a-100">a</a></p></body></html>'
    )
    page = build(tmp_path, ALLISON, posts={"old.html": html}).text("2009/01/old/index.html")
    assert 'href="comment:a-100"' in page


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[A](comment:a1)", [("a1", 1)]),
        ('x\n\n[A](<comment:a1> "T") [B]( comment:b )', [("a1", 3), ("b", 3)]),
        ("[A][a]\n\n[a]: comment:a1\n", [("a1", 3)]),
        ('<a class="x" href="comment:a1">A</a>', [("a1", 1)]),
        ("`[A](comment:a1)` and ``[A](comment:a1)``", []),
        ("```\n[A](comment:a1)\n```\n[B](comment:b)", [("b", 4)]),
        ("```insight\nmetric: x\n\n[A](comment:a1)\n```", [("a1", 4)]),
        ("~~~python\n[A](comment:a1)\n~~~", []),
        ("comment: a word, [A](http://x/comment:1)", []),
    ],
)
def test_links_to_comments_in_a_source(text: str, found: list[tuple[str, int]]) -> None:
    assert [(one.id, one.line) for one in mentions.find(text)] == found


@pytest.mark.parametrize(
    ("name", "known", "told"),
    [
        ("a-101", ["a-100", "b7"], ('no comment "a-101"', 'did you mean "a-100"?')),
        ("zz", ["a-100"], ('no comment "zz"', "its id follows #comment- in the comment's link")),
        ("zz", [], ('no comment "zz"', "there are no archived comments")),
    ],
)
def test_what_is_said_of_an_unknown_comment(name, known, told) -> None:
    assert mentions.wrong(name, known) == told


def test_harvest_check_tells_the_file_and_the_line(tmp_path: Path) -> None:
    """In posts and inside insight blocks; the build stops before anything is written."""
    text = small_sites.post(body="Words.\n\nAs [Allison](comment:a-101) said.")
    site = small_sites.site(tmp_path, {"may.md": text})
    keep(site / "content", Thread("may", (ALLISON,)))
    for command in ("check", "build"):
        ended = small_sites.harvest(site, command)
        assert ended.code == 1
        assert 'content/posts/may.md:6: no comment "a-101"; did you mean "a-100"?' in ended.lines
    assert not (site / "output").exists()


def test_a_site_without_threads_says_so(tmp_path: Path) -> None:
    site = small_sites.site(tmp_path, {"may.md": small_sites.post(body="[A](comment:a-101)")})
    assert small_sites.harvest(site, "check").out.splitlines()[0] == (
        'content/posts/may.md:4: no comment "a-101"; there are no archived comments'
    )
