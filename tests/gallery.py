"""The pictures of docs/charts.md: `python tests/gallery.py` draws them anew.

The page is where they are told: each command in it is run as it stands there, what it says is
written below it, and a picture's words by ear are those that the picture has.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from html import unescape

import demo
import manual

PAGE = demo.ROOT / "docs" / "charts.md"
FOLDER = demo.ROOT / "docs" / "charts"
MOST_BYTES = 150_000

_PICTURE = re.compile(r"^!\[.*?\]\(charts/(.+?)\)$", re.MULTILINE)


def main() -> int:
    """Draws every picture and says how many bytes they are together."""
    for step in steps():
        path = f"{demo.PROGRAMS}{os.pathsep}{os.environ['PATH']}"
        subprocess.run(
            shlex.split(step.command), cwd=demo.ROOT, env={"PATH": path}, check=True,
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
    PAGE.write_text(page(PAGE.read_text("utf-8"), drawn), "utf-8")
    pictures = list(FOLDER.glob("*.svg"))
    print(f"{len(pictures)} pictures, {sum(one.stat().st_size for one in pictures):,} bytes")
    return 0


def steps() -> list[manual.Step]:
    """The commands of the page that draw a picture."""
    told = manual.run_steps(PAGE.read_text("utf-8"))
    return [step for step in told if " -o docs/charts/" in step.command]


def drawn(name: str) -> str:
    """A picture as it stands in the folder."""
    return (FOLDER / name).read_text("utf-8")


def page(text: str, picture: Callable[[str], str]) -> str:
    """The page with what its commands say and its pictures tell."""
    for name in names(text):
        size = len(picture(name).encode("utf-8"))
        said = rf"(?<=-o docs/charts/{re.escape(name)}\n)docs/charts/.*$"
        text = re.sub(said, f"docs/charts/{name}: {size / 1000:.0f} kB", text, flags=re.MULTILINE)
    return _PICTURE.sub(lambda found: f"![{by_ear(picture(found[1]))}](charts/{found[1]})", text)


def names(text: str) -> Iterator[str]:
    """The files that the page shows, in its order."""
    return iter(_PICTURE.findall(text))


def by_ear(picture: str) -> str:
    """What a picture says of itself."""
    found = re.search(r"<desc[^>]*>(.*?)</desc>", picture)
    assert found, "a picture without words"
    return unescape(found[1]).replace("[", "(").replace("]", ")")


if __name__ == "__main__":
    sys.exit(main())
