"""The `harvest` command: one group, its commands in the order an author meets them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

# name -> where it is defined; imported when it is called, so that `--help` stays quick
COMMANDS = {
    "init": "harvest.new_site:init",
    "new": "harvest.new_site:new",
    "check": "harvest.cli:check",
    "due": "harvest.returns:due",
    "review": "harvest.returns:review",
    "build": "harvest.cli:build",
    "serve": "harvest.preview.command:serve",
    "publish": "harvest.cli:publish",
    "github": "harvest.github:github",
}
COLLECTIONS = ("metrics_insight.commands", "comment_archive.commands")


class Workbench(click.Group):
    """The commands of Harvest and those its plugins bring."""

    def list_commands(self, _: click.Context) -> list[str]:
        """Every command's name: the workbench's own, then the plugins'."""
        present = [name for name, where in COMMANDS.items() if find_spec(where.split(":")[0])]
        return [*present, *(command.name or "" for command in _collected())]

    def get_command(self, _: click.Context, name: str) -> click.Command | None:
        """The command of that name, imported now."""
        if name in COMMANDS and find_spec(COMMANDS[name].split(":")[0]):
            module, attribute = COMMANDS[name].split(":")
            command: click.Command = getattr(import_module(module), attribute)
            return command
        return next((command for command in _collected() if command.name == name), None)


def _collected() -> list[click.Command]:
    present = [module for module in COLLECTIONS if find_spec(module)]
    return [command for module in present for command in import_module(module).commands]


@click.group(cls=Workbench, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="harvest-blog", prog_name="harvest")
def main() -> None:
    """A blog in Markdown whose numbers come with their context.

    \b
    harvest init my-blog      a new, empty site
    harvest new "A title"     a new post
    harvest serve             write and look
    harvest build             the site in output/
    """


with_debug = click.option(
    "--debug", is_flag=True, help="Show the traceback where Harvest itself is at fault."
)
_output = click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Write the site to this folder instead."
)


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="text for people, json for programs.",
)
@with_debug
def check(form: str, debug: bool) -> None:
    """Check every post, page, number and event; write nothing.

    \b
    harvest check
    content/posts/may.md:12: no metric "folowers"; did you mean "followers"?
    """
    from harvest import check as checks
    from harvest import site as sites

    with told_plainly(debug):
        checked = checks.check(_here(sites.find(Path.cwd())))
        (_checked_as_json if form == "json" else _checked_as_text)(checked)
        sys.exit(1 if checked.errors else 0)


@click.command()
@_output
@click.option("--relative", is_flag=True, help="Links that open from a folder, without a server.")
@with_debug
def build(output: Path | None, relative: bool, debug: bool) -> None:
    """Check the content, then write the site to output/.

    On a mistake nothing is written: the last good site stays as it is.

    \b
    harvest build
    99 of 100 posts published; 1 draft. 5 cards, 0 warnings. To look at it: harvest serve
    """
    from harvest import site as sites

    with told_plainly(debug):
        site = sites.find(Path.cwd(), overrides=_written_to(output))
        site = sites.opened_from_a_folder(site) if relative else site
        _build(site, "To look at it: harvest serve")


@click.command()
@click.option(
    "--siteurl",
    metavar="URL",
    help="The address of the site, instead of SITEURL in publishconf.py.",
)
@_output
@with_debug
def publish(siteurl: str | None, output: Path | None, debug: bool) -> None:
    """Write the site for the world, every address absolute.

    Takes the settings of publishconf.py and refuses to run without SITEURL.

    \b
    harvest publish --siteurl https://blog.example
    """
    from harvest import publish as publishing

    with told_plainly(debug):
        site = publishing.find(Path.cwd(), siteurl=siteurl, overrides=_written_to(output))
        _build(site, f"Ready for {site.settings['SITEURL']}: {site.shown(site.output)}")


@contextmanager
def told_plainly(debug: bool) -> Iterator[None]:
    """Every end of a command told in lines, with its exit code; a traceback only with --debug."""
    from harvest.faults import Fault
    from mistakes import Mistakes

    try:
        yield
    except Mistakes as found:
        _tell(found.mistakes)
        click.echo("Nothing was written: the last good site is as it was.", err=True)
        sys.exit(1)
    except Fault as fault:
        click.echo(str(fault), err=True)
        sys.exit(fault.exit_code)
    except KeyboardInterrupt:
        click.echo("Stopped.", err=True)
        sys.exit(1)
    except PermissionError as error:
        click.echo(f"{error.filename}: {error.strerror}; change its owner or mode", err=True)
        sys.exit(1)
    except Exception as error:
        if debug:
            raise
        click.echo(_as_bug(error), err=True)
        sys.exit(1)


def _as_bug(error: Exception) -> str:
    shown = " ".join(f"{type(error).__name__}: {error}".split())
    return f"harvest: {shown}; this is a fault of Harvest, please report it with what --debug shows"


def _here(site: Any) -> Any:
    """The site, with its folder made the current one: some settings of Pelican rest on it."""
    os.chdir(site.root)
    return site


def _written_to(output: Path | None) -> dict[str, Any]:
    return {"OUTPUT_PATH": os.path.abspath(output)} if output else {}


def _build(site: Any, closing: str) -> None:
    from harvest import progress, summary
    from harvest.build import build as make

    with progress.line() as tell:
        report = make(_here(site), tell)
    _tell(report.warnings)
    click.echo(f"{summary.sentence(report, site)} {closing}")


def _tell(mistakes: Iterable[Any]) -> None:
    for mistake in mistakes:
        click.echo(f"warning: {mistake}" if mistake.doubtful else str(mistake), err=True)


def _checked_as_text(checked: Any) -> None:
    from harvest import summary

    for mistake in checked.mistakes:
        click.echo(f"warning: {mistake}" if mistake.doubtful else str(mistake))
    click.echo(summary.of_check(checked), err=True)


def _checked_as_json(checked: Any) -> None:
    import json
    from dataclasses import asdict

    found = [asdict(mistake) for mistake in checked.mistakes]
    click.echo(
        json.dumps(
            {"posts": len(checked.posts), "cards": checked.cards, "mistakes": found}, indent=2
        )
    )
