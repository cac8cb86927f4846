"""A Pelican site of somebody else, without our build or theme, that names only metrics_insight."""

from __future__ import annotations

from pathlib import Path

import pytest

import demo
from checks.site import tree, with_class, words

SETTINGS = """
SITENAME = "Somebody else's"
AUTHOR = "Bo"
PATH = "content"
TIMEZONE = "UTC"
THEME = "simple"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
PLUGINS = ["metrics_insight"]
"""
DATA = "date,followers\n" + "".join(f"2025-03-{day:02},{1000 + 5 * day}\n" for day in range(1, 32))
POST = """Title: A {name} post
Date: 2025-04-01
Slug: {name}

Words before.

```insight
metric: {metric}
window: 2025-03-08 .. 2025-03-28
question: Why did it rise?

The reading.
```

Words after.
"""


def site(folder: Path, *metrics: str) -> Path:
    """A small site with one post a metric."""
    (folder / "content" / "data").mkdir(parents=True)
    (folder / "content" / "data" / "mastodon.csv").write_text(DATA, "utf-8")
    (folder / "pelicanconf.py").write_text(SETTINGS, "utf-8")
    for metric in metrics:
        post = POST.format(name=metric, metric=f"mastodon.{metric}")
        (folder / "content" / f"{metric}.md").write_text(post, "utf-8")
    return folder


def pelican(folder: Path, *options: str) -> tuple[int, str]:
    """The exit code of plain `pelican` and everything it said."""
    ended = demo.run(
        "pelican", "content", "-s", "pelicanconf.py", "-o", "output", *options, at=folder
    )
    return ended.returncode, " ".join((ended.stdout + ended.stderr).split())


def post(folder: Path, name: str):
    """A post's page as Pelican wrote it."""
    return tree((folder / "output" / f"{name}.html").read_text("utf-8"))


@pytest.fixture(scope="module")
def good(tmp_path_factory) -> tuple[Path, str]:
    """A site whose block is right, built, and what Pelican said."""
    folder = site(tmp_path_factory.mktemp("good"), "followers")
    code, said = pelican(folder, "--fatal=errors")
    assert code == 0, said
    return folder, said


@pytest.fixture(scope="module")
def bad(tmp_path_factory) -> tuple[Path, str]:
    """A site with a right and a wrong block, built, and what Pelican said."""
    folder = site(tmp_path_factory.mktemp("bad"), "followers", "folowers")
    code, said = pelican(folder)
    assert code == 0, said
    return folder, said


def test_a_card_stands_in_a_site_that_has_only_the_plugin(good) -> None:
    """With its question, its observation and a picture that is there."""
    folder, _ = good
    (card,) = post(folder, "followers").xpath(f"//*[{with_class('insight')}]")
    assert "Why did it rise?" in words(card)
    assert words(card.xpath(".//p[@class='observation']")[0])
    picture = card.xpath(".//img/@src")[0]
    assert (folder / "output" / picture.lstrip("./")).is_file()


def test_the_plugin_says_nothing_where_all_is_well(good) -> None:
    """No warning, no error, one line of Pelican's own at the end."""
    _, said = good
    assert "ERROR" not in said
    assert "WARNING" not in said


def test_a_wrong_block_is_an_error_with_file_line_and_what_would_be_right(bad) -> None:
    """In the words an author can act on."""
    _, said = bad
    assert "ERROR" in said
    assert "folowers.md:8: " in said
    assert 'did you mean "followers"?' in said or 'did you mean "mastodon.followers"?' in said


def test_a_post_with_a_wrong_block_is_kept(bad) -> None:
    """An exception inside Markdown would drop the whole post and exit 0."""
    folder, _ = bad
    told = words(post(folder, "folowers"))
    assert "Words before." in told
    assert "Words after." in told
    assert "A folowers post" in (folder / "output" / "index.html").read_text("utf-8")


def test_a_reader_sees_where_the_card_would_be(bad) -> None:
    """A note in place of the card; the other post's card is untouched."""
    folder, _ = bad
    (note,) = post(folder, "folowers").xpath(f"//*[{with_class('insight-fault')}]")
    assert note.get("role") == "note"
    assert "folowers" in words(note)
    assert post(folder, "followers").xpath("//p[@class='observation']")


def test_a_wrong_block_is_fatal_where_the_site_says_so(tmp_path: Path) -> None:
    """`pelican --fatal=errors` ends with another code than 0."""
    code, said = pelican(site(tmp_path, "folowers"), "--fatal=errors")
    assert code != 0
    assert "folowers.md:8: " in said


def test_two_builds_in_one_process_are_the_same(tmp_path: Path) -> None:
    """Nothing piles up where Pelican rebuilds by itself: each post keeps its one card."""
    folder = site(tmp_path, "followers")
    script = (
        "from pelican import Pelican; from pelican.settings import read_settings\n"
        "for name in ('one', 'two'):\n"
        "    settings = read_settings('pelicanconf.py', {'OUTPUT_PATH': name})\n"
        "    Pelican(settings).run()\n"
    )
    ended = demo.run("python", "-c", script, at=folder)
    assert ended.returncode == 0, ended.stderr
    one, two = demo.contents(folder / "one"), demo.contents(folder / "two")
    assert {name for name in one if one[name] != two.get(name)} == set()
    assert one["followers.html"].count(b'<section class="insight"') == 1
