"""The checker of one page finds each thing it is there to find."""

from __future__ import annotations

import pytest

from checks import markup
from checks.builders import page


def test_a_right_page_has_no_fault() -> None:
    """A page that is right is left alone."""
    assert markup.faults(page('<p id="a">A <a href="/">link</a>.</p>')) == []


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        (page("<p>open <b>bold</p>"), "line 1:"),
        (page("<table><p>not here</p></table>"), "line 1:"),
        (page("<div/>"), "line 1:"),
        (page("&nosuch;"), "line 1:"),
        (page("<p>one</p>").removeprefix("<!doctype html>"), "line 1:"),
        (page('<p id="a">1</p><p id="a">2</p>'), 'id "a" stands 2 times'),
        (page().replace(' lang="en"', ""), "no language"),
        (page().replace("A page</title>", "</title>"), "no title"),
        (page("<h1>Again</h1>"), "not exactly one h1"),
        (page().replace("main>", "div>"), "not exactly one main"),
        (page('<img src="a.png" width="1" height="1">'), "a picture without alt"),
        (page('<img src="a.png" alt="A">'), "a picture without its size"),
        (page("<h2> </h2>"), "an empty heading"),
    ],
)
def test_a_fault_of_a_page_is_told(html: str, fault: str) -> None:
    """Whatever is wrong with a page is told, and nothing else."""
    found = markup.faults(html)
    assert found
    assert all(told.startswith(fault) for told in found)
