"""An old blog comes home: its posts, its pages and every comment, closed and kept for good.

    an export ──► importers ──► About, Entry, Left   as the old platform wrote them
                                      │
                   arranging: slugs, addresses, links, pictures, sanitised words
                                      ▼
    content/posts/*.html + content/comments/*.json + a receipt    written all at once
                                      │
                     site: threads under posts, comment feeds, links to comments

The importers know files and nothing of the site; `site` knows the stored threads and nothing
of exports. What stands between them is in `content/`, for an author to read and commit.
"""

from __future__ import annotations

__all__ = ["register"]


def register() -> None:
    """Connect the plugin to Pelican's signals."""
    from comment_archive import site  # noqa: PLC0415  an import of an old blog needs no Pelican

    site.register()
