"""From the text of an insight block to a request: header lines, an empty line, the author's words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from metrics_insight.errors import Fault, Faults
from metrics_insight.model import Part, Request, Span
from mistakes import did_you_mean

KEYS = ("metric", "window", "with", "question", "title", "alt", "id")
LABELS = ("Other reading", "So what", "Next", "Verdict")

_FENCE = re.compile(r"^(?P<indent> {0,3})(?P<fence>`{3,}|~{3,})(?P<word>[^`]*)$")
_HEADER = re.compile(r"^(?P<key>[A-Za-z][\w-]*)\s*:(?P<value>.*)$")
_DAY = r"(\d{4}-\d{2}-\d{2})"
_WINDOW = re.compile(rf"^{_DAY}\s*\.\.\s*{_DAY}$")
_LABEL = re.compile(rf"^(?P<label>{'|'.join(LABELS)}):[ \t]*(?P<words>.*)$", re.IGNORECASE)
_IDENTIFIER = re.compile(r"^[a-z][a-z0-9-]*$")


@dataclass(frozen=True)
class Block:
    """A fenced insight block: its lines, and where its fence opens and closes (from 0)."""

    lines: tuple[str, ...]
    opens: int
    closes: int


def find(lines: Sequence[str]) -> tuple[Block, ...]:
    """The insight blocks of a text, those inside another fence or an HTML comment left out.

    A block that nobody closed runs to the end of the text, as every fence does.
    """
    return tuple(_blocks(lines))


def parse(block: Block) -> Request:
    """What the block asks for.

    Raises `Faults` with every fault of the block; lines count from 1 at the line after
    the fence, 0 is the fence itself.
    """
    headers, faults = _headers(block.lines)
    faults += _unknown(headers)
    if not any(line.strip() for line in block.lines):
        faults = [Fault("this insight block is empty", "write at least metric: NAME")]
    elif "metric" not in headers:
        faults.append(Fault("this insight block names no metric", "write metric: NAME"))
    values = {key: value for key, (value, _) in headers.items()}
    lines = {key: line for key, (_, line) in headers.items()}
    window = None
    if values.get("window"):
        try:
            window = parse_window(values["window"], lines["window"])
        except Fault as fault:
            faults.append(fault)
    _check_words(values, lines, faults)
    if faults:
        raise Faults(tuple(faults))
    return Request(
        metric=values["metric"],
        window=window,
        companions=tuple(
            filter(None, (name.strip() for name in values.get("with", "").split(",")))
        ),
        question=values.get("question", ""),
        title=values.get("title", ""),
        alt=values.get("alt", ""),
        id=values.get("id", ""),
        parts=words(block),
        lines=tuple(lines.items()),
    )


def words(block: Block) -> tuple[Part, ...]:
    """The author's words of a block by their labels, whatever its header lines are like."""
    body_at = next(
        (n for n, line in enumerate(block.lines, 1) if not line.strip()), len(block.lines)
    )
    return _parts(block.lines[body_at:])


def parse_window(written: str, line: int = 0) -> Span:
    """The days of ``FIRST .. LAST``, both included. Raises `Fault`."""
    days = _WINDOW.match(written)
    try:
        first, last = (date.fromisoformat(day) for day in days.groups()) if days else (None, None)
    except ValueError:
        first = last = None
    if first is None or last is None:
        right = "write FIRST .. LAST, such as 2025-02-01 .. 2025-03-31"
        raise Fault(f'"{_short(written)}" is no window', right, line)
    if last < first:
        wrong = f"the window ends on {last}, before it starts"
        raise Fault(wrong, f"write {last} .. {first}", line)
    return Span(first, last)


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    at = 0
    while at < len(lines):
        if lines[at].lstrip().startswith("<!--"):
            at = _end_of_comment(lines, at) + 1
            continue
        opening = _FENCE.match(lines[at])
        if not opening:
            at += 1
            continue
        closes = _closing_fence(lines, at, opening["fence"])
        if opening["word"].strip() == "insight" and not opening["indent"]:
            yield Block(tuple(lines[at + 1 : closes]), at, closes)
        at = closes + 1


def _end_of_comment(lines: Sequence[str], at: int) -> int:
    ends = (number for number in range(at, len(lines)) if "-->" in lines[number])
    return next(ends, at)


def _closing_fence(lines: Sequence[str], at: int, fence: str) -> int:
    closing = re.compile(rf"^ {{0,3}}{re.escape(fence[0])}{{{len(fence)},}}\s*$")
    return next((n for n in range(at + 1, len(lines)) if closing.match(lines[n])), len(lines))


def _headers(lines: Sequence[str]) -> tuple[dict[str, tuple[str, int]], list[Fault]]:
    headers: dict[str, tuple[str, int]] = {}
    faults: list[Fault] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            break
        header = _HEADER.match(line)
        if not header:
            faults.append(_not_a_header(line, number))
            continue
        key = header["key"].lower()
        if key in headers:
            faults.append(Fault(f'"{key}" is written twice', "keep one of the two", number))
        headers[key] = (header["value"].strip(), number)
    return headers, faults


def _not_a_header(line: str, number: int) -> Fault:
    return Fault(
        f'"{_short(line)}" is no header line',
        "write key: value, and an empty line before your own words",
        number,
    )


def _unknown(headers: dict[str, tuple[str, int]]) -> list[Fault]:
    return [
        Fault(f'an insight block has no key "{_short(key)}"', did_you_mean(key, KEYS), line)
        for key, (_, line) in headers.items()
        if key not in KEYS
    ]


def _check_words(values: dict[str, str], lines: dict[str, int], faults: list[Fault]) -> None:
    question = values.get("question", "")
    if question and not question.endswith("?"):
        faults.append(Fault("the question does not end in ?", "ask it", lines["question"]))
    identifier = values.get("id", "")
    if identifier and not _IDENTIFIER.match(identifier):
        right = "use a to z, 0 to 9 and -, a letter first"
        faults.append(Fault(f'"{_short(identifier)}" is no id', right, lines["id"]))
    faults += [
        Fault(f'"{key}" has no value', f"write {key}: … or take the line out", lines[key])
        for key, value in values.items()
        if not value and key in KEYS
    ]


def _parts(lines: Sequence[str]) -> tuple[Part, ...]:
    """Cut the author's words at the labels; labels inside a fence are only words."""
    parts: list[tuple[str, list[str]]] = [("", [])]
    fence = ""
    for line in lines:
        mark = _FENCE.match(line)
        if mark and (not fence or line.strip().startswith(fence)):
            fence = "" if fence else mark["fence"]
        label = None if fence else _LABEL.match(line)
        if label:
            parts.append((label["label"].capitalize(), [label["words"]]))
        else:
            parts[-1][1].append(line)
    written = (Part(label, "\n".join(words).strip("\n")) for label, words in parts)
    return tuple(part for part in written if part.markdown.strip())


def _short(words: str, most: int = 60) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"
