"""The demo site of this repository, built by the real command in a folder of its own."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SITE_FILES = ("content", "pelicanconf.py", "publishconf.py")
SITEURL = "https://example.org"
PROGRAMS = Path(sys.executable).parent


class Failed(Exception):
    """A command did not end well; the text is all it said."""


def copy(to: Path) -> Path:
    """The demo's content and settings in a folder of their own, without what was built."""
    to.mkdir(parents=True)
    for name in SITE_FILES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, to / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, to / name)
    return to


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The least a command needs: where programs and the home are."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return {**kept, **(more or {})}


def run(
    program: str, *words: str, at: Path, more: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess:
    """A program of this environment, run in a folder to its end, and what it said."""
    command = [str(PROGRAMS / program), *words]
    return subprocess.run(
        command, cwd=at, env=environment(more), stdin=subprocess.DEVNULL,
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


def harvest(*words: str, at: Path, more: Mapping[str, str] | None = None) -> str:
    """What `harvest` said when all went well; Failed with everything it said when not."""
    ended = run("harvest", *words, at=at, more=more)
    if ended.returncode:
        told = f"harvest {' '.join(words)}: exit {ended.returncode}\n{ended.stdout}{ended.stderr}"
        raise Failed(told)
    return ended.stdout + ended.stderr


def built(folder: Path, more: Mapping[str, str] | None = None) -> Path:
    """The output of `harvest build` on a copy of the demo; what it said lies beside it."""
    said = harvest("build", at=copy(folder), more=more)
    (folder / "said.txt").write_text(said, "utf-8")
    return folder / "output"


def published(folder: Path, more: Mapping[str, str] | None = None) -> Path:
    """The output of `harvest publish` on a copy of the demo; what it said lies beside it."""
    said = harvest("publish", "--siteurl", f"{SITEURL}/", at=copy(folder), more=more)
    (folder / "said.txt").write_text(said, "utf-8")
    return folder / "output"


def once(folder: Path, make: Callable[[Path], object]) -> Path:
    """The folder, made by whichever of the test workers comes first; its failure is everyone's."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    failed, done = folder.with_suffix(".failed"), folder.with_suffix(".done")
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not failed.exists() and not done.exists():
            try:
                make(folder)
                done.touch()
            except Failed as failure:
                failed.write_text(str(failure), "utf-8")
    if failed.exists():
        raise Failed(failed.read_text("utf-8"))
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its path: what two builds are compared by."""
    files = [file for file in sorted(folder.rglob("*")) if file.is_file()]
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


@dataclass(frozen=True)
class Source:
    """A post as its author wrote it: the file's name and the header's words."""

    name: str
    header: dict[str, str]
    text: str

    @property
    def title(self) -> str:
        """What the post is called."""
        return self.header["title"]

    @property
    def is_published(self) -> bool:
        """Does the author want it read?"""
        return self.header.get("status", "published") == "published"

    @property
    def language(self) -> str:
        """The language it is written in."""
        return self.header.get("lang", "en")


def sources() -> list[Source]:
    """Every post of the demo, read without any of our own code."""
    files = sorted((ROOT / "content" / "posts").rglob("*.*"))
    return [imported(file) if file.suffix == ".html" else source(file) for file in files]


def imported(file: Path) -> Source:
    """One post of an old blog: HTML with its header in <meta>."""
    text = file.read_text("utf-8")
    pairs = re.findall(r'<meta name="(\w+)" content="([^"]*)">', text)
    return Source(file.name, {name: unescape(value) for name, value in pairs}, text)


def source(file: Path) -> Source:
    """One post: header lines up to the first empty one, then its text."""
    header, _, text = file.read_text("utf-8-sig").partition("\n\n")
    pairs = (line.partition(":") for line in header.splitlines() if ":" in line)
    return Source(file.name, {key.strip().lower(): value.strip() for key, _, value in pairs}, text)
