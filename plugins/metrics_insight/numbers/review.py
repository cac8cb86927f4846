"""All that is wrong or doubtful with the numbers in the prose of one post."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from metrics_insight.errors import Fault, Unread
from metrics_insight.model import Dataset
from metrics_insight.numbers import causes, checked, naked, prose
from metrics_insight.numbers.named import SCHEME
from mistakes import Mistake, did_you_mean

Strictness = Literal["warn", "error", "off"]
SETTING = "INSIGHT_NAKED_NUMBERS"

_METRIC = re.compile(r"^(?:metric|with):(?P<names>.*)$", re.MULTILINE | re.IGNORECASE)
_IMPORTED = re.compile(r"^imported:", re.MULTILINE | re.IGNORECASE)
_NO_LINK = (
    "this is no metric link that can be read",
    "write [1,311 followers](metric:NAME@2025-03-31)",
)


@dataclass(frozen=True)
class Source:
    """A post or page: its shown path, its text, its language, its day where it has one."""

    path: str
    text: str
    language: str = "en"
    day: date | None = None


def strictness(setting: object) -> Strictness:
    """What INSIGHT_NAKED_NUMBERS asks for; raises `Fault` for any other word."""
    known: dict[object, Strictness] = {"warn": "warn", "error": "error", "off": "off"}
    if setting is False:
        return "off"
    if setting not in known:
        right = did_you_mean(str(setting), ("warn", "error", "off"))
        raise Fault(f"{SETTING} cannot be {setting!r}", right)
    return known[setting]


def find(source: Source, dataset: Dataset, strict: Strictness = "warn") -> Iterator[Mistake]:
    """Every mistake in the numbers of a post, and every doubt."""
    yield from _linked(source, dataset)
    if "mported:" in source.text and _IMPORTED.search(source.text.partition("\n\n")[0]):
        return  # what was written elsewhere long ago
    words = naked.vocabulary(dataset)
    if strict != "off":
        yield from _naked(source, dataset, words, strict)
    yield from (fault.as_doubt(source.path) for fault in causes.find(source.text, words))


def _linked(source: Source, dataset: Dataset) -> Iterator[Mistake]:
    for link in prose.links(source.text):
        if not link.target:
            yield Fault(*_NO_LINK, link.line).at(source.path)
            continue
        try:
            right = checked.check(link.words, link.target, dataset, source.language)
        except Unread:
            continue  # told of by the file that could not be read
        except Fault as fault:
            yield Fault(fault.wrong, fault.right, link.line).at(source.path)
        else:
            if right.doubt:
                doubt = Fault(right.doubt.wrong, right.doubt.right, link.line)
                yield doubt.as_doubt(source.path)


def _naked(
    source: Source, dataset: Dataset, words: frozenset[str], strict: Strictness
) -> Iterator[Mistake]:
    found = naked.find(source.text, words, source.language)
    likely = _likely(source.text) if found else ()
    for one in found:
        fault = naked.told(one, dataset, likely, source.day)
        yield fault.at(source.path) if strict == "error" else fault.as_doubt(source.path)


def _likely(text: str) -> tuple[str, ...]:
    """The metrics that a post names in its blocks and links."""
    blocks = (name for found in _METRIC.finditer(text) for name in found["names"].split(","))
    linked = (link.target.partition("@")[0] for link in prose.links(text))
    names = (name for one in linked for name in one.removeprefix(SCHEME).split("/"))
    return tuple(name.strip() for name in (*blocks, *names))
