"""Builders for the tests of metrics_insight: a series in one line, what is said of it, a card."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from blinker import NamedSignal
from pelican import Pelican, signals
from pelican.settings import read_settings

from metrics_insight import compose, sentences
from metrics_insight.dossier import Dossier
from metrics_insight.findings import growth, usual
from metrics_insight.insight import Chart, Mark, Panel
from metrics_insight.model import (
    Dataset,
    Event,
    Kind,
    Metric,
    Point,
    Request,
    Series,
    Span,
)
from metrics_insight.sources import tables

WORDS = sentences.catalogue("en")


def day(written: str) -> date:
    """3 March as "03-03", in 2025; or a whole date."""
    return date.fromisoformat(written if len(written) == 10 else f"2025-{written}")


def span(first: str, last: str) -> Span:
    """Days from one to another, in 2025 unless a year is written."""
    return Span(day(first), day(last))


def metric(kind: Kind = "flow", label: str = "Views", unit: str = "views") -> Metric:
    """The metric of most tests."""
    return Metric("site", unit, label=label, unit=unit, kind=kind, file="content/data/site.csv")


def series(
    *values: float | None, first: str = "03-01", every: int = 1, of: Metric | None = None
) -> Series:
    """Readings on one day after another, or every so many days; None is a gap."""
    days = tuple(day(first) + timedelta(days=every * n) for n in range(len(values)))
    return Series(of or metric(), days, values)


def stock(*values: float | None, first: str = "03-01", every: int = 1) -> Series:
    """The same as a running total of followers."""
    return series(*values, first=first, every=every, of=metric("stock", "Followers", "followers"))


def event(on: str, title: str = "A talk", **more: Any) -> Event:
    """Something that happened."""
    return Event(day(on), title, **more)


def change(on: str, title: str = "bots left out", **more: Any) -> Event:
    """A change in the way of counting."""
    return event(on, title, kind="counting", **more)


def dossier(
    one: Series, window: Span | None = None, *events: Event, beside: tuple[Series, ...] = ()
) -> Dossier:
    """What finders get: a series, a window (else all of it) and the events, analysed."""
    data = Dataset((one, *beside), events)
    return compose.dossier(Request("x"), one, window or one.span, data, beside)


def said(about: Dossier) -> list[str]:
    """What is said of the growth and of what is usual; nothing of what was tested."""
    return list(sentences.write([*growth.find(about), *usual.find(about)], "en"))


def told(about: Dossier) -> list[str]:
    """All that is said of a dossier."""
    return list(sentences.write(compose.observe(about), "en"))


def chart(*panels: Panel, marks: int = 0, **more: Any) -> Chart:
    """A chart of some panels, with marks on as many of its days."""
    days = [point.day for panel in panels for point in panel.points]
    window = Span(min(days), max(days))
    plain = Chart(
        title="Views, March 2025",
        note="views",
        alt="Line chart.",
        source="Source: site.csv",
        language="en",
        span=window,
        window=window,
        panels=panels,
        marks=tuple(Mark(n + 1, days[n % len(days)]) for n in range(marks)),
    )
    return replace(plain, **more)


def panel(*values: float, kind: Kind = "flow", label: str = "Views", **more: Any) -> Panel:
    """A panel with one unbroken run of daily points."""
    points = tuple(Point(day("03-01") + timedelta(days=n), v) for n, v in enumerate(values))
    return replace(Panel(label, "views", kind, True, (points,)), **more)


def read(folder: Path, text: str | bytes, name: str = "site.csv", toml: str = "") -> Dataset:
    """What a CSV file of this text holds, with a .toml beside it where one is given."""
    raw = text if isinstance(text, bytes) else text.encode("utf-8")
    (folder / name).write_bytes(raw)
    if toml:
        (folder / name).with_suffix(".toml").write_text(toml, "utf-8")
    return tables.read(folder / name, f"content/data/{name}")


DAYS = "date,followers\n" + "".join(f"2025-03-{n:02},{1000 + 5 * n}\n" for n in range(1, 32))
BLOCK = """```insight
metric: site.followers
window: 2025-03-08 .. 2025-03-28
question: Why did it rise?

The reading. It is likely.
```"""


def post(title: str, body: str = BLOCK, **headers: str) -> str:
    """The text of a post."""
    given = {"Title": title, "Date": "2025-04-01", "Slug": title.lower(), **headers}
    return "".join(f"{key}: {value}\n" for key, value in given.items()) + f"\n{body}\n"


def build(root: Path, files: Mapping[str, str | bytes], to: str = "output", **more: Any) -> Path:
    """A site of these files under content/, built by Pelican in this process; its output."""
    for name, text in {"data/site.csv": DAYS, **files}.items():
        path = root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    settings = {
        "PATH": str(root / "content"),
        "OUTPUT_PATH": str(root / to),
        "THEME": "simple",
        "PLUGINS": ["metrics_insight"],
        "TIMEZONE": "UTC",
        "SITEURL": "https://blog.example",
        "ARTICLE_EXCLUDES": ["pages"],
        "CACHE_CONTENT": False,
        "CACHE_PATH": str(root / "cache"),
        **more,
    }
    with receivers_kept():
        Pelican(read_settings(override=settings)).run()
    return root / to


@contextmanager
def receivers_kept() -> Iterator[None]:
    """Whatever plugins connect to Pelican's signals meanwhile is disconnected afterwards."""
    all_signals = [one for one in vars(signals).values() if isinstance(one, NamedSignal)]
    before = {one.name: set(map(id, one.receivers_for(None))) for one in all_signals}
    try:
        yield
    finally:
        for one in all_signals:
            for receiver in list(one.receivers_for(None)):
                if id(receiver) not in before[one.name]:
                    one.disconnect(receiver)
