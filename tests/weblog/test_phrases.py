"""The theme's words, dates and numbers."""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

import catalogue
from blogs import build, post
from mistakes import Mistakes
from weblog.phrases import Phrases, load

ENGLISH = """
locale = "en_GB"
main = "Main"
by = "By {author} & co"
[posts]
one = "{n} post"
other = "{n} posts"
[calendar]
caption = "Posts in {month}"
"""
DAY = datetime(2025, 3, 3, 8, tzinfo=UTC)


class Page:
    def __init__(self, lang: str) -> None:
        self.lang = lang


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "theme" / "languages"
    folder.mkdir(parents=True)
    (folder / "en.toml").write_text(ENGLISH, "utf-8")
    return folder


def in_language(language: str) -> dict:
    return {"article": Page(language)}


@pytest.mark.parametrize(
    ("key", "words", "said"),
    [
        ("main", {}, "Main"),
        ("posts", {"n": 1}, "1 post"),
        ("posts", {"n": 0}, "0 posts"),
        ("posts", {"n": 1311}, "1,311 posts"),
        ("calendar.caption", {"month": "March"}, "Posts in March"),
        ("by", {"author": "<Ana>"}, "By <Ana> & co"),
    ],
)
def test_a_phrase_is_text_with_its_words_filled_in(folder, key, words, said):
    found = load([folder]).t({}, key, **words)
    assert (found, type(found)) == (said, str)


def test_a_phrase_with_html_for_a_word_is_html_and_the_rest_is_escaped(folder):
    found = load([folder]).t({}, "by", author=Markup("<b>Ana</b>"))
    assert found == Markup("By <b>Ana</b> &amp; co")


@given(st.text())
def test_a_word_that_is_no_html_never_becomes_it(word):
    phrases = Phrases({"en": catalogue.Catalogue({"x": "{a} {b}"}, "en")})
    said = phrases.t({}, "x", a=Markup("<b>"), b=word)
    assert said.count("<") == 1


def test_a_missing_phrase_is_one_clear_mistake(folder):
    with pytest.raises(Mistakes, match=r'en.toml: there is no phrase "mian"; did you mean "main"'):
        load([folder]).t({}, "mian")


def test_a_missing_word_is_one_clear_mistake(folder):
    with pytest.raises(Mistakes, match=r'the phrase "by" cannot be filled in: \'author\''):
        load([folder]).t({}, "by")


def test_a_file_that_is_no_toml_is_one_clear_mistake(folder):
    (folder / "de.toml").write_text("main = ", "utf-8")
    with pytest.raises(Mistakes, match=r"de.toml: this is no TOML"):
        load([folder])


def test_what_a_second_language_lacks_is_english_and_said_once(folder, caplog):
    (folder / "de.toml").write_text('main = "Start"', "utf-8")
    with caplog.at_level(logging.WARNING):
        phrases = load([folder], "de")
    assert phrases.t({}, "main") == "Start"
    assert phrases.t({}, "posts", n=2) == "2 posts"
    assert [record.getMessage() for record in caplog.records] == [
        "languages/de.toml: no by, calendar.caption, posts; they stay English"
    ]


def test_a_language_without_a_file_is_english_throughout(folder):
    phrases = load([folder])
    assert phrases.t(in_language("fr"), "main") == "Main"
    assert phrases.day(in_language("fr"), DAY) == "3 March 2025"


def test_a_region_speaks_the_language_of_its_family(folder):
    (folder / "de.toml").write_text('main = "Start"', "utf-8")
    assert load([folder]).t(in_language("de-at"), "main") == "Start"


def test_a_site_may_override_a_phrase_or_the_locale_alone(folder, tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    (own / "en.toml").write_text('locale = "en_US"\nmain = "Home"\n', "utf-8")
    phrases = load([folder, own])
    assert phrases.t({}, "main") == "Home"
    assert phrases.t({}, "posts", n=2) == "2 posts"
    assert phrases.day({}, DAY) == "March 3, 2025"


@pytest.mark.parametrize(
    ("language", "day", "month", "name", "weekday", "number"),
    [
        ("en", "3 March 2025", "March 2025", "March", "Monday", "1,311.5"),
        ("de", "3. März 2025", "März 2025", "März", "Montag", "1.311,5"),
    ],
)
def test_dates_and_numbers_are_the_languages(folder, language, day, month, name, weekday, number):
    (folder / "de.toml").write_text(ENGLISH.replace("en_GB", "de_DE"), "utf-8")
    phrases, here = load([folder]), in_language(language)
    said = [each(here, DAY) for each in (phrases.day, phrases.month, phrases.month_name)]
    assert said == [day, month, name]
    assert phrases.weekday(here, date(2025, 3, 3)) == weekday
    assert phrases.number(here, 1311.5, decimals=1) == number


def test_templates_speak_the_language_of_their_page(tmp_path, folder):
    (folder / "de.toml").write_text(ENGLISH.replace('"Main"', '"Start"'), "utf-8")
    words = "{{ language() }} {{ t('main') }} {{ article.date|iso_day }} {{ 'de'|language_name }}"
    blog = build(
        tmp_path,
        {"a.md": post(), "a.de.md": post(slug="a", lang="de")},
        {"article.html": words, "index.html": "{{ language() }} {{ t('posts', n=2) }}"},
    )
    assert blog.text("2025/03/a/index.html") == "en Main 2025-03-03 Deutsch"
    assert blog.text("de/2025/03/a/index.html") == "de Start 2025-03-03 Deutsch"
    assert blog.text("index.html") == "en 2 posts"


def test_a_sites_own_phrases_lie_beside_its_own_templates(tmp_path, folder):
    own = tmp_path / "own" / "languages"
    own.mkdir(parents=True)
    (own / "en.toml").write_text('main = "Home"', "utf-8")
    overrides = [str(own.parent / "templates")]
    blog = build(
        tmp_path, {}, {"index.html": "{{ t('main') }}"}, THEME_TEMPLATES_OVERRIDES=overrides
    )
    assert blog.text("index.html") == "Home"
