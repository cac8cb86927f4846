"""Wrong settings, wrong use and theme errors: one line, the right exit code, never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from click import Context

from harvest.cli import COMMANDS, main
from small_sites import bytes_of, harvest, leftovers, post, put, site

OVERRIDES = 'THEME_TEMPLATES_OVERRIDES = ["theme/templates"]\n'


def test_outside_a_site_the_way_to_one_is_shown(tmp_path: Path):
    ended = harvest(tmp_path, "build")
    assert ended.code == 2
    assert ended.err == (
        f"{tmp_path}: no pelicanconf.py here or above; change to a site's folder, "
        "or make a site with: harvest init DIR\n"
    )


SETTINGS = {
    "SITENAME = ": "pelicanconf.py:16: invalid syntax",
    "SITENAME = Small": "pelicanconf.py:16: NameError: name 'Small' is not defined",
    "import nothing_of_that_name": (
        "pelicanconf.py:16: ModuleNotFoundError: No module named 'nothing_of_that_name'"
    ),
    "raise SystemExit(3)": "pelicanconf.py:16: SystemExit: 3",
    'THEME = "no-such-theme"': "pelicanconf.py: Could not find the theme no-such-theme",
    'PATH = "no-such-folder"': (
        "pelicanconf.py: there is no folder no-such-folder; make it, or name another in PATH"
    ),
    'TIMEZONE = "Mars/X"': (
        "pelicanconf.py: TIMEZONE is 'Mars/X'; write it as TIMEZONE = \"Europe/Berlin\""
    ),
    'RECENT_POSTS = "x"': "pelicanconf.py: RECENT_POSTS is 'x'; write it as RECENT_POSTS = 5",
    'OUTPUT_PATH = "."': (".: holds ., which a build would replace; name another folder"),
    'OUTPUT_PATH = "content/out"': ("content/out: lies in the content folder; name another folder"),
    'OUTPUT_PATH = "pelicanconf.py"': "pelicanconf.py: is a file; name a folder",
}


@pytest.mark.parametrize("setting", SETTINGS)
def test_a_fault_in_the_settings_is_one_line_with_its_place(setting: str, tmp_path: Path):
    ended = harvest(site(tmp_path / "site", {"may.md": post()}, setting), "build")
    assert (ended.code, ended.err) == (2, SETTINGS[setting] + "\n")


SLIPS = {
    'CHANNELS = "x"': "CHANNELS is 'x'",
    'CHANNELS = {"Videos": "x"}': "CHANNELS is {'Videos': 'x'}",
    'HONOURS = {"Awards": [("a", "b", "c")]}': "HONOURS is {'Awards': [('a', 'b', 'c')]}",
    'MENU = ["about/"]': "MENU is ['about/']",
    "BADGES = 1": "BADGES is 1",
    "PHOTO = 1": "PHOTO is 1",
}


@pytest.mark.parametrize("setting", SLIPS)
def test_a_setting_of_another_kind_is_told_by_its_name(setting: str, tmp_path: Path):
    root = site(tmp_path / "site", {"may.md": post()})
    ours = f"from harvest.defaults import *\n{setting}\n"
    (root / "pelicanconf.py").write_text(ours)
    ended = harvest(root, "check")
    name = setting.split(maxsplit=1)[0]
    assert ended.code == 2
    assert ended.err.startswith(f"pelicanconf.py: {SLIPS[setting]}; write it as {name} = ")


def test_another_theme_may_mean_another_thing_by_a_setting(tmp_path: Path):
    root = site(tmp_path / "site", {"may.md": post()}, 'MENU = ["about/"]')
    assert harvest(root, "check").code == 0


def test_a_plugin_that_is_not_there_stops_the_build(tmp_path: Path):
    root = site(tmp_path / "site", {"may.md": post()}, 'PLUGINS = ["no_such_plugin"]')
    ended = harvest(root, "build")
    assert ended.code == 1
    assert "Cannot load plugin `no_such_plugin`" in ended.err.splitlines()[0]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_that_tells_of_a_fault_of_ours_can_show_its_traceback(name: str):
    command = main.get_command(Context(main), name)
    assert "--debug" in {option for one in command.params for option in one.opts}


SAYS = """
import logging
from mistakes import Mistake
from pelican import signals
def say(generator):
    try:
        raise ValueError("inner")
    except ValueError:
        told = Mistake("content/posts/may.md", 4, "no such thing", "write another")
        logging.getLogger(__name__).error("%s", told)
def register():
    signals.article_generator_finalized.connect(say)
