"""Whatever happens to a build, the site in output/ is the last good one or the new one."""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import demo
import interrupting
from harvest import site as sites
from harvest import swap
from harvest.faults import Fault
from small_sites import Ended, bytes_of, harvest, leftovers, post, put, site

NOBODY = 65534


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site built once, with a post that the last build does not know."""
    root = site(tmp_path / "site", {"may.md": post()})
    assert harvest(root, "build").code == 0
    put(root, "june.md", post("June"))
    return root


AS_PLAIN_USER = """
import os, sys
from harvest.cli import main
root, nobody = sys.argv[1], int(sys.argv[2])
os.chdir(root)
main(["build", "-o", "before"], standalone_mode=False)  # all that is imported late is imported now
if not os.getuid():
    for folder, _, names in os.walk(root):
        for name in ("", *names):
            os.chown(os.path.join(folder, name), nobody, nobody)
    os.setgid(nobody)
    os.setuid(nobody)
main(["build"])
"""


def as_plain_user(root: Path) -> Ended:
    """`harvest build` by somebody who is not allowed everything, as root is."""
    top = Path(tempfile.gettempdir())
    for way in (root, *(top / part for part in root.relative_to(top).parents[:-1])):
        way.chmod(way.stat().st_mode | 0o111)  # shut to others by pytest
    script = [sys.executable, "-c", AS_PLAIN_USER, str(root), str(NOBODY)]
    ended = subprocess.run(script, capture_output=True, encoding="utf-8", check=False)
    return Ended(ended.returncode, ended.stdout, ended.stderr)


def stopped(root: Path, signal: str, step: int, *words: str) -> list[dict]:
    """How builds ended that were stopped at every step-th point of them."""
    shutil.copytree(root / "output", root / "good")
    script = [sys.executable, interrupting.__file__, str(root), signal, str(step), *words]
    ended = subprocess.run(script, capture_output=True, encoding="utf-8", check=True)
    return [json.loads(line) for line in ended.stdout.splitlines()]


def old_and_new(root: Path) -> tuple[str, str]:
    """The last good site and the next one."""
    assert harvest(root, "build", "-o", "new").code == 0
    return interrupting.digest(root / "output"), interrupting.digest(root / "new")


STEPS = [11, pytest.param(1, marks=[pytest.mark.long, pytest.mark.timeout(1800)])]


@pytest.mark.parametrize("way", ["one-step", "two-renames"])
@pytest.mark.parametrize("step", STEPS)
def test_ctrl_c_at_any_moment_leaves_one_whole_site_and_no_rubbish(step: int, way: str, root: Path):
    old, new = old_and_new(root)
    ends = stopped(root, "SIGINT", step, way)
    assert len(ends) > 100 / step
    for end in ends:
        assert end["output"] in (old, new), end
        assert end["left"] == [], end
        # one that comes when all is done may be too late
        assert end["code"] == 1 or (end["code"], end["output"]) == (0, new), end
    assert {end["output"] for end in ends} == {old, new} or step > 1


@pytest.mark.parametrize("way", ["one-step", "two-renames"])
@pytest.mark.parametrize("step", STEPS)
def test_a_killed_build_is_tidied_up_by_the_next(step: int, way: str, root: Path):
    old, new = old_and_new(root)
    ends = stopped(root, "SIGKILL", step, way)
    assert len(ends) > 100 / step
    for end in ends:
        assert end["recovered"] in (old, new), end
        assert end["left after"] == [], end
        if way == "one-step":
            assert end["output"] in (old, new), end


def test_two_renames_do_what_one_exchange_does(root: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(swap, "_CALLS", {})
    found = sites.find(root)
    with swap.aside(found) as folder:
        (folder / "index.html").write_text("new")
        swap.swap_in(folder, found)
    assert bytes_of(root / "output") == {"index.html": b"new"}
    assert leftovers(root) == []


def test_a_folder_aside_that_is_being_built_in_is_left_alone(root: Path):
    found = sites.find(root)
    with swap.aside(found) as first, swap.aside(found) as second:
        assert first.is_dir()
        assert second.is_dir()
    assert leftovers(root) == []


def test_a_folder_aside_that_another_build_just_took_away_is_none_of_ours(root: Path, monkeypatch):
    gone = root / ".harvest" / "aside-1-1"
    monkeypatch.setattr(Path, "glob", lambda *_: [gone])
    swap.recover(sites.find(root))
    assert bytes_of(root / "output")


def _limited(size: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def _run_limited(root: Path, size: int) -> tuple[int, str]:
    ended = subprocess.run(
        [str(demo.PROGRAMS / "harvest"), "build"], cwd=root, env=demo.environment(),
        capture_output=True, encoding="utf-8", check=False, preexec_fn=lambda: _limited(size),
    )  # fmt: skip
    return ended.returncode, ended.stderr


@pytest.mark.parametrize("name", ["long.md", "images/long.png", "extra/long.bin"])
def test_a_disk_that_takes_no_more_is_one_line_and_the_last_good_site_stays(name: str, root: Path):
    good = bytes_of(root / "output")
    put(root, name, post("Long", body="word " * 100_000))
    code, told = _run_limited(root, 50_000)
    assert (code, told) == (
        1,
        (
            "output: the file is larger than this system allows; make it smaller "
            "(the last good site is as it was)\n"
        ),
    )
    assert bytes_of(root / "output") == good
    assert leftovers(root) == []


def test_a_full_disk_is_one_line_and_the_last_good_site_stays(full_disk: Path):
    root = site(full_disk / "site", {"may.md": post()})
    assert harvest(root, "build").code == 0
    good = bytes_of(root / "output")
    put(root, "long.md", post("Long", body="word " * 10_000))
    with (full_disk / "ballast").open("wb", buffering=0) as ballast:
        _fill(ballast)
    ended = harvest(root, "build")
    assert ended.code == 1
    assert ended.err.endswith(
        ": the disk is full; free some space (the last good site is as it was)\n"
    )
    assert len(ended.lines) == 1
    assert bytes_of(root / "output") == good
    assert leftovers(root) == []


def _fill(ballast) -> None:
    try:
        while True:
            ballast.write(b"x" * 4096)
    except OSError:
        ballast.truncate(ballast.tell() - 8 * 4096)


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte; where none may be mounted the limit on file size stands in above."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    mounted = shutil.which("mount") and subprocess.run(mount, capture_output=True, check=False)
    if not mounted or mounted.returncode:
        pytest.skip("no disk may be mounted here: only the limit on the size of files was tried")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("shut", ["output", ".", ".harvest"])
def test_no_permission_to_write_is_one_line_and_the_last_good_site_stays(shut: str, root: Path):
    good = bytes_of(root / "output")
    (root / shut).chmod(0o555)
    ended = as_plain_user(root)
    (root / shut).chmod(0o755)
    assert ended.code == 1
    place = ".harvest" if shut == ".harvest" else "output"
    assert ended.err == (
        f"{place}: no permission to write; change its owner or mode, or name a folder with -o "
        "(the last good site is as it was)\n"
    )
    assert bytes_of(root / "output") == good


def test_read_only_folders_in_the_old_site_do_not_stay_behind(root: Path):
    (root / "output/2025/05").chmod(0o555)
    assert as_plain_user(root).code == 0
    assert leftovers(root) == []


def test_a_folder_that_holds_no_site_is_not_replaced(root: Path, tmp_path: Path):
    letters = tmp_path / "letters"
    letters.mkdir()
    (letters / "to-mum.txt").write_text("Dear")
    ended = harvest(root, "build", "-o", str(letters))
    assert ended.code == 2
    assert ended.err == (
        f"{letters}: holds other things than a site; empty it or name another folder\n"
    )
    assert bytes_of(letters) == {"to-mum.txt": b"Dear"}


def test_a_history_in_the_output_is_never_lost(root: Path):
    history = root / "output" / ".git"
    history.mkdir()
    (history / "HEAD").write_text("ref")
    ended = harvest(root, "build")
    assert (ended.code, ended.err) == (
        2,
        'output/.git: would be lost; keep it with OUTPUT_RETENTION = [".git"]\n',
    )
    with (root / "pelicanconf.py").open("a") as settings:
        settings.write('\nOUTPUT_RETENTION = [".git"]\n')
    assert harvest(root, "build").code == 0
    assert (history / "HEAD").read_text() == "ref"


def test_the_output_may_be_a_link_to_another_folder(root: Path, tmp_path: Path):
    (root / "output").rename(tmp_path / "www")
    (root / "output").symlink_to(tmp_path / "www")
    assert harvest(root, "build").code == 0
    assert (root / "output").is_symlink()
    assert (tmp_path / "www/2025/05/june/index.html").is_file()


def test_an_output_that_holds_the_site_is_refused(root: Path):
    found = sites.find(root).with_settings(OUTPUT_PATH=str(root.parent))
    with pytest.raises(Fault, match="which a build would replace"), swap.aside(found):
        pass
