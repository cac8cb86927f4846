"""Numbers in the prose of posts and pages: each checked, told to machines, and linked."""

from __future__ import annotations

import logging
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

from metrics_insight.errors import Fault, Unread
from metrics_insight.model import Metric
from metrics_insight.numbers import checked, prose
from metrics_insight.site import markup, posts
from metrics_insight.site.desk import Desk

logger = logging.getLogger(__name__)


def are_in(content: Any) -> bool:
    """Whether a post or page has a number to be written, in its text or its summary."""
    return any(markup.NUMBER in text for text in _texts(content).values())


def put(content: Any, desk: Desk) -> None:
    """Write every marked number of a post or page, in place.

    A right one becomes ``<data value="…">`` with a link to what was counted; of a wrong one
    the words stay, and an error is logged.
    """
    language = str(getattr(content, "lang", "") or desk.language)
    for name, text in _texts(content).items():
        done = markup.with_numbers(text, partial(_number, content, desk, language))
        if name == "_content":
            content._content = done  # noqa: SLF001  the one place where Pelican keeps it
        else:
            content.metadata[name] = done
            setattr(content, f"_{name}" if name == "summary" else name, done)


def metric_address(metric: Metric, content: Any, desk: Desk) -> str:
    """Where a reader finds more of a metric: the file with its readings."""
    return desk.data_file(metric.file, content)


def _texts(content: Any) -> dict[str, str]:
    """What Markdown made of a post: the text, and the headers that are written in it."""
    texts = {"_content": getattr(content, "_content", None)}
    texts |= {
        name: content.metadata.get(name) for name in content.settings.get("FORMATTED_FIELDS", ())
    }
    return {name: text for name, text in texts.items() if isinstance(text, str)}


def _number(content: Any, desk: Desk, language: str, found: markup.Number) -> str:
    try:
        right = checked.check(prose.plain(found.words), found.target, desk.dataset, language)
        address = metric_address(right.recorded.metrics[0], content, desk)
    except Unread:
        return found.words  # told of by the file that could not be read
    except Fault as fault:
        _log(fault, content, found.target)
        return found.words
    except Exception:  # an exception here would cost the whole post
        shown = posts.shown(content)
        logger.exception("%s: the number of %s could not be read", shown, found.target)
        return found.words
    linked = f'<a href="{escape(address)}">{found.words}</a>'
    shown = found.words if found.is_in_a_link else linked
    return f'<data value="{escape(right.recorded.machine)}">{shown}</data>'


def _log(fault: Fault, content: Any, target: str) -> None:
    logger.error("%s", fault.at(posts.shown(content), _line(content, target)))


def _line(content: Any, target: str) -> int:
    """The line on which a target stands in the source file, 0 where the file cannot be asked."""
    try:
        text = Path(content.source_path).read_text(encoding="utf-8-sig", errors="replace")
    except (OSError, TypeError):
        return 0
    found = prose.links(text.replace("\r\n", "\n"))
    return next((link.line for link in found if link.target == target), 0)
