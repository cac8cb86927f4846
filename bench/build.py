"""How long a build takes beside plain Pelican: the same posts, both whole programs, in turn.

    python bench/build.py [--posts 500] [--runs 5]

Plain Pelican is the `pelican` command with its `simple` theme, no plugin of ours and no
feeds but its own; Harvest is `harvest build` with everything on: check, theme, feeds,
calendar, a card in every tenth post, links. Figures are whole-process CPU and wall seconds; what
counts is the ratio, pair by pair, since machines are noisy.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from statistics import median

WORDS = (
    "count reading window event follower week reply letter reader number day month calm quiet "
    "rise fall usual range log table chart note question answer garden bread street morning"
).split()

PLAIN = """
SITENAME = "Plain"
SITEURL = ""
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
PATH = "content"
ARTICLE_PATHS = ["posts"]
STATIC_PATHS = []
THEME = "simple"
PLUGINS = []
FEED_ALL_ATOM = "feeds/all.atom.xml"
MARKDOWN = {"extension_configs": {"markdown.extensions.extra": {}, "markdown.extensions.meta": {},
            "markdown.extensions.codehilite": {"css_class": "highlight"}}, "output_format": "html5"}
"""


def main() -> None:
    """Generate the posts, run both builds in turn, print the figures and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=500)
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site, harvest = generated(Path(folder), asked.posts)
        (site / "plain.py").write_text(PLAIN)
        compare(site, harvest, asked.posts, asked.runs)


def generated(folder: Path, posts: int) -> tuple[Path, Path]:
    """A new site of so many posts in a folder, and the `harvest` command to use on it."""
    site = folder / "site"
    harvest = Path(sys.executable).with_name("harvest")
    subprocess.run([harvest, "init", site, "--title", "Bench"], check=True, capture_output=True)
    write_posts(site / "content", posts)
    return site, harvest


def compare(site: Path, harvest: Path, posts: int, runs: int) -> None:
    """One warm-up and then `runs` pairs; each build starts from an empty output."""
    pelican = Path(sys.executable).with_name("pelican")
    plain = [pelican, "-q", "-s", "plain.py", "-o", "plain-output"]
    ours = [harvest, "build"]
    pairs = []
    for number in range(runs + 1):
        shutil.rmtree(site / "plain-output", ignore_errors=True)
        shutil.rmtree(site / "output", ignore_errors=True)
        pair = timed(ours, site), timed(plain, site)
        if number:
            pairs.append(pair)
    built = len(list((site / "output").rglob("index.html")))
    print(f"{posts} posts, {built} pages by Harvest, {runs} pairs after a warm-up")
    for name, place in (("CPU", 0), ("wall", 1)):
        mine = median(pair[0][place] for pair in pairs)
        theirs = median(pair[1][place] for pair in pairs)
        ratios = sorted(pair[0][place] / pair[1][place] for pair in pairs)
        print(
            f"{name:5} harvest {mine:6.2f} s  plain {theirs:6.2f} s  "
            f"ratio {median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})"
        )
    again = [timed(ours, site) for _ in range(runs)]
    print(f"built again, nothing changed: CPU {median(cpu for cpu, _ in again):.2f} s")


def timed(command: list[object], folder: Path) -> tuple[float, float]:
    """CPU and wall seconds of a whole process with its children."""
    before, start = os.times(), time.perf_counter()
    done = subprocess.run(list(map(str, command)), cwd=folder, capture_output=True, check=False)
    after = os.times()
    if done.returncode:
        sys.exit((done.stdout + done.stderr).decode())
    cpu = (after.children_user - before.children_user) + (
        after.children_system - before.children_system
    )
    return cpu, time.perf_counter() - start


def write_posts(content: Path, posts: int) -> None:
    """Posts of about 350 words with headings, lists, links, code; data for their cards."""
    first = date(2016, 1, 1)
    data = content / "data"
    data.mkdir(parents=True, exist_ok=True)
    days = [first + timedelta(days=number) for number in range(3650)]
    rows = "".join(f"{day},{1000 + 3 * n + (n * n) % 7}\n" for n, day in enumerate(days))
    (data / "bench.csv").write_text(f"date,followers\n{rows}")
    (data / "bench.toml").write_text('[followers]\nlabel = "Followers"\nkind = "stock"\n')
    for number in range(posts):
        day = first + timedelta(days=number * 7 % 3600)
        path = content / "posts" / f"post-{number:04}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(post(number, day))


def post(number: int, day: date) -> str:
    """One post; every tenth carries a card."""
    header = (
        f"Title: Post {number} about {WORDS[number % len(WORDS)]}\n"
        f"Date: {day} 09:{number % 60:02}\n"
        f"Category: Part {number % 5}\nTags: {WORDS[number % 7]}, {WORDS[number % 11]}\n"
        f"Authors: Ana Sample\n\n"
    )
    paragraphs = [prose(number, part) for part in range(5)]
    link = f"See [another post]({{filename}}post-{max(0, number - 1):04}.md) on it.\n"
    items = "\n".join(f"- {prose(number, 10 + item, 6)}" for item in range(4))
    code = "```python\nfor day in days:\n    print(day, count[day])\n```\n"
    body = [paragraphs[0], "## What we saw", paragraphs[1], items, paragraphs[2], code, link]
    if number % 10 == 0:
        body.append(card(day))
    return header + "\n\n".join([*body, "## What it means", *paragraphs[3:]]) + "\n"


def card(day: date) -> str:
    """An insight block over the four weeks after a day."""
    last = day + timedelta(days=27)
    header = f"metric: bench.followers\nwindow: {day} .. {last}"
    return f"```insight\n{header}\n\nIt is *likely* nothing.\n```"


def prose(number: int, part: int, words: int = 60) -> str:
    """So many words, the same at every run."""
    picked = [WORDS[(number * 31 + part * 17 + n * n) % len(WORDS)] for n in range(words)]
    picked[words // 2] = f"*{picked[words // 2]}*"
    return " ".join(picked).capitalize() + "."


if __name__ == "__main__":
    main()
