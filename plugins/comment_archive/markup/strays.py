"""What looks like a tag and is none, made text: a parser would eat it together with its words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

DEEPEST = 256  # tags open at once, before any parser sees them; parsers take time for depth squared

_OPENER = re.compile(r"<(?=[a-zA-Z/!?])")
_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[a-zA-Z][^\s/<>]*+)(?P<given>(?:[^\"'<>]++|\"[^\"]*+\"|'[^']*+')*+)>"
)
_SHORT_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][^\s/<>]*+)(?P<given>[^<>]*+)>")
_OTHER = re.compile(r"<[!?/][^<>]*+>")
# What runs on to its own end, tags and all, and would take everything with it were there none.
_RUNNING = {"<!--": "-->", "<![CDATA[": "]]>"}
_SWALLOWING = frozenset({"iframe", "script", "style"})

_KNOWN = frozenset(
    """
    a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big
    blink blockquote body br button canvas caption center cite code col colgroup data datalist dd
    del details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form
    frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe image img input ins
    isindex kbd keygen label legend li link listing main map mark marquee menu meta meter nav nobr
    noembed noframes noscript object ol optgroup option output p param picture plaintext portal
    pre progress q rb rp rt rtc ruby s samp script search section select slot small source span
    strike strong style sub summary sup table tbody td template textarea tfoot th thead time
    title tr track tt u ul var video wbr xmp
    """.split()
)
# Drawings and formulas: a sanitiser would drop their words with them.
_FOREIGN = frozenset(
    """
    math svg mi mn mo ms mtext mrow mfrac msup msub mstyle mglyph malignmark annotation-xml
    animate animatetransform circle defs desc ellipse filter foreignobject g line
    lineargradient mask path pattern polygon polyline rect set stop switch symbol text textpath
    tspan use view
    """.split()
)
# Elements that hide words from readers or from a parser, as ones that show them.
_SHOWN_AS = {
    **dict.fromkeys(
        """
        address article aside center dialog fieldset footer form header hgroup main menu nav
        noembed noframes noscript optgroup option search section template title dir
        """.split(),
        "div",
    ),
    **dict.fromkeys(("listing", "plaintext", "xmp", "textarea"), "pre"),
    "acronym": "abbr",
    "strike": "s",
    "tt": "code",
}
# Parsers open these again and again where they were left open; bare, at most three of each.
_BARE = frozenset("b big code em font i nobr s small strong u".split())
_PHRASES = _BARE | {"a", "p", "q", "tt", "span", "cite", "div"}
_NEVER_DEEP = frozenset(
    "area base br col dd dt embed hr img input li link meta option p param source tbody td tfoot "
    "th thead tr track wbr".split()
)


def escaped(html: str) -> str:
    """The HTML with every "<" that opens no known tag as text, and no hopeless depth.

    >>> escaped("a <b>bold</b> <3 and List<String>, <not a tag")
    'a <b>bold</b> <3 and List&lt;String>, &lt;not a tag'
    """
    return "".join(_Scan(html).pieces())


class _Scan:
    """One walk over a text, which never looks at a letter more than a few times."""

    def __init__(self, html: str) -> None:
        self.html = html
        lowered = html.lower() if len(html.lower()) == len(html) else html
        ends = [*_RUNNING.values(), *(f"</{name}" for name in _SWALLOWING)]
        self.last = {end: lowered.rfind(end) for end in (*ends, ">")}
        self.opened: list[str] = []
        self.dropped: Counter[str] = Counter()
        self.pattern = _TAG

    def pieces(self) -> Iterator[str]:
        end = 0
        for opener in _OPENER.finditer(self.html):
            start = opener.start()
            if start < end:
                continue
            yield self.html[end:start]
            piece, end = self._piece(start)
            yield piece
        yield self.html[end:]

    def _piece(self, start: int) -> tuple[str, int]:
        """What stands at a "<" as it is to be read, and where it ends."""
        for begin, close in _RUNNING.items():
            if self.html.startswith(begin, start) and self.last[close] > start:
                stop = self.html.index(close, start)
                words = self.html[start + len(begin) : stop] if begin == "<![CDATA[" else ""
                return _escaped_text(words), stop + len(close)
        if tag := self._tag(start):
            swallows = tag["name"].lower() in _SWALLOWING and not tag["end"]
            if swallows and self.last[f"</{tag['name'].lower()}"] < start:
                return f"&lt;{tag[0][1:]}", tag.end()
            known = _is_known(tag["name"]) and not _is_prose(tag)
            return self._known(tag) if known else f"&lt;{tag[0][1:]}", tag.end()
        if not self.html.startswith("<!--", start) and (other := _OTHER.match(self.html, start)):
            return "", other.end()
        return "&lt;", start + 1

    def _tag(self, start: int) -> re.Match[str] | None:
        if self.last[">"] < start:
            return None
        if self.pattern is _TAG and (tag := _TAG.match(self.html, start)):
            return tag
        self.pattern = _SHORT_TAG  # a quote that nothing closes: look no further than the next "<"
        return _SHORT_TAG.match(self.html, start)

    def _known(self, tag: re.Match[str]) -> str:
        """The tag under the name it is shown by; nothing where it would be too deep."""
        name = tag["name"].lower()
        if name in _FOREIGN:
            return " "
        name = _SHOWN_AS.get(name, name)
        if name in _NEVER_DEEP:
            return f"<{tag['end']}{name}{tag['given']}>"
        if tag["end"]:
            return self._closed(name)
        if len(self.opened) >= DEEPEST:
            self.dropped[name] += 1
            return " "
        self.opened.append(name)
        return f"<{name}>" if name in _BARE else f"<{name}{tag['given']}>"

    def _closed(self, name: str) -> str:
        if self.dropped[name]:
            self.dropped[name] -= 1
            return " "
        if name in self.opened:
            del self.opened[len(self.opened) - 1 - self.opened[::-1].index(name) :]
        return f"</{name}>"


def _is_known(name: str) -> bool:
    name = name.lower()
    return name in _KNOWN or name in _FOREIGN or ":" in name or name.startswith(("fb-", "mt"))


def _is_prose(tag: re.Match[str]) -> bool:
    """Is it a comparison such as "a <b and c> d"? No phrase takes an attribute without a value."""
    given = tag["given"].strip(" /\n")
    return bool(given) and "=" not in given and tag["name"].lower() in _PHRASES


def _escaped_text(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
