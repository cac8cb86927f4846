"""Excerpts: by hand or by rule, plain and whole."""

from __future__ import annotations

import html5lib
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from blogs import build, post
from weblog import prose
from weblog.excerpts import excerpt, shortened

CARD = (
    '<!--insight k--><section class="insight" id="insight-a"><p class="observation">Machine.</p>'
    '<div class="reading"><p>Reading.</p></div></section><!--/insight-->'
)
SAID = CARD.replace(
    "<p>Reading.</p>",
    "<h3>Reading</h3><!--reading--><p>I <em>say</em>.</p><div>so<!--/reading--><p>Other.</p>",
)
NOTE = '<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup>'
RULE = [
    ("<p>One.</p><p>Two.</p>", "<p>One.</p>\n<p>Two.</p>"),
    (f"{CARD}<p>After.</p>", "<p>After.</p>"),
    (f"<p>Before.</p>{CARD}", "<p>Before.</p>"),
    (f"{SAID}<p>After.</p>", "<p>I <em>say</em>.</p>\n<p>so</p>\n<p>After.</p>"),
    ("<!--reading--><p>x</p><!--/reading--><p>y</p>", "<p>x</p>\n<p>y</p>"),
    (f"<p>A word{NOTE} noted.</p>", "<p>A word noted.</p>"),
    ('<div class="footnote"><hr><ol><li id="fn:1"><p>Note.</p></li></ol></div>', ""),
    ("<pre><code>code</code></pre><table><tr><td><p>cell</p></td></tr></table>", ""),
    ('<figure><img src="a"><figcaption>c</figcaption></figure><p>x</p>', "<p>x</p>"),
    ('<p><img src="a" alt="b"></p><p>x</p>', "<p>x</p>"),
    ('<h2 id="a">Heading</h2><p id="b">x</p>', "<p>x</p>"),
    ("<ul><li>item</li></ul><blockquote><p>said</p></blockquote><p>x</p>", "<p>x</p>"),
    ("<p>As this shows:</p><p>x</p>", "<p>As this shows:</p>\n<p>x</p>"),
    ("<p>x</p><p>As this shows:</p><p>y</p>", "<p>x</p>\n<p>y</p>"),
    ('<p><a href="{filename}a.md" class="c">l</a></p>', '<p><a href="{filename}a.md">l</a></p>'),
    ('<p><a href="#there">there</a></p>', "<p>there</p>"),
    ('<p>an <abbr title="A &amp; B">AB</abbr></p>', '<p>an <abbr title="A &amp; B">AB</abbr></p>'),
    ("<p><em>a</em><em>b</em></p>", "<p><em>a</em><em>b</em></p>"),
    ("<p>a<br>b</p>", "<p>a b</p>"),
    ("<p>1 &lt; 2 &amp; 3\u00a0%</p>", "<p>1 &lt; 2 &amp; 3\u00a0%</p>"),
    ("loose words", "<p>loose words</p>"),
    ("<p>unclosed <b>bold", "<p>unclosed <b>bold</b></p>"),
    ("", ""),
]


def made(html: str, summary: str | None = None, words: int = 50) -> str:
    return prose.html(excerpt(html, summary, words))


@pytest.mark.parametrize(("text", "expected"), RULE)
def test_the_first_paragraphs_of_prose_are_taken(text, expected):
    assert made(text) == expected


def test_whole_sentences_are_taken_while_there_is_room():
    text = "<p>One two three. Four <em>five six. Seven eight</em> nine.</p>"
    assert made(text, words=6) == "<p>One two three. Four <em>five six.</em></p>"


def test_no_second_paragraph_is_begun_that_does_not_fit():
    assert made("<p>One two.</p><p>Three four five six.</p>", words=4) == "<p>One two.</p>"


def test_a_long_first_sentence_is_kept_whole_up_to_twice_the_room():
    assert made("<p>One two three four. Five.</p>", words=2) == "<p>One two three four.</p>"


