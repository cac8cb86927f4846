"""Each kind and each trap as a picture one can open; `make golden` writes them anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from chart_cases import CASES
from drawn import LAYOUTS
from insights import WORDS
from metrics_insight.charts import svg

FOLDER = Path(__file__).parent / "golden"
PICTURES = [(name, paper) for name in CASES for paper in LAYOUTS]


@pytest.mark.parametrize(("name", "paper"), PICTURES, ids=["-".join(one) for one in PICTURES])
def test_a_picture_is_the_golden_one(name, paper, request):
    kept, changed = FOLDER / f"{name}-{paper}.svg", FOLDER / f"{name}-{paper}-changed.svg"
    text = svg.draw(CASES[name](), WORDS, layout=LAYOUTS[paper]).text
    changed.unlink(missing_ok=True)
    if request.config.getoption("--golden"):
        FOLDER.mkdir(exist_ok=True)
        kept.write_text(text, "utf-8")
    assert kept.is_file(), f"there is no {kept.name}: look at the picture, then `make golden`"
    if kept.read_text("utf-8") != text:
        changed.write_text(text, "utf-8")
        pytest.fail(f"another picture than {kept.name}: look at {changed.name}, then `make golden`")


def test_every_golden_picture_is_of_a_case():
    names = {f"{name}-{paper}.svg" for name, paper in PICTURES}
    assert {path.name for path in FOLDER.glob("*.svg")} == names
