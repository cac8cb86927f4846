"""A thread, exported as each platform would, comes out of the built feed as it was said."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import blogs
import old_blogs
from comment_archive import importing
from comment_archive.importing import Asked, Place
from comment_archive.markup.tags import text
from old_blogs import Posted, Spoken
from old_threads import SHOWN

LETTERS = st.characters(
    exclude_categories=("Cs", "Cc", "Co", "Cn", "Cf", "Zl", "Zp"), exclude_characters="<>&[]{}|@_*`"
)
PLAIN = st.text(LETTERS, min_size=1, max_size=30).map(lambda words: " ".join(words.split()))
WORDS = (
    st.lists(
        st.one_of(PLAIN, st.sampled_from(["a < b & c", "1. one", "-- Bo"])), min_size=1, max_size=4
    )
    .map("\n".join)
    .filter(str.strip)
    .filter(lambda words: not re.search("[\xc2-\xf4][\x80-\xbf]", words))  # a reader mends these
    .filter(lambda words: not re.search(r"^[A-Z ]+:|^-+$|^\s", words, re.MULTILINE))  # fields
)
NAMES = st.sampled_from(["", "Bo Sample", "Élodie Ünal", "王小明", "O'Brien & Co", "Ana <3"])


@st.composite
def posts(draw: st.DrawFn) -> Posted:
    """A post with a few comments, some of which answer others."""
    said = [
        Spoken(
            draw(WORDS), draw(NAMES), parent=draw(st.integers(0, place - 1)) if place % 2 else None
        )
        for place in range(draw(st.integers(1, 5)))
    ]
    return Posted("Tea", "Words.", tuple(said))


def movable_type(post: Posted, folder: Path) -> list[Path]:
    return [_file(folder, "old.txt", old_blogs.movable_type([post]))]


def wordpress(post: Posted, folder: Path) -> list[Path]:
    return [_file(folder, "old.xml", old_blogs.wordpress([post]))]


def saved_page(post: Posted, folder: Path) -> list[Path]:
    return [_file(folder, "old.html", old_blogs.saved_page(post))]


def comment_feed(post: Posted, folder: Path) -> list[Path]:
    """A feed has no posts: the page of the post is saved beside it."""
    page = old_blogs.saved_page(Posted(post.title, post.words))
    address = re.search(r'class="permalink" href="([^"]+)"', page)[1]
    feed = old_blogs.comment_feed([post])
    feed = feed.replace("http://tarn.example.net/2009/04/post-1.html", address)
    return [_file(folder, "old.html", page), _file(folder, "old.atom", feed)]


def _file(folder: Path, name: str, words: str) -> Path:
    path = folder / name
    path.write_bytes(words.encode())
    return path


@pytest.mark.parametrize("written", [movable_type, wordpress, saved_page, comment_feed])
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(post=posts())
def test_the_built_feed_has_the_same_comments_in_the_same_order_word_for_word(
    written: Callable[[Posted, Path], list[Path]], post: Posted
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        place = Place(folder / "content", "UTC", datetime(2026, 1, 1, tzinfo=UTC))
        importing.run(written(post, folder), Asked(), place)
        blog = blogs.build(folder, {}, SHOWN, PLUGINS=["comment_archive"])
        for form in ("atom", "rss"):
            (file,) = (blog.output / "feeds" / "comments").glob(f"?*.{form}.xml")
            read = feedparser.parse(file.read_bytes(), sanitize_html=False)
            assert not read.bozo
            assert [(one.author, _words(one)) for one in read.entries] == [
                (one.author or "Anonymous", one.words.split()) for one in post.comments
            ]
            if written is not saved_page:
                assert _answers(read) == _expected(post, written)


def _words(entry) -> list[str]:
    html = entry.content[0].value if entry.get("content") else entry.summary
    return text(html).split()


def _answers(read) -> list[int | None]:
    """The place of the comment that each answers."""
    ids = [one.id for one in read.entries]
    refs = [one["thr_in-reply-to"]["ref"] for one in read.entries]
    return [ids.index(ref) if ref in ids else None for ref in refs]


def _expected(post: Posted, written: object) -> list[int | None]:
    knows_answers = written is not movable_type  # which has no field for them
    return [one.parent if knows_answers else None for one in post.comments]
