"""The `harvest` command: one group, its commands in the order an author meets them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
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
    "build": "harvest.cli:build",
    "serve": "harvest.preview:serve",
    "publish": "harvest.cli:publish",
}
COLLECTIONS = ("metrics_insight.commands",)


class Workbench(click.Group):
    """The commands of Harvest and those its plugins bring."""

    def list_commands(self, context: click.Context) -> list[str]:
        """Every command's name: the workbench's own, then the plugins'."""
        present = [name for name, where in COMMANDS.items() if find_spec(where.split(":")[0])]
        return [*present, *(command.name or "" for command in _collected())]

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
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


@contextmanager
def told_plainly(debug: bool) -> Iterator[None]:
    """Every end of a command told on one line, with its exit code; tracebacks only with --debug."""
    from harvest.faults import Fault

    try:
        yield
    except Fault as fault:
        click.echo(str(fault), err=True)
        sys.exit(fault.exit_code)
    except KeyboardInterrupt:
        click.echo("stopped", err=True)
        sys.exit(130)
    except Exception as error:
        if debug:
            raise
        click.echo(f"harvest: {type(error).__name__}: {error}", err=True)
        sys.exit(70)


@click.command()
@click.option("--debug", is_flag=True, help="Show the traceback of a bug.")
def check(debug: bool) -> None:
    """Check every post, page and data file."""


@click.command()
@click.option("--debug", is_flag=True, help="Show the traceback of a bug.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Another folder for the site.")
def build(debug: bool, **_: Any) -> None:
    """Check the content and write the site to output/."""
    from harvest import site as sites

    with told_plainly(debug):
        print(sites.find(Path.cwd()).output)


@click.command()
@click.option("--debug", is_flag=True, help="Show the traceback of a bug.")
def publish(debug: bool) -> None:
    """Write the site for the world, with absolute addresses."""
