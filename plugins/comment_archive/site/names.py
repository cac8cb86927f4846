"""What a post is called, and the names that stand on its page already."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from markupsafe import Markup

_ID = re.compile(r"""\bid\s*=\s*["']?([^\s"'>]+)""")


def of(post: Any) -> frozenset[str]:
    """The ids in the text of a post, which its comments must not repeat."""
    return frozenset(_ID.findall(getattr(post, "_content", "") or ""))


def shown(text: Any) -> str:
    """The name of a source as an author knows it."""
    return f"{Path(text.settings['PATH']).name}/{text.get_relative_source_path()}"


def title(post: Any) -> str:
    """The title as text: where templates do not escape, a title is HTML."""
    given = str(post.title)
    is_text = post.settings["JINJA_ENVIRONMENT"].get("autoescape", False)
    text = given if is_text else Markup(given).striptags()  # noqa: S704 - no markup is left of it
    return " ".join(text.split())
