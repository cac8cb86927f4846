"""The command `harvest serve`: a finished folder, or the site and every change of it."""

from __future__ import annotations

import signal
import sys
from functools import partial
from pathlib import Path
from threading import Event

import click

from harvest import site as sites
from harvest.cli import told_plainly, with_debug
from harvest.faults import Fault
from harvest.preview.answer import look_in
from harvest.preview.server import PreviewServer, serving
from harvest.preview.session import Preview


@click.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--bind", default="127.0.0.1", show_default=True, help="0.0.0.0: your network too.")
@click.option("--watch/--no-watch", default=False, help="Show every save at once.")
@click.option("--output", type=click.Path(path_type=Path), help="Serve this folder as it is.")
@with_debug
def serve(port: int, bind: str, watch: bool, output: Path | None, debug: bool) -> None:
    """Look at the site on this machine, drafts too.

    Nothing is written into output/. With --watch a mistake leaves the last good page on the
    screen and tells its line on it. Port 0 is any free one.

    \b
    Example: harvest serve --watch
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with told_plainly(debug):
        try:
            if output is not None:
                _serve_folder(output, PreviewServer(bind, port))
            else:
                _serve_site(sites.find_root(Path.cwd()), PreviewServer(bind, port), watch=watch)
        except KeyboardInterrupt:  # the usual end of a preview, no fault
            click.echo()


def _serve_folder(folder: Path, server: PreviewServer) -> None:
    """Serve a finished folder until Ctrl-C."""
    if not folder.is_dir():
        raise Fault(f"--output {folder}: there is no such folder; make it with: harvest build")
    with serving(server, partial(look_in, folder.resolve())):
        click.echo(f"{folder} is at {server.url} (Ctrl-C ends)")
        Event().wait()


def _serve_site(root: Path, server: PreviewServer, *, watch: bool) -> None:
    """Build and serve a site until Ctrl-C; with ``watch`` again and again."""
    folder = root / ".harvest" / "preview" / str(server.server_port)
    preview = Preview(root, folder, click.echo)
    try:
        built = preview.begin(watch=watch)
        if not (built.good or watch):
            sys.exit(1)
        with serving(server, preview.look, preview.screens if watch else None):
            _greet(server, built.drafts)
            if watch:
                preview.follow()
            Event().wait()
    finally:
        preview.end()


def _greet(server: PreviewServer, drafts: tuple[str, ...]) -> None:
    for draft in drafts:
        click.echo(f"draft: {server.url}{draft}")
    how = "every save shows at once; " if server.screens else ""
    click.echo(f"{server.url} ({how}Ctrl-C ends)")
