"""The report as one page that stands alone: no script, nothing fetched, fit for print and dark."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from catalogue import Catalogue
from metrics_insight import compose, sentences
from metrics_insight.charts import svg, table
from metrics_insight.insight import Chart, Insight
from metrics_insight.report import Report


def write(done: Report) -> str:
    """The HTML of a report: the sentences, a chart of what they tell, the events, the data."""
    words = sentences.catalogue(done.language)
    environment = Environment(
        loader=PackageLoader("metrics_insight", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    told = card(done)
    return environment.get_template("analysis.html").render(
        done=done,
        card=told,
        **(_shown(told.chart, words) if told else {}),
        say=words.say,
        day=words.day,
        language=words.tag.replace("_", "-"),
    )


def card(done: Report) -> Insight | None:
    """The card of all that a report tells of, None where there was nothing to tell."""
    dossier = done.dossier
    whole = replace(dossier, window=dossier.told) if dossier else None
    return compose.card(whole, done.language) if whole else None


def _shown(chart: Chart, words: Catalogue) -> dict[str, Any]:
    """The picture in three widths, and the readings as a table with its caption."""
    return {
        "wide": _picture(svg.draw(chart, words)),
        "middle": _picture(svg.draw(chart, words, layout=svg.MIDDLE)),
        "narrow": _picture(svg.draw(chart, words, layout=svg.NARROW)),
        "table": Markup(table.draw(chart, words)),  # noqa: S704  ours, escaped
        "caption": table.caption(chart, words),
    }


def _picture(drawing: svg.Drawing) -> dict[str, Any]:
    """A drawing as an address that is the picture itself.

    In an image of its own it follows the page: dark on a dark screen, light on paper.
    """
    address = f"data:image/svg+xml,{quote(drawing.text.strip(), safe=SAFE)}"
    return {"address": address, "width": drawing.width, "height": drawing.height}


SAFE = "/:=;()!*?@$"
"""What stands in such an address as it is, besides letters and digits."""
