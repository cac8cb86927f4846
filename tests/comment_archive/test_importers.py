"""What every importer gives: each trap of a format is a fixture, each law a round trip."""

from __future__ import annotations

import re
import tracemalloc
from collections.abc import Iterator
from datetime import datetime
from html import unescape
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

import old_blogs
from comment_archive.errors import Unimportable
from comment_archive.importers import BY_NAME, choose
from comment_archive.model import About, Attached, Entry, Item, Left, Said
from old_blogs import DAY, Posted, Spoken, moment
from tests.comment_archive import fuzz

FIXTURES = Path(__file__).parent / "fixtures"
EVERY = sorted(path for path in FIXTURES.glob("*/*.*"))


def items(name: str) -> list[Item]:
    """The items of a fixture, read by the importer that recognises it."""
    path = FIXTURES / name
    return list(BY_NAME[choose(path)].read(path))


def entries(name: str) -> list[Entry]:
    return [one for one in items(name) if isinstance(one, Entry)]


def only(name: str) -> Entry:
    (entry,) = entries(name)
    return entry


def comments(name: str) -> list[Said]:
    return [said for entry in entries(name) for said in entry.comments]


def left(name: str) -> list[str]:
    return [one.what for one in items(name) if isinstance(one, Left)]


def words(name: str) -> list[str]:
    return [one.words.text for one in comments(name)]


def plain(markup: str) -> str:
    return LexborHTMLParser(markup).text(deep=True).strip()


# --- every format -----------------------------------------------------------------------------


