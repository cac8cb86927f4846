"""What the author says in a card, as templates show it: readings first, then how it turned out."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from catalogue import Catalogue
from metrics_insight.insight import Account
from metrics_insight.site import comments
from metrics_insight.site.comments import Comment
from metrics_insight.site.markup import Marked

OTHER, VERDICT = "Other reading", "Verdict"
READING_MARK, READING_END = Markup("<!--reading-->"), Markup("<!--/reading-->")
"""Between these stands the reading, for whoever makes an excerpt of the author's own words."""


def parts(found: Marked, known: dict[str, Comment]) -> list[tuple[str, Markup]]:
    """The author's words by label, as the HTML that Markdown made of them.

    An archived comment that another reading links to stands below it.
    """
    return [
        (label, Markup(comments.quoted(html, known) if label == OTHER else html))  # noqa: S704
        for label, html in found.parts
    ]


def shown(written: list[tuple[str, Markup]], account: Account, words: Catalogue) -> dict[str, Any]:
    """What ``_reading.html`` needs: all up to the verdict, and the rest set apart, in one order."""
    labels = [label for label, _ in written]
    cut = labels.index(VERDICT) if VERDICT in labels else len(labels)
    closing = [
        (_verdict(account, words) if label == VERDICT else _label(label, words), prose,
         label == VERDICT)
        for label, prose in written[cut:]
    ]  # fmt: skip
    if account.verdict and not closing:
        closing = [(_verdict(account, words), Markup(""), True)]
    is_alone = labels[:1] == [""] and OTHER not in labels
    return {
        "parts": labelled(written[:cut], words),
        "alone": words.say("ledger.alone") if is_alone else "",
        "closing": closing,
        "account": account,
    }


def labelled(written: list[tuple[str, Markup]], words: Catalogue) -> list[tuple[str, Markup]]:
    """The words with their labels in the card's language, the reading between its marks."""
    return [
        (_label(label, words), prose if label else READING_MARK + prose + READING_END)
        for label, prose in written
    ]


def unmarked(html: str) -> str:
    """The HTML without the marks of a reading: in a feed, or where another post is quoted."""
    return html.replace(READING_MARK, "").replace(READING_END, "")


def _verdict(account: Account, words: Catalogue) -> str:
    """The heading of a verdict: whose it is, and what it says where a line ``verdict:`` says it."""
    if not account.verdict:
        return words.say("card.verdict")
    return f"{words.say('ledger.verdict')}: {account.verdict}"


def _label(label: str, words: Catalogue) -> str:
    return words.say(f"card.{label.lower().replace(' ', '_') or 'reading'}")
