"""`harvest github`: output/ as the newest commit of a branch, pushed to where it is served."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import click

from harvest import site as sites
from harvest.cli import told_plainly, with_debug
from harvest.faults import Fault

BRANCH = "gh-pages"
NO_JEKYLL = ".nojekyll"  # tells the host to serve the files as they are


@click.command()
@click.option("--branch", default=BRANCH, show_default=True, help="The branch that is served.")
@click.option("--remote", default="origin", show_default=True, help="Where it is pushed.")
@with_debug
def github(branch: str, remote: str, debug: bool) -> None:
    """Push output/, as `harvest publish` left it, to the branch that GitHub Pages serves.

    \b
    harvest publish
    harvest github
    """
    with told_plainly(debug):
        site = sites.find(Path.cwd())
        if not (site.output / "index.html").is_file():
            raise Fault(f"{site.shown(site.output)}: no site here yet; run: harvest publish")
        commit = commit_folder(site.root, site.output, branch, remote)
        git(site.root, "push", "--quiet", remote, f"{commit}:refs/heads/{branch}")
        click.echo(f"{branch}: pushed to {remote} as {commit[:9]}")


def commit_folder(repository: Path, folder: Path, branch: str, remote: str) -> str:
    """The new tip of the branch, whose tree is the folder; nothing checked out is touched."""
    store = git(repository, "rev-parse", "--absolute-git-dir")
    index = Path(store) / f"harvest-{os.getpid()}"
    at = {"GIT_DIR": store, "GIT_INDEX_FILE": str(index)}
    try:
        git(folder, "--work-tree=.", "add", "--all", "--force", ".", env=at)
        empty = git(repository, "hash-object", "-w", "--stdin", env=at)
        git(
            repository,
            "update-index",
            "--add",
            "--cacheinfo",
            f"100644,{empty},{NO_JEKYLL}",
            env=at,
        )
        tree = git(repository, "write-tree", env=at)
    finally:
        index.unlink(missing_ok=True)
    before = tip(repository, branch, remote)
    parents = ("-p", before) if before else ()
    commit = git(repository, "commit-tree", tree, "-m", "Publish the site", *parents)
    git(repository, "update-ref", f"refs/heads/{branch}", commit)
    return commit


def tip(repository: Path, branch: str, remote: str) -> str:
    """The branch's newest commit, here or as last seen at the remote; empty for a new branch."""
    for name in (f"refs/heads/{branch}", f"refs/remotes/{remote}/{branch}"):
        try:
            return git(repository, "rev-parse", "--verify", "--quiet", name)
        except Fault:
            continue
    return ""


def git(repository: Path, *words: str, env: Mapping[str, str] | None = None) -> str:
    """What git answers, without the line's end; a Fault with git's own reason when it refuses."""
    try:
        done = subprocess.run(
            ["git", *words],
            cwd=repository,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        raise Fault("git is not installed; install it, then run this again") from None
    if done.returncode:
        raise Fault(f"git {words[0]}: {done.stderr.strip() or 'refused'}; nothing was pushed")
    return done.stdout.strip()
