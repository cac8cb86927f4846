"""A curious reader looks into a chart: what the press loads, shows, says and gives back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from html import unescape
from pathlib import Path
from time import monotonic

import pytest

import demo
from checks import weight
from checks.screen import PATIENCE, Visit, axe_faults, sideways, visit
from checks.site import Site, tree
from checks.verdict import none
from kinds import page_of
from server import serving

CARD = "post with cards"
BUTTON, CHART, STATUS = ".explore button", ".explored [role=application]", ".explore [role=status]"
SHIFTS = """
window.shifts = [];
new PerformanceObserver(list => list.getEntries().filter(one => !one.hadRecentInput)
  .forEach(one => shifts.push(one.value))).observe({ type: "layout-shift", buffered: true });
"""
FOCUSED = "document.activeElement.role ?? document.activeElement.localName"
HOVERED = (
    "[...document.querySelectorAll('.hoverlayer .hovertext tspan.line')].map(t => t.textContent)"
)
BOXES = """
[...document.querySelectorAll(".insight > *, .insight figure")]
  .map(one => [one.localName, Math.round(one.getBoundingClientRect().height * 10)])
"""
IN_VIEW = "document.querySelector('.explored [role=application]').layout.xaxis.range.map(String)"
PAINTED = "getComputedStyle(document.querySelector('.explored .main-svg')).backgroundColor"
OVERFLOWING = """
[...document.querySelectorAll(".explored, .explored button")].filter(one =>
  one.scrollWidth > one.clientWidth + 1 || one.getBoundingClientRect().right > innerWidth)
  .map(one => one.className || one.textContent)
"""
BY_KEY = ("Tab",) * 200


@contextmanager
def looking(browser, home: str, built: Site, **context) -> Iterator[Visit]:
    """A page with cards, with every layout shift taken down."""
    with visit(browser, home, page_of(built, CARD), **context) as here:
        here.page.evaluate(SHIFTS)
        here.settle()
        yield here


def until(page, question: str, answer: object = True) -> None:
    """Asks the page until it answers so."""
    end = monotonic() + PATIENCE
    while (last := page.evaluate(question)) != answer:
        assert monotonic() < end, f"{question} never became {answer!r}, but {last!r}"


def press(here: Visit) -> None:
    """The first card's chart, asked for and there."""
    here.page.locator(BUTTON).first.click()
    until(here.page, FOCUSED, "application")


def said(here: Visit) -> str:
    return here.page.locator(STATUS).first.text_content()


def figure(built: Site) -> dict:
    """What the first card of the page loads."""
    place = page_of(built, CARD)
    address = tree(built.pages[place]).xpath("//p[@class='explore']/button/@data-figure")[0]
    return json.loads(built.target(address, place)[0].read_text("utf-8"))


# --- before the press ---------------------------------------------------------------------


def test_without_script_there_is_no_button(browser, built: Site, home: str) -> None:
    """And the place it would take is not kept free for nothing."""
    with visit(browser, home, page_of(built, CARD), java_script_enabled=False) as here:
        assert here.page.locator(BUTTON).count()
        assert not here.page.locator(BUTTON).first.is_visible()
        assert here.page.locator(".explore").first.bounding_box()["height"] < 2


def test_the_button_says_what_it_loads_and_how_much(browser, built: Site, home: str) -> None:
    """The bytes over the wire, as any host compresses them."""
    place = page_of(built, CARD)
    (button, *_) = tree(built.pages[place]).xpath("//p[@class='explore']/button")
    given = [button.get(f"data-{name}") for name in ("figure", "script", "bundle")]
    megabytes = sum(weight.wire(built.target(one, place)[0]) for one in given) / 1e6
    with looking(browser, home, built) as here:
        words = here.page.locator(BUTTON).first.inner_text()
    assert words == f"Explore this chart (loads {megabytes:.1f} MB)"


def test_before_the_press_a_card_costs_one_small_script(built: Site) -> None:
    """At most 1.5 kB, the same file for every card, and nothing of what the press loads."""
    place = page_of(built, CARD)
    (script,) = set(weight.scripts(built.pages[place]))
    assert weight.wire(built.target(script, place)[0]) <= 1500
    loaded = {file.name for file in weight.loaded(built, place)}
    assert not [name for name in loaded if name.startswith(("plotly", "chart-"))]


