"""The parts of the preview by themselves: policies, names, readings, states."""

from __future__ import annotations

from pathlib import Path

import pytest

from harvest.preview.answer import Answer, find, name_of
from harvest.preview.page import widened, with_script
from harvest.preview.readings import Readings
from harvest.preview.screens import Screens
from harvest.preview.watch import needs_a_fresh_start
from mistakes import Mistake

STRICT = "default-src 'none'; script-src 'none'; style-src 'self'"


def test_the_policy_lets_in_our_script_and_news_and_nothing_else() -> None:
    assert widened(STRICT) == (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'"
    )


def test_a_policy_is_widened_once() -> None:
    assert widened(widened(STRICT)) == widened(STRICT)


def test_a_policy_that_forbids_nothing_stays() -> None:
    assert widened("base-uri 'none'") == "base-uri 'none'"


def test_an_admitted_host_stays_admitted() -> None:
    assert "script-src https://stats.example 'self'" in widened("script-src https://stats.example")


def test_the_script_stands_in_the_head_with_the_number_of_the_build() -> None:
    page = with_script(b"<html><head><title>x</title></head><body></body></html>", 7)
    assert page.index(b'data-number="7" defer></script>') < page.index(b"</head>")


def test_a_page_without_head_or_body_tags_gets_the_script_all_the_same() -> None:
    assert with_script(b"<p>plain", 7).startswith(b"<p>plain<script src=")


def test_an_escaped_policy_is_read_and_written_as_html() -> None:
    meta = (
        b'<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;"></head>'
    )
    assert b"content=\"default-src 'none'; script-src 'self'; connect-src 'self'\"" in with_script(
        meta, 1
    )


@pytest.mark.parametrize("address", ["/..", "/a/../b", "/%2e%2e/x", "/a%5c..%5cb", "/a%00b"])
def test_an_address_that_leads_out_has_no_name(address: str) -> None:
    assert name_of(address) is None


def test_a_missing_page_is_answered_with_the_site_s_own_404_page() -> None:
    pages = {"404.html": Answer(200, "404.html", b"Nothing.")}
    answer = find("nowhere/", pages.get)
    assert (answer.status, answer.body) == (404, b"Nothing.")


def test_a_folder_without_its_slash_is_sent_there() -> None:
    assert find("a/b", {"a/b/index.html": Answer(200)}.get).elsewhere == "b/"


@pytest.mark.parametrize(
    ("name", "fresh"),
    [
        ("pelicanconf.py", True),
        ("plugins/mine/card.html", True),
        ("theme/languages/en.toml", True),
        ("content/data/followers.toml", False),
        ("content/posts/may.md", False),
        ("theme/templates/base.html", False),
        ("theme/static/css/harvest.css", False),
    ],
)
def test_what_python_reads_once_calls_for_a_fresh_start(name: str, fresh: bool) -> None:
    root = Path("/site")
    asked = needs_a_fresh_start(root / name, content=root / "content", plugins=[root / "plugins"])
    assert asked is fresh


def test_a_file_is_read_once_until_its_bytes_change(tmp_path: Path) -> None:
    path, readings, read = tmp_path / "may.md", Readings(), []

    def reading() -> tuple[str, dict[str, list[str]]]:
        read.append(path.read_text())
        return read[-1], {"tags": ["a"]}

    for text in ("one", "one", "two", "two"):
        path.write_text(text)
        content, metadata = readings.get(object, str(path), reading)
        assert (content, metadata) == (text, {"tags": ["a"]})
        metadata["tags"].append("spoiled")
    assert read == ["one", "two"]


def test_a_browser_that_comes_late_is_told_the_same_state() -> None:
    screens = Screens()
    screens.show_pages(3, [Mistake("a.md", 1, "wrong")])
    screens.hold([Mistake("a.md", 2, "worse")])
    state = screens.state
    assert next(screens.news(0)) is state
    assert (state.pages, state.held, str(state.mistakes[0])) == (3, True, "a.md:2: worse")


def test_what_is_found_later_is_told_once() -> None:
    screens = Screens()
    screens.show_pages(3, [Mistake("a.md", 1, "wrong")])
    screens.add([Mistake("a.md", 1, "wrong"), Mistake("b.md", 1, "wrong")])
    assert [mistake.path for mistake in screens.state.mistakes] == ["a.md", "b.md"]


def test_addresses_are_known_while_a_browser_shows_them() -> None:
    screens = Screens()
    with screens.open("/may/"):
        assert screens.addresses == ("/may/",)
    assert screens.addresses == ()
