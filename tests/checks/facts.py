"""What machines are told: canonical, Open Graph, JSON-LD, microformats, sitemap, robots."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import datetime

import mf2py
from lxml import etree

from checks.site import Site, tree

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
OPEN_GRAPH = (
    "og:title",
    "og:type",
    "og:url",
    "og:site_name",
    "og:description",
    "og:image",
)
POSTING = ("headline", "datePublished", "dateModified", "author", "mainEntityOfPage", "inLanguage")


def faults(site: Site, place: str) -> list[str]:
    """What is wrong with what one page says of itself."""
    html = site.pages[place]
    wrong = [*canonical_faults(html, site.absolute(place)), *card_faults(site, html, place)]
    if place in site.posts:
        wrong += [*posting_faults(html), *entry_faults(html, site.absolute(place))]
    return [f"{place}: {fault}" for fault in wrong]


def canonical_faults(html: str, expected: str) -> list[str]:
    """Is the page's one canonical address its own?"""
    found = tree(html).xpath("/html/head/link[@rel='canonical']/@href")
    return [] if found == [expected] else [f"canonical is {found}, not {expected}"]


def card_faults(site: Site, html: str, place: str) -> list[str]:
    """Open Graph: every word there, the address the page's own, the picture on the site."""
    said = open_graph(html)
    wrong = [f"no {name}" for name in OPEN_GRAPH if not said.get(name)]
    if said.get("og:url") != site.absolute(place):
        wrong.append(f"og:url is {said.get('og:url')}")
    kind = "article" if place in site.posts else "website"
    if said.get("og:type") != kind:
        wrong.append(f"og:type is {said.get('og:type')}, not {kind}")
    picture = said.get("og:image", "")
    if not picture.startswith(site.url + "/") or not site.target(picture, place)[0].is_file():
        wrong.append(f"og:image {picture} is no picture of the site")
    return wrong + ([] if said.get("twitter:card") else ["no twitter:card"])


def open_graph(html: str) -> dict[str, str]:
    """The page's meta words by name, Open Graph and card."""
    found = tree(html).xpath("/html/head/meta[@content]")
    return {meta.get("property") or meta.get("name") or "": meta.get("content") for meta in found}


def linked_data(html: str) -> list[dict]:
    """Every JSON-LD object of the page."""
    scripts = tree(html).xpath("//script[@type='application/ld+json']")
    return [json.loads(script.text) for script in scripts]


def posting_faults(html: str) -> list[str]:
    """Is there one BlogPosting with all it owes, its dates with a zone?"""
    posts = [data for data in linked_data(html) if data.get("@type") == "BlogPosting"]
    if len(posts) != 1:
        return [f"{len(posts)} BlogPosting in JSON-LD"]
    post = posts[0]
    wrong = [f"JSON-LD has no {name}" for name in POSTING if not post.get(name)]
    wrong += (
        []
        if str(post.get("@context", "")).startswith("https://schema.org")
        else ["JSON-LD of no schema"]
    )
    dates = [post.get(name, "") for name in ("datePublished", "dateModified")]
    return wrong + [f"JSON-LD date {date}" for date in dates if not has_zone(date)]


def entry_faults(html: str, expected: str) -> list[str]:
    """Is there one h-entry with its name, address, date, author card and text?"""
    items = mf2py.parse(doc=html, url=expected)["items"]
    entries = [item for item in items if "h-entry" in item["type"]]
    if len(entries) != 1:
        return [f"{len(entries)} h-entry"]
    said = entries[0]["properties"]
    wrong = [
        f"h-entry has no {name}"
        for name in ("name", "published", "author", "content")
        if not said.get(name)
    ]
    wrong += [] if said.get("url") == [expected] else [f"h-entry url is {said.get('url')}"]
    authors = said.get("author", [])
    return wrong + [
        f"author {author} is no h-card" for author in authors if isinstance(author, str)
    ]


def cards(html: str, url: str) -> list[dict]:
    """Every h-card on a page, wherever it stands."""
    return [
        item for item in nested(mf2py.parse(doc=html, url=url)["items"]) if "h-card" in item["type"]
    ]


def nested(items: list) -> list[dict]:
    """All microformats, those inside others too."""
    found = [item for item in items if isinstance(item, dict) and "type" in item]
    inside = [value for item in found for values in item["properties"].values() for value in values]
    inside += [child for item in found for child in item.get("children", [])]
    return found + (nested(inside) if inside else [])


def sitemap_faults(site: Site) -> list[str]:
    """Does the sitemap list each page for readers exactly once, and nothing else?"""
    root = etree.parse(str(site.folder / "sitemap.xml")).getroot()
    listed = Counter(root.xpath("//*[local-name()='loc']/text()"))
    if root.tag != f"{SITEMAP}urlset":
        return [f"the sitemap's root is {root.tag}"]
    due = {site.absolute(place) for place, html in site.pages.items() if is_listed(place, html)}
    wrong = [
        f"the sitemap lists {link} {times} times" for link, times in listed.items() if times > 1
    ]
    wrong += [f"the sitemap lacks {link}" for link in sorted(due - set(listed))]
    return wrong + [
        f"the sitemap lists {link}, which is no page" for link in sorted(set(listed) - due)
    ]


def is_listed(place: str, html: str) -> bool:
    """Is this a page worth finding? Neither the 404 page nor the later pages of a list are."""
    numbered = re.search(r"/page/\d+/$", place)
    shy = "noindex" in open_graph(html).get("robots", "")
    return not (place == "/404.html" or numbered or shy)


def robots_faults(site: Site) -> list[str]:
    """Does robots.txt let readers in and name the sitemap?"""
    lines = (site.folder / "robots.txt").read_text("utf-8").splitlines()
    wrong = (
        []
        if f"Sitemap: {site.absolute('/sitemap.xml')}" in lines
        else ["robots.txt names no sitemap"]
    )
    return wrong + ([] if "User-agent: *" in lines else ["robots.txt speaks to nobody"])


def has_zone(date: str) -> bool:
    """Is this an ISO date and time with its zone?"""
    try:
        return datetime.fromisoformat(date).tzinfo is not None
    except ValueError:
        return False
