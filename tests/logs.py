"""Logs of whole months for the tests of the statistics, and the schema of what is found in them."""

from __future__ import annotations

import json
import math
from datetime import date, timedelta
from pathlib import Path
from random import Random

from jsonschema import Draft202012Validator, FormatChecker

from metrics_insight import Series

SCHEMA = json.loads(
    (Path(__file__).parents[1] / "docs" / "analysis.schema.json").read_text("utf-8")
)
VALID = Draft202012Validator(SCHEMA, format_checker=FormatChecker())
FIRST = date(2024, 1, 1)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def counts(length: int, rate: float, seed: int = 1) -> list[float]:
    """So many a day, with the chance of counted things and a little of a week."""
    chance = Random(seed)
    return [round(max(chance.gauss(rate, math.sqrt(rate)), 0)) for _ in range(length)]


def flow(values, kind="flow") -> Series:
    return Series.of([day(n) for n in range(len(values))], values, kind=kind)


def total(gains, start: float = 1000) -> list[float]:
    values = [start]
    for gain in gains:
        values.append(values[-1] + gain)
    return values
