"""The plugin as a whole: in another site, and from build to build."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from blogs import build, post

ROOT = Path(__file__).parents[2]
BUILD = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from blogs import build, post
texts = {{f"{{name}}.md": post("W[^1].\\n\\n[^1]: N.", tags="x, y") for name in "abc"}}
texts |= {{f"a.{{lang}}.md": post(slug="a", lang=lang) for lang in ("de", "fr", "it")}}
languages = "{{{{ article.translations|join(' ', 'lang') }}}}"
hosts = ["sitemap.xml", "_headers"]
build(Path({folder!r}), texts, {{"article.html": languages}}, HOST_FILES=hosts)
"""


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def built(folder: Path, **environment: str) -> dict[str, bytes]:
    """The output of a build in a process of its own."""
    code = BUILD.format(tests=str(ROOT / "tests"), folder=str(folder))
    told = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT / "plugins"), **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert told.returncode == 0, told.stderr
    return files(folder / "output")


def test_two_builds_are_equal_to_the_byte(tmp_path):
    """Whatever the folder, the order of files, the time zone and the language of the machine."""
    one = built(tmp_path / "one", PYTHONHASHSEED="1", TZ="UTC", LANG="C")
    other = built(tmp_path / "other", PYTHONHASHSEED="2", TZ="Asia/Tokyo", LANG="de_DE.UTF-8")
    assert one == other
    assert len(one) > 10


def test_a_site_with_a_theme_of_its_own_and_no_setting_of_ours_is_served(tmp_path):
    """Pelican's own templates, its own settings, no languages folder."""
    blog = build(
        tmp_path,
        {"a.md": post("One.\n\nTwo.")},
        {"article.html": "{% extends '!simple/article.html' %}"},
        JINJA_ENVIRONMENT={},
        DIRECT_TEMPLATES=["index", "archives", "tags", "categories", "authors"],
    )
    assert "<p>One.</p>" in blog.text("index.html")
    assert blog.feed().entries[0].title == "A title"
