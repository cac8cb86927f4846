"""Files for search engines and hosts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogs import SITEURL, build, post
from mistakes import Mistakes
from weblog.sharing import Site

ALL = ("sitemap.xml", "robots.txt", "_headers", ".htaccess")
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
TEMPLATES = {"page.html": "", "404.html": "", "archives.html": "", "period_archives.html": ""}


def site(folder, **settings):
    texts = {
        "a.md": post(tags="x", category="Craft"),
        "a.de.md": post(slug="a", lang="de", modified="2025-05-01"),
        "b.md": post(date="2025-04-01", category="Craft"),
        "draft.md": post(status="draft"),
        "hidden.md": post(status="hidden"),
        "../pages/about.md": "Title: About\n\nWords.\n",
    }
    return build(
        folder,
        texts,
        TEMPLATES,
        **{
            "HOST_FILES": ALL,
            "DIRECT_TEMPLATES": ["index", "archives", "404"],
            "ARCHIVES_SAVE_AS": "archives/index.html",
            "YEAR_ARCHIVE_SAVE_AS": "{date:%Y}/index.html",
            "YEAR_ARCHIVE_URL": "{date:%Y}/",
            "AUTHOR_SAVE_AS": "",
            **settings,
        },
    )


def test_the_map_has_every_page_once_with_the_day_it_changed(tmp_path):
    found = {
        url.findtext(f"{MAP}loc").removeprefix(SITEURL): url.findtext(f"{MAP}lastmod")
        for url in site(tmp_path).xml("sitemap.xml")
    }
    assert found == {
        "/": "2025-04-01T00:00:00+00:00",
        "/2025/": "2025-04-01T00:00:00+00:00",
        "/2025/03/a/": "2025-03-03T00:00:00+00:00",
        "/2025/04/b/": "2025-04-01T00:00:00+00:00",
        "/archives/": "2025-04-01T00:00:00+00:00",
        "/category/craft/": "2025-04-01T00:00:00+00:00",
        "/de/2025/03/a/": "2025-05-01T00:00:00+00:00",
        "/pages/about.html": None,
        "/tag/x.html": "2025-03-03T00:00:00+00:00",
    }


def test_without_an_address_there_is_no_map_and_none_is_promised(tmp_path):
    blog = site(tmp_path, SITEURL="")
    assert not (blog.output / "sitemap.xml").exists()
    assert blog.text("robots.txt") == "User-agent: *\nAllow: /\n"


def test_robots_are_told_where_the_map_is(tmp_path):
    assert site(tmp_path).text("robots.txt").endswith(f"\n\nSitemap: {SITEURL}/sitemap.xml\n")


def test_hosts_are_given_every_header(tmp_path):
    blog = site(tmp_path)
    netlify, apache = blog.text("_headers"), blog.text(".htaccess")
    assert netlify.startswith("/*\n  Content-Security-Policy: default-src 'none';")
    assert "Header always set Content-Security-Policy \"default-src 'none';" in apache
    assert netlify.count("\n") == 6
    assert "ErrorDocument 404 /404.html\n" in apache


def test_a_site_below_a_folder_has_its_404_there(tmp_path):
    apache = site(tmp_path, SITEURL=f"{SITEURL}/blog").text(".htaccess")
    assert "ErrorDocument 404 /blog/404.html\n" in apache


def test_what_is_not_named_is_not_written(tmp_path):
    blog = site(tmp_path, HOST_FILES=())
    assert not [name for name in ALL if (blog.output / name).exists()]


def test_a_theme_may_override_a_file(tmp_path):
    blog = build(tmp_path, {}, {"robots.txt": "Own"}, HOST_FILES=["robots.txt"])
    assert blog.text("robots.txt") == "Own"


def test_an_unknown_file_is_a_mistake(tmp_path):
    with pytest.raises(Mistakes, match=r"HOST_FILES knows no 'robot.txt'; did you mean"):
        build(tmp_path, {}, HOST_FILES=["robot.txt"])


@given(st.text(min_size=1).map(lambda path: path.lstrip("/")))
def test_any_path_is_an_address_that_stays_on_the_site(path):
    address = Site({"SITEURL": SITEURL}).absolute(path)
    assert address.startswith(f"{SITEURL}/") or "//" in path or ":" in path
    assert not set(address) & set(' <>"\n')
