"""The one place that says what of a stranger's HTML may stand on a page of ours.

nh3 parses as a browser does and keeps what is on the list; everything else goes, its words stay.
What is read from a file again is sanitised again: a list may have become shorter since.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from html import unescape
from urllib.parse import quote, urlsplit

import nh3

ANONYMOUS = "Anonymous"
LONGEST_NAME = 120  # letters of an author's name
LONGEST_ADDRESS = 2000

# --- the list -----------------------------------------------------------------------------

TAGS = frozenset(
    """
    a abbr b bdi blockquote br caption cite code col colgroup dd del details dfn div dl dt em
    figcaption figure h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp small
    strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr
    """.split()
)
OF_COMMENTS = TAGS - {"img", "h2", "h3", "h4", "h5", "h6", "details", "summary"}
ATTRIBUTES = {
    "*": {"dir", "lang"},
    "a": {"href", "title", "hreflang"},
    "abbr": {"title"},
    "blockquote": {"cite"},
    "col": {"span"},
    "colgroup": {"span"},
    "del": {"cite", "datetime"},
    "dfn": {"title"},
    "img": {"src", "alt", "title", "width", "height"},
    "ins": {"cite", "datetime"},
    "ol": {"start", "reversed", "type"},
    "q": {"cite"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
SCHEMES = frozenset({"http", "https", "mailto"})
SILENT = frozenset({"script", "style"})  # these go with all that is in them
REL_OF_COMMENTS = "nofollow ugc noopener"

# What arranging still has to see, to make links of it; nothing of this reaches a page.
_EMBEDS = frozenset({"iframe", "embed", "object", "video", "audio", "source", "img"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_OF_EMBEDS = {"src", "data", "title", "alt", "width", "height"}

_NUMBERS = {"colspan", "height", "rowspan", "span", "start", "width"}
_SHORT = {
    "dir": re.compile(r"ltr|rtl|auto"),
    "lang": re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"),
}
_PLACEHOLDER = re.compile(r"\{(?:filename|static)\}/[^{}|]*")
_FILLED_IN = re.compile(r"[{|]\w+[}|]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069"
    "\ufeff\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
_MAIL = re.compile(r"<?[^\s<>@()\"]+@[^\s<>@()\"]+\.[^\s<>@()\"]+>?")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")


def comment(html: str) -> str:
    """The HTML as it may stand in a comment: no picture, no heading, links that vouch for nothing.

    >>> comment('<b onclick="x()">Yes</b><script>y()</script> <a href="javascript:z()">no</a>')
    '<b>Yes</b> <a rel="nofollow ugc noopener">no</a>'
    """
    return _of_comments().clean(bare(html)).strip()


def entry(html: str) -> str:
    """The HTML as it may stand in a post."""
    return _of_entries().clean(bare(html)).strip()


def rough(html: str) -> str:
    """Well-formed HTML with its frames, players and pictures, still to be arranged."""
    return _rough().clean(bare(html))


def bare(text: str) -> str:
    """The text without the letters that no feed can carry."""
    return _CONTROL.sub("", text.replace("\x85", "\n"))  # an old newline, which HTML has not


def unescaped(text: str) -> str:
    """The text with its entities as letters."""
    return unescape(text)


def line(text: str, longest: int = 300) -> str:
    """The text on one line, without letters that nobody sees or that turn the others around."""
    words = " ".join(unicodedata.normalize("NFC", _UNSEEN.sub("", text)).split())
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def name(text: str) -> str:
    """A public name: never an e-mail address, and empty where none was given.

    >>> name("Bo Sample"), name("bo@mail.example.org"), name("  ")
    ('Bo Sample', 'Anonymous', '')
    """
    given = line(text, LONGEST_NAME)
    if not given or "@" not in given:
        return given
    return line(_MAIL.sub("", given)).strip("<>() ") or ANONYMOUS


def anchor(name: str) -> str:
    """A name for an anchor as an old page had it; empty where HTML allows none such."""
    return name if re.fullmatch(r"[^\s\"'<>&]{1,200}", name) and name == line(name) else ""


def address(url: str) -> str:
    """A http or https address of another site, percent-encoded; empty for everything else.

    >>> address("www.example.com/a b"), address("javascript:alert(1)"), address("http://")
    ('http://www.example.com/a%20b', '', '')
    """
    given = url.strip()
    if _UNSEEN.search(given) or re.search(r"[\r\n\t\\]", given) or len(given) > LONGEST_ADDRESS:
        return ""
    if given.lower().startswith("www.") and not _SCHEME.match(given):
        given = f"http://{given}"
    try:
        parts = urlsplit(given)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not host or "@" in parts.netloc:
        return ""
    if not re.fullmatch(r"[^\s\"'<>`{}|^%()\[\],;!*]+|\[[0-9a-fA-F:.]+\]", host):
        return ""
    return encoded(given)


def encoded(url: str) -> str:
    """The address with the letters percent-encoded that HTML, Pelican or a shell might read."""
    return quote(url.strip(), safe="%/:?#[]@!$&()*+,;=~-._")


def inert(url: str) -> str:
    """The address with nothing in it that Pelican would fill in."""
    return url.replace("{", "%7B").replace("}", "%7D").replace("|", "%7C")


# --- how it is kept -----------------------------------------------------------------------


@lru_cache(maxsize=1)
def _of_comments() -> nh3.Cleaner:
    return _cleaner(OF_COMMENTS, ATTRIBUTES, REL_OF_COMMENTS, SCHEMES - {"mailto"})


@lru_cache(maxsize=1)
def _of_entries() -> nh3.Cleaner:
    return _cleaner(TAGS, ATTRIBUTES, "noopener", SCHEMES)


@lru_cache(maxsize=1)
def _rough() -> nh3.Cleaner:
    wide = {**ATTRIBUTES, **dict.fromkeys(_EMBEDS, _OF_EMBEDS)}
    return _cleaner(TAGS | _EMBEDS | _HEADINGS, wide, None, SCHEMES)


def _cleaner(
    tags: frozenset[str], attributes: dict[str, set[str]], rel: str | None, schemes: frozenset[str]
) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(tags),
        clean_content_tags=set(SILENT),
        attributes={tag: given for tag, given in attributes.items() if tag in tags | {"*"}},
        attribute_filter=_attribute,
        link_rel=rel,
        url_schemes=set(schemes),
    )


def _attribute(_tag: str, attribute: str, value: str) -> str | None:
    if attribute in _SHORT:
        return value if _SHORT[attribute].fullmatch(value) else None
    if attribute in _NUMBERS:
        return value.strip() if re.fullmatch(r"\s*\d{1,4}\s*", value) else None
    if attribute in ("href", "src", "data"):
        return _kept_address(value)
    if attribute == "cite":
        return inert(address(value)) or None
    if _FILLED_IN.search(value):  # Pelican looks for these within every tag
        value = value.translate({ord("{"): "(", ord("}"): ")", ord("|"): "/"})
    # Pelican writes a value with double quotes between single ones, and escapes neither
    return value.replace("'", "’") if '"' in value else value


def _kept_address(value: str) -> str | None:
    value = value.strip()
    if _UNSEEN.search(value):
        return None
    if placeholder := _PLACEHOLDER.match(value):
        rest = value[placeholder.end() :]
        return placeholder[0].replace('"', "%22").replace("'", "%27") + encoded(rest)
    return inert(value).replace('"', "%22").replace("'", "%27").replace("\\", "%5C")