@pytest.mark.parametrize("path", EVERY, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_a_file_is_known_by_what_is_in_it(path: Path):
    assert choose(path) == path.parent.name


@pytest.mark.parametrize(
    "path", sorted(FIXTURES.glob("*/refused_*")), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_what_cannot_be_read_is_told_on_one_line(path: Path):
    with pytest.raises(Unimportable) as told:
        list(BY_NAME[choose(path)].read(path))
    assert str(told.value).startswith(str(path))
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    "path",
    [path for path in EVERY if not path.stem.startswith("refused_")],
    ids=lambda path: f"{path.parent.name}-{path.name}",
)
def test_no_mail_or_ip_address_is_handed_on(path: Path):
    read = repr(list(BY_NAME[choose(path)].read(path)))
    assert "mail.example.org" not in read
    assert "192.0.2." not in read
    assert "198.51.100." not in read


@pytest.mark.parametrize("text", ["", "  \n", "Only words.", "<svg></svg>", '{"a": 1}'])
def test_a_file_of_no_known_kind_is_refused(tmp_path: Path, text: str):
    path = tmp_path / "x"
    path.write_text(text)
    with pytest.raises(Unimportable):
        choose(path)


def test_a_file_that_is_not_there_is_told_on_one_line(tmp_path: Path):
    with pytest.raises(Unimportable, match="No such file"):
        choose(tmp_path / "none.txt")


# --- Movable Type -----------------------------------------------------------------------------


def test_an_old_typepad_page_comes_out_whole():
    before, page, after = entries("movable_type/old_typepad_page.txt")
    assert (before.slug, after.slug) == ("a-jar-for-every-visitor", "what-the-rain-brought-in")
    assert page.title == "Nine hundred visitors, and then?"
    assert page.moment == datetime(2009, 4, 16, 9, 41)
    assert page.categories == ("Counting", "Reading rooms")
    assert page.guid == page.address
    assert page.keywords == "visitors, numbers"
    assert page.excerpt.text == "One number, and what it leaves out."
    assert [one.author for one in page.comments] == ["Oskar Tillman", "", "Petra Vogelsang", ""]
    assert page.comments[2].words.text.count("\n\n") == 3
    assert "\n2. how many left with a book\n" in page.comments[2].words.text


def test_the_blog_is_known_by_the_addresses_of_its_posts():
    about = items("movable_type/old_typepad_page.txt")[0]
    assert isinstance(about, About)
    assert about.address == "http://lanternlibrary.example.net/notes/"
    assert "http://lanternlibrary.example.net/notes/atom.xml" in about.feeds


def test_a_line_of_dashes_may_stand_in_a_comment():
    assert words("movable_type/dashes_in_a_comment.txt") == [
        "On the sign:\n\n-----\nMind the step.\n-----\nNobody does.",
        "-----",
    ]


def test_a_heading_underlined_with_dashes_ends_no_post():
    first, second = entries("movable_type/dashes_in_markdown.txt")
    assert first.body.text == "Shelves\n--------\n\n* one\n\n-----\n\nBelow the rule."
    assert (first.body.form, second.title) == ("markdown", "The next")


def test_lines_like_metadata_stay_in_their_text():
    body = only("movable_type/lines_like_metadata.txt").body.text
    assert body.splitlines()[3:6] == ["-----", "folded twice", "--------"]


def test_a_comment_needs_no_name():
    assert [one.author for one in comments("movable_type/no_author.txt")] == ["", "", ""]
    assert words("movable_type/no_author.txt")[2] == "No field at all."


def test_words_that_look_like_a_field_are_words():
    first, second, third = comments("movable_type/words_like_fields.txt")
    assert first.words.text.startswith("NOTA BENE: the lift")
    assert first.words.text.endswith("\n\nAUTHOR: that is what the card says.")
    assert second.words.text == "AUTHOR: is the first word of this comment."
    assert (third.author, third.title) == ("Petra Vogelsang", "In another order")
    assert third.words.text == "After an empty line."


def test_dates_are_read_with_and_without_halves_of_the_day():
    found = [
        entry.moment and entry.moment.isoformat() for entry in entries("movable_type/dates.txt")
    ]
    assert found == [
        "2008-02-29T23:00:00",
        "2007-01-02T09:08:07",
        "2069-03-04T00:00:00",
        "1970-03-04T12:00:00",
        "2009-12-31T23:59:59",
        "2010-05-06T00:00:00",
        "2011-07-08T09:10:11",
        None,
        None,
        None,
    ]
    assert left("movable_type/dates.txt") == [
        'the date "02/30/2008 10:00:00"',
        'the date "some day in May"',
    ]


def test_what_was_not_published_says_so():
    found = [entry.status for entry in entries("movable_type/states.txt")]
    assert found == ["published", "draft", "future", "pending", "published", "draft"]
    assert left("movable_type/states.txt") == ['the status "Hidden"']


def test_line_breaks_are_converted_as_the_post_says():
    found = [entry.body.form for entry in entries("movable_type/line_breaks.txt")]
    assert found == [
        "html", "lines", "lines", "markdown", "markdown", "textile", "html", "lines",
    ]  # fmt: skip


def test_categories_and_tags_keep_their_commas_and_quotes():
    entry = only("movable_type/categories_and_tags.txt")
    assert entry.category == "Maps & plans"
    assert entry.categories == ("Maps & plans", "Drains", "Q&A: your letters")
    assert entry.tags == ("rain, heavy", "maps", '7" ruler', "new year")
    assert left("movable_type/categories_and_tags.txt") == ['the line "SHELF: third from the left"']


def test_a_file_that_stops_gives_what_it_has():
    assert words("movable_type/cut_short.txt") == ["The file stops in the middle of a"]


def test_a_trackback_has_the_name_of_its_blog():
    (ping,) = comments("movable_type/pings.txt")
    assert (ping.kind, ping.author, ping.title) == ("trackback", "The Weir", "On beans & jars")


@pytest.mark.parametrize(
    ("name", "title", "said"),
    [
        ("windows_1252_crlf", "“Quoted” café", "It’s €5 – naïve…"),
        ("latin_1", "Grüße", "Señor, ça va?"),
        (
            "mixed_encodings",
            "Mixed",
            "In UTF-8: the café’s “door” ☕\nAnd again the café’s “window”.",
        ),
        ("utf_8_with_mark", "With a mark", "Words."),
        ("utf_16", "Wide letters", "Noël & 東京"),
        ("old_mac", "Old line ends", "Two\nlines."),
        ("other_line_breaks", "Lines", "One\u2028line\x85with\x0cbreaks\x1cthat are none."),
        ("junk_before", "After junk", "Words."),
    ],
)
def test_letters_and_lines_are_read_as_they_were_meant(name: str, title: str, said: str):
    entry = only(f"movable_type/{name}.txt")
    assert (entry.title, [one.words.text for one in entry.comments]) == (title, [said])


# --- WordPress --------------------------------------------------------------------------------


def test_answers_know_their_parents_in_the_bin_too():
    found = [(one.id, one.parent) for one in comments("wordpress/threads.xml")]
    assert found == [("1", ""), ("2", "1"), ("3", "2"), ("4", "3"), ("5", ""), ("6", "5")]


def test_each_comment_keeps_its_state_and_kind():
    found = [(one.state, one.kind) for one in comments("wordpress/states_and_kinds.xml")]
    assert found == [
        ("approved", "comment"),
        ("held", "comment"),
        ("spam", "comment"),
        ("deleted", "comment"),
        ("deleted", "comment"),
        ("approved", "pingback"),
        ("approved", "trackback"),
        ("approved", "comment"),
        ("held", "comment"),
        ("held", "comment"),
    ]
    assert comments("wordpress/states_and_kinds.xml")[5].author == "Mill » Archive"
    assert left("wordpress/states_and_kinds.xml") == ['the comment type "order_note"']


def test_a_password_is_dropped_and_what_lay_in_the_bin_is_named():
    read = items("wordpress/statuses.xml")
    found = [(one.kind, one.status) for one in read if isinstance(one, Entry)]
    assert found == [
        ("post", "published"),
        ("post", "draft"),
        ("post", "pending"),
        ("post", "private"),
        ("post", "future"),
        ("post", "protected"),
        ("page", "published"),
        ("page", "published"),
    ]
    assert "SESAME" not in repr(read)
    assert left("wordpress/statuses.xml") == [
        "a password",
        'post 7 "In the bin" with 1 comment',
        'nav_menu_item 9 "Menu"',
    ]


def test_a_draft_has_the_local_day_where_the_other_is_noughts():
    draft = entries("wordpress/statuses.xml")[1]
    assert (draft.slug, draft.moment) == ("", datetime(2011, 5, 3, 9))


def test_noughts_and_the_year_minus_one_are_no_date():
    entry = only("wordpress/no_dates.xml")
    assert entry.moment is None
    assert entry.comments[0].moment is None


def test_brackets_that_were_split_come_together():
    entry = only("wordpress/split_cdata.xml")
    assert entry.body.text == '<pre>if (a[b[0]]>1) { "]]>" }</pre>'
    assert entry.comments[0].words.text == "It says a[b[0]]>1, and ]]> too."


@pytest.mark.parametrize("name", ["http_and_https", "wxr_1_0", "other_prefixes"])
def test_every_version_and_address_of_the_format_is_read(name: str):
    assert words(f"wordpress/{name}.xml") == ["Yes."]
    assert left(f"wordpress/{name}.xml") == []


@pytest.mark.parametrize(
    ("name", "said", "told"),
    [
        ("control_characters", ["One word more &#8; here."], ["a control character"]),
        ("line_before_the_declaration", ["Yes."], ["words before the first tag"]),
        ("latin_1", ["Ça va – oui"], []),
        ("cut_short", ["Whole.", ""], ["a tag that is damaged", "the file stops before its end"]),
    ],
)
def test_a_damaged_file_is_read_and_the_damage_is_named(
    name: str, said: list[str], told: list[str]
):
    assert words(f"wordpress/{name}.xml") == said
    assert left(f"wordpress/{name}.xml") == told


def test_a_comment_whose_tag_is_lost_is_a_comment():
    assert words("wordpress/a_tag_is_lost.xml") == ["One.", "Two.", "Three.", "Four."]
    assert "a tag that is damaged" in left("wordpress/a_tag_is_lost.xml")


def test_parents_come_before_children_and_a_circle_ends():
    entry = only("wordpress/categories.xml")
    about = next(one for one in items("wordpress/categories.xml") if isinstance(one, About))
    assert (entry.category, entry.categories) == ("Trout & char", ("The river", "Trout & char"))
    assert entry.tags == ("C# & co.",)
    assert about.categories.index("The river") < about.categories.index("Trout & char")
    assert ("Trout & char", "Fish") in about.parents


def test_two_posts_of_one_name_keep_their_own_comments():
    first, second = entries("wordpress/two_posts_one_name.xml")
    assert (first.slug, second.slug) == ("weir", "weir")
    assert [one.words.text for one in second.comments] == ["Under the second."]
    assert "http://weir.example.net/2013/05/the-dam/" in second.addresses


def test_a_file_with_comments_is_a_page_too():
    read = items("wordpress/files.xml")
    assert [one.title for one in read if isinstance(one, Attached)] == ["heron", "otter"]
    assert [one.title for one in read if isinstance(one, Entry)] == ["otter", "Post"]


def test_blocks_are_html_and_short_codes_become_readable():
    blocks, codes = entries("wordpress/blocks_and_short_codes.xml")
    assert (blocks.body.form, codes.body.form) == ("html", "lines")
    body = codes.body.text
    assert "<figcaption>The heron, waiting</figcaption></figure>" in body
    assert '<a href="http://video.example.com/watch?v=1">' in body
    assert "[kept] [a word in brackets] inner words" in body
    assert codes.more.text.strip().startswith("After it. <code>x[i]y[/i]</code>")


def test_references_are_read_once_and_no_further():
    entry = only("wordpress/entities.xml")
    assert entry.title == "Café &nobody; — &"
    assert entry.comments[0].author == "Anaïs & Jean-Luc O'Dell"
    assert entry.comments[0].url == "http://bram.example.com/?a=1&b=2"
    assert entry.comments[0].words.text == "R&amp;D, a &lt; b"


# --- a saved page -----------------------------------------------------------------------------


def test_a_typepad_page_gives_post_and_thread():
    entry = only("saved_page/typepad.html")
    assert (entry.title, entry.slug, entry.authors) == ("The sluice", "sluice", ("Ines Carder",))
    assert entry.moment == datetime(2007, 3, 4, 20)
    assert (entry.body.text, entry.more.text) == ("<p>It is <b>open</b>.</p>", "<p>And shut.</p>")
    assert entry.comment_feeds == ("http://mill.example.net/log/2007/03/sluice/comments/atom.xml",)
    assert [one.author for one in entry.comments] == ["Bram Quill", "", "Ada | Co"]
    assert entry.comments[0].anchors == ("comment-6a02", "c6a02")
    assert entry.comments[1].moment == datetime(2007, 3, 5, 0, 15)


def test_recent_comments_in_the_margin_are_no_thread():
    assert "Of another post" not in repr(entries("saved_page/typepad.html"))
    assert "the comment 99" in left("saved_page/typepad.html")


def test_a_comment_within_another_answers_it():
    found = [(one.id, one.parent) for one in comments("saved_page/answers_within.html")]
    assert found == [("6a02", ""), ("6a03", "6a02")]


def test_pages_of_before_2006_are_read():
    first, second = comments("saved_page/before_2006.html")
    assert (first.author, first.url, first.id) == ("Bram Quill", "http://bram.example.com/", "11")
    assert plain(first.words.text) == "First.Second."
    assert (second.author, second.moment) == ("Jon", datetime(2007, 3, 6, 13, 15))


def test_a_page_of_movable_type_4_has_names_and_exact_times():
    (one,) = comments("saved_page/movable_type_4.html")
    assert (one.author, one.url) == ("Bram Quill", "http://bram.example.com/")
    assert one.moment is not None
    assert one.moment.isoformat() == "2007-03-05T00:15:00+01:00"


def test_a_german_page_has_its_dates_and_names():
    entry = only("saved_page/german.html")
    assert (entry.authors, entry.moment) == (("Ines Carder",), datetime(2007, 3, 4, 20))
    assert entry.comments[0].moment == datetime(2007, 3, 5, 0, 15)


def test_comments_without_their_post_are_a_thread():
    entry = only("saved_page/comments_alone.html")
    assert (entry.kind, entry.slug) == ("thread", "sluice")
    assert entry.address == "http://mill.example.net/log/2007/03/sluice.html"


def test_whose_comments_are_not_told_is_named():
    assert [entry.slug for entry in entries("saved_page/several_posts.html")] == ["sluice", "wheel"]
    assert left("saved_page/several_posts.html")[0] == "the comment 6a02 of Bram Quill"


def test_further_pages_of_comments_are_named():
    assert "further comments" in left("saved_page/more_pages.html")


def test_no_half_of_a_post_comes_twice():
    entry = only("saved_page/two_halves_in_one.html")
    assert (entry.body.text, entry.more.text) == ("<p>Open.</p>", "<p>Shut.</p>")


def test_a_page_in_windows_1252_is_read():
    assert plain(words("saved_page/windows_1252.html")[0]) == "It’s “café”."


# --- a comment feed ---------------------------------------------------------------------------


def test_a_feed_is_turned_round():
    expected = ["<p>First.</p>", "<p>Second.</p>", "<p>Third.</p>"]
    assert words("comment_feed/newest_first.atom") == expected
    assert words("comment_feed/no_dates.atom") == ["First.", "Second."]


def test_the_three_forms_of_words_keep_what_a_reader_saw():
    found = [(one.words.form, one.words.text) for one in comments("comment_feed/three_forms.atom")]
    assert found == [
        ("html", "<p>R&amp;D</p>"),
        ("text", "a <b c\n\nsecond"),
        ("html", "<p>An <em>X</em>.</p>"),
    ]


def test_an_answer_names_a_comment_and_a_post_is_no_parent():
    first, answer = comments("comment_feed/answers.atom")
    assert (first.parent, answer.parent) == ("", first.id)
    assert only("comment_feed/answers.atom").guid == "tag:tarn.example.net,2009:heron"


def test_each_post_of_a_feed_has_its_thread():
    first, second = entries("comment_feed/two_posts.atom")
    assert (first.title, first.slug, second.title) == ("The heron", "heron", "The newt")
    assert (first.kind, len(first.comments), len(second.comments)) == ("thread", 1, 1)


def test_a_feed_of_wordpress_has_its_posts_titles():
    entry = only("comment_feed/wordpress.rss")
    assert (entry.title, entry.slug, entry.comment_feeds) == ("Newts & toads", "newts", ())
    assert [one.author for one in entry.comments] == ["Ines", "Bram Quill"]
    assert entry.comments[1].words.text == "<p>The whole of it.</p>"


def test_a_feed_of_one_post_is_that_posts_feed():
    expected = ("http://tarn.example.net/2009/06/heron/comments/atom.xml",)
    assert only("comment_feed/answers.atom").comment_feeds == expected


def test_a_name_is_not_made_of_a_title_or_an_address():
    assert [one.author for one in comments("comment_feed/no_names.atom")] == ["", ""]


@pytest.mark.parametrize(
    ("name", "said", "told"),
    [
        ("latin_1", "Ça va – oui", []),
        ("line_before", "Words.", ["words before the first tag"]),
        ("control_characters", "One word.", ["a control character"]),
    ],
)
def test_a_damaged_feed_is_read_and_the_damage_is_named(name: str, said: str, told: list[str]):
    assert words(f"comment_feed/{name}.atom") == [said]
    assert left(f"comment_feed/{name}.atom") == told


# --- limits -----------------------------------------------------------------------------------


ABSURD = {
    "a tag of more than 1 MB": '<item a="' + "x" * 10_000_000 + '"/>',
    "elements more than 200 deep": "<a>" * 1000,
    "more than 10,000 faults": "<" * 20_000,
}


@pytest.mark.parametrize("wrong", ABSURD)
@pytest.mark.parametrize("name", ["wordpress", "comment_feed"])
def test_absurd_xml_is_refused_at_a_stated_limit(tmp_path: Path, name: str, wrong: str):
    path = tmp_path / "export.xml"
    path.write_text(f"<rss><!-- wordpress.org/export/1.2/ -->{ABSURD[wrong]}</rss>")
    with pytest.raises(Unimportable, match=wrong):
        list(BY_NAME[name].read(path))


def test_a_line_without_end_is_refused(tmp_path: Path):
    path = tmp_path / "export.txt"
    path.write_text("TITLE: x\n-----\nBODY:\n" + "x" * 17_000_000)
    with pytest.raises(Unimportable, match="a line of more than 16 MB"):
        list(BY_NAME["movable_type"].read(path))


def test_a_page_of_absurd_depth_keeps_its_words(tmp_path: Path):
    path = tmp_path / "page.html"
    deep = "<div>" * 100_000 + "deep words"
    path.write_text(f'<body><div class="comment" id="comment-1"><p class="comment-content">{deep}')
    found = list(BY_NAME["saved_page"].read(path))
    assert "deep words" in repr([one for one in found if isinstance(one, Entry)])
    assert any(isinstance(one, Left) and "400 deep" in one.what for one in found)


@pytest.mark.parametrize("name", ["movable_type", "wordpress"])
def test_an_export_is_read_as_a_stream(tmp_path: Path, name: str):
    """Ten times the posts take no more memory."""
    peaks = []
    for many in (40, 400):
        thread = tuple(Spoken(f"Words {place}. " * 40, "Bram Quill") for place in range(5))
        path = tmp_path / f"{many}"
        post = Posted("A title", "Words. " * 100, thread)
        path.write_text(getattr(old_blogs, name)([post] * many))
        tracemalloc.start()
        assert sum(isinstance(one, Entry) for one in BY_NAME[name].read(path)) == many
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.5


@pytest.mark.parametrize("name", BY_NAME)
def test_no_comment_of_a_damaged_file_is_lost_without_a_word(tmp_path: Path, name: str):
    """As `python -m tests.comment_archive.fuzz` does for longer: no traceback either."""
    told = [(one.name, one.fault) for one in islice(fuzz.trials(name, 1, tmp_path), 150)]
    assert [(file, fault) for file, fault in told if fault] == []


def test_a_page_that_stops_says_so(tmp_path: Path):
    path = tmp_path / "page.html"
    whole = (FIXTURES / "saved_page" / "typepad.html").read_text()
    path.write_text(whole[: whole.index("No name.")])
    told = [one.what for one in BY_NAME["saved_page"].read(path) if isinstance(one, Left)]
    assert "the end of the page" in told


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('class="comment-content" id="comment-6a03-content"', 'class="other"'),
        ('<div class="comment" id="comment-6a03">', '<div class="module">'),
        ("<p>No name.", '<p title="<p>No name.'),
        ("<p>No name.", "<p cl No name."),
        ('<div class="comment" id="comment-6a03">', '<!-- <div class="comment" id="comment-6a03">'),
    ],
)
def test_a_comment_of_a_page_whose_marks_are_damaged_is_kept_or_named(
    tmp_path: Path, before: str, after: str
):
    path = tmp_path / "page.html"
    whole = (FIXTURES / "saved_page" / "typepad.html").read_text()
    path.write_text(whole.replace(before, after, 1))
    read = list(BY_NAME["saved_page"].read(path))
    as_it_was = set(left("saved_page/typepad.html"))
    assert path.read_text() != whole
    assert "No name." in repr([one for one in read if isinstance(one, Entry)]) or (
        {one.what for one in read if isinstance(one, Left)} - as_it_was
    )


