"""The door for the command line: what `harvest` may ask of this plugin."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from metrics_insight import agenda, compose, drafts, journal, report, wording
from metrics_insight.dossier import Dossier
from metrics_insight.errors import Fault
from metrics_insight.journal import About
from metrics_insight.model import Dataset
from metrics_insight.numbers import review as linter
from mistakes import Mistake, Mistakes, did_you_mean

__all__ = [
    "About", "Books", "Checked", "analyse", "books", "chart", "check", "check_settings",
    "commands", "empty_card", "review",
]  # fmt: skip

MEANINGS = {"stock": "a running total", "flow": "so many a day"}


@dataclass(frozen=True)
class Checked:
    """What a check of a site's cards and data found, and how many cards there are."""

    mistakes: tuple[Mistake, ...]
    cards: int


def check(
    root: Path,
    posts: Mapping[str, str],
    data: str = "content/data",
    about: Mapping[str, About] | None = None,
    *,
    settings: Mapping[str, Any] | None = None,
) -> Checked:
    """Every mistake in data files, insight blocks and numbers of a site, by file and line.

    ``posts`` maps the shown path of each post or page to its text, ``about`` to what the site
    knows of it. Doubtful mistakes are warnings. Nothing is written and nothing drawn.
    """
    sources, dataset = _read(root, posts, data, about)
    read = journal.read(sources, dataset)
    found = [*dataset.mistakes, *dataset.doubts, *read.mistakes]
    found += _guesses(entry.dossier for entry in read.entries)
    strict = _strictness(settings or {})
    for one in sources:
        source = linter.Source(one.path, one.text, one.about.language, one.day)
        found += linter.find(source, dataset, strict)
    return Checked(tuple(sorted(found, key=lambda mistake: mistake.place)), read.blocks)


def _read(
    root: Path, posts: Mapping[str, str], data: str, about: Mapping[str, About] | None
) -> tuple[tuple[journal.Source, ...], Dataset]:
    """The sources of a site, and all that its data folder and its posts tell."""
    sources = journal.sources(posts, about or {})
    return sources, compose.gather(root / data, data, (source.told for source in sources))


@dataclass(frozen=True)
class Books:
    """The cards of a site for those who go through them, and the mistakes that keep others out."""

    entries: tuple[journal.Entry, ...]
    dataset: Dataset
    mistakes: tuple[Mistake, ...]

    @property
    def due(self) -> tuple[agenda.Due, ...]:
        """What is due, the longest waiting first."""
        return agenda.due(self.entries)


def books(
    root: Path,
    posts: Mapping[str, str],
    data: str = "content/data",
    about: Mapping[str, About] | None = None,
) -> Books:
    """All cards of a site with where they stand; takes what `check` takes."""
    sources, dataset = _read(root, posts, data, about)
    read = journal.read(sources, dataset)
    wrong = (one for one in (*dataset.mistakes, *read.mistakes) if not one.doubtful)
    return Books(read.entries, dataset, tuple(sorted(wrong, key=lambda one: one.place)))


def review(period: str, of: Books, language: str) -> drafts.Draft:
    """A draft of the review of a month, a quarter or a year. Raises `Mistakes`."""
    language = language if wording.is_spoken(language) else "en"
    try:
        return drafts.review(drafts.period(period, language), of.entries, of.dataset, language)
    except Fault as fault:
        raise Mistakes([fault.at("harvest review")]) from None


def empty_card(metric: str, root: Path, data: str, language: str) -> str:
    """An empty card on a metric of a site. Raises `Mistakes` for a name that no file has."""
    names = compose.gather(root / data, data).names
    if names and metric not in names:
        wrong = f'no metric "{metric}"'
        raise Mistakes([Mistake("--metric", None, wrong, did_you_mean(metric, names))])
    return drafts.empty_card(metric, language if wording.is_spoken(language) else "en")


def check_settings(settings: Mapping[str, Any]) -> tuple[Mistake, ...]:
    """What is wrong with the settings: a library to explore charts with, or a word, is none."""
    from metrics_insight.charts import bundle

    try:
        linter.strictness(settings.get("INSIGHT_NAKED_NUMBERS", "warn"))
    except Fault as fault:
        return (fault.at("pelicanconf.py"),)
    setting = settings.get("INSIGHT_EXPLORE", True)
    try:
        if setting is not True:  # what the package brings cannot be wrong
            bundle.of(setting, Path(settings["PATH"]).parent)
    except Fault as fault:
        return (fault.at("pelicanconf.py"),)
    return ()


def _strictness(settings: Mapping[str, Any]) -> linter.Strictness:
    try:
        return linter.strictness(settings.get("INSIGHT_NAKED_NUMBERS", "warn"))
    except Fault:
        return "warn"  # the setting itself is told of by `check_settings`


def _guesses(dossiers: Iterable[Dossier]) -> Iterator[Mistake]:
    """A doubt for each metric on a card of which nobody said whether it is a stock or a flow."""
    shown = (one for dossier in dossiers for one in (dossier, *dossier.companions))
    for metric in dict.fromkeys(one.series.metric for one in shown):
        if "kind" in metric.guessed:
            wrong = f'that "{metric.column}" is {MEANINGS[metric.kind]} is a guess'
            right = f'write kind = "{metric.kind}" under [{metric.column}] in {metric.table}.toml'
            yield Mistake(metric.file, None, wrong, right, doubtful=True)


