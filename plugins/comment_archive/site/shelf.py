"""What one run of Pelican knows of the archive: the threads, their posts, the templates."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, ChoiceLoader, Environment, FileSystemLoader, PackageLoader

from comment_archive import archive
from comment_archive.model import Comment, Thread
from comment_archive.site import options
from comment_archive.site.options import Options
from mistakes import Mistakes

logger = logging.getLogger(__name__)

KEY = "COMMENT_ARCHIVE_SHELF"
"""Where the shelf of a run stands in Pelican's settings and in the context."""


@dataclass
class Shelf:
    """The one owner of a run's state; put up anew for each run.

    ``threads`` and ``posts`` are known by the slug of the post; a post is a `Content` of
    Pelican. ``said`` is every comment that readers see, with the slug of its thread, by its id.
    """

    options: Options
    threads: Mapping[str, Thread]
    templates: tuple[str, ...] = ()
    compiled: BytecodeCache | None = None
    posts: dict[str, Any] = field(default_factory=dict)
    by_feed: dict[str, Any] = field(default_factory=dict)  # what a feed is about, by its path
    writer: Any = None
    context: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Shelf:
        """The shelf of a site: the threads of its content folder."""
        content = Path(settings["PATH"])
        overrides = [str(path) for path in settings.get("THEME_TEMPLATES_OVERRIDES", ())]
        own = str(Path(settings.get("THEME", "")) / "templates")
        compiled = settings.get("JINJA_ENVIRONMENT", {}).get("bytecode_cache")
        threads = _threads(content / archive.FOLDER, f"{content.name}/{archive.FOLDER}")
        return cls(options.of(settings), threads, (*overrides, own), compiled)

    @cached_property
    def said(self) -> Mapping[str, tuple[Comment, str]]:
        """Every comment that can be quoted, and the slug of its thread."""
        return {
            one.id: (one, slug) for slug, thread in self.threads.items() for one in thread.shown
        }

    @cached_property
    def environment(self) -> Environment:
        """The templates: a site's own before the theme's before the plugin's."""
        loaders = [FileSystemLoader(self.templates), PackageLoader("comment_archive", "templates")]
        return Environment(
            loader=ChoiceLoader(loaders),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=self.compiled,
        )


def alias(slug: str) -> str:
    """The name by which Pelican finds the post of a thread: as if its file were the post's."""
    return f"{archive.FOLDER}/{slug}.json"


def tell(faults: Mistakes) -> None:
    """Log each mistake as an error of its own."""
    for mistake in faults.mistakes:
        logger.error("%s", mistake)


def _threads(folder: Path, shown: str) -> dict[str, Thread]:
    """Every thread that can be read; what is wrong with the others is logged."""
    found: dict[str, Thread] = {}
    for path in archive.files(folder):
        try:
            thread = archive.read_file(path, f"{shown}/{path.name}")
        except Mistakes as faults:
            tell(faults)
        else:
            found[thread.slug] = thread
    return found
