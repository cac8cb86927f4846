"""What only a browser can tell of a page: violations, focus, scrolling, colours, words.

Everything is asked with `evaluate`, in our own words: `wait_for_function` would break the
page's policy by itself. Nothing sleeps: what must settle is asked until it has.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe

from checks.contrast import Colour
from checks.site import Site

PATIENCE = 20  # seconds until something that must settle is given up
LISTEN = """
window.violations = [];
document.addEventListener("securitypolicyviolation", event => window.violations.push(
  `policy: ${event.effectiveDirective} refused ${event.blockedURI} (line ${event.lineNumber})`));
"""
PICTURES = """
for (const picture of document.images) picture.loading = "eager";
[...document.images].every(picture => picture.complete)
"""
BROKEN = (
    "[...document.images].filter(i => !i.naturalWidth).map(i => `picture ${i.currentSrc || i.src}`)"
)
WIDER = """
const room = document.documentElement.clientWidth;
document.documentElement.scrollWidth <= room ? [] : [...document.querySelectorAll("body *")]
  .filter(e => e.getBoundingClientRect().right > room + 1 && !scrolled(e.parentElement))
  .map(e => `${e.localName}.${e.className} reaches ${Math.ceil(e.getBoundingClientRect().right)}`)
  .concat(`the page scrolls sideways at ${room}`)
function scrolled(e) {
  return e && (getComputedStyle(e).overflowX !== "visible" || scrolled(e.parentElement));
}
"""
FOCUSED = """
(() => {
  const here = document.activeElement;
  if (!here || here === document.body) return null;
  const look = getComputedStyle(here);
  const outlined = look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 1;
  const box = here.getBoundingClientRect();
  const seen = box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0;
  const name = `${here.localName} "${(here.textContent || here.name || "").trim().slice(0, 40)}"`;
  return { name, seen: seen && (outlined || look.boxShadow !== "none") };
})()
"""
PIXEL = """
value => {
  const probe = document.body.appendChild(document.createElement("span"));
  probe.style.color = value;
  const colour = getComputedStyle(probe).color;
  probe.remove();
  const ink = new OffscreenCanvas(1, 1).getContext("2d");
  ink.fillStyle = colour;
  ink.fillRect(0, 0, 1, 1);
  return [...ink.getImageData(0, 0, 1, 1).data].slice(0, 3);
}
"""
AXE = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}


@dataclass
class Visit:
    """A page as it stands in the browser, and all it said and asked for on the way."""

    page: object
    home: str
    faults: list[str] = field(default_factory=list)

    def told(self) -> list[str]:
        """Everything that went wrong so far: policy, console, other hosts, broken pictures."""
        self.settle()
        return [
            *self.faults,
            *self.page.evaluate("window.violations ?? []"),
            *self.page.evaluate(BROKEN),
        ]

    def settle(self) -> None:
        """Waits until every picture of the page has come or failed."""
        until = monotonic() + PATIENCE
        while not self.page.evaluate(PICTURES):
            assert monotonic() < until, "the pictures of the page never came"

    def heard(self, message) -> None:
        """Keeps what the console says when it is a complaint."""
        if message.type in ("error", "warning"):
            self.faults.append(f"console: {message.text}")

    def asked(self, request) -> None:
        """Keeps a request to any host but the site's own."""
        here = urlsplit(request.url)
        if here.scheme != "data" and here.netloc != urlsplit(self.home).netloc:
            self.faults.append(f"asked another host: {request.url}")

    def answered(self, response) -> None:
        """Keeps an answer that is an error; the 404 page itself is one by nature."""
        if response.status >= 400 and not response.request.is_navigation_request():
            self.faults.append(f"answered {response.status}: {response.url}")


@contextmanager
def visit(
    browser, home: str, place: str, *, width: int = 1280, site: Site | None = None, **context
) -> Iterator[Visit]:
    """The page at a place of the served site, in a fresh context of the given width.

    With a ``site``, what is asked of its own address is answered from its files: a published
    site is seen as it will be in the world.
    """
    context = {"viewport": {"width": width, "height": 900}, "color_scheme": "light", **context}
    with browser.new_context(**context) as fresh:
        fresh.add_init_script(LISTEN)
        if site:
            fresh.route(f"{site.url}/**", answers(site))
        page = fresh.new_page()
        here = Visit(page, home)
        page.on("console", here.heard)
        page.on("pageerror", lambda error: here.faults.append(f"script: {error}"))
        page.on("request", here.asked)
        page.on("response", here.answered)
        page.goto(home + place, wait_until="load")
        yield here


def answers(site: Site):
    """What a host would answer for the site: its file, or nothing."""

    def answer(route) -> None:
        file, _ = site.target(route.request.url, "/")
        route.fulfill(path=file) if file.is_file() else route.fulfill(status=404)

    return answer


def axe_faults(page) -> list[str]:
    """Every violation of accessibility that axe finds, with the element it stands on."""
    found = Axe().run(page, options=AXE).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:160]} ({summary(node)})"
        for rule in found
        for node in rule["nodes"]
    ]


def summary(node: dict) -> str:
    """Why axe complains, on one line."""
    return " ".join(node.get("failureSummary", "").split())[:240]


def sideways(page) -> list[str]:
    """What makes the page scroll sideways, if anything does."""
    return page.evaluate(WIDER)


def unseen_focus(page, at_most: int = 120) -> list[str]:
    """Every stop of the Tab key whose focus cannot be seen."""
    stops = [*tab_stops(page, at_most)]
    return (
        [stop["name"] for stop in stops if not stop["seen"]]
        if stops
        else ["nothing takes the focus"]
    )


def tab_stops(page, at_most: int) -> Iterator[dict]:
    """What Tab reaches, one after the other, once round the page."""
    for _ in range(at_most):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None:
            return
        yield stop


def shown_words(page) -> list[str]:
    """The words a reader sees, in order, however they are laid out."""
    return page.evaluate("document.body.innerText").split()


def colour(page, value: str) -> Colour:
    """What the browser paints for a CSS colour, `var(--knob)` and mixtures too."""
    return tuple(page.evaluate(PIXEL, value))
