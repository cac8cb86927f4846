"""What a visit costs and how far colours stand apart are reckoned rightly."""

from __future__ import annotations

from pathlib import Path

import pytest

from checks import contrast, weight
from checks.builders import page, site


def test_a_visit_costs_its_page_styles_and_pictures_but_not_the_photo(tmp_path: Path) -> None:
    """The photo in the margin stays aside; a link to another page costs nothing."""
    head = '<link rel="stylesheet" href="/a.css">'
    body = '<img src="/b.svg" alt=""><img class="u-photo" src="/me.jpg" alt=""><a href="/c/">c</a>'
    whole = site(tmp_path, {"index.html": page(body, head), "a.css": "", "b.svg": "", "me.jpg": ""})
    assert [file.name for file in weight.loaded(whole, "/")] == ["a.css", "b.svg", "index.html"]


def test_words_are_weighed_compressed(tmp_path: Path) -> None:
    """A host sends text compressed."""
    (tmp_path / "a.txt").write_text("word " * 1000)
    assert weight.wire(tmp_path / "a.txt") < 100


def test_facts_for_machines_are_no_script() -> None:
    """JSON-LD does not run; anything else in a script element does."""
    data = '<script type="application/ld+json">{}</script>'
    scripts = '<script src="/a.js"></script><script>alert(1)</script>'
    assert weight.scripts(page(head=data)) == []
    assert weight.scripts(page(head=data + scripts)) == ["/a.js", "alert(1)"]


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000", "#fff", 21.0),
        ("#fff", "#fff", 1.0),
        ("#777777", "#fff", 4.48),
        ("#595959", "#fff", 7.0),
    ],
)
def test_contrast_is_the_one_everybody_reckons(one: str, other: str, ratio: float) -> None:
    """Known pairs give their known ratio, in either order."""
    pair = contrast.from_hex(one), contrast.from_hex(other)
    assert contrast.ratio(*pair) == pytest.approx(ratio, abs=0.01)
    assert contrast.ratio(*reversed(pair)) == contrast.ratio(*pair)
