"""A site whose pages are known at once and made only when somebody asks for them.

Pelican reads the content and works out what every page shows; writing is put off. What is
left to do for one page after a save is then one template, not all of them. Pelican's own
writer still finds the names, the paging and the double pages; only its last step waits.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from io import StringIO
from pathlib import Path
from typing import Any

import pelican
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from pelican.generators import StaticGenerator
from pelican.plugins import signals
from pelican.writers import FileOverwriteFailedError, Writer

from harvest import fast
from harvest.posts import Post
from harvest.site import Site, copied
from harvest.sources import Sources


class Page:
    """One file of the site: made when its ``body`` is first asked for, then kept."""

    def __init__(self, make: Callable[[], bytes]) -> None:
        self._make = make

    @cached_property
    def body(self) -> bytes:
        """The bytes of the file; whatever the template raises."""
        return self._make()

    @property
    def is_made(self) -> bool:
        """True when the body was asked for before."""
        return "body" in self.__dict__

    def make(self) -> None:
        """Make the body now."""
        _ = self.body


@dataclass(frozen=True)
class LazySite:
    """What one reading of the content amounts to: every page by its file's name."""

    pages: Mapping[str, Page]
    statics: Iterable[Any]  # Pelican's, whose place may change until the last page is made
    sources: Sources
    drafts: tuple[str, ...]
    content: Path
    folder: Path  # files that Pelican and its plugins write by themselves

    def names(self) -> Iterator[str]:
        """Every file of the site by its name, once all pages are made."""
        yield from self.pages
        yield from (_place(static) for static in self.statics)
        written = (path for path in self.folder.rglob("*") if path.is_file())
        yield from (path.relative_to(self.folder).as_posix() for path in written)

    def source_of(self, name: str) -> Path | None:
        """The file on disk that stands at this name of the site, where there is one."""
        written = (self.folder / name).resolve()
        if written.is_file() and written.is_relative_to(self.folder.resolve()):
            return written
        return self._static(name) or self._attached(name)

    def _static(self, name: str) -> Path | None:
        found = (static for static in self.statics if _place(static) == name)
        return next((self.content / static.source_path for static in found), None)

    def _attached(self, name: str) -> Path | None:
        """A file that a page moves beside itself: make the pages there, look again."""
        folder = posixpath.dirname(name)
        for beside, page in self.pages.items():
            if folder and folder.startswith(posixpath.dirname(beside)) and not page.is_made:
                page.make()
        return self._static(name)


def for_preview(site: Site, folder: Path) -> Site:
    """The site with the settings of a preview: addresses from the root, nothing kept on disk."""
    settings = copied(site.settings)
    environment = {"bytecode_cache": _compiled, "auto_reload": False}
    return site.with_settings(
        **{
            **settings,
            "SITEURL": "",
            "RELATIVE_URLS": False,
            "OUTPUT_PATH": str(folder),
            "DELETE_OUTPUT_DIRECTORY": False,
            "CACHE_CONTENT": False,
            "LOAD_CONTENT_CACHE": False,
            "INSIGHT_DRAFTS": True,  # what an author sees of a draft, its cards' events too
            "JINJA_ENVIRONMENT": {**settings["JINJA_ENVIRONMENT"], **environment},
        }
    )


class Press(pelican.Pelican):  # type: ignore[misc]
    """Pelican that stops short of writing: ``run()``, then ask for the ``site``."""

    def run(self) -> None:
        """Read the content anew and work out the pages."""
        Path(self.output_path).mkdir(parents=True, exist_ok=True)
        pelican.console.quiet = True
        with fast.paths() as settle:

            def settled(_: object) -> None:
                settle()

            with signals.all_generators_finalized.connected_to(settled):
                super().run()

    def site(self, posts: Iterable[Post], shown: Callable[[str], str]) -> LazySite:
        """The pages of the last run; ``shown`` says how an author knows a file."""
        writer: LazyWriter = self._writer
        context = writer.context
        of_page = {name: shown(path) for name, path in writer.source_of.items()}
        return LazySite(
            pages=writer.pages,
            statics=context["staticfiles"],
            sources=Sources({post.path: post for post in posts}, of_page),
            drafts=tuple(one.url for one in (*context["drafts"], *context["draft_pages"])),
            content=Path(self.path),
            folder=Path(self.output_path),
        )

    def _get_writer(self) -> LazyWriter:
        self._writer = LazyWriter(self.output_path, settings=self.settings)
        return self._writer

    def _get_generator_classes(self) -> list[type]:
        classes = super()._get_generator_classes()
        return [LazyStatics if kind is StaticGenerator else kind for kind in classes]


