"""From a clone to a site in two commands, on a machine that knows nothing of us."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

import demo

pytestmark = pytest.mark.long
OFFLINE = {  # pip has no index, and whoever asks the network all the same finds nobody
    "PIP_NO_INDEX": "1",
    "HTTP_PROXY": "http://127.0.0.1:9",
    "HTTPS_PROXY": "http://127.0.0.1:9",
}


def command(*words: str, at: Path, **more: str) -> str:
    """What a command says with PATH and HOME only; it must end well."""
    ended = subprocess.run(
        words, cwd=at, env=demo.environment(more), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False,
    )  # fmt: skip
    assert ended.returncode == 0, f"{' '.join(words)}\n{ended.stdout}"
    return ended.stdout


@pytest.fixture(scope="module")
def clone(tmp_path_factory) -> Path:
    """A clone of what is committed, its environment and site made once."""
    folder = tmp_path_factory.mktemp("clean") / "blog"
    command("git", "clone", "--quiet", str(demo.ROOT), str(folder), at=folder.parent)
    (folder.parent / "said.txt").write_text(command("make", "html", at=folder), "utf-8")
    return folder


def test_make_html_goes_from_a_clone_to_a_site(clone: Path) -> None:
    """It makes its own environment, writes the site and says in one line what it did."""
    said = (clone.parent / "said.txt").read_text("utf-8")
    assert (clone / "output" / "index.html").is_file()
    assert " posts published; 1 draft" in said
    assert " cards" in said
    assert "harvest serve" in said or "make serve" in said


def test_the_second_time_needs_no_network(clone: Path) -> None:
    """Nothing is installed again and not one byte of the site changes."""
    before = demo.contents(clone / "output")
    said = command("make", "html", at=clone, **OFFLINE)
    assert ".venv" not in said
    assert demo.contents(clone / "output") == before


def test_a_build_leaves_the_clone_clean(clone: Path) -> None:
    """Nothing that was made is offered to git."""
    assert command("git", "status", "--porcelain", at=clone) == ""


def test_make_alone_prints_help(clone: Path) -> None:
    """With the targets that users of pelican-quickstart know."""
    said = command("make", at=clone)
    for target in ("html", "clean", "regenerate", "serve", "devserver", "publish", "github"):
        assert f"make {target}" in said


def test_a_new_site_builds_with_both_commands(clone: Path) -> None:
    """`harvest init`, then `harvest build` offline at once, then `make html` of its own."""
    harvest = str(clone / ".venv" / "bin" / "harvest")
    command(harvest, "init", "mine", "--title", "Mine", at=clone.parent)
    mine = clone.parent / "mine"
    command(harvest, "build", at=mine, **OFFLINE)
    page = (mine / "output" / "index.html").read_text("utf-8")
    assert "<title>Mine" in page
    (mine / "output" / "index.html").unlink()
    command("make", "html", at=mine)
    assert (mine / "output" / "index.html").read_text("utf-8") == page
    command("make", "html", at=mine, **OFFLINE)
