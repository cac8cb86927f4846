"""`harvest due` and `harvest review`: the author returns to what was claimed."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from harvest.cli import told_plainly, with_debug
from harvest.new_site import DAY, MINUTE, moment, post_path, refuse_another, write_anew


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@with_debug
def due(form: str, debug: bool) -> None:
    """List the readings whose day has come, each with what its test says.

    A check is due when the data have come to its day; the clock is not asked. Close one with a
    line `verdict: held up`, `did not hold up` or `cannot tell`, and a line `Verdict:` of your own.

    \b
    harvest due
    content/posts/may.md:6: readers below 1,250 on 1 June 2025. It was 1,311 by the reading of
    1 June 2025: by this test the reading held up.
    """
    with told_plainly(debug):
        books, _ = _books()
        if form == "json":
            found = [one.as_dict() for one in books.due]
            click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        else:
            for one in books.due:
                click.echo(str(one))
            click.echo(_counted(len(books.due)), err=True)
        sys.exit(1 if books.mistakes else 0)


@click.command()
@click.argument("period", metavar="MONTH|QUARTER|YEAR")
@click.option("--date", "day", type=click.DateTime([DAY, MINUTE]), help="Its day; without it, now.")
@with_debug
def review(period: str, day: datetime | None, debug: bool) -> None:
    """Draft a post from the data: what went wrong, what moved, what did not.

    It quotes the readings that fell due, wrong ones first, and has a card for each number that
    moved. The places for your words are empty, and nothing is invented.

    \b
    harvest review 2025-05
    harvest review 2025-Q2
    harvest review 2025 --date 2026-01-05
    """
    from harvest.faults import Fault
    from metrics_insight.commands import review as draft
    from mistakes import Mistakes

    with told_plainly(debug):
        books, site = _books()
        try:
            made = draft(period, books, site.settings["DEFAULT_LANG"])
        except Mistakes as found:
            raise Fault("\n".join(map(str, found.mistakes))) from None
        path = post_path(site, made.title)
        refuse_another(path, site)
        header = f"Title: {made.title}\nDate: {moment(day, site)}\nStatus: draft\n\n"
        write_anew(path, header + made.body)
        click.echo(f"{site.shown(path)}: a new draft; see it with: harvest serve")
        sys.exit(1 if books.mistakes else 0)


def _books() -> tuple[Any, Any]:
    """The cards of the site around the current folder, and the site; mistakes are told."""
    from harvest import check, posts
    from harvest import site as sites
    from metrics_insight import commands as insights

    site = sites.find(Path.cwd())
    sources, _ = posts.read(site)
    read = [post for post in sources if post.status != "skip"]
    books = insights.books(
        site.root,
        {post.path: post.text for post in read},
        data=site.shown(site.content / site.settings.get("INSIGHT_DATA", "data")),
        about=check.about(read),
    )
    for mistake in books.mistakes:
        click.echo(str(mistake), err=True)
    return books, site


def _counted(number: int) -> str:
    if not number:
        return "No reading is due."
    waits = "One reading waits" if number == 1 else f"{number} readings wait"
    return f"{waits} for a verdict."
