"""Traps that others fell into before us, each told by the source alone."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator

import pytest

from demo import ROOT

SOURCES = sorted((ROOT / "plugins").rglob("*.py"))


def calls(name: str) -> Iterator[tuple[str, ast.Call]]:
    """Every call of a function or method of this name, with its place."""
    for file in SOURCES:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == name:
                yield f"{file.relative_to(ROOT)}:{node.lineno}", node


def test_no_receiver_of_a_signal_is_a_lambda() -> None:
    """Signals hold receivers weakly: a lambda connected in register() never runs."""
    wrong = [
        place
        for place, call in calls("connect")
        if call.args and not isinstance(call.args[0], (ast.Name, ast.Attribute))
    ]
    assert wrong == []


def test_no_plugin_takes_the_writer_for_itself() -> None:
    """`get_writer` honours one receiver: ours would silence another plugin's."""
    named = [file.name for file in SOURCES if "get_writer." in file.read_text("utf-8")]
    assert named == []


def test_no_module_hides_one_of_the_standard_library() -> None:
    """A plugin called `calendar` would break every program that imports the real one."""
    rooms = {file.stem if file.is_file() else file.name for file in (ROOT / "plugins").iterdir()}
    assert rooms & set(sys.stdlib_module_names) == set()


@pytest.mark.parametrize("room", ["content", "plugins", "theme"])
def test_nothing_the_site_is_made_of_is_long_forgotten_work(room: str) -> None:
    """No editor's leavings and no file of another machine lie in the rooms."""
    left = [
        file
        for file in (ROOT / room).rglob("*")
        if file.name.endswith(("~", ".orig", ".rej", ".swp"))
    ]
    assert left == []


def test_the_style_sheet_fetches_no_font() -> None:
    """Type comes from the reader's own machine."""
    for file in (ROOT / "theme" / "static").rglob("*.css"):
        assert "@font-face" not in file.read_text("utf-8"), file.name
