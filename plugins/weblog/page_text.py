"""The text of a post as a page shows it: notes where they are called, wide things in boxes.

Feeds keep the text as Markdown made it. A page has a margin and a strict policy, so here

- a short footnote moves to where the text refers to it, once, as ``<span class="note">``:
  style puts it beside the text, or on a small screen shows it when its number is pressed;
- a table of three columns or more gets a box that scrolls and that keys can reach;
- code with long lines can be reached by keys for the same reason;
- the alignment of table columns becomes a class, since the policy allows no inline style.
"""

from __future__ import annotations

import re
from itertools import count
from typing import Any

from markupsafe import Markup, escape
from pelican import signals

LONG_LINE = 38  # characters of code that fit on a phone

_NOTE = re.compile(r'<li id="(fn:[^"]+)">\s*((?:<p>(?:(?!</p>).)*</p>\s*)+)</li>\s*', re.DOTALL)
_CALL = re.compile(
    r'<sup id="fnref:[^"]+"><a class="footnote-ref" href="#(fn:[^"]+)">(\d+)</a></sup>'
)
_BACK = re.compile(r'(?:&#160;)?<a class="footnote-backref"[^>]*>[^<]*</a>')
_LIST = re.compile(r'<div class="footnote">\s*<hr ?/?>\s*<ol>(.*?)</ol>\s*</div>\s*', re.DOTALL)
_BLOCK = re.compile(r"<(p|li|dd|dt|td|th|h[1-6]|figcaption|summary|caption)[ >]")
_TABLE = re.compile(r'(<div class="table"[^>]*>\s*)?<table>.*?</table>', re.DOTALL)
_ALIGN = re.compile(r'(<t[hd]) style="text-align: (left|right|center);"')
_CODE = re.compile(r"<pre>(.*?)</pre>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def page_text(html: str, table: str = "Table") -> Markup:
    """The text with its notes beside it and its wide tables and code in boxes."""
    text = _boxed_tables(_reachable_code(notes_beside(html)), table)
    return Markup(text)  # noqa: S704 - the author's own HTML, as Pelican hands it over


def notes_beside(html: str) -> str:
    """The text with each note of plain paragraphs moved to the first place that calls it.

    What is called from a heading or a table, or is more than paragraphs, stays in the list
    at the end.
    """
    ending = _LIST.search(html)
    if ending is None:
        return html
    notes = dict(_NOTE.findall(ending[1]))
    moved: set[str] = set()

    def with_note(call: re.Match[str]) -> str:
        key, number = call[1], call[2]
        if key in moved or key not in notes or not _is_running_text(html, call.start()):
            return call[0]
        moved.add(key)
        return call[0] + _beside(key, number, notes[key], call[0])

    text = _CALL.sub(with_note, html[: ending.start()])
    return text + _remaining(ending, moved) + html[ending.end() :]


def register() -> None:
    """Give templates the filter ``page_text``."""
    signals.generator_init.connect(_add_filter)


def _add_filter(generator: Any) -> None:
    generator.env.filters["page_text"] = page_text


def _is_running_text(html: str, place: int) -> bool:
    """Tell whether the nearest block before this place is a paragraph or an item of a list."""
    start = max(0, place - 20_000)
    blocks = _BLOCK.findall(html, start, place)
    return bool(blocks) and blocks[-1] in ("p", "li", "dd")


def _beside(key: str, number: str, body: str, call: str) -> str:
    """A note as it stands in the running text, where only phrases may stand."""
    paragraphs = _BACK.sub("", body).strip().split("<p>")[1:]
    words = "".join(f"<span>{text.strip().removesuffix('</p>')}</span>" for text in paragraphs)
    home = call.partition('id="')[2].partition('"')[0]
    words = words.replace("<span>", f"<span><sup>{number}</sup> ", 1)
    back = f'<a class="back" href="#{home}">\N{LEFTWARDS ARROW WITH HOOK}</a>'
    return f'<span class="note" id="{key}" role="note">{words}{back}</span>'


def _remaining(ending: re.Match[str], moved: set[str]) -> str:
    """The list at the end without the notes that moved; what is left keeps its number."""
    numbered = count(1)

    def item(found: re.Match[str]) -> str:
        return f'<li value="{next(numbered)}" id="{found[1]}">'

    listed = re.sub(r'<li id="(fn:[^"]+)">', item, ending[1])
    for key in moved:
        listed = re.sub(
            rf'<li value="\d+" id="{re.escape(key)}">.*?</li>\s*', "", listed, flags=re.DOTALL
        )
    return f'<div class="footnote">\n<hr>\n<ol>{listed}</ol>\n</div>\n' if listed.strip() else ""


def _boxed_tables(html: str, name: str) -> str:
    """Each table with three columns or more in a box of its own, numbered for those who listen."""
    numbers = count(1)

    def box(found: re.Match[str]) -> str:
        table = _ALIGN.sub(r'\1 class="\2"', found[0])
        if found[1] or len(re.findall("</t[hd]>", table.partition("</tr>")[0])) < 3:
            return table
        label = escape(f"{name} {next(numbers)}")
        return f'<div class="table" role="region" aria-label="{label}" tabindex="0">{table}</div>'

    return _TABLE.sub(box, html)


def _reachable_code(html: str) -> str:
    """Code whose lines may reach out of their box can be scrolled with the keys."""

    def reach(found: re.Match[str]) -> str:
        lines = _TAG.sub("", found[1]).split("\n")
        is_long = max(map(len, lines)) > LONG_LINE
        return f'<pre tabindex="0">{found[1]}</pre>' if is_long else found[0]

    return _CODE.sub(reach, html)