# --- laws: what is written is read ------------------------------------------------------------

LETTERS = st.characters(
    exclude_categories=("Cs", "Cc", "Co"), exclude_characters="\ufffe\uffff\ufeff\u2028\u2029"
)
ODD = (
    *("-----", "--------", "", "NB: not a field", "COMMENT: none", "AUTHOR: me"),
    *("]]>", "a < b & c", "<![CDATA[", "<!-- x", "</wp:comment>", "<b>bold</b>"),
    *("&amp; &lt;", "[[x]]", "[gallery]"),
)
LINES = st.one_of(
    st.text(LETTERS, max_size=30).map(str.strip),
    st.sampled_from(ODD),
)
WORDS = (
    st.lists(LINES, min_size=1, max_size=5)
    .map("\n".join)
    .map(lambda text: text.strip())
    .filter(bool)
)
NAMES = st.one_of(
    st.just(""), st.text(LETTERS, max_size=20).map(lambda text: " ".join(text.split()))
).filter(lambda name: "|" not in name and "@" not in name)
URLS = st.sampled_from(["", "http://bram.example.com/", "https://x.example.org/?a=1&b=%C3%A9"])


END = re.compile(r"^-----\n\s*--------\n\s*AUTHOR:", re.MULTILINE)


@st.composite
def threads(draw: st.DrawFn) -> Posted:
    many = draw(st.integers(min_value=1, max_value=6))
    said = tuple(
        Spoken(
            draw(WORDS),
            draw(NAMES),
            draw(URLS),
            draw(st.one_of(st.none(), st.integers(0, place - 1))) if place else None,
        )
        for place in range(many)
    )
    return Posted(draw(NAMES), "Words.", said)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("exports")


