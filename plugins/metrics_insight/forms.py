"""The chart of a report in each form that it travels in, named by the ending of a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from catalogue import Catalogue
from metrics_insight import page, sentences
from metrics_insight.charts import data, fonts, png, svg
from metrics_insight.errors import Fault
from metrics_insight.insight import Chart
from metrics_insight.report import Report
from mistakes import Mistake, Mistakes


@dataclass(frozen=True)
class Look:
    """How the chart is to look: a title of its own, narrow, with a folder of further fonts."""

    title: str = ""
    is_narrow: bool = False
    fonts: Path | None = None


@dataclass(frozen=True)
class Form:
    """The bytes of a file, and what of the chart they cannot show."""

    raw: bytes
    doubts: tuple[Mistake, ...] = ()


def refuse(output: Path | None, look: Look) -> None:
    """Raise `mistakes.Mistakes` for a file of no known form, or a wish it cannot grant."""
    ending = _ending(output)
    if ending not in ENDINGS:
        wrong = f'"{ending}" names no form' if ending else "its name has no ending"
        right = f"there are: {', '.join(ENDINGS)}"
        raise Mistakes([Mistake(str(output), None, f"{wrong} of a chart", right)])
    if look.is_narrow and ending != ".svg":
        raise Mistakes([Mistake("--narrow", None, "only an .svg is narrow", "leave it out")])
    if look.fonts and ending != ".png":
        raise Mistakes([Mistake("--fonts", None, "only a .png has its own", "leave it out")])


def write(done: Report, output: Path | None, look: Look) -> Form:
    """The chart of a report in the form of the file's ending, an SVG where there is no file.

    Raises `mistakes.Mistakes` for a report without readings, and for a folder that holds no
    fonts.
    """
    if look.title and done.dossier:
        request = replace(done.dossier.request, title=look.title)
        done = replace(done, dossier=replace(done.dossier, request=request))
    return _DRAWERS[_ending(output)](done, look)


def _ending(output: Path | None) -> str:
    return output.suffix.lower() if output else ".svg"


def _svg(done: Report, look: Look) -> Form:
    layout = svg.NARROW if look.is_narrow else svg.WIDE
    return Form(svg.draw(*_drawn(done), layout=layout).text.encode("utf-8"))


def _png(done: Report, look: Look) -> Form:
    try:
        at_hand = fonts.found(look.fonts)
    except Fault as fault:
        raise Mistakes([fault.at("--fonts")]) from None
    sheet = png.sheet(svg.draw(*_drawn(done)), at_hand)
    (raw,) = png.paint([sheet])
    return Form(raw, tuple(_missing(sheet.missing)))


def _missing(letters: str) -> list[Mistake]:
    if not letters:
        return []
    some = "".join(sorted(set(letters))[:20])
    wrong, right = f'no font has the letters "{some}"', "name a folder of fonts that have them"
    return [Mistake("--fonts", None, wrong, right, doubtful=True)]


def _html(done: Report, _: Look) -> Form:
    return Form(page.write(done).encode("utf-8"))


def _json(done: Report, _: Look) -> Form:
    from metrics_insight.charts import interactive  # noqa: PLC0415  plotly, for this form alone

    return Form(interactive.draw(*_drawn(done)).encode("utf-8"))


def _csv(done: Report, _: Look) -> Form:
    return Form(data.csv(*_drawn(done)).encode("utf-8"))


def _drawn(done: Report) -> tuple[Chart, Catalogue]:
    """What every drawer takes: the chart, and the words of its language."""
    card = page.card(done)
    if card is None:
        wrong = "there is no reading to draw"
        raise Mistakes([Mistake("the series", None, wrong, "add a row with a value")])
    return card.chart, sentences.catalogue(done.language)


_DRAWERS: Mapping[str, Callable[[Report, Look], Form]] = {
    ".svg": _svg,
    ".png": _png,
    ".json": _json,
    ".html": _html,
    ".csv": _csv,
}
ENDINGS = tuple(_DRAWERS)
"""The forms there are: two pictures, a figure for plotly.js, a page that stands alone, the data."""
