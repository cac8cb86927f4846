"""Names of an old blog made harmless for a theme that writes them as they are."""

from __future__ import annotations

from typing import Any

from markupsafe import escape


def settle(content: Any) -> None:
    """Escape title and names of an imported text where the site's templates do not."""
    settings = content.settings
    if not content.metadata.get("imported") or settings["JINJA_ENVIRONMENT"].get("autoescape"):
        return
    if hasattr(content, "title"):
        content.title = content.metadata["title"] = str(escape(content.title))
    groups = (getattr(content, name, ()) for name in ("authors", "tags"))
    for named in (getattr(content, "category", None), *(one for many in groups for one in many)):
        if named is not None and named.name != escape(named.name):
            named.slug = named.slug  # said outright, it stays when the name changes
            named.name = str(escape(named.name))
