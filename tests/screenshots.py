"""Pictures of the demo to look at: `python tests/screenshots.py OUTDIR [SITE]`.

Seven pages in five looks each, `PAGE-LOOK.png`. SITE is a folder that was built already
(`output`); without it the demo is built aside for the pictures.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import browser as browsers
import demo
from checks.screen import visit
from checks.site import Site
from kinds import page_of
from server import serving

PAGES = (
    "home",
    "post with cards",
    "archives",
    "subscribe",
    "not found",
    "long post",
    "post with comments",
)
LOOKS = {  # name: how the context differs, the medium
    "desktop": ({"width": 1280}, "screen"),
    "phone": ({"width": 390, "device_scale_factor": 2}, "screen"),
    "dark": ({"width": 1280, "color_scheme": "dark"}, "screen"),
    "no-script": ({"width": 1280, "java_script_enabled": False}, "screen"),
    "print": ({"width": 720}, "print"),
}


def main(words: list[str]) -> int:
    """Writes the pictures and says how many; 2 when called wrongly."""
    if len(words) not in (1, 2):
        print(__doc__, file=sys.stderr)
        return 2
    to = Path(words[0])
    to.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as aside:
        folder = Path(words[1]) if len(words) > 1 else demo.built(Path(aside) / "site")
        print(f"{picture_all(Site(folder), to)} pictures in {to}")
    return 0


def picture_all(site: Site, to: Path) -> int:
    """Takes every picture of a site; the number of them."""
    with serving(site.folder) as home, browsers.opened() as browser:
        for kind in PAGES:
            for look in LOOKS:
                picture(browser, home, page_of(site, kind), look, to / f"{slug(kind)}-{look}.png")
    return len(PAGES) * len(LOOKS)


def picture(browser, home: str, place: str, look: str, file: Path) -> None:
    """One page in one look, the whole length of it."""
    context, medium = LOOKS[look]
    with visit(browser, home, place, **context) as here:
        here.page.emulate_media(media=medium)
        here.settle()
        here.page.screenshot(path=file, full_page=True, animations="disabled")


def slug(kind: str) -> str:
    """The kind as part of a file's name."""
    return re.sub(r"\W+", "-", kind)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
