"""What an author may write in Markdown, with the settings of a Harvest site."""

from __future__ import annotations

import copy

import pytest
from markdown import Markdown

from harvest import defaults

LINKED = (
    '<figure><a href="b.png"><img alt="A" src="a.png"></a><figcaption>Cap</figcaption></figure>'
)
FIGURES = [
    ('![A](a.png "Cap")', '<figure><img alt="A" src="a.png"><figcaption>Cap</figcaption></figure>'),
    (
        '[![A](a.png "Cap")](b.png)',
        LINKED,
    ),
    ("![A](a.png)", '<p><img alt="A" src="a.png"></p>'),
    ('Words ![A](a.png "T").', '<p>Words <img alt="A" src="a.png" title="T">.</p>'),
    (
        '![A](a.png "1 < 2 & 3")',
        '<figure><img alt="A" src="a.png"><figcaption>1 &lt; 2 &amp; 3</figcaption></figure>',
    ),
]


def html(text: str) -> str:
    """As Pelican's reader would have it."""
    settings = copy.deepcopy(defaults.MARKDOWN)
    return Markdown(extensions=list(settings["extension_configs"]), **settings).convert(text)


@pytest.mark.parametrize(("text", "expected"), FIGURES)
def test_a_picture_alone_with_a_title_is_a_figure(text, expected):
    assert html(text).replace("\n", "") == expected


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("A[^1]\n\n[^1]: Note.", 'title="Back to footnote 1 in the text"'),
        ("| a |\n|---|\n| b |", "<table>"),
        (
            "```python\nx = 1\n```",
            '<div class="highlight"><pre><span></span><code><span class="n">',
        ),
        ("AB\n\n*[AB]: A B", '<abbr title="A B">AB</abbr>'),
        ("## Größe\n\n[TOC]", '<h2 id="größe">Größe</h2>'),
        ("[TOC]\n\n## One", '<a href="#one">One</a>'),
        ("Term\n: Meaning", "<dt>Term</dt>"),
    ],
)
def test_every_kind_of_text_is_read(text, part):
    assert part in html(text)


def test_code_is_coloured_by_classes_alone():
    assert "style=" not in html("```python\ndef f(): pass\n```")
