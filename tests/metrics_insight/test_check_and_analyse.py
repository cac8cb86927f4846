"""The two commands: all mistakes of a site in one run, and the observation for any CSV."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from insights import DAYS, post
from metrics_insight import commands

TOML = '[followers]\nkind = "stock"\n'


def site(root: Path, **files: str) -> Path:
    """A site whose data folder holds these files; site_csv is site.csv."""
    folder = root / "content" / "data"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in {"site_csv": DAYS, "site_toml": TOML, **files}.items():
        (folder / name.replace("_", ".")).write_text(text, "utf-8")
    return root


def checked(root: Path, **posts: str) -> list[str]:
    found = commands.check(root, {f"content/posts/{name}.md": text for name, text in posts.items()})
    return [f"{'warning: ' if one.doubtful else ''}{one}" for one in found.mistakes]


def block(*lines: str) -> str:
    return "\n".join(["```insight", *lines, "```"])


def analyse(*words: str | Path) -> Result:
    return CliRunner().invoke(commands.analyse, [str(word) for word in words])


def csv(folder: Path, text: str, name: str = "followers.csv") -> Path:
    (folder / name).write_text(text, "utf-8")
    return folder / name


# --- check ------------------------------------------------------------------------------


def test_a_good_site_has_cards_and_no_mistakes(tmp_path):
    found = commands.check(site(tmp_path), {"a.md": post("A"), "b.md": post("B", "No block.")})
    assert (found.mistakes, found.cards) == ((), 1)


def test_all_mistakes_of_a_site_are_told_in_one_run_by_file_and_line(tmp_path):
    root = site(tmp_path, bad_csv="date,x\n2025-03-01,y\n2025-03-02,1\n", bad_toml="[z]\n")
    told = checked(
        root,
        two=post("Two", block("metric: site.folowers") + "\n\n" + block("windw: x", "metric: a")),
        one=post("One", block("metric: site.followers", "question: no")),
    )
    assert told == [
        (
            'content/data/bad.csv:2: "y" is no number; write digits only, such as 1311, '
            "or leave it empty"
        ),
        'content/data/bad.toml:1: the CSV has no column "z"; there are: x',
        "content/posts/one.md:7: the question does not end in ?; ask it",
        'content/posts/two.md:6: no metric "site.folowers"; did you mean "site.followers"?',
        'content/posts/two.md:10: an insight block has no key "windw"; did you mean "window"?',
    ]


def test_a_file_that_cannot_be_read_is_told_once_and_a_wrong_name_still_is(tmp_path):
    root = site(tmp_path, site_csv="date,followers\nsoon,1\n2025-03-01,2\n")
    told = checked(root, a=post("A", block("metric: site.followers", "id: a") + "\n\n"
                                + block("metric: else.followers")))  # fmt: skip
    assert [one.split(": ")[0] for one in told] == [
        "content/data/site.csv:2", "content/posts/a.md:11",
    ]  # fmt: skip


def test_two_cards_of_one_name_in_a_post_are_a_mistake(tmp_path):
    same = block("metric: site.followers")
    assert checked(site(tmp_path), a=post("A", f"{same}\n\n{same}"), b=post("B", same)) == [
        (
            'content/posts/a.md:10: two cards of this post are called "site-followers-2025-03-04"; '
            "give one of them a line id: NAME"
        )
    ]


def test_a_block_that_is_none_is_a_warning(tmp_path):
    assert checked(site(tmp_path), a=post("A", "```Insight\nmetric: x\n```")) == [
        (
            'warning: content/posts/a.md:5: "```Insight" opens no insight block; '
            "write ```insight at the start of the line and nothing after it"
        )
    ]


def test_a_guessed_kind_is_a_warning_where_a_card_rests_on_it(tmp_path):
    root = site(tmp_path, site_toml="")
    assert checked(root, b=post("B", "No card.")) == []
    assert checked(root, a=post("A"), c=post("C")) == [
        (
            'warning: content/data/site.csv: that "followers" is a running total is a guess; '
            'write kind = "stock" under [followers] in site.toml'
        )
    ]


def test_the_window_of_a_card_without_one_ends_on_the_posts_date(tmp_path):
    posts = {"a.md": post("A", block("metric: site.followers"))}
    days = {"a.md": commands.About(date(2025, 2, 1))}
    (told,) = commands.check(site(tmp_path), posts, about=days).mistakes
    assert str(told).startswith("a.md:6: no reading on or before the post's date 2025-02-01")
    assert commands.check(site(tmp_path), posts).mistakes == ()


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=200), st.text(max_size=60))
def test_any_post_is_checked_without_a_traceback(tmp_path, header, body):
    text = f"{header}\n\n```insight\n{body}\n```\n"
    found = commands.check(site(tmp_path), {"a.md": text})
    assert all("\n" not in str(one) for one in found.mistakes)


# --- analyse ----------------------------------------------------------------------------


def test_analyse_says_what_a_column_did(tmp_path):
    ended = analyse(csv(tmp_path, DAYS))
    assert ended.exit_code == 0
    assert ended.stdout.splitlines() == [
        "Followers rose by 140, from 1,015 on 3 March 2025 to 1,155 on 31 March 2025.",
        "That is about 5 a day, against about 5 a day from 1 to 3 March 2025.",
        "No earlier whole week can be held against it, so nothing is said of what is usual.",
        "The kind is a guess: running total (stock). State it with --kind stock or --kind flow.",
    ]


def test_analyse_takes_a_column_a_kind_a_window_events_and_another_column(tmp_path):
    text = "date,a,b\n" + "".join(f"2025-03-{n:02},{n},{n * 2}\n" for n in range(1, 11))
    events = csv(tmp_path, "date,title\n2025-03-05,Fair\n", "events.csv")
    ended = analyse(
        csv(tmp_path, text), "--metric", "b", "--kind", "flow", "--window",
        "2025-03-05..2025-03-06", "--events", events, "--with", "a",
    )  # fmt: skip
    assert ended.stdout.splitlines() == [
        "B came to 22 in the 2 days from 5 to 6 March 2025, about 11 a day.",
        "That is 57% more than in the 2 days before (about 7 a day).",
        "There is too little history to test “Fair” (5 March 2025).",
        "Over the same days, A came to 11, about 5.5 a day.",
    ]


def test_analyse_tells_a_program_the_same(tmp_path):
    text = "date,views\n2025-03-01,5\n2025-03-02,6\n2025-03-04,8\n2025-03-05,9\n2025-03-06,1\n"
    told = json.loads(analyse(csv(tmp_path, text), "--format", "json").stdout)
    assert told["metric"] == "views"
    assert told["kind"] == "flow"
    assert (told["rows"], told["first"], told["last"]) == (5, "2025-03-01", "2025-03-06")
    assert told["gaps"] == [{"from": "2025-03-03", "to": "2025-03-03"}]
    assert [one["finding"] for one in told["sentences"]] == [
        "flow sum", "thin before",
    ]  # fmt: skip


def test_analyse_takes_the_first_column_with_readings(tmp_path):
    ended = analyse(csv(tmp_path, "date,empty,views\n2025-03-01,,5\n"))
    assert ended.stdout.startswith("Views came to 5 on 1 March 2025.")


def test_a_doubt_is_a_warning_beside_the_sentences(tmp_path):
    ended = analyse(csv(tmp_path, "date,views\n2025-03-01,5\n2025-03-01,6\n"))
    assert ended.exit_code == 0
    assert ended.stderr.startswith("warning: ")
    assert ended.stdout.startswith("Views came to 6 ")


@pytest.mark.parametrize(
    ("text", "words", "told"),
    [
        (None, (), "there is no such file"),
        ("", (), "the file is empty; write date,followers first"),
        ("a,b\n1,2\n", (), "no column is called date"),
        (DAYS, ("--metric", "folowers"), 'no metric "folowers"; did you mean "followers"?'),
        (DAYS, ("--with", "x"), 'no metric "x"'),
        (DAYS, ("--window", "May"), '--window: "May" is no window'),
        (DAYS, ("--window", "2020-01-01..2020-01-02"), "reaches outside the data"),
        (DAYS, ("--events", "none.csv"), "none.csv: there is no such file"),
    ],
)
def test_bad_input_is_one_line_and_exit_2(tmp_path, text, words, told):
    path = csv(tmp_path, text) if text is not None else tmp_path / "none.csv"
    ended = analyse(path, *words)
    assert ended.exit_code == 2
    assert ended.stdout == ""
    (line,) = ended.stderr.splitlines()
    assert told in line


@pytest.mark.parametrize("words", [("--kind", "total"), ("--format", "xml"), ("--nonsense",)])
def test_wrong_use_is_exit_2(tmp_path, words):
    assert analyse(csv(tmp_path, DAYS), *words).exit_code == 2


CELLS = st.sampled_from(["date", "views", ",", ";", "\n", "2025-03-01", "2025-03-02", "1", "-2",
                         "2.5", "", "x", "1e14", "2025-04-01", "\r\n", '"', "1,311"])  # fmt: skip


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=150)
    | st.lists(CELLS, max_size=60).map(lambda some: "".join(some).encode())
    | st.lists(st.tuples(st.dates().map(str), st.integers(-9, 10**15).map(str)), min_size=1).map(
        lambda rows: ("date,views\n" + "\n".join(map(",".join, rows))).encode()
    )
)
def test_any_bytes_are_a_result_or_lines_and_never_a_traceback(tmp_path, raw):
    (tmp_path / "any.csv").write_bytes(raw)
    for form in ("text", "json"):
        ended = analyse(tmp_path / "any.csv", "--format", form)
        assert ended.exit_code in {0, 2}
        assert ended.exception is None or isinstance(ended.exception, SystemExit)
        assert bool(ended.stdout) == (ended.exit_code == 0)


# --- numbers in prose ---------------------------------------------------------------------


def numbers(root: Path, settings: dict[str, object] | None = None, **posts: str) -> list[str]:
    texts = {f"content/posts/{name}.md": text for name, text in posts.items()}
    about = {"content/posts/de.md": commands.About(language="de")}
    found = commands.check(root, texts, about=about, settings=settings)
    return [f"{'warning: ' if one.doubtful else ''}{one}" for one in found.mistakes]


def test_every_wrong_number_of_a_site_is_a_line_in_one_run(tmp_path):
    link = "(metric:site.followers@2025-03-08)"
    told = numbers(
        site(tmp_path),
        a=post("A", f"[1,000]{link} and [1,040]{link}.\n\n[about 1,000]{link} [about 2,000]{link}"),
        b=post("B", f"{block('metric: site.followers', '', f'Likely [one]{link}.')}"),
        de=post("De", f"[1.040 Leute]{link} [1,040]{link}"),
    )
    assert told == [
        (
            'content/posts/a.md:5: "1,000" is wrong: site.followers was 1,040 on 2025-03-08; '
            'write "1,040"'
        ),
        (
            'content/posts/a.md:7: "about 2,000" is wrong: site.followers was 1,040 on '
            '2025-03-08; write "about 1,000"'
        ),
        (
            'content/posts/b.md:8: "one" is wrong: site.followers was 1,040 on 2025-03-08; '
            'write "1,040"'
        ),
        (
            'content/posts/de.md:5: "1,040" is wrong: site.followers was 1,040 on 2025-03-08; '
            'write "1.040"'
        ),
    ]


def test_a_metric_nobody_knows_is_told_the_nearest(tmp_path):
    assert numbers(site(tmp_path), a=post("A", "[1](metric:site.folowers@2025-03-08)")) == [
        'content/posts/a.md:5: no metric "site.folowers"; did you mean "site.followers"?'
    ]


@pytest.mark.parametrize(
    ("setting", "begins"),
    [({}, "warning: "), ({"INSIGHT_NAKED_NUMBERS": "error"}, "content/posts/a.md:5: ")],
)
def test_a_naked_number_is_a_warning_or_by_request_a_mistake(tmp_path, setting, begins):
    (told,) = numbers(site(tmp_path), setting, a=post("A", "Of 1,040 followers."))
    assert told.startswith(begins)
    assert "[1,040 followers](metric:site.followers@2025-03-08)" in told


@pytest.mark.parametrize("off", ["off", False])
def test_the_linter_can_be_switched_off(tmp_path, off):
    setting = {"INSIGHT_NAKED_NUMBERS": off}
    assert numbers(site(tmp_path), setting, a=post("A", "Of 1,040 followers.")) == []
    assert commands.check_settings(setting) == ()


def test_a_wrong_word_in_the_setting_of_the_linter_is_told():
    (told,) = commands.check_settings({"INSIGHT_NAKED_NUMBERS": "eror"})
    assert str(told) == (
        "pelicanconf.py: INSIGHT_NAKED_NUMBERS cannot be 'eror'; did you mean \"error\"?"
    )
