"""Old addresses lead on: pages, rules for hosts, copies of feeds; nothing outside, nothing over."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogs import SITEURL, Blog, post
from checks.markup import parse_errors
from checks.site import tree
from comment_archive import ledger
from comment_archive.ledger import Ledger
from comment_archive.site import way
from comment_archive.site.way import Way
from old_threads import ATOM, build, said

OLD = "http://old.example"


def moved(folder: Path, *urls: str, **more: object) -> Blog:
    """A blog whose post "tea" was at these addresses."""
    given = {"tea.md": post(title="Tea & <b>", date="2010-05-02", old_urls=" ".join(urls))}
    return build(folder, said(), posts={**given, **more.pop("posts", {})}, **more)


def files(blog: Blog) -> set[str]:
    return {
        file.relative_to(blog.output).as_posix()
        for file in blog.output.rglob("*")
        if file.is_file()
    }


def leads(path: str, address: str = "/new/", query: str = "") -> Way:
    return Way(path, query, path[1:], address)


@pytest.mark.parametrize(
    ("url", "file"),
    [
        (f"{OLD}/2010/tea.html", "2010/tea.html"),
        (f"{OLD}/2010/tea/", "2010/tea/index.html"),
        (f"{OLD}/2010/tea", "2010/tea/index.html"),
        (f"{OLD}/t%C3%A9/caf%20e.htm", "té/caf e.htm"),
    ],
)
def test_a_small_page_at_the_old_path_leads_to_the_new_one(tmp_path: Path, url, file) -> None:
    page = moved(tmp_path, url).text(file)
    assert parse_errors(page) == []
    new = f"{SITEURL}/2010/05/tea/"
    assert tree(page).xpath("//link[@rel='canonical']/@href") == [new]
    assert tree(page).xpath("//meta[@http-equiv='refresh']/@content") == ["0; url=/2010/05/tea/"]
    assert tree(page).xpath("//a/@href") == ["/2010/05/tea/"]
    assert "It is now here: Tea &amp; &lt;b&gt;" in page


def test_without_an_address_of_its_own_the_site_leads_by_paths(tmp_path: Path) -> None:
    page = moved(tmp_path, f"{OLD}/tea.html", SITEURL="").text("tea.html")
    assert tree(page).xpath("//link[@rel='canonical']/@href") == ["/2010/05/tea/"]


def test_a_site_that_is_opened_from_a_folder_leads_from_file_to_file(tmp_path: Path) -> None:
    page = moved(tmp_path, f"{OLD}/a/tea.html", SITEURL="", RELATIVE_URLS=True).text("a/tea.html")
    assert tree(page).xpath("//a/@href") == ["../2010/05/tea/index.html"]


@pytest.mark.parametrize(
    "url",
    [
        f"{OLD}/../../etc/passwd.html", f"{OLD}/%2e%2e/%2e%2e/x.html", f"{OLD}//evil.example/x",
        f"{OLD}/a%00b.html", f"{OLD}/a%0Ab.html", f"{OLD}/a%5C..%5Cb.html", f"{OLD}/.htaccess",
        f"{OLD}/.git/config.html", f"{OLD}/{'a' * 300}.html", f"{OLD}/%22%3E.html", "http://[",
        f"{OLD}/%E2%80%AEfdp.html", "javascript:alert(1)", f"{OLD}/./x.html",
    ],
)  # fmt: skip
def test_an_address_that_is_no_plain_path_leads_nowhere(tmp_path: Path, url: str) -> None:
    before = files(build(tmp_path / "a", said()))
    assert files(moved(tmp_path / "b", url)) == before
    assert not list((tmp_path / "b").glob("*.html"))


@given(st.text(max_size=60))
def test_whatever_an_address_is_nothing_leaves_the_folder(path: str) -> None:
    for _, _, inside in way.old([f"{OLD}/{path}", path], SITEURL):
        assert ".." not in inside.split("/")
        assert not inside.startswith("/")
        assert "\0" not in inside


def test_a_path_outside_of_the_folder_of_the_site_gets_a_rule_and_no_page(tmp_path: Path) -> None:
    blog = moved(tmp_path, f"{OLD}/notes/tea.html", SITEURL=f"{SITEURL}/blog")
    assert "notes/tea.html" not in files(blog)
    assert "/notes/tea.html /blog/2010/05/tea/ 301\n" in blog.text("_redirects")


def test_what_the_site_has_itself_stays_and_is_told(tmp_path: Path, caplog) -> None:
    blog = moved(tmp_path, f"{OLD}/index.html", f"{OLD}/2010/05/milk/",
                 posts={"milk.md": post(title="Milk", date="2010-05-01")})  # fmt: skip
    assert "refresh" not in blog.text("index.html") + blog.text("2010/05/milk/index.html")
    for path in ("/index.html", "/2010/05/milk/"):
        assert f'content/posts/tea.md: the old address "{path}" is the place of' in caplog.text


def test_a_static_file_stays_too(tmp_path: Path, caplog) -> None:
    static = tmp_path / "content" / "extra" / "tea.html"
    static.parent.mkdir(parents=True)
    static.write_text("mine")
    more = {
        "STATIC_PATHS": ["extra"],
        "EXTRA_PATH_METADATA": {"extra/tea.html": {"path": "tea.html"}},
    }
    blog = moved(tmp_path, f"{OLD}/tea.html", READERS={"html": None}, **more)
    assert blog.text("tea.html") == "mine"
    assert 'the old address "/tea.html" is the place of' in caplog.text


def test_two_posts_that_claim_one_address_are_named(tmp_path: Path, caplog) -> None:
    milk = post(title="Milk", date="2010-05-01", old_urls=f"{OLD}/x.html")
    blog = moved(tmp_path, f"{OLD}/x.html", posts={"milk.md": milk})
    assert '"/x.html" is that of content/posts/tea.md, too' in caplog.text
    assert "/2010/05/tea/" in blog.text("x.html")


def test_an_address_that_stays_the_same_needs_nothing(tmp_path: Path, caplog) -> None:
    blog = moved(tmp_path, f"{OLD}/2010/05/tea/")
    assert "_redirects" not in files(blog)
    assert "WARNING" not in caplog.text


def test_a_draft_leads_nobody_to_itself(tmp_path: Path) -> None:
    draft = post(title="Milk", status="draft", old_urls=f"{OLD}/milk.html")
    assert "milk.html" not in files(build(tmp_path, posts={"milk.md": draft}))


def test_hosts_get_a_line_and_a_rule_for_each_address(tmp_path: Path) -> None:
    blog = moved(tmp_path, f"{OLD}/a%20b/t%C3%A9.html", f"{OLD}/?p=7")
    assert blog.text("_redirects") == "/a%20b/t%C3%A9.html /2010/05/tea/ 301\n"
    rules = blog.text(".htaccess")
    assert 'RedirectMatch 301 "^/a\\ b/té\\.html$" "/2010/05/tea/"\n' in rules
    assert 'RewriteCond "%{QUERY_STRING}" "^p=7$"\n' in rules


def test_a_rule_matches_its_own_path_and_no_longer_one() -> None:
    pattern = re.search(r'"(\^.*\$)"', leads("/a.b/c+d(e)/").htaccess)[1]
    assert re.fullmatch(pattern, "/a.b/c+d(e)/")
    assert not re.match(pattern, "/a.b/c+d(e)/x")
    assert not re.match(pattern, "/axb/c+d(e)/")


@given(st.text(max_size=40))
def test_no_address_breaks_out_of_a_rule(path: str) -> None:
    for whole, query, inside in way.old([f"{OLD}/{path}"], SITEURL):
        one = Way(whole, query, inside, "/new/%C3%A9/")
        assert "\n" not in one.line
        assert one.line.count(" ") == 2
        for rule in one.htaccess.split("\n"):
            assert rule.count('"') % 2 == 0
            assert "\r" not in rule


def test_with_the_weblog_plugin_there_is_one_htaccess_that_holds_both(tmp_path: Path) -> None:
    both = {"PLUGINS": ["weblog", "comment_archive"], "HOST_FILES": (".htaccess",)}
    rules = moved(tmp_path, f"{OLD}/x.html", **both).text(".htaccess")
    assert "AddDefaultCharset" in rules
    assert 'RedirectMatch 301 "^/x\\.html$" "/2010/05/tea/"' in rules


def test_old_addresses_can_be_left_alone(tmp_path: Path) -> None:
    blog = moved(tmp_path, f"{OLD}/x.html", OLD_ADDRESSES=("_redirects",))
    assert {"x.html", "_redirects", ".htaccess"} & files(blog) == {"_redirects"}


def test_the_old_comment_feed_of_a_post_is_the_new_one(tmp_path: Path) -> None:
    old = f"{OLD}/tea/comments/atom.xml {OLD}/tea/feed/"
    texts = {"tea.md": post(title="Tea", date="2010-05-02", old_comment_feeds=old)}
    blog = build(tmp_path, said(), posts=texts)
    assert blog.text("tea/comments/atom.xml") == blog.text(ATOM)
    assert "/tea/feed/ /feeds/comments/tea.rss.xml 301\n" in blog.text("_redirects")


def test_the_old_feeds_of_the_blog_are_the_new_ones(tmp_path: Path) -> None:
    feeds = (f"{OLD}/notes/atom.xml", f"{OLD}/notes/index.rdf", f"{OLD}/comments/feed.xml")
    note = tmp_path / "content" / ledger.NAME
    note.parent.mkdir(parents=True)
    note.write_bytes(ledger.written(Ledger(old_feeds=feeds)))
    blog = build(tmp_path, said(), PLUGINS=["weblog", "comment_archive"])
    assert blog.text("notes/atom.xml") == blog.text("feeds/atom.xml")
    assert blog.text("notes/index.rdf") == blog.text("feeds/rss.xml")
    assert blog.text("comments/feed.xml") == blog.text("feeds/comments/rss.xml")


def test_an_address_of_a_program_gets_rules_and_no_page(tmp_path: Path) -> None:
    blog = moved(tmp_path, f"{OLD}/blog.php?id=4", f"{OLD}/tea.aspx")
    assert not {file for file in files(blog) if "blog" in file or "aspx" in file}
    assert "/tea.aspx /2010/05/tea/ 301" in blog.text("_redirects")
