"""A post or page as a file: HTML for Pelican's own reader, so that nothing in it is Markdown.

The headers are <meta>; the title is one too, because Pelican does not decode a <title>.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

Headers = Mapping[str, str]


def html(headers: Headers, body: str) -> str:
    """The text of an HTML source; headers without a value are left out."""
    metas = (
        f'<meta name="{escape(name)}" content="{escape(value)}">\n'
        for name, value in headers.items()
        if value
    )
    return f"<html>\n<head>\n{''.join(metas)}</head>\n<body>\n{body}\n</body>\n</html>\n"


def markdown(headers: Headers, body: str) -> str:
    """The text of a Markdown source; a header's value stands on one line."""
    lines = (f"{name.capitalize()}: {value}\n" for name, value in headers.items() if value)
    return f"{''.join(lines)}\n{body}\n"


def listed(words: Iterable[str]) -> str:
    """Words for a header that Pelican splits: at ";" where there is one, else at ",".

    >>> listed(["tea, green"]), listed(["a", "b"]), listed([])
    ('tea, green;', 'a; b', '')
    """
    clean = [" ".join(word.replace(";", ",").split()) for word in words]
    if len(clean) == 1 and "," in clean[0]:
        return f"{clean[0]};"
    return "; ".join(clean)
