"""What may stand in the headers of a post or page, and what each mistake there is called."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pelican
from pelican.contents import Article, Page

from harvest import dates
from harvest.headers import Ending
from harvest.posts import Post
from harvest.site import Site
from mistakes import Mistake, did_you_mean

STATUSES = ("published", "draft", "hidden")
KNOWN = (
    "author", "authors", "category", "date", "description", "event", "guid", "lang", "modified",
    "picture", "picture_alt", "save_as", "slug", "status", "summary", "tags", "template", "title",
    "translation", "url",
)  # fmt: skip
_ONCE = (set(KNOWN) - {"summary", "event"}) | {"timezone", "date_format"}
_NEAR = 0.75  # "tag" is near "tags", "cover" is near nothing
_BEGIN = 'begin the file with the lines "Title: …" and "Date: 2025-03-04", then a blank line'


def find(post: Post, site: Site) -> Iterator[Mistake]:
    """Everything wrong with the headers of one source, doubts included."""
    yield from _broken(post)
    if post.head.ending is not Ending.BROKEN and post.head.headers:
        yield from _missing(post)
    yield from _repeated(post)
    yield from _reserved(post)
    yield from _dates(post)
    yield from _status(post)
    yield from _language(post, site)
    yield from _template(post, site)
    yield from _timezone(post)
    yield from _near_misses(post)


def _broken(post: Post) -> Iterator[Mistake]:
    head = post.head
    if not post.text.strip():
        yield post.mistake(None, "the file is empty", _BEGIN)
    elif not head.headers and head.ending is Ending.BLANK:
        yield post.mistake(head.end, "no headers before this line", _BEGIN)
    elif not head.headers:
        yield post.mistake(head.end, "the file does not begin with a header", _BEGIN)
    elif head.ending is Ending.BROKEN:
        line = post.text.split("\n", head.end)[head.end - 1].strip()
        shown = line if len(line) <= 40 else line[:39] + "…"
        yield post.mistake(
            head.end,
            f'a broken header: "{shown}"',
            'write "Name: value", or leave a blank line between the headers and the text',
        )


def _missing(post: Post) -> Iterator[Mistake]:
    if not post.title.strip():
        yield _lacking(post, "title", 'add a line "Title: …"')
    # an empty date is told as one that cannot be read
    needed = post.kind == "article" and post.status != "draft" and post.line("date") is None
    if needed and not post.given.get("date"):
        yield _lacking(post, "date", 'add a line "Date: 2025-03-04", or "Status: draft"')


def _lacking(post: Post, name: str, right: str) -> Mistake:
    near = get_close_matches(name, set(post.head.headers) - set(KNOWN), n=1, cutoff=_NEAR)
    if near:
        return post.mistake(
            post.line(near[0]), f'no {name}, but a header "{near[0]}"', did_you_mean(name, [name])
        )
    return post.mistake(post.line(name) or 1, f"no {name}", right)


def _repeated(post: Post) -> Iterator[Mistake]:
    for header in post.head.headers.values():
        if header.name in _ONCE and len(header.values) > 1:
            wrong = f'"{header.name}" is given again; the first stands on line {header.line}'
            yield post.mistake(header.lines[1], wrong, "keep one, on one line")


def _reserved(post: Post) -> Iterator[Mistake]:
    for header in post.head.headers.values():
        if is_reserved(header.name):
            yield post.mistake(
                header.line,
                f'"{header.name}" is a name that Pelican keeps for itself',
                "use another",
            )


def is_reserved(name: str) -> bool:
    """True for a header that would overwrite a part of Pelican's own object and lose the post."""
    return name.startswith(("_", "override_")) or name in _RESERVED


_ATTRIBUTES = {
    "settings", "metadata", "translations", "in_default_lang", "relative_source_path",
    "source_path", "locale_date", "locale_modified", "reader", "path",
}  # fmt: skip
_RESERVED = {*dir(Article), *dir(Page), *_ATTRIBUTES} - {"status", "summary", "save_as", "url"}


def _dates(post: Post) -> Iterator[Mistake]:
    for name in ("date", "modified"):
        written = post.head.headers.get(name)
        # a date in the file's name is Pelican's to read too, and has no line
        text = written.value if written else post.given.get(name)
        if not isinstance(text, str):
            continue
        try:
            dates.read(text.replace("_", " ") if name == "date" else text)
        except dates.NotADate as fault:
            yield post.mistake(written.line if written else None, str(fault), dates.RIGHT)


def _status(post: Post) -> Iterator[Mistake]:
    if post.status not in (*STATUSES, "skip"):
        right = did_you_mean(post.status, STATUSES)
        yield post.mistake(post.line("status"), f'no status "{post.status}"', right)


def _language(post: Post, site: Site) -> Iterator[Mistake]:
    default = site.settings["DEFAULT_LANG"]
    if post.lang != default and post.lang.lower() == default:
        yield post.mistake(
            post.line("lang"),
            f'lang "{post.lang}" is not the site\'s "{default}"',
            f'write "{default}"',
        )


def _template(post: Post, site: Site) -> Iterator[Mistake]:
    name = post.head.value("template")
    if name and name not in _templates(site):
        yield post.mistake(
            post.line("template"), f'no template "{name}"', did_you_mean(name, _templates(site))
        )


def _templates(site: Site) -> set[str]:
    simple = Path(pelican.__file__).parent / "themes" / "simple" / "templates"
    own = Path(site.settings["THEME"]) / "templates"
    folders = [*map(Path, site.settings["THEME_TEMPLATES_OVERRIDES"]), own, simple]
    endings = site.settings["TEMPLATE_EXTENSIONS"]
    names = {
        file.relative_to(folder).as_posix().removesuffix(ending)
        for folder in folders
        for ending in endings
        for file in folder.rglob(f"*{ending}")
    }
    return {name for name in names if not name.rpartition("/")[2].startswith("_")}


def _timezone(post: Post) -> Iterator[Mistake]:
    name = post.head.value("timezone")
    if not name:
        return
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        yield post.mistake(
            post.line("timezone"), f'no time zone "{name}"', "write it as Europe/Berlin"
        )


def _near_misses(post: Post) -> Iterator[Mistake]:
    lacking = {name for name in ("title", "date") if name not in post.head.headers}
    for name in post.head.headers.keys() - set(KNOWN):
        near, header = _near(name), post.head.headers[name]
        if near and near[0] not in lacking:
            yield post.mistake(
                header.line, f'unknown header "{name}"', f'did you mean "{near[0]}"?', doubtful=True
            )


@cache
def _near(name: str) -> list[str]:
    return get_close_matches(name, KNOWN, n=1, cutoff=_NEAR)
