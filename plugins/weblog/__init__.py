"""What a weblog has around its posts: a Pelican plugin, of use with any theme.

    site_date      SITE_DATE hides the posts dated after it; the clock is never read
    translations   the other languages of a post, in a fixed order
    neighbours     the older and the newer post of each post
    recent         the newest posts, for the margin of every page
    excerpts       a few plain sentences of each post, and a description for searching
    page_text      notes beside the text, boxes around what is wide: for pages only
    feeds          Atom and RSS that readers and rules agree with
    phrases        the theme's words, dates and numbers in the language of the page
    policy         what a page may load, and the headers of a careful host
    sharing        the address, picture and description that a link to a page is shown with
    structured     the same for machines, as JSON-LD
    host_files     sitemap.xml, robots.txt, _headers and .htaccess

Each is a module with a ``register`` of its own; adding one is a line in `PARTS`.
`weblog.figures` is no part but a Markdown extension: name it in the MARKDOWN setting.
"""

from __future__ import annotations

from weblog import (
    excerpts,
    feeds,
    host_files,
    neighbours,
    page_text,
    phrases,
    policy,
    recent,
    sharing,
    site_date,
    structured,
    translations,
)

PARTS = (
    site_date,
    translations,
    neighbours,
    recent,
    excerpts,
    page_text,
    feeds,
    phrases,
    policy,
    sharing,
    structured,
    host_files,
)


def register() -> None:
    """Connect every part to Pelican's signals, in the order of `PARTS`."""
    for part in PARTS:
        part.register()