def read_back(shelf: Path, name: str, text: str) -> Iterator[Item]:
    path = shelf / name
    path.write_bytes(text.encode())
    assert choose(path) == name
    return BY_NAME[name].read(path)


LAW = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@LAW
@given(posts=st.lists(threads(), min_size=1, max_size=3))
def test_what_movable_type_writes_is_read(shelf: Path, posts: list[Posted]):
    """But for words that are, line by line, the end of an entry and the beginning of another."""
    assume(not any(END.search(one.words) for post in posts for one in post.comments))
    found = list(read_back(shelf, "movable_type", old_blogs.movable_type(posts)))
    read = [one for one in found if isinstance(one, Entry)]
    assert [one.title for one in read] == [post.title for post in posts]
    for entry, post in zip(read, posts, strict=True):
        assert [(one.author, one.url, one.moment, one.words.text) for one in entry.comments] == [
            (one.author, one.url, moment(place), one.words)
            for place, one in enumerate(post.comments)
        ]
    assert not [one for one in found if isinstance(one, Left)]


@LAW
@given(posts=st.lists(threads(), min_size=1, max_size=3))
def test_what_wordpress_writes_is_read(shelf: Path, posts: list[Posted]):
    found = list(read_back(shelf, "wordpress", old_blogs.wordpress(posts)))
    read = [one for one in found if isinstance(one, Entry)]
    assert [one.title for one in read] == [post.title for post in posts]
    for number, (entry, post) in enumerate(zip(read, posts, strict=True), start=1):
        first = number * 10_000
        assert [(one.author, one.url, one.words.text, one.parent) for one in entry.comments] == [
            (one.author, one.url, one.words, "" if one.parent is None else str(first + one.parent))
            for one in post.comments
        ]


