"""The metadata and sections of an entry, as values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import get_args

from comment_archive.importers.movable_type.sections import METADATA, RawEntry, Section
from comment_archive.importers.reading.dates import american
from comment_archive.model import Entry, Form, Item, Left, Said, Status, Words

REMARKS = {
    "COMMENT": re.compile(r"(AUTHOR|EMAIL|IP|URL|DATE|TITLE):(.*)"),
    "PING": re.compile(r"(BLOG NAME|IP|URL|DATE|TITLE):(.*)"),
}
"""The fields of a comment and of a trackback."""

STATUSES: dict[str, Status] = {
    "": "published",
    "publish": "published",
    "draft": "draft",
    "review": "pending",
    "future": "future",
    "scheduled": "future",
}
FORMS: dict[str, Form] = {"0": "html", "richtext": "html", "none": "html", "": "lines"}
SEVERAL = {"CATEGORY", "PRIMARY CATEGORY", "NO ENTRY"}
VALUES = {
    "ALLOW COMMENTS": re.compile(r"\d?"),
    "ALLOW PINGS": re.compile(r"\d?"),
    "CONVERT BREAKS": re.compile(
        r"|0|1|none|richtext|__default__|markdown\w*|textile\w*", re.IGNORECASE
    ),
    "NO ENTRY": re.compile(""),
}
"""The values of fields of which no more is kept than what they mean."""

QUOTED_TAG = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([^,]*))\s*(?:,|$)""")


def entry_of(raw: RawEntry) -> Iterator[Item]:
    """An entry with its comments, after what of it cannot be brought over."""
    place = f"line {raw.line}"
    fields, strange = _metadata(raw.metadata)
    for line in strange:
        yield Left(f'the line "{line[:60]}"', place, "no field of this format that is known here")
    if not fields and not raw.sections:
        return
    yield from _doubts(fields, raw, place)
    yield _entry(fields, raw, place)


def _metadata(lines: list[str]) -> tuple[list[tuple[str, str]], list[str]]:
    found = [(line, METADATA.match(line)) for line in lines]
    fields = [(one[1], one[2].strip()) for _, one in found if one]
    return fields, [line for line, one in found if one is None and line.strip()]


def _doubts(fields: list[tuple[str, str]], raw: RawEntry, place: str) -> Iterator[Left]:
    named = dict(reversed(fields))
    if named.get("STATUS", "").lower() not in STATUSES:
        why = "a status that is not known here: the entry comes in as a draft"
        yield Left(f'the status "{named["STATUS"][:60]}"', place, why)
    for name, value in fields:
        if name not in SEVERAL and value != named[name]:
            yield Left(f'a second {name}, "{value[:60]}"', place, "an entry has one")
        if name in VALUES and not VALUES[name].fullmatch(value):
            yield Left(f'{name}, "{value[:60]}"', place, "a value that is not known here")
    yield from _of_remarks(raw, place, named.get("DATE", ""))


def _of_remarks(raw: RawEntry, place: str, date: str) -> Iterator[Left]:
    """Dates that are none, and words in the place of what is never kept."""
    dates = [(place, date)]
    for section in (one for one in raw.sections if one.name in REMARKS):
        told, where = _remark(section)[0], f"line {section.line}"
        dates.append((where, told.get("DATE", "")))
        if any(" " in told.get(name, "") for name in ("EMAIL", "IP")):
            yield Left("words", where, "they stand where an address should, and none is kept")
    for where, written in dates:
        if written and american(written) is None:
            yield Left(f'the date "{written[:60]}"', where, "no day that can be read")


def _entry(fields: list[tuple[str, str]], raw: RawEntry, place: str) -> Entry:
    named = dict(reversed(fields))
    primary = [value for name, value in fields if name == "PRIMARY CATEGORY"]
    several = [value for name, value in fields if name == "CATEGORY"]
    categories = tuple(dict.fromkeys(filter(None, (*primary, *several))))
    form = _form(named.get("CONVERT BREAKS", ""))
    address = named.get("UNIQUE URL", "")
    return Entry(
        place=place,
        status=STATUSES.get(named.get("STATUS", "").lower(), "draft"),
        title=named.get("TITLE", ""),
        slug=named.get("BASENAME", ""),
        moment=american(named.get("DATE", "")),
        authors=tuple(filter(None, (named.get("AUTHOR", ""),))),
        category=categories[0] if categories else "",
        categories=categories,
        tags=tags_of(named.get("TAGS", "")),
        keywords=_words(raw, "KEYWORDS"),
        body=Words(_words(raw, "BODY"), form),
        more=Words(_words(raw, "EXTENDED BODY"), form),
        excerpt=Words(_words(raw, "EXCERPT"), "lines"),
        address=address,
        guid=address,
        comment_feeds=_comment_feeds(address),
        comments=tuple(_said(one) for one in raw.sections if one.name in REMARKS),
    )


def _form(breaks: str) -> Form:
    """How the words of an entry are written, by its CONVERT BREAKS.

    >>> [_form(one) for one in ("0", "1", "__default__", "markdown_with_smartypants", "textile_2")]
    ['html', 'lines', 'lines', 'markdown', 'textile']
    """
    near: tuple[Form, ...] = get_args(Form)
    begins = next((form for form in near[2:4] if breaks.lower().startswith(form)), None)
    return begins or FORMS.get(breaks.lower(), "lines")


def tags_of(written: str) -> tuple[str, ...]:
    """The tags of a line, where one with a comma or a quote stands in quotes.

    >>> tags_of('''"tea, green",kettles,'5" spout', new year''')
    ('tea, green', 'kettles', '5" spout', 'new year')
    """
    found = (next(filter(None, one), "").strip() for one in QUOTED_TAG.findall(written))
    return tuple(dict.fromkeys(filter(None, found)))


def _comment_feeds(address: str) -> tuple[str, ...]:
    """Where TypePad publishes the comments of a post."""
    page = re.match(r"(https?://.+/[^/?#]+)\.html?$", address)
    return tuple(f"{page[1]}/comments/{name}.xml" for name in ("atom", "rss")) if page else ()


def _words(raw: RawEntry, name: str) -> str:
    """The words of every section of that name: a damaged file may have it in two halves."""
    sections = [
        one for one in raw.sections if one.name == name or (name == "BODY" and not one.name)
    ]
    return "\n\n".join(filter(None, ("\n".join(one.lines).strip("\n") for one in sections)))


def _remark(section: Section) -> tuple[dict[str, str], list[str]]:
    """The fields of a comment, then its lines: from the first that is no field, or one again."""
    fields: dict[str, str] = {}
    for number, line in enumerate(section.lines):
        found = REMARKS[section.name].match(line)
        if found is None or found[1] in fields:
            return fields, section.lines[number:]
        fields[found[1]] = found[2].strip()
    return fields, []


def _said(section: Section) -> Said:
    fields, lines = _remark(section)
    ping = section.name == "PING"
    return Said(
        author=fields.get("BLOG NAME" if ping else "AUTHOR", ""),
        url=fields.get("URL", ""),
        moment=american(fields.get("DATE", "")),
        words=Words("\n".join(lines).strip("\n"), "lines"),
        kind="trackback" if ping else "comment",
        title=fields.get("TITLE", ""),
    )
