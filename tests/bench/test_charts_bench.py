"""The bench of charts: what it tells is so, and what does not hold is not passed over."""

from __future__ import annotations

import re
import sys
import time

import pytest

import chart_cases
import demo

sys.path.append(str(demo.ROOT / "bench"))

import chart_peers
import charts as bench

PAGE = bench.PAGE.read_text("utf-8")


def test_the_bytes_that_the_page_tells_are_those_of_today():
    rows = [str(row) for row in bench.weights(chart_cases.year())]
    assert len(rows) == 6
    assert [row for row in rows if row not in PAGE] == []


def test_the_page_has_one_table_that_the_bench_can_write_anew():
    (table,) = bench.TABLE.findall(PAGE)
    assert table.startswith(bench.HEADS)
    assert len(table.splitlines()) == 2 + 18
    assert bench.TABLE.sub("new", PAGE).count("new\n<!-- to here -->") == 1


def test_a_figure_that_misses_is_marked_wherever_it_is_told():
    told = re.findall(r"^\|.*not yet.*\|$", PAGE, re.MULTILINE)
    assert all("**" in line for line in told)
    assert str(bench.weight("x", b"123", 2)) == "| x | **3 bytes**: not yet | at most 2 |"
    assert str(bench.weight("x", b"12", 2)) == "| x | 2 bytes | at most 2 |"


def test_a_tool_must_be_slower_by_as_much_as_is_asked():
    def nap(seconds: float):
        return lambda: time.sleep(seconds)

    assert bench.faster("x", nap(0.001), nap(0.02), 4, 3).holds
    assert not bench.faster("x", nap(0.01), nap(0.01), 4, 3).holds


@pytest.mark.parametrize("missing", chart_peers.NEEDED)
def test_a_missing_peer_is_told_and_nothing_is_measured(missing, monkeypatch):
    monkeypatch.setattr(chart_peers, "find_spec", lambda name: None if name == missing else True)
    with pytest.raises(SystemExit) as told:
        chart_peers.refuse_missing()
    package = chart_peers.NEEDED[missing]
    assert told.value.code == f"bench/charts.py: not installed: {package}; run: make peers"


def test_every_peer_is_in_the_bench_group_alone():
    text = (demo.ROOT / "pyproject.toml").read_text("utf-8")
    run_time = text.partition("[dependency-groups]")[0]
    for package in chart_peers.NEEDED.values():
        assert package in text
        assert package not in run_time
