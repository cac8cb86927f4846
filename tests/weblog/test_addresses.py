"""Absolute addresses in HTML."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weblog.addresses import absolute

BASE = "https://blog.example/2025/03/post/"

CASES = [
    ('<a href="/about/">', '<a href="https://blog.example/about/">'),
    ('<a href="../other/">', '<a href="https://blog.example/2025/03/other/">'),
    ('<a href="#fn:1">', f'<a href="{BASE}#fn:1">'),
    ("<a href=/about/>", '<a href="https://blog.example/about/">'),
    ("<a href='/a?b=1&amp;c=2'>", '<a href="https://blog.example/a?b=1&amp;c=2">'),
    ('<A HREF="/a">', '<A HREF="https://blog.example/a">'),
    ('<img src="a.png" alt="x"/>', f'<img src="{BASE}a.png" alt="x"/>'),
    ('<video poster="/p.jpg">', '<video poster="https://blog.example/p.jpg">'),
    (
        '<img srcset="a.png 1x, /b.png 2x">',
        f'<img srcset="{BASE}a.png 1x, https://blog.example/b.png 2x">',
    ),
    ('<a href="//other.example/x">', '<a href="https://other.example/x">'),
]
UNTOUCHED = [
    '<a href="https://other.example/#">',
    "<a href='mailto:a@b.example'>",
    '<img src="data:image/png;base64,AA==">',
    '<p title="href=/a src=/b">AT&T <!-- <a href="/x"> --> 1 < 2 &copy</p>',
    '<pre>&lt;a href="/x"&gt;</pre>',
    '<script>"<a href=/x>"</script>',
    '<a href="http://[">',
    "<!--insight ab12--><p>x</p><!--/insight-->",
]


@pytest.mark.parametrize(("written", "resolved"), CASES)
def test_an_address_is_resolved_as_a_browser_would(written, resolved):
    assert absolute(written, BASE) == resolved


@pytest.mark.parametrize("html", UNTOUCHED)
def test_what_is_no_relative_address_stays_byte_for_byte(html):
    assert absolute(html, BASE) == html


def test_tags_on_later_lines_are_found():
    assert (
        absolute('<p>a\nä\n<a\nhref="/x">', BASE) == '<p>a\nä\n<a\nhref="https://blog.example/x">'
    )


@given(st.lists(st.sampled_from([*UNTOUCHED, *[case[0] for case in CASES], "\n", "a<b", "&", '"'])))
def test_doing_it_twice_changes_nothing(pieces):
    once = absolute("".join(pieces), BASE)
    assert absolute(once, BASE) == once


@given(st.text())
def test_any_text_comes_through(text):
    absolute(text, BASE)
