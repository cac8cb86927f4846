"""The report as one page that stands alone: no script, nothing fetched, fit for print and dark."""

from __future__ import annotations

from dataclasses import replace

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from metrics_insight import compose, sentences
from metrics_insight.charts import svg, table
from metrics_insight.report import Report


def write(done: Report) -> str:
    """The HTML of a report: the sentences, a chart of the whole series, the events, the data."""
    words = sentences.catalogue(done.language)
    environment = Environment(
        loader=PackageLoader("metrics_insight", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    dossier = done.dossier
    whole = replace(dossier, window=dossier.told) if dossier else None
    card = compose.card(whole, done.language) if whole else None
    return environment.get_template("analysis.html").render(
        done=done,
        metric=dossier.series.metric if dossier else None,
        card=card,
        picture=svg.draw(card.chart, words).text if card else "",
        table=Markup(table.draw(card.chart, words)) if card else "",  # noqa: S704  ours, escaped
        caption=table.caption(card.chart, words) if card else "",
        say=words.say,
        day=words.day,
        language=words.tag.replace("_", "-"),
    )
