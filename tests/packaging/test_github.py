"""`harvest github`: what is served is output/, and nothing else is touched."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from harvest.github import github
from harvest.new_site import init


def git(*words: str, cwd: Path) -> str:
    """What git prints."""
    done = subprocess.run(
        ["git", *words], cwd=cwd, check=True, capture_output=True, encoding="utf-8"
    )
    return done.stdout


def push(*words: str) -> Result:
    """`harvest github`, and how it ended."""
    return CliRunner().invoke(github, list(words), catch_exceptions=False)


@pytest.fixture
def blog(tmp_path, monkeypatch) -> Path:
    """A site in git with a remote beside it, one page of it published."""
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "Ana Sample")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "ana@blog.example")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.chdir(tmp_path)
    CliRunner().invoke(init, ["blog"])
    blog = tmp_path / "blog"
    git("init", "--quiet", "--bare", "remote.git", cwd=tmp_path)
    git("init", "--quiet", cwd=blog)
    git("remote", "add", "origin", str(tmp_path / "remote.git"), cwd=blog)
    (blog / "output" / "theme").mkdir(parents=True)
    (blog / "output" / "index.html").write_text("<p>one</p>")
    (blog / "output" / "theme" / ".venv").write_text("a name that .gitignore holds")
    monkeypatch.chdir(blog)
    return blog


def served(blog: Path) -> list[str]:
    """The files on the remote's branch."""
    return git(
        "ls-tree", "-r", "--name-only", "gh-pages", cwd=blog.parent / "remote.git"
    ).splitlines()


def test_the_branch_holds_every_file_of_the_site_and_asks_for_no_jekyll(blog):
    assert push().exit_code == 0
    assert served(blog) == [".nojekyll", "index.html", "theme/.venv"]


def test_a_second_push_follows_the_first(blog):
    push()
    (blog / "output" / "index.html").rename(blog / "output" / "index.html.old")
    (blog / "output" / "index.html").write_text("<p>two</p>")
    assert push().exit_code == 0
    remote = blog.parent / "remote.git"
    assert git("rev-list", "--count", "gh-pages", cwd=remote).strip() == "2"
    assert git("show", "gh-pages:index.html", cwd=remote) == "<p>two</p>"


def test_a_push_follows_what_was_last_seen_at_a_remote_of_another_name(blog):
    git("remote", "rename", "origin", "pages", cwd=blog)
    push("--remote", "pages")
    git("fetch", "--quiet", "pages", cwd=blog)
    git("branch", "--quiet", "-D", "gh-pages", cwd=blog)
    assert push("--remote", "pages").exit_code == 0
    assert git("rev-list", "--count", "gh-pages", cwd=blog.parent / "remote.git").strip() == "2"


def test_the_work_tree_and_what_is_staged_stay_as_they_are(blog):
    git("add", "Makefile", cwd=blog)
    before = git("status", "--short", cwd=blog)
    push()
    assert git("status", "--short", cwd=blog) == before


def test_a_site_without_output_is_told_to_publish_first(blog):
    (blog / "output" / "index.html").unlink()
    told = push()
    assert (told.exit_code, told.output) == (2, "output: no site here yet; run: harvest publish\n")


def test_a_missing_remote_is_told_on_one_line(blog):
    git("remote", "remove", "origin", cwd=blog)
    told = push()
    assert told.exit_code == 2
    assert told.output.startswith("git push: ")
    assert told.output.count("\n") == 1
