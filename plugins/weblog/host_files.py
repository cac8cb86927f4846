"""Files beside the pages: for search engines, and for the hosts that read headers from a file.

HOST_FILES names those that are wanted. Each is a template of this plugin, which a theme may
override by one of the same name; a file of that name in the content is stronger than both.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from jinja2 import ChoiceLoader, PackageLoader
from pelican import signals

from mistakes import Mistake, Mistakes, did_you_mean
from weblog import sitemap

TEMPLATES = {
    "sitemap.xml": "sitemap.xml",
    "robots.txt": "robots.txt",
    "_headers": "_headers",
    ".htaccess": "htaccess",
}


def register() -> None:
    """Write the files when the posts are."""
    signals.initialized.connect(check)
    signals.article_writer_finalized.connect(write)


def check(pelican: Any) -> None:
    """Raise `Mistakes` when HOST_FILES names a file that is not known."""
    unknown = [name for name in pelican.settings.get("HOST_FILES", ()) if name not in TEMPLATES]
    if unknown:
        wrong, right = f"HOST_FILES knows no {unknown[0]!r}", did_you_mean(unknown[0], TEMPLATES)
        raise Mistakes([Mistake("pelicanconf.py", None, wrong, right)])


def write(generator: Any, writer: Any) -> None:
    """Write each file that is wanted; a sitemap only where the site has an address."""
    loaders = ChoiceLoader([generator.env.loader, PackageLoader("weblog")])
    templates = generator.env.overlay(  # most are not HTML, and a line of theirs must end
        loader=loaders, autoescape=False, keep_trailing_newline=True
    )
    places = sitemap.places(generator.context)
    root = urlsplit(generator.context["SITEURL"]).path
    for name in generator.settings.get("HOST_FILES", ()):
        if name != "sitemap.xml" or places:
            template = templates.get_template(TEMPLATES[name])
            writer.write_file(name, template, generator.context, places=places, root=root)
