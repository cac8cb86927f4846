"""From the text of an insight block to a request: header lines, an empty line, the words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from letters import plain
from metrics_insight import check_line, fences
from metrics_insight.claim import OUTCOMES, Check, Outcome, Quote
from metrics_insight.errors import Fault, Faults
from metrics_insight.model import Request, Span
from mistakes import did_you_mean

T = TypeVar("T")
KEYS = (
    "metric", "window", "with", "events", "question", "check", "verdict", "title", "alt", "id",
    "card",
)  # fmt: skip
ALONE = ("all", "none")
LABELS = ("Other reading", "So what", "Next", "Verdict")

# what Markdown reads as a fence inside a list, a quotation or a code block
_INNER_FENCE = re.compile(r"^(?:[\s>]|[-*+]\s|\d+[.)]\s)+(?:`{3,}|~{3,})(?P<word>[^`]*)$")
_HEADER = re.compile(r"^(?P<key>[A-Za-z][\w-]*)\s*:(?P<value>.*)$")
_DAY = r"(\d{4}-\d{2}-\d{2})"
_WINDOW = re.compile(rf"^{_DAY}\s*\.\.\s*{_DAY}$")
_LABEL = re.compile(rf"^(?P<label>{'|'.join(LABELS)}):[ \t]*(?P<words>.*)$", re.IGNORECASE)
_CARD = re.compile(r"^(?P<slug>[^\s#]+)#(?:insight-)?(?P<id>[a-z0-9][a-z0-9-]*)$")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_IDENTIFIER = re.compile(r"^[a-z][a-z0-9-]*$")
_QUESTION_MARKS = ("?", "？", "؟", "?”", "?“", "?»", '?"')


@dataclass(frozen=True)
class Block:
    """A fenced insight block: its lines, and where its fence opens and closes (from 0).

    One that nobody closed has its end after the last line of the text, as every fence has.
    """

    lines: tuple[str, ...]
    opens: int
    closes: int
    is_closed: bool = True


@dataclass(frozen=True)
class Part:
    """A part of what the author wrote in a block: its label ("" for the reading) and Markdown.

    ``line`` is where it begins in the block, from 1.
    """

    label: str
    markdown: str
    line: int = field(default=0, compare=False)


def find(lines: Sequence[str]) -> tuple[Block, ...]:
    """The insight blocks of a text, those inside another fence or an HTML comment left out."""
    return tuple(
        Block(tuple(lines[opens + 1 : closes]), opens, closes, closes < len(lines))
        for opens, closes, word in fences.whole(lines)
        if word == "insight" and not lines[opens].startswith(" ")
    )


def near_misses(lines: Sequence[str]) -> tuple[Fault, ...]:
    """A fault for each fence that is no insight block and was probably meant to be one."""
    right = "write ```insight at the start of the line and nothing after it"
    blocks = {block.opens for block in find(lines)}
    return tuple(
        Fault(f'"{_short(lines[at].strip())}" opens no insight block', right, at + 1)
        for at, _, opening in fences.pieces(lines)
        if at not in blocks
        and (fence := opening or _INNER_FENCE.match(lines[at]))
        and re.match(r"\W*insights?\b", fence["word"], re.IGNORECASE)
    )


def parse(block: Block) -> Request:
    """What the block asks for.

    Raises `Faults` with every fault of the block; lines count from 1 at the line after
    the fence, 0 is the fence itself.
    """
    headers, faults = _headers(block.lines)
    values = {key: value for key, (value, _) in headers.items()}
    lines = {key: line for key, (_, line) in headers.items()}
    faults = [*_unnamed(block, values), *faults, *_unknown(headers), *_unfit(values, lines)]
    read = _Reader(values, lines, faults)
    window: Span | None = read("window", parse_window)
    check: Check | None = read("check", check_line.read)
    verdict: Outcome | None = read("verdict", _verdict)
    if faults:
        raise Faults(sorted(faults, key=lambda fault: fault.line))
    return Request(
        metric=values["metric"],
        window=window,
        companions=_names(values.get("with", "")),
        events=_names(values.get("events", "all").lower()),
        question=values.get("question", ""),
        title=values.get("title", ""),
        alt=values.get("alt", ""),
        id=values.get("id", ""),
        check=check,
        verdict=verdict,
        lines=tuple(lines.items()),
    )


def quote(block: Block) -> Quote | None:
    """The card of another post that the block shows, None for a block of its own.

    Raises `Faults`: no SLUG#ID after ``card``, or another line beside it.
    """
    headers, faults = _headers(block.lines)
    if "card" not in headers:
        return None
    written, line = headers["card"]
    found = _CARD.match(written)
    if not found:
        right = "write card: SLUG#ID, the name of its post and its own"
        faults.append(Fault(f'"{_short(written)}" is no card', right, line))
    for key, (_, other) in headers.items():
        if key != "card":
            right = f'take "{_short(key)}" out, or the line card:'
            faults.append(Fault('"card" stands alone', right, other))
    faults += _unclosed(block)
    if faults or not found:
        raise Faults(sorted(faults, key=lambda fault: fault.line))
    return Quote(found["slug"], found["id"], line)


def words(block: Block) -> tuple[Part, ...]:
    """The author's words of a block, cut at the labels; labels inside a fence are only words."""
    blank = next((n for n, line in enumerate(block.lines) if not line.strip()), len(block.lines))
    lines = block.lines[blank + 1 :]
    fenced = {n for opens, closes, _ in fences.whole(lines) for n in range(opens, closes + 1)}
    parts: list[tuple[str, list[str], int]] = [("", [], blank + 2)]
    for number, line in enumerate(lines):
        label = None if number in fenced else _LABEL.match(line)
        if label:
            parts.append((label["label"].capitalize(), [label["words"]], number + blank + 2))
        else:
            parts[-1][1].append(line)
    written = (Part(label, "\n".join(words).strip("\n"), at) for label, words, at in parts)
    return tuple(part for part in written if _COMMENT.sub("", part.markdown).strip())


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


