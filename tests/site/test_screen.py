"""What a reader gets in a browser: on a phone, magnified, by keyboard, without script, on paper."""

from __future__ import annotations

import base64

import pytest

from checks.screen import shown_words, sideways, unseen_focus, visit
from checks.site import Site
from checks.verdict import none
from kinds import KINDS, page_of
from metrics_insight.charts import pens

PICTURED = ("post with cards", "long post")
HIDDEN_ON_PAPER = """
[...document.querySelectorAll("details.receipt")].flatMap(receipt =>
  [...receipt.querySelectorAll("dd, td, p")].filter(words => !words.checkVisibility()))
  .map(words => words.textContent.trim().slice(0, 60))
"""
MARK = "getComputedStyle(document.querySelector('.events .moved'), '::before')"
FILLED = f"{MARK}.backgroundColor === {MARK}.borderColor"
RIMS = "[...document.querySelectorAll('.reading')].map(e => getComputedStyle(e).borderRightWidth)"
BRIGHTNESS = """
async png => {
  const picture = new Image();
  picture.src = `data:image/png;base64,${png}`;
  await picture.decode();
  const paper = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
  paper.drawImage(picture, 0, 0);
  const parts = paper.getImageData(0, 0, picture.width, picture.height).data;
  return parts.reduce((sum, part, at) => sum + (at % 4 < 3 ? part : 0), 0) / parts.length * 4 / 3;
}
"""
ENLARGED = "[...document.querySelectorAll('.insight img')].map(i => i.width / i.naturalWidth)"
LARGE_TEXT = {"fontSizes": {"standard": 32, "fixed": 26}}  # what a reader sets in the browser


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_breaks_no_policy_and_asks_no_other_host(
    browser, built: Site, home: str, kind: str
) -> None:
    """The browser's own violation events, the console, requests and pictures say nothing."""
    with visit(browser, home, page_of(built, kind)) as here:
        none(here.told())


@pytest.mark.parametrize("kind", ["home", "post with cards", "translation", "not found"])
def test_a_published_page_keeps_its_policy_at_its_own_address(
    browser, published: Site, kind: str
) -> None:
    """With absolute addresses everywhere, seen as the world will see it."""
    place = page_of(published, kind)
    with visit(browser, published.url, place, site=published) as here:
        assert here.page.evaluate("location.origin") == published.url
        none(here.told())


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_says_the_same_without_script(browser, built: Site, home: str, kind: str) -> None:
    """Script only adds its own button; no other word hangs on it."""
    place = page_of(built, kind)
    with (
        visit(browser, home, place) as here,
        visit(browser, home, place, java_script_enabled=False) as bare,
    ):
        here.page.evaluate("for (const one of document.querySelectorAll('.explore')) one.remove()")
        assert shown_words(bare.page) == shown_words(here.page) != []


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_scrolls_sideways(browser, built: Site, home: str, kind: str) -> None:
    """On the narrowest phone, at 200 % zoom, and with text twice as large."""
    with visit(browser, home, page_of(built, kind), width=320) as here:
        narrow = sideways(here.page)
        here.page.set_viewport_size({"width": 640, "height": 450})  # 1280 x 900 at 200 %
        zoomed = sideways(here.page)
        here.page.set_viewport_size({"width": 1280, "height": 900})
        here.page.context.new_cdp_session(here.page).send("Page.setFontSizes", LARGE_TEXT)
        none([*narrow, *zoomed, *sideways(here.page)])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", ["home", "post with cards", "subscribe"])
def test_the_focus_is_always_seen(browser, built: Site, home: str, kind: str, scheme: str) -> None:
    """Every stop of the Tab key, once round the page, beginning with the way to the words."""
    with visit(browser, home, page_of(built, kind), color_scheme=scheme) as here:
        here.page.keyboard.press("Tab")
        skip = here.page.evaluate("document.activeElement.hash")
        assert here.page.evaluate("hash => !!document.querySelector(hash)", skip)
        none(unseen_focus(here.page))


@pytest.mark.parametrize("kind", PICTURED)
def test_a_picture_has_its_place_before_it_comes(
    browser, built: Site, home: str, kind: str
) -> None:
    """Nothing moves while a page loads: pictures on the page say their size."""
    with visit(browser, home, page_of(built, kind)) as here:
        here.settle()
        sizes = here.page.evaluate(
            "[...document.images].map(i => [i.width / i.height, i.naturalWidth / i.naturalHeight])"
        )
        for shown, own in sizes:
            assert shown == pytest.approx(own, rel=0.03)


@pytest.mark.parametrize("width", [320, 360, 390, 560, 592, 593, 768, 1024, 1200, 1216, 1280])
def test_the_words_of_a_chart_are_large_enough_at_every_width(
    browser, built: Site, home: str, width: int
) -> None:
    """A picture smaller than it was drawn has smaller letters than were meant."""
    with visit(browser, home, page_of(built, "post with cards"), width=width) as here:
        here.settle()
        shown = here.page.evaluate(ENLARGED)
        assert shown
        for scale in shown:
            assert 12 <= pens.TEXT_SIZE * scale <= 16


