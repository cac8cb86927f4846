"""A page as the preview sends it: with one script of ours, and a policy that lets it in.

The files of the site stay as they are; only what the preview sends has the script. Nothing
is inline, so that the strict policy of the page is widened by 'self' and by nothing else.
"""

from __future__ import annotations

import re
from html import escape, unescape

SCRIPT = "/.harvest/preview.js"
NEEDED = ("script-src", "connect-src")

_META = re.compile(
    rb"<meta\b[^>]*\bhttp-equiv=[\"']?content-security-policy\b[^>]*>", re.IGNORECASE
)
_CONTENT = re.compile(r"""\bcontent=("[^"]*"|'[^']*')""", re.IGNORECASE)
_HEAD_ENDS = re.compile(rb"</head\s*>|<body\b", re.IGNORECASE)


def with_script(page: bytes, number: int) -> bytes:
    """The page with the script that keeps it fresh; ``number`` is the build it comes from."""
    page = _META.sub(lambda found: _widened_meta(found[0]), page)
    script = f'<script src="{SCRIPT}" data-number="{number}" defer></script>\n'.encode()
    head_ends = _HEAD_ENDS.search(page)
    place = head_ends.start() if head_ends else len(page)
    return page[:place] + script + page[place:]


def widened(policy: str) -> str:
    """The policy with leave for a script of this server and for its news.

    >>> widened("default-src 'none'; style-src 'self'; script-src 'none'")
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'"
    """
    parts = [part.split() for part in policy.split(";") if part.split()]
    rules = {name.lower(): sources for name, *sources in parts}
    for name in NEEDED:
        if name in rules or "default-src" in rules:
            rules[name] = _with_self(rules.get(name, rules.get("default-src", [])))
    if "script-src-elem" in rules:
        rules["script-src-elem"] = _with_self(rules["script-src-elem"])
    return "; ".join(" ".join((name, *sources)) for name, sources in rules.items())


def _with_self(sources: list[str]) -> list[str]:
    return [*(source for source in sources if source not in ("'none'", "'self'")), "'self'"]


def _widened_meta(meta: bytes) -> bytes:
    def replaced(found: re.Match[str]) -> str:
        return f'content="{escape(widened(unescape(found[1][1:-1])), quote=False)}"'

    return _CONTENT.sub(replaced, meta.decode("utf-8")).encode()
