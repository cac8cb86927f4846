"""Where the numbered marks stand, and what they are joined to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chart_cases import CASES, crowded
from drawn import LINK, picture
from insights import WORDS
from metrics_insight.charts import marks, svg


def placed(*at: int, layout=svg.WIDE, numbers=()) -> tuple[marks.Disc, ...]:
    return svg._lay_out(crowded(*at, numbers=numbers), WORDS, layout).discs


def labels(*at: int, **more) -> list[str]:
    return [disc.label for disc in placed(*at, **more)]


def test_a_mark_alone_stands_over_its_day_and_above_the_line():
    (disc,) = placed(90)
    ((x, foot),) = disc.feet
    assert disc.x == pytest.approx(x)
    assert disc.box.bottom < foot


def test_two_marks_within_seven_days_are_joined_and_each_keeps_its_number():
    assert [(disc.label, disc.joined) for disc in placed(50, 57)] == [("1", False), ("2", True)]
    assert [disc.joined for disc in placed(50, 58)] == [False, False]
    assert len(picture(crowded(50, 57)).of(LINK)) == 1
    assert not picture(crowded(50, 58)).of(LINK)


def test_joined_marks_stand_side_by_side_in_one_row():
    one, other = placed(50, 50)
    assert one.y == other.y
    assert other.box.left - one.box.right >= marks.APART


def test_from_ten_marks_on_those_of_a_week_share_a_disc():
    assert labels(0, 1, 2, 20, 40, 60, 80, 100, 120) == [str(n) for n in range(1, 10)]
    found = labels(0, 1, 2, 20, 40, 60, 80, 100, 120, 140)
    assert found == ["1–3", *(str(n) for n in range(4, 11))]


def test_more_than_twelve_discs_are_grouped_by_longer_spans():
    assert len(placed(*range(0, 180, 9))) <= 12
    assert labels(*range(0, 180, 9))[0] == "1–2"


def test_two_hundred_marks_on_one_day_are_one_disc():
    assert labels(*[50] * 200) == ["1–200"]


def test_numbers_that_do_not_follow_each_other_are_told_apart():
    ten = [7, 3, 4, 9, *range(11, 17)]
    assert labels(*[50] * 10, numbers=ten) == ["3–4, 7,…"]


def test_a_disc_is_filled_where_the_number_moved_with_one_of_its_marks():
    assert [disc.moved for disc in placed(10, 30, 50, 70, 90)] == [False] * 4 + [True]
    assert [disc.moved for disc in placed(*[50] * 10)] == [True]


def test_no_tower_of_discs_is_higher_than_four():
    discs = svg._lay_out(CASES["fifty-years"](), WORDS, svg.NARROW).discs
    assert len(discs) <= 4


@pytest.mark.parametrize("layout", [svg.WIDE, svg.NARROW], ids=["wide", "narrow"])
@given(st.lists(st.integers(0, 179), max_size=70))
def test_every_mark_is_in_one_disc_and_no_disc_touches_another(layout, at):
    discs = placed(*sorted(at), layout=layout)
    named = [mark.number for disc in discs for mark in disc.marks]
    assert sorted(named) == list(range(1, len(at) + 1))
    assert len(discs) <= marks.MOST_DISCS
    for number, one in enumerate(discs):
        assert all(not one.box.touches(other.box) for other in discs[number + 1 :])
        assert all(one.box.top >= -marks.MOST_ABOVE for one in discs)
