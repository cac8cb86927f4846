"""What goes over the wire, compressed as any host compresses it."""

from __future__ import annotations

import gzip
from pathlib import Path

from checks.site import Site, tree, with_class

HOSTS_LEVEL = 6  # what nginx, Netlify and GitHub Pages use, give or take one


def wire(file: Path) -> int:
    """The bytes of a file as it is sent; pictures that are compressed already gain nothing."""
    body = file.read_bytes()
    return min(len(body), len(gzip.compress(body, HOSTS_LEVEL, mtime=0)))


def loaded(site: Site, place: str) -> list[Path]:
    """The page and every file of the site that it loads at once, the photo in the margin aside."""
    page = tree(site.pages[place])
    photo = f"[not({with_class('u-photo')})]"
    styles = "//link[@rel='stylesheet' or contains(@rel, 'icon')]/@href"
    links = page.xpath(f"{styles} | //img{photo}/@src | //script/@src")
    files = [site.target(link, place) for link in ["", *links]]
    return sorted({found[0] for found in files if found})


def total(site: Site, place: str) -> int:
    """The bytes a first visit to the page costs, the photo aside."""
    return sum(wire(file) for file in loaded(site, place))


def narrow(site: Site, place: str) -> list[Path]:
    """The other sizes of a page's pictures: a reader loads one of each."""
    links = tree(site.pages[place]).xpath("//picture/source/@srcset")
    return [site.target(link, place)[0] for link in links]


def stylesheets(site: Site, place: str) -> list[Path]:
    """The CSS files of a page."""
    links = tree(site.pages[place]).xpath("//link[@rel='stylesheet']/@href")
    return [site.target(link, place)[0] for link in links]


def scripts(html: str) -> list[str]:
    """Every script of the page that would run, by its address or its first words."""
    found = tree(html).xpath("//script[not(@type='application/ld+json')]")
    return [script.get("src") or (script.text or "").strip()[:40] for script in found]
