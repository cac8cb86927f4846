"""Notes stand where they are called, once; what is wide can be reached; nothing is lost."""

from __future__ import annotations

import html5lib
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from weblog.page_text import notes_beside, page_text

WORDS = st.text("abc é<&*_", min_size=1, max_size=12)


def written(text: str) -> str:
    """Markdown as a post writes it."""
    return Markdown(extensions=["extra", "codehilite"], output_format="html").convert(text)


def page(text: str) -> str:
    """The text of a page, parsed strictly on the way."""
    made = str(page_text(written(text)))
    html5lib.HTMLParser(strict=True).parseFragment(made)
    return made


def test_a_note_moves_to_where_it_is_called_and_the_list_goes() -> None:
    """The number leads to it on a small screen, and it leads back."""
    assert page("Said.[^1]\n\n[^1]: *So* it is.") == (
        '<p>Said.<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup>'
        '<span class="note" id="fn:1" role="note"><span><sup>1</sup> <em>So</em> it is.</span>'
        '<a class="back" href="#fnref:1">↩</a></span></p>\n'
    )


def test_a_note_of_two_paragraphs_moves_as_two_lines() -> None:
    """A span may stand in a paragraph, another paragraph may not."""
    made = page("Said.[^1]\n\n[^1]: One.\n\n    Two.")
    assert "<span><sup>1</sup> One.</span><span>Two.</span>" in made


def test_a_note_called_twice_stands_at_the_first_call() -> None:
    """The second call leads to it."""
    made = page("One.[^1] Two.[^1]\n\n[^1]: It.")
    assert made.count('id="fn:1"') == 1
    assert made.index('id="fn:1"') < made.index("Two.")


def test_a_note_with_a_list_stays_at_the_end_with_its_number() -> None:
    """More than phrases cannot stand in a paragraph."""
    made = page("One.[^1] Two.[^2]\n\n[^1]: It.\n[^2]: These:\n\n    - a\n")
    assert '<li value="2" id="fn:2">' in made
    assert 'id="fn:1" role="note"' in made


def test_a_note_called_from_a_heading_or_a_table_stays_at_the_end() -> None:
    """It would be read as part of the heading, and cut off in a box that scrolls."""
    made = page("## A[^1]\n\na | b\n--|--\n1[^2] | 2\n\n[^1]: One.\n[^2]: Two.")
    assert 'class="note"' not in made
    assert made.count("<li ") == 2


def test_a_text_without_notes_is_left_as_it_is() -> None:
    """Letter by letter."""
    html = written("# A\n\nText with *words*.\n\n- a\n- b")
    assert notes_beside(html) == html == str(page_text(html))


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=5))
def test_no_word_is_lost_and_no_id_is_given_twice(notes: list[tuple[str, str]]) -> None:
    """Whatever is written in the text and in its notes."""
    text = "\n\n".join(f"x{said}[^{n}]" for n, (said, _) in enumerate(notes))
    text += "\n\n" + "\n".join(f"[^{n}]: y{note}" for n, (_, note) in enumerate(notes))
    before, after = written(text), str(page_text(written(text)))
    assert {f"fn:{n}" for n in range(len(notes)) if f'id="fn:{n}"' in before} == {
        f"fn:{n}" for n in range(len(notes)) if after.count(f'id="fn:{n}"') == 1
    }


def test_a_wide_table_gets_a_box_that_keys_can_reach() -> None:
    """Each has a name of its own for those who listen."""
    table = "a | b | c\n--|--|--\n1 | 2 | 3"
    made = page(f"{table}\n\nText\n\n{table}")
    for name in ("Table 1", "Table 2"):
        assert f'<div class="table" role="region" aria-label="{name}" tabindex="0"><table>' in made


def test_a_table_of_two_columns_needs_no_box() -> None:
    """It fits on a phone."""
    assert 'role="region"' not in page("a | b\n--|--\n1 | 2")


def test_a_table_that_has_a_box_gets_no_second() -> None:
    """The receipt of a card brings its own."""
    table = written("a | b | c\n--|--|--\n1 | 2 | 3")
    html = f'<div class="table" tabindex="0">\n{table}\n</div>'
    assert str(page_text(html)).count("tabindex") == 1


def test_the_alignment_of_a_column_is_a_class() -> None:
    """The policy refuses style in the page."""
    made = page("a | b\n--|--:\n1 | 2")
    assert "style=" not in made
    assert '<td class="right">2</td>' in made


def test_code_with_long_lines_can_be_reached_by_keys() -> None:
    """Short code needs no stop of the Tab key."""
    assert '<pre tabindex="0">' in page("    " + "long " * 12)
    assert "tabindex" not in page("    short")
