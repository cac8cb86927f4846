"""Who may import whom, for the rooms of one file, which import-linter cannot take."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PLUGINS = Path(__file__).parents[2] / "plugins"
LEAVES = {"catalogue", "letters", "mistakes"}
FRAMEWORKS = {"pelican", "markdown", "jinja2", "click"}


def rooms() -> set[str]:
    """Every importable name in plugins/."""
    return {
        path.stem
        for path in PLUGINS.iterdir()
        if path.suffix == ".py" or (path / "__init__.py").is_file()
    }


def imported(room: str) -> set[str]:
    """The top-level names that a room of one file imports."""
    nodes = list(ast.walk(ast.parse((PLUGINS / f"{room}.py").read_text("utf-8"))))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    from_ = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    return {name.split(".")[0] for name in plain | from_}


@pytest.mark.parametrize("leaf", sorted(LEAVES))
def test_a_leaf_knows_no_other_room_and_no_framework(leaf):
    assert not imported(leaf) & (rooms() | FRAMEWORKS)


def test_the_month_calendar_knows_the_leaves_only():
    assert imported("month_calendar") & rooms() <= LEAVES


def test_every_room_of_one_file_is_held_to_a_rule_here():
    assert {path.stem for path in PLUGINS.glob("*.py")} <= LEAVES | {"month_calendar"}
