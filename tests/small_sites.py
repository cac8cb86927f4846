"""Tiny sites for tests: a folder of posts with Pelican's `simple` theme, and the commands on it."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import demo

# addresses as a Harvest site has them, and no theme or plugin of ours
SETTINGS = """
SITENAME = "Small"
AUTHOR = "Ana"
THEME = "simple"
PATH = "content"
ARTICLE_PATHS = ["posts"]
PAGE_PATHS = ["pages"]
STATIC_PATHS = ["images", "extra"]
PLUGINS = []
ARTICLE_URL = "{date:%Y}/{date:%m}/{slug}/"
ARTICLE_SAVE_AS = ARTICLE_URL + "index.html"
ARTICLE_LANG_URL = "{lang}/{date:%Y}/{date:%m}/{slug}/"
ARTICLE_LANG_SAVE_AS = ARTICLE_LANG_URL + "index.html"
PAGE_URL = "{slug}/"
PAGE_SAVE_AS = PAGE_URL + "index.html"
"""


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code and what it said."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """All it said, a line each."""
        return (self.err + self.out).splitlines()


def post(title: str = "May", date: str = "2025-05-01", body: str = "Words.", **headers: str) -> str:
    """The text of a post."""
    given = {"Title": title, "Date": date, **{name.title(): one for name, one in headers.items()}}
    return "".join(f"{name}: {one}\n" for name, one in given.items() if one) + f"\n{body}\n"


def site(root: Path, files: Mapping[str, str | bytes], settings: str = "") -> Path:
    """A site in ``root`` with these files under content/ (a bare name is a post)."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "content" / "posts").mkdir(parents=True, exist_ok=True)
    (root / "pelicanconf.py").write_text(SETTINGS + settings, "utf-8")
    for name, text in files.items():
        put(root, name, text)
    return root


def put(root: Path, name: str, text: str | bytes) -> Path:
    """One file of the site written: a bare name is a post, "theme/x" is at the top."""
    path = root / "content" / ("posts" if "/" not in name else "") / name
    path = root / name if name.startswith("theme/") else path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def harvest(root: Path, *words: str, more: Mapping[str, str] | None = None) -> Ended:
    """`harvest` run in the site as an author would."""
    ended: subprocess.CompletedProcess[str] = demo.run("harvest", *words, at=root, more=more)
    return Ended(ended.returncode, ended.stdout, ended.stderr)


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with what is in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def leftovers(root: Path) -> list[str]:
    """What is in .harvest/ besides its mark."""
    workshop = root / ".harvest"
    found = [path.name for path in workshop.iterdir()] if workshop.is_dir() else []
    return sorted(set(found) - {".gitignore"})
