"""`harvest init` and `harvest new`: an empty site, an empty post."""

from __future__ import annotations

import json
import os
import shlex
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from string import Template
from zoneinfo import ZoneInfo

import click

from harvest import site as sites
from harvest.cli import told_plainly, with_debug
from harvest.faults import Fault
from harvest.installed import requirement
from harvest.site import Site

SEED = Path(__file__).resolve().parent / "seed"
# git keeps no empty folder, so each of these begins with a file that nobody sees
FOLDERS = (
    "content/posts",
    "content/pages",
    "content/images",
    "theme/templates",
    "theme/static",
    "plugins",
)
DAY, MINUTE = "%Y-%m-%d", "%Y-%m-%d %H:%M"


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--title", help="The blog's name; without it, the folder's.")
@with_debug
def init(folder: Path, title: str | None, debug: bool) -> None:
    """Write an empty site to DIR, ready to build.

    \b
    harvest init my-blog --title "What we counted"
    cd my-blog
    harvest build
    """
    with told_plainly(debug):
        refuse_what_is_there(folder)
        title = one_line(title if title is not None else ask_title(folder))
        write_site(folder, title)
        click.echo(f"{folder}: a new site; next: cd {shlex.quote(str(folder))} && harvest build")


@click.command()
@click.argument("title")
@click.option("--date", "day", type=click.DateTime([DAY, MINUTE]), help="Its day; without it, now.")
@click.option("--metric", metavar="NAME", help="Begin with an empty card on this metric.")
@with_debug
def new(title: str, day: datetime | None, metric: str | None, debug: bool) -> None:
    """Write an empty post to content/posts/, as a draft.

    \b
    harvest new "A week in March"
    harvest new "Why the count jumped" --metric mastodon.followers
    """
    with told_plainly(debug):
        site = sites.find(Path.cwd())
        title = one_line(title)
        path = post_path(site, title)
        refuse_another(path, site)
        write_anew(path, post_text(title, moment(day, site), empty_card(metric, site)))
        click.echo(f"{site.shown(path)}: a new draft; see it with: harvest serve")


def refuse_what_is_there(folder: Path) -> None:
    """A Fault unless the folder is missing or empty; a fresh git repository counts as empty."""
    if folder.is_dir():
        if {path.name for path in folder.iterdir()} - {".git"}:
            raise Fault(f"{folder}: the folder is not empty; name a new one, or empty it first")
    elif os.path.lexists(folder):
        raise Fault(f"{folder}: this is a file; name a new folder")


def ask_title(folder: Path) -> str:
    """The blog's name from whoever sits at the terminal, else the folder's."""
    name = folder.resolve().name
    if not (sys.stdin and sys.stdin.isatty()):
        return name
    answer: str = click.prompt("The blog's name", default=name)
    return answer


def one_line(title: str) -> str:
    """The title without line breaks and doubled spaces; a Fault when nothing is left."""
    words = " ".join(title.split())
    if not words:
        raise Fault('the title is empty; give one: --title "…" for a site, TITLE for a post')
    return words


def write_site(folder: Path, title: str) -> None:
    """The files of an empty site, written into the folder."""
    for name, text in site_files(folder.resolve().name, title, requirement()):
        write_anew(folder / name, text)


def site_files(name: str, title: str, source: str) -> Iterator[tuple[str, str]]:
    """Each file of an empty site, its path and its text.

    ``source`` is the line of requirements.txt that says where Harvest comes from.
    """
    words = {"name": name, "title": json.dumps(title, ensure_ascii=False)}
    for path in sorted(SEED.rglob("*.txt")):
        place = path.relative_to(SEED).as_posix().removesuffix(".txt").replace("dot-", ".")
        text = path.read_text("utf-8")
        # a Makefile is full of dollars of its own
        yield place, text if place == "Makefile" else Template(text).substitute(words)
    yield "requirements.txt", f"{source}\n"
    yield from ((f"{folder}/.gitkeep", "") for folder in FOLDERS)


def post_path(site: Site, title: str) -> Path:
    """Where the post will lie: named as Pelican would name its page."""
    from harvest import addresses, posts

    slug = posts.slugged(site, title, "SLUG_REGEX_SUBSTITUTIONS")
    if not slug:
        raise Fault(f'the title "{title}" has no letter for an address; add a word')
    if len(f"{slug}.md".encode()) > addresses.LONGEST:
        raise Fault("the title is too long for a file's name; shorten it, and mend it in the file")
    folder = next(iter(site.settings["ARTICLE_PATHS"]), "")
    return site.content / folder / f"{slug}.md"


def moment(day: datetime | None, site: Site) -> str:
    """The day as a post's header has it: the one given, else now where the author is."""
    if day is None:
        return datetime.now(ZoneInfo(site.settings["TIMEZONE"])).strftime(MINUTE)
    return day.strftime(MINUTE if day.hour or day.minute else DAY)


def refuse_another(path: Path, site: Site) -> None:
    """A Fault where such a post is there."""
    if path.exists():
        raise Fault(
            f"{site.shown(path)}: this post is there already; edit it, or choose another title"
        )


def empty_card(metric: str | None, site: Site) -> str:
    """An insight block with empty places; a Fault for a metric that no data file has."""
    from metrics_insight import commands as insights
    from mistakes import Mistakes

    named = " ".join((metric or "").split())
    data = site.shown(site.content / site.settings.get("INSIGHT_DATA", "data"))
    try:
        language = site.settings["DEFAULT_LANG"]
        return insights.empty_card(named, site.root, data, language) if named else ""
    except Mistakes as found:
        raise Fault("\n".join(map(str, found.mistakes))) from None


def post_text(title: str, date: str, body: str) -> str:
    """A draft: its header, and what it begins with."""
    return f"Title: {title}\nDate: {date}\nStatus: draft\n\n{body}"


def write_anew(path: Path, text: str) -> None:
    """The text as a new file, its folders made; a Fault when there is one already."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise Fault(f"{path}: this file is there already; move it away first") from None
    except OSError as error:
        raise Fault(f"{path}: {error.strerror}; nothing was written there") from error
