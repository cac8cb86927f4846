"""What an archive costs: its import in flat memory, and what its comments add to a build.

    python bench/archive.py [--posts 2000] [--comments 10000] [--runs 3]

The blog is invented: posts of about 60 words, comments of about 40, half of them answers. It is
exported as Movable Type and as WordPress; each import is one process, its peak memory is that
of the process. The build is timed with and without the threads, whole processes in turn; what
counts is the difference for each comment.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from build import WORDS, timed

FIRST = datetime(2004, 1, 1, 9, 30, tzinfo=UTC)
MOMENT = "%Y-%m-%d %H:%M:%S"
HARVEST = Path(sys.executable).with_name("harvest")
HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Bench</title><wp:wxr_version>1.2</wp:wxr_version>
<wp:base_blog_url>http://old.example</wp:base_blog_url>
"""


def main() -> None:
    """Write the exports, import each, build the site with and without its threads."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=2000)
    parser.add_argument("--comments", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name, form in (("blog.txt", movable_type), ("blog.xml", wordpress)):
            for share in (4, 1):  # a quarter, then all of it: memory that is flat stays
                posts, comments = asked.posts // share, asked.comments // share
                form(folder / name, posts, comments)
                imported(new_site(folder), folder / name, posts, comments)
        compare(folder / "site", asked.comments, asked.runs)


def new_site(folder: Path) -> Path:
    """An empty site in place of the one before."""
    site = folder / "site"
    shutil.rmtree(site, ignore_errors=True)
    subprocess.run([HARVEST, "init", site, "--title", "Bench"], check=True, capture_output=True)
    return site


def imported(site: Path, export: Path, posts: int, comments: int) -> None:
    """One import, its time and its peak of memory."""
    begun = time.perf_counter()
    command = [HARVEST, "import", export, "--base-url", "http://old.example/"]
    with subprocess.Popen(command, cwd=site, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        said = run.stdout.read() if run.stdout else b""
        _, status, used = os.wait4(run.pid, 0)
        run.returncode = os.waitstatus_to_exitcode(status)
    if run.returncode:
        sys.exit(said.decode())
    seconds = time.perf_counter() - begun
    print(
        f"import {export.suffix[1:]:3} {posts:6,} posts {comments:7,} comments: "
        f"{seconds:5.1f} s, peak {used.ru_maxrss / 1024:.0f} MB"
    )


def compare(site: Path, comments: int, runs: int) -> None:
    """Builds with and without the threads, in turn, each from an empty output."""
    threads, aside = site / "content" / "comments", site / "aside"
    pairs = []
    for number in range(runs + 1):  # the first warms up
        shutil.rmtree(site / "output", ignore_errors=True)
        with_them, _ = timed([HARVEST, "build"], site)
        threads.rename(aside)
        shutil.rmtree(site / "output", ignore_errors=True)
        without, _ = timed([HARVEST, "build"], site)
        aside.rename(threads)
        if number:
            pairs.append((with_them, without))
    more = sorted((one - two) * 1000 / comments for one, two in pairs)
    print(
        f"build  {median(one for one, _ in pairs):.1f} s of CPU with {comments:,} comments, "
        f"{median(two for _, two in pairs):.1f} s without: "
        f"{median(more):.2f} ms a comment ({more[0]:.2f} to {more[-1]:.2f})"
    )


def movable_type(path: Path, posts: int, comments: int) -> None:
    """The blog as a text export."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(posts):
            at = FIRST + timedelta(days=number % 5000, minutes=number % 50)
            file.write(
                f"AUTHOR: Ana Sample\nTITLE: Post {number} on {WORDS[number % len(WORDS)]}\n"
                f"BASENAME: post-{number}\nSTATUS: Publish\nCATEGORY: Part {number % 5}\n"
                f"DATE: {at:%m/%d/%Y %I:%M:%S %p}\n-----\nBODY:\n{prose(number, 60)}\n-----\n"
            )
            for one in answers(number, posts, comments):
                file.write(
                    f"COMMENT:\nAUTHOR: Reader {one % 97}\nURL: http://r{one % 97}.example/\n"
                    f"DATE: {at + timedelta(minutes=one % 600):%m/%d/%Y %I:%M:%S %p}\n"
                    f"{prose(one, 40)}\n-----\n"
                )
            file.write("--------\n")


def wordpress(path: Path, posts: int, comments: int) -> None:
    """The same as an extended RSS; every second comment answers the one before."""
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        for number in range(posts):
            at = FIRST + timedelta(days=number % 5000, minutes=number % 50)
            file.write(
                f"<item><title>Post {number}</title><link>http://old.example/{number}/</link>"
                f"<dc:creator>Ana Sample</dc:creator>"
                f"<guid isPermaLink='false'>http://old.example/?p={number}</guid>"
                f"<content:encoded><![CDATA[{prose(number, 60)}]]></content:encoded>"
                f"<wp:post_id>{number}</wp:post_id><wp:post_date_gmt>{at:{MOMENT}}</wp:post_date_gmt>"
                f"<wp:post_name>post-{number}</wp:post_name><wp:status>publish</wp:status>"
                f"<wp:post_type>post</wp:post_type>\n"
            )
            for place, one in enumerate(answers(number, posts, comments)):
                said = at + timedelta(minutes=one % 600)
                parent = one if place % 2 else 0  # the one before: ids count from 1
                file.write(
                    f"<wp:comment><wp:comment_id>{one + 1}</wp:comment_id>"
                    f"<wp:comment_author>Reader {one % 97}</wp:comment_author>"
                    f"<wp:comment_author_url>http://r{one % 97}.example/</wp:comment_author_url>"
                    f"<wp:comment_date_gmt>{said:{MOMENT}}</wp:comment_date_gmt>"
                    f"<wp:comment_content><![CDATA[{prose(one, 40)}]]></wp:comment_content>"
                    f"<wp:comment_approved>1</wp:comment_approved>"
                    f"<wp:comment_parent>{parent}</wp:comment_parent></wp:comment>\n"
                )
            file.write("</item>\n")
        file.write("</channel></rss>\n")


def answers(post: int, posts: int, comments: int) -> range:
    """The numbers of the comments of a post."""
    return range(post * comments // posts, (post + 1) * comments // posts)


def prose(number: int, words: int) -> str:
    """So many words, the same at every run."""
    picked = [WORDS[(number * 31 + n * n) % len(WORDS)] for n in range(words)]
    picked[words // 2] = f"<em>{picked[words // 2]}</em>"
    return " ".join(picked).capitalize() + "."


if __name__ == "__main__":
    main()
