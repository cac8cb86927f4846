"""The quick ways of a build: each gives what the slow way gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from pelican import contents, readers
from pelican.settings import DEFAULT_CONFIG
from pelican.utils import slugify

from harvest import defaults, fast
from harvest.site import Site

TEXTS = (
    "Title: One\nSummary: *Short* [link][a]\n\n[TOC]\n\n## Same\n\n[a]: /there/\n",
    "Title: Two\n\nA note[^1] and HTML.\n\n[^1]: Said.\n*[HTML]: Hypertext\n",
    "HTML without [a], note[^1] or headers\n\n## Same\n\n<div markdown>*raw*</div>",
    "Title: Code\n\n```python\nprint()\n```\n\n<b>open",
    "Title: List\n\n* a\n\n    * b\n\n1. c\n\n| x | y |\n|---|---|\n| 1 | 2 |",
    "",
)


def options() -> dict[str, object]:
    configs = dict(defaults.MARKDOWN["extension_configs"])
    return {"output_format": "html", "extensions": list(configs), "extension_configs": configs}


def made(markdown: Markdown, text: str) -> tuple[str, object, object]:
    html, meta = markdown.convert(text), markdown.Meta
    markdown.preprocessors.deregister("meta")  # as Pelican does
    return html, meta, [markdown.reset().convert(one) for one in meta.get("summary", ())]


@given(st.lists(st.sampled_from(TEXTS), max_size=6))
def test_one_markdown_makes_the_same_of_a_post_whatever_it_read_before(texts):
    with fast.paths():
        quick = [made(readers.Markdown(**options()), text) for text in texts]
    assert quick == [made(Markdown(**options()), text) for text in texts]


def test_a_post_that_breaks_markdown_leaves_nothing_to_the_next():
    with fast.paths():
        markdown = readers.Markdown(**options())
        markdown.parser.state.set("list")
        assert readers.Markdown(**options()) is not markdown


@pytest.mark.parametrize("extensions", [["some.other"], [object()]])
def test_an_extension_that_nobody_here_knows_is_made_anew_for_each_post(extensions, monkeypatch):
    monkeypatch.setattr(fast, "Markdown", lambda **_: object())
    with fast.paths():
        first = readers.Markdown(extensions=extensions)
        assert readers.Markdown(extensions=extensions) is not first


@given(st.text(max_size=20), st.booleans(), st.booleans())
def test_a_slug_is_the_same_at_the_second_asking(words, preserve_case, use_unicode):
    rules = DEFAULT_CONFIG["SLUG_REGEX_SUBSTITUTIONS"]
    asked = {"preserve_case": preserve_case, "use_unicode": use_unicode}
    with fast.paths():
        quick = [contents.slugify(words, regex_subs=rules, **asked) for _ in range(2)]
    assert quick == [slugify(words, rules, **asked)] * 2


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("a/./b.md", "a/b.md"),
        ("/site", "."),
        ("/site/a.md", "a.md"),
        ("/sites/a.md", "/sites/a.md"),
    ],
)
def test_a_path_is_shown_from_the_folder_of_the_site(path, shown):
    assert Site(Path("/site"), {}, Path("/site/content"), Path("/site/output")).shown(path) == shown
