"""Code that fits a screen: the median function under 12 lines, none over 45, no module over 300."""

from __future__ import annotations

import ast
from pathlib import Path
from statistics import median

PLUGINS = Path(__file__).parents[2] / "plugins"
MODULES = {
    path.relative_to(PLUGINS): path.read_text("utf-8") for path in sorted(PLUGINS.rglob("*.py"))
}


def functions() -> dict[str, int]:
    """Every function's length in lines, from its def to its end."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {
        f"{module}:{node.lineno} {node.name}": node.end_lineno - node.lineno + 1
        for module, text in MODULES.items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, kinds)
    }


def test_the_median_function_is_under_12_lines():
    assert median(functions().values()) < 12


def test_no_function_is_over_45_lines():
    assert not {name: lines for name, lines in functions().items() if lines > 45}


def test_no_module_is_over_300_lines():
    assert not {str(name) for name, text in MODULES.items() if text.count("\n") > 300}
