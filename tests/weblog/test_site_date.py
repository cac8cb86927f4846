"""SITE_DATE, and no clock."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from blogs import build, post
from mistakes import Mistakes

POSTS = {
    "old.md": post("Old.", date="2025-03-01"),
    "day.md": post("On the day.", date="2025-03-02 18:00"),
    "new.md": post("New.", date="2025-03-03"),
    "far.md": post("Far.", date="2199-01-01"),
    "draft.md": post("Draft.", date="2025-03-04", status="draft"),
}


def published(blog) -> list[str]:
    return [each.slug for each in blog.context["articles"]]


def test_unset_no_post_is_hidden_by_its_date(tmp_path):
    blog = build(tmp_path, POSTS)
    assert published(blog) == ["far", "new", "day", "old"]
    assert blog.context["posts_after_site_date"] == ()


@pytest.mark.parametrize(
    "site_date", ["2025-03-02", date(2025, 3, 2), "2025-03-02T18:00", datetime(2025, 3, 2, 19)]
)
def test_a_post_dated_after_it_is_hidden(tmp_path, site_date):
    blog = build(tmp_path, POSTS, SITE_DATE=site_date)
    assert published(blog) == ["day", "old"]
    assert blog.context["posts_after_site_date"] == ("posts/far.md", "posts/new.md")
    assert [entry.title for entry in blog.feed().entries] == ["A title"] * 2


def test_a_time_is_taken_in_the_zone_of_the_site(tmp_path):
    blog = build(tmp_path, POSTS, SITE_DATE="2025-03-02 17:59", TIMEZONE="Asia/Tokyo")
    assert published(blog) == ["old"]


def test_a_hidden_post_hides_no_translation_that_is_older(tmp_path):
    texts = {
        "a.md": post(date="2025-03-09"),
        "a.de.md": post(lang="de", slug="a", date="2025-03-01"),
    }
    blog = build(tmp_path, texts, SITE_DATE="2025-03-05")
    assert [(each.slug, each.lang) for each in blog.context["articles"]] == [("a", "de")]


def test_pages_have_no_date_that_hides_them(tmp_path):
    page = "Title: About\nDate: 2199-01-01\n\nWords.\n"
    blog = build(tmp_path, {"../pages/about.md": page}, {"page.html": ""}, SITE_DATE="2025-03-01")
    assert [each.slug for each in blog.context["pages"]] == ["about"]


def test_a_site_date_that_is_no_date_is_one_clear_mistake(tmp_path):
    with pytest.raises(Mistakes, match=r'SITE_DATE = "soon" is no date; write "2025-06-30"'):
        build(tmp_path, POSTS, SITE_DATE="soon")