_asking = (
    click.argument("series", type=click.Path(path_type=Path)),
    click.option("--metric", metavar="COLUMN", help="Which column; else the first with numbers."),
    click.option(
        "--kind", type=click.Choice(["stock", "flow"]), help="A running total, or so many a day."
    ),
    click.option("--events", type=click.Path(path_type=Path), help="A log of what happened."),
    click.option(
        "--with", "beside", metavar="COLUMN", multiple=True, help="A column to hold it against."
    ),
)
"""What is asked of a CSV, whatever is made of the answer."""


def _asks(command: Callable[..., None]) -> Callable[..., None]:
    """A command with the options that say what is asked of a CSV."""
    for option in reversed(_asking):
        command = option(command)
    return command


@click.command(no_args_is_help=True)
@_asks
@click.option("--window", metavar="FIRST..LAST", help="The days to speak of; else the last 28.")
@click.option("--format", "form", type=click.Choice(["text", "json", "html"]), default="text")
@click.option("--language", default="en", help="The language of the sentences.")
def analyse(series: Path, form: str, language: str, **asked: Any) -> None:
    """Say what a column of a CSV did, in sentences that can be stood behind.

    \b
    harvest analyse content/data/taxi.csv
    harvest analyse followers.csv --events events.csv --with replies
    harvest analyse followers.csv --kind stock --format html > followers.html
    """
    with _mistakes_told():
        done = _reported(series, asked, language)
    if done.guess and form != "text":
        click.echo(done.guess, err=True)
    click.echo(_written(done, form))


@click.command(no_args_is_help=True)
@_asks
@click.option("--window", metavar="FIRST..LAST", help="The days to speak of; else all of them.")
@click.option("--title", default="", help="What stands above the chart.")
@click.option("--narrow", "is_narrow", is_flag=True, help="An .svg as wide as a phone.")
@click.option("--fonts", type=click.Path(path_type=Path), help="A folder of fonts, for a .png.")
@click.option("--language", default="en", help="The language of the words.")
@click.option(
    "-o", "output", type=click.Path(path_type=Path), help="The file; without it an SVG is said."
)
def chart(
    series: Path,
    *,
    output: Path | None,
    language: str,
    title: str,
    is_narrow: bool,
    fonts: Path | None,
    **asked: Any,
) -> None:
    """Draw a column of a CSV: what was counted, what was to be expected, what changed.

    The ending of the file says what it becomes: .svg and .png are pictures, .html is a page
    that stands alone, .json a figure for plotly.js, .csv the numbers that were drawn.

    \b
    harvest chart followers.csv -o followers.svg
    harvest chart followers.csv --events events.csv --with replies -o page.html
    harvest chart content/data/taxi.csv --window 2014-11-01..2015-01-31 -o taxi.png
    """
    from metrics_insight import forms

    look = forms.Look(title, is_narrow, fonts)
    with _mistakes_told():
        forms.refuse(output, look)
        done = _reported(series, asked, language)
        form = forms.write(done, output, look)
        _put(form.raw, output)
    for doubt in form.doubts:
        click.echo(f"warning: {doubt}", err=True)
    if done.guess:
        click.echo(done.guess, err=True)


@contextmanager
def _mistakes_told() -> Iterator[None]:
    """Mistakes end the command with exit code 2, one line each."""
    try:
        yield
    except Mistakes as found:
        for mistake in found.mistakes:
            click.echo(str(mistake), err=True)
        raise SystemExit(2) from None


def _reported(series: Path, asked: Mapping[str, Any], language: str) -> report.Report:
    """The report that was asked for; its doubts are told."""
    _refuse_unspoken(language)
    done = report.of(series, report.Asked(**asked), language)
    for doubt in done.doubts:
        click.echo(f"warning: {doubt}", err=True)
    return done


def _put(raw: bytes, output: Path | None) -> None:
    """Write the file and say how large it is; without one, say what it would hold."""
    if output is None:
        click.echo(raw, nl=False)
        return
    try:
        output.write_bytes(raw)
    except OSError as error:
        wrong = f"it cannot be written ({error.strerror})"
        raise Mistakes([Mistake(str(output), None, wrong, "name a place that can")]) from None
    click.echo(f"{output}: {wording.size(len(raw), wording.catalogue('en'))}")


def _refuse_unspoken(language: str) -> None:
    """Raise `Mistakes` for a language without sentences."""
    if not wording.is_spoken(language):
        wrong, known = f'there are no sentences in "{language}"', wording.languages()
        raise Mistakes([Mistake("--language", None, wrong, f"there are: {', '.join(known)}")])


def _written(done: report.Report, form: str) -> str:
    if form == "json":
        return json.dumps(done.as_dict(), ensure_ascii=False, indent=1, allow_nan=False)
    if form == "text":
        return done.as_text()
    from metrics_insight import page

    return page.write(done)


commands: tuple[click.Command, ...] = (analyse, chart)
