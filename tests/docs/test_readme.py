"""What the manual shows is what happens: its commands run as a reader would type them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import demo
import gallery
import manual

README = demo.ROOT / "README.md"
WITH_COMMANDS = [README, *manual.DOCS]


@pytest.mark.parametrize("page", WITH_COMMANDS, ids=lambda page: page.name)
def test_every_command_says_what_the_page_says(page: Path, tmp_path: Path) -> None:
    """To the letter, in the order of the page, in a folder of its own."""
    in_a_clone = page in (README, gallery.PAGE)
    folder = manual.clone(tmp_path / "harvest") if in_a_clone else tmp_path
    text = page.read_text("utf-8")
    assert manual.told(text, folder) == manual.run_steps(text)


def test_only_what_needs_the_network_or_never_ends_is_shown_and_not_run() -> None:
    shown = {
        step.command: block.words
        for page in WITH_COMMANDS
        for block in manual.blocks(page.read_text("utf-8"))
        if block.remark == "not run"
        for step in block.steps
    }
    assert shown == {
        "make html": "the first time it needs the network",
        "make serve": "it serves until Ctrl-C",
    }


def test_what_make_html_ends_with_is_what_the_build_of_the_demo_says(built) -> None:
    said = (built.folder.parent / "said.txt").read_text("utf-8").splitlines()[-1]
    assert said in README.read_text("utf-8")


def test_the_number_of_packages_is_that_of_the_list() -> None:
    listed = (demo.ROOT / "requirements.txt").read_text("utf-8")
    count = len(re.findall(r"^[a-z].*==", listed, re.MULTILINE))
    assert f"\n.venv: {count} packages, each held against its hash\n" in README.read_text("utf-8")


def test_the_picture_of_a_card_is_there_and_light() -> None:
    """Made by `python tests/card_picture.py`."""
    picture = (demo.ROOT / "docs" / "card.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) < 90_000
