"""From a marked block in the HTML of a post to its card, and to the card's form for feeds."""

from __future__ import annotations

import hashlib
import logging
from datetime import date
from pathlib import Path
from types import MethodType
from typing import Any

from markupsafe import Markup

from metrics_insight import block, compose
from metrics_insight.charts import svg
from metrics_insight.errors import Fault, Faults
from metrics_insight.model import Insight
from metrics_insight.site.desk import HERE, Desk
from metrics_insight.site.markup import Marked, marked

logger = logging.getLogger(__name__)

KEY_MARK = "<!--insight {key}-->"
END_MARK = "<!--/insight-->"


def put(content: Any, desk: Desk) -> None:
    """Replace every marked block of a post or page by its card, in place.

    The page form goes into the content, the feed form onto the desk under the same key.
    """
    written: str = content._content  # noqa: SLF001  the one place where Pelican keeps it
    done, at = [], 0
    for number, found in enumerate(marked(written)):
        done += [written[at : found.start], _card(content, desk, found, number)]
        at = found.end
    content._content = "".join(done) + written[at:]  # noqa: SLF001
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


def _card(content: Any, desk: Desk, found: Marked, number: int) -> str:
    """The card as it stands in the page, between the marks by which a feed finds it."""
    key = _key(content, number)
    try:
        request = block.parse(found.block)
        insight = compose.compose(request, desk.dataset, desk.language, _day(content))
        page = _page_form(insight, desk, found)
        desk.feed_forms[key] = (content, _feed_form(insight, desk, found))
    except Faults as faults:
        page = _note(content, desk, faults, number)
        desk.feed_forms[key] = (content, page)
    except Exception as bug:  # noqa: BLE001  an exception here would cost the whole post
        logger.exception("%s: the insight could not be made", _shown(content))
        page = _note(content, desk, Faults([Fault(f"a fault of the program ({bug})")]), number)
        desk.feed_forms[key] = (content, page)
    return KEY_MARK.format(key=key) + page + END_MARK


def _page_form(insight: Insight, desk: Desk, found: Marked) -> str:
    name = insight.id.removeprefix("insight-")
    pictures = {
        "wide": desk.picture(insight.chart, name, svg.WIDE),
        "narrow": desk.picture(insight.chart, f"{name}-narrow", svg.NARROW),
    }
    return _rendered("insight.html", insight, desk, found, **pictures)


def _feed_form(insight: Insight, desk: Desk, found: Marked) -> str:
    picture = desk.picture(insight.chart, insight.id.removeprefix("insight-"), svg.WIDE)
    return _rendered("insight_feed.html", insight, desk, found, wide=picture)


def _rendered(template: str, insight: Insight, desk: Desk, found: Marked, **pictures: Any) -> str:
    words = desk.words
    files = [(Path(file).name, desk.data_file(file)) for file in insight.receipt.files]
    return desk.environment.get_template(template).render(
        insight=insight,
        parts=[(_label(label, words), Markup(html)) for label, html in found.parts],  # noqa: S704  made by Markdown
        files=files,
        say=words.say,
        day=words.day,
        **pictures,
    )


def _label(label: str, words: Any) -> str:
    key = label.lower().replace(" ", "_") or "reading"
    return str(words.say(f"card.{key}"))


def _note(content: Any, desk: Desk, faults: Faults, number: int) -> str:
    """Log every fault with its place, and say in the page what is missing."""
    path = _shown(content)
    at = _line_of(content, number)
    for mistake in faults.at(path, at):
        logger.error("%s", mistake)
    for mistake in desk.mistakes:
        logger.error("%s", mistake)
    told = [desk.words.say("card.fault", fault=str(fault)) for fault in faults.faults]
    return desk.environment.get_template("insight_fault.html").render(told=told)


def _line_of(content: Any, number: int) -> int:
    """The line of a block's fence in the source file, 0 where the file cannot be asked."""
    try:
        text = Path(content.source_path).read_text(encoding="utf-8-sig", errors="replace")
    except (OSError, TypeError):
        return 0
    blocks = block.find(text.split("\n"))
    return blocks[number].opens + 1 if number < len(blocks) else 0


def _shown(content: Any) -> str:
    return f"{Path(content.settings['PATH']).name}/{content.get_relative_source_path()}"


def _key(content: Any, number: int) -> str:
    place = f"{content.get_relative_source_path()}#{number}"
    return hashlib.sha256(place.encode("utf-8")).hexdigest()[:12]


def _day(content: Any) -> date | None:
    """The post's date; a draft without one has Pelican's far future, which is none."""
    moment = getattr(content, "date", None)
    return moment.date() if moment is not None and moment.year < 9999 else None
