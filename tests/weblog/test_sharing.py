"""How a page is shown elsewhere: to people by cards, to machines by JSON-LD."""

from __future__ import annotations

import json
import re

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogs import SITEURL, build, post
from weblog.structured import written

HEAD = """{% set shared = sharing() %}{{ shared.address }}
{% for name, content in shared.properties %}{{ name }}={{ content|safe }}
{% endfor %}
{% for name, content in shared.card %}{{ name }}={{ content }}
{% endfor %}
<script type="application/ld+json">{{ linked_data() }}</script>"""
TEMPLATES = {"article.html": HEAD, "page.html": HEAD, "index.html": HEAD, "category.html": HEAD}
PICTURE = {"SITE_PICTURE": "images/site.png", "SITE_PICTURE_ALT": "A tally"}


def linked(text: str) -> dict:
    return json.loads(re.search(r"ld\+json\">(.*)</script>", text)[1])


def test_a_post_is_shared_with_all_that_is_known(tmp_path):
    text = post("Words.", title="A & B", tags="x, y", category="Craft", modified="2025-04-01")
    blog = build(tmp_path, {"a.md": text}, TEMPLATES, **PICTURE)
    address = f"{SITEURL}/2025/03/a/"
    assert blog.text("2025/03/a/index.html").splitlines()[:-1] == [
        address,
        "og:type=article",
        "og:title=A & B",
        "og:description=Words.",
        f"og:url={address}",
        f"og:image={SITEURL}/images/site.png",
        "og:image:alt=A tally",
        "og:site_name=A blog",
        "article:published_time=2025-03-03T00:00:00+00:00",
        "article:modified_time=2025-04-01T00:00:00+00:00",
        f"article:author={SITEURL}/author/ana-sample/",
        "article:section=Craft",
        "article:tag=x",
        "article:tag=y",
        "twitter:card=summary_large_image",
    ]


def test_a_post_may_have_a_picture_of_its_own(tmp_path):
    texts = {"a.md": post(picture="/images/a.png", picture_alt="Own")}
    shared = build(tmp_path, texts, TEMPLATES, **PICTURE).text("2025/03/a/index.html")
    assert f"og:image={SITEURL}/images/a.png\nog:image:alt=Own" in shared


def test_without_an_address_of_the_site_none_is_told(tmp_path):
    shared = build(tmp_path, {"a.md": post()}, TEMPLATES, SITEURL="").text("2025/03/a/index.html")
    assert shared.startswith("\n")
    assert "og:url" not in shared


def test_a_list_is_shared_by_its_subject_and_folder(tmp_path):
    blog = build(
        tmp_path,
        {"a.md": post(category="Craft")},
        TEMPLATES,
        CATEGORY_SAVE_AS="category/{slug}/index.html",
    )
    shared = blog.text("category/craft/index.html").splitlines()
    assert shared[:3] == [f"{SITEURL}/category/craft/", "og:type=website", "og:title=Craft"]


def test_addresses_stay_absolute_where_the_pages_are_relative(tmp_path):
    blog = build(tmp_path, {"a.md": post()}, TEMPLATES, RELATIVE_URLS=True)
    assert blog.text("2025/03/a/index.html").startswith(f"{SITEURL}/2025/03/a/\n")


def test_a_site_below_a_folder_keeps_the_folder(tmp_path):
    blog = build(tmp_path, {"a.md": post()}, TEMPLATES, SITEURL=f"{SITEURL}/blog")
    assert blog.text("2025/03/a/index.html").startswith(f"{SITEURL}/blog/2025/03/a/\n")


def test_a_post_is_a_blog_posting(tmp_path):
    text = post("Words.", title="A & B", tags="x", category="Craft", authors="Ana, Bo")
    data = linked(build(tmp_path, {"a.md": text}, TEMPLATES).text("2025/03/a/index.html"))
    assert (data["@type"], data["headline"], data["inLanguage"]) == ("BlogPosting", "A & B", "en")
    assert [author["name"] for author in data["author"]] == ["Ana", "Bo"]
    assert data["url"] == data["mainEntityOfPage"] == f"{SITEURL}/2025/03/a/"
    assert data["isPartOf"] == {"@type": "Blog", "name": "A blog", "url": f"{SITEURL}/"}


def test_the_home_page_is_a_site_and_a_blog(tmp_path):
    data = linked(build(tmp_path, {}, TEMPLATES).text("index.html"))
    assert [each["@type"] for each in data["@graph"]] == ["WebSite", "Blog"]
    assert {each["url"] for each in data["@graph"]} == {f"{SITEURL}/"}


def test_a_list_has_no_linked_data(tmp_path):
    blog = build(tmp_path, {"a.md": post(category="Craft")}, TEMPLATES)
    assert blog.text("category/craft.html").endswith('ld+json"></script>')


@pytest.mark.parametrize("title", ["</script><script>alert(1)</script>", "<!--<script>", "]]>&lt;"])
def test_no_title_breaks_out_of_the_data(tmp_path, title):
    page = build(tmp_path, {"a.md": post(title=title)}, TEMPLATES).text("2025/03/a/index.html")
    assert linked(page)["headline"] == title
    assert page.splitlines()[-1].count("</script>") == 1


@given(st.text())
def test_any_words_come_back_from_the_data_and_leave_the_page_whole(words):
    safe = written({"headline": words})
    assert json.loads(safe)["headline"] == words
    tree = html5lib.parseFragment(
        f"<script>{safe}</script><i>after</i>", namespaceHTMLElements=False
    )
    assert [child.tag for child in tree] == ["script", "i"]
