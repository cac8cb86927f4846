"""A thread arranged for reading: trees, numbers, names of places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue import Catalogue
from comment_archive.model import Comment, Thread
from comment_archive.site import conversation, wording
from comment_archive.site.conversation import LEVELS, Conversation, Shown
from old_threads import DAY, chain, said


def arranged(*comments: Comment, taken: tuple[str, ...] = ()) -> Conversation:
    return conversation.arranged(Thread("tea", comments), taken)


def flat(shown: tuple[Shown, ...] | list[Shown], level: int = 0) -> Iterator[tuple[int, Shown]]:
    for one in shown:
        yield level, one
        yield from flat(one.replies, level + 1)


def outline(found: Conversation) -> list[str]:
    return [f"{'.' * level}{one.number}:{one.comment.id}" for level, one in flat(found.comments)]


def test_an_answer_stands_under_what_it_answers_and_numbers_run_down_the_page() -> None:
    found = arranged(said("a"), said("b"), said("c", parent="a"), said("d", parent="c"))
    assert outline(found) == ["1:a", ".2:c", "..3:d", "4:b"]


def test_a_deep_answer_stands_on_the_last_level_and_says_whom_it_answers() -> None:
    levels = [
        (level, one.answers and one.answers.number)
        for level, one in flat(arranged(*chain(7)).comments)
    ]
    assert levels == [(0, None), (1, None), (2, None), (3, None), (3, 4), (3, 5), (3, 6)]


def test_five_thousand_answers_in_a_chain_are_a_list() -> None:
    found = arranged(*chain(5000))
    assert [one.number for _, one in flat(found.comments)] == list(range(1, 5001))


def test_an_answer_to_what_nobody_sees_stands_by_itself() -> None:
    held = said("a", state="held")
    assert outline(arranged(held, said("b", parent="a"))) == ["1:b"]


def test_mentions_elsewhere_stand_apart_and_are_not_counted() -> None:
    found = arranged(said("a"), said("p", kind="pingback"), said("t", kind="trackback"))
    assert found.count == 1
    assert [(one.number, one.comment.id) for one in found.pings] == [(2, "p"), (3, "t")]


def test_an_answer_to_a_mention_is_not_lost() -> None:
    found = arranged(said("p", kind="pingback"), said("a", parent="p"))
    assert outline(found) == ["1:a"]


def test_the_days_of_a_thread_are_those_of_its_comments() -> None:
    later = DAY + timedelta(days=3)
    found = arranged(said("b", moment=later), said("a"), said("c", moment=None))
    assert (found.first, found.last) == (DAY, later)
    assert arranged(said("c", moment=None)).first is None


@pytest.mark.parametrize("name", ["comments", "comment-b", "fn1", "site-main", "same"])
def test_an_old_anchor_that_the_page_has_already_is_left_out(name: str) -> None:
    first = said("a", anchors=("same",) if name == "same" else ())
    found = arranged(first, said("b", anchors=(name, "c77")), taken=("fn1",))
    assert [one.anchors for _, one in flat(found.comments)][1] == ("c77",)


@given(st.data())
def test_every_comment_stands_on_the_page_once_after_what_it_answers(data: st.DataObject) -> None:
    count = data.draw(st.integers(0, 40))
    parents = [data.draw(st.integers(-1, number - 1)) for number in range(count)]
    order = data.draw(st.permutations(range(count)))
    made = [said(str(n), parent=str(parents[n]) if parents[n] >= 0 else "") for n in range(count)]
    shown = list(flat(arranged(*(made[n] for n in order)).comments))
    assert [one.number for _, one in shown] == list(range(1, count + 1))
    assert sorted(int(one.comment.id) for _, one in shown) == list(range(count))
    assert max((level for level, _ in shown), default=0) < LEVELS
    places = {one.comment.id: one.number for _, one in shown}
    assert all(places[one.comment.parent] < one.number for _, one in shown if one.comment.parent)


@pytest.mark.parametrize(
    ("minutes", "told"),
    [(0, "UTC"), (60, "UTC+1"), (-210, "UTC−3:30"), (345, "UTC+5:45"), (-480, "UTC−8")],
)
def test_a_moment_says_its_zone(minutes: int, told: str) -> None:
    moment = datetime(2010, 5, 3, 8, 15, tzinfo=timezone(timedelta(minutes=minutes)))
    words = wording.catalogue("en")
    assert wording.moment(moment, words) == f"3 May 2010, 08:15 {told}"


@pytest.mark.parametrize(
    ("days", "language", "told"),
    [
        (0, "en", "3 May 2010"),
        (9, "en", "3 May 2010 to 12 May 2010"),
        (9, "de", "3. Mai 2010 bis 12. Mai 2010"),
    ],
)
def test_the_days_of_a_thread_in_words(days: int, language: str, told: str) -> None:
    words = wording.catalogue(language)
    assert wording.span(DAY, DAY + timedelta(days=days), words) == told


def test_a_language_without_its_own_words_is_told_in_english() -> None:
    assert wording.catalogue("tlh").say("closed") == "The comments to this entry are closed."
    assert wording.catalogue("../en").say("closed") == "The comments to this entry are closed."


def test_both_languages_have_every_phrase() -> None:
    english, german = wording.catalogue("en"), wording.catalogue("de-at")
    assert isinstance(german, Catalogue)
    assert german.phrases.keys() == english.phrases.keys()


def test_a_comment_is_named_by_its_id() -> None:
    shown = Shown(1, replace(said("a"), id="x-1"))
    assert shown.id == "comment-x-1"
