"""One page is HTML without an error, and says its language and its title."""

from __future__ import annotations

from collections import Counter

import html5lib
from html5lib.constants import E

from checks.site import tree, words


def faults(html: str) -> list[str]:
    """What is wrong with the page as a document."""
    return [*parse_errors(html), *repeated_ids(html), *missing_parts(html)]


def parse_errors(html: str) -> list[str]:
    """Every error a strict HTML parser sees, with its line."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    parser.parse(html)
    return [f"line {place[0]}: {E[code] % values}" for place, code, values in parser.errors]


def repeated_ids(html: str) -> list[str]:
    """Ids that stand on more than one element."""
    counted = Counter(tree(html).xpath("//@id"))
    return [f'id "{name}" stands {times} times' for name, times in counted.items() if times > 1]


def missing_parts(html: str) -> list[str]:
    """What every page owes: language, title, one heading, one main, words for pictures."""
    page = tree(html)
    owed = {
        "no language": page.get("lang"),
        "no title": any(words(title) for title in page.xpath("/html/head/title")),
        "not exactly one h1": len(page.xpath("//h1")) == 1,
        "not exactly one main": len(page.xpath("//main")) == 1,
        "a picture without alt": not page.xpath("//img[not(@alt)]"),
        "a picture without its size": not page.xpath("//img[not(@width) or not(@height)]"),
        "an empty heading": all(words(h) for h in page.xpath("//h1|//h2|//h3|//h4|//h5|//h6")),
    }
    return [wrong for wrong, fine in owed.items() if not fine]
