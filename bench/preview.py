"""How long from save to screen: a post is saved, a real browser shows the new words.

    python bench/preview.py [--posts 100] [--runs 21]

The site is that of bench/build.py, with a card in every tenth post. The clock runs from
before the file is written until the browser has painted the new words and said so.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from build import generated

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import browser as browsers

# said by the page itself, one frame after the one that shows the words
PAINTED = """
addEventListener("load", () => requestAnimationFrame(() => requestAnimationFrame(() => {
  const found = document.body.innerText.match(/shown-\\d+/);
  console.log(found ? found[0] : "nothing");
})));
"""


def main() -> None:
    """Generate the site, save again and again, print the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=100)
    parser.add_argument("--runs", type=int, default=21)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site, harvest = generated(Path(folder), asked.posts)
        with_preview(site, harvest, lambda url: measure(site, url, asked.runs))


def with_preview(site: Path, harvest: Path, look: Callable[[str], None]) -> None:
    """Call ``look`` with the address of a running preview."""
    command = [harvest, "serve", "--watch", "--port", "0"]
    with subprocess.Popen(command, cwd=site, stdout=subprocess.PIPE, text=True) as preview:
        try:
            lines = iter(preview.stdout or ())
            look(next(line.split()[0] for line in lines if line.startswith("http://")))
        finally:
            preview.terminate()
            preview.communicate()


def measure(site: Path, url: str, runs: int) -> None:
    """Print the medians for a post without and with a card, and for a data file's readers."""
    posts = sorted((site / "content" / "posts").glob("*.md"))
    plain = next(post for post in posts if "```insight" not in post.read_text())
    card = next(post for post in posts if "```insight" in post.read_text())
    with browsers.opened() as browser:
        for kind, post in (("a post", plain), ("a post with a card", card)):
            took = [one * 1000 for one in saves(browser, url, post, runs)]
            spread = f"{min(took):.0f} to {max(took):.0f}"
            print(f"{kind}: {median(took):.0f} ms from save to screen ({spread}, {runs} saves)")


def saves(browser: Any, url: str, post: Path, runs: int) -> list[float]:
    """The seconds that each save took to be on the screen."""
    page = browser.new_page()
    page.add_init_script(PAINTED)
    with page.expect_console_message():
        page.goto(url + address(browser, url, post))
    text, took = post.read_text(encoding="utf-8"), []
    for run in range(runs):
        words = f"shown-{run}"
        with page.expect_console_message(lambda said, words=words: said.text == words):
            begun = time.perf_counter()
            post.write_text(f"{text}\n\n{words}\n", encoding="utf-8")
        took.append(time.perf_counter() - begun)
    page.close()
    return took


def address(browser: Any, url: str, post: Path) -> str:
    """Where the preview shows the post."""
    page = browser.new_page()
    page.goto(f"{url}archives/")
    found = page.locator(f"a[href$='/{post.stem}/']").first.get_attribute("href")
    page.close()
    return str(found).removeprefix(url).lstrip("/")


if __name__ == "__main__":
    main()
