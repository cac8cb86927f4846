"""The gallery shows what its commands draw, and the five lines for programs work."""

from __future__ import annotations

import io
import re
import shlex
from contextlib import redirect_stdout
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

import gallery
import manual
from harvest.cli import main as harvest

TEXT = gallery.PAGE.read_text("utf-8")
COMMANDS = [step.command for step in gallery.steps()]


@cache
def drawn(command: str) -> str:
    """What a command of the page draws, on standard output instead of into its file."""
    words = shlex.split(command)[1:]
    ended = CliRunner().invoke(harvest, words[: words.index("-o")])
    assert ended.exit_code == 0, ended.output
    return ended.stdout


def file(command: str) -> Path:
    return gallery.FOLDER / command.rpartition("/")[2]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: file(command).stem)
def test_a_picture_is_what_its_command_draws(command, monkeypatch):
    """To the byte; else look at what changed, and then `make charts`."""
    monkeypatch.chdir(gallery.demo.ROOT)
    assert file(command).read_text("utf-8") == drawn(command)


def test_every_picture_of_the_folder_is_shown_once_and_has_its_command():
    kept = sorted(path.name for path in gallery.FOLDER.glob("*.svg"))
    assert len(kept) >= 10
    assert sorted(gallery.names(TEXT)) == kept
    assert sorted(file(command).name for command in COMMANDS) == kept


def test_the_pictures_are_light():
    sizes = [path.stat().st_size for path in gallery.FOLDER.iterdir()]
    assert sum(sizes) < gallery.MOST_BYTES
    assert max(sizes) < 16_500


def test_what_is_said_of_the_pictures_is_what_they_say():
    assert gallery.page(TEXT, gallery.drawn) == TEXT


def test_a_picture_drawn_anew_changes_what_the_page_says_of_it():
    command = "harvest chart a.csv -o docs/charts/a.svg"
    before = f"{command}\ndocs/charts/a.svg: 1 kB\n\n![old](charts/a.svg)"
    picture = f'<svg><desc id="d">A line [up].</desc>{"x" * 7000}</svg>'
    after = before.replace("1 kB", "7 kB").replace("[old]", "[A line (up).]")
    assert gallery.page(before, lambda _: picture) == after


def test_the_lines_for_another_program_draw_its_chart():
    (block,) = [one for one in manual.blocks(TEXT) if one.kind == "python"]
    assert len([line for line in block.text.splitlines() if line]) == 5
    said = io.StringIO()
    with redirect_stdout(said):
        exec(compile(block.text, "docs/charts.md", "exec"), {})  # noqa: S102  the page's own lines
    picture = ET.fromstring(said.getvalue())  # noqa: S314  ours
    words = [element.text for element in picture.iter("{http://www.w3.org/2000/svg}text")]
    assert "Followers" in words
    assert "1,124" in words


def test_every_drawer_that_the_page_names_takes_a_chart_and_words():
    """The table of drawers is complete, and each gives what it says."""
    from metrics_insight.charts import data, interactive, png, sparkline, svg, table
    from metrics_insight.insight import Chart
    from metrics_insight.wording import catalogue

    chart = Chart.of(["2025-03-01", "2025-03-02"], [3, 4], title="Views")
    here = {"svg": svg, "png": png, "interactive": interactive, "table": table, "data": data}
    given = {}
    for name, function in re.findall(r"`(\w+)\.(\w+)\(chart, words\)`", TEXT):
        given[f"{name}.{function}"] = getattr(here[name], function)(chart, catalogue("en"))
    assert set(given) == {
        "svg.draw", "png.draw", "interactive.draw", "table.draw", "data.csv", "data.json",
    }  # fmt: skip
    assert all(given.values())
    assert sparkline.draw(chart.panels[0].points, title="Views").startswith("<svg")