@LAW
@given(post=threads())
def test_what_a_page_shows_is_read(shelf: Path, post: Posted):
    found = read_back(shelf, "saved_page", old_blogs.saved_page(post))
    (entry,) = (one for one in found if isinstance(one, Entry))
    assert entry.moment == DAY
    assert [(one.author, one.url, one.moment) for one in entry.comments] == [
        (
            one.author,
            one.url if one.author else one.url and entry.comments[place].url,
            moment(place),
        )
        for place, one in enumerate(post.comments)
    ]
    for said, one in zip(entry.comments, post.comments, strict=True):
        shown = "\n".join(plain(f"<p>{part}") for part in said.words.text.split("<p>")[1:])
        assert shown.split() == one.words.split()


@LAW
@given(posts=st.lists(threads(), min_size=1, max_size=3))
def test_what_a_feed_holds_is_read(shelf: Path, posts: list[Posted]):
    found = read_back(shelf, "comment_feed", old_blogs.comment_feed(posts))
    read = {one.slug: one for one in found if isinstance(one, Entry)}
    for number, post in enumerate(posts, start=1):
        entry = read[f"post-{number}"]
        assert [(one.author, unescape(one.words.text)) for one in entry.comments] == [
            (one.author, one.words) for one in post.comments
        ]
        ids = [one.id for one in entry.comments]
        assert [one.parent for one in entry.comments] == [
            "" if one.parent is None else ids[one.parent] for one in post.comments
        ]
