"""`harvest import` and `harvest comments erase` as an author runs them, in a site of her own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import demo
from by_hand import tree
from small_sites import bytes_of, harvest, post, put, site

OLD = """AUTHOR: Ada Beispiel
TITLE: A kettle
BASENAME: a_kettle
STATUS: Publish
ALLOW COMMENTS: 2
CONVERT BREAKS: __default__
DATE: 05/03/2010 08:15:00 AM
UNIQUE URL: http://old.example/2010/05/a_kettle.html
-----
BODY:
It boils. <img src="/kettle.png" alt="A kettle" />

See <a href="http://old.example/2010/05/a_pot.html#comment-9">the pot</a>,
and <a href="#nowhere">this</a>.
-----
COMMENT:
AUTHOR: Bo Sample
EMAIL: bo@mail.example.org
IP: 192.0.2.17
URL: http://bo.example/
DATE: 05/03/2010 11:22:33 PM
Have you looked under the lid?
-----
COMMENT:
AUTHOR: cy@mail.example.org
EMAIL:
IP: 192.0.2.18
URL:
DATE: 05/04/2010 12:05:09 AM
I have, and <a href="/gone/">so</a> did she.
-----
--------
AUTHOR: Ada Beispiel
TITLE: A pot
BASENAME: a_pot
STATUS: Draft
CONVERT BREAKS: 0
DATE: 05/04/2010 08:15:00 AM
-----
BODY:
<p>Not yet.</p>
-----
--------
"""


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    """A site with a post of its own, and an export beside it."""
    root = site(tmp_path / "site", {"mine.md": post()}, 'TIMEZONE = "Europe/Berlin"\n')
    (tmp_path / "old.txt").write_text(OLD, "utf-8")
    return root


def test_an_import_tells_what_it_brought_and_writes_it(blog: Path) -> None:
    ended = harvest(blog, "import", "../old.txt")
    assert ended.code == 0
    assert ended.out.startswith("old.txt: 1 post, 1 draft\n2 comments: 2 approved\n")
    assert "http://old.example/2010/05/a_kettle.html -> /2010/05/a_kettle/" in ended.out
    assert ended.err == ""
    assert "08:15:00+02:00" in (blog / "content/posts/a_kettle.html").read_text()
    receipt = json.loads((blog / "content/comments/receipts/old.json").read_text())
    assert receipt["counts"]["posts"] == 1


def test_no_mail_and_no_ip_address_is_written_anywhere(blog: Path) -> None:
    harvest(blog, "import", "../old.txt")
    everything = b"".join(bytes_of(blog / "content").values())
    assert b"mail.example.org" not in everything
    assert b"192.0.2" not in everything
    assert b'"author": "Anonymous"' in everything


def test_the_second_import_changes_nothing_and_says_so(blog: Path) -> None:
    harvest(blog, "import", "../old.txt")
    before = tree(blog / "content")
    again = harvest(blog, "import", "../old.txt")
    assert again.out.splitlines()[-1] == "Nothing changed: 5 files were there already."
    assert tree(blog / "content") == before


def test_an_imported_blog_is_checked_and_built_and_its_dead_links_stop_nothing(blog: Path) -> None:
    harvest(blog, "import", "../old.txt")
    assert harvest(blog, "check").err == "3 posts and 0 pages, 0 cards: 0 mistakes, 0 warnings\n"
    ended = harvest(blog, "build")
    assert ended.code == 0
    assert "leads to no anchor" in ended.err
    assert ended.err.count("\n") == 1
    assert ended.err.endswith("they stop nothing\n")
    page = (blog / "output/2010/05/a_kettle/index.html").read_text()
    assert "It boils." in page


def test_a_thread_that_is_no_json_stops_a_build_on_one_line(blog: Path) -> None:
    put(blog, "comments/x.json", '{"post": "x",\n "comments": [,]}')
    ended = harvest(blog, "build")
    assert ended.code == 1
    assert ended.lines[0] == "content/comments/x.json:2: is no JSON: Expecting value (column 15)"


def test_a_dry_run_writes_nothing(blog: Path) -> None:
    before = bytes_of(blog)
    ended = harvest(blog, "import", "../old.txt", "--dry-run")
    assert "Nothing was written. It would be: 5 new files" in ended.out
    assert bytes_of(blog) == before


def test_an_edited_post_is_kept_with_a_warning(blog: Path) -> None:
    harvest(blog, "import", "../old.txt")
    path = blog / "content/posts/a_kettle.html"
    path.write_text(path.read_text().replace("boils", "sings"))
    ended = harvest(blog, "import", "../old.txt")
    assert ended.code == 0
    assert (
        ended.err == "warning: posts/a_kettle.html: was edited since it was imported and stays; "
        "to import it anew: --force\n"
    )
    harvest(blog, "import", "../old.txt", "--force")
    assert "boils" in path.read_text()


def test_a_program_may_read_what_was_imported(blog: Path) -> None:
    given = json.loads(harvest(blog, "import", "../old.txt", "--output", "json").out)
    assert given["comments"]["approved"] == 2
    assert "posts/a_kettle.html" in given["files"]["new"]


def test_markdown_is_written_on_request_and_builds(blog: Path) -> None:
    harvest(blog, "import", "../old.txt", "--markdown")
    assert (blog / "content/posts/a_kettle.md").read_text().startswith("Title: A kettle\n")
    assert harvest(blog, "build").code == 0
    harvest(blog, "import", "../old.txt")
    assert not (blog / "content/posts/a_kettle.md").exists()
    assert (blog / "content/posts/a_kettle.html").exists()


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (
            ("import", "none.txt"),
            2,
            "none.txt: there is no such file; name the file of an export\n",
        ),
        (
            ("import", "pelicanconf.py"),
            2,
            "pelicanconf.py: an export of no kind that is known here",
        ),
        (
            ("import", "../old.txt", "--timezone", "Mars"),
            2,
            '--timezone: no zone "Mars"; write it as Europe/Berlin\n',
        ),
        (("import", "../old.txt", "--media", "none"), 2, "none: there is no such folder or ZIP"),
        (("comments", "erase", "--author", "Nobody"), 1, "content/comments: holds no threads"),
    ],
)
def test_a_wrong_use_is_told_on_one_line(
    blog: Path, words: tuple[str, ...], code: int, told: str
) -> None:
    ended = harvest(blog, *words)
    assert ended.code == code
    assert ended.err.startswith(told)
    assert ended.err.count("\n") == 1


def test_words_are_erased_by_name_and_stay_erased(blog: Path) -> None:
    harvest(blog, "import", "../old.txt")
    ended = harvest(blog, "comments", "erase", "--author", "Bo Sample")
    assert ended.out.startswith("Removed the words of 1 comment: ")
    harvest(blog, "import", "../old.txt", "--force")
    assert b"under the lid" not in b"".join(bytes_of(blog / "content/comments").values())


def test_an_import_works_outside_a_site_with_a_folder_named(tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_text(OLD, "utf-8")
    assert harvest(tmp_path, "import", "old.txt").code == 2
    assert harvest(tmp_path, "import", "old.txt", "--into", "new").code == 0
    assert (tmp_path / "new/posts/a_kettle.html").is_file()


def peak(root: Path, export: str) -> int:
    """The most memory that an import took, in MiB; what `resource` says counts the parent's too."""
    program = (
        "import re, sys; from pathlib import Path; from harvest.cli import main\n"
        f"sys.argv = ['harvest', 'import', {export!r}]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "told = Path('/proc/self/status').read_text()\n"
        "print(int(re.search(r'VmHWM:\\s+(\\d+)', told)[1]) // 1024)\n"
    )
    done = demo.run("python", "-c", program, at=root)
    return int(done.stdout.splitlines()[-1])


@pytest.mark.long
def test_four_times_the_posts_take_hardly_more_memory(blog: Path) -> None:
    """2,000 posts with 10,000 comments: only their names are kept, never their words."""
    entry, comment = (
        OLD.partition("--------\n")[0],
        OLD[OLD.index("COMMENT:") :].partition("-----\n")[0],
    )
    words = "A sentence of some length that stands for the words of a reader. " * 12
    for posts in (500, 2000):
        whole = "".join(
            entry.replace("a_kettle", f"kettle_{number}")
            + "".join(f"{comment}{words}{number} {one}\n-----\n" for one in range(3))
            + "--------\n"
            for number in range(posts)
        )
        (blog.parent / f"{posts}.txt").write_text(whole, "utf-8")
    few, many = peak(blog, "../500.txt"), peak(blog, "../2000.txt")
    assert many - few < 25
    assert many < 120
