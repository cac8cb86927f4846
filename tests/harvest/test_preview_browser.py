"""The preview in a real browser: it loads pages again by itself and breaks no policy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from previewing import Author, previewing, write_site

MARKED = "Title: May\nDate: 2025-05-01\n\n{}\n"


@pytest.fixture
def author(tmp_path: Path) -> Iterator[Author]:
    with previewing(write_site(tmp_path)) as author:
        yield author


@pytest.fixture
def page(browser: Any, author: Author) -> Iterator[Any]:
    """The post in a browser; whatever the browser complains about fails the test."""
    page = browser.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text))
    page.add_init_script(
        "document.addEventListener('securitypolicyviolation',"
        " (event) => console.error(event.violatedDirective))"
    )
    page.goto(f"{author.url}may/")
    yield page
    page.close()
    assert complaints == []


def test_a_page_loads_again_by_itself_after_a_save(author: Author, page: Any) -> None:
    for words in ("Second words.", "Third words.", "Fourth words."):
        author.save("content/posts/may.md", MARKED.format(words))
        page.get_by_text(words).wait_for()


def test_a_mistake_stands_on_the_page_until_it_is_mended(author: Author, page: Any) -> None:
    author.save("content/posts/may.md", "Title: May\nDate: 2025-05-41\n\nWrong words.\n")
    alert = page.get_by_role("alert")
    alert.wait_for()
    assert "content/posts/may.md:2: " in alert.inner_text()
    assert page.get_by_text("First words.").is_visible()
    author.save("content/posts/may.md", MARKED.format("Mended words."))
    page.get_by_text("Mended words.").wait_for()
    alert.wait_for(state="detached")


def test_a_saved_style_is_swapped_without_loading_the_page_again(author: Author, page: Any) -> None:
    page.evaluate("window.stayed = true")
    author.save("theme/static/main.css", "h1 { width: 123px }\n")
    page.locator("link[href*='preview=']").wait_for(state="attached")
    assert page.evaluate("window.stayed")
