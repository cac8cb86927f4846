"""A Pelican site of somebody else, with its simple theme, that names only comment_archive."""

from __future__ import annotations

from pathlib import Path

import pytest

import demo
from checks.site import tree, with_class, words
from comment_archive.model import Thread
from old_threads import chain, keep, said

SETTINGS = """
SITENAME = "Somebody else's"
SITEURL = "https://else.example"
AUTHOR = "Bo"
PATH = "content"
TIMEZONE = "UTC"
THEME = "simple"
FEED_ALL_ATOM = "feeds/all.atom.xml"
CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
PLUGINS = ["comment_archive"]
"""
OVERRIDE = """{% extends "!simple/article.html" %}
{% block content %}{{ super() }}{{ article.thread }}{% endblock %}
"""
HOSTILE = "<script>alert(1)</script><b>Tea</b>"
IMPORTED = """<html><head>
<meta name="title" content="&lt;script&gt;alert(1)&lt;/script&gt;&lt;b&gt;Tea&lt;/b&gt;">
<meta name="date" content="2010-05-02"><meta name="slug" content="tea">
<meta name="category" content="&lt;script&gt;alert(2)&lt;/script&gt;cups">
<meta name="tags" content="&lt;img src=x onerror=alert(3)&gt;pots;">
<meta name="authors" content="&lt;script&gt;alert(4)&lt;/script&gt;Ana;">
<meta name="imported" content="x 1"></head><body><p>Words.</p></body></html>
"""


def pelican(folder: Path, *more: str) -> str:
    ended = demo.run("pelican", "content", "-s", "pelicanconf.py", "-o", "output", *more, at=folder)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout + ended.stderr


def site(folder: Path, settings: str = "", template: str = "") -> Path:
    (folder / "content").mkdir(parents=True)
    (folder / "own").mkdir()
    if template:
        (folder / "own" / "article.html").write_text(template)
    (folder / "pelicanconf.py").write_text(
        SETTINGS + 'THEME_TEMPLATES_OVERRIDES = ["own"]\n' + settings
    )
    (folder / "content" / "tea.html").write_text(IMPORTED)
    keep(folder / "content", Thread("tea", (*chain(3), said("x", author=HOSTILE, title=HOSTILE))))
    pelican(folder, "--fatal=warnings")
    return folder


@pytest.fixture(scope="module", params=["override", "setting"])
def built(request, tmp_path_factory) -> Path:
    """The site with the thread in a template of its own, or at the end of the text."""
    folder = tmp_path_factory.mktemp(request.param)
    by_setting = request.param == "setting"
    return site(
        folder / "site",
        "COMMENTS_IN_CONTENT = True\n" if by_setting else "",
        "" if by_setting else OVERRIDE,
    )


def page(folder: Path, name: str = "tea.html"):
    return tree((folder / "output" / name).read_text("utf-8"))


def test_the_thread_stands_under_the_post_as_html(built: Path) -> None:
    (section,) = page(built).xpath(f"//section[{with_class('thread')}]")
    assert len(section.xpath(".//li")) == 4
    assert "The comments to this entry are closed." in words(section)


def test_names_and_titles_of_an_old_blog_are_text(built: Path) -> None:
    """The theme's templates do not escape; what an import brought is escaped for them."""
    files = sorted((built / "output").rglob("*.html"))
    assert len(files) > 5
    for file in files:
        found = tree(file.read_text("utf-8"))
        assert not found.xpath("//script[not(@type='application/ld+json')] | //img | //h2//b"), file
    heading = words(page(built).xpath("//article/header")[0])
    assert "<script>alert(1)</script><b>Tea</b>" in heading


def test_the_address_of_a_category_is_that_of_its_name(built: Path) -> None:
    names = sorted(file.name for file in (built / "output" / "category").iterdir())
    assert names == ["alert2cups.html"]  # as Pelican writes any name


def test_feeds_and_lists_have_no_comments_in_them(built: Path) -> None:
    assert "closed" not in (built / "output" / "feeds" / "all.atom.xml").read_text("utf-8")
    assert "closed" not in (built / "output" / "index.html").read_text("utf-8")


def test_the_feed_of_posts_tells_of_the_comment_feed(built: Path) -> None:
    feed = (built / "output" / "feeds" / "all.atom.xml").read_text("utf-8")
    assert 'href="https://else.example/feeds/comments/tea.atom.xml" rel="replies"' in feed


def test_built_again_over_itself_the_site_is_the_same(built: Path) -> None:
    before = demo.contents(built / "output")
    pelican(built)
    assert demo.contents(built / "output") == before
