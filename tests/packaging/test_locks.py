"""The locked lists: whole, hashed, and silent about where they were made."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LISTS = ("requirements.txt", "requirements-dev.txt", "requirements-bench.txt")


def entries(name: str) -> list[str]:
    """The list's requirements, each with its hashes on one line."""
    text = (ROOT / name).read_text("utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def pins(name: str) -> dict[str, set[str]]:
    """Each package's locked versions; there may be one for each kind of machine."""
    found: dict[str, set[str]] = {}
    for entry in entries(name):
        package, version = re.match(r"([\w.-]+)==([\w.!+-]+)", entry).groups()
        found.setdefault(canonicalize_name(package), set()).add(version)
    return found


def group(name: str, groups: dict) -> list[str]:
    """The requirements of a dependency group, groups inside it spelt out."""
    parts = groups[name]
    return [
        each
        for part in parts
        for each in ([part] if isinstance(part, str) else group(part["include-group"], groups))
    ]


@pytest.mark.parametrize("name", LISTS)
def test_every_package_has_one_version_and_hashes(name):
    for entry in entries(name):
        assert re.match(r"[\w.-]+==[\w.!+-]+( ; [^-]+)? +--hash=sha256:[0-9a-f]{64}", entry), entry


@pytest.mark.parametrize("name", LISTS)
def test_a_list_names_no_host_and_no_folder(name):
    text = (ROOT / name).read_text("utf-8")
    assert not re.search(r"://|file:|--(extra-)?index|--find-links|^-|@", text, re.MULTILINE)


def test_what_the_site_runs_on_is_the_same_in_both_lists():
    all_pins = pins("requirements-dev.txt")
    for package, versions in pins("requirements.txt").items():
        assert versions == all_pins[package], package


@pytest.mark.parametrize(
    ("name", "wanted"), [("requirements.txt", "build"), ("requirements-dev.txt", "dev")]
)
def test_the_lists_hold_all_that_pyproject_asks_for(name, wanted):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    asked = project["project"]["dependencies"] + group(wanted, project["dependency-groups"])
    locked = pins(name)
    for requirement in map(Requirement, asked):
        versions = locked[canonicalize_name(requirement.name)]
        assert all(requirement.specifier.contains(version) for version in versions), (
            f"{requirement} is not what {name} locks; run make lock"
        )


def imported(folder: str) -> set[str]:
    """The packages that the modules of a folder import, under the names they are installed by."""
    trees = [ast.parse(path.read_text("utf-8")) for path in (ROOT / folder).rglob("*.py")]
    names = {name.split(".")[0] for tree in trees for name in named(tree)}
    of = packages_distributions()
    return {canonicalize_name(of[name][0]) for name in names & of.keys()} - {"harvest-blog"}


def named(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize(("folder", "groups"), [("plugins", []), ("tests", ["test"])])
def test_what_is_imported_is_declared(folder, groups):
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    declared = list(told["project"]["dependencies"])
    declared += [one for name in groups for one in group(name, told["dependency-groups"])]
    names = {canonicalize_name(Requirement(one).name) for one in declared}
    assert imported(folder) <= names
