"""The door for the command line: `harvest import` and `harvest comments`."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from comment_archive.errors import Unimportable
from mistakes import Mistake, Mistakes

if TYPE_CHECKING:
    from comment_archive.importing import Place

_WIDTH = 30  # of the bar
_FORMATS = ("movable_type", "wordpress", "comment_feed", "saved_page")


def check(content: Path, shown: str) -> tuple[Mistake, ...]:
    """Every mistake in the threads of a content folder, by file and line; nothing is written."""
    from comment_archive import archive

    try:
        archive.read(content / archive.FOLDER, f"{shown}/{archive.FOLDER}")
    except Mistakes as found:
        return found.mistakes
    return ()


def check_mentions(content: Path, shown: str, texts: Mapping[str, str]) -> tuple[Mistake, ...]:
    """A mistake for each link of a text to a comment that is not there, by file and line.

    ``texts`` are the sources of posts by the name an author knows; imported ones are none of
    them, for nothing in their words is a link to a comment.
    """
    from comment_archive import archive, mentions

    found = [(path, one) for path, text in texts.items() for one in mentions.find(text)]
    if not found:
        return ()
    try:
        threads = archive.read(content / archive.FOLDER, f"{shown}/{archive.FOLDER}")
    except Mistakes:  # `check` tells them
        return ()
    known = {one.id for thread in threads.values() for one in thread.shown}
    return tuple(
        Mistake(path, one.line, *mentions.wrong(one.id, known))
        for path, one in found
        if one.id not in known
    )


@click.command(name="import", no_args_is_help=True)
@click.argument(
    "exports", metavar="EXPORT…", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option("--format", "form", type=click.Choice(_FORMATS), help="Else told by what is in it.")
@click.option(
    "--into", type=click.Path(path_type=Path), help="The folder; else the site's content."
)
@click.option("--timezone", metavar="ZONE", help="Where the old blog wrote; else the site's zone.")
@click.option("--base-url", metavar="URL", default="", help="The old blog's address.")
@click.option("--media", type=click.Path(path_type=Path), help="Its pictures: a folder or a ZIP.")
@click.option("--markdown", is_flag=True, help="Write Markdown; else HTML, which loses nothing.")
@click.option("--dry-run", "dry", is_flag=True, help="Show the receipt, write nothing.")
@click.option("--force", is_flag=True, help="Write anew what was edited or deleted since.")
@click.option("--output", "told", type=click.Choice(["text", "json"]), default="text")
def import_(exports: tuple[Path, ...], **asked: Any) -> None:
    """Bring an old blog over: its posts, its pages and every comment.

    \b
    harvest import blog.txt --timezone Europe/London --media pictures.zip
    harvest import wordpress.xml --dry-run
    harvest import saved/*.html feed.atom --base-url http://old.example/blog/

    Running it again changes nothing; what you edited since stays as it is.
    """
    from comment_archive import importing

    with told_plainly():
        wanted = importing.Asked(
            form=asked["form"],
            base_url=asked["base_url"],
            media=asked["media"],
            is_markdown=asked["markdown"],
            is_dry=asked["dry"],
            is_forced=asked["force"],
        )
        place = _place(asked["into"], asked["timezone"])
        with _progress() as tell:
            done = importing.run(exports, wanted, place, tell)
    click.echo(done.as_json() if asked["told"] == "json" else done.as_text())
    for warning in done.warnings:
        click.echo(f"warning: {warning}", err=True)


@click.group(no_args_is_help=True)
def comments() -> None:
    """The closed threads of an old blog."""


@comments.command(no_args_is_help=True)
@click.option("--author", metavar="NAME", help="Every comment under this name.")
@click.option("--id", "name", metavar="ID", help="One comment: what follows #comment- in its link.")
@click.option(
    "--into", type=click.Path(path_type=Path), help="The folder; else the site's content."
)
@click.option("--dry-run", "dry", is_flag=True, help="Say what would be removed, write nothing.")
def erase(author: str | None, name: str | None, into: Path | None, dry: bool) -> None:
    """Remove the words of a person, for good.

    The thread keeps its shape, and no later import brings the words back.

    \b
    harvest comments erase --author "Bo Sample"
    harvest comments erase --id 6a00e55
    """
    from comment_archive import importing

    if bool(author) == bool(name):
        raise click.UsageError("name either --author or --id")
    with told_plainly():
        found = importing.erase(author, name, _place(into, None), is_dry=dry)
    click.echo(found)


@contextmanager
def told_plainly() -> Iterator[None]:
    """Every end of a command told in lines, with its exit code."""
    try:
        yield
    except Mistakes as found:
        for mistake in found.mistakes:
            click.echo(str(mistake), err=True)
        sys.exit(1)
    except Unimportable as fault:
        click.echo(str(fault), err=True)
        sys.exit(2)
    except KeyboardInterrupt:
        click.echo("Stopped; nothing was written.", err=True)
        sys.exit(1)
    except OSError as error:
        place = error.filename or "the disk"
        click.echo(f"{place}: {error.strerror or error}; nothing was written", err=True)
        sys.exit(1)


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """A function that shows how far it is, done and of how many; silent where nobody watches."""
    if not sys.stderr.isatty():
        yield lambda _done, _all: None
        return
    try:
        yield _bar
    finally:
        click.echo("\r\x1b[K", nl=False, err=True)


def _bar(done: int, of_all: int) -> None:
    if not of_all:
        click.echo(f"\r\x1b[Kreading: {done:,}", nl=False, err=True)
        return
    full = done * _WIDTH // of_all
    shown = "#" * full + "-" * (_WIDTH - full)
    click.echo(f"\r\x1b[K[{shown}] {done:,} of {of_all:,}", nl=False, err=True)


# --- the site it goes to ------------------------------------------------------------------


def _place(into: Path | None, zone: str | None) -> Place:
    """Where an import goes, by the settings of the site that the command is called in."""
    from comment_archive.importing import Place

    settings = _settings(Path.cwd())
    if into is None and settings is None:
        right = "change to a site's folder, or name the folder with --into"
        raise Unimportable(str(Path.cwd()), "no pelicanconf.py here or above", right)
    settings = settings or {}
    zone = zone or settings.get("TIMEZONE") or "UTC"
    _refuse_no_zone(zone)
    return Place(
        content=into or Path(settings["PATH"]),
        zone=zone,
        now=datetime.now(UTC),
        language=str(settings.get("DEFAULT_LANG", "en")),
        address=partial(_address, settings),
    )


def _settings(start: Path) -> Mapping[str, Any] | None:
    """The settings of the nearest site from this folder upward; None where there is none."""
    from pelican.settings import read_settings

    found = (one / "pelicanconf.py" for one in (start, *start.parents))
    conf = next((path for path in found if path.is_file()), None)
    if conf is None:
        return None
    unwritten, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    sys.path.insert(0, str(conf.parent))
    logging.disable(logging.ERROR)  # what Pelican thinks of the settings is for harvest check
    try:
        settings: Mapping[str, Any] = read_settings(str(conf))
    except (Exception, SystemExit) as error:  # noqa: BLE001 (settings are a program)
        told = " ".join(f"{type(error).__name__}: {error}".split())
        raise Unimportable(conf.name, told, "harvest check says more") from None
    finally:
        logging.disable(logging.NOTSET)
        sys.path.remove(str(conf.parent))
        sys.dont_write_bytecode = unwritten
    return settings


def _refuse_no_zone(zone: str) -> None:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        raise Unimportable("--timezone", f'no zone "{zone}"', "write it as Europe/Berlin") from None


def _address(
    settings: Mapping[str, Any], folder: str, slug: str, day: datetime | None, category: str
) -> str:
    """Where a post or page will be on the new site; its file's name where that cannot be said."""
    from pelican.utils import slugify

    pattern = settings.get("ARTICLE_URL" if folder == "posts" else "PAGE_URL", "{slug}.html")
    rules = settings.get("SLUG_REGEX_SUBSTITUTIONS", [])
    fields = {
        "slug": slug,
        "date": day,
        "lang": settings.get("DEFAULT_LANG", "en"),
        "category": slugify(category or str(settings.get("DEFAULT_CATEGORY", "misc")), rules),
    }
    try:
        return "/" + str(pattern).format(**fields)
    except (KeyError, ValueError, TypeError, IndexError):
        return f"{folder}/{slug}"


commands: tuple[click.Command, ...] = (import_, comments)
