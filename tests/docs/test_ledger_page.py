"""The page about the ledger says what is true of every line in it."""

from __future__ import annotations

import re

import demo
from metrics_insight import check_line, claim, ledger
from metrics_insight.block import LABELS

PAGE = (demo.ROOT / "docs" / "ledger.md").read_text("utf-8")


def test_every_check_of_the_table_is_one():
    rows = re.findall(r"^\| `(2025[^`]+)` \|", PAGE, re.MULTILINE)
    asked = [check_line.read(row) for row in rows]
    assert [bool(one.per) for one in asked] == [False, True, False]
    assert [bool(one.since) for one in asked] == [False, False, True]
    assert check_line.read("2025-06-01 letter.replies/letter.readers < 0.4 %") == asked[1]


def test_the_verdicts_and_states_are_named():
    assert all(f"`{outcome}`" in PAGE for outcome in claim.OUTCOMES)
    assert all(f"*{state}*" in PAGE for state in ("open", "due", "retired"))
    assert f"{ledger.CLOSE} days old" in PAGE
    assert all(f"`{label}:`" in PAGE for label in LABELS if label in ("Other reading", "Next"))
