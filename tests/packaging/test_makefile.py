"""The two Makefiles: this one, and the one of a new site."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OURS = ROOT / "Makefile"
NEW = ROOT / "plugins/harvest/seed/Makefile.txt"
OF_PELICAN = (
    "help html clean regenerate serve serve-global devserver devserver-global publish github"
)
INNER = {"environment", "packages", "workshop", "browser", "nu", "test-long"}


def make(file: Path, *words: str) -> str:
    """What make prints for these words."""
    done = subprocess.run(
        ["make", "--no-print-directory", "-f", str(file), *words],
        cwd=ROOT,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return done.stdout


def targets(file: Path) -> set[str]:
    """The targets that a Makefile declares for people."""
    lines = re.findall(r"^\.PHONY: (.+)$", file.read_text("utf-8"), re.MULTILINE)
    return set(" ".join(lines).split()) - INNER


@pytest.mark.parametrize("file", [OURS, NEW], ids=["ours", "new"])
def test_make_alone_prints_help(file):
    assert make(file) == make(file, "help")


@pytest.mark.parametrize("file", [OURS, NEW], ids=["ours", "new"])
def test_help_names_every_target(file):
    named = set(re.findall(r"^make ([\w-]+)", make(file, "help"), re.MULTILINE))
    assert named == targets(file) - {"help"}


@pytest.mark.parametrize("file", [OURS, NEW], ids=["ours", "new"])
def test_the_targets_of_pelican_keep_their_names(file):
    assert set(OF_PELICAN.split()) <= targets(file)


def test_a_new_site_has_the_targets_of_this_one_but_those_for_working_on_harvest():
    tests, benches = {"test", "test-all"}, {"bench", "bench-insights", "bench-charts", "peers"}
    ours = tests | benches | {"golden", "charts", "lock"}
    assert targets(OURS) - targets(NEW) == ours
    assert targets(NEW) - targets(OURS) == {"upgrade"}


@pytest.mark.parametrize(
    ("words", "called"),
    [
        (["html"], "harvest build"),
        (["html", "DEBUG=1"], "harvest build --debug"),
        (["html", "RELATIVE=1"], "harvest build --relative"),
        (["publish"], "harvest publish"),
        (["publish", "DEBUG=1", "RELATIVE=1"], "harvest publish --debug"),
        (
            ["regenerate"],
            "watchfiles '.venv/bin/harvest build ' content plugins theme pelicanconf.py",
        ),
        (["serve", "PORT=8123"], "harvest serve --port 8123"),
        (["serve-global"], 'harvest serve --port 8000 --bind "0.0.0.0"'),
        (["devserver"], "harvest serve --watch --port 8000"),
        (["devserver-global", "SERVER=::"], 'harvest serve --watch --port 8000 --bind "::"'),
        (["new", "TITLE=A week"], 'harvest new "$TITLE"'),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
@pytest.mark.parametrize("file", [OURS, NEW], ids=["ours", "new"])
def test_a_target_calls_one_command(file, words, called):
    last = make(file, "--dry-run", *words).rstrip().splitlines()[-1]
    assert " ".join(last.split()) == f".venv/bin/{called}"


def make_html(site: Path, environment: dict[str, str]) -> str:
    """What `make html` prints in a site, with this environment only."""
    done = subprocess.run(
        ["make", "html"],
        cwd=site,
        env=environment,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return done.stdout


@pytest.mark.long
def test_a_new_site_builds_with_make_in_a_folder_with_a_space(tmp_path):
    harvest = ROOT / ".venv/bin/harvest"
    site = tmp_path / "my blog"
    plain = {name: os.environ[name] for name in ("PATH", "HOME")}
    subprocess.run([harvest, "init", site], check=True)
    first = make_html(site, plain)
    assert (site / "output/index.html").is_file()
    assert "Harvest and what it needs" in first
    assert re.search(r"^pelican==", (site / "versions.txt").read_text(), re.MULTILINE)
    assert ".venv:" not in make_html(site, plain)
