"""The bench is right about engines that are right, silly or silent, and so about ours."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from bench.insights import annotated, measure, publish, score, simulate, spoil
from bench.insights.simulate import Case, Logged, Plant
from metrics_insight.engine.analysis import analyse

ROOT = Path(__file__).parents[2]
CASES = [
    *(simulate.make(seed) for seed in range(12)),
    *(simulate.make(seed, simulate.PLANTS[seed % 3]) for seed in range(12, 30)),
]
TRAITS = CASES[0].traits


def case(planted="none", day=-1, *, extra=0.0, events=(), artefacts=(), kind="flow") -> Case:
    """A log of 200 days with 10 a day, and ``extra`` on the day planted."""
    truth = np.zeros(200)
    plants = ()
    if day >= 0:
        truth[day] = extra
        plants = (Plant(planted, day, 8.0),)
    log = spoil.Log(truth + 10, tuple(spoil.Artefact(*a) for a in artefacts), (), "daily", ())
    return Case(0, kind, planted, log, truth, plants, tuple(Logged(*e) for e in events), TRAITS)


def at(day: int) -> str:
    return (score.FIRST + timedelta(days=day)).isoformat()


def event(verdict="no visible effect", *effects) -> dict:
    """What is told of an event; each effect is (days, low, high)."""
    keys = ("days", "low", "high")
    return {"verdict": verdict, "effects": [dict(zip(keys, e, strict=True)) for e in effects]}


def change(day: int, kind="spike", earliest=None, latest=None) -> dict:
    first, last = earliest or day, latest or day
    return {"kind": kind, "date": at(day), "earliest": at(first), "latest": at(last)}


def told(*events, changes=()) -> dict:
    return {"events": list(events), "changes": list(changes)}


def oracle(one: Case) -> dict:
    """An engine that knows the truth."""
    events = []
    for logged in one.events:
        true = logged.role == "true"
        sums = {days: one.extra[logged.day : logged.day + days].sum() for days in (7, 28)}
        lasting = any(plant.shape == "rate" for plant in one.plants)
        if not true and lasting:
            sums = dict.fromkeys(sums, 0.0)
        effects = [(days, total - 1, total + 1) for days, total in sums.items()]
        events.append(event("moved" if true else "no visible effect", *effects))
    kinds = {"rate": "rate", "jump": "jump"}
    changes = [change(p.day, kinds.get(p.shape, "spike")) for p in one.plants]
    return told(*events, changes=changes)


def silly(one: Case) -> dict:
    """An engine that claims everything, and by an interval that is never right."""
    effects = [(7, 1e9, 2e9), (28, 1e9, 2e9)]
    changes = [change(day) for day in range(20, 180, 40)]
    return told(*(event("moved", *effects) for _ in one.events), changes=changes)


def silent(one: Case) -> dict:
    """An engine that says nothing."""
    return told(*(event("too little history") for _ in one.events))


def shares(engine) -> dict[str, float]:
    tallies = [score.judge(one, engine(one)) for one in CASES]
    names = {name for tally in tallies for name in tally}
    return {name: score.figure(tallies, name).share for name in names}


def test_an_engine_that_knows_the_truth_is_never_wrong():
    found = shares(oracle)
    for name in ("coverage 7", "coverage 28", "given 7", "attribution", "recall 8", "dated"):
        assert found[name] == 1, name
    assert found["false"] == found["false event"] == found["false change"] == 0


def test_an_engine_that_claims_everything_is_found_out():
    found = shares(silly)
    assert found["coverage 7"] == found["coverage 28"] == 0
    assert found["false"] == found["false change"] == 1
    assert found["attribution"] < 0.4


def test_silence_buys_no_recall_and_no_coverage():
    found = shares(silent)
    assert found["given 7"] == found["given 28"] == found["recall 8"] == found["recall 4"] == 0
    assert found["false"] == 0
    assert "coverage 7" not in found


def test_an_interval_is_right_if_it_holds_the_truth():
    one = case(events=[(100, "decoy")])
    assert score.judge(one, told(event("…", (7, -1, 1))))["coverage 7"] == (1, 1)
    assert score.judge(one, told(event("…", (7, 1, 2))))["coverage 7"] == (0, 1)


def test_an_effect_without_an_interval_counts_as_not_given():
    one = case(events=[(100, "decoy")])
    found = score.judge(one, told(event("…", (7, None, None))))
    assert found["given 7"] == (0, 1)
    assert "coverage 7" not in found


def test_a_true_event_is_held_against_what_it_truly_did():
    one = case("jump", 100, extra=50, events=[(100, "true")])
    assert score.judge(one, told(event("moved", (7, 40, 60))))["coverage 7"] == (1, 1)
    assert score.judge(one, told(event("moved", (7, -5, 5))))["coverage 7"] == (0, 1)


@pytest.mark.parametrize("day", [20, 60, 95, 130, 196])
def test_no_window_is_asked_about_that_is_not_clean(day):
    """Short history; an artefact before it; a plant in it or just before; the end of the log."""
    one = case("jump", 100, extra=50, events=[(day, "decoy")], artefacts=[("gap", 50, 52)])
    assert "given 7" not in score.judge(one, told(event("…", (7, -1, 1))))


def test_a_change_near_what_spoiled_the_log_is_not_false():
    one = case(artefacts=[("purge", 100, 100)])
    assert score.judge(one, told(changes=[change(106)]))["false"] == (0, 1)
    assert score.judge(one, told(changes=[change(120)]))["false"] == (1, 1)


def test_a_gap_excuses_no_claim():
    one = case(artefacts=[("gap", 100, 103)])
    assert score.judge(one, told(changes=[change(101)]))["false"] == (1, 1)


def test_a_claimed_decoy_in_a_quiet_log_is_false():
    one = case(events=[(100, "decoy")])
    found = score.judge(one, told(event("moved")))
    assert (found["false"], found["false event"], found["false change"]) == ((1, 1), (1, 1), (0, 1))


def test_a_plant_is_found_by_its_event_or_by_a_change_near_it():
    one = case("spike", 100, extra=50, events=[(100, "true")])
    assert score.judge(one, told(event("cannot separate")))["recall 8"] == (1, 1)
    assert score.judge(one, told(event(), changes=[change(104)]))["recall 8"] == (1, 1)
    assert score.judge(one, told(event(), changes=[change(140)]))["recall 8"] == (0, 1)


def test_a_claimed_decoy_beside_a_plant_is_attributed_wrongly():
    one = case("spike", 100, extra=50, events=[(100, "true"), (150, "decoy")])
    assert score.judge(one, told(event("moved"), event("moved")))["attribution"] == (1, 2)


def test_a_shift_is_dated_well_within_three_days():
    one = case("rate", 100, extra=50)
    assert score.judge(one, told(changes=[change(103, "rate")]))["dated"] == (1, 1)
    assert score.judge(one, told(changes=[change(104, "rate")]))["dated"] == (0, 1)
    assert score.judge(one, told(changes=[change(100, "spike")]))["shift"] == (0, 1)


def test_two_true_events_in_a_week_may_be_attributed_to_neither():
    one = case("close pair", 100, extra=50, events=[(100, "true"), (103, "true")])
    both = told(event("cannot separate"), event("cannot separate"))
    assert score.judge(one, both)["neither"] == (1, 1)
    assert score.judge(one, told(event("moved"), event()))["neither"] == (0, 1)


def test_readings_days_apart_are_asked_by_the_interval_that_holds_the_event():
    one = case("jump", 100, extra=50, events=[(98, "true")], kind="stock")
    one = replace(one, log=replace(one.log, rhythm="irregular", readings=(90, 97, 107)))
    assert score.judge(one, told(event("moved", (10, 40, 60))))["seldom coverage"] == (1, 1)
    assert "seldom coverage" not in score.judge(one, told(event("moved", (7, 40, 60))))


def test_a_share_of_all_or_none_still_has_an_interval():
    found = score.figure([{"x": (5, 5)}, {"x": (5, 5)}], "x")
    assert (found.share, found.high, found.count) == (1, 1, 10)
    assert 0.6 < found.low < 0.8


@pytest.mark.parametrize(
    ("true", "found", "f1", "covering"),
    [
        ([], [], 1, 1),
        ([50], [50], 1, 1),
        ([50], [], 2 / 3, 0.5),
        ([], [50], 2 / 3, 0.5),
        ([50], [54], 1, (50 / 54 * 50 + 46 / 50 * 50) / 100),
        ([50], [56], 0.5, (50 / 56 * 50 + 44 / 50 * 50) / 100),
        ([50], [48, 52], 0.8, (48 / 50 * 50 + 48 / 50 * 50) / 100),
    ],
)
def test_cuts_are_scored_as_in_the_literature(true, found, f1, covering):
    assert annotated.f1(true, found) == pytest.approx(f1)
    assert annotated.covering(true, found, 100) == pytest.approx(covering)


@pytest.mark.parametrize("planted", ["none", *simulate.PLANTS])
def test_a_seed_gives_the_same_case_for_ever(planted):
    one, other = simulate.make(7, planted), simulate.make(7, planted)
    np.testing.assert_array_equal(one.log.values, other.log.values)
    assert (one.events, one.plants) == (other.events, other.plants)


def test_the_truth_of_a_case_is_what_its_log_would_lack_without_it():
    one = simulate.make(3, "jump")
    assert np.flatnonzero(one.extra).tolist() == [one.plants[0].day]


def test_a_quiet_case_has_no_truth_to_find():
    assert not any(one.extra.any() or one.plants for one in CASES if one.planted == "none")


def test_the_engine_does_well_on_a_few_cases():
    """A smoke run: far looser than the floors, so that it fails only if something broke."""
    tallies = [score.judge(one, analyse(*score.asked(one)).as_dict()) for one in CASES]
    assert score.figure(tallies, "coverage 7").share > 0.85
    assert score.figure(tallies, "given 7").share > 0.9
    assert score.figure(tallies, "false").share <= 0.2


def calibration() -> dict:
    return json.loads((ROOT / "docs" / "calibration.json").read_text("utf-8"))


def test_the_page_shows_the_latest_figures():
    page = (ROOT / "content" / "pages" / "how-we-count.md").read_text("utf-8")
    assert publish.for_readers(calibration()) in page, "run make bench-insights"


def test_the_report_tells_what_its_figures_are():
    report = (ROOT / "docs" / "calibration.md").read_text("utf-8")
    assert report == publish.calibration(calibration()), "run make bench-insights"


def test_the_figures_are_of_a_thousand_quiet_and_a_thousand_changed_series():
    series = calibration()["series"]
    assert min(series["quiet"], series["changed"]) - series["read seldom"] >= 1000


def test_every_figure_with_a_floor_is_in_the_report():
    named = {row["name"] for row in calibration()["figures"]}
    assert {name for name, _, floor, _ in measure.ROWS if floor} <= named


def test_a_page_without_the_table_is_refused():
    with pytest.raises(ValueError, match="no table"):
        publish.with_table("No table here.\n", calibration())
