"""`harvest init` and `harvest new`, as an author at a shell meets them."""

from __future__ import annotations

import runpy
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from harvest.new_site import init, new


def run(command, *words: str) -> Result:
    """The command's end: its exit code and what it printed."""
    return CliRunner().invoke(command, list(words), catch_exceptions=False)


@pytest.fixture
def here(tmp_path, monkeypatch) -> Path:
    """An empty folder, and we are in it."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def blog(here, monkeypatch) -> Path:
    """A new site, and we are in it."""
    run(init, "blog")
    monkeypatch.chdir(here / "blog")
    return here / "blog"


def settings(site: Path) -> dict:
    """What the site's pelicanconf.py says."""
    return runpy.run_path(str(site / "pelicanconf.py"))


def test_a_new_site_has_the_layout_of_every_harvest_site(here):
    assert run(init, "blog").exit_code == 0
    for name in (
        "content/posts/.gitkeep",
        "content/pages/.gitkeep",
        "content/images/.gitkeep",
        "content/data/events.csv",
        "theme/templates/.gitkeep",
        "plugins/.gitkeep",
        "pelicanconf.py",
        "publishconf.py",
        "requirements.txt",
        "Makefile",
        "README.md",
        ".gitignore",
    ):
        assert (here / "blog" / name).is_file(), name


def test_a_new_site_holds_no_post_and_no_page(blog):
    assert not list(blog.rglob("content/**/*.md"))


def test_a_new_site_states_no_fact_about_its_author(blog):
    said = settings(blog)
    assert not {"AUTHOR", "PHOTO", "ABOUT", "SITESUBTITLE", "TRACKING_SCRIPT"} & said.keys()


def test_init_names_the_site_after_its_folder_where_nobody_can_be_asked(blog):
    assert settings(blog)["SITENAME"] == "blog"


@pytest.mark.parametrize(
    "title", ['The "best" $title', "a \\ b", "Zahlen, größer als 3", "{{ x }}", "''' #"]
)
def test_any_title_reaches_the_settings_unharmed(here, title):
    assert run(init, "blog", "--title", title).exit_code == 0
    assert settings(here / "blog")["SITENAME"] == title


def test_init_makes_the_folders_above_too(here):
    assert run(init, "a/b/blog").exit_code == 0
    assert settings(here / "a/b/blog")["SITENAME"] == "blog"


def test_init_takes_an_empty_folder_and_a_fresh_git_repository(here):
    (here / "blog" / ".git").mkdir(parents=True)
    assert run(init, "blog").exit_code == 0


def test_init_refuses_a_folder_with_something_in_it(blog):
    told = run(init, str(blog))
    assert told.exit_code == 2
    assert told.output == f"{blog}: the folder is not empty; name a new one, or empty it first\n"


def test_init_refuses_a_file(here):
    (here / "blog").write_text("mine")
    told = run(init, "blog")
    assert (told.exit_code, told.output) == (2, "blog: this is a file; name a new folder\n")
    assert (here / "blog").read_text() == "mine"


def test_init_refuses_an_empty_title(here):
    assert run(init, "blog", "--title", " ").exit_code == 2
    assert not (here / "blog").exists()


def test_init_quotes_a_folder_with_a_space_in_what_to_type_next(here):
    assert "cd 'my blog' && harvest build" in run(init, "my blog").output


def test_a_new_post_is_a_draft_named_after_its_title(blog):
    told = run(new, "Why the count jumped: März", "--date", "2025-03-03")
    assert (
        told.output
        == "content/posts/why-the-count-jumped-marz.md: a new draft; see it with: harvest serve\n"
    )
    assert (blog / "content/posts/why-the-count-jumped-marz.md").read_text("utf-8") == (
        "Title: Why the count jumped: März\nDate: 2025-03-03\nStatus: draft\n\n"
    )


def test_a_new_post_without_a_date_is_dated_now(blog):
    run(new, "Today")
    header = (blog / "content/posts/today.md").read_text("utf-8").splitlines()[1]
    assert abs(datetime.now() - datetime.strptime(header, "Date: %Y-%m-%d %H:%M")) < timedelta(
        days=1
    )


def test_a_new_post_may_begin_with_an_empty_card(blog):
    run(new, "A week", "--date", "2025-03-03", "--metric", "mastodon.followers")
    text = (blog / "content/posts/a-week.md").read_text("utf-8")
    assert "\n\n```insight\nmetric: mastodon.followers\n\n<!-- " in text  # no data is there yet


def test_new_never_writes_over_a_post(blog):
    run(new, "A week")
    mine = blog / "content/posts/a-week.md"
    mine.write_text("mine")
    told = run(new, "A week")
    assert told.exit_code == 2
    assert told.output == (
        "content/posts/a-week.md: this post is there already; edit it, or choose another title\n"
    )
    assert mine.read_text() == "mine"


def test_new_works_from_a_folder_inside_the_site(blog, monkeypatch):
    monkeypatch.chdir(blog / "content" / "data")
    assert run(new, "A week").exit_code == 0
    assert (blog / "content/posts/a-week.md").is_file()


def test_new_outside_a_site_says_how_to_make_one(here):
    told = run(new, "A week")
    assert told.exit_code == 2
    assert "harvest init DIR" in told.output


@pytest.mark.parametrize("title", ["", "  ", "!!!", "\n"])
def test_new_refuses_a_title_that_gives_no_address(blog, title):
    told = run(new, title)
    assert (told.exit_code, told.output.count("\n")) == (2, 1)
    assert not list(blog.rglob("content/posts/*.md"))


def test_new_refuses_a_title_that_no_disk_can_hold_as_a_name(blog):
    told = run(new, "long " * 60)
    assert (told.exit_code, told.output) == (
        2,
        "the title is too long for a file's name; shorten it, and mend it in the file\n",
    )


def test_new_asks_for_no_metric_whose_name_is_only_spaces(blog):
    run(new, "A week", "--metric", "  ")
    assert "insight" not in (blog / "content/posts/a-week.md").read_text("utf-8")


def test_new_names_a_post_by_the_rules_of_the_site(blog):
    with (blog / "pelicanconf.py").open("a") as file:
        file.write("\nSLUGIFY_USE_UNICODE = True\n")
    run(new, "Über März")
    assert (blog / "content/posts/über-märz.md").is_file()


def test_a_title_cannot_add_a_header_of_its_own(blog):
    run(new, "A week\nStatus: published", "--date", "2025-03-03")
    (post,) = blog.rglob("content/posts/*.md")
    assert post.read_text().splitlines()[0] == "Title: A week Status: published"
