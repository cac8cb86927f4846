"""From a marked block in the HTML of a post to its card, and to the card's form for feeds."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import MethodType
from typing import Any

from markupsafe import Markup

from catalogue import Catalogue, is_known
from letters import plain
from metrics_insight import block, compose, sentences, wording
from metrics_insight.charts import svg, table
from metrics_insight.claim import Quote
from metrics_insight.errors import Fault, Faults
from metrics_insight.insight import Insight
from metrics_insight.site import (
    authored,
    comments,
    posts,
    quotes,
    social,
    template_errors,
)
from metrics_insight.site.desk import HERE, Desk, Made
from metrics_insight.site.markup import Marked, marked
from mistakes import Mistake

logger = logging.getLogger(__name__)

KEY_MARK = "<!--insight {key}-->"
END_MARK = "<!--/insight-->"
PLACE = "<!--quoted {key}-->"
Maker = Callable[[Any, Desk, Marked, int], tuple[str, str]]
"""Makes the page form and the feed form of a block."""


def put(content: Any, desk: Desk) -> None:
    """Replace every marked block of a post or page by its card, in place.

    The page form goes into the content, the feed form onto the desk under the same key.
    """
    written: str = content._content  # noqa: SLF001  the one place where Pelican keeps it
    done, at = [], 0
    names: set[str] = set()
    for number, found in enumerate(marked(written)):
        done += [written[at : found.start], _card(content, desk, found, number, names)]
        at = found.end
    content._content = plain("".join(done) + written[at:])  # noqa: SLF001
    content._update_content = MethodType(_with_addresses, content)  # noqa: SLF001


def addressed(html: str, siteurl: str) -> str:
    """The HTML with the addresses of our files below the address of the site."""
    return html.replace(HERE, siteurl.rstrip("/") + "/")


def _with_addresses(content: Any, html: str, siteurl: str) -> str:
    """Pelican's own work on links, and after it the addresses of our files.

    Pelican replaces placeholders in href and src, not in srcset, and looks files up among
    those it found itself; ours are made during the build.
    """
    return addressed(type(content)._update_content(content, html, siteurl), siteurl)  # noqa: SLF001


def _card(content: Any, desk: Desk, found: Marked, number: int, names: set[str]) -> str:
    """The card as it stands in the page, between the marks by which a feed finds it."""
    key = _key(content, number)
    page = _made(content, desk, found, number, partial(_own, names))
    return KEY_MARK.format(key=key) + page + END_MARK


def _made(content: Any, desk: Desk, found: Marked, number: int, make: Maker) -> str:
    """The page form of what ``make`` makes, its feed form laid on the desk.

    Where it cannot be made a note stands in both, and the fault is told.
    """
    try:
        page, feed = make(content, desk, found, number)
    except Faults as faults:
        _log(faults, content, number)
        page = feed = _note(content, desk, faults, found)
    except Exception as bug:  # an exception here would cost the whole post
        if in_template := template_errors.told(bug, Path(content.settings["PATH"]).parent):
            logger.exception("%s", in_template)
        else:
            logger.exception("%s: the insight could not be made", posts.shown(content))
        wrong = "a template has an error" if in_template else f"a fault of the program ({bug})"
        page = feed = _note(content, desk, Faults([Fault(wrong)]), found)
    desk.feed_forms[_key(content, number)] = (content, plain(feed))
    return page


def _own(names: set[str], content: Any, desk: Desk, found: Marked, number: int) -> tuple[str, str]:
    """The card of a block, or for one of another post the place that waits for it."""
    asked = block.quote(found.block)
    if asked:
        key = _key(content, number)
        desk.quoting.append(partial(_quoted, asked, content, desk, found, number))
        return PLACE.format(key=key), ""
    insight = _insight(content, desk, found, names)
    known = _known(insight, content, desk, found, number)
    desk.made.append(Made(content, insight, known))
    return _rendered(desk, known, "insight")


def _quoted(asked: Quote, content: Any, desk: Desk, found: Marked, number: int) -> None:
    """Put the card of another post, or a note, where it is waited for."""
    page = _made(content, desk, found, number, partial(_quotation, asked))
    place = PLACE.format(key=_key(content, number))
    content._content = content._content.replace(place, plain(page))  # noqa: SLF001


def _quotation(
    asked: Quote, content: Any, desk: Desk, found: Marked, _number: int
) -> tuple[str, str]:
    made = quotes.find(asked, content, desk)
    for picture in (made.known["wide"], made.known["narrow"]):
        desk.share(picture["address"], content)
    words = sentences.catalogue(_language(content, desk))
    own = authored.labelled(_prose(found), words)
    added = [
        (label if said else "", prose)
        for (said, _), (label, prose) in zip(found.parts, own, strict=True)
    ]
    return _rendered(desk, {**quotes.shown(made), "added": added}, "insight_quote")


def _rendered(desk: Desk, known: dict[str, Any], name: str) -> tuple[str, str]:
    """The page form and the feed form of a card, by two templates."""
    render = desk.environment.get_template
    page, feed = render(f"{name}.html"), render(f"{name}_feed.html")
    return page.render(known), authored.unmarked(feed.render(known))


def _insight(content: Any, desk: Desk, found: Marked, names: set[str]) -> Insight:
    request, language = block.parse(found.block), _language(content, desk)
    if not wording.is_spoken(language) and (language == desk.language or not is_known(language)):
        logger.warning("%s", _unspoken(language))  # the same words are heard once in a run
    insight = compose.compose(request, desk.dataset, language, posts.day_of(content))
    compose.refuse_second(request, insight.id, names)
    names.add(insight.id)
    return insight


def _known(
    insight: Insight, content: Any, desk: Desk, found: Marked, number: int
) -> dict[str, Any]:
    """What the templates get of a card, of which the page has so many before it."""
    name = insight.id.removeprefix("insight-")
    wide = desk.picture(insight.chart, name, svg.WIDE, content)
    middle = desk.picture(insight.chart, f"{name}-middle", svg.MIDDLE, content)
    narrow = desk.picture(insight.chart, f"{name}-narrow", svg.NARROW, content)
    social.offer(content, insight.chart, name, desk.paintings)
    language = _language(content, desk)
    words = sentences.catalogue(language)
    data = desk.chart_data(insight.chart, name, content)
    written = authored.parts(found, comments.published(content.settings))
    return {
        "insight": insight,
        **authored.shown(written, insight.account, words),
        "files": [_file(file, desk, content, words) for file in insight.receipt.files],
        "data": {"address": data, "size": wording.size(desk.size(data), words)},
        "table": Markup(table.draw(insight.chart, words)),  # noqa: S704  ours, escaped
        "small": Markup(table.draw(insight.chart, words, table.FEW_ROWS)),  # noqa: S704
        "caption": table.caption(insight.chart, words),
        "number": number,
        "explore": desk.exploration(insight.chart, name, content),
        "say": words.say,
        "day": words.day,
        "wide": wide,
        "middle": middle,
        "narrow": narrow,
        "painted": desk.painting(wide["drawing"], name),
        "spoken": _spoken(words, language),
        "written": language,
    }


def _file(shown: str, desk: Desk, content: Any, words: Catalogue) -> dict[str, str]:
    """A data file as it is offered: its name, address and size."""
    address = desk.data_file(shown, content)
    size = wording.size(desk.size(address), words)
    return {"name": Path(shown).name, "address": address, "size": size}


def _spoken(words: Catalogue, language: str) -> str:
    """The language of the machine's words where it is another than the post's, else nothing."""
    tag = words.tag.replace("_", "-")
    return "" if tag.partition("-")[0] == language.partition("-")[0] else tag


def _unspoken(language: str) -> Mistake:
    """That cards have no words in a language, and speak English in it."""
    known = ", ".join(wording.languages())
    wrong = f'cards have no sentences in "{language}" and speak English there'
    return Mistake("the build", None, wrong, f"there are: {known}", doubtful=True)


def _log(faults: Faults, content: Any, number: int) -> None:
    """Every fault with its place in the file."""
    for mistake in faults.at(posts.shown(content), _line_of(content, number)):
        logger.error("%s", mistake)


def _note(content: Any, desk: Desk, faults: Faults, found: Marked) -> str:
    """What is missing and why, with the author's words."""
    words = sentences.catalogue(_language(content, desk))
    told = [words.say("card.fault", fault=str(fault)) for fault in faults.faults]
    render = desk.environment.get_template("insight_fault.html").render
    return render(told=told, parts=_prose(found))


def _prose(found: Marked) -> list[tuple[str, Markup]]:
    """The author's words by label, as the HTML that Markdown made of them."""
    return [(label, Markup(html)) for label, html in found.parts]  # noqa: S704


def _line_of(content: Any, number: int) -> int:
    """The line of a block's fence in the source file, 0 where the file cannot be asked."""
    try:
        text = Path(content.source_path).read_text(encoding="utf-8-sig", errors="replace")
    except (OSError, TypeError):
        return 0
    blocks = block.find(text.replace("\r\n", "\n").split("\n"))
    return blocks[number].opens + 1 if number < len(blocks) else 0


def _language(content: Any, desk: Desk) -> str:
    return str(getattr(content, "lang", "") or desk.language).replace("_", "-")


def _key(content: Any, number: int) -> str:
    place = f"{content.get_relative_source_path()}#{number}"
    return hashlib.sha256(place.encode("utf-8")).hexdigest()[:12]
