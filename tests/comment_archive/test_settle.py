"""An import is written whole or not at all, twice is once, and what the author changed stays."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from by_hand import NOW, entry, said, settled, tree
from comment_archive import archive, erase, importing, swapping
from comment_archive.errors import Unimportable
from mistakes import Mistakes

BLOG = (
    entry("A kettle", "<p>Words.</p>", said("Yes.", id="1"), said("No.", "Cy", id="2", parent="1")),
    entry("A pot", "<p>More.</p>", said("Hm.", id="3")),
)


def content(tmp_path: Path) -> Path:
    """A content folder that holds something of the author's."""
    folder = tmp_path / "site" / "content"
    (folder / "posts").mkdir(parents=True)
    (folder / "posts" / "mine.md").write_text("Title: Mine\n\nWords.\n")
    return folder


def test_an_import_into_nothing_makes_the_folder(tmp_path: Path) -> None:
    settled(tmp_path / "content", *BLOG)
    assert "posts/a-kettle.html" in tree(tmp_path / "content")


def test_the_second_run_changes_nothing(tmp_path: Path) -> None:
    folder = content(tmp_path)
    settled(folder, *BLOG)
    before, times = tree(folder), {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    again = settled(folder, *BLOG)
    assert again.is_quiet
    assert tree(folder) == before
    assert times == {path: path.stat().st_mtime_ns for path in folder.rglob("*")}


words = st.text(min_size=1, max_size=40)


@settings(max_examples=25)
@given(st.lists(st.tuples(words, words, st.lists(st.tuples(words, words), max_size=4)), max_size=4))
def test_twice_is_once_whatever_is_in_it(tmp_path_factory, posts) -> None:
    folder = tmp_path_factory.mktemp("twice") / "content"
    items = [
        entry(title, body, *(said(text, name) for name, text in comments))
        for title, body, comments in posts
    ]
    settled(folder, *items)
    before = tree(folder)
    assert settled(folder, *items).is_quiet
    assert tree(folder) == before
    threads = archive.read(folder / "comments")
    assert sum(len(one.comments) for one in threads.values()) == sum(len(one[2]) for one in posts)


def test_an_edited_post_and_an_edited_thread_stay_and_are_named(tmp_path: Path) -> None:
    folder = content(tmp_path)
    settled(folder, *BLOG)
    for name in ("posts/a-kettle.html", "comments/a-pot.json"):
        (folder / name).write_text(
            (folder / name).read_text().replace("More", "Less").replace("Hm", "Hmm") + "\n"
        )
    before = tree(folder)
    again = settled(folder, *BLOG)
    assert again.edited == ["posts/a-kettle.html", "comments/a-pot.json"]
    assert tree(folder) == before
    settled(folder, *BLOG, is_forced=True)
    assert not (folder / "posts/a-kettle.html").read_text().endswith("\n\n")


def test_a_deleted_post_stays_away_until_it_is_forced(tmp_path: Path) -> None:
    folder = content(tmp_path)
    settled(folder, *BLOG)
    (folder / "posts/a-pot.html").unlink()
    assert settled(folder, *BLOG).deleted == ["posts/a-pot.html"]
    assert not (folder / "posts/a-pot.html").exists()
    settled(folder, *BLOG, is_forced=True)
    assert (folder / "posts/a-pot.html").exists()


def test_a_post_that_changed_over_there_changes_here(tmp_path: Path) -> None:
    folder = content(tmp_path)
    settled(folder, *BLOG)
    assert settled(folder, replace(BLOG[0], title="A kettle"), BLOG[1]).is_quiet
    assert settled(folder, replace(BLOG[0], tags=("tea",)), BLOG[1]).changed == [
        "posts/a-kettle.html",
        "comments/imported.json",
    ]


def test_a_link_in_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    folder = content(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    (folder / "comments").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Unimportable, match="is a link"):
        settled(folder, *BLOG)
    assert not list((tmp_path / "elsewhere").iterdir())


# --- all or nothing -----------------------------------------------------------------------

CHILD = """
import os, sys
sys.path[:0] = {path!r}
from pathlib import Path
import by_hand, test_settle_blog
from comment_archive import swapping

if {two}:
    swapping._CALLS.clear()
done = 0
def trace(frame, event, _):
    global done
    if not frame.f_code.co_filename.endswith(("settle.py", "swapping.py")):
        return None
    if event == "line":
        done += 1
        if done == {at}:
            {act}
    return trace
sys.settrace(trace)
by_hand.settled(Path({folder!r}), *test_settle_blog.BLOG)
sys.settrace(None)
print("whole")
"""


def stopped(folder: Path, at: int, act: str, tmp_path: Path, *, two: bool = False) -> bool:
    """An import stopped at its n-th line of writing; true when it came to its end before."""
    here = Path(__file__)
    (tmp_path / "test_settle_blog.py").write_text(
        "from by_hand import entry, said\n"
        "BLOG = (entry('A kettle', '<p>x</p>', said('Yes.', id='1')), entry('A pot', '<p>y</p>'))\n"
    )
    path = [str(tmp_path), str(here.parents[1]), str(here.parents[2] / "plugins")]
    program = CHILD.format(path=path, at=at, act=act, folder=str(folder), two=two)
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    return "whole" in ended.stdout


@pytest.mark.parametrize("two", [False, True], ids=["exchange", "two renames"])
@pytest.mark.parametrize(
    "act",
    ["os.kill(os.getpid(), 9)", "raise OSError(28, 'full')", "raise KeyboardInterrupt"],
    ids=["killed", "disk full", "Ctrl-C"],
)
def test_a_crash_at_any_step_leaves_the_old_content_or_the_whole_new_one(
    tmp_path: Path, act: str, two: bool
) -> None:
    folder = content(tmp_path)
    good = tree(folder)
    whole = None
    for at in range(1, 4000, 41):
        done = stopped(folder, at, act, tmp_path, two=two)
        if two:
            swapping.recover(folder)
        found = tree(folder)
        if done:
            break
        if found != good:  # it had been put in already
            whole = whole or found
            assert found == whole
            assert "posts/a-kettle.html" in found
            subprocess.run(["rm", "-r", str(folder), str(folder.parent / ".harvest")], check=True)
            content(tmp_path / "again").rename(folder)
    assert at > 100
    swapping.recover(folder)
    assert [one.name for one in (folder.parent / ".harvest").iterdir()] == [".gitignore"]


def test_nothing_is_left_aside(tmp_path: Path) -> None:
    folder = content(tmp_path)
    settled(folder, *BLOG)
    assert [one.name for one in (folder.parent / ".harvest").iterdir()] == [".gitignore"]


# --- the words of a person ----------------------------------------------------------------


def removed(folder: Path, **asked: str) -> str:
    place = importing.Place(folder, "Europe/London", NOW)
    return importing.erase(asked.get("author"), asked.get("id"), place, is_dry=False)


def test_words_of_a_person_are_removed_and_the_thread_keeps_its_shape(tmp_path: Path) -> None:
    folder = content(tmp_path)
    settled(folder, *BLOG)
    assert removed(folder, author="bo  sample").startswith("Removed the words of 2 comments: 1, 3.")
    first, second = archive.read(folder / "comments")["a-kettle"].comments
    assert (first.author, first.html, first.url, first.erased) == ("", "", "", date(2026, 1, 1))
    assert second.parent == "1"
    assert b"Bo Sample" not in b"".join(tree(folder / "comments").values())


def test_erased_words_stay_erased_when_the_import_runs_again(tmp_path: Path) -> None:
    folder = content(tmp_path)
    settled(folder, *BLOG)
    removed(folder, id="1")
    for is_forced in (False, True):
        settled(folder, *BLOG, is_forced=is_forced)
        assert archive.read(folder / "comments")["a-kettle"].comments[0].html == ""
    (folder / "comments/a-kettle.json").unlink()
    settled(folder, *BLOG, is_forced=True)
    assert archive.read(folder / "comments")["a-kettle"].comments[0].html == ""


def test_a_thread_edited_by_its_author_is_still_edited_after_words_are_erased(
    tmp_path: Path,
) -> None:
    folder = content(tmp_path)
    settled(folder, *BLOG)
    path = folder / "comments/a-kettle.json"
    path.write_text(path.read_text().replace("No.", "No!"))
    removed(folder, id="1")
    assert settled(folder, *BLOG).edited == ["comments/a-kettle.json"]
    assert "No!" in path.read_text()


def test_nobody_of_that_name_is_said_with_the_nearest(tmp_path: Path) -> None:
    folder = content(tmp_path)
    settled(folder, *BLOG)
    with pytest.raises(Mistakes, match='no comment by "Bo Sampel"; did you mean "Bo Sample"'):
        removed(folder, author="Bo Sampel")


def test_an_erased_comment_says_nothing_and_holds_its_place() -> None:
    kept = {
        "x": archive.parse(
            json.dumps(
                {
                    "post": "x",
                    "comments": [
                        {
                            "id": "1",
                            "author": "Bo",
                            "date": None,
                            "state": "approved",
                            "kind": "comment",
                            "html": "<p>x</p>",
                        }
                    ],
                }
            ),
            "x",
        )
    }
    changed, names = erase.erased(kept, erase.by_id("#comment-1"), date(2026, 1, 1))
    assert names == ("1",)
    assert changed["x"].comments[0].html == ""
    assert erase.erased(changed, erase.by_id("1"), date(2026, 1, 2)) == ({}, ())
