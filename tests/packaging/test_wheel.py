"""What is in the wheel: a site that installs it needs nothing of this folder."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> zipfile.ZipFile:
    """The wheel of this checkout, built by the locked backend."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (file,) = folder.glob("*.whl")
    return zipfile.ZipFile(file)


def files(*folders: str) -> set[str]:
    """The files below some folders of this checkout, as git would keep them."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *folders],
        cwd=ROOT,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return {name for name in listed.stdout.splitlines() if (ROOT / name).is_file()}


def test_the_wheel_holds_every_room_with_its_data(wheel):
    rooms = {name.removeprefix("plugins/") for name in files("plugins")}
    assert rooms <= set(wheel.namelist())


def test_the_wheel_holds_the_theme(wheel):
    theme = {f"harvest/{name}" for name in files("theme")}
    assert theme
    assert theme <= set(wheel.namelist())


def test_the_wheel_holds_nothing_else(wheel):
    rooms = {Path(name).parts[1] for name in files("plugins")}
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == rooms


def test_the_wheel_says_its_licence_and_its_command(wheel):
    names = {Path(name).name: name for name in wheel.namelist() if ".dist-info/" in name}
    metadata = Parser().parsestr(wheel.read(names["METADATA"]).decode())
    assert metadata["License-Expression"] == "AGPL-3.0-or-later"
    assert "harvest = harvest.cli:main" in wheel.read(names["entry_points.txt"]).decode()
    assert "LICENSE" in names