def test_a_first_sentence_beyond_that_is_cut_at_a_word():
    assert made("<p>One two three four five, six.</p>", words=2) == "<p>One two…</p>"


PIECES = ["<p>", "</p>", "words ", "&amp", ";", "<!-- ", "-->", "<b>", "</b>", "<ul><li>", "</ul>"]


@given(st.lists(st.sampled_from([*PIECES, "<script>", "</script>", '<a title="', '">'])))
def test_a_text_read_step_by_step_is_the_text(pieces):
    html, whole = "".join(pieces), prose._Reader()
    whole.feed(html)
    whole.close()
    assert prose.read(html).runs == tuple(whole.runs)


@pytest.mark.parametrize("mark", ["<!-- more -->", "<!--more-->", "<!more>"])
def test_a_cut_by_hand_is_seen_however_it_is_written(mark):
    assert made(f"<p>One.</p>{mark}<p>Two.</p>") == "<p>One.</p>"


def test_a_line_more_ends_an_excerpt_by_hand():
    text = "<p>One.</p><ul><li>a</li><li>b</li></ul>\n<!-- more -->\n<p>Two.</p>"
    assert made(text) == "<p>One.</p>\n<ul><li>a</li><li>b</li></ul>"


def test_more_within_a_paragraph_closes_what_is_open():
    assert made("<p>One <b>two <!-- more --> three</b>.</p>") == "<p>One <b>two </b></p>"


def test_a_summary_by_hand_is_stronger_than_all():
    assert made("<p>One.</p><!-- more -->", summary="<p>By <em>hand</em>.</p>") == (
        "<p>By <em>hand</em>.</p>"
    )


LETTERS = st.text(st.characters(exclude_categories=["Cc", "Cn", "Cs"]))
TAGS = st.sampled_from(["p", "em", "div", "ul", "li", "blockquote", "pre", "section", "a"])


@example(("p", ("li", "0", ""), ""))
@given(st.recursive(LETTERS, lambda inner: st.tuples(TAGS, inner, inner)))
def test_an_excerpt_is_valid_html_whatever_the_text(tree):
    html5lib.HTMLParser(strict=True).parseFragment(made(written(tree)))


@given(st.text())
def test_plain_text_keeps_its_words(text):
    words = " ".join(text.replace("<", "").replace("&", "").split())
    assert len(shortened(words, 40)) <= 40


def written(tree) -> str:
    if isinstance(tree, str):
        return tree.replace("&", "&amp;").replace("<", "&lt;")
    tag, before, after = tree
    return f"<{tag} id='x' class='y'>{written(before)}</{tag}>{written(after)}"


def test_links_of_an_excerpt_are_resolved_on_each_page(tmp_path):
    """Also where addresses are relative: the same excerpt stands on pages of unlike depth."""
    blog = build(
        tmp_path,
        {"a.md": post("See [b]({filename}b.md)."), "b.md": post("B.", date="2025-03-02")},
        {"index.html": "{{ articles[0].summary }}", "tag.html": ""},
        RELATIVE_URLS=True,
        CATEGORY_SAVE_AS="category/{slug}/index.html",
    )
    assert blog.text("index.html") == '<p>See <a href="./2025/03/b/">b</a>.</p>'


def test_a_post_has_a_description_in_plain_words(tmp_path):
    blog = build(tmp_path, {"a.md": post("One *two* & three[^1].\n\n[^1]: Note.")})
    assert blog.post("a").description == "One two & three."


def test_a_description_in_the_header_stays(tmp_path):
    blog = build(tmp_path, {"a.md": post("One.", description="By hand")})
    assert blog.post("a").description == "By hand"


def test_an_excerpt_is_markup_and_needs_no_safe(tmp_path):
    blog = build(tmp_path, {"a.md": post("1 < 2")}, {"index.html": "{{ articles[0].summary }}"})
    assert blog.text("index.html") == "<p>1 &lt; 2</p>"
