"""An exception out of Pelican as a mistake with a place: a template's file and line, mostly."""

from __future__ import annotations

import traceback
from pathlib import Path

import pelican
from jinja2 import TemplateNotFound, TemplateSyntaxError
from pelican.generators import PelicanTemplateNotFound
from pelican.writers import FileOverwriteFailedError

from harvest.site import Site
from mistakes import Mistake


def told(error: Exception, site: Site) -> Mistake | None:
    """The mistake behind an exception; None where it is no author's and no theme's."""
    if isinstance(error, FileOverwriteFailedError):
        return Mistake(
            "the build", None, _two_pages(error), 'give one of them another "Slug: …" or name'
        )
    if isinstance(error, TemplateSyntaxError) and error.filename:
        return Mistake(site.shown(error.filename), error.lineno, f"template error: {error.message}")
    place = _in_template(error, site)
    if isinstance(error, TemplateNotFound):
        wrong = f'template error: no template "{error.name}"'
    elif isinstance(error, PelicanTemplateNotFound):
        wrong = str(error)
    elif place and not isinstance(error, OSError):
        wrong = f"template error: {type(error).__name__}: {error}"
    else:
        return None
    path, line = place or ("theme", None)
    return Mistake(path, line, wrong)


def _in_template(error: Exception, site: Site) -> tuple[str, int] | None:
    """The innermost line of a template that the exception passed through."""
    folders = [Path(site.settings["THEME"]), *map(Path, site.settings["THEME_TEMPLATES_OVERRIDES"])]
    folders.append(Path(pelican.__file__).parent / "themes")
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if path.suffix != ".py" and any(path.is_relative_to(folder) for folder in folders):
            return site.shown(path), frame.lineno or 1
    return None


def _two_pages(error: Exception) -> str:
    written = str(error).split('"')[1] if '"' in str(error) else str(error)
    parts = Path(written).parts
    # the folder aside is .harvest/aside-…/: what follows it is the address
    aside = next((number for number, part in enumerate(parts) if part.startswith("aside-")), 0)
    return f'two pages have the address "{"/".join(parts[aside + 1 :])}"'