"""


def test_a_mistake_that_a_plugin_logs_keeps_its_place_and_its_words(tmp_path: Path):
    settings = 'PLUGIN_PATHS = ["."]\nPLUGINS = ["says"]'
    root = site(tmp_path / "site", {"may.md": post()}, settings)
    (root / "says.py").write_text(SAYS)
    ended = harvest(root, "build")
    assert ended.code == 1
    assert ended.err.splitlines()[:-1] == ["content/posts/may.md:4: no such thing; write another"]


def test_numbers_are_checked_in_the_folder_that_the_settings_name(tmp_path: Path):
    card = post(body="```insight\nmetric: letter.followers\n```")
    numbers = "date,followers\n2025-04-30,1\n2025-05-01,2\n"
    files = {"may.md": card, "numbers/letter.csv": numbers}
    root = site(tmp_path / "site", files, 'INSIGHT_DATA = "numbers"')
    ended = harvest(root, "check")
    assert ended.code == 0, ended


def test_a_card_ends_on_the_posts_date_however_the_date_is_written(tmp_path: Path):
    card = "```insight\nmetric: letter.followers\n```"
    numbers = "date,followers\n2025-04-30,1\n2025-05-01,2\n"
    files = {"may.md": post(date="3 March 2020", body=card), "data/letter.csv": numbers}
    ended = harvest(site(tmp_path / "site", files), "check")
    assert ended.code == 1
    assert "no reading on or before the post's date 2020-03-03" in ended.out


TEMPLATES = {
    "{% if %}": "theme/templates/article.html:2: template error: ",
    "{{ article.nothing.at_all }}": "theme/templates/article.html:2: template error: Undefined",
    "{% include 'gone.html' %}": "theme/templates/article.html:2: template error: no template",
    "{{ 1 / 0 }}": "theme/templates/article.html:2: template error: ZeroDivisionError",
    "{{ article.title|no_filter }}": "theme/templates/article.html:2: template error: No filter",
}


@pytest.mark.parametrize("fault", TEMPLATES)
def test_an_error_in_a_template_is_one_line_with_file_and_line(fault: str, tmp_path: Path):
    root = site(tmp_path / "site", {"may.md": post()}, OVERRIDES)
    harvest(root, "build")
    good = bytes_of(root / "output")
    put(root, "theme/templates/article.html", f"<!doctype html>\n{fault}\n")
    ended = harvest(root, "build")
    assert ended.code == 1
    first, last = ended.err.splitlines()
    assert first.startswith(TEMPLATES[fault])
    assert last == "Nothing was written: the last good site is as it was."
    assert bytes_of(root / "output") == good
    assert leftovers(root) == []


def test_warnings_of_pelican_are_all_told_and_each_once(tmp_path: Path):
    body = "\n\n".join(f"[x]({{filename}}/images/{n}.png)" for n in range(8))
    files = {"may.md": post(body=body), **{f"images/{n}.png": b"x" for n in range(8)}}
    ended = harvest(site(tmp_path / "site", files), "build")
    assert ended.code == 0
    warnings = [line for line in ended.err.splitlines() if "{static}" in line]
    assert len(warnings) == 8
    assert "8 warnings" in ended.out


RAISES = """
from pelican import signals
def fall(*_, **__):
    raise RuntimeError("out of order")
def register():
    signals.{signal}.connect(fall)
"""


def _with_plugin(root: Path, signal: str) -> Path:
    site(root, {"may.md": post()}, 'PLUGIN_PATHS = ["."]\nPLUGINS = ["falls"]\n')
    (root / "falls.py").write_text(RAISES.format(signal=signal))
    return root


def test_a_post_that_pelican_drops_is_an_error_and_not_a_gap(tmp_path: Path):
    ended = harvest(_with_plugin(tmp_path / "site", "article_generator_context"), "build")
    assert ended.code == 1
    assert ended.err.splitlines()[0] == (
        "content/posts/may.md: Pelican could not read this post and would leave it out: "
        "RuntimeError: out of order (falls.py:4)"
    )


def test_a_fault_of_a_program_asks_to_be_reported_and_shows_its_traceback_on_demand(tmp_path: Path):
    root = _with_plugin(tmp_path / "site", "finalized")
    ended = harvest(root, "build")
    assert ended.code == 1
    assert ended.err == (
        "harvest: RuntimeError: out of order; "
        "this is a fault of Harvest, please report it with what --debug shows\n"
    )
    assert "Traceback" in harvest(root, "build", "--debug").err
    assert leftovers(root) == []


def test_publishing_without_an_address_is_refused(tmp_path: Path):
    root = site(tmp_path / "site", {"may.md": post()})
    ended = harvest(root, "publish")
    assert (ended.code, ended.err) == (
        2,
        (
            'pelicanconf.py: no SITEURL; write SITEURL = "https://blog.example" there, '
            "or: harvest publish --siteurl URL\n"
        ),
    )
    for address in ("blog.example", "/blog", "ftp://a.example", "https://", "http://[x"):
        ended = harvest(root, "publish", "--siteurl", address)
        assert ended.code == 2
        assert ended.err.startswith(f'--siteurl: "{address.rstrip("/")}" is no address of a site; ')
    assert not (root / "output").exists()


def test_publishing_takes_the_settings_of_publishconf_and_writes_absolute_addresses(tmp_path: Path):
    root = site(tmp_path / "site", {"may.md": post()})
    (root / "publishconf.py").write_text(
        'from pelicanconf import *\nSITEURL = "https://a.example"\nRELATIVE_URLS = True\n'
    )
    ended = harvest(root / "content", "publish")
    assert ended.code == 0, ended
    assert ended.out.endswith("Ready for https://a.example: output\n")
    assert 'href="https://a.example/2025/05/may/"' in (root / "output/index.html").read_text()


def test_help_is_quick_and_never_loads_pelican(tmp_path: Path):
    import subprocess
    import sys

    code = (
        "import sys; from harvest.cli import main\n"
        "main(['--help'], standalone_mode=False)\n"
        "heavy = {'pelican', 'plotly', 'feedparser', 'markdown', 'jinja2'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, cwd=tmp_path)
