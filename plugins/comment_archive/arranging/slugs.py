"""Names for files and addresses from the names of an old blog: safe on every disk, each its own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from hashlib import blake2b
from urllib.parse import unquote

LONGEST = 100  # bytes: a file system allows 255 for a name, and an ending is added

_DEVICES = re.compile(r"(?:con|prn|aux|nul|conin|conout|clock|com\d|lpt\d)", re.IGNORECASE)
_ENDING = re.compile(r"\.(?:html?|php|aspx?|shtml)$", re.IGNORECASE)
# What stands at the top of the site itself, where a page would take its place.
OF_THE_SITE = frozenset(
    """
    404 archives author authors categories category comments data drafts extra feed feeds images
    imported index page pages pagefind posts robots rss search sitemap static subscribe tag tags
    theme
    """.split()
)


def safe(wanted: str) -> str:
    """The name with nothing in it but letters, digits, "-" and "_"; empty where nothing is left.

    >>> safe("../../etc/passwd"), safe("the_kettle.html"), safe("CON"), safe("🥄")
    ('etc-passwd', 'the_kettle', 'con-post', '')
    """
    name = unicodedata.normalize("NFC", _ENDING.sub("", unquote(wanted, errors="ignore").strip()))
    name = "".join(one if _is_plain(one) else "-" for one in name)
    name = re.sub(r"-{2,}", "-", name).strip("-_").lower()
    name = _cut(unicodedata.normalize("NFC", name))
    return f"{name}-post" if _DEVICES.fullmatch(name) or name.isdigit() else name


def _is_plain(letter: str) -> bool:
    return letter in "-_" or unicodedata.category(letter) in (
        "Ll",
        "Lu",
        "Lo",
        "Lm",
        "Nd",
        "Mn",
        "Mc",
    )


def _cut(name: str) -> str:
    if len(name.encode()) <= LONGEST:
        return name
    cut = name.encode()[:LONGEST].decode(errors="ignore")
    return (cut.rpartition("-")[0] if "-" in cut[LONGEST // 2 :] else cut).strip("-_")


class Slugs:
    """The names that are taken, letters of either case and look-alike forms being one."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = {_key(one) for one in taken}

    def take(self, *wanted: str, is_page: bool = False) -> str:
        """The first of the wished-for names that leaves a word, with a number where it is taken."""
        name = next((found for one in wanted if (found := safe(one))), "")
        if not name:
            name = f"post-{blake2b(repr(wanted).encode(), digest_size=4).hexdigest()}"
        if (is_page and name in OF_THE_SITE) or name == "imported":
            name = f"{name}-page" if is_page else f"{name}-post"
        number, free = 1, name
        while _key(free) in self._taken:
            number += 1
            free = f"{name}-{number}"
        self._taken.add(_key(free))
        return free


def _key(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()
