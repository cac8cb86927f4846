"""The neighbours of a post, and the order of its translations."""

from __future__ import annotations

from blogs import build, post


def neighbours(blog, slug: str, language: str = "en") -> tuple[str | None, str | None]:
    """The slugs before and after a post; of another language with its code."""
    found = blog.post(slug, language)
    return tuple(
        each and each.slug + ("" if each.lang == "en" else f".{each.lang}")
        for each in (found.previous_post, found.next_post)
    )


def test_neighbours_are_the_posts_before_and_after_by_date(tmp_path):
    texts = {f"{name}.md": post(date=f"2025-03-0{day}") for day, name in enumerate("abc", 1)}
    blog = build(tmp_path, texts)
    assert neighbours(blog, "a") == (None, "b")
    assert neighbours(blog, "b") == ("a", "c")
    assert neighbours(blog, "c") == ("b", None)


def test_posts_of_one_moment_are_in_the_order_of_a_newest_first_list(tmp_path):
    blog = build(tmp_path, {f"{name}.md": post() for name in "cab"})
    newest_first = [each.slug for each in blog.context["articles"]]
    assert newest_first == ["a", "b", "c"]
    assert neighbours(blog, "b") == ("c", "a")


def test_a_draft_has_no_neighbours_and_is_none(tmp_path):
    texts = {"a.md": post(), "b.md": post(status="draft", date="2025-04-01")}
    blog = build(tmp_path, texts)
    assert neighbours(blog, "a") == (None, None)
    assert neighbours(blog, "b") == (None, None)


def test_a_translation_has_neighbours_in_its_language_where_there_are(tmp_path):
    texts = {f"{name}.md": post(date=f"2025-03-0{day}") for day, name in enumerate("abc", 1)}
    texts["b.de.md"] = post(slug="b", lang="de", date="2025-03-02")
    texts["c.de.md"] = post(slug="c", lang="de", date="2025-03-03")
    blog = build(tmp_path, texts)
    assert neighbours(blog, "b", "de") == ("a", "c.de")
    assert neighbours(blog, "b") == ("a", "c")


def test_translations_are_ordered_by_language(tmp_path):
    texts = {f"a.{lang}.md": post(slug="a", lang=lang) for lang in ("fr", "de", "en", "it", "es")}
    blog = build(tmp_path, texts)
    assert [each.lang for each in blog.post("a").translations] == ["de", "es", "fr", "it"]
