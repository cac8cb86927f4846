"""A page costs little: one small stylesheet, no script, words before all."""

from __future__ import annotations

import pytest

from checks import weight
from checks.site import Site
from kinds import KINDS, cards, page_of, plain

KILOBYTE = 1000
LEAN = 10 * KILOBYTE
ONE_CARD = 20 * KILOBYTE
ANY_PAGE = 40 * KILOBYTE  # charts of a card post included; nobody needs more


def test_a_plain_post_costs_less_than_ten_kilobytes(published: Site) -> None:
    """Page, style and every picture but the photo, as they go over the wire."""
    cost = {place: weight.total(published, place) for place in plain(published)}
    assert cost
    assert {place: bytes_ for place, bytes_ in cost.items() if bytes_ >= LEAN} == {}


def test_the_style_is_one_small_file(published: Site) -> None:
    """Under 8 kB, the same on every page."""
    used = {tuple(weight.stylesheets(published, place)) for place in published.pages}
    ((style,),) = used
    assert weight.wire(style) < 8 * KILOBYTE


def test_a_page_without_a_chart_has_no_script(published: Site) -> None:
    """Neither loaded nor written into it."""
    told = {
        place: weight.scripts(html)
        for place, html in published.pages.items()
        if not cards(html) and weight.scripts(html)
    }
    assert told == {}


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_is_heavy(published: Site, kind: str) -> None:
    """Lists and long posts stay within what a slow phone takes in a second."""
    place = page_of(published, kind)
    assert weight.total(published, place) < ANY_PAGE


def test_a_page_with_one_card_costs_less_than_twenty_kilobytes(published: Site) -> None:
    """Page, style, script and both sizes of its chart, of which a reader loads one."""
    cost = {
        place: weight.total(published, place)
        + sum(map(weight.wire, weight.narrow(published, place)))
        for place, html in published.pages.items()
        if len(cards(html)) == 1
    }
    assert len(cost) > 5
    assert {place: bytes_ for place, bytes_ in cost.items() if bytes_ >= ONE_CARD} == {}


def test_a_painted_chart_weighs_90_kilobytes_at_most(published: Site) -> None:
    """Those in feeds, small multiples too, and those of shared links."""
    painted = {path.name: path.read_bytes() for path in published.files("charts/*.png")}
    heavy = {name: len(raw) for name, raw in painted.items() if len(raw) > 90 * KILOBYTE}
    assert len(painted) > 10
    assert heavy == {}
