"""Every address on the site leads somewhere, and nothing is loaded from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from checks.site import Site, address, tree

LOADING_RELS = {
    "stylesheet", "icon", "apple-touch-icon", "preload", "modulepreload", "prefetch",
    "preconnect", "dns-prefetch", "manifest", "mask-icon", "prerender",
}  # fmt: skip
LOADING_SRC = "//*[self::img or self::script or self::source or self::iframe or self::video or "
LOADING_SRC += "self::audio or self::embed or self::track or self::input or self::frame]/@src"
LOADING_OTHER = "//object/@data | //video/@poster | //body/@background | //*[local-name()='use' or "
LOADING_OTHER += "local-name()='image']/@*[local-name()='href'] | //form/@formaction"
IN_CSS = re.compile(r"""url\(\s*['"]?([^'")]+)|@import\s+['"]([^'"]+)""", re.IGNORECASE)
IN_SVG = re.compile(
    r"""(?:\bhref|\bsrc)\s*=\s*["']([^"']+)|<\?xml-stylesheet[^>]*href=["']([^"']+)"""
)
ALWAYS_THERE = ("", "top")


def faults(site: Site) -> list[str]:
    """Every link, srcset and fragment of the site that leads nowhere."""
    wrong = []
    for page, html in site.pages.items():
        wrong += [fault for link in addresses(html) for fault in dead(site, page, link)]
    return wrong


def foreign_loads(site: Site) -> list[str]:
    """Everything a page, a stylesheet or a picture would load from another host."""
    found = [(page, link) for page, html in site.pages.items() for link in loads(html)]
    found += [(address(file, site.folder), link) for file, link in loads_of_files(site)]
    return [f"{place}: loads {link}" for place, link in found if is_foreign(site, place, link)]


def dead(site: Site, page: str, link: str) -> list[str]:
    """The fault of one link, if it has one."""
    meant = site.target(link, page)
    if meant is None:
        return []
    file, fragment = meant
    if not is_exactly(file, site.folder):
        return [f"{page}: nothing at {link}"]
    if fragment in ALWAYS_THERE or file.suffix != ".html":
        return []
    there = ids(site.pages[address(file, site.folder)])
    return [] if fragment in there else [f"{page}: no place #{fragment} at {link}"]


def is_exactly(file: Path, folder: Path) -> bool:
    """Is the file there and inside the site, written as it is written (on any file system)?"""
    if not file.is_file() or not file.resolve().is_relative_to(folder.resolve()):
        return False
    steps = [file, *file.parents]
    return all(step.name in names(step.parent) for step in steps[: steps.index(folder)])


def names(folder: Path) -> set[str]:
    """What a folder holds."""
    return {entry.name for entry in folder.iterdir()}


def ids(html: str) -> set[str]:
    """Where a fragment may lead on a page."""
    return set(tree(html).xpath("//@id | //a/@name"))


def addresses(html: str) -> Iterator[str]:
    """Every address a page points to, by link or by loading."""
    yield from tree(html).xpath("//a/@href | //area/@href | //link/@href")
    yield from (link for link in loads(html) if not link.startswith("data:"))


def loads(html: str) -> Iterator[str]:
    """Every address a browser fetches by itself to show the page."""
    page = tree(html)
    yield from page.xpath(LOADING_SRC)
    yield from page.xpath(LOADING_OTHER)
    for candidates in page.xpath("//@srcset | //@imagesrcset"):
        yield from (
            candidate.split()[0] for candidate in candidates.split(",") if candidate.strip()
        )
    for link in page.xpath("//link[@href]"):
        if LOADING_RELS & set((link.get("rel") or "").lower().split()):
            yield link.get("href")
    for css in [*page.xpath("//style/text()"), *page.xpath("//@style")]:
        yield from loads_of_css(css)


def loads_of_css(css: str) -> Iterator[str]:
    """Every address in a stylesheet."""
    for match in IN_CSS.finditer(re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)):
        yield (match[1] or match[2]).strip()


def loads_of_files(site: Site) -> Iterator[tuple[Path, str]]:
    """Every address in the stylesheets and pictures of the site, with its file."""
    for file in site.files("*.css"):
        yield from ((file, link) for link in loads_of_css(file.read_text("utf-8")))
    for file in site.files("*.svg"):
        text = file.read_text("utf-8")
        inside = [match[1] or match[2] for match in IN_SVG.finditer(text)]
        yield from ((file, link) for link in [*inside, *loads_of_css(text)])


def is_foreign(site: Site, place: str, link: str) -> bool:
    """Would this be fetched from another host?"""
    return not link.startswith(("data:", "#")) and site.target(link, place) is None


def relative_on_404(html: str) -> list[str]:
    """Addresses on the 404 page that hold in one folder only: it is shown at any depth."""
    from_root = re.compile(r"/|#|[a-z]+:")
    return [f"/404.html: {link}" for link in addresses(html) if not from_root.match(link)]
