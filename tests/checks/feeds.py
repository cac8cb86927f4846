"""Atom and RSS that any reader can read: the rules of both, and every post with its words."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import feedparser
from lxml import etree
from lxml import html as lxml_html

from checks.site import Site, address, tree, with_class, words

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
ABSOLUTE = re.compile(r"(https?://[^/]+|mailto:|tel:|data:)")
UNREADABLE = "details summary picture source button script style svg form input iframe object link"
BLOCKS = ".//" + " | .//".join("p li h2 h3 h4 pre dt dd td th figcaption".split())
NOTE = f".//*[{with_class('note')}]"  # beside its line on the page, at the end in the feed
CARD = f".//*[{with_class('insight')}]"
SIGNS = [".//sup", ".//a[contains(@class, 'back')]"]  # the number of a note and the way back


def faults(file: Path, site: Site) -> list[str]:
    """What is wrong with one feed of a site, whichever of the two it is."""
    body, place = file.read_bytes(), address(file, site.folder)
    root = etree.fromstring(body)
    wrong = [*read_back(body), *own_address(root, site.absolute(place))]
    wrong += atom_rules(root) if root.tag == f"{ATOM}feed" else rss_rules(root)
    wrong += [fault for text in contents(root) for fault in content_faults(text)]
    return [f"{place}: {fault}" for fault in wrong]


def read_back(body: bytes) -> list[str]:
    """What a reader misses: a language, and entries with title, link, id, date and author."""
    read = feedparser.parse(body)
    wrong = [f"not well-formed: {read.get('bozo_exception')}"] if read.bozo else []
    wrong += [
        f"the feed has no {name}"
        for name in ("title", "link", "language")
        if not read.feed.get(name)
    ]
    for entry in read.entries:
        owed = ("title", "link", "id", "published_parsed", "author", "summary")
        wrong += [f"{entry.get('title')}: no {name}" for name in owed if not entry.get(name)]
        wrong += [
            f"{entry.get('id')}: not a link" for name in ("link",) if not absolute(entry.get(name))
        ]
    ids = Counter(entry.get("id") for entry in read.entries)
    return wrong + [f"id {name} stands {times} times" for name, times in ids.items() if times > 1]


def own_address(root, expected: str) -> list[str]:
    """Does the feed's rel=self name the address it is published at?"""
    found = [link.get("href") for link in root.iter(f"{ATOM}link") if link.get("rel") == "self"]
    return [] if found == [expected] else [f"rel=self is {found}, not {expected}"]


def atom_rules(root) -> list[str]:
    """RFC 4287 where a grammar cannot tell: absolute ids and links, dates in order."""
    links = [link.get("href", "") for link in root.iter(f"{ATOM}link")]
    wrong = [f"not absolute: {link}" for link in links if not absolute(link)]
    wrong += [
        f"id is no absolute IRI: {i.text}" for i in root.iter(f"{ATOM}id") if not has_scheme(i.text)
    ]
    updated = [moment(entry.findtext(f"{ATOM}updated")) for entry in root.iter(f"{ATOM}entry")]
    wrong += ["an entry without updated"] * updated.count(None)
    known = [when for when in updated if when]
    if known and moment(root.findtext(f"{ATOM}updated")) != max(known):
        wrong.append("the feed's updated is not its newest entry's")
    return wrong + [fault for entry in root.iter(f"{ATOM}entry") for fault in entry_order(entry)]


def entry_order(entry) -> list[str]:
    """Was an entry updated before it was published?"""
    published, updated = (
        moment(entry.findtext(f"{ATOM}{name}")) for name in ("published", "updated")
    )
    early = published and updated and updated < published
    return [f"updated {updated} before published {published}"] if early else []


def rss_rules(root) -> list[str]:
    """RSS 2.0: the three words of a channel, and items with link, guid and an RFC 822 date."""
    channel = root.find("channel")
    if root.tag != "rss" or root.get("version") != "2.0" or channel is None:
        return ["not RSS 2.0"]
    owed = ("title", "link", "description", "language", "lastBuildDate")
    wrong = [f"the channel has no {name}" for name in owed if not channel.findtext(name)]
    for item in channel.iter("item"):
        wrong += [f"{item.findtext('title')}: {fault}" for fault in item_faults(item)]
    return wrong


def item_faults(item) -> list[str]:
    """What one item of RSS lacks."""
    wrong = [
        f"no {name}"
        for name in ("title", "link", "guid", "pubDate", "description")
        if not item.findtext(name)
    ]
    wrong += [] if absolute(item.findtext("link")) else ["its link is not absolute"]
    wrong += [] if rfc822(item.findtext("pubDate")) else [f"pubDate {item.findtext('pubDate')}"]
    guid = item.find("guid")
    permanent = guid is not None and guid.get("isPermaLink", "true") == "true"
    return wrong + (
        ["its guid is called a link and is none"] if permanent and not absolute(guid.text) else []
    )