class LazyStatics(StaticGenerator):  # type: ignore[misc]
    """Copies the theme's files only; the author's own are served from where they lie."""

    def generate_output(self, writer: LazyWriter) -> None:
        """Copy the theme and hand the writer the list of the rest."""
        writer.context = self.context
        everything, self.context["staticfiles"] = self.context["staticfiles"], []
        try:
            super().generate_output(writer)
        finally:
            self.context["staticfiles"] = everything


class LazyWriter(Writer):  # type: ignore[misc]
    """Takes down what each file would be, by its name, and writes nothing."""

    def __init__(self, output_path: str, settings: dict[str, Any]) -> None:
        super().__init__(output_path, settings=settings)
        self.pages: dict[str, Page] = {}
        self.source_of: dict[str, str] = {}
        self.context: dict[str, Any] = {}

    def write_file(self, name: Any, template: Any, context: Any, *given: Any, **named: Any) -> None:
        """Take down one page, or all pages of a list in parts."""
        written = named.get("article") or named.get("page")
        if written:
            self.source_of[name] = written.source_path
        with signals.content_written.muted():
            super().write_file(name, _Unrendered(template), context, *given, **named)

    def write_feed(
        self, elements: Any, context: Any, path: Any = None, url: Any = None, **named: Any
    ) -> Any:
        """Take down one feed; without a path the feed itself, as Pelican has it."""
        feed = partial(super().write_feed, elements, context, None, url or path, **named)
        if path is None:
            return feed()
        place = str(Path(self.output_path, path))
        slot = self._open_w(place, override=named.get("override_output", False))
        slot.write(_Feed(feed, context))
        return None

    # Pelican's one private step that is replaced: the opening of a file to write.
    def _open_w(self, filename: str, _encoding: str = "utf-8", *, override: bool = False) -> _Slot:
        if filename in self._overridden_files and not override:
            return _Slot({}, filename, filename)
        if filename in self._written_files and not override:
            raise FileOverwriteFailedError(f'"{filename}": two pages have this address')
        self._written_files.add(filename)
        if override:
            self._overridden_files.add(filename)
        name = Path(os.path.relpath(filename, self.output_path)).as_posix()
        return _Slot(self.pages, name, filename)


def _place(static: Any) -> str:
    """Where a static file stands; ``save_as`` would fix it before a page may {attach} it."""
    return str(static.get_url_setting("save_as"))


@dataclass(frozen=True)
class _Slot:
    """Stands where Pelican has an open file; what is "written" is a promise of the text."""

    pages: dict[str, Page]
    name: str
    place: str

    def __enter__(self) -> _Slot:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def write(self, promise: _Rendering | _Feed) -> None:
        self.pages[self.name] = Page(partial(promise.kept, self.place))


@dataclass(frozen=True)
class _Unrendered:
    template: Any

    def render(self, context: dict[str, Any]) -> _Rendering:
        return _Rendering(self.template, context)


@dataclass(frozen=True)
class _Rendering:
    template: Any
    context: dict[str, Any]

    def kept(self, place: str) -> bytes:
        text = self.template.render(self.context)
        send = partial(signals.content_written.send, place, context=self.context)
        return _told(place, text, send) if signals.content_written.receivers else text.encode()


@dataclass(frozen=True)
class _Feed:
    make: Callable[[], Any]
    context: dict[str, Any]

    def kept(self, place: str) -> bytes:
        feed, sheet = self.make(), StringIO()
        feed.write(sheet, "utf-8")
        send = partial(signals.feed_written.send, place, context=self.context, feed=feed)
        text = sheet.getvalue()
        return _told(place, text, send) if signals.feed_written.receivers else text.encode()


def _told(place: str, text: str, send: Callable[[], object]) -> bytes:
    """The file after the plugins had their turn that wait for it to be written."""
    path = Path(place)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    send()
    return path.read_bytes()


class _Compiled(BytecodeCache):
    """Templates compiled once for all builds of this process; jinja2 compares the sources."""

    def __init__(self) -> None:
        self._known: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._known:
            bucket.bytecode_from_string(self._known[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._known[bucket.key] = bucket.bytecode_to_string()


_compiled = _Compiled()