@dataclass(frozen=True)
class _Reader:
    """Reads single values of a header by functions that raise `Fault`, and keeps the faults."""

    values: Mapping[str, str]
    lines: Mapping[str, int]
    faults: list[Fault]

    def __call__(self, key: str, read: Callable[[str, int], T]) -> T | None:
        if not self.values.get(key):
            return None
        try:
            return read(self.values[key], self.lines[key])
        except Fault as fault:
            self.faults.append(fault)
            return None


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
        headers[key] = (plain(header["value"]).strip(), number)
    return headers, faults


def _not_a_header(line: str, number: int) -> Fault:
    return Fault(
        f'"{_short(line)}" is no header line',
        "write key: value, and an empty line before your own words",
        number,
    )


def _unnamed(block: Block, values: Mapping[str, str]) -> Iterator[Fault]:
    """What is wrong with the block as a whole: nobody closed it, it is empty, it has no metric."""
    yield from _unclosed(block)
    if not any(line.strip() for line in block.lines):
        yield Fault("this insight block is empty", "write at least metric: NAME")
    elif "metric" not in values:
        yield Fault("this insight block names no metric", "write metric: NAME")


def _unclosed(block: Block) -> Iterator[Fault]:
    """That the block, or a fence in it, is never closed."""
    if not block.is_closed:
        yield Fault("this insight block is never closed", "write ``` on a line after it")
    for opens, closes, _ in fences.whole(block.lines):
        if closes == len(block.lines):
            right = "let the block begin and end with ````, one more than the code in it"
            yield Fault("this fence is not closed within the block", right, opens + 1)


def _unknown(headers: Mapping[str, tuple[str, int]]) -> list[Fault]:
    return [
        Fault(f'an insight block has no key "{_short(key)}"', did_you_mean(key, KEYS), line)
        for key, (_, line) in headers.items()
        if key not in KEYS
    ]


def _unfit(values: Mapping[str, str], lines: Mapping[str, int]) -> Iterator[Fault]:
    """What is wrong with single values; a window is read elsewhere."""
    for key, value in values.items():
        if not value and key in KEYS:
            yield Fault(f'"{key}" has no value', f"write {key}: … or take the line out", lines[key])
    question = values.get("question", "")
    if question and not question.endswith(_QUESTION_MARKS):
        yield Fault("the question does not end in ?", "ask it", lines["question"])
    identifier = values.get("id", "")
    if identifier and not _IDENTIFIER.match(identifier):
        right = "use a to z, 0 to 9 and -, a letter first"
        yield Fault(f'"{_short(identifier)}" is no id', right, lines["id"])
    chosen = _names(values.get("events", "").lower())
    alone = [word for word in ALONE if word in chosen and len(chosen) > 1]
    if alone:
        yield Fault(f'"{alone[0]}" stands alone', "write it without the others", lines["events"])
    shown = [values.get("metric", ""), *_names(values.get("with", ""))]
    for name in sorted({name for name in shown[1:] if shown.count(name) > 1}):
        yield Fault(f'"{_short(name)}" is shown twice', "name it once", lines["with"])


def _verdict(written: str, line: int) -> Outcome:
    near = " ".join(written.lower().rstrip(".").split())
    for outcome in OUTCOMES:
        if near == outcome:
            return outcome
    raise Fault(f'"{_short(written)}" is no verdict', f"write {', '.join(OUTCOMES)}", line)


def _names(written: str) -> tuple[str, ...]:
    return tuple(filter(None, (name.strip() for name in written.split(","))))


def _short(words: str, most: int = 60) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"
