"""What the .toml beside a CSV says, and the log of what happened."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from insights import change, day, event, metric, read, span
from metrics_insight import compose
from metrics_insight.claim import Retired
from metrics_insight.sources import events, labels
from mistakes import Mistakes

CSV = "date,followers,replies\n2025-03-01,100,1\n2025-03-02,120,3\n"
LOG = "date,end,title,kind,metrics,url,note,logged\n"


def wrong_toml(folder, toml: str) -> list[str]:
    with pytest.raises(Mistakes) as raised:
        read(folder, CSV, toml=toml)
    return [str(mistake) for mistake in raised.value.mistakes]


def log(folder, text: str):
    (folder / "events.csv").write_text(text, "utf-8")
    return events.read(folder / "events.csv", "content/data/events.csv")


def wrong_log(folder, text: str) -> list[str]:
    with pytest.raises(Mistakes) as raised:
        log(folder, text)
    return [str(mistake).removeprefix("content/data/") for mistake in raised.value.mistakes]


def gathered(folder, **files: str):
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, "utf-8")
    return compose.gather(folder, "content/data")


def test_the_toml_labels_one_column_and_completes_it_with_what_holds_for_all(tmp_path):
    toml = (
        'source = "Mastodon"\nkind = "flow"\n[followers]\nlabel = "Followers of Ana"\n'
        'kind = "stock"\nunit = "followers"\nrung = "reach"\ncounted_by = "us"\ntimezone = "UTC"\n'
    )
    one, two = (series.metric for series in read(tmp_path, CSV, toml=toml).series)
    assert (one.label, one.kind, one.source, one.guessed) == (
        "Followers of Ana", "stock", "Mastodon", (),
    )  # fmt: skip
    assert (two.label, two.kind, two.source, two.guessed) == (
        "Replies", "flow", "Mastodon", ("label", "unit"),
    )  # fmt: skip


def test_a_toml_may_have_windows_line_ends_and_a_mark_of_its_bytes(tmp_path):
    (tmp_path / "x.toml").write_bytes(b'\xef\xbb\xbf[a]\r\nlabel = "A"\r\n')
    assert labels.read(tmp_path / "x.toml", "x.toml").of("a").label == "A"


def test_a_counting_change_in_the_toml_belongs_to_its_column(tmp_path):
    toml = (
        '[[followers.counting_change]]\ndate = 2025-03-02\nwhat = "bots left out"\n'
        '[[counting_change]]\ndate = "2025-03-01"\nwhat = "moved"\n'
    )
    # TOML wants what holds for all columns above the tables
    toml = "\n".join(reversed(toml.split("[[")[1:])).replace("counting_change]]", "", 0)
    toml = (
        '[[counting_change]]\ndate = "2025-03-01"\nwhat = "moved"\n'
        '[[followers.counting_change]]\ndate = 2025-03-02\nwhat = "bots left out"\n'
    )
    found = read(tmp_path, CSV, toml=toml).events
    assert {(str(one.date), one.title, one.metrics) for one in found} == {
        ("2025-03-01", "moved", ("site.*",)),
        ("2025-03-02", "bots left out", ("site.followers",)),
    }
    assert all(one.is_counting_change for one in found)


def test_the_end_of_a_metric_says_when_why_and_what_came_of_it(tmp_path):
    toml = (
        '[followers.retired]\ndate = 2025-03-02\nwhy = "We left."\nlearned = "Little."\n'
        'instead = "site.replies"\n'
    )
    one, two = (series.metric for series in read(tmp_path, CSV, toml=toml).series)
    assert one.retired == Retired(date(2025, 3, 2), "We left.", "Little.", "site.replies")
    assert two.retired is None


NO_END = (
    "a retired metric needs a date and why; "
    'write [COLUMN.retired] with date = 2025-03-31, why = "…", learned and instead'
)


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ('[followers.retired]\ndate = 2025-03-02\n', f"1: {NO_END}"),
        ('[followers.retired]\ndate = 2025-03-02\nwhy = 5\n', f"1: {NO_END}"),
        ('[followers.retired]\ndate = "soon"\nwhy = "x"\n', f"1: {NO_END}"),
        ('[followers.retired]\ndate = 2025-03-02\nwhy = "x"\nlerned = "y"\n', f"1: {NO_END}"),
        ('[followers]\nretired = true\n', f"2: {NO_END}"),
        ("[folowers]\n", '1: the CSV has no column "folowers"; did you mean "followers"?'),
        ('\n[followers]\nlable = "F"\n', '3: there is no key "lable"; did you mean "label"?'),
        ('[followers]\nlabel = "F"\n[replies]\nlabel = 5\n',
         '4: "label" is no text; write label = "…"'),
        ('[followers]\nkind = "total"\n',
         '2: "total" is no kind; write "stock" (a running total) or "flow" (so many a day)'),
        ('rung = "top"\n',
         '1: "top" is no rung; write one of reach, engagement, influence, action, outcome'),
        ("[[followers.counting_change]]\nwhat = 'x'\n",
         ("1: a counting change needs a date and what changed; write "
         '[[COLUMN.counting_change]] with date = 2025-03-31 and what = "…" below it')),
        ("[[counting_change]]\ndate = 9999-12-31\nwhat = 'x'\n",
         ("1: a counting change needs a date and what changed; write "
         '[[COLUMN.counting_change]] with date = 2025-03-31 and what = "…" below it')),
        ("[followers]\nlabel = F\n", '2: Invalid value; write key = "value" on each line'),
    ],
)  # fmt: skip
def test_a_mistake_in_the_toml_is_one_line_with_its_line(tmp_path, toml, told):
    assert wrong_toml(tmp_path, toml) == [f"content/data/site.toml:{told}"]


def test_all_mistakes_of_a_toml_are_told_at_once_each_on_its_own_line(tmp_path):
    told = wrong_toml(tmp_path, "[followers]\nlable = 'F'\n[replies]\nlable = 'R'\nkind = 'x'\n")
    assert [one.split(":")[1] for one in told] == ["2", "4", "5"]


@pytest.mark.parametrize("raw", [b"\xff\xfe", b"a = [" + b"[" * 5000, b"a = " + b"1" * 5000, b"\0"])
def test_a_toml_that_cannot_be_read_is_a_mistake(tmp_path, raw):
    (tmp_path / "x.toml").write_bytes(raw)
    with pytest.raises(Mistakes):
        labels.read(tmp_path / "x.toml", "x.toml")


def test_an_event_has_all_that_the_log_says(tmp_path):
    row = "2025-03-01,2025-03-03,Fair,game,site.followers site.*,https://x.example,note,2025-03-05"
    (one,) = log(tmp_path, LOG + row).events
    assert (one.date, one.end, one.logged) == (day("03-01"), day("03-03"), day("03-05"))
    assert (one.title, one.kind, one.metrics) == ("Fair", "game", ("site.followers", "site.*"))
    assert (one.url, one.note, one.line) == ("https://x.example", "note", 2)


def test_a_log_needs_only_date_and_title_in_any_order(tmp_path):
    (one,) = log(tmp_path, "title;date\nFair;01.03.2025\n").events
    assert (one.title, one.date, one.metrics) == ("Fair", day("03-01"), ())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ("events.csv: the file is empty; "
             "write date,end,title,kind,metrics,url,note,logged first")),
        ("date,titel\n",
         'events.csv:1: no column is called "title"; call the column "titel" title'),
        ("when,title\n", ('events.csv:1: no column is called "date"; '
         "the header is date,end,title,kind,metrics,url,note,logged")),
        ("date,title\n2025-03-01,\n",
         "events.csv:2: the title is missing; say in a few words what happened"),
        ("date,title\nsoon,x\n", 'events.csv:2: "soon" is no date; write it as 2025-03-31'),
        ("date,title,end\n2025-03-02,x,2025-03-01\n",
         "events.csv:2: the end 2025-03-01 is before the date 2025-03-02; swap the two"),
        ("date,title,url\n2025-03-02,x,javascript:x\n",
         'events.csv:2: "javascript:x" is no link; write https://…'),
        ("date,title,url\n2025-03-02,x,http://[\n",
         'events.csv:2: "http://[" is no link; write https://…'),
        ("date,title,logged\n2025-03-02,x,03/04/2025\n",
         ('events.csv:2: the date "03/04/2025" can mean 2025-04-03 or 2025-03-04; '
         "write the one you mean")),
    ],
)  # fmt: skip
def test_a_mistake_in_the_log_is_one_line_with_its_line(tmp_path, text, told):
    assert wrong_log(tmp_path, text) == [told]


def test_a_column_that_is_not_read_is_a_doubt(tmp_path):
    (doubt,) = log(tmp_path, "date,title,metrcs\n2025-03-01,x,y\n").doubts
    assert str(doubt).endswith('the column "metrcs" is not read; did you mean "metrics"?')


def test_a_column_of_the_log_that_is_somebody_elses_is_passed_over(tmp_path):
    assert log(tmp_path, "date,title,expected,source\n2025-03-01,x,y,z\n").doubts == ()


@pytest.mark.parametrize(
    ("metrics", "does"),
    [((), True), (("site.views",), True), (("views",), True), (("site.*",), True),
     (("other.*",), False), (("site.clicks",), False)],
)  # fmt: skip
def test_an_event_concerns_the_metrics_it_names_and_all_when_it_names_none(metrics, does):
    assert event("03-01", metrics=metrics).concerns(metric()) is does


@pytest.mark.parametrize(
    ("first", "end", "does"),
    [("03-05", None, True), ("03-04", None, False), ("03-11", None, False),
     ("03-01", "03-05", True), ("03-01", "03-04", False), ("03-10", "03-20", True),
     ("03-01", "03-31", True)],
)  # fmt: skip
def test_an_event_falls_in_a_window_when_any_of_its_days_does(first, end, does):
    one = event(first, end=day(end) if end else None)
    assert one.falls_in(span("03-05", "03-10")) is does


def test_an_event_that_names_an_unknown_metric_is_a_mistake(tmp_path):
    rows = "2025-03-01,,Fair,,site.folowers\n2025-03-02,,Talk,,sit.*\n2025-03-02,,All,,site.*\n"
    found = gathered(tmp_path, site_csv=CSV, events_csv=LOG + rows)
    assert not any(one.doubtful for one in found.mistakes)
    assert [str(one) for one in found.mistakes] == [
        (
            'content/data/events.csv:2: "Fair" names no metric "site.folowers"; '
            'did you mean "site.followers"?'
        ),
        'content/data/events.csv:3: "Talk" names no metric "sit.*"; did you mean "site.*"?',
    ]


def test_an_event_of_a_file_that_cannot_be_read_is_no_second_mistake(tmp_path):
    log = LOG + "2025-03-01,,Fair,,site.followers\n"
    found = gathered(tmp_path, site_csv="date,followers\nsoon,1\n", events_csv=log)
    assert [one.path for one in found.mistakes] == ["content/data/site.csv"]


def test_a_change_in_counting_says_which_metric_where_there_are_several(tmp_path):
    row = "2025-03-01,,Recount,counting,\n"
    found = gathered(tmp_path, site_csv=CSV, events_csv=LOG + row)
    assert [str(one) for one in found.mistakes] == [
        (
            'content/data/events.csv:2: "Recount" is a change in counting of every metric; '
            "name the ones it concerns under metrics, or FILE.*"
        )
    ]
    one_metric = "date,a\n2025-03-01,1\n"
    assert not gathered(tmp_path, site_csv=one_metric, events_csv=LOG + row).mistakes


def test_a_toml_beside_no_csv_is_a_doubt(tmp_path):
    found = gathered(tmp_path, site_csv=CSV, sit_toml="")
    assert [str(one) for one in found.doubts] == [
        "content/data/sit.toml: there is no sit.csv; name it after its CSV"
    ]


def test_a_file_whose_ending_is_in_capitals_is_read(tmp_path):
    (tmp_path / "site.CSV").write_text(CSV, "utf-8")
    assert len(compose.gather(tmp_path, "content/data").series) == 2


def test_a_folder_that_is_not_there_holds_nothing(tmp_path):
    assert compose.gather(tmp_path / "none", "content/data") == compose.Dataset()


def test_a_change_is_an_event_of_the_kind_counting():
    assert change("03-01").is_counting_change
    assert not event("03-01").is_counting_change


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=120), st.text(max_size=120))
def test_any_log_and_any_toml_are_read_or_told_on_one_line(tmp_path, toml, text):
    (tmp_path / "site.csv").write_text(CSV, "utf-8")
    (tmp_path / "site.toml").write_text(toml, "utf-8", errors="replace")
    (tmp_path / "events.csv").write_text("date,title,url\n" + text, "utf-8", errors="replace")
    found = compose.gather(tmp_path, "content/data")
    assert all("\n" not in str(mistake) for mistake in (*found.mistakes, *found.doubts))
