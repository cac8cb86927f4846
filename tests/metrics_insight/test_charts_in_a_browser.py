"""The pictures as a browser draws them, with its own fonts: what was reckoned holds."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

from drawn import inside
from metrics_insight.charts.room import Box

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.svg"))

BOXES = """selector => [...document.querySelectorAll(selector)].map(one => {
    const box = one.getBoundingClientRect();
    return [one.textContent, box.left, box.top, box.right, box.bottom];
})"""
SLACK = 2.5  # a line of text is higher than its letters


def boxes(page, selector: str) -> list[tuple[str, Box]]:
    return [(said, Box(*edges)) for said, *edges in page.evaluate(BOXES, selector)]


def test_every_word_is_on_the_paper_and_on_no_other_word_or_disc(browser):
    assert len(GOLDEN) > 30
    page = browser.new_page(viewport={"width": 800, "height": 900})
    for path in GOLDEN:
        page.goto(path.as_uri())
        ((_, paper),) = boxes(page, "svg")
        words = [(said, box) for said, box in boxes(page, "text") if said]
        discs = [("disc", box) for _, box in boxes(page, "rect[rx]")]
        for said, box in (*words, *discs):
            assert box.left >= paper.left, (path.name, said)
            assert box.right <= paper.right, (path.name, said)
            assert box.top >= paper.top - 1, (path.name, said)
            assert box.bottom <= paper.bottom + 1, (path.name, said)
        alone = [one for one in words if not any(inside(one[1], disc) for _, disc in discs)]
        for (said, box), (other, another) in combinations([*alone, *discs], 2):
            small = Box(box.left + 0.5, box.top + SLACK, box.right - 0.5, box.bottom - SLACK)
            assert not small.touches(another, -SLACK), (path.name, said, other)
    page.close()


def test_one_file_serves_both_schemes(browser):
    papers = {}
    for scheme in ("light", "dark"):
        page = browser.new_page(color_scheme=scheme)
        page.goto(GOLDEN[0].as_uri())
        papers[scheme] = page.evaluate("getComputedStyle(document.querySelector('rect')).fill")
        page.close()
    assert papers == {"light": "rgb(255, 255, 255)", "dark": "rgb(22, 24, 28)"}