def test_only_pages_with_a_card_have_a_script_and_an_open_policy(built: Site) -> None:
    """One script of the site itself, its connections, and the hash of no letter at all."""
    for place, html in built.pages.items():
        (policy,) = tree(html).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        has_card = 'class="explore"' in html
        assert ("script-src 'self'; connect-src 'self'" in policy) is has_card, place
        assert ("'sha256-47DEQ" in policy) is has_card, place
        assert bool(weight.scripts(html)) is has_card, place
        assert "unsafe" not in policy


def test_a_host_is_told_to_admit_what_the_pages_ask_for(built: Site) -> None:
    """A browser keeps to the header and to the page, so the header must not be stricter."""
    header = (built.folder / "_headers").read_text("utf-8")
    html = built.pages[page_of(built, CARD)]
    (policy,) = tree(html).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    for directive in policy.split("; "):
        assert directive in header


def test_nothing_moves_when_the_button_appears(browser, built: Site, home: str) -> None:
    """Its place is kept free wherever script runs."""
    with looking(browser, home, built) as here:
        until(here.page, "document.querySelector('.explore button').hidden", False)
        assert here.page.evaluate("shifts") == []


def test_a_page_opened_as_a_file_offers_no_button(browser, tmp_path: Path) -> None:
    """A file may fetch nothing; the picture is all there is, and it is enough."""
    site = demo.copy(tmp_path / "site")
    said = demo.harvest("build", at=site)
    assert "0 warnings" in said or "1 warning" in said
    page_file = next(
        file for file in sorted((site / "output").rglob("*/index.html"))
        if 'class="explore"' in file.read_text("utf-8")
    )  # fmt: skip
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(page_file.as_uri())
        assert not page.locator(BUTTON).first.is_visible()


# --- after the press ----------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_press_shows_the_chart_and_breaks_no_policy(
    browser, built: Site, home: str, scheme: str
) -> None:
    """No word in the console, no other host, before and after; in the colours of the scheme."""
    with looking(browser, home, built, color_scheme=scheme) as here:
        none(here.told())
        press(here)
        none(here.told())
        assert not here.page.locator(".insight picture").first.is_visible()
        assert here.page.locator(f"{CHART} .scatterlayer .trace").count() > 0
        assert here.page.locator(f"{CHART} .modebar-btn").count() == 0
        expected = {"light": "rgb(255, 255, 255)", "dark": "rgb(22, 24, 28)"}[scheme]
        assert here.page.evaluate(PAINTED) == expected


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_the_chart_takes_the_place_of_the_picture_without_a_jump(
    browser, built: Site, home: str, width: int
) -> None:
    """Everything in the card is as high as it was, there and back, and nothing sticks out."""
    with looking(browser, home, built, width=width) as here:
        before = here.page.evaluate(BOXES)
        press(here)
        none([*sideways(here.page), *here.page.evaluate(OVERFLOWING)])
        assert here.page.evaluate(BOXES) == before
        here.page.keyboard.press("Escape")
        assert here.page.evaluate(BOXES) == before
        assert here.page.evaluate("shifts") == []


def test_escape_and_the_button_give_the_picture_back(browser, built: Site, home: str) -> None:
    """With the focus on the button, and said aloud; a second press loads nothing anew."""
    asked: list[str] = []
    with looking(browser, home, built) as here:
        for give_back in ("Escape", "Enter"):
            press(here)
            assert said(here).startswith("The chart is shown.")
            assert here.page.locator(BUTTON).first.inner_text() == "Back to the picture"
            if give_back == "Enter":
                here.page.locator(BUTTON).first.focus()
            here.page.on("request", lambda request: asked.append(request.url))
            here.page.keyboard.press(give_back)
            assert said(here) == "The picture is back."
            assert here.page.evaluate("document.activeElement.textContent") == "Explore this chart"
            assert here.page.locator(".insight picture").first.is_visible()
            assert here.page.locator(".explored").count() == 0
        assert not [one for one in asked if one.endswith(".js")]


def test_all_of_it_goes_by_key(browser, built: Site, home: str) -> None:
    """Tab to the button, Enter, arrows from day to day, Tab to the zoom, Escape."""
    with looking(browser, home, built) as here:
        keys = here.page.keyboard
        for key in BY_KEY:
            keys.press(key)
            if "Explore" in here.page.evaluate("document.activeElement.textContent.slice(0, 40)"):
                break
        keys.press("Enter")
        until(here.page, FOCUSED, "application")
        keys.press("Home")
        first = said(here)
        keys.press("ArrowRight")
        assert first != said(here)
        keys.press("ArrowLeft")
        assert said(here) == first
        keys.press("Shift+Tab")
        assert here.page.evaluate("document.activeElement.ariaLabel") == "Later"
        keys.press("Escape")
        assert here.page.locator(".explored").count() == 0


