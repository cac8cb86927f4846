"""What strict feed readers leave of an entry: their rules as tables, and a cleaner by them.

Miniflux: `tagAllowList`, `isBlockedTag`, `hasRequiredAttributes`, `isImageLargerThanLayout` and
`isPixelTracker` in internal/reader/sanitizer/sanitizer.go of the repository miniflux/v2.
FreshRSS: `allowed_html_attributes`, `allowed_html_elements_with_attributes` and `rename_attributes`
in app/Models/SimplePieCustom.php of the repository FreshRSS/FreshRSS. Only the elements that a
blog's entry may have are in the tables here: leaving one out makes the cleaner stricter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lxml import html


@dataclass(frozen=True)
class Reader:
    """The rules of one reader.

    ``needed``: an element without this attribute is dropped, its words stay; ``silenced``: the
    words go with the element; ``widest``: a picture that says it is wider loses its size.
    """

    name: str
    elements: Mapping[str, Iterable[str]]
    everywhere: frozenset[str] = frozenset()
    needed: Mapping[str, str] | None = None
    silenced: frozenset[str] = frozenset()
    widest: int = 10_000


_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
MINIFLUX = Reader(
    "Miniflux",
    {
        "a": ("href", "title", "id"),
        "img": ("alt", "title", "src", "srcset", "sizes", "width", "height"),
        "time": ("datetime",),
        **dict.fromkeys(("ol", "ul", "li", "sup", "dl", "dt", "dd", *_HEADINGS), ("id",)),
        **dict.fromkeys(("td", "th"), ("rowspan", "colspan")),
        **dict.fromkeys(("abbr",), ("title",)),
        **dict.fromkeys(("blockquote", "br", "caption", "cite", "code", "del", "em"), ()),
        **dict.fromkeys(("figcaption", "figure", "kbd", "p", "pre", "strong", "sub"), ()),
        **dict.fromkeys(("table", "thead", "tr", "var"), ()),
    },
    needed={"a": "href", "img": "src"},
    silenced=frozenset({"noscript", "script", "style"}),
    widest=750,
)
FRESHRSS = Reader(
    "FreshRSS",
    {
        "a": ("href", "hreflang", "type"),
        "img": ("src", "alt", "width", "height", "align", "border", "hspace", "vspace"),
        "li": ("value", "type"),
        "ol": ("reversed", "start", "type"),
        "time": ("datetime",),
        "hr": ("align", "noshade", "size", "width"),
        **dict.fromkeys(("td", "th"), ("colspan", "rowspan", "scope", "headers")),
        **dict.fromkeys(("abbr", "article", "b", "blockquote", "br", "caption", "cite"), ()),
        **dict.fromkeys(("code", "dd", "del", "details", "div", "dl", "dt", "em"), ()),
        **dict.fromkeys(("figcaption", "figure", "i", "kbd", "p", "picture", "pre"), ()),
        **dict.fromkeys(("section", "small", "span", "strong", "sub", "summary", "sup"), ()),
        **dict.fromkeys(("table", "tbody", "thead", "tr", "ul", "var", *_HEADINGS), ()),
    },
    everywhere=frozenset({"dir", "hidden", "lang", "role", "title"}),
    silenced=frozenset({"script", "style", "noscript"}),
)
READERS = (MINIFLUX, FRESHRSS)


def cleaned(entry: str, reader: Reader) -> html.HtmlElement:
    """The entry as this reader shows it, in a div."""
    body = html.fragment_fromstring(entry, create_parent="div")
    for element in [one for one in body.iterdescendants() if one.getparent() is not None]:
        _clean(element, reader)
    return body


def _clean(element: html.HtmlElement, reader: Reader) -> None:
    if not isinstance(element.tag, str) or element.tag in reader.silenced:  # a comment
        element.drop_tree()
    elif element.tag not in reader.elements or _lacks(element, reader) or _is_tracker(element):
        element.drop_tag()
    else:
        allowed = {*reader.elements[element.tag], *reader.everywhere}
        for name in set(element.attrib) - allowed:
            del element.attrib[name]
        _without_a_false_size(element, reader)


def _lacks(element: html.HtmlElement, reader: Reader) -> bool:
    needed = (reader.needed or {}).get(element.tag)
    return needed is not None and not element.get(needed)


def _is_tracker(element: html.HtmlElement) -> bool:
    return element.tag == "img" and element.get("width") == element.get("height") == "1"


def _without_a_false_size(element: html.HtmlElement, reader: Reader) -> None:
    width = element.get("width", "0")
    is_right = width.isdecimal() and int(width) <= reader.widest
    if element.tag == "img" and not is_right:
        for name in ("width", "height"):
            element.attrib.pop(name, None)
