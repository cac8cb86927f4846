"""Two builds are equal to the byte: wherever, whenever and on whatever machine."""

from __future__ import annotations

from pathlib import Path

import pytest
from blinker import Signal
from feedgenerator.django.utils.feedgenerator import SyndicationFeed
from markdown.extensions import codehilite
from pelican.contents import Article, Content, Page
from pelican.generators import Generator
from pelican.utils import DateFormatter

from harvest import build, fast
from harvest import site as sites
from small_sites import bytes_of, harvest, post, put, site

FILES = {
    **{f"{n}.md": post(f"Post {n}", "2025-05-01", tags=f"a, b, c{n}, d") for n in range(12)},
    **{f"t-{lang}.md": post("T", slug="t", lang=lang) for lang in ("en", "de", "fr", "it", "es")},
    "pages/about.md": "Title: About\n\nWho writes.\n",
    "images/a.png": b"a",
}
FEEDS = 'FEED_ALL_ATOM = "feeds/all.xml"\nTAG_FEED_ATOM = "feeds/{slug}.xml"\n'

MACHINES = {
    "another time zone": {"TZ": "Pacific/Kiritimati"},
    "another language": {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"},
    "no language": {"LC_ALL": "C"},
    "another hash seed": {"PYTHONHASHSEED": "1"},
    "yet another": {"PYTHONHASHSEED": "4242", "TZ": "America/St_Johns"},
}


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    root = site(tmp_path_factory.mktemp("here") / "site", FILES, FEEDS)
    assert harvest(root, "build", more={"PYTHONHASHSEED": "0"}).code == 0
    return bytes_of(root / "output")


@pytest.mark.parametrize("machine", MACHINES)
def test_a_site_is_the_same_on_every_machine(machine: str, here: dict[str, bytes], tmp_path: Path):
    root = site(tmp_path / "another folder" / "öther", FILES, FEEDS)
    ended = harvest(root, "build", more=MACHINES[machine])
    assert ended.code == 0, ended
    assert bytes_of(root / "output") == here


def test_a_second_build_changes_no_byte_and_no_time_of_an_unchanged_file(tmp_path: Path):
    root = site(tmp_path / "site", FILES, FEEDS)
    harvest(root, "build")
    before, times = bytes_of(root / "output"), _times(root)
    put(root, "new.md", post("New", "2020-01-01"))
    harvest(root, "build")
    after = bytes_of(root / "output")
    changed = {name for name, at in _times(root).items() if at != times.get(name)}
    assert changed == {name for name, data in after.items() if data != before.get(name)}


def test_the_command_may_be_called_from_any_folder_of_the_site(
    here: dict[str, bytes], tmp_path: Path
):
    root = site(tmp_path / "site", FILES, FEEDS)
    assert harvest(root / "content" / "posts", "build").code == 0
    assert bytes_of(root / "output") == here


@pytest.mark.parametrize("setting", ["WITH_FUTURE_DATES = False", 'DEFAULT_DATE = "fs"'])
def test_a_setting_that_reads_a_clock_is_refused(setting: str, tmp_path: Path):
    ended = harvest(site(tmp_path / "site", FILES, setting), "build")
    assert ended.code == 2
    assert ended.err.startswith(
        f"pelicanconf.py: {setting.replace(chr(34), chr(39))} reads a clock"
    )


def _times(root: Path) -> dict[str, int]:
    output = root / "output"
    files = (path for path in output.rglob("*") if path.is_file())
    return {path.relative_to(output).as_posix(): path.stat().st_mtime_ns for path in files}


def test_the_quick_ways_change_no_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    code = "```python\nfor x in y: pass\n```\n\n```\nplain\n```\n\n```css\na {color: red}\n```\n"
    body = "[a]({filename}0.md) [b]({filename}/pages/about.md#x) ![c]({static}/images/a.png)\n\n"
    files = {**FILES, **{f"code{n}.md": post(f"Code {n}", body=body + code) for n in range(3)}}
    files["pages/about.md"] = "Title: About\nDate: 2024-02-03\n\n## X {#x}\n\nWho writes.\n"
    files["zone.md"] = post("Zone", "2025-05-01 00:00:00+02:00", timezone="Asia/Tokyo")
    found = sites.find(site(tmp_path / "site", files, FEEDS))
    build.build(found)
    quick = bytes_of(found.output)
    monkeypatch.setattr(fast, "_replacements", tuple)
    monkeypatch.setattr(fast, "_addresses_settled", lambda _: None)
    build.build(found)
    assert bytes_of(found.output) == quick


def test_a_build_leaves_pelican_as_it_was(tmp_path: Path):
    kinds = (Signal, Content, Article, Page, Generator, DateFormatter, SyndicationFeed, codehilite)
    before = [dict(vars(kind)) for kind in kinds]
    build.build(sites.find(site(tmp_path / "site", FILES)))
    assert [dict(vars(kind)) for kind in kinds] == before


def test_an_empty_site_reads_no_clock(tmp_path: Path):
    for name in ("one", "two"):
        assert harvest(site(tmp_path / name, {}, FEEDS), "build").code == 0
    assert bytes_of(tmp_path / "one/output") == bytes_of(tmp_path / "two/output")


PLUGIN = """
from pelican import signals
def call(*_, feed=None, **__):
    feed.feed["title"] += "{name}"
def register():
    signals.feed_generated.connect(call)
"""


def test_plugins_are_called_in_the_order_of_the_settings(tmp_path: Path):
    names = [f"says_{letter}" for letter in "dbface"]
    settings = f'PLUGIN_PATHS = ["."]\nPLUGINS = {names!r}\n{FEEDS}'
    root = site(tmp_path / "site", {"may.md": post()}, settings)
    for name in names:
        (root / f"{name}.py").write_text(PLUGIN.format(name=name[-1]))
    assert harvest(root, "build").code == 0
    assert "<title>Smalldbface</title>" in (root / "output/feeds/all.xml").read_text()
