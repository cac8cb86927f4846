"""An error in a template of cards, told by the template's file and line."""

from __future__ import annotations

import traceback
from pathlib import Path

from jinja2 import TemplateNotFound, TemplateSyntaxError

from mistakes import Mistake


def told(error: Exception, root: Path) -> Mistake | None:
    """The mistake behind an exception, with the file seen from ``root``; None if no template's."""
    if isinstance(error, TemplateSyntaxError) and error.filename:
        return _mistake(error.filename, error.lineno, str(error.message), root)
    frames = traceback.extract_tb(error.__traceback__)
    own = next((frame for frame in reversed(frames) if frame.filename.endswith(".html")), None)
    if own is None:
        return None
    wrong = f"{type(error).__name__}: {error}"
    if isinstance(error, TemplateNotFound):
        wrong = f'no template "{error.name}"'
    return _mistake(own.filename, own.lineno, wrong, root)


def _mistake(file: str, line: int | None, wrong: str, root: Path) -> Mistake:
    path = Path(file)
    shown = path.relative_to(root) if path.is_relative_to(root) else path
    return Mistake(shown.as_posix(), line, f"template error: {wrong}")