def test_each_of_the_last_readings_is_heard_in_whole_sentences(
    browser, built: Site, home: str
) -> None:
    """Day, unit, number, then every remark of the day as it was written, to the letter."""
    asked = next(one for one in figure(built)["data"] if one.get("meta") == "readings")
    heard = []
    with looking(browser, home, built) as here:
        press(here)
        here.page.keyboard.press("End")
        for _ in range(20):
            heard.append(said(here).split("; ")[0])
            here.page.keyboard.press("ArrowLeft")
    for number, sentence in enumerate(heard, 1):
        day = date.fromisoformat(asked["x"][-number])
        told = unescape(asked["customdata"][-number])
        start = rf"{day.day} {day:%B %Y}: [\w ]+: {asked['y'][-number]:,}"
        assert re.fullmatch(start + re.escape(told.split("; ")[0]), sentence)


def test_a_phone_stays_where_the_reader_is(browser, built: Site, home: str) -> None:
    """The focus goes to the chart, and the page does not go after it."""
    with looking(browser, home, built, width=360) as here:
        here.page.locator(BUTTON).first.evaluate("one => one.scrollIntoView()")
        before = here.page.evaluate("scrollY")
        press(here)
        assert here.page.evaluate("scrollY") == before


def test_the_source_stands_below_an_open_chart(browser, built: Site, home: str) -> None:
    """With its day, below the note on what is drawn."""
    layout = figure(built)["layout"]
    with looking(browser, home, built) as here:
        press(here)
        note, source = here.page.locator(".explored small").all_inner_texts()
    assert source == layout["meta"]["source"] != ""
    assert note == unescape(layout["title"]["subtitle"]["text"])


def test_buttons_are_large_enough_and_show_which_is_pressed(
    browser, built: Site, home: str
) -> None:
    """For fingers, and where the system chooses the colours."""
    with looking(browser, home, built, width=360, forced_colors="active") as here:
        press(here)
        sizes = here.page.evaluate(
            "[...document.querySelectorAll('.explored button')].map(one => "
            "one.getBoundingClientRect()).map(box => Math.min(box.width, box.height))"
        )
        assert min(sizes) >= 24
        looks = here.page.evaluate(
            "[...document.querySelectorAll('.explored [aria-pressed]')].map(one => "
            "[one.ariaPressed, getComputedStyle(one).backgroundColor,"
            " getComputedStyle(one).textDecorationLine].join())"
        )
        assert len(set(looks)) == 2
        assert sum("underline" in look for look in looks) == 1


def test_the_ring_of_the_focus_is_whole(browser, built: Site, home: str) -> None:
    """Nothing around the chart or a button in its bar cuts it off."""
    with looking(browser, home, built, width=360) as here:
        press(here)
        for _ in range(7):
            room = here.page.evaluate(
                "(() => { const on = document.activeElement, look = getComputedStyle(on);"
                " const wide = parseFloat(look.outlineWidth) + parseFloat(look.outlineOffset);"
                " const box = on.getBoundingClientRect();"
                " const frame = on.closest('.explored').getBoundingClientRect();"
                " return Math.min(box.left - frame.left, frame.right - box.right,"
                " box.top - frame.top, frame.bottom - box.bottom) - wide; })()"
            )
            assert room >= 0
            here.page.keyboard.press("Shift+Tab")
            if here.page.evaluate("!document.activeElement.closest('.explored')"):
                break


def test_the_pointer_is_told_the_day_the_value_the_range_and_the_event(
    browser, built: Site, home: str
) -> None:
    """At the day of the first mark, as the figure has it."""
    asked = next(one for one in figure(built)["data"] if one.get("meta") == "readings")
    number = next(n for n, text in enumerate(asked["text"]) if re.search(r"<br>\d+\. ", text))
    day = date.fromisoformat(asked["x"][number])
    with looking(browser, home, built) as here:
        press(here)
        box = here.page.locator(f"{CHART} .nsewdrag").first.bounding_box()
        left, right = map(date.fromisoformat, [one[:10] for one in here.page.evaluate(IN_VIEW)])
        at = box["x"] + box["width"] * ((day - left).days / (right - left).days)
        here.page.mouse.move(at, box["y"] + box["height"] / 2)
        until(here.page, f"{HOVERED}.length > 2")
        lines = here.page.evaluate(HOVERED)
        none(here.told())
    assert lines[0] == f"{day.day} {day:%B %Y}"
    assert lines[1].endswith(f": {asked['y'][number]:,}")
    assert lines[2:] == [
        one.replace("&amp;", "&") for one in asked["text"][number].split("<br>") if one
    ]


