"""The checker of what a browser shows finds each thing it is there to find."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from checks import screen
from checks.builders import page, site, strict
from checks.screen import Visit, visit
from server import serving


@contextmanager
def seen(browser, folder: Path, files: dict[str, str], **context) -> Iterator[Visit]:
    """The home page of a small site in the browser."""
    with serving(site(folder, files).folder) as home, visit(browser, home, "/", **context) as here:
        yield here


def test_a_right_page_has_no_fault(browser, tmp_path: Path) -> None:
    """A page that is right is left alone."""
    files = strict(
        '<p>Words and <a href="/">a link</a>.</p>', ":focus-visible { outline: 2px solid }"
    )
    with seen(browser, tmp_path, files, width=320) as here:
        assert here.told() == []
        assert screen.axe_faults(here.page) == []
        assert screen.sideways(here.page) == []
        assert screen.unseen_focus(here.page) == []


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<script>1</script>", "policy: script-src-elem refused inline"),
        ('<p style="color: red">Red.</p>', "policy: style-src-attr refused inline"),
        ("<style>p { color: red }</style>", "policy: style-src-elem refused inline"),
        ('<img src="/no.png" alt="">', "answered 404"),
        ('<img src="/no.png" alt="">', "picture "),
        ('<img src="http://127.0.0.2:9/a.png" alt="">', "policy: img-src refused"),
    ],
)
def test_what_the_policy_or_the_console_refuses_is_told(
    browser, tmp_path: Path, body: str, fault: str
) -> None:
    """Nothing that a browser complains of is missed."""
    with seen(browser, tmp_path, strict(body)) as here:
        assert any(told.startswith(fault) for told in here.told())


def test_a_request_to_another_host_is_told(browser, tmp_path: Path) -> None:
    """Where no policy forbids it, the request itself is the fault."""
    with seen(
        browser, tmp_path, {"index.html": page('<img src="http://127.0.0.2:9/" alt="">')}
    ) as here:
        assert "asked another host: http://127.0.0.2:9/" in here.told()


def test_a_picture_far_below_is_waited_for(browser, tmp_path: Path) -> None:
    """A lazy picture beyond the window is fetched and judged like any other."""
    lazy = '<p class="far">Far.</p><img loading="lazy" src="/no.png" alt="">'
    with seen(browser, tmp_path, strict(lazy, ".far { height: 9000px }")) as here:
        assert any(told.startswith("picture ") for told in here.told())


@pytest.mark.parametrize(
    ("body", "css", "fault"),
    [
        ("<p>Pale.</p>", "p { color: #aaa; background: #fff }", "color-contrast"),
        ('<img src="/" width="1" height="1">', "", "image-alt"),
        ('<p><a href="/">a</a> <a href="/">b</a></p>',
         "a { display: inline-block; width: 9px; height: 9px }", "target-size"),
    ],
)  # fmt: skip
def test_what_some_readers_could_not_use_is_told(
    browser, tmp_path: Path, body: str, css: str, fault: str
) -> None:
    """Axe runs with its rule for tap targets too."""
    with seen(browser, tmp_path, strict(body, css)) as here:
        assert any(told.startswith(fault) for told in screen.axe_faults(here.page))


def test_a_page_that_scrolls_sideways_is_told(browser, tmp_path: Path) -> None:
    """With what makes it so wide; what scrolls inside its own box is fine."""
    wide = strict("<p>Wide.</p>", "p { width: 500px; margin: 0 }")
    with seen(browser, tmp_path, wide, width=320) as here:
        assert "the page scrolls sideways at 320" in screen.sideways(here.page)
    boxed = strict("<div><p>Wide.</p></div>", "div { overflow-x: auto } p { width: 500px }")
    with seen(browser, tmp_path, boxed, width=320) as here:
        assert screen.sideways(here.page) == []


def test_a_focus_that_cannot_be_seen_is_told(browser, tmp_path: Path) -> None:
    """Each stop of the Tab key is named by what it is."""
    files = strict(
        '<a href="/">Seen</a> <a class="x" href="/">Not</a>', ".x:focus { outline: none }"
    )
    with seen(browser, tmp_path, files) as here:
        assert screen.unseen_focus(here.page) == ['a "Not"']


def test_a_colour_is_what_the_browser_paints(browser, tmp_path: Path) -> None:
    """Knobs and mixtures included."""
    css = ":root { --ink: color-mix(in srgb, #000 50%, #fff) }"
    with seen(browser, tmp_path, strict("<p>Grey.</p>", css)) as here:
        assert screen.colour(here.page, "var(--ink)") == (128, 128, 128)