def contents(root) -> list[str]:
    """The full text of each entry, as HTML."""
    if root.tag == f"{ATOM}feed":
        return [text_of(entry.find(f"{ATOM}content")) for entry in root.iter(f"{ATOM}entry")]
    return [
        item.findtext(CONTENT) or item.findtext("description") or "" for item in root.iter("item")
    ]


def content_faults(text: str) -> list[str]:
    """What a reader would strip, break or not find in one entry's HTML."""
    if not text.strip():
        return ["an entry without its text"]
    body = lxml_html.fragment_fromstring(text, create_parent="div")
    wrong = [
        f"<{name}> in the text"
        for name in UNREADABLE.split()
        if body.find(f".//{name}") is not None
    ]
    wrong += [
        f"not absolute: {link}" for link in body.xpath("//@href | //@src") if not absolute(link)
    ]
    wrong += ["a picture with srcset"] * len(body.xpath("//@srcset"))
    return wrong + [fault for figure in card_figures(body) for fault in card_faults(figure)]


def card_figures(body) -> list:
    """The figures of insight cards in an entry: those that show a chart."""
    return body.xpath("//figure[.//img[contains(@src, '/charts/')]]")


def card_faults(figure) -> list[str]:
    """Is it figure > a > img with alt and size, a caption, a link to the data, and no class?"""
    rest = [figure, *figure.itersiblings()]
    needs = {
        "the card is not figure > a > img": figure.xpath("./a/img"),
        "the card's picture has no alt": figure.xpath("./a/img[normalize-space(@alt)]"),
        "the card's picture has no width": figure.xpath("./a/img[@width]"),
        "the card has no caption": figure.xpath("./figcaption"),
        "the card has no link to its data": [
            a for e in rest for a in e.xpath(".//a[contains(@href, '/data/')]")
        ],
    }
    wrong = [fault for fault, found in needs.items() if not found]
    return wrong + ["a class in the card"] * len(figure.xpath("descendant-or-self::*[@class]"))


def missing_words(page: str, content: str) -> list[str]:
    """Blocks and notes of the post on its page (cards aside) whose words the feed has not."""
    feed = lxml_html.fragment_fromstring(content, create_parent="div")
    told = squeezed(words(without(feed, SIGNS)))
    body = without(tree(page).xpath(f"//*[{with_class('e-content')}]")[0], [*SIGNS, CARD])
    notes = body.xpath(NOTE)
    blocks = without(body, [NOTE]).xpath(BLOCKS)
    said = [words(part) for part in [*blocks, *notes]]
    return [text for text in said if squeezed(text) not in told]


def without(element, paths: list[str]):
    """A copy of the element without what the paths find in it; the words after it stay."""
    copy = lxml_html.fragment_fromstring(lxml_html.tostring(element, encoding="unicode"))
    for path in paths:
        for found in copy.xpath(path):
            found.drop_tree()
    return copy


def invalid(body: bytes, schema: Path) -> list[str]:
    """What an Atom feed breaks of the schema of RFC 4287."""
    grammar = etree.RelaxNG(etree.parse(str(schema)))
    grammar.validate(etree.fromstring(body))
    return [f"line {error.line}: {error.message}" for error in grammar.error_log]


def autodiscovered(page: str) -> dict[str, list[str]]:
    """The feeds a page announces, by type."""
    links = tree(page).xpath("/html/head/link[@rel='alternate'][@type]")
    kinds = ("application/atom+xml", "application/rss+xml")
    return {
        kind: [link.get("href") for link in links if link.get("type") == kind] for kind in kinds
    }


def text_of(element) -> str:
    """The text of an element that may be missing."""
    return "" if element is None else (element.text or "")


def squeezed(text: str) -> str:
    """The letters alone: layout may put spaces where it likes."""
    return "".join(text.split())


def absolute(link: str | None) -> bool:
    """Does the link hold anywhere in the world?"""
    return bool(link and ABSOLUTE.match(link))


def has_scheme(name: str | None) -> bool:
    """Is this an absolute IRI (https:, tag:, urn:)?"""
    return bool(name and re.match(r"[a-z][a-z0-9+.-]*:\S+$", name))


def moment(text: str | None) -> datetime | None:
    """An RFC 3339 date, None for anything else or without a zone."""
    try:
        when = datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None
    return when if when.tzinfo else None


def rfc822(text: str | None) -> bool:
    """Is this a date as mail writes it?"""
    try:
        return bool(text and parsedate_to_datetime(text).tzinfo)
    except ValueError:
        return False
