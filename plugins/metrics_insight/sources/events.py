"""The log of what happened: a CSV with the columns date,end,title,kind,metrics,url,note,logged."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from metrics_insight.errors import Fault, in_short
from metrics_insight.model import Dataset, Event
from metrics_insight.sources import days, text
from mistakes import Mistake, Mistakes, did_you_mean

COLUMNS = ("date", "end", "title", "kind", "metrics", "url", "note", "logged")


def read(path: Path, shown: str) -> Dataset:
    """The events of the log; of other columns those misspelt, perhaps, are named in the doubts.

    Raises `Mistakes` for a missing date or title, a date that is none, an end before the
    date, and an address that is no http(s) link.
    """
    sheet = text.read(path, shown, header=",".join(COLUMNS))
    with sheet.telling_all():
        return _read(sheet, shown)


def _read(sheet: text.Sheet, shown: str) -> Dataset:
    names = [name.lower() for name in sheet.header]
    for needed in ("date", "title"):
        if needed not in names:
            right = text.rename(names, needed) or f"the header is {','.join(COLUMNS)}"
            raise Mistakes([Mistake(shown, 1, f'no column is called "{needed}"', right)])
    rows = {row.line: dict(zip(names, row.cells, strict=True)) for row in sheet.rows}
    found, faults = days.read_column({line: row["date"] for line, row in rows.items()})
    events = [_event(row, found[line], line, faults) for line, row in rows.items() if line in found]
    if faults:
        told = sorted(in_short(faults), key=lambda fault: fault.line)
        raise Mistakes(fault.at(shown) for fault in told)
    return Dataset(events=tuple(events), doubts=tuple(_left_out(names, shown)))


def _event(row: dict[str, str], day: date, line: int, faults: list[Fault]) -> Event:
    title = row["title"]
    if not title:
        faults.append(Fault("the title is missing", "say in a few words what happened", line))
    end = _day(row.get("end", ""), line, faults)
    if end and end < day:
        faults.append(Fault(f"the end {end} is before the date {day}", "swap the two", line))
        end = None
    url = row.get("url", "")
    if not _is_link(url):
        faults.append(Fault(f'"{url[:40]}" is no link', "write https://…", line))
    return Event(
        date=day,
        title=title,
        kind=row.get("kind", "").lower(),
        end=end,
        metrics=tuple(filter(None, re.split(r"[\s,;]+", row.get("metrics", "")))),
        url=url,
        note=row.get("note", ""),
        logged=_day(row.get("logged", ""), line, faults),
        line=line,
    )


def _is_link(url: str) -> bool:
    try:
        return urlsplit(url).scheme in {"http", "https", ""}
    except ValueError:
        return False


def _day(written: str, line: int, faults: list[Fault]) -> date | None:
    if not written:
        return None
    try:
        return days.read_one(written)
    except Fault as fault:
        faults.append(Fault(fault.wrong, fault.right, line))
        return None


def _left_out(names: list[str], shown: str) -> list[Mistake]:
    others = [name for name in names if name and name not in COLUMNS]
    meant = [name for name in others if did_you_mean(name, COLUMNS).startswith("did")]
    return [
        Mistake(shown, 1, wrong, did_you_mean(name, COLUMNS), doubtful=True)
        for name in meant
        for wrong in [f'the column "{name}" is not read']
    ]
