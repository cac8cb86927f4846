"""A thread's file: what is written is read back, what is wrong is told with its line."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comment_archive import archive, sanitise
from comment_archive.model import Comment, Thread
from demo import ROOT
from mistakes import Mistakes

SCHEMA = json.loads((ROOT / "docs" / "comments.schema.json").read_text("utf-8"))
GOOD = {"id": "1", "author": "Bo", "date": None, "state": "approved", "kind": "comment", "html": ""}

zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.none() | st.datetimes(datetime(1000, 1, 1), datetime(9000, 1, 1), timezones=zones)
comments = st.builds(
    Comment,
    id=st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,20}", fullmatch=True),
    author=st.text(max_size=30).map(sanitise.name),
    url=st.sampled_from(["", "http://bo.example/?a=1&b=2"]),
    moment=moments,
    html=st.text(max_size=80).map(sanitise.comment),
    state=st.sampled_from(["approved", "held", "spam", "deleted"]),
    kind=st.sampled_from(["comment", "pingback", "trackback"]),
    title=st.text(max_size=30).map(sanitise.line),
    anchors=st.sampled_from([(), ("c1", "comment-1")]),
    source=st.sampled_from(["", "wordpress"]),
    erased=st.none() | st.just(date(2026, 1, 1)),
)


@given(st.lists(comments, max_size=6, unique_by=lambda one: one.id))
def test_what_is_written_is_read_back_and_fits_the_schema(given_ones: list[Comment]) -> None:
    thread = Thread("a-kettle", tuple(given_ones))
    text = archive.written(thread)
    assert archive.parse(text, "a-kettle.json") == thread
    jsonschema.validate(json.loads(text), SCHEMA)


def test_a_field_stands_on_a_line_so_that_a_change_is_one_line() -> None:
    text = archive.written(
        Thread("x", (Comment("1", "Bo", "", datetime(2010, 1, 1, tzinfo=UTC), "<p>x</p>"),))
    )
    assert '   "author": "Bo",\n' in text
    assert '   "html": "<p>x</p>"\n' in text


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"state": "aproved"}, 'x.json:5: comment 1: no state "aproved"; did you mean "approved"?'),
        (
            {"id": "a b"},
            'x.json:5: comment 1: "a b" is no id; write letters, digits, hyphens and dots',
        ),
        (
            {"date": "2010-05-03T08:15:00"},
            (
                'x.json:5: comment 1: the date "2010-05-03T08:15:00" has no offset; '
                "write it as 2010-05-03T08:15:00+01:00, or null"
            ),
        ),
        (
            {"date": "May"},
            'x.json:5: comment 1: "May" is no date; write it as 2010-05-03T08:15:00+01:00, or null',
        ),
        ({"html": 7}, 'x.json:5: comment 1: "html" is no text; write it between quotes'),
        ({"mail": "x"}, 'x.json:5: comment 1: no field "mail"; '),
        ({"parent": "9"}, 'comment "1" answers "9", which is not in this thread; there are: 1'),
        (
            {"parent": "1"},
            'x.json:5: comment "1" answers itself by way of others; take out its "parent"',
        ),
        (
            {"erased": "soon"},
            'x.json:5: comment 1: "erased" is "soon", which is no day; write it as 2025-03-04',
        ),
        (
            {"anchors": ["a b"]},
            'x.json:5: comment 1: "anchors" is no list of names; write it as ["c123"]',
        ),
    ],
)
def test_a_fault_is_told_with_its_file_and_line(change: dict, told: str) -> None:
    text = json.dumps({"post": "x", "comments": [{**GOOD, **change}]}, indent=1)
    with pytest.raises(Mistakes) as found:
        archive.parse(text, "x.json")
    assert told in str(found.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"post": "x",\n "comments": [,]}', "x.json:2: is no JSON: Expecting value (column 15)"),
        ("[]", "x.json:1: is no thread"),
        ('{"comments": []}', 'x.json:1: has no "post"'),
        ("[" * 100_000, "x.json: is nested too deeply"),
        ('{"post": "x", "comments": [3]}', "comment 1 is no object"),
    ],
)
def test_a_file_that_is_no_thread_is_told_on_one_line(text: str, told: str) -> None:
    with pytest.raises(Mistakes) as found:
        archive.parse(text, "x.json")
    assert told in str(found.value)
    assert "\n" not in str(found.value)


def test_what_is_read_is_sanitised_whoever_wrote_it() -> None:
    text = json.dumps(
        {
            "post": "x",
            "comments": [{**GOOD, "author": "bo@x.example", "html": "<script>y</script>z"}],
        }
    )
    comment = archive.parse(text, "x.json").comments[0]
    assert (comment.author, comment.html) == ("Anonymous", "z")


def test_a_folder_is_read_whole_and_its_mistakes_together(tmp_path: Path) -> None:
    assert archive.read(tmp_path / "none") == {}
    (tmp_path / "a.json").write_text(json.dumps({"post": "a", "comments": [GOOD]}))
    (tmp_path / "b.json").write_text(json.dumps({"post": "b", "comments": [GOOD]}))
    (tmp_path / "c.json").write_text("{")
    (tmp_path / "d.json").write_bytes(b"\xff")
    (tmp_path / "imported.json").write_text("{}")
    with pytest.raises(Mistakes) as found:
        archive.read(tmp_path, "content/comments")
    told = str(found.value).split("\n")
    assert len(told) == 3
    assert (
        told[2]
        == 'content/comments/b.json: the id "1" is taken by a comment in a.json; give it another'
    )
