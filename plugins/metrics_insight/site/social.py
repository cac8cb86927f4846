"""The picture that a link to a post or page is shared with: its first chart, below its title.

It is offered as the attribute ``social_picture`` on the content, for any theme: a mapping with
the file's ``path`` in the site, the ``alt`` text, ``width`` and ``height`` in pixels.
"""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from metrics_insight import sentences
from metrics_insight.charts import social
from metrics_insight.insight import Chart
from metrics_insight.site.paintings import Paintings


def offer(content: Any, chart: Chart, name: str, paintings: Paintings) -> None:
    """Lay out the picture, unless there is one already or the site has no address yet.

    A post's own header ``Picture:`` comes first; a link cannot be shared without an address.
    """
    settings = content.settings
    has_one = getattr(content, "picture", "") or hasattr(content, "social_picture")
    if has_one or not settings.get("SITEURL") or not getattr(content, "save_as", ""):
        return
    words = sentences.catalogue(chart.language)
    sheet = social.sheet(
        chart,
        words,
        title=_title(content),
        site=str(settings.get("SITENAME", "")),
        at_hand=paintings.fonts,
    )
    path = paintings.lay(f"{name}-social", sheet)
    paintings.ask([path])
    size = {"width": social.WIDE, "height": social.HIGH}
    content.social_picture = {"path": path, "alt": chart.alt, **size}


def _title(content: Any) -> str:
    """The title as text: where templates do not escape, it is HTML."""
    title = str(content.title)
    is_text = content.settings.get("JINJA_ENVIRONMENT", {}).get("autoescape", False)
    return title if is_text else Markup(title).striptags()  # noqa: S704  no markup is left of it