def test_a_phone_gets_the_narrow_chart(browser, built: Site, home: str) -> None:
    """And a desktop the wide one, of the same data."""
    place = page_of(built, "post with cards")
    charts = "[...document.querySelectorAll('.insight img')].map(i => i.currentSrc)"
    shown = {}
    for width in (1280, 390):
        with visit(browser, home, place, width=width) as here:
            here.settle()
            shown[width] = here.page.evaluate(charts)
    assert len(shown[1280]) == len(shown[390]) > 0
    assert not set(shown[1280]) & set(shown[390])


def test_a_receipt_is_open_on_paper(browser, built: Site, home: str) -> None:
    """What can be opened on the screen is read on paper."""
    with visit(browser, home, page_of(built, "post with cards")) as here:
        assert here.page.evaluate(HIDDEN_ON_PAPER) != []
        here.page.emulate_media(media="print")
        assert here.page.evaluate(HIDDEN_ON_PAPER) == []


def test_paper_shows_the_post_and_not_the_margin(browser, built: Site, home: str) -> None:
    """Printing is for the words; forms and calendars stay on the screen."""
    with visit(browser, home, page_of(built, "post with cards")) as here:
        here.page.emulate_media(media="print", color_scheme="dark")
        seen = "selector => document.querySelector(selector).checkVisibility()"
        assert here.page.evaluate(seen, "h1")
        assert here.page.evaluate(seen, ".insight .observation")
        assert not here.page.evaluate(seen, "form")


def test_on_paper_words_are_dark_whatever_the_screen_was(browser, built: Site, home: str) -> None:
    """A reader in the dark does not print light grey on white."""
    from checks.contrast import luminance
    from checks.screen import colour

    with visit(browser, home, page_of(built, "post with cards"), color_scheme="dark") as here:
        here.page.emulate_media(media="print", color_scheme="dark")
        words = here.page.evaluate("getComputedStyle(document.querySelector('.e-content p')).color")
        assert luminance(colour(here.page, words)) < 0.1


def test_a_dark_system_prints_light_pictures(browser, built: Site, home: str) -> None:
    """The same file that is dark on the screen is dark words on white paper."""
    with visit(browser, home, page_of(built, "post with cards"), color_scheme="dark") as here:
        here.settle()
        chart = here.page.locator(".insight img").first
        screen = brightness(browser, chart.screenshot())
        here.page.emulate_media(media="print", color_scheme="dark")
        paper = brightness(browser, chart.screenshot())
    assert screen < 80
    assert paper > 200


def test_a_filled_mark_is_filled_on_paper_and_in_forced_colours(
    browser, built: Site, home: str
) -> None:
    """Whatever colours a reader has, what moved is told apart from what did not."""
    place = next(
        place for place, html in built.pages.items() if '<li value="1" class="moved"' in html
    )
    with visit(browser, home, place, forced_colors="active") as here:
        assert here.page.evaluate(FILLED)
    with visit(browser, home, place) as here:
        here.page.emulate_media(media="print")
        assert here.page.evaluate(FILLED)
        assert here.page.evaluate(f"{MARK}.printColorAdjust") == "exact"


def test_a_card_is_turned_round_where_words_run_from_right_to_left(
    browser, built: Site, home: str
) -> None:
    """What stands at the start of a line stands at its right, and nothing is pushed out."""
    with visit(browser, home, page_of(built, "post with cards"), width=320) as here:
        here.page.evaluate("document.documentElement.dir = 'rtl'")
        rims = here.page.evaluate(RIMS)
        assert set(rims) == {"1px"}
        none(sideways(here.page))


def brightness(browser, png: bytes) -> float:
    """How light a picture is on the whole, from 0 to 255."""
    page = browser.new_page()
    try:
        return page.evaluate(BRIGHTNESS, base64.b64encode(png).decode())
    finally:
        page.close()


def test_the_words_come_at_about_65_characters_a_line(browser, built: Site, home: str) -> None:
    """On a desktop: between 55 and 75 in the lines of a paragraph."""
    lines = """
      [...document.querySelectorAll(".e-content > p")].flatMap(p => {
        const range = document.createRange();
        range.selectNodeContents(p);
        const tops = new Set([...range.getClientRects()].map(box => Math.round(box.bottom / 12)));
        return tops.size > 3 ? [p.textContent.length / tops.size] : [];
      })
    """
    with visit(browser, home, page_of(built, "long post")) as here:
        counted = sorted(here.page.evaluate(lines))
        assert 55 <= counted[len(counted) // 2] <= 75


def test_motion_is_left_out_where_the_reader_asks(browser, built: Site, home: str) -> None:
    """Nothing on the page moves by itself for a reader who prefers that."""
    moving = """
      [...document.querySelectorAll("*")].map(e => getComputedStyle(e)).filter(look =>
        parseFloat(look.animationDuration) > 0.01 || parseFloat(look.transitionDuration) > 0.01
        || look.scrollBehavior === "smooth").length
    """
    with visit(browser, home, page_of(built, "home"), reduced_motion="reduce") as here:
        assert here.page.evaluate(moving) == 0
