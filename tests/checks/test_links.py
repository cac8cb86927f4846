"""The checker of links finds dead ends, wrong places and whatever comes from elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from checks import links
from checks.builders import page, site

RIGHT = {
    "index.html": page(
        '<a href="/a/#here">A</a><a href="a/">A</a><a href="https://blog.example/a/?x=1">A</a>'
        '<a href="https://elsewhere.example/">out</a><a href="mailto:a@b.example">post</a>'
        '<a href="#">top</a><img src="/p.svg" srcset="/p.svg 1x, /p%C3%BC.svg 2x" alt="">'
    ),
    "a/index.html": page('<p id="here">Here.</p><a href="../">back</a><a href="#here">here</a>'),
    "p.svg": "<svg/>",
    "pü.svg": "<svg/>",
}


def test_a_right_site_has_no_dead_link(tmp_path: Path) -> None:
    """Links by root, by folder, with address, query, fragment and umlaut all hold."""
    assert links.faults(site(tmp_path, RIGHT)) == []


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ('<a href="/b/">B</a>', "/: nothing at /b/"),
        ('<a href="/a">A</a>', "/: nothing at /a"),
        ('<a href="/A/">A</a>', "/: nothing at /A/"),
        ('<a href="/../../a/b/">A</a>', "/: nothing at /../../a/b/"),
        ('<a href="https://blog.example/b/">B</a>', "/: nothing at https://blog.example/b/"),
        ('<a href="/a/#there">A</a>', "/: no place #there at /a/#there"),
        ('<a href="#there">A</a>', "/: no place #there at #there"),
        ('<img src="/q.svg" alt="">', "/: nothing at /q.svg"),
        ('<img src="/p.svg" srcset="/p.svg 1x, /q.svg 2x" alt="">', "/: nothing at /q.svg"),
        (
            '<picture><source srcset="q.svg"><img src="/p.svg" alt=""></picture>',
            "/: nothing at q.svg",
        ),
    ],
)
def test_a_dead_link_is_told_with_its_page(tmp_path: Path, body: str, fault: str) -> None:
    """A link to nothing, to another case, to a folder without its slash, to no such place."""
    assert links.faults(site(tmp_path, {**RIGHT, "index.html": page(body)})) == [fault]


@pytest.mark.parametrize(
    "html",
    [
        page('<img src="https://cdn.example/a.png" alt="">'),
        page('<img src="//cdn.example/a.png" alt="">'),
        page('<img src="/p.svg" srcset="/p.svg 1x, https://cdn.example/a.png 2x" alt="">'),
        page('<script src="https://cdn.example/a.js"></script>'),
        page('<iframe src="https://cdn.example/"></iframe>'),
        page('<video poster="https://cdn.example/a.png"></video>'),
        page('<object data="https://cdn.example/a.swf"></object>'),
        page('<svg><use href="https://cdn.example/a.svg#i"></use></svg>'),
        page('<p style="background: url(https://cdn.example/a.png)">A</p>'),
        page(head="<style>@import 'https://cdn.example/a.css';</style>"),
        page(head='<link rel="stylesheet" href="https://cdn.example/a.css">'),
        page(head='<link rel="preconnect" href="https://cdn.example">'),
        page(head='<link rel="Shortcut Icon" href="https://cdn.example/i.ico">'),
    ],
)
def test_whatever_loads_from_elsewhere_is_told(tmp_path: Path, html: str) -> None:
    """Pictures, scripts, frames, styles and hints of another host are all loads."""
    found = links.foreign_loads(site(tmp_path, {**RIGHT, "index.html": html}))
    assert len(found) == 1
    assert "cdn.example" in found[0]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.css", "p { background: url( 'https://cdn.example/a.png' ) }"),
        ("a.css", '@import "//cdn.example/a.css";'),
        ("p.svg", '<svg><image href="https://cdn.example/a.png"/></svg>'),
        ("p.svg", "<svg><style>@font-face { src: url(https://cdn.example/f) }</style></svg>"),
    ],
)
def test_stylesheets_and_pictures_load_nothing_from_elsewhere_either(
    tmp_path: Path, name: str, text: str
) -> None:
    """A file that a page loads may itself load; that is told with the file's address."""
    found = links.foreign_loads(site(tmp_path, {**RIGHT, name: text}))
    assert [fault.split(":")[0] for fault in found] == [f"/{name}"]


def test_links_out_and_what_is_inside_are_no_loads(tmp_path: Path) -> None:
    """A link is no load, nor is a picture in its own address, nor a commented-out rule."""
    css = "/* url(https://cdn.example/) */ p { background: url(data:image/png;base64,AA==) }"
    assert links.foreign_loads(site(tmp_path, {**RIGHT, "a.css": css})) == []


def test_the_404_page_may_not_use_relative_addresses() -> None:
    """It is shown at any depth, where `a/` leads elsewhere each time."""
    html = page('<a href="/a/">1</a><a href="a/">2</a><a href="https://b.example/">3</a>')
    assert links.relative_on_404(html) == ["/404.html: a/"]
