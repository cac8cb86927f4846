"""`harvest due`, `review` and `new --metric`, as an author at a shell meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from harvest.cli import check
from harvest.new_site import init, new
from harvest.returns import due, review
from insights import DAYS

CARD = """Title: {title}
Date: 2025-04-01
{header}
```insight
metric: site.followers
window: 2025-03-08 .. 2025-03-21
question: Why did it rise?
{more}
It is likely the talk.
```
"""
CALM = "date,readers\n" + "".join(
    f"{day},{100 + n % 7}\n"
    for n, day in enumerate(
        f"{2024 + m // 12}-{m % 12 + 1:02}-{d:02}" for m in range(15) for d in range(1, 29)
    )
)


def run(command, *words: str) -> Result:
    return CliRunner().invoke(command, list(words), catch_exceptions=False)


def card(title: str, more: str = "", header: str = "") -> str:
    return CARD.format(title=title, header=header, more=more)


@pytest.fixture
def blog(tmp_path, monkeypatch) -> Path:
    """A site with one number, 1,005 on 1 March 2025 to 1,155 on the 31st, and we are in it."""
    monkeypatch.chdir(tmp_path)
    run(init, "blog")
    monkeypatch.chdir(tmp_path / "blog")
    put("content/data/site.csv", DAYS)
    put("content/data/site.toml", '[followers]\nkind = "stock"\n')
    return tmp_path / "blog"


def put(name: str, text: str) -> None:
    Path(name).write_text(text, "utf-8")


# --- due ------------------------------------------------------------------------------------------


def test_due_lists_each_reading_whose_day_has_come_with_its_value(blog):
    put("content/posts/late.md", card("Late", "check: 2025-03-31 site.followers < 1200\n"))
    put("content/posts/early.md", card("Early", "check: 2025-03-25 site.followers < 5\n"))
    put("content/posts/open.md", card("Open", "check: 2025-04-25 site.followers < 5\n"))
    told = run(due)
    assert told.exit_code == 0
    assert told.stdout.splitlines() == [
        (
            "content/posts/early.md:4: followers below 5 on 25 March 2025. It was 1,125 by the "
            "reading of 25 March 2025: by this test the reading held up."
        ),
        (
            "content/posts/late.md:4: followers below 1,200 on 31 March 2025. It was 1,155 by the "
            "reading of 31 March 2025: by this test the reading did not hold up."
        ),
    ]
    assert told.stderr == "2 readings wait for a verdict.\n"


def test_a_verdict_takes_a_card_off_the_list(blog):
    more = "check: 2025-03-31 site.followers < 1200\nverdict: did not hold up\n"
    put("content/posts/a.md", card("A", more))
    told = run(due)
    assert (told.stdout, told.stderr) == ("", "No reading is due.\n")


def test_due_is_readable_for_a_program(blog):
    put(
        "content/posts/a.md",
        card("A", "check: 2025-03-31 site.followers < +5 % since 2025-03-01\n"),
    )
    (found,) = json.loads(run(due, "--format", "json").stdout)
    assert found.pop("value") == pytest.approx(1155 / 1005 - 1)
    assert found == {
        "post": "content/posts/a.md",
        "line": 4,
        "card": "a#site-followers-2025-03-08",
        "question": "Why did it rise?",
        "check": "2025-03-31 site.followers < +5 % since 2025-03-01",
        "date": "2025-03-31",
        "read": ["2025-03-01", "2025-03-31"],
        "test": "held up",
    }


def test_a_card_that_cannot_be_made_is_named_and_the_others_are_listed(blog):
    put("content/posts/a.md", card("A", "check: 2025-03-31 site.followers < 5\n"))
    put("content/posts/b.md", card("B", "check: 2025-03-31 site.folowers < 5\n"))
    told = run(due)
    assert told.exit_code == 1
    assert len(told.stdout.splitlines()) == 1
    assert told.stderr.splitlines()[0] == (
        'content/posts/b.md:8: no metric "site.folowers"; did you mean "site.followers"?'
    )


# --- review ---------------------------------------------------------------------------------------


def written(name: str) -> str:
    return Path(f"content/posts/{name}.md").read_text("utf-8")


def headings(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("## ")]


def test_a_review_begins_with_what_was_wrong_and_quotes_the_readings_that_fell_due(blog):
    put("content/posts/wrong.md", card("Wrong", "check: 2025-03-31 site.followers < 1200\n"))
    put("content/posts/right.md", card("Right", "check: 2025-03-31 site.followers < 5\n"))
    put("content/posts/other.md", card("Other", "check: 2025-02-01 site.followers < 5\n"))
    put("content/posts/hid.md", card("Hid", "check: 2025-03-31 site.followers < 5\n",
                                     "Status: draft\n"))  # fmt: skip
    told = run(review, "2025-03", "--date", "2025-04-02")
    assert told.output == (
        "content/posts/what-moved-in-march-2025.md: a new draft; see it with: harvest serve\n"
    )
    text = written("what-moved-in-march-2025")
    assert text.startswith("Title: What moved in March 2025\nDate: 2025-04-02\nStatus: draft\n\n")
    assert headings(text) == [
        "## What we got wrong",
        "## What moved",
        "## Too little history to tell",
        "## Readings that fell due, and how they turned out",
        "## What comes next",
    ]
    wrong, _, rest = text.partition("## What moved\n")
    assert wrong.count("```insight\ncard: wrong#site-followers-2025-03-08\n```") == 1
    assert rest.count("card: right#site-followers-2025-03-08") == 1
    assert "other#" not in text
    assert "hid#" not in text


def test_a_verdict_says_what_was_wrong_before_the_test_does(blog):
    more = "check: 2025-03-31 site.followers < 5\nverdict: did not hold up\n"
    put("content/posts/a.md", card("A", more))
    run(review, "2025-Q1")
    wrong, _, rest = written("what-moved-in-q1-2025").partition("## What moved\n")
    assert "card: a#" in wrong
    assert "Of one reading checked, 0 held up, 1 did not, 0 cannot tell." in rest


def test_a_review_has_a_card_for_what_moved_and_a_name_for_what_did_not(blog):
    rows = CALM.replace("2025-02-20,", "2025-02-20,9")
    put("content/data/calm.csv", CALM)
    put("content/data/loud.csv", rows)
    put("content/data/events.csv", "date,title\n2025-02-10,A quiet talk\n")
    for name in ("calm", "loud"):
        put(f"content/data/{name}.toml", f'[readers]\nkind = "flow"\nlabel = "The {name} one"\n')
    run(review, "2025-02")
    text = written("what-moved-in-february-2025")
    moved = text.partition("## What moved\n")[2].partition("## ")[0]
    assert "metric: loud.readers\nwindow: 2025-02-01 .. 2025-02-28\n" in moved
    assert "calm" not in moved
    assert "## What did not move\n\n- The calm one\n" in text
    assert "## Not counted in these days\n\n- Followers\n" in text
    assert "- The calm one: No visible effect after “A quiet talk” (10 February 2025)" in text


def test_a_review_passes_the_check_it_will_be_held_to(blog):
    put("content/data/calm.csv", CALM)
    put("content/data/calm.toml", '[readers]\nkind = "flow"\n')
    put("content/data/events.csv", "date,title\n2025-02-10,A quiet talk\n")
    put("content/posts/wrong.md", card("Wrong", "check: 2025-03-31 site.followers < 1200\n"))
    run(review, "2025")
    told = run(check)
    assert (told.exit_code, told.stdout) == (0, "")


@pytest.mark.parametrize(
    ("period", "line"),
    [
        (
            "May",
            ('harvest review: "May" is no month, quarter or year; write a month as 2025-05, '
            "a quarter as 2025-Q2, a year as 2025"),
        ),
        (
            "2025-13",
            ('harvest review: "2025-13" is no month, quarter or year; write a month as 2025-05, '
            "a quarter as 2025-Q2, a year as 2025"),
        ),
        (
            "2031-q4",
            ("harvest review: no metric has a reading in Q4 2031; "
            "name days that the files in the data folder have"),
        ),
    ],
)  # fmt: skip
def test_a_review_of_no_days_is_refused_in_a_line(blog, period, line):
    told = run(review, period)
    assert (told.exit_code, told.output) == (2, f"{line}\n")
    assert not list(blog.glob("content/posts/*.md"))


def test_a_review_never_writes_over_a_post(blog):
    run(review, "2025")
    told = run(review, "2025")
    assert told.exit_code == 2
    assert "is there already" in told.output


# --- new ------------------------------------------------------------------------------------------


def test_a_new_post_on_a_metric_has_an_empty_card(blog):
    run(new, "A week", "--date", "2025-04-02", "--metric", "site.followers")
    assert written("a-week") == (
        "Title: A week\nDate: 2025-04-02\nStatus: draft\n\n"
        "```insight\nmetric: site.followers\n\n"
        "<!-- Your reading: is it likely, plausible, or can you not tell? -->\n\n"
        "Other reading:\n\nSo what:\n\nNext:\n```\n\n"
        "<!-- What would prove you wrong? Write it below metric: as "
        "check: DATE site.followers < NUMBER -->\n"
    )
    told = run(check)
    assert (told.exit_code, told.stdout) == (0, "")


def test_a_new_post_on_an_unknown_metric_is_refused(blog):
    told = run(new, "A week", "--metric", "site.folowers")
    assert (told.exit_code, told.output) == (
        2, '--metric: no metric "site.folowers"; did you mean "site.followers"?\n',
    )  # fmt: skip
    assert not list(blog.glob("content/posts/*.md"))


@pytest.mark.parametrize("command", [due, review])
def test_the_help_fits_a_screen_and_has_an_example(command):
    told = run(command, "--help").output
    assert len(told.splitlines()) < 24
    assert f"  harvest {command.name}" in told
