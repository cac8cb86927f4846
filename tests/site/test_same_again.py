"""The same content gives the same bytes, from any folder, zone, locale and hash seed, any day."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import demo
from checks.site import Site
from checks.verdict import none

LATER = Path(__file__).parents[1] / "later"
ELSEWHERE = {
    "TZ": "Pacific/Kiritimati",
    "LC_ALL": "de_DE.UTF-8",
    "LANG": "tr_TR.UTF-8",
    "PYTHONHASHSEED": "4711",
    "PYTHONPATH": str(LATER),
    "COLUMNS": "20",
}


def differing(one: Path, other: Path) -> list[str]:
    """The files that are not the same in both folders."""
    left, right = demo.contents(one), demo.contents(other)
    return [name for name in sorted({*left, *right}) if left.get(name) != right.get(name)]


@pytest.fixture(scope="session")
def elsewhere(shared: Path) -> Path:
    """The demo published from another folder, on another day, on a machine set up differently."""
    return (
        demo.once(shared / "another folder, with ümlaut" / "site", published_elsewhere) / "output"
    )


def published_elsewhere(folder: Path) -> None:
    """The demo with old files, published under other settings of the machine."""
    demo.copy(folder)
    for file in folder.rglob("*"):
        os.utime(file, (1_000_000_000, 1_000_000_000))
    demo.harvest("publish", "--siteurl", f"{demo.SITEURL}/", at=folder, more=ELSEWHERE)


def test_the_clock_of_that_machine_is_really_another_one(tmp_path: Path) -> None:
    """Else the next test would prove nothing about the day."""
    tell = "import datetime, time; print(datetime.date.today().toordinal(), int(time.time()))"
    here, there = (
        demo.run("python", "-c", tell, at=tmp_path, more=more) for more in ({}, ELSEWHERE)
    )
    now, then = here.stdout.split(), there.stdout.split()
    assert int(then[0]) - int(now[0]) in (999, 1000, 1001)
    assert int(then[1]) - int(now[1]) > 999 * 86400


def test_another_folder_day_zone_locale_and_hash_seed_change_no_byte(
    published: Site, elsewhere: Path
) -> None:
    """The build is a pure function of the repository; the clock is never read."""
    none(differing(published.folder, elsewhere))


def test_a_second_build_in_the_same_folder_changes_no_byte(built: Site, shared: Path) -> None:
    """With the caches of the first one at hand, and without them."""
    folder = demo.once(shared / "twice", built_twice)
    none(differing(folder / "output", built.folder))
    none(differing(folder / "first", built.folder))


def built_twice(folder: Path) -> None:
    """The demo built, its output set aside, and built again with what the first build left."""
    demo.built(folder)
    (folder / "output").rename(folder / "first")
    demo.harvest("build", at=folder)


def test_no_file_of_the_site_knows_where_it_was_built(published: Site, built: Site) -> None:
    """Neither folder nor machine stands in what readers get."""
    for site in (published, built):
        place = str(site.folder.parent).encode()
        none([name for name, data in demo.contents(site.folder).items() if place in data])
