"""A page of absurd depth made shallow, its words kept: no parser is quick there."""

from __future__ import annotations

import re
from collections import Counter

MOST_DEEP = 400
TAG = re.compile(r"<(/?)([A-Za-z][\w:-]*)[^<>]*>")
HOLD_NOTHING = "area base br col embed hr img input link meta param source track wbr"
CLOSED_BY_THE_NEXT = "p li dt dd tr td th tbody thead tfoot option"
NOT_NESTED = frozenset(f"{HOLD_NOTHING} {CLOSED_BY_THE_NEXT}".split())


def shallow(page: str) -> str:
    """The same page, without the tags that stand more than 400 deep.

    >>> shallow("<div>" * 401 + "words" + "</div>" * 401).count("<div>")
    400
    """
    kept: list[str] = []
    stack: list[str] = []
    dropped = Counter[str]()
    at = 0
    for found in TAG.finditer(page):
        name = found[2].lower()
        if name not in NOT_NESTED and _is_too_deep(name, stack, dropped, closes=bool(found[1])):
            kept.append(page[at : found.start()])
            at = found.end()
    return "".join([*kept, page[at:]])


def _is_too_deep(name: str, stack: list[str], dropped: Counter[str], *, closes: bool) -> bool:
    """Whether a tag goes; the stack holds the open ones that stay."""
    if not closes and len(stack) >= MOST_DEEP:
        dropped[name] += 1
        return True
    if not closes:
        stack.append(name)
    elif dropped[name]:
        dropped[name] -= 1
        return True
    elif name in stack:
        while stack.pop() != name:
            pass
    return False