def test_the_zoom_shows_days_weeks_months_and_all(browser, built: Site, home: str) -> None:
    """By real buttons; never more than there is, and the numbers fit what is in view."""
    with looking(browser, home, built) as here:
        press(here)
        whole = here.page.evaluate(IN_VIEW)
        here.page.get_by_role("button", name="Days", exact=True).first.click()
        days = here.page.evaluate(IN_VIEW)
        assert (date.fromisoformat(days[1][:10]) - date.fromisoformat(days[0][:10])).days == 13
        assert days[1][:10] == whole[1][:10]
        here.page.get_by_role("button", name="Earlier").first.click()
        assert here.page.evaluate(IN_VIEW)[1] < days[1]
        assert here.page.locator(".explored [aria-pressed=true]").all_inner_texts() == ["Days"]
        here.page.get_by_role("button", name="All", exact=True).first.click()
        assert [one[:10] for one in here.page.evaluate(IN_VIEW)] == [one[:10] for one in whole]
        none(here.told())


def test_offline_the_picture_stays_and_words_say_why(browser, built: Site, home: str) -> None:
    """And with the net back the same button works."""
    with looking(browser, home, built) as here:
        here.page.context.set_offline(True)
        here.page.locator(BUTTON).first.click()
        until(here.page, f"document.querySelector('{STATUS}').textContent.includes('could not')")
        assert here.page.locator(STATUS).first.is_visible()
        assert here.page.locator(".insight picture").first.is_visible()
        here.page.context.set_offline(False)
        press(here)


def test_paper_gets_the_picture(browser, built: Site, home: str) -> None:
    """Whoever prints while a chart is open prints the picture."""
    with looking(browser, home, built) as here:
        press(here)
        here.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert here.page.locator(".explored").count() == 0
        assert here.page.locator(".insight picture").first.is_visible()
        here.page.emulate_media(media="print")
        assert not here.page.locator(BUTTON).first.is_visible()


def test_a_scheme_that_changes_repaints_the_chart(browser, built: Site, home: str) -> None:
    """As the picture does."""
    with looking(browser, home, built) as here:
        press(here)
        here.page.emulate_media(color_scheme="dark")
        until(here.page, PAINTED, "rgb(22, 24, 28)")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_open_chart_is_accessible(browser, built: Site, home: str, scheme: str) -> None:
    """As axe sees it, before and after."""
    with looking(browser, home, built, color_scheme=scheme) as here:
        none(axe_faults(here.page))
        press(here)
        none(axe_faults(here.page))


def test_no_figure_needs_more_than_the_small_library(built: Site) -> None:
    """What is drawn needs nothing but lines and dots: no kind of trace beyond the basic ones."""
    kinds = set()
    for file in (built.folder / "charts").glob("*-explore-*.json"):
        kinds |= {one["type"] for one in json.loads(file.read_text("utf-8"))["data"]}
    assert kinds == {"scatter"}


def test_a_theme_of_somebody_else_needs_nothing(browser, tmp_path: Path) -> None:
    """With Pelican's own plain theme and only this plugin, the press shows the chart."""
    from insights import build, post

    output = build(tmp_path, {"one.md": post("One")}, SITEURL="")
    with serving(output) as home, visit(browser, home, "/one.html") as here:
        press(here)
        none(here.told())
        here.page.keyboard.press("Escape")
        assert here.page.locator("picture").is_visible()


def test_addresses_are_right_where_they_are_relative(browser, tmp_path: Path) -> None:
    """A site below a folder, every link relative."""
    from insights import build, post

    output = build(
        tmp_path, {"one.md": post("One")}, to="www/blog", SITEURL="", RELATIVE_URLS=True,
        ARTICLE_SAVE_AS="a/b/{slug}.html", ARTICLE_URL="a/b/{slug}.html",
    )  # fmt: skip
    with serving(output.parent) as home, visit(browser, home, "/blog/a/b/one.html") as here:
        press(here)
        none(here.told())
