"""The door for the command line: what `harvest` may ask of this plugin."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from metrics_insight import block, compose, report
from metrics_insight.errors import Faults
from metrics_insight.model import Dataset
from mistakes import Mistake, Mistakes


@dataclass(frozen=True)
class Checked:
    """What a check of a site's cards and data found, and how many cards there are."""

    mistakes: tuple[Mistake, ...]
    cards: int


def check(
    root: Path, posts: Mapping[str, str], data: str = "content/data", language: str = "en"
) -> Checked:
    """Every mistake in the data files and in every insight block of a site.

    ``posts`` maps the shown path of each post or page to its text. Doubtful mistakes are
    warnings. Nothing is written and nothing drawn.
    """
    dataset, mistakes = compose.gather(root / data, data)
    found = [*mistakes, *dataset.doubts]
    broken = any(not mistake.doubtful for mistake in mistakes)
    cards = 0
    for path, text in sorted(posts.items()):
        blocks = block.find(text.split("\n")) if "insight" in text else ()
        cards += len(blocks)
        found += _check_post(path, text, blocks, dataset, data_is_broken=broken)
    return Checked(tuple(found), cards)


def _check_post(
    path: str,
    text: str,
    blocks: Iterable[block.Block],
    dataset: Dataset,
    *,
    data_is_broken: bool,
) -> list[Mistake]:
    mistakes: list[Mistake] = []
    names: Counter[str] = Counter()
    for found in blocks:
        fence = found.opens + 1
        try:
            request = block.parse(found)
            dossier = compose.resolve(request, dataset, _date_of(text))
        except Faults as faults:
            # a file that could not be read is told once, not again for each card that needs it
            mistakes += [] if data_is_broken and _is_missing(faults) else faults.at(path, fence)
            continue
        name = compose.identify(dossier)
        names[name] += 1
        if names[name] == 2:
            line = fence + request.line_of("id" if request.id else "metric")
            wrong = f'two cards of this post are called "{name.removeprefix("insight-")}"'
            mistakes.append(Mistake(path, line, wrong, "give one of them a line id: NAME"))
    return mistakes


def _is_missing(faults: Faults) -> bool:
    return all(fault.wrong.startswith("no metric") for fault in faults.faults)


def _date_of(text: str) -> date | None:
    """The day in a post's header, None where it has none; the headers are checked elsewhere."""
    for line in text.split("\n"):
        if not line.strip():
            return None
        key, _, value = line.partition(":")
        if key.strip().lower() == "date":
            try:
                return date.fromisoformat(value.strip()[:10])
            except ValueError:
                return None
    return None


@click.command(no_args_is_help=True)
@click.argument("series", type=click.Path(path_type=Path))
@click.option("--metric", metavar="COLUMN", help="Which column; else the first with numbers.")
@click.option(
    "--kind", type=click.Choice(["stock", "flow"]), help="A running total, or so many a day."
)
@click.option("--events", type=click.Path(path_type=Path), help="A log of what happened.")
@click.option(
    "--with", "beside", metavar="COLUMN", multiple=True, help="A column to hold it against."
)
@click.option("--window", metavar="FIRST..LAST", help="The days to speak of; else the last 28.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("--language", default="en", help="The language of the sentences.")
def analyse(series: Path, form: str, language: str, **asked: Any) -> None:
    """Say what a column of a CSV did, in sentences that can be stood behind.

    \b
    harvest analyse content/data/taxi.csv
    harvest analyse followers.csv --events events.csv --format json
    """
    try:
        done = report.of(series, language=language, **asked)
    except Mistakes as found:
        for mistake in found.mistakes:
            click.echo(str(mistake), err=True)
        raise SystemExit(2) from None
    for doubt in done.doubts:
        click.echo(f"warning: {doubt}", err=True)
    if form == "json":
        click.echo(json.dumps(done.as_dict(), ensure_ascii=False, indent=1))
    else:
        click.echo(done.as_text())


commands: tuple[click.Command, ...] = (analyse,)
