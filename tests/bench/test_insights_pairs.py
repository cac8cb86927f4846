"""Pairs of true events, passing effects and long gaps: planted, and judged by their own truth."""

from __future__ import annotations

import numpy as np

from bench.insights import measure, score, simulate, spoil
from bench.insights.simulate import Case, Logged, Plant


def event(verdict, *effects, lasting=None) -> dict:
    """What is told of an event; each effect is (days, low, high)."""
    keys = ("days", "low", "high")
    measured = [dict(zip(keys, effect, strict=True)) for effect in effects]
    return {"verdict": verdict, "effects": measured, "lasting": lasting}


def told(one) -> dict:
    return {"events": [one], "changes": []}


def case(planted, plants, parts) -> Case:
    """A flow of 200 days with 10 a day and what is planted, the first of it logged."""
    log = spoil.Log(sum(parts) + 10, (), (), "daily", ())
    logged = (Logged(plants[0].day, "true"),)
    traits = simulate.make(0).traits
    return Case(0, "flow", planted, log, sum(parts), plants, logged, traits, parts)


def once(day, extra):
    return np.where(np.arange(200) == day, extra, 0.0)


NEAR = [simulate.make(seed, "near pair") for seed in range(40)]


def test_near_pairs_lie_8_to_27_days_apart_and_know_each_effect_by_itself():
    for one in NEAR:
        first, second = one.plants
        assert 8 <= second.day - first.day <= 27
        assert all(
            part[: plant.day].sum() == 0 for part, plant in zip(one.parts, one.plants, strict=True)
        )
        if one.kind == "stock":
            assert np.allclose(sum(one.parts), one.extra)


def test_the_first_of_a_near_pair_is_right_only_with_its_own_effect():
    plants = (Plant("jump", 100, 8.0), Plant("jump", 110, 8.0))
    one = case("near pair", plants, (once(100, 50.0), once(110, 300.0)))
    alone = score.judge(one, told(event("moved", (28, 40, 60))))
    both = score.judge(one, told(event("moved", (28, 340, 360))))
    assert alone["coverage 28"] == alone["near coverage 28"] == (1, 1)
    assert both["coverage 28"] == both["near coverage 28"] == (0, 1)


def test_a_passing_effect_told_as_lasting_is_found_out():
    one = case("spike", (Plant("spike", 100, 8.0),), (once(100, 80.0),))
    assert score.judge(one, told(event("moved", lasting=True)))["wrongly lasting"] == (1, 1)
    assert score.judge(one, told(event("moved", lasting=None)))["wrongly lasting"] == (0, 1)


def test_every_kind_of_plant_has_its_turn():
    drawn = list(measure.cases(0, 32))
    assert {one.planted for one in drawn} == {"none", *simulate.PLANTS}
    assert sum(one.planted == "none" for one in drawn) == 16


def test_some_logs_have_a_gap_of_weeks():
    gaps = [a for seed in range(60) for a in simulate.make(seed).log.artefacts if a.kind == "gap"]
    assert max(gap.last - gap.first for gap in gaps) > 20
